"""Reviews as files: a workbook, or a folder of CSV files, with the same sheets.

Nothing a spreadsheet could run goes out: cells of a workbook are marked as text, and in CSV a cell that begins like a formula
gets an apostrophe in front, as OWASP advises. Nothing it could have run comes in: a formula that comes back is refused.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from targetgraph.errors import InputError, Place, Problem, TargetGraphError
from targetgraph.reading.columns import LONGEST_CELL
from targetgraph.reading.documents import read_document
from targetgraph.reading.review.proposing import SHEETS
from targetgraph.records.review import Cells, Review, Rows
from targetgraph.store.durable import write_whole

_FIRST = ("row", "decision")
_LAST = ("changed", "where", "why")
_EXPORTED = "exported"
_ABOUT, _NOTES = "about", "notes"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_FORMAT = "targetgraph review 1"

Table = list[list[str]]


def tables_of(review: Review) -> dict[str, Table]:
    """Every sheet as a heading and its rows, in a fixed order."""
    tables: dict[str, Table] = {
        _ABOUT: [["key", "value"], ["format", _FORMAT], *map(list, sorted(review.about.items()))]
    }
    for name in SHEETS:
        rows = review.sheets.get(name, {})
        columns = list(dict.fromkeys(c for cells in rows.values() for c in cells if c not in (*_FIRST, *_LAST)))
        heading = [*_FIRST, *columns, *_LAST]
        tables[name] = [heading, *([key, *(cells.get(c, "") for c in heading[1:])] for key, cells in rows.items())]
    tables[_NOTES] = [["kind", "where", "what", "remedy"]]
    tables[_NOTES] += [[note.get(c, "") for c in tables[_NOTES][0]] for note in review.notes]
    tables[_EXPORTED] = [["sheet", "row", "column", "value"]]
    for name, exported in review.exported.items():
        for key, cells in exported.items():
            whole = json.dumps(cells, ensure_ascii=False)
            if len(whole) <= LONGEST_CELL:
                tables[_EXPORTED].append([name, key, "*", whole])
            else:
                tables[_EXPORTED] += [[name, key, column, value] for column, value in cells.items()]
    return tables


def write_review(review: Review, target: Path) -> list[Path]:
    """Write a review, whole or not at all.

    Parameters
    ----------
    target : a file that ends in ``.xlsx``, or a folder for CSV files.

    Raises
    ------
    TargetGraphError
        If it cannot be written.
    """
    tables = tables_of(review)
    if target.suffix.lower() == ".xlsx":
        return [_write(target, _workbook(tables))]
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetGraphError(
            f"the folder cannot be made: {error.strerror}", str(target), "give another --output"
        ) from error
    return [_write(target / f"review-{name}.csv", csv_bytes(table)) for name, table in tables.items()]


def _write(path: Path, data: bytes) -> Path:
    write_whole(path, data, "give another path")
    return path


def csv_bytes(table: Sequence[Sequence[str]]) -> bytes:
    """A table as CSV that a spreadsheet opens as text."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows([_guarded(cell) for cell in row] for row in table)
    return stream.getvalue().encode("utf-8-sig")


def _guarded(cell: str) -> str:
    """A cell that no spreadsheet runs; :func:`_unguarded` gives it back."""
    return "'" + cell if cell.startswith((*_FORMULA, "'")) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*_FORMULA, "'")) else cell


