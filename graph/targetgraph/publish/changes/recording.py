"""Recording what a build changed: one pass over two sorted files, written beside and renamed."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from targetgraph import __version__
from targetgraph.errors import StoreError
from targetgraph.publish.changes.lines import SortedLines, has_blank, sorted_lines
from targetgraph.publish.changes.notes import note_of_beginning, note_of_step
from targetgraph.publish.changes.patches import restore
from targetgraph.publish.changes.steps import (
    ADDED,
    BASE,
    BLANK,
    GROUND,
    KEPT,
    NONE,
    NOTE,
    RECORD,
    REMOVED,
    Feed,
    StepRecord,
    as_json,
)
from targetgraph.store import StoreFolder, Version
from targetgraph.store.difference import difference
from targetgraph.store.durable import sync_folder, sync_tree


@dataclass(frozen=True, slots=True)
class _Former:
    """The version that the last step led to: its statements, and its folder where it still is."""

    dataset: Path
    folder: Path | None


def record_changes(place: StoreFolder, say: Callable[[str], None] = lambda _: None) -> StepRecord | None:
    """Bring the record of changes up to the current version of a store.

    To be called by whoever holds the lock of a build, before it publishes and after: a build that was killed between
    publishing and recording is so recorded by the next. Where the folder of the former version is gone, its statements are
    put together from the record itself.

    Parameters
    ----------
    place : the store.
    say : told of the step, if there is one to make.

    Returns
    -------
    The new step's record, or None when nothing had changed.

    Raises
    ------
    StoreError
        when the record is damaged, or cannot be written.
    """
    try:
        version = place.current()
    except StoreError:
        return None  # nothing is published, or nothing whole: the next whole version will be recorded
    feed = Feed(place.root)
    if feed.head == version.data_version:
        return None
    say("recording what changed")
    try:
        feed.folder.mkdir(exist_ok=True)
        for left in feed.folder.glob(".recording-*"):
            shutil.rmtree(left, ignore_errors=True)
        scratch = feed.folder / f".recording-{os.getpid()}-{secrets.token_hex(4)}"
        scratch.mkdir()
        try:
            return _recorded(feed, place, version, scratch)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise StoreError(
            f"what changed cannot be recorded: {error.strerror}", str(feed.folder), "check the space and the rights"
        ) from error


def _recorded(feed: Feed, place: StoreFolder, version: Version, scratch: Path) -> StepRecord:
    made = scratch / "step"
    made.mkdir()
    if not feed.steps:
        added, removed = _keep_whole(version, made), 0
        before = NONE
    else:
        before = feed.head
        former = _former(feed, place, scratch)
        added, removed = _keep_difference(former, version, made)
    record = StepRecord(
        number=len(feed.steps) + 1,
        before=before,
        after=version.data_version,
        recorded=_moment(feed),
        built=str(version.manifest["created"]),
        added=added,
        removed=removed,
        package_version=__version__,
    )
    (made / RECORD).write_bytes(as_json(record))
    sync_tree(made)
    made.rename(feed.folder / f"{record.number:06d}-{before}-{version.data_version}")
    sync_folder(feed.folder)
    return record


def _moment(feed: Feed) -> str:
    """Now, or just after the last step where a clock went back: the moments order the stream."""
    now = datetime.now(UTC)
    if feed.steps:
        now = max(now, datetime.fromisoformat(feed.steps[-1].record.recorded) + timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")


def _keep_whole(version: Version, made: Path) -> int:
    """Keep the first version whole, without copying it where the disk can give a file a second name."""
    try:
        os.link(version.dataset, made / BASE)
    except OSError:
        shutil.copyfile(version.dataset, made / BASE)
    with sorted_lines(made / BASE) as lines:
        count = lines.count()
    (made / NOTE).write_text(json.dumps(note_of_beginning(version, count), ensure_ascii=False), encoding="utf-8")
    return count


def _former(feed: Feed, place: StoreFolder, scratch: Path) -> _Former:
    for path in sorted(place.versions.glob(f"{feed.head}*"), reverse=True):
        with suppress(OSError):
            if (path / "dataset.nq").is_file():
                return _Former(path / "dataset.nq", path)
    target = scratch / "former.nq"
    restore(feed, len(feed.steps), target)
    return _Former(target, None)


def _keep_difference(former: _Former, version: Version, made: Path) -> tuple[int, int]:
    added = removed = 0
    blank = False
    with sorted_lines(former.dataset) as old, sorted_lines(version.dataset) as new:
        with (made / GROUND).open("wb") as ground:
            for subject, lines in _by_subject(difference(former.dataset, version.dataset)):
                added += sum(sign > 0 for sign, _ in lines)
                removed += sum(sign < 0 for sign, _ in lines)
                changed = {line: ADDED if sign > 0 else REMOVED for sign, line in lines if not has_blank(line)}
                blank = blank or len(changed) < len(lines)
                if changed and not subject.startswith(b"_:"):
                    kept = {line: KEPT for line in new.of(subject) if line not in changed and not has_blank(line)}
                    ground.writelines(sign + line for line, sign in sorted({**kept, **changed}.items()))
        _keep_blank(old, new, made / BLANK, blank)
        note = note_of_step(made / GROUND, old, new, former.folder, version, blank)
    (made / NOTE).write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
    return added, removed


def _by_subject(changes: Iterator[tuple[int, bytes]]) -> Iterator[tuple[bytes, list[tuple[int, bytes]]]]:
    """Changed lines, those of one subject together (sorted lines have them together)."""
    subject, gathered = b"", list[tuple[int, bytes]]()
    for sign, line in changes:
        own = line[: line.index(b" ")]
        if own != subject and gathered:
            yield subject, gathered
            gathered = []
        subject = own
        gathered.append((sign, line))
    if gathered:
        yield subject, gathered


def _keep_blank(old: SortedLines, new: SortedLines, path: Path, changed: bool) -> None:
    """All statements with blank nodes, when one of them changed."""
    lines: dict[bytes, bytes] = {}
    if changed:
        lines = dict.fromkeys(old.blank(), REMOVED)
        for line in new.blank():
            lines[line] = KEPT if line in lines else ADDED
    with path.open("wb") as file:
        file.writelines(sign + line for line, sign in sorted(lines.items()))
