"""The records of changes on disk, one folder a step from a version to the next.

::

    .targetgraph/changes/000001-none-<version>/    base.nq: the first version, whole
    .targetgraph/changes/000002-<from>-<to>/       ground.diff, blank.diff, note.json
    …                                              step.json: numbers, times, hashes

A line of a ``.diff`` file is ``+``, ``-`` or ``=`` and a line of N-Quads: added, removed, or unchanged but said of a thing of
which something else changed. ``blank.diff`` holds all statements with blank nodes, of both versions, when one of them changed:
their labels are canonical, and depend on one another. A step is written beside and renamed, and never touched again.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from targetgraph.errors import StoreError
from targetgraph.publish.changes.lines import has_blank, sorted_lines
from targetgraph.store.remote_address import RemoteAddress, StorePlace

CHANGES: Final = "changes"
BASE: Final = "base.nq"
GROUND: Final = "ground.diff"
BLANK: Final = "blank.diff"
NOTE: Final = "note.json"
RECORD: Final = "step.json"
NONE: Final = "none"

ADDED, REMOVED, KEPT = b"+", b"-", b"="
SignedLine = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class StepRecord:
    """What a step says of itself.

    Parameters
    ----------
    number : from 1.
    before, after : data versions; ``before`` is ``none`` where a stream begins, or begins anew.
    recorded : moment of the record, later than that of any step before.
    built : when the version was published.
    added, removed : statements.
    package_version : of the program that recorded it.
    """

    number: int
    before: str
    after: str
    recorded: str
    built: str
    added: int
    removed: int
    package_version: str


@dataclass(frozen=True)
class Step:
    """A step on disk."""

    path: Path
    record: StepRecord

    @property
    def begins(self) -> bool:
        """Whether it holds a version whole, and not a difference."""
        return self.record.before == NONE

    def ground(self) -> Path:
        """The file of statements without blank nodes (in a whole version: all)."""
        return self.path / (BASE if self.begins else GROUND)

    def ground_lines(self) -> Iterator[SignedLine]:
        """The lines without blank nodes, with their signs, sorted."""
        with self.ground().open("rb") as file:
            if self.begins:
                yield from ((ADDED, line) for line in file if not has_blank(line))
            else:
                yield from ((line[:1], line[1:]) for line in file)

    def blank_lines(self) -> Iterator[SignedLine]:
        """The lines with blank nodes, with their signs, sorted."""
        if self.begins:
            with sorted_lines(self.ground()) as lines:
                yield from ((ADDED, line) for line in lines.blank())
        else:
            with (self.path / BLANK).open("rb") as file:
                yield from ((line[:1], line[1:]) for line in file)

    def changes(self) -> Iterator[SignedLine]:
        """Added and removed lines, in the order of the lines."""
        merged = heapq.merge(self.ground_lines(), self.blank_lines(), key=lambda signed: signed[1])
        yield from (signed for signed in merged if signed[0] != KEPT)

    def note(self) -> dict[str, Any]:
        """The note, as `targetgraph.publish.changes.notes` left it."""
        return dict(json.loads((self.path / NOTE).read_bytes()))


class Feed:
    """The steps beside a store.

    Parameters
    ----------
    root : the store folder.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / CHANGES

    @classmethod
    def at(cls, place: StorePlace) -> Feed:
        """The steps beside the store at a place.

        Raises
        ------
        StoreError
            when it is a service: what it holds was published from a folder, and the record stayed there.
        """
        if isinstance(place, RemoteAddress):
            remedy = "give --store FOLDER, or ask the server that publishes it for /changes/"
            raise StoreError("changes are recorded beside a store folder, not at a service", str(place), remedy)
        return cls(place)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps, in order.

        Raises
        ------
        StoreError
            when a record cannot be read, or a step is missing.
        """
        found: list[Step] = []
        for path in sorted(self.folder.glob("[0-9]*-*-*")) if self.folder.is_dir() else ():
            step = _read(path)
            last = found[-1].record if found else None
            if last and (step.record.number != last.number + 1 or step.record.before not in (last.after, NONE)):
                raise _damaged(path, f"it does not follow step {last.number}")
            if not last and (step.record.number != 1 or not step.begins):
                raise _damaged(path, "the steps before it are not there")
            found.append(step)
        return tuple(found)

    @property
    def head(self) -> str:
        """The data version that the steps lead to; empty before the first."""
        return self.steps[-1].record.after if self.steps else ""

    def versions(self) -> list[tuple[str, str]]:
        """(data version, moment of its build), oldest first; one that came back stands where it came last."""
        times: dict[str, str] = {}
        for step in self.steps:
            times.pop(step.record.after, None)
            times[step.record.after] = step.record.built
        return list(times.items())

    def since(self, version: str = "") -> tuple[Step, ...]:
        """The steps that lead from a version to the newest.

        Parameters
        ----------
        version : a data version, or the beginning of one; empty for all steps since the feed last began.

        Raises
        ------
        StoreError
            when the feed does not know it, with those that it knows.
        """
        self._check_begun()
        begun = max(i for i, step in enumerate(self.steps) if step.begins)
        if not version:
            return self.steps[begun:]
        number = self.step_of(version)
        # From before a new beginning nothing leads on: the copy is replaced by the whole version the feed began anew with.
        return self.steps[number if number > begun else begun :]

    def step_of(self, version: str) -> int:
        """Number of the newest step that leads to a version (its name, or the beginning of it).

        Raises
        ------
        StoreError
            when the feed does not know it, with those that it knows.
        """
        self._check_begun()
        found = [step.record for step in self.steps if step.record.after.startswith(version)]
        if not version or len({record.after for record in found}) != 1:
            what = "means several versions" if found and version else "is no version that was recorded here"
            listed = ", ".join(f"{name} ({moment[:10]})" for name, moment in self.versions()[-20:])
            raise StoreError(f"{version!r} {what}", str(self.folder), f"the versions are: {listed}")
        return found[-1].number

    def _check_begun(self) -> None:
        if not self.steps:
            raise StoreError("no changes have been recorded here", str(self.folder), "run `targetgraph build`")


def _read(path: Path) -> Step:
    try:
        return Step(path, StepRecord(**json.loads((path / RECORD).read_bytes())))
    except (OSError, ValueError, TypeError) as error:
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, why: str) -> StoreError:
    remedy = f"restore it, or remove {path.parent} so that the next build begins a new feed"
    return StoreError(f"the record of changes is damaged: {why}", str(path), remedy)


def as_json(record: StepRecord) -> bytes:
    """The record as it stands on disk."""
    return json.dumps(asdict(record), indent=1).encode() + b"\n"
