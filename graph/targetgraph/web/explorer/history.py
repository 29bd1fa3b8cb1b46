"""What changed between the versions on this machine, as pages tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from targetgraph.errors import StoreError
from targetgraph.publish.changes.steps import NONE, Feed, Step
from targetgraph.views.explorer.overview import Change, ChangeGroup
from targetgraph.web.explorer.visit import Visit

_SENTENCES: Final = 6


def recent_changes(visit: Visit, framework: str, most: int) -> tuple[Change, ...]:
    """The last versions, the latest first, as far as they concern a framework (empty: any); none where nothing was recorded.

    Raises
    ------
    StoreError : the record is damaged.
    """
    root = visit.edition.version.path.parent.parent
    steps = Feed(root).steps[-most:]
    return tuple(_change(step, framework) for step in reversed(steps))


def _change(step: Step, framework: str) -> Change:
    record = step.record
    try:
        note: Mapping[str, Any] = step.note()
    except (OSError, ValueError) as error:
        raise StoreError(f"the record of changes cannot be read: {error}", str(step.path), "restore it") from error
    groups = [g for g in note.get("groups", ()) if g["kind"] != "beginning" and framework in ("", g["framework"])]
    return Change(
        version=record.after,
        before="" if record.before == NONE else record.before,
        recorded=record.recorded,
        added=record.added,
        removed=record.removed,
        groups=tuple(
            ChangeGroup(
                kind=g["kind"],
                count=len(g["sentences"]) + g["more"],
                sentences=tuple(g["sentences"][:_SENTENCES]),
            )
            for g in groups
        ),
        path=f"/changes/{record.number}/1",
    )
