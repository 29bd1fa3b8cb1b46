"""Coded graphs for the tests of pages: the bundled one, and the same with hostile labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from targetgraph.analysis.coding import PARTS, CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Table, Texts
from targetgraph.pipeline import open_coded_graph

IMAGE = "<img src=x onerror=alert(1)>"
SCRIPT = "</script><script>alert(2)</script>"
JAVASCRIPT = "javascript:alert(3)"
SEPARATOR = "a\u2028b\u2029c"
HOSTILE = f"{IMAGE} {SCRIPT} {{{{ 7 * 7 }}}} \"quoted\" 'too' & {SEPARATOR}"


def bundled(store: Path) -> CodedGraph:
    """The bundled graph."""
    return open_coded_graph(store)


def hostile(store: Path) -> CodedGraph:
    """The bundled graph, every text a page could show made hostile; codes stay, so that they can be asked for."""
    graph = open_coded_graph(store)
    spoil: dict[str, Callable[[str], str]] = {
        "label": lambda text: f"{text} {HOSTILE}",
        "summary": lambda text: f"{text} {HOSTILE}",
        "rationale": lambda text: f"{text} {HOSTILE}",
        "quote": lambda text: f"{text} {HOSTILE}",
    }
    dimensions = {}
    for code, dimension in graph.dimensions.items():
        concepts, closure, links = (getattr(dimension, part) for part in PARTS)
        dimensions[code] = CodedDimension(
            declaration=replace(dimension.declaration, label=f"{dimension.declaration.label} {HOSTILE}"),
            concepts=_spoilt(concepts, spoil),
            closure=closure,
            # One scheme that must never become a link that can be clicked.
            links=_spoilt(links, spoil | {"iri": lambda iri: f"{JAVASCRIPT}//{iri}"}),
            qualifying=dimension.qualifying,
        )
    frameworks = tuple(replace(f, label=f"{f.label} {HOSTILE}", note=f"{f.note} {HOSTILE}") for f in graph.frameworks)
    tables = {name: _spoilt(table, spoil) for name, table in graph.tables.items()}
    return replace(graph, frameworks=frameworks, tables=tables, dimensions=dimensions)


def _spoilt(table: Table, spoil: dict[str, Callable[[str], str]]) -> Table:
    return Table(
        {
            name: Texts.of([spoil[name](text) for text in table[name]]) if name in spoil else table[name]
            for name in table
        }
    )
