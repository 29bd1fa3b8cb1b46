"""An answer of SPARQL as a map of what is tied to what."""

from __future__ import annotations

from dataclasses import dataclass

from targetgraph.store.results import Solutions
from targetgraph.views.explorer.answers import (
    MOST_SIDE,
    Cell,
    Columns,
    cell,
)
from targetgraph.views.explorer.urls import Urls


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
    """A row of the answer: from a thing on the left to one on the right, with the language of their names."""

    path: str
    title: str
    number: int
    language: str


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
            cells[True, a].language or cells[False, b].language,
        )
        for (a, b), n in shown.items()
    ]
    several = sum(is_left for is_left, _ in cells)
    return Map(tuple(knots), tuple(ties), _MAP_WIDTH, 20 + tall * _ROW, several > MOST_SIDE or len(coming) > MOST_SIDE)


def _spread(place: int, of: int, tall: int) -> float:
    return 18 + _ROW * (place if of == tall else (place + 0.5) * tall / of - 0.5)
