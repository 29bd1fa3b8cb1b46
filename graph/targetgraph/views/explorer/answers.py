"""An answer of SPARQL as pages show it: table, matrix, chart, and map of what is tied to what."""

from __future__ import annotations

import math
from collections.abc import Sequence
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
    return bool(seen) and all(_value(t) is not None for t in seen)


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


def _value(term: Term | None) -> float | None:
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


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar or a point of a chart, in units of its SVG; ``y`` counts from the top."""

    label: str
    value: float
    x: float
    y: float
    width: float
    height: float
    shown: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars (lying, so that their names can be read) or a line.

    Parameters
    ----------
    path : of the line; empty for bars.
    zero : where nothing is; ``left`` where the names of bars end.
    cut : whether there was more than can be shown.
    """

    kind: str
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    across: tuple[Tick, ...]
    path: str
    width: float
    height: float
    zero: float
    cut: bool
    left: float = 0.0


_BAR, _BARS_ROOM, _LETTER = 26.0, 460.0, 7.6
_LONGEST: Final = 37
_LINE_LEFT, _LINE_WIDTH, _LINE_HEIGHT, _LINE_TOP = 70.0, 900.0, 360.0, 20.0


def chart(answer: Solutions, columns: Columns, kind: str) -> Chart | None:
    """A chart of one column over another; None where there are no numbers.

    Parameters
    ----------
    kind : ``bar`` or ``line``.
    """
    if not columns.across or not columns.value:
        return None
    across, value = answer.variables.index(columns.across), answer.variables.index(columns.value)
    points = [
        (legible(row[across]), _value(row[across]), v) for row in answer.rows if (v := _value(row[value])) is not None
    ]
    if not points:
        return None
    return _bars(points) if kind == "bar" else _line(points)


def _bars(points: Sequence[tuple[str, float | None, float]]) -> Chart:
    shown = points[:MOST_BARS]
    low, high, ticks = _scale([v for *_, v in shown])
    left = 24 + _LETTER * min(_LONGEST, max(len(label) for label, *_ in shown))

    def x(v: float) -> float:
        return left + _BARS_ROOM * (v - low) / (high - low)

    zero = x(0.0)
    marks = [
        Mark(
            label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…",
            v,
            min(zero, x(v)),
            20 + n * _BAR,
            abs(x(v) - zero),
            _BAR - 8,
            _number(v),
        )
        for n, (label, _, v) in enumerate(shown)
    ]
    lines = tuple(Tick(x(t), _number(t)) for t in ticks)
    height = 20 + len(shown) * _BAR + 24
    return Chart(
        "bar", tuple(marks), lines, (), "", left + _BARS_ROOM + 60, height, zero, len(points) > MOST_BARS, left
    )


def _line(points: Sequence[tuple[str, float | None, float]]) -> Chart:
    shown = list(points[:MOST_POINTS])
    numeric = all(x is not None for _, x, _ in shown)
    if numeric:
        shown.sort(key=lambda p: p[1] or 0.0)
    low, high, ticks = _scale([v for *_, v in shown])
    xs = [float(x or 0.0) if numeric else float(n) for n, (_, x, _) in enumerate(shown)]
    first, last = min(xs), max(xs)
    wide, tall = _LINE_WIDTH - _LINE_LEFT - 30, _LINE_HEIGHT - _LINE_TOP - 60

    def place(x: float) -> float:
        return _LINE_LEFT + (wide * (x - first) / (last - first) if last > first else wide / 2)

    def y(v: float) -> float:
        return _LINE_TOP + tall * (high - v) / (high - low)

    marks = [Mark(label, v, place(x), y(v), 0, 0, _number(v)) for x, (label, _, v) in zip(xs, shown, strict=True)]
    path = "M" + "L".join(f"{m.x:.1f} {m.y:.1f}" for m in marks)
    step = max(1, math.ceil(len(marks) / 9))
    across = tuple(Tick(m.x, m.label[:14]) for m in marks[::step])
    lines = tuple(Tick(y(t), _number(t)) for t in ticks)
    return Chart(
        "line", tuple(marks), lines, across, path, _LINE_WIDTH, _LINE_HEIGHT, y(0.0), len(points) > MOST_POINTS
    )


