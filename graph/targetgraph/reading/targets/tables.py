"""Targets in tables, whatever the order and wording of the columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from targetgraph.reading.targets.columns import OTHER, Match, roles_of
from targetgraph.reading.targets.lists import Finding, long_enough
from targetgraph.reading.targets.numbering import number_alone, number_before
from targetgraph.records.documents import Block, ColumnReading, Document, Extent, Field, Location, Notice

Confirmed = Mapping[tuple[str, int, int], str]
"""Roles of columns that somebody has confirmed, by sheet, table and column."""

_HEADING_ROWS = 8
_WIDEST_HEADING = 100
_MOST_REACHED = 300_000
"""Cells of a table that others may reach down into."""
_FEWEST_WORDS = 3  # in the column of targets little is needed to be one


@dataclass(frozen=True, slots=True)
class _Cell:
    index: int
    block: Block

    @property
    def column(self) -> int:
        return self.block.location.column or 0


_Row = list[_Cell]


def find_in_tables(
    document: Document, confirmed: Confirmed, columns: list[ColumnReading], left_out: list[Notice]
) -> Iterator[Finding]:
    """Yield the targets in the tables of a document; note how columns were understood and what was not taken."""
    cells = [_Cell(index, block) for index, block in enumerate(document.blocks) if block.kind == "cell"]
    for (sheet, table), group in groupby(cells, lambda c: (c.block.location.sheet, c.block.location.table or 0)):
        rows = [list(row) for _, row in groupby(group, lambda c: c.block.location.row)]
        mine = {column: role for (s, t, column), role in confirmed.items() if (s, t) == (sheet, table)}
        yield from _table(rows, mine, columns, left_out)


def _table(
    rows: list[_Row], confirmed: Mapping[int, str], columns: list[ColumnReading], left_out: list[Notice]
) -> Iterator[Finding]:
    at, roles = _heading(rows, confirmed)
    heading = rows[at]
    for cell, match in zip(heading, roles, strict=True):
        where = cell.block.location
        columns.append(
            ColumnReading(
                table=where.table or 0,
                sheet=where.sheet,
                column=cell.column,
                heading=cell.block.text,
                role=match.role,
                matched=match.term,
                score=match.score,
                location=where,
            )
        )
    role_of = {cell.column: match for cell, match in zip(heading, roles, strict=True)}
    if not any(match.role == "target" for match in role_of.values()):
        names = ", ".join(repr(cell.block.text[:40]) for cell in heading[:8])
        what = f"this table was passed over: none of its columns is known to hold targets ({names})"
        remedy = "say in the sheet Columns which column holds the targets, and read again"
        left_out.append(Notice(what=what, where=heading[0].block.location, remedy=remedy))
        return
    headings = {cell.column: cell.block.text for cell in heading}
    objective = ""
    merges = _Merges()
    target = next(column for column, match in role_of.items() if match.role == "target")
    last: list[Finding] = []
    for line in rows[at + 1 :]:
        row = merges.completed(line)
        if {cell.column: cell.block.text for cell in row} == headings:
            continue  # the heading again, at the top of a page
        section = _section(row, len(heading))
        if section:
            objective = section
            continue
        for cell in row:
            if role_of.get(cell.column, OTHER).role == "objective" and cell.block.text:
                objective = cell.block.text
        if last and any(cell.column == target and cell not in line for cell in row):
            # The target reaches down from the row above: what stands beside it here belongs to it too.
            fields = _fields([cell for cell in row if cell in line], role_of, headings)
            for finding in last:
                finding.fields.extend(fields)
            continue
        last = list(_row(row, role_of, headings, objective, left_out))
        yield from last
    if merges.given_up:
        what = f"cells merged downwards were followed into {_MOST_REACHED:,} cells; those below were read as they stand"
        left_out.append(Notice(what=what, where=heading[0].block.location))


class _Merges:
    """Cells that reach down into the rows below them, given rows in their order."""

    def __init__(self) -> None:
        self._above: dict[int, _Cell] = {}
        self._reaching: dict[int, tuple[_Cell, int]] = {}
        self._left = _MOST_REACHED

    @property
    def given_up(self) -> bool:
        """Whether more cells are reached into than are followed."""
        return self._left < 0

    def completed(self, row: _Row) -> _Row:
        """The cells of a row, and those that reach down into it."""
        number = row[0].block.location.row or 0
        if len({cell.column for cell in row}) < len(row):
            return row  # two cells at one place: a broken table, left as it is
        self._left -= len(self._reaching)
        if self.given_up:
            self._reaching.clear()
        self._reaching = {column: reach for column, reach in self._reaching.items() if reach[1] >= number}
        found: dict[int, _Cell] = {}
        for cell in row:
            column, block = cell.column, cell.block
            if block.continued:
                found[column] = self._above.get(column, cell)
            elif column in self._reaching and not block.text:
                found[column] = self._reaching[column][0]
            else:
                found[column] = self._above[column] = cell
                self._reaching.pop(column, None)
                if block.height > 1:
                    self._reaching[column] = (cell, number + block.height - 1)
        for column, (held, _) in self._reaching.items():
            found.setdefault(column, held)
        return [found[column] for column in sorted(found)]


def _heading(rows: list[_Row], confirmed: Mapping[int, str]) -> tuple[int, list[Match]]:
    """The row of headings (the one of the first few that is most like one) and the roles of its cells."""
    best, chosen, found = -1.0, 0, [OTHER] * len(rows[0])
    for number, row in enumerate(rows[:_HEADING_ROWS]):
        cells = row[:_WIDEST_HEADING]
        mine = {i: confirmed[cell.column] for i, cell in enumerate(cells) if cell.column in confirmed}
        roles = roles_of([cell.block.text for cell in cells], mine)
        score = sum(match.score for match in roles) + sum(match.role == "target" for match in roles)
        if score > best + 0.001:
            best, chosen = score, number
            found = roles + [OTHER] * (len(row) - len(cells))
    return chosen, found


def _section(row: _Row, width: int) -> str:
    """The text of a row that is one cell across the table: the heading of those below."""
    filled = [cell for cell in row if cell.block.text]
    if width > 1 and len(filled) == 1 and filled[0].block.span >= width:
        return filled[0].block.text
    return ""


def _row(
    row: _Row, role_of: Mapping[int, Match], headings: Mapping[int, str], objective: str, left_out: list[Notice]
) -> Iterator[Finding]:
    number, cell = "", None
    fields = _fields(row, role_of, headings)
    for candidate in row:
        role = role_of.get(candidate.column, OTHER).role
        if role == "target":
            cell = candidate
        elif role == "id":
            number = number_alone(candidate.block.text)
    if cell is None or not cell.block.text:
        if fields:
            where = row[0].block.location if cell is None else cell.block.location
            left_out.append(Notice(what="this row has no text in the column of targets", where=_row_only(where)))
        return
    score = next(match.score for match in role_of.values() if match.role == "target")
    rule = f"a row of a table, in the column {headings.get(cell.column, '')[:60]!r}"
    findings = list(_targets_in_cell(cell, number))
    if not findings:
        what = f"{cell.block.text[:80]!r} was not taken for a target: it is too short"
        left_out.append(Notice(what=what, where=cell.block.location))
    for finding in findings:
        finding.rule, finding.confidence = rule, min(0.98, score)
        finding.objective, finding.fields = objective, list(fields)
        yield finding


def _fields(row: _Row, role_of: Mapping[int, Match], headings: Mapping[int, str]) -> list[Field]:
    """What the other columns say beside a target."""
    found: list[Field] = []
    for cell in row:
        role, text = role_of.get(cell.column, OTHER).role, cell.block.text
        if text and role not in ("target", "id", "objective"):
            extent = Extent(block=cell.index, start=0, end=len(text))
            found.append(Field(role=role, heading=headings.get(cell.column, ""), text=text, extent=extent))
    return found


def _row_only(where: Location) -> Location:
    return Location(file=where.file, page=where.page, sheet=where.sheet, table=where.table, row=where.row)


def _targets_in_cell(cell: _Cell, number: str) -> Iterator[Finding]:
    """The target of a cell; several where several of its lines begin with “Target …”."""
    text = cell.block.text
    starts: list[tuple[int, int, str]] = []
    position = 0
    for line in text.split("\n"):
        found = number_before(line)
        if found and (found.spelt or (position == 0 and not number)):
            starts.append((position, position + found.end, found.code))
        position += len(line) + 1
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, 0, number))
    for place, (_, begin, code) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(text)
        part = text[begin:end]
        begin, end = begin + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
        if begin < end and long_enough(text[begin:end], _FEWEST_WORDS):
            yield Finding([Extent(block=cell.index, start=begin, end=end)], code or number)
