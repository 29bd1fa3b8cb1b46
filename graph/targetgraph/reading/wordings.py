"""Wordings of a target: which one is meant, which it revises, and where in it a passage stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from targetgraph.reading.checks import circles
from targetgraph.reading.columns import CellError
from targetgraph.reading.problems import Problems, shown, suggestion
from targetgraph.reading.references import Key, Registers
from targetgraph.reading.tables import Row

Wordings = Mapping[Key, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a passage stands: document and language of the wording, and offsets in code points.

    The offsets are ``None`` where the text is not held.
    """

    document: str
    language: str
    start: int | None = None
    end: int | None = None


def target_key(row: Row) -> Key:
    """Framework and target a row speaks of."""
    return (row.text("framework"), row.text("target"))


def wordings_by_target(rows: Sequence[Row]) -> Wordings:
    """The wordings of each target, in the order of their table."""
    found: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[target_key(row)].append(row)
    return found


def check_wordings(registers: Registers, problems: Problems) -> None:
    """Note revisions, passages and readings of wordings that are not there."""
    wordings = wordings_by_target(registers.rows["wording"])
    _check_revisions(registers, problems)
    if "wording" in registers.incomplete:
        return
    for row in registers.rows["passage"]:
        if not row.faults and target_key(row) in registers.index["target"]:
            try:
                spot_of(row, wordings)
            except _Unplaced as fault:
                problems.add(fault.what, row.place(fault.column), fault.remedy)
    for row in registers.rows["link"]:
        _check_reading(row, wordings, problems)


def _check_revisions(registers: Registers, problems: Problems) -> None:
    index = registers.index["wording"]
    steps: dict[Key, Key] = {}
    for key, row in index.items():
        if not row.text("revises"):
            continue
        earlier = (*target_key(row), row.text("revises"), row.text("language"))
        steps[key] = earlier
        if earlier not in index and "wording" not in registers.incomplete:
            what = f"{shown(row.text('target'))} has no wording in {shown(row.text('revises'))} to revise"
            remedy = f"add that wording, in the language {row.text('language')!r}, or empty the cell"
            problems.add(what, row.place("revises"), remedy)
    for circle in circles(steps):
        documents = [key[2] for key in circle]
        what = f"'revises' leads in a circle: {' → '.join([*documents, documents[0]])}"
        problems.add(what, index[circle[0]].place("revises"), "leave the cell of the earliest wording empty")


def _check_reading(row: Row, wordings: Wordings, problems: Problems) -> None:
    document = row.text("made_against")
    here = [wording.text("document") for wording in wordings.get(target_key(row), ())]
    if document and document not in here:
        what = f"there is no wording of {shown(row.text('target'))} in {shown(document)}"
        remedy = (
            suggestion(document, here)
            + f"name the document of one of its wordings ({', '.join(here)}), or empty the cell"
        )
        problems.add(what, row.place("made_against"), remedy)


class _Unplaced(CellError):
    """A passage that cannot be placed, and the column to blame."""

    def __init__(self, column: str, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.column = column


def spot_of(passage: Row, wordings: Wordings) -> Spot:
    """Where a passage stands.

    Raises
    ------
    CellError
        If the target has no such wording, or its text does not hold the quotation, or holds it several times
        and no occurrence is chosen.
    """
    wording = _wording_of(passage, wordings)
    document, language, text = wording.text("document"), wording.text("language"), wording.text("text")
    if not text:
        return Spot(document, language)
    quote = passage.text("quote")
    start = _find(quote, text, passage.number("occurrence"))
    return Spot(document, language, start, start + len(quote))


def _wording_of(passage: Row, wordings: Wordings) -> Row:
    target = passage.text("target")
    candidates = wordings.get(target_key(passage), ())
    if not candidates:
        what = f"the target {shown(target)} has no wording to quote from"
        raise _Unplaced("target", what, "add one to wordings.csv; its text may stay empty")
    for column in ("document", "language"):
        wanted = passage.text(column)
        there = [wording.text(column) for wording in candidates]
        candidates = [w for w in candidates if not wanted or w.text(column) == wanted]
        if not candidates:
            what = f"the target {shown(target)} has no wording with {column} {shown(wanted)}"
            remedy = suggestion(wanted, there) + f"use one of: {', '.join(dict.fromkeys(there))}"
            raise _Unplaced(column, what, remedy)
    return candidates[0]


def _find(quote: str, text: str, occurrence: int | None) -> int:
    found: list[int] = []
    position = text.find(quote)
    while position >= 0 and len(found) < 1000:
        found.append(position)
        position = text.find(quote, position + 1)
    if not found:
        near = "it is there in other capitals: " if quote.casefold() in text.casefold() else ""
        what = f"the wording does not contain {shown(quote)}"
        raise _Unplaced("quote", what, near + "copy the words exactly as they stand in the text")
    if occurrence is None:
        if len(found) > 1:
            what = f"the wording contains {shown(quote)} {len(found)} times"
            remedy = f"say which one is meant by a number from 1 to {len(found)}, or quote more words"
            raise _Unplaced("occurrence", what, remedy)
        return found[0]
    if not 1 <= occurrence <= len(found):
        what = f"there is no occurrence {occurrence} of {shown(quote)} in the wording, only {len(found)}"
        raise _Unplaced("occurrence", what, f"give a number from 1 to {len(found)}")
    return found[occurrence - 1]
