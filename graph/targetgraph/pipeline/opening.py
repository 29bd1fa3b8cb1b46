"""Opening what a build has left on disk."""

from __future__ import annotations

from pathlib import Path

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps.history import History, read_history
from targetgraph.store import EmbeddedStore, StoreFolder
from targetgraph.store.layout import DEFAULT_FOLDER

HISTORY = "gap-history.jsonl"


def open_coded_graph(store: Path | None = None) -> CodedGraph:
    """The coded links of the current version: what coverage and gaps are computed from.

    Parameters
    ----------
    store : the store folder; ``.targetgraph`` in the current directory by default.

    Raises
    ------
    StoreError : nothing has been built there, or it is damaged.
    """
    version = StoreFolder(store or DEFAULT_FOLDER).current()
    return CodedGraph.load(version.arrays, version.data_version)


def open_store(store: Path | None = None) -> EmbeddedStore:
    """The current version as a SPARQL store, for reading (errors: see :func:`open_coded_graph`)."""
    return EmbeddedStore.open(StoreFolder(store or DEFAULT_FOLDER).current().oxigraph)


def open_history(store: Path | None = None) -> History:
    """What became of each gap up to the current version (errors: see :func:`open_coded_graph`)."""
    return read_history(StoreFolder(store or DEFAULT_FOLDER).current().path / HISTORY)
