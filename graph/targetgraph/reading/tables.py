"""The importer: from records of cells to rows of values, as the schema of the table has it.

It knows nothing of files, so that whatever delivers records with line numbers (CSV here, the sheets of a
workbook) comes through the same door.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from targetgraph.errors import Place, TargetGraphError
from targetgraph.reading.columns import TEXT, CellError, Column, Value, read_cell
from targetgraph.reading.identifiers import LANGUAGE, tidy
from targetgraph.reading.problems import Problems, shown, suggestion
from targetgraph.reading.schema import LABEL_PREFIX, TableSchema

MOST_COLUMNS = 200
_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read.

    Parameters
    ----------
    schema : what its table looks like.
    file, line : where it stands.
    values : value by column; every column of the schema is there, and ``framework`` too where the table lies
        in the folder of a framework.
    faults : columns whose cell could not be read (a problem has been noted); their value is the empty one.
    """

    schema: TableSchema
    file: str
    line: int
    values: Mapping[str, Value]
    faults: frozenset[str] = frozenset()

    def place(self, column: str = "") -> Place:
        """Where the row, or one of its cells, is."""
        return Place(self.file, self.line, column)

    def text(self, column: str) -> str:
        """The value of a column of text, identifiers or choices."""
        value = self.values[column]
        return value if isinstance(value, str) else ""

    def number(self, column: str) -> int | None:
        """The value of a column of years or whole numbers."""
        value = self.values[column]
        return value if isinstance(value, int) else None

    def flag(self, column: str) -> bool:
        """The value of a column of yes and no."""
        return self.values[column] is True

    def many(self, column: str) -> tuple[str, ...]:
        """The values of a column that lists several; one value makes a list of one, none an empty list."""
        value = self.values[column]
        if isinstance(value, tuple):
            return value
        return (value,) if isinstance(value, str) and value else ()

    def key(self) -> tuple[str, ...]:
        """What identifies the row in its table."""
        return tuple(self.text(column) if column in self.values else "" for column in self.schema.key)


@dataclass(slots=True)
class ImportedTable:
    """The rows of one table; ``whole`` is false when some could not be read, so that they seem missing."""

    schema: TableSchema
    file: str
    rows: list[Row] = field(default_factory=list)
    whole: bool = True


def import_table(
    schema: TableSchema,
    file: str,
    records: Iterable[tuple[int, Sequence[str]]],
    problems: Problems,
    framework: str = "",
) -> ImportedTable:
    """Read the records of a table, the first of which is its heading.

    Parameters
    ----------
    schema : what the table looks like.
    file : what to call it in messages.
    records : line number and cells of each record.
    problems : where everything that is wrong is noted.
    framework : identifier of the framework in whose folder the table lies.
    """
    table = ImportedTable(schema, file)
    try:
        _import_records(table, iter(records), problems, framework)
    except TargetGraphError as error:
        problems.absorb(error)
        table.whole = False
    return table


def _import_records(
    table: ImportedTable, records: Iterator[tuple[int, Sequence[str]]], problems: Problems, framework: str
) -> None:
    schema, file = table.schema, table.file
    filled = ((line, cells) for line, cells in records if any(cell.strip() for cell in cells))
    first = next(filled, None)
    if first is None:
        headings = ",".join(c.name for c in schema.columns if not c.may_be_absent)
        problems.add("the file is empty", Place(file, 1), f"begin it with the heading {headings}")
        table.whole = False
        return
    heading = _read_heading(schema, file, *first, problems)
    if heading.hopeless:
        table.whole = False
        return
    for line, cells in filled:
        _import_row(table, heading, line, cells, problems, framework)
    if not table.rows and table.whole and schema.needs_rows:
        table.whole = False
        remedy = "add at least one row, or remove the file"
        problems.add("the table has a heading but no rows", Place(file, first[0]), remedy)


@dataclass(frozen=True, slots=True)
class _Heading:
    """Columns by position (``None``: not one of ours), and those that should be there and are not.

    A heading is ``hopeless`` when the rows below it would only give rise to the same complaint again.
    """

    columns: tuple[Column | None, ...]
    missing: frozenset[str]
    hopeless: bool


