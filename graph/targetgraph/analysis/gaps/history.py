"""What became of each gap from build to build: when it was first seen, accepted, closed, seen again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from targetgraph.analysis.gaps.record import Gap
from targetgraph.errors import StoreError

OPEN, ACCEPTED, CLOSED = "open", "accepted", "closed"
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The history of one gap.

    Parameters
    ----------
    iri, framework, kind, sentence : of the gap as it was last seen.
    status : ``open``, ``accepted`` or ``closed``.
    first_seen, first_version : day (ISO) and data version in which it was first found.
    closed, closed_version : when it was found to be gone; empty while it is there.
    reason, accepted_by, accepted_on : of its acceptance, if there is one.
    """

    iri: str
    framework: str
    kind: str
    sentence: str
    status: str
    first_seen: str
    first_version: str
    closed: str = ""
    closed_version: str = ""
    reason: str = ""
    accepted_by: str = ""
    accepted_on: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """An acceptance: why, by whom, and when."""

    reason: str
    accepted_by: str = ""
    accepted_on: str = ""


History = dict[str, Entry]


def carried_forward(
    previous: Mapping[str, Entry], gaps: Iterable[Gap], decisions: Mapping[str, Decision], version: str, today: str
) -> History:
    """The history after a build.

    Parameters
    ----------
    previous : history of the build before; empty for the first.
    gaps : all gaps found now.
    decisions : acceptances by IRI; they hold as long as they stand in the tables.
    version : data version of this build.
    today : ISO date.

    Returns
    -------
    Entries by IRI, sorted. A gap that is back after having been closed keeps the day it was first seen.
    """
    found = {gap.iri: gap for gap in gaps}
    history = {iri: _closed(entry, version, today) for iri, entry in previous.items() if iri not in found}
    for iri, gap in found.items():
        before = previous.get(iri)
        decision = decisions.get(iri, Decision(""))
        history[iri] = Entry(
            iri=iri,
            framework=gap.framework,
            kind=gap.kind,
            sentence=gap.sentence,
            status=ACCEPTED if iri in decisions else OPEN,
            first_seen=before.first_seen if before else today,
            first_version=before.first_version if before else version,
            **asdict(decision),
        )
    return dict(sorted(history.items()))


def _closed(entry: Entry, version: str, today: str) -> Entry:
    if entry.status == CLOSED:
        return entry
    return replace(entry, status=CLOSED, closed=today, closed_version=version)


def undecidable(previous: Mapping[str, Entry], gaps: Iterable[Gap], decisions: Iterable[str]) -> list[str]:
    """Acceptances of gaps that are neither there now nor were there before: most likely a slip of the pen."""
    known = {gap.iri for gap in gaps} | set(previous)
    return sorted(iri for iri in decisions if iri not in known)


def write_history(path: Path, history: Mapping[str, Entry]) -> None:
    """Write a history, one entry a line, so that two of them can be compared with any text tool."""
    lines = [json.dumps({"format": FORMAT})]
    lines += [json.dumps(asdict(entry), ensure_ascii=False) for entry in history.values()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_history(path: Path) -> History:
    """Read a history; an absent file is an empty one.

    Raises
    ------
    StoreError : the file is damaged, or of a newer format.
    """
    if not path.exists():
        return {}
    try:
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        if json.loads(head)["format"] > FORMAT:
            raise ValueError("it was written by a newer targetgraph")
        entries = [Entry(**json.loads(line)) for line in lines]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"the history of gaps cannot be read ({error})", str(path), "run `targetgraph build`"
        ) from error
    return {entry.iri: entry for entry in entries}


def with_status(gap: Gap, history: Mapping[str, Entry]) -> Gap:
    """A gap with what its history says of it."""
    entry = history.get(gap.iri)
    if entry is None:
        return gap
    return replace(gap, status=entry.status, first_seen=entry.first_seen, accepted_because=entry.reason)
