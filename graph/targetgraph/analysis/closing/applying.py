"""A graph with links added, to see what the gap report would then say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from targetgraph.analysis.closing.needs import counts_in
from targetgraph.analysis.coding import NAMED, CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Table, Texts

PROPOSED = "urn:targetgraph:proposed:"
"""Begins the IRI of a link that does not exist."""


def with_links(graph: CodedGraph, added: Sequence[tuple[str, int, int]]) -> CodedGraph:
    """A copy of the graph with new links, each named in the text.

    Parameters
    ----------
    graph : the coded graph; it stays as it is.
    added : (dimension, target number, concept number).

    Returns
    -------
    CodedGraph. A link is added to every dimension that it counts in.
    """
    new: dict[str, list[tuple[int, int]]] = {}
    for dimension, target, concept in added:
        for code in counts_in(graph, dimension):
            if (target, concept) not in new.setdefault(code, []):
                new[code].append((target, concept))
    dimensions = {code: _with(d, new[code]) if code in new else d for code, d in graph.dimensions.items()}
    return replace(graph, dimensions=dimensions)


def _with(dimension: CodedDimension, pairs: list[tuple[int, int]]) -> CodedDimension:
    links = dimension.links
    targets = np.concatenate([np.asarray(links.target), np.array([t for t, _ in pairs], dtype=links.target.dtype)])
    order = np.argsort(targets, kind="stable")
    given: dict[str, list[Any]] = {
        "target": [t for t, _ in pairs],
        "concept": [c for _, c in pairs],
        "basis": [NAMED] * len(pairs),
        "confidence": [1.0] * len(pairs),
        "iri": [f"{PROPOSED}{dimension.declaration.code}/{t}/{c}" for t, c in pairs],
        "rationale": ["proposed"] * len(pairs),
    }
    columns: dict[str, Any] = {}
    for name, column in links.items():
        if isinstance(column, Texts):
            texts = [*column, *given.get(name, [""] * len(pairs))]
            columns[name] = Texts.of([texts[i] for i in order.tolist()])
        else:
            values = np.array(given.get(name, [0] * len(pairs)), dtype=column.dtype)
            columns[name] = np.concatenate([np.asarray(column), values])[order]
    return CodedDimension(
        declaration=dimension.declaration,
        concepts=dimension.concepts,
        closure=dimension.closure,
        links=Table(columns),
        qualifying=dimension.qualifying,
    )
