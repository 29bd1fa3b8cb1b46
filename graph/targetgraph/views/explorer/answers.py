"""An answer of SPARQL as pages show it: cells, the columns that a view is made of, and the matrix."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from targetgraph import iris
from targetgraph.library.terms import XSD, BlankNode, Iri, Literal, Term, shortened, written
from targetgraph.namespaces import PREFIXES
from targetgraph.store.results import Solutions
from targetgraph.views.explorer.urls import Urls

MOST_ROWS: Final = 500
MOST_SIDE: Final = 60
MOST_BARS: Final = 60
MOST_POINTS: Final = 400
VIEWS: Final = ("table", "matrix", "bar", "line", "map")
COUNT: Final = "count"
_NUMBERS: Final = frozenset(XSD + name for name in ("integer", "decimal", "double", "float", "int", "long"))
_YEAR: Final = XSD + "gYear"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a page shows it.

    Parameters
    ----------
    text : what is read.
    address : where it leads; only places of ours and addresses of the web do.
    outside : whether that is elsewhere.
    language : tag of a text.
    number : whether it is one.
    """

    text: str
    address: str = ""
    outside: bool = False
    language: str = ""
    number: bool = False


def legible(term: Term | None) -> str:
    """A term as a person reads it; empty where nothing is bound."""
    if isinstance(term, Iri):
        return shortened(term.value, PREFIXES)
    if isinstance(term, Literal | BlankNode):
        return str(term)
    return "" if term is None else written(term)


def is_number(term: Term | None) -> bool:
    """Whether a term is a numeric literal."""
    return isinstance(term, Literal) and term.datatype in _NUMBERS


def cell(to: Urls, term: Term | None) -> Cell:
    """A term as a cell."""
    if isinstance(term, Iri):
        ours = term.value.startswith((iris.BASE, "http://metadata.un.org/sdg"))
        web = term.value.startswith(("http://", "https://"))
        address = to.thing(term.value) if ours else term.value if web else ""
        return Cell(shortened(term.value, PREFIXES), address, bool(address) and not ours)
    if isinstance(term, Literal):
        return Cell(term.value, language=term.language, number=is_number(term))
    return Cell(legible(term))


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns a picture is made of: empty for none."""

    across: str = ""
    down: str = ""
    value: str = ""


def chosen_columns(answer: Solutions, asked: Columns, view: str) -> Columns:
    """The columns that were asked for where there are such, else those that suggest themselves.

    A chart takes the first column of names and the first of numbers, a line the first of years or numbers before that; a matrix
    and a map the first two columns of names that have no more different values than can be shown.
    """
    names = [v for v in answer.variables if not _is_numeric(answer, v)]
    numbers = [v for v in answer.variables if _is_numeric(answer, v)]
    if view in ("bar", "line"):
        value = asked.value if asked.value in numbers else (numbers[-1] if numbers else "")
        others = [v for v in answer.variables if v != value]
        preferred = (
            [v for v in others if v in numbers] if view == "line" else [v for v in names if _reads_well(answer, v)]
        )
        across = asked.across if asked.across in others else next(iter([*preferred, *others]), "")
        return Columns(across=across, value=value)
    fitting = [v for v in names if _different(answer, v) > 1] or list(names)
    readable = [v for v in fitting if _reads_well(answer, v)] or fitting
    down = asked.down if asked.down in answer.variables else next(iter(readable), "")
    others = [v for v in readable if v != down] or [v for v in answer.variables if v != down]
    telling = [v for v in others if not _same(answer, down, v)]
    across = asked.across if asked.across in answer.variables else next(iter(telling or others), "")
    return Columns(across, down, asked.value if asked.value in answer.variables else COUNT)


def _is_numeric(answer: Solutions, variable: str) -> bool:
    position = answer.variables.index(variable)
    seen = [row[position] for row in answer.rows[:200] if row[position] is not None]
    return bool(seen) and all(value_of(t) is not None for t in seen)


def _reads_well(answer: Solutions, variable: str) -> bool:
    position = answer.variables.index(variable)
    return any(isinstance(row[position], Literal) for row in answer.rows[:50])


def _different(answer: Solutions, variable: str) -> int:
    position = answer.variables.index(variable)
    return len({legible(row[position]) for row in answer.rows})


def _same(answer: Solutions, one: str, other: str) -> bool:
    """Whether two columns tell of the same things, as a code and a name do: then there is no picture in them."""
    if not one:
        return False
    a, b = answer.variables.index(one), answer.variables.index(other)
    pairs = {(legible(row[a]), legible(row[b])) for row in answer.rows}
    return len(pairs) == len({x for x, _ in pairs}) == len({y for _, y in pairs})


def value_of(term: Term | None) -> float | None:
    """A number, or a year as one; None for anything else."""
    if isinstance(term, Literal) and (is_number(term) or term.datatype == _YEAR):
        try:
            found = float(term.value)
        except ValueError:
            return None
        return found if math.isfinite(found) else None
    return None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows by columns, a count or a value in each cell; empty text where there is nothing."""

    rows: tuple[Cell, ...]
    columns: tuple[Cell, ...]
    cells: tuple[tuple[str, ...], ...]
    cut: bool


def matrix(to: Urls, answer: Solutions, columns: Columns) -> Matrix | None:
    """The matrix of two columns; None where they are not there."""
    if not columns.down or not columns.across:
        return None
    down, across = answer.variables.index(columns.down), answer.variables.index(columns.across)
    value = answer.variables.index(columns.value) if columns.value in answer.variables else -1
    rows: dict[str, Cell] = {}
    heads: dict[str, Cell] = {}
    found: dict[tuple[str, str], list[str]] = {}
    for row in answer.rows:
        a, b = cell(to, row[down]), cell(to, row[across])
        rows.setdefault(a.text, a)
        heads.setdefault(b.text, b)
        found.setdefault((a.text, b.text), []).append(legible(row[value]) if value >= 0 else "")
    shown_rows, shown_heads = list(rows)[:MOST_SIDE], list(heads)[:MOST_SIDE]

    def told(several: list[str]) -> str:
        return ", ".join(dict.fromkeys(several)) if value >= 0 else str(len(several)) if several else ""

    return Matrix(
        tuple(rows[r] for r in shown_rows),
        tuple(heads[h] for h in shown_heads),
        tuple(tuple(told(found.get((r, h), [])) for h in shown_heads) for r in shown_rows),
        len(rows) > MOST_SIDE or len(heads) > MOST_SIDE,
    )


def plain(term: Term | None) -> str | int | float | None:
    """A term for a cell of a spreadsheet."""
    if isinstance(term, Literal) and is_number(term):
        number = value_of(term)
        if number is not None:
            return int(number) if number.is_integer() and "." not in term.value else number
    if isinstance(term, BlankNode | Iri | Literal):
        return str(term)
    return None if term is None else legible(term)
