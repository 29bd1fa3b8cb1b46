"""Where a graph is, and opening it there."""

from __future__ import annotations

import os
from pathlib import Path

from targetgraph.api.graph import Graph
from targetgraph.pipeline.opening import open_version
from targetgraph.store.remote_address import RemoteAddress, StorePlace

SETTING = "TARGETGRAPH_STORE"


def open_graph(store: str | Path | None = None) -> Graph:
    """Open a graph that was built.

    Parameters
    ----------
    store : the store folder, or the address of a SPARQL 1.1 service it was published to; by default what the environment
        variable ``TARGETGRAPH_STORE`` says, else ``.targetgraph`` in the current directory.

    Raises
    ------
    StoreError : nothing has been built there, or it is damaged; a service does not answer, or what it holds is not whole.
    """
    return Graph(open_version(place_of(store)))


def place_of(store: str | Path | None) -> StorePlace:
    """Where a store is, as a user writes it (see :func:`open_graph`)."""
    given = store if store is not None else os.environ.get(SETTING) or ".targetgraph"
    return RemoteAddress.parse(given) if isinstance(given, str) and "://" in given else Path(given)
