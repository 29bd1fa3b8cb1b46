"""From a store of any kind to coded columns."""

from __future__ import annotations

from functools import cache

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.declarations import Declarations, read_declarations
from targetgraph.analysis.extraction import code_graph
from targetgraph.library import Library
from targetgraph.pipeline.asking import ExtractionQueries, ExtractionStore
from targetgraph.store import rdflib_graph


def extract(store: ExtractionStore, version: str) -> CodedGraph:
    """Code the links of a store, of whatever making.

    Parameters
    ----------
    store : holds the statements, the declarations of dimensions and obligations among them.
    version : data version to stamp the columns with.
    """
    library = _bundled()
    return code_graph(ExtractionQueries(store, library), _declared(store, library), version)


def _declared(store: ExtractionStore, library: Library) -> Declarations:
    """Dimensions, obligations and kinds of gap as the graph itself declares them."""
    answer = store.construct(library.find("extraction/declarations").text(), limits=None)
    return read_declarations(rdflib_graph(answer))


@cache
def _bundled() -> Library:
    """The library that comes with the package; it stays the same while the process runs."""
    return Library()
