"""An answer of SPARQL as a chart: bars, or a line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from targetgraph.store.results import Solutions
from targetgraph.views.explorer.answers import (
    MOST_BARS,
    MOST_POINTS,
    Columns,
    legible,
    value_of,
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
        (legible(row[across]), value_of(row[across]), v)
        for row in answer.rows
        if (v := value_of(row[value])) is not None
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
