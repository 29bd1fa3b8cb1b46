"""Tables on a page of a PDF, where lines are drawn between their cells.

Lines that cross or touch make a lattice; what no line parts is one cell, so that merged cells come out as such. Each character
goes to the cell its middle lies in. Tables without lines are not told from columns of text: their words stay paragraphs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_TOUCH = 2.0  # points by which lines that touch may miss each other
_THIN = 2.5
_SHORTEST = 4.0
_MOST_LINES = 1_500
_MOST_CELLS = 20_000


class Stroke(NamedTuple):
    """A level or upright line: its constant coordinate, and where it begins and ends."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Cell:
    """A cell: its place counted from 1, the columns and rows it spans, and the characters in it, line by line."""

    row: int
    column: int
    span: int = 1
    height: int = 1
    lines: list[list[Any]] = field(default_factory=list)


@dataclass(slots=True)
class Lattice:
    """A table: its box on the page, the coordinates of its lines, and its cells in reading order."""

    xs: list[float]
    ys: list[float]
    cells: list[Cell]
    places: dict[tuple[int, int], Cell]

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.xs[0]

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.xs[-1]

    @property
    def y0(self) -> float:
        """Lower edge."""
        return self.ys[0]

    @property
    def y1(self) -> float:
        """Upper edge."""
        return self.ys[-1]

    def cell_at(self, x: float, y: float) -> Cell | None:
        """The cell in which a point lies."""
        if not (self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1):
            return None
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        return self.places[row, column]

    def take(self, line: Any) -> bool:
        """Put a line of text into the cells its characters lie in; ``False`` where it lies outside."""
        if self.cell_at((line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2) is None:
            return False
        latest: Cell | None = None
        for item in line:
            if not hasattr(item, "x0"):  # a space that the layout put in
                if latest is not None:
                    latest.lines[-1].append(item)
                continue
            cell = self.cell_at((item.x0 + item.x1) / 2, (item.y0 + item.y1) / 2) or latest
            if cell is not None and cell is not latest:
                cell.lines.append([])
                latest = cell
            if cell is not None:
                cell.lines[-1].append(item)
        return True


def lattices(layout: Any) -> list[Lattice]:
    """The tables of a page that have at least two rows and two columns, the upper ones first."""
    level, upright = _strokes(layout)
    if not level or not upright or len(level) + len(upright) > _MOST_LINES:
        return []
    found = [made for one in _components(level, upright) if (made := _lattice(*one)) is not None]
    return sorted(found, key=lambda lattice: (-lattice.y1, lattice.x0))


def _strokes(layout: Any) -> tuple[list[Stroke], list[Stroke]]:
    from pdfminer.layout import LTCurve

    level: list[Stroke] = []
    upright: list[Stroke] = []
    for item in layout:
        if not isinstance(item, LTCurve):
            continue
        flat, narrow = item.height <= _THIN, item.width <= _THIN
        if flat and item.width >= _SHORTEST:
            level.append(Stroke((item.y0 + item.y1) / 2, item.x0, item.x1))
        elif narrow and item.height >= _SHORTEST:
            upright.append(Stroke((item.x0 + item.x1) / 2, item.y0, item.y1))
        elif not flat and not narrow and item.stroke and len(item.pts) in (4, 5):
            level += [Stroke(y, item.x0, item.x1) for y in (item.y0, item.y1)]
            upright += [Stroke(x, item.y0, item.y1) for x in (item.x0, item.x1)]
    return level, upright


def _components(level: list[Stroke], upright: list[Stroke]) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Lines that hang together by crossing or touching."""
    leader = list(range(len(level) + len(upright)))

    def head(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    for i, one in enumerate(level):
        for j, other in enumerate(upright, len(level)):
            along = one.start - _TOUCH <= other.at <= one.end + _TOUCH
            if along and other.start - _TOUCH <= one.at <= other.end + _TOUCH:
                leader[head(j)] = head(i)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, stroke in enumerate([*level, *upright]):
        groups.setdefault(head(i), ([], []))[i >= len(level)].append(stroke)
    yield from groups.values()


def _lattice(level: list[Stroke], upright: list[Stroke]) -> Lattice | None:
    xs, ys = _levels([s.at for s in upright]), _levels([s.at for s in level])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 2 or columns < 2 or rows * columns > _MOST_CELLS:
        return None
    walls, floors = _by_level(upright, xs), _by_level(level, ys)
    places: dict[tuple[int, int], Cell] = {}
    cells: list[Cell] = []
    for row in range(rows - 1, -1, -1):  # from the top
        for column in range(columns):
            if (row, column) in places:
                continue
            middle = (ys[row] + ys[row + 1]) / 2
            span = 1
            while (
                column + span < columns
                and (row, column + span) not in places
                and not _drawn(walls[column + span], middle)
            ):
                span += 1
            height = 1
            centre = (xs[column] + xs[column + 1]) / 2
            while height <= row and not _drawn(floors[row - height + 1], centre):
                height += 1
            cell = Cell(rows - row, column + 1, span, height)
            cells.append(cell)
            places.update(
                ((row - down, column + right), cell)
                for down in range(height)
                for right in range(span)
                if (row - down, column + right) not in places
            )
    return Lattice(xs, ys, cells, places)


def _levels(values: list[float]) -> list[float]:
    """Coordinates that are more than a touch apart."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 2 * _TOUCH:
            found.append(value)
    return found


def _by_level(strokes: Sequence[Stroke], levels: Sequence[float]) -> list[list[tuple[float, float]]]:
    """The stretches drawn at each level, those that touch joined."""
    found: list[list[tuple[float, float]]] = [[] for _ in levels]
    for stroke in sorted(strokes, key=lambda s: s.start):
        near = max(0, bisect_right(levels, stroke.at + 0.001) - 1)
        here = found[near]
        if here and stroke.start <= here[-1][1] + _TOUCH:
            here[-1] = (here[-1][0], max(here[-1][1], stroke.end))
        else:
            here.append((stroke.start, stroke.end))
    return found


def _drawn(stretches: Sequence[tuple[float, float]], at: float) -> bool:
    return any(start <= at <= end for start, end in stretches)


def same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two tables have their upright lines in the same places, as one that goes on on the next page has."""
    return len(one) == len(other) and all(abs(a - b) <= 2 * _TOUCH for a, b in zip(one, other, strict=True))