def _read_heading(schema: TableSchema, file: str, line: int, cells: Sequence[str], problems: Problems) -> _Heading:
    if len(cells) > MOST_COLUMNS:
        what = f"the heading has {len(cells):,} columns, more than {MOST_COLUMNS}"
        problems.add(what, Place(file, line), "keep the columns of the table only")
        return _Heading((), frozenset(), hopeless=True)
    names = [tidy(cell) for cell in cells]
    known = {column.name: column for column in schema.columns}
    columns: list[Column | None] = []
    for position, name in enumerate(names, 1):
        column = known.get(name) or _translation(schema, name)
        where = Place(file, line, name[:100] or f"number {position}")
        if not name:
            problems.add(f"column {position} has no heading", where, "name the column, or delete it")
        elif name in names[: position - 1]:
            problems.add(f"two columns are called {shown(name)}", where, "delete or rename one of them")
            column = None
        elif column is None:
            remedy = _remedy_for_unknown(schema, names, name)
            problems.add(f"{shown(name)} is not a column of this table", where, remedy)
        columns.append(column)
    missing = frozenset(c.name for c in schema.columns if c.name not in names and not c.may_be_absent)
    if not _wrong_separator(names):
        for name in (c.name for c in schema.columns if c.name in missing):
            remedy = f"add the column {name} to the heading and to every row"
            problems.add(f"the column {shown(name)} is missing", Place(file, line, name), remedy)
    return _Heading(tuple(columns), missing, hopeless=bool(_wrong_separator(names)))


def _translation(schema: TableSchema, name: str) -> Column | None:
    """A label in a further language, where the table has labels by language."""
    if schema.translated and name.startswith(LABEL_PREFIX) and LANGUAGE.fullmatch(name[len(LABEL_PREFIX) :]):
        return Column(name, TEXT, may_be_absent=True)
    return None


def _wrong_separator(names: Sequence[str]) -> str:
    if len(names) != 1:
        return ""
    return next((word for sign, word in _OTHER_SEPARATORS.items() if sign in names[0]), "")


def _remedy_for_unknown(schema: TableSchema, names: Sequence[str], name: str) -> str:
    separator = _wrong_separator(names)
    if separator:
        return f"the cells seem to be separated by {separator}: save the file with commas instead"
    free = [column.name for column in schema.columns if column.name not in names]
    return (
        suggestion(name, free)
        + "rename or delete the column; the table has "
        + ", ".join(column.name for column in schema.columns)
    )


def _import_row(
    table: ImportedTable,
    heading: _Heading,
    line: int,
    cells: Sequence[str],
    problems: Problems,
    framework: str,
) -> None:
    if len(cells) != len(heading.columns):
        table.whole = False
        many = "more" if len(cells) > len(heading.columns) else "fewer"
        what = f"the row has {len(cells)} cells, {many} than the {len(heading.columns)} of the heading"
        remedy = "put a comma for every cell, also an empty one, and quotation marks around text that holds commas"
        problems.add(what, Place(table.file, line), remedy)
        return
    values: dict[str, Value] = {column.name: column.type.empty for column in table.schema.columns}
    faults = set(heading.missing)
    for column, cell in zip(heading.columns, cells, strict=True):
        if column is None:
            continue
        try:
            values[column.name] = read_cell(column, cell)
        except CellError as error:
            faults.add(column.name)
            values[column.name] = column.type.empty
            problems.add(error.what, Place(table.file, line, column.name), error.remedy)
    if table.schema.in_framework:
        values["framework"] = framework
    if faults.intersection(table.schema.key):
        table.whole = False
    table.rows.append(Row(table.schema, table.file, line, values, frozenset(faults)))


def labels_of(row: Row) -> dict[str, str]:
    """Labels by language: the English one is in the column ``label`` or ``label_en``."""
    english = {"en": row.text("label")} if "label" in row.values else {}
    cut = len(LABEL_PREFIX)
    others = {name[cut:]: row.text(name) for name in row.values if name.startswith(LABEL_PREFIX) and row.text(name)}
    return english | others
