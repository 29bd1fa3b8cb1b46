"""The door for users of rdflib: a Dataset over the embedded store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from targetgraph.errors import StoreError
from targetgraph.namespaces import PREFIXES

if TYPE_CHECKING:
    from rdflib import Dataset


def rdflib_dataset(folder: Path) -> Dataset:
    """An rdflib ``Dataset`` over a store folder, read-only; its default graph is the union of all graphs.

    Queries run in Oxigraph, in this process and without limits: meant for notebooks and scripts, not for
    queries from outside.

    Parameters
    ----------
    folder : the ``oxigraph`` folder of a version (``StoreFolder().current().oxigraph``).

    Raises
    ------
    StoreError
        when it cannot be opened.
    """
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    try:
        store = ox.Store.read_only(str(folder))
    except (OSError, ValueError) as error:
        remedy = "run `targetgraph build` to make it anew"
        raise StoreError(f"the store cannot be opened: {error}", str(folder), remedy) from error
    dataset = Dataset(store=OxigraphStore(store=store), default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset
