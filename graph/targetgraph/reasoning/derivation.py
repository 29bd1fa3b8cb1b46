"""Derived statements, by the CONSTRUCT queries of the folder ``derivation``, into a graph of their own."""

from __future__ import annotations

from collections.abc import Callable

from targetgraph import iris
from targetgraph.library import Library, Triple
from targetgraph.store import EmbeddedStore

INFERRED = iris.graph("inferred")
THEME = "derivation"


def derive(store: EmbeddedStore, library: Library, progress: Callable[[str], None] | None = None) -> list[Triple]:
    """Everything the derivation queries build from the asserted statements.

    Parameters
    ----------
    store : holds the asserted statements.
    library : where the queries are.

    Returns
    -------
    Triples, sorted and each once. They belong into the graph :data:`INFERRED` and nowhere else.
    """
    found: set[Triple] = set()
    for question in library.in_theme(THEME):
        if progress:
            progress(f"deriving: {question.summary}")
        found.update(store.construct(question.text(), limits=None).triples)
    return sorted(found, key=str)
