"""Three-way merge of rows, cell by cell, against what both sides began from.

As diff3 does with lines (Khanna, Kunal and Pierce, 2007), with rows that know who they are.
"""

from __future__ import annotations

from targetgraph.records.review import Cells, Conflict, Merged, Rows


def merge_rows(sheet: str, base: Rows, mine: Rows, theirs: Rows) -> Merged:
    """The edits of two sides together.

    Parameters
    ----------
    sheet : name of the table, for conflicts.
    base : the rows both began from.
    mine, theirs : the rows as each side has them.

    Returns
    -------
    Merged
        Rows in the order of ``mine``, then those only ``theirs`` has. A row that one side deleted and the other left as it was
        is deleted; if the other changed it, it stays and is a conflict.
    """
    rows: dict[str, Cells] = {}
    conflicts: list[Conflict] = []
    for key in [*mine, *(key for key in theirs if key not in mine)]:
        one, other, origin = mine.get(key), theirs.get(key), base.get(key)
        if one is not None and other is not None:
            cells, found = _merge_cells(sheet, key, origin or {}, one, other)
            rows[key] = cells
            conflicts.extend(found)
            continue
        left = one if one is not None else other
        assert left is not None
        if origin is None:
            rows[key] = left
        elif dict(left) != dict(origin):
            rows[key] = left
            gone, kept = ("deleted", "changed") if one is None else ("changed", "deleted")
            conflicts.append(Conflict(sheet=sheet, row=key, column="*", exported="", mine=gone, theirs=kept))
    return Merged(rows=rows, conflicts=tuple(conflicts))


def _merge_cells(sheet: str, key: str, base: Cells, mine: Cells, theirs: Cells) -> tuple[Cells, list[Conflict]]:
    cells: dict[str, str] = {}
    conflicts: list[Conflict] = []
    for column in [*mine, *(column for column in theirs if column not in mine)]:
        was, one, other = base.get(column, ""), mine.get(column, ""), theirs.get(column, "")
        cells[column] = other if one == was else one
        if one != other and was not in (one, other):
            conflict = Conflict(sheet=sheet, row=key, column=column, exported=was, mine=one, theirs=other)
            conflicts.append(conflict)
    return cells, conflicts


def changed_columns(before: Cells, after: Cells) -> list[str]:
    """The columns in which two rows differ."""
    return [c for c in [*before, *(c for c in after if c not in before)] if before.get(c, "") != after.get(c, "")]
