"""Columns of links with rows left out or put in; always new columns, never the old ones changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from targetgraph.analysis.coding import NAMED, SOURCED, CodedDimension
from targetgraph.analysis.columnar import Array, Table, Texts


def with_links(dimension: CodedDimension, links: Table) -> CodedDimension:
    """The dimension with other links."""
    return CodedDimension(
        declaration=dimension.declaration,
        concepts=dimension.concepts,
        closure=dimension.closure,
        links=links,
        qualifying=dimension.qualifying,
    )


def picked(column: Array | Texts, rows: Array) -> Array | Texts:
    """The given rows of a column of numbers or of text."""
    if not isinstance(column, Texts):
        return np.asarray(column)[rows]
    offsets = np.asarray(column.offsets)
    starts, lengths = offsets[rows], offsets[rows + 1] - offsets[rows]
    ends = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    within = np.arange(ends[-1]) - np.repeat(ends[:-1], lengths)
    return Texts(ends, np.asarray(column.block)[np.repeat(starts, lengths) + within])


def with_link(dimension: CodedDimension, target: int, concept: int, role: int, iri: str) -> CodedDimension:
    """The dimension with one more link, sure and named in the text, at its place in the order of targets."""
    links = dimension.links
    place = int(np.searchsorted(links.target, target, side="right"))
    values: dict[str, Any] = {
        "target": target, "iri": iri, "concept": concept, "basis": NAMED, "confidence": 1.0, "verification": SOURCED,
        "role": role, "quote": "", "contingent": False, "stale": False, "rationale": "supposed by the scenario",
    }  # fmt: skip
    columns: dict[str, Array | Texts] = {}
    for name, column in links.items():
        if isinstance(column, Texts):
            columns[name] = _inserted(column, place, str(values.get(name, "")))
        else:
            columns[name] = np.insert(np.asarray(column), place, values.get(name, 0))
    return with_links(dimension, Table(columns))


def _inserted(column: Texts, place: int, text: str) -> Texts:
    encoded = np.frombuffer(text.encode(), dtype=np.uint8)
    offsets, block = np.asarray(column.offsets), np.asarray(column.block)
    at = int(offsets[place])
    moved = np.concatenate([offsets[: place + 1], offsets[place:] + len(encoded)])
    return Texts(moved, np.concatenate([block[:at], encoded, block[at:]]))


def covering(dimension: CodedDimension) -> CodedDimension:
    """The dimension with catch-alls that roll down: what lies below one counts as above it, too."""
    umbrella = np.asarray(dimension.concepts.umbrella)
    size = dimension.concepts.rows()
    up = [list(map(int, dimension.ancestors(c))) for c in range(size)]
    for catch_all in np.flatnonzero(umbrella).tolist():
        known = set(up[catch_all])
        up[catch_all] += [int(d) for d in dimension.descendants(catch_all) if int(d) not in known]
    down: list[list[int]] = [[c] for c in range(size)]
    for concept, above in enumerate(up):
        for ancestor in above[1:]:
            down[ancestor].append(concept)
    pointers, ancestors = _packed(up)
    down_pointers, descendants = _packed(down)
    concepts = Table({**dimension.concepts, "umbrella": np.zeros(size, dtype=bool)})
    closure = {
        "pointers": pointers,
        "ancestors": ancestors,
        "down_pointers": down_pointers,
        "descendants": descendants,
    }
    return CodedDimension(
        declaration=dimension.declaration,
        concepts=concepts,
        closure=closure,
        links=dimension.links,
        qualifying=dimension.qualifying,
    )


def _packed(lists: Sequence[Sequence[int]]) -> tuple[Array, Array]:
    pointers = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(members) for members in lists], out=pointers[1:])
    return pointers, np.array([m for members in lists for m in members], dtype=np.int32)
