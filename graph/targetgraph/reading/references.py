"""Identifiers across tables: given once each, and every reference to one finds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from targetgraph.reading.columns import Column, Reference
from targetgraph.reading.identifiers import is_web_address
from targetgraph.reading.problems import Problems, shown, suggestion
from targetgraph.reading.schemas import FRAMEWORK_TABLES, ROOT_TABLES
from targetgraph.reading.tables import ImportedTable, Row

Key = tuple[str, ...]

_LISTED_UP_TO = 12

_FILES = {schema.register: schema.file for schema in (*ROOT_TABLES, *FRAMEWORK_TABLES)}


class Registers:
    """All rows that were read, by table and key.

    ``rows`` and ``index`` have an entry for every table there can be; ``incomplete`` names the registers some
    of whose rows could not be read, where a missing identifier proves nothing.
    """

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {register: [] for register in _FILES}
        self.index: dict[str, dict[Key, Row]] = {register: {} for register in _FILES}
        self.incomplete: set[str] = set()

    def enter(self, table: ImportedTable, problems: Problems) -> None:
        """Take in the rows of a table, noting those whose key is already taken."""
        register = table.schema.register
        if not table.whole:
            self.incomplete.add(register)
        index = self.index[register]
        for row in table.rows:
            self.rows[register].append(row)
            if row.faults.intersection(row.schema.key):
                continue
            first = index.setdefault(row.key(), row)
            if first is not row:
                _note_repetition(row, first, problems)

    def check_uniqueness(self, problems: Problems) -> None:
        """Note values that, beside the key, should be one row's only."""
        for schema in ROOT_TABLES:
            for column in schema.also_unique:
                self._note_shared(self.rows[schema.register], column, problems)

    def _note_shared(self, rows: Iterable[Row], column: str, problems: Problems) -> None:
        seen: dict[str, Row] = {}
        for row in rows:
            value = row.text(column)
            first = seen.setdefault(value, row) if value else row
            if first is not row:
                what = f"{shown(value)} is already that of {shown(first.key()[-1])} ({first.place()})"
                problems.add(what, row.place(column), "give every row one of its own")

    def check_references(self, problems: Problems) -> None:
        """Note every reference that finds nothing."""
        for rows in self.rows.values():
            for row in rows:
                self._check_row(row, problems)

    def _check_row(self, row: Row, problems: Problems) -> None:
        lost: set[str] = set(row.faults)
        for column in row.schema.columns:
            reference = column.refers
            if reference is None or lost.intersection((column.name, reference.chosen_by, *reference.scope)):
                continue
            if not self._check_cell(row, column, reference, problems):
                lost.add(column.name)

    def _check_cell(self, row: Row, column: Column, reference: Reference, problems: Problems) -> bool:
        registers = (row.text(reference.chosen_by),) if reference.chosen_by else reference.registers
        scope = tuple(row.text(name) for name in reference.scope)
        if not all(scope) or self.incomplete.intersection(registers):
            return True
        found = True
        for value in row.many(column.name):
            if reference.or_iri and is_web_address(value):
                continue
            if any((*scope, value) in self.index[register] for register in registers):
                continue
            found = False
            remedy = "" if problems.full else self._way_out(value, registers, scope)
            problems.add(_nowhere(value, registers), row.place(column.name), remedy)
        return found

    def _way_out(self, value: str, registers: Iterable[str], scope: Key) -> str:
        there = [key[-1] for register in registers for key in self.index[register] if key[:-1] == scope]
        near = suggestion(value, there)
        files = " or ".join(_FILES[register] for register in registers)
        whose = f" of {' '.join(scope)}" if scope else ""
        few = f" ({', '.join(there)})" if not near and 0 < len(there) <= _LISTED_UP_TO else ""
        return f"{near}use an identifier from {files}{whose}{few}, or add it there"


def _note_repetition(row: Row, first: Row, problems: Problems) -> None:
    key: Mapping[str, str] = dict(zip(row.schema.key, row.key(), strict=True))
    column = next((name for name, value in reversed([*key.items()]) if value), "")
    if len(key) == 1:
        what = f"the identifier {shown(key[column])} is given twice; first in {first.place()}"
        remedy = "give every row an identifier of its own, or delete one of the two"
    else:
        what = f"the row has the same {', '.join(key)} as {first.place()}"
        remedy = "delete one of the two rows, or correct what differs"
    problems.add(what, row.place(column), remedy)


def _nowhere(value: str, registers: Iterable[str]) -> str:
    kinds = " or ".join(register.replace("sdg", "SDG").replace("-", " ") for register in registers)
    return f"there is no {kinds} {shown(value)}"
