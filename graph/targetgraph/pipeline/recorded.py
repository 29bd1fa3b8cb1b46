"""A build whose changes are recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from targetgraph.errors import StoreError
from targetgraph.publish.changes.recording import record_changes
from targetgraph.store import StoreFolder
from targetgraph.store.layout import Building


@contextmanager
def recorded_build(
    place: StoreFolder, say: Callable[[str], None] = lambda _: None, *, locked: bool = False
) -> Iterator[Building]:
    """Begin a build (see `StoreFolder.build`); what it changed is recorded when it has published.

    What an earlier build published and was killed before it could record is recorded first, while the versions on both sides
    of that change are still there. Inferences that the new version has not, because its data are others, are named.

    Raises
    ------
    StoreError : see `StoreFolder.build` and `record_changes`.
    """
    with place.build(locked=locked) as building:
        record_changes(place, say)
        before = _inferred(place)
        yield building
        record_changes(place, say)
        for engine in sorted(before - _inferred(place)):
            again = f"targetgraph reason --engine {engine} --keep"
            say(f"what {engine} inferred from the former version is not kept with the new: run `{again}`")


def _inferred(place: StoreFolder) -> set[str]:
    """Whose inferences are kept with the current version."""
    with suppress(StoreError):
        return set(place.current().inferred)
    return set()
