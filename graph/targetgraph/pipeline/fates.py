"""What the curators say became of proposals, read from a store."""

from __future__ import annotations

from targetgraph.library import Library
from targetgraph.pipeline.asking import ExtractionStore
from targetgraph.pipeline.opening import open_store
from targetgraph.store.remote_address import StorePlace


def fates(store: StorePlace) -> dict[tuple[str, str], str]:
    """Relation by the IRIs of a proposal and its successor (empty: none): ``became``, ``shortened``, ``contentin``,
    ``droppedastarget``: the local name of the relation in small letters.

    Raises
    ------
    StoreError : nothing has been built there, or it is damaged.
    """
    with open_store(store) as opened:
        return fates_in(opened)


def fates_in(opened: ExtractionStore) -> dict[tuple[str, str], str]:
    """The same from a store that is open (errors: see `targetgraph.store.protocol.Store`)."""
    rows = opened.values(Library().find("extraction/lineage").text({}))
    return {(row[1] or "", row[3] or ""): (row[2] or "").rpartition("#")[2].lower() for row in rows}