def _workbook(tables: Mapping[str, Table]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name == _EXPORTED else "visible"
        sheet.freeze_panes = "C2" if name in SHEETS else "A2"
        for number, heading in enumerate(table[0]):
            letter = chr(65 + number) if number < 26 else f"A{chr(65 + number - 26)}"
            sheet.column_dimensions[letter].width = 60 if heading in ("text", "summary", "quote", "what") else 18
        for number, row in enumerate(table):
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, value)
                cell.data_type = "s"  # never a formula, whatever it begins with
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 0:
                    cell.font = Font(bold=True)
                cells.append(cell)
            sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_review(source: Path) -> Review:
    """Read a review back.

    Raises
    ------
    InputError
        If it is none, holds formulas, or lacks what the merge needs.
    """
    tables = dict(_csv_tables(source)) if source.is_dir() else _workbook_tables(source)
    about = {row[0]: row[1] for row in tables.get(_ABOUT, [])[1:] if len(row) > 1}
    if about.pop("format", "") != _FORMAT or _EXPORTED not in tables:
        remedy = "give a workbook or folder that `targetgraph read` has written, with its sheets 'about' and 'exported'"
        raise InputError([Problem("this is no review", Place(str(source)), remedy)])
    sheets = {name: _rows(tables.get(name, []), f"{source.name}:{name}") for name in SHEETS}
    exported: dict[str, dict[str, dict[str, str]]] = {name: {} for name in SHEETS}
    for row in tables[_EXPORTED][1:]:
        name, key, column, value = [*row, "", "", "", ""][:4]
        cells = exported.setdefault(name, {}).setdefault(key, {})
        try:
            cells.update(json.loads(value) if column == "*" else {column: value})
        except (ValueError, TypeError, RecursionError):
            problem = Problem(
                "what was exported is damaged", Place(f"{source.name}:{_EXPORTED}"), "export the review again"
            )
            raise InputError([problem]) from None
    # A workbook keeps no empty cells at the end of a row.
    heading, *rows = tables.get(_NOTES) or [[]]
    notes = tuple(dict(zip(heading, [*row, *[""] * (len(heading) - len(row))], strict=False)) for row in rows)
    return Review(about=about, sheets=sheets, exported=exported, notes=notes)


def _rows(table: Table, name: str) -> Rows:
    if not table:
        return {}
    heading = table[0]
    rows: dict[str, Cells] = {}
    for number, row in enumerate(table[1:], 2):
        cells = {column: row[i] if i < len(row) else "" for i, column in enumerate(heading) if column}
        key = cells.pop("row", "")
        if not any(cells.values()) and not key:
            continue
        if not key:
            what = "the row has no name in the column 'row'"
            raise InputError([Problem(what, Place(name, number, "row"), "give it one that no other row has")])
        if key in rows:
            what = f"two rows are called {key!r}"
            raise InputError([Problem(what, Place(name, number, "row"), "leave this column as it was exported")])
        rows[key] = cells
    return rows


def _csv_tables(folder: Path) -> Iterator[tuple[str, Table]]:
    for name in (_ABOUT, *SHEETS, _NOTES, _EXPORTED):
        path = folder / f"review-{name}.csv"
        if not path.exists():
            continue
        try:
            text = path.read_bytes().decode("utf-8-sig")
            rows = [
                [_unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)
            ]
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            problem = Problem(f"the file cannot be read: {error}", Place(str(path)), "save it as CSV UTF-8")
            raise InputError([problem]) from None
        yield name, rows


def _workbook_tables(source: Path) -> dict[str, Table]:
    document = read_document(source)
    if document.format not in ("xlsx", "ods"):
        raise InputError(
            [Problem("this is no review", Place(str(source)), "give the workbook or folder of the review")]
        )
    formula = next((notice for notice in document.notices if "formulas" in notice.what), None)
    if formula:
        what = "the workbook holds formulas, and a review is text"
        raise InputError([Problem(what, Place(f"{source}, {formula.where.within}"), "paste their values instead")])
    tables: dict[str, Table] = {}
    for block in document.blocks:
        where = block.location
        table = tables.setdefault(where.sheet, [])
        row, column = where.row or 1, where.column or 1
        if row > len(table) + 100_000:
            problem = Problem("a cell stands far below the others", Place(str(where)), "delete it")
            raise InputError([problem])
        table.extend([] for _ in range(row - len(table)))
        table[row - 1].extend("" for _ in range(column - len(table[row - 1])))
        table[row - 1][column - 1] = block.text
    return tables
