"""The matrix: two dimensions by each other, a third within the cells, and another framework or scenario laid over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from targetgraph.analysis.columnar import Array
from targetgraph.analysis.comparison.matrices import Delta, MatrixDelta
from targetgraph.analysis.coverage import OBJECTIVES, TARGETS, Coverage, Heading
from targetgraph.analysis.explanation import Explanation
from targetgraph.analysis.scenarios import Scenario
from targetgraph.analysis.segments import Segments
from targetgraph.analysis.states import REACHED, State
from targetgraph.views.explorer.frame import Frame, render
from targetgraph.views.explorer.names import Label, Names
from targetgraph.views.matrix import Side as Measured
from targetgraph.views.matrix import bounds_of, lead_of, side_of

ROWS_SHOWN = 100
CELLS_OPENED = 60
SEPARATOR = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a matrix is of.

    Parameters
    ----------
    rows, columns, third : codes; no third by default.
    order : ``gaps`` or ``given``.
    only : whether rows and columns without gaps (in a comparison: without a difference) are left out.
    scenario : supposed of the framework.
    against, against_scenario : the other side of a comparison; empty and None where there is none.
    page : of the rows, from 1.
    cell : code of row and column of the cell that is open, or empty.
    """

    rows: str
    columns: str
    third: str = ""
    order: str = "given"
    only: bool = False
    scenario: Scenario = field(default_factory=Scenario)
    against: str = ""
    against_scenario: Scenario = field(default_factory=Scenario)
    page: int = 1
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A cell as it is shown.

    Parameters
    ----------
    value : what its address holds.
    state, count : as computed; ``before`` and ``delta`` in a comparison.
    shade : 1 to 4 of the blues, 0 none.
    still : an empty cell that is not hatched, where most are empty.
    bars : path of the segments within a box of 100 by 20.
    parts : the segments in words: names and numbers.
    """

    value: str
    state: State | None
    count: int
    shade: int = 0
    still: bool = False
    before: State | None = None
    delta: Delta | None = None
    bars: str = ""
    parts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row or a column: what it is called, where it leads, and how much of it is reached."""

    name: Label
    code: str
    address: str
    umbrella: bool
    measured: Measured
    changed: int = 0
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A target behind a cell of objectives or crossed dimensions: its state down and across."""

    name: Label
    code: str
    address: str
    states: tuple[State, ...]
    opens: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCell:
    """The cell that is open."""

    title: str
    state: State
    before: State | None
    delta: Delta | None
    explanation: Explanation | None
    behind: tuple[Behind, ...]
    found: int
    row: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    """What the page shows.

    Parameters
    ----------
    question : what was asked for.
    choices : codes for rows; without the first two for columns.
    others : frameworks that can be compared with.
    lines, columns : those shown; ``rows`` how many there are, ``pages`` on how many pages.
    tally : cells by state; ``delta`` by difference.
    segments : the third dimension.
    """

    question: Question
    title: str
    counted: str
    lead: str
    choices: tuple[str, ...]
    others: tuple[str, ...]
    lines: tuple[Line, ...]
    columns: tuple[Line, ...]
    rows: int
    pages: int
    tally: tuple[tuple[State, int], ...]
    delta: tuple[tuple[Delta, int], ...]
    before_name: str
    after_name: str
    matched_by: str
    thirds: tuple[Label, ...]
    crowded: bool
    cell: OpenCell | None
    named: int
    reached: int
    looked: int
    gaps: int

    @property
    def share(self) -> float:
        """Share of the cells looked at that links reach."""
        return self.reached / self.looked if self.looked else 0.0


class Layers:
    """A matrix, its comparison and its segments, in the order in which they are shown."""

    def __init__(self, question: Question, found: Coverage, delta: MatrixDelta | None, third: Segments | None) -> None:
        self.question, self.found, self.delta, self.third = question, found, delta, third
        if delta is None:
            self.row_headings, self.column_headings = found.rows, found.columns
            self.row_of = list(range(len(found.rows)))
            self.column_of = list(range(len(found.columns)))
            self.deltas: Array | None = None
        else:
            self.row_headings, self.column_headings = delta.row_headings(), delta.column_headings()
            self.row_of, self.column_of = [b for _, b in delta.rows], [b for _, b in delta.columns]
            self.deltas = delta.deltas()
        states = np.full((len(self.row_of), len(self.column_of)), State.NOT_ASSESSED, dtype=np.uint8)
        there = np.ix_(
            [i for i, r in enumerate(self.row_of) if r >= 0], [j for j, c in enumerate(self.column_of) if c >= 0]
        )
        states[there] = found.states[np.ix_([r for r in self.row_of if r >= 0], [c for c in self.column_of if c >= 0])]
        self.states = states
        self.holes = self.deltas != Delta.SAME if self.deltas is not None else states == State.GAP
        self.rows, self.columns = self._chosen(axis=1), self._chosen(axis=0)

    def _chosen(self, axis: int) -> list[int]:
        """Positions of rows (or columns), filtered and in order."""
        holes = self.holes.sum(axis=axis)
        numbers = [int(n) for n in range(len(holes)) if not self.question.only or holes[n]]
        if axis and self.question.order == "gaps":
            numbers.sort(key=lambda n: -holes[n])
        return numbers


def matrix_view(
    frame: Frame,
    question: Question,
    layers: Layers,
    choices: Sequence[str],
    others: Sequence[str],
    cell: OpenCell | None = None,
) -> MatrixView:
    """Put the page together.

    Parameters
    ----------
    frame : of the page.
    question : what was asked for: which page of the rows, which cell.
    layers : what is shown.
    choices, others : what can be chosen instead.
    cell : the open one.
    """
    found, states = layers.found, layers.states
    crowded = bool((states == State.GAP).mean() > 0.5) if states.size else False
    across = [side_of(h, found.column_name, states[:, j]) for j, h in enumerate(layers.column_headings)]
    pages = max(1, -(-len(layers.rows) // ROWS_SHOWN))
    first = (min(question.page, pages) - 1) * ROWS_SHOWN
    shown = layers.rows[first : first + ROWS_SHOWN]
    measured = {i: side_of(layers.row_headings[i], found.row_name, states[i]) for i in shown}
    boxes = _Boxes(layers, crowded, {i: m.standing for i, m in measured.items()}, [m.standing for m in across])
    lines = tuple(
        _line(frame, layers, measured[i], found.row_name, i, tuple(boxes.at(i, j) for j in layers.columns))
        for i in shown
    )
    columns = tuple(_line(frame, layers, across[j], found.column_name, j) for j in layers.columns)
    delta = layers.delta
    counts = np.bincount(layers.deltas.ravel(), minlength=len(Delta)) if layers.deltas is not None else None
    return MatrixView(
        question=question,
        title=found.title,
        counted=found.counted,
        lead=lead_of(found),
        choices=tuple(choices),
        others=tuple(others),
        lines=lines,
        columns=columns,
        rows=len(layers.rows),
        pages=pages,
        tally=tuple((state, n) for state, n in found.tally().items()),
        delta=tuple((d, int(counts[d])) for d in Delta) if counts is not None else (),
        before_name=delta.before_name if delta else "",
        after_name=delta.after_name if delta else "",
        matched_by=delta.matched_by if delta else "",
        thirds=tuple(frame.names.of(h.iri, h.label) for h in layers.third.headings) if layers.third else (),
        crowded=crowded,
        cell=cell,
        named=int((states <= State.THIN).sum()),
        reached=int((states <= REACHED).sum()),
        looked=int((~np.isin(states, (State.NOT_ASSESSED, State.NOT_APPLICABLE))).sum()),
        gaps=int((states == State.GAP).sum()),
    )


def matrix_page(frame: Frame, view: MatrixView) -> str:
    """The page."""
    return render(frame, view)


def cell_part(frame: Frame, view: MatrixView) -> str:
    """The open cell alone, for the script of the page."""
    return render(frame, view, "matrix_cell")


def _line(frame: Frame, layers: Layers, measured: Measured, of: str, number: int, boxes: tuple[Box, ...] = ()) -> Line:
    heading = measured.heading
    down = bool(boxes) or of in (TARGETS, OBJECTIVES)
    changed = 0
    if layers.deltas is not None:
        mine = layers.deltas[number] if boxes else layers.deltas[:, number]
        changed = int((mine != Delta.SAME).sum()) if len(mine) else 0
    return Line(
        name=named(frame.names, heading, of),
        code=heading.code if down and of in (TARGETS, OBJECTIVES) else "",
        address=frame.urls.thing(heading.iri),
        umbrella=heading.umbrella,
        measured=measured,
        changed=changed,
        boxes=boxes,
    )


def named(names: Names, heading: Heading, of: str) -> Label:
    """What a row or column is called: Sustainable Development Goals and their targets with their number."""
    found = names.of(heading.iri, heading.label)
    return Label(f"SDG {heading.code} {found.text}", found.language) if of in ("goals", "sdgs") else found


class _Boxes:
    """Makes cells."""

    def __init__(self, layers: Layers, crowded: bool, down: Mapping[int, State], across: list[State]) -> None:
        self._layers, self._crowded, self._down, self._across = layers, crowded, down, across
        self._bounds = bounds_of(layers.found)
        self._most = int(layers.third.counts.max(initial=1)) if layers.third else 1

    def at(self, i: int, j: int) -> Box:
        """The cell at a position."""
        layers = self._layers
        row, column = layers.row_of[i], layers.column_of[j]
        there = row >= 0 and column >= 0
        value = f"{layers.row_headings[i].code}{SEPARATOR}{layers.column_headings[j].code}"
        state = State(int(layers.states[i, j])) if there else None
        count = int(layers.found.counts[row, column]) if there else 0
        before, delta = None, None
        if layers.delta is not None and layers.deltas is not None:
            before, delta = layers.delta.states(i, j)[0], Delta(int(layers.deltas[i, j]))
        whole = self._down[i] >= State.UMBRELLA or self._across[j] >= State.UMBRELLA
        bars, parts = self._segments(row, column) if there else ("", "")
        return Box(
            value=value,
            state=state,
            count=count,
            shade=1 + sum(count > b for b in self._bounds) if state is not None and state <= State.THIN else 0,
            still=state == State.GAP and self._crowded and not whole,
            before=before,
            delta=delta,
            bars=bars,
            parts=parts,
        )

    def _segments(self, row: int, column: int) -> tuple[str, str]:
        third = self._layers.third
        if third is None:
            return "", ""
        counts = third.counts[row, column].tolist()
        wide = 100 / max(len(counts), 1)
        path, words = [], []
        for n, count in enumerate(counts):
            if count:
                high = 3 + 17 * count / self._most
                path.append(f"M{n * wide + 0.1 * wide:.1f} 20v-{high:.1f}h{wide * 0.8:.1f}v{high:.1f}z")
                words.append(f"{third.headings[n].label} {count}")
        return "".join(path), ", ".join(words)
