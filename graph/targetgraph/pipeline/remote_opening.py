"""Opening what was published to a SPARQL service: coded columns fetched once a publication, then kept on this machine."""

from __future__ import annotations

from pathlib import Path

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps.history import FORMAT as HISTORY_FORMAT
from targetgraph.analysis.gaps.history import History, read_history
from targetgraph.errors import StoreError
from targetgraph.store.remote_address import RemoteAddress
from targetgraph.store.remote_cache import RemoteCache
from targetgraph.store.remote_store import RemoteStore

HISTORY = "gap-history.jsonl"
_ARRAYS = "arrays"


def open_remote_graph(address: RemoteAddress) -> CodedGraph:
    """The coded links of what is published now.

    One request tells which publication that is; if it was fetched before, nothing else is asked.

    Raises
    ------
    StoreError : the service cannot be reached, holds nothing whole, or what was fetched cannot be kept.
    """
    folder, version = _kept(address)
    return CodedGraph.load(folder / _ARRAYS, version)


def open_remote_history(address: RemoteAddress) -> History:
    """What became of each gap up to what is published now (errors: see :func:`open_remote_graph`)."""
    return read_history(_kept(address)[0] / HISTORY)


def _kept(address: RemoteAddress) -> tuple[Path, str]:
    """The folder of what is published now, fetched if need be, and its data version."""
    cache = RemoteCache(address)
    with RemoteStore.open(address) as store:
        publication = store.publication
        folder = cache.kept(publication.identity)
        if folder is None or not _readable(folder, publication.version):
            folder = cache.keep(publication.identity, lambda new: _fetch(store, new))
        return folder, publication.version


def _readable(folder: Path, version: str) -> bool:
    """Whether the columns are of this layout; another version of the package may have kept them."""
    try:
        CodedGraph.load(folder / _ARRAYS, version)
    except StoreError:
        return False
    return True


def _fetch(store: RemoteStore, folder: Path) -> None:
    """Take out of a store what analysis needs, by the queries that a build asks of its own."""
    from targetgraph.pipeline.extracting import extract

    store.confirm_counts()
    arrays = folder / _ARRAYS
    arrays.mkdir()
    extract(store, store.publication.version).save(arrays)
    write_history_lines(folder / HISTORY, store.history())
    store.confirm()


def write_history_lines(path: Path, entries: list[str]) -> None:
    """A history file from the entries that a service holds."""
    lines = [f'{{"format": {HISTORY_FORMAT}}}', *entries]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