def _scale(values: Sequence[float]) -> tuple[float, float, list[float]]:
    """Ends of the scale, zero included, and round numbers between them."""
    low, high = min(0.0, *values), max(0.0, *values)
    if low == high:
        high = low + 1
    raw = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= raw)
    first, last = math.floor(low / step), math.ceil(high / step)
    return first * step, last * step, [n * step for n in range(first, last + 1)]


def _number(value: float) -> str:
    return f"{value:.6g}"


@dataclass(frozen=True, slots=True)
class Knot:
    """A thing in the map."""

    cell: Cell
    text: str
    x: float
    y: float
    left: bool
    ties: int


@dataclass(frozen=True, slots=True)
class Tie:
    """A row of the answer: from a thing on the left to one on the right."""

    path: str
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class Map:
    """Two columns of things and the rows of the answer between them."""

    knots: tuple[Knot, ...]
    ties: tuple[Tie, ...]
    width: float
    height: float
    cut: bool


_ROW, _MAP_WIDTH, _MAP_LEFT, _MAP_RIGHT = 26.0, 900.0, 340.0, 560.0


def answer_map(to: Urls, answer: Solutions, columns: Columns) -> Map | None:
    """What is tied to what: one column of the answer on the left, another on the right, a line a row.

    On the right things stand in the order of where their lines come from, so that few lines cross.
    """
    if not columns.down or not columns.across or columns.down == columns.across:
        return None
    left, right = answer.variables.index(columns.down), answer.variables.index(columns.across)
    ends: dict[tuple[str, str], int] = {}
    cells: dict[tuple[bool, str], Cell] = {}
    for row in answer.rows:
        if row[left] is None and row[right] is None:
            continue
        start, end = cell(to, row[left]), cell(to, row[right])
        cells.setdefault((True, start.text), start)
        cells.setdefault((False, end.text), end)
        ends[start.text, end.text] = ends.get((start.text, end.text), 0) + 1
    lefts = [t for is_left, t in cells if is_left][:MOST_SIDE]
    place = {t: n for n, t in enumerate(lefts)}
    coming: dict[str, list[int]] = {}
    for a, b in ends:
        if a in place:
            coming.setdefault(b, []).append(place[a])
    rights = sorted(coming, key=lambda b: sum(coming[b]) / len(coming[b]))[:MOST_SIDE]
    tall = max(len(lefts), len(rights), 1)
    ys = {(True, t): _spread(n, len(lefts), tall) for n, t in enumerate(lefts)}
    ys |= {(False, t): _spread(n, len(rights), tall) for n, t in enumerate(rights)}
    shown = {(a, b): n for (a, b), n in ends.items() if (True, a) in ys and (False, b) in ys}
    knots = [
        Knot(
            cells[key],
            key[1] if len(key[1]) <= 46 else key[1][:45] + "…",
            _MAP_LEFT if key[0] else _MAP_RIGHT,
            y,
            key[0],
            sum(1 for a, b in shown if (a if key[0] else b) == key[1]),
        )
        for key, y in ys.items()
    ]
    ties = [
        Tie(
            f"M{_MAP_LEFT:.0f} {ys[True, a]:.1f}C{450:.0f} {ys[True, a]:.1f} {450:.0f} {ys[False, b]:.1f} "
            f"{_MAP_RIGHT:.0f} {ys[False, b]:.1f}",
            f"{a} → {b}",
            n,
        )
        for (a, b), n in shown.items()
    ]
    several = sum(is_left for is_left, _ in cells)
    return Map(tuple(knots), tuple(ties), _MAP_WIDTH, 20 + tall * _ROW, several > MOST_SIDE or len(coming) > MOST_SIDE)


def _spread(place: int, of: int, tall: int) -> float:
    return 18 + _ROW * (place if of == tall else (place + 0.5) * tall / of - 0.5)


def plain(term: Term | None) -> str | int | float | None:
    """A term for a cell of a spreadsheet."""
    if isinstance(term, Literal) and is_number(term):
        number = _value(term)
        if number is not None:
            return int(number) if number.is_integer() and "." not in term.value else number
    if isinstance(term, BlankNode | Iri | Literal):
        return str(term)
    return None if term is None else legible(term)
