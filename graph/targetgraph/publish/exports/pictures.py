"""The tables behind the pictures of the explorer, as CSV and as workbooks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from targetgraph.analysis.comparison.matrices import Delta, MatrixDelta
from targetgraph.analysis.coverage import Coverage
from targetgraph.analysis.states import State
from targetgraph.publish.spreadsheets import csv_text


@dataclass(frozen=True, slots=True)
class Table:
    """A table of its own.

    Parameters
    ----------
    name : of the sheet.
    header : names of columns.
    rows : values: texts and numbers, and states, which a workbook draws in their pattern.
    version : data version.
    """

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    version: str


def matrix_table(found: Coverage) -> Table:
    """One row a cell."""
    header = ("row_iri", "row", "row_label", "column_iri", "column", "column_label", "state", found.counted)
    rows = [
        (down.iri, down.code, down.label, across.iri, across.code, across.label, State(int(s)), int(n))
        for down, states, counts in zip(found.rows, found.states, found.counts, strict=True)
        for across, s, n in zip(found.columns, states, counts, strict=True)
    ]
    return Table(f"{found.row_name} by {found.column_name}", header, rows, found.version)


def delta_table(delta: MatrixDelta) -> Table:
    """One row a cell, with its state on both sides; empty where a side has none."""
    header = ("row_iri", "row", "row_label", "column_iri", "column", "column_label", "before", "after", "difference")
    differences = delta.deltas()
    rows: list[tuple[object, ...]] = []
    for i, down in enumerate(delta.row_headings()):
        for j, across in enumerate(delta.column_headings()):
            before, after = delta.states(i, j)
            word = Delta(int(differences[i, j])).word
            rows.append((down.iri, down.code, down.label, across.iri, across.code, across.label, before, after, word))
    return Table(f"{delta.before_name} and {delta.after_name}", header, rows, delta.after.version)


def as_csv(table: Table) -> str:
    """The table as CSV, states as words, and texts that a spreadsheet would run made harmless."""
    return csv_text(
        (*table.header, "data_version"),
        ([*(v.word if isinstance(v, State) else v for v in row), table.version] for row in table.rows),
    )


def as_workbook(table: Table) -> bytes:
    """The table as a workbook of one sheet."""
    from openpyxl import Workbook

    from targetgraph.publish.exports.workbook_style import Field, SheetWriter

    book = Workbook(write_only=True)
    book.properties.creator = "TargetGraph contributors"
    book.properties.identifier = table.version
    fields = [Field(name, 40 if "label" in name or "iri" in name or name == "words" else 14) for name in table.header]
    sheet = SheetWriter(book, table.name, fields, len(table.rows))
    for row in table.rows:
        sheet.add(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
