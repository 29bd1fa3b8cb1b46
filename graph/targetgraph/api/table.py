"""A table with a caption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from targetgraph.api.result import Result
from targetgraph.api.tabular import Tabular, Value


class Table(Result, Tabular):
    """Rows and columns, with a caption. Iterating gives one dictionary a row."""

    def __init__(
        self, caption: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], notes: Sequence[str] = ()
    ) -> None:
        self._caption, self._columns, self._notes = caption, tuple(columns), tuple(notes)
        self._rows: tuple[tuple[Value, ...], ...] = tuple(tuple(row) for row in rows)

    @property
    def caption(self) -> str:
        """What it holds."""
        return self._caption

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return self._columns

    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """The rows."""
        return self._rows

    def column(self, name: str) -> list[Value]:
        """The values of one column."""
        position = self._columns.index(name)
        return [row[position] for row in self._rows]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.to_dicts())

    def to_dict(self) -> dict[str, Any]:
        """``caption``, ``columns`` and ``rows`` (dictionaries)."""
        return {"caption": self._caption, "columns": list(self._columns), "rows": self.to_dicts()}

    def __str__(self) -> str:
        from targetgraph.library.terms import Literal
        from targetgraph.publish.tables import terminal_table
        from targetgraph.store.results import Solutions

        cells = tuple(tuple(None if v is None else Literal(_told(v)) for v in row) for row in self._rows)
        return f"{self._caption}\n{terminal_table(Solutions(self._columns, cells))}".rstrip("\n")

    def _summary(self) -> str:
        return f"{self._caption}, {len(self):,} rows of {', '.join(self._columns)}"

    def _repr_html_(self) -> str:
        from targetgraph.views.fragments.tables import SHOWN, Cell, table

        drawn = [
            [
                Cell(_told(v), v if isinstance(v, str) else "", isinstance(v, (int, float)) and not isinstance(v, bool))
                for v in row
            ]
            for row in self._rows[:SHOWN]
        ]
        return table(self._columns, drawn, total=len(self), caption=self._caption, notes=self._notes)


def _told(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}"
    return "" if value is None else str(value)
