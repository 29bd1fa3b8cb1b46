"""Small stores with a record of changes, and the pages of their feeds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from targetgraph import iris
from targetgraph.publish.changes.recording import record_changes
from targetgraph.publish.changes.steps import Feed
from targetgraph.publish.changes.stream import first_page, step_page
from targetgraph.store import StoreFolder, Version, write_canonical

BASE = "https://registry.example/"


def publish(root: Path, nquads: str, record: bool = True) -> Version:
    """Publish statements as the next version; the engine's own files play no part in a feed and are left out."""
    place = StoreFolder(root)
    with place.build() as building:
        if record:
            record_changes(place)
        write_canonical(nquads, building.dataset)
        version = building.publish({})
        if record:
            record_changes(place)
    return version


def fetcher(root: Path, stretch: int) -> Callable[[str], bytes]:
    """Gives the page at an address, as a server would."""
    feed = Feed(root)

    def fetch(address: str) -> bytes:
        path = address.removeprefix(BASE + "changes/")
        if not path:
            return "".join(first_page(feed, BASE, stretch)).encode()
        number, page = map(int, path.split("/"))
        return b"".join(step_page(feed, number, page, BASE, stretch))

    return fetch


def version_iri(version: str) -> str:
    """What a harvester knows of the dump it began with."""
    return iris.dataset(version)
