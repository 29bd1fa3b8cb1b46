"""Answers of a query, as light values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from targetgraph.library.terms import Term, Triple

Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The table a SELECT answers with.

    Parameters
    ----------
    variables : the columns, without ``?``.
    rows : a term, or ``None`` where the variable is unbound, for each column.
    truncated : whether the row limit cut further rows off.
    """

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Term]]:
        """Rows by variable; unbound variables are absent."""
        for row in self.rows:
            yield {v: term for v, term in zip(self.variables, row, strict=True) if term is not None}

    def values(self) -> list[tuple[str | None, ...]]:
        """Rows as plain strings: IRIs without brackets, literals without datatype or language."""
        return [tuple(None if t is None else str(t) for t in row) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Truth:
    """What an ASK answers."""

    value: bool

    def __bool__(self) -> bool:
        return self.value


@dataclass(frozen=True, slots=True)
class Statements:
    """The triples of a CONSTRUCT or DESCRIBE; ``truncated`` when the row limit cut further ones off."""

    triples: tuple[Triple, ...]
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.triples)

    def __iter__(self) -> Iterator[Triple]:
        return iter(self.triples)


Result = Solutions | Truth | Statements
