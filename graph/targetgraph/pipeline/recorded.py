"""A build whose changes are recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from targetgraph.publish.changes.recording import record_changes
from targetgraph.store import StoreFolder
from targetgraph.store.layout import Building


@contextmanager
def recorded_build(
    place: StoreFolder, say: Callable[[str], None] = lambda _: None, *, locked: bool = False
) -> Iterator[Building]:
    """Begin a build (see `StoreFolder.build`); what it changed is recorded when it has published.

    What an earlier build published and was killed before it could record is recorded first, while the versions on both sides
    of that change are still there.

    Raises
    ------
    StoreError : see `StoreFolder.build` and `record_changes`.
    """
    with place.build(locked=locked) as building:
        record_changes(place, say)
        yield building
        record_changes(place, say)
