"""A reviewed reading meets a new version of its document: decisions stay where nothing changed, the rest is asked again."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from targetgraph.reading.review.merging import changed_columns, merge_rows
from targetgraph.records.documents import FoundTarget
from targetgraph.records.review import OPEN, Cells, Rerun, Review, Rows

LEAST_LIKE = 0.6
"""Similarity of wordings from which a target without a number is taken for the earlier one."""
_JUDGED_BY = 2_000
_DATA_FREE = ("decision", "where", "why", "changed")


def with_earlier_ids(targets: Sequence[FoundTarget], earlier: Mapping[str, str]) -> list[FoundTarget]:
    """The targets with the identifiers of an earlier reading where they bear no number of their own.

    Equal wordings first, then the most alike of the rest (ratio of Ratcliff and Obershelp on words, at least 0.6).

    Parameters
    ----------
    targets : as found now.
    earlier : text by identifier.
    """
    numbered = {target.id for target in targets if target.numbered}
    free = {identifier: text for identifier, text in earlier.items() if identifier not in numbered}
    given: dict[int, str] = {}
    by_text = {text: identifier for identifier, text in free.items()}
    waiting = [index for index, target in enumerate(targets) if not target.numbered]
    for index in waiting:
        identifier = by_text.pop(targets[index].text, None)
        if identifier is not None:
            given[index] = identifier
            free.pop(identifier)
    pairs = sorted(
        (
            (score, index, identifier)
            for index in waiting
            if index not in given
            for identifier, text in free.items()
            if (score := _likeness(targets[index].text, text)) >= LEAST_LIKE
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    for _, index, identifier in pairs:
        if index not in given and identifier in free:
            given[index] = identifier
            free.pop(identifier)
    used = numbered | set(given.values()) | set(earlier)
    result, counter = [], 0
    for index, target in enumerate(targets):
        if target.numbered or index in given:
            result.append(replace(target, id=given.get(index, target.id)))
            continue
        counter += 1
        while f"T{counter}" in used:
            counter += 1
        used.add(f"T{counter}")
        result.append(replace(target, id=f"T{counter}"))
    return result


def _likeness(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, one[:_JUDGED_BY].split(), other[:_JUDGED_BY].split(), autojunk=False)
    if matcher.real_quick_ratio() < LEAST_LIKE or matcher.quick_ratio() < LEAST_LIKE:
        return 0.0
    return matcher.ratio()


def rerun(earlier: Review, now: Review) -> Rerun:
    """The earlier review brought onto a new reading of the document.

    Parameters
    ----------
    earlier : with decisions and edits.
    now : the new reading, as proposed, with the identifiers of the earlier one.
    """
    sheets: dict[str, dict[str, Cells]] = {}
    unchanged, changed, new, gone = 0, list[str](), list[str](), list[str]()
    for sheet, proposed in now.sheets.items():
        base, mine = earlier.exported.get(sheet, {}), earlier.sheets.get(sheet, {})
        rows = sheets[sheet] = {}
        for key, cells in proposed.items():
            if key not in mine:
                rows[key] = cells if key not in base else {**cells, "changed": "this row was deleted from the review"}
                new.append(f"{sheet} {key}")
            elif not _differs(base.get(key, {}), cells):
                rows[key] = {**mine[key], "where": cells["where"]}
                unchanged += 1
            else:
                rows[key] = _asked_again(sheet, key, base, mine, proposed)
                changed.append(f"{sheet} {key}")
        for key, cells in mine.items():
            if key not in proposed and key in base:
                rows[key] = {**cells, "decision": OPEN, "changed": "no longer in the document"}
                gone.append(f"{sheet} {key}")
            elif key not in proposed:
                rows[key] = cells
    review = Review(about=now.about, sheets=sheets, exported=now.sheets, notes=now.notes)
    return Rerun(review=review, unchanged=unchanged, changed=tuple(changed), new=tuple(new), gone=tuple(gone))


def _data(cells: Cells) -> Cells:
    return {column: value for column, value in cells.items() if column not in _DATA_FREE and column != "document"}


def _differs(before: Cells, after: Cells) -> bool:
    return bool(changed_columns(_data(before), _data(after)))


def _asked_again(sheet: str, key: str, base: Rows, mine: Rows, proposed: Rows) -> Cells:
    """A row that the document changed: its new cells, the edits that it left alone, and what both changed, told."""
    was, is_now = base.get(key, {}), proposed[key]
    one = {key: _data(mine[key])}
    merged = merge_rows(sheet, {key: _data(was)}, one, {key: _data(is_now)})
    told = [f"{column} was {was.get(column, '')!r}" for column in changed_columns(_data(was), _data(is_now))]
    told += [f"{c.column}: the document now says {c.theirs!r}" for c in merged.conflicts]
    return {**is_now, **merged.rows[key], "decision": OPEN, "changed": "; ".join(told)[:2_000]}
