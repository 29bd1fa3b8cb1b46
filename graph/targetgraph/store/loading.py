"""Statements into an Oxigraph store."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from targetgraph.errors import StoreError
from targetgraph.store.embedded import EmbeddedStore


def load_folder(nquads: Path, folder: Path) -> int:
    """Make an Oxigraph store in a new folder from an N-Quads file; returns the number of quads.

    The store is closed again, with all of it in files that readers can open.

    Raises
    ------
    StoreError
        when the file is not N-Quads, or the folder holds something already or cannot be written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise StoreError("the folder is not empty", str(folder), "load into a new folder")
    try:
        store = ox.Store(str(folder))
        store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
        store.flush()
        store.optimize()
        return len(store)
    except SyntaxError as error:
        raise StoreError(f"the statements are not N-Quads: {error}", str(nquads), "correct the line") from error
    except OSError as error:
        raise StoreError(f"the store cannot be written: {error}", str(folder), "check space and rights") from error


def load_memory(nquads: bytes | str | Path) -> EmbeddedStore:
    """A store in memory from an N-Quads document or file.

    Raises
    ------
    StoreError
        when it is not N-Quads.
    """
    return EmbeddedStore.in_memory(nquads.read_bytes() if isinstance(nquads, Path) else nquads)


def extend_folder(nquads: Path, folder: Path) -> int:
    """Add the quads of an N-Quads file to an Oxigraph store that is being built; returns how many it then holds.

    Raises
    ------
    StoreError
        when the file is not N-Quads, or the store cannot be written.
    """
    try:
        store = ox.Store(str(folder))
        store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
        store.flush()
        return len(store)
    except SyntaxError as error:
        raise StoreError(f"the statements are not N-Quads: {error}", str(nquads), "correct the line") from error
    except OSError as error:
        raise StoreError(f"the store cannot be written: {error}", str(folder), "check space and rights") from error
