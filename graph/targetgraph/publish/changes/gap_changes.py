"""Gaps that opened and closed between two versions, by their histories."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from targetgraph.analysis.gaps.history import CLOSED, History, read_history
from targetgraph.errors import StoreError

HISTORY = "gap-history.jsonl"


def gap_changes(former: Path | None, current: Path) -> Iterator[tuple[str, str, str]]:
    """Framework, what happened (``gaps opened`` …) and the gap's sentence; nothing where a version keeps no history.

    Parameters
    ----------
    former, current : folders of the two versions.
    """
    before, after = _history(former), _history(current)
    if before is None or after is None:
        return
    for iri in sorted(after):
        entry, earlier = after[iri], before.get(iri)
        was_open = earlier is not None and earlier.status != CLOSED
        if entry.status == CLOSED and was_open:
            yield entry.framework, "gaps closed", entry.sentence
        elif entry.status != CLOSED and not was_open:
            yield entry.framework, "gaps opened", entry.sentence
        elif earlier is not None and entry.status != earlier.status:
            yield entry.framework, "gaps accepted" if entry.status == "accepted" else "gaps open again", entry.sentence


def _history(folder: Path | None) -> History | None:
    if folder is None or not (folder / HISTORY).is_file():
        return None
    with suppress(StoreError):
        return read_history(folder / HISTORY)
    return None
