"""Opening what a build has left, in a folder or at a service."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, overload

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps.history import History, read_history
from targetgraph.store import EmbeddedStore, StoreFolder, Version
from targetgraph.store.layout import DEFAULT_FOLDER
from targetgraph.store.remote_address import RemoteAddress, StorePlace

if TYPE_CHECKING:
    from targetgraph.store import RemoteStore

HISTORY = "gap-history.jsonl"


def open_coded_graph(store: StorePlace | None = None) -> CodedGraph:
    """The coded links of the current version: what coverage and gaps are computed from.

    Parameters
    ----------
    store : the store folder, ``.targetgraph`` in the current directory by default; or the address of a service.

    Raises
    ------
    StoreError : nothing has been built there, or it is damaged; a service does not answer, or what it holds is not whole.
    """
    if isinstance(store, RemoteAddress):
        from targetgraph.pipeline.remote_opening import open_remote_graph

        return open_remote_graph(store)
    version = StoreFolder(store or DEFAULT_FOLDER).current()
    return CodedGraph.load(version.arrays, version.data_version)


@overload
def open_store(store: Path | None = None) -> EmbeddedStore: ...


@overload
def open_store(store: RemoteAddress) -> RemoteStore: ...


@overload
def open_store(store: StorePlace | None = None) -> EmbeddedStore | RemoteStore: ...


def open_store(store: StorePlace | None = None) -> EmbeddedStore | RemoteStore:
    """The current version as a SPARQL store, for reading (errors: see :func:`open_coded_graph`)."""
    if isinstance(store, RemoteAddress):
        from targetgraph.store.remote_store import RemoteStore

        return RemoteStore.open(store)
    return EmbeddedStore.open(StoreFolder(store or DEFAULT_FOLDER).current().oxigraph)


def open_history(store: StorePlace | None = None) -> History:
    """What became of each gap up to the current version (errors: see :func:`open_coded_graph`)."""
    if isinstance(store, RemoteAddress):
        from targetgraph.pipeline.remote_opening import open_remote_history

        return open_remote_history(store)
    return read_history(StoreFolder(store or DEFAULT_FOLDER).current().path / HISTORY)


@dataclass(frozen=True)
class OpenedVersion:
    """One version of a graph, held while somebody works with it: a build that follows does not change it under their hands.

    Parameters
    ----------
    place : the store folder, or the address of a service.
    coded : its coded links.
    history : what became of each gap up to it.
    version : the version on disk; ``None`` for a service.
    """

    place: StorePlace
    coded: CodedGraph
    history: History
    version: Version | None

    @cached_property
    def store(self) -> EmbeddedStore | RemoteStore:
        """The same version as a SPARQL store, opened when it is first asked for (errors: see :func:`open_coded_graph`)."""
        if isinstance(self.place, RemoteAddress):
            return open_store(self.place)
        assert self.version is not None
        return EmbeddedStore.open(self.version.oxigraph)

    def close(self) -> None:
        """Let go of the store, if it was opened."""
        opened = self.__dict__.pop("store", None)
        if opened is not None:
            opened.close()


def open_version(store: StorePlace | None = None) -> OpenedVersion:
    """The current version of a graph (parameters and errors: see :func:`open_coded_graph`)."""
    if isinstance(store, RemoteAddress):
        return OpenedVersion(store, open_coded_graph(store), open_history(store), None)
    place = store or Path(DEFAULT_FOLDER)
    version = StoreFolder(place).current()
    coded = CodedGraph.load(version.arrays, version.data_version)
    return OpenedVersion(place, coded, read_history(version.path / HISTORY), version)
