"""The matrix: two dimensions by each other, a third within the cells, and another framework or scenario laid over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from targetgraph.analysis.comparison.matrices import Delta
from targetgraph.analysis.coverage import OBJECTIVES, TARGETS, Heading
from targetgraph.analysis.explanation import Explanation
from targetgraph.analysis.states import REACHED, State
from targetgraph.views.explorer.frame import Frame, render
from targetgraph.views.explorer.matrix_cells import Box, Boxes
from targetgraph.views.explorer.matrix_layers import Layers, Question
from targetgraph.views.explorer.names import Label, Names, sdg
from targetgraph.views.matrix import Side as Measured
from targetgraph.views.matrix import lead_of, side_of

ROWS_SHOWN = 100
CELLS_OPENED = 60


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
    others, versions : frameworks and data versions that can be compared with.
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
    versions: tuple[str, ...]
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


def matrix_view(
    frame: Frame,
    question: Question,
    layers: Layers,
    choices: Sequence[str],
    others: Sequence[str],
    cell: OpenCell | None = None,
    versions: Sequence[str] = (),
) -> MatrixView:
    """Put the page together.

    Parameters
    ----------
    frame : of the page.
    question : what was asked for: which page of the rows, which cell.
    layers : what is shown.
    choices, others, versions : what can be chosen instead.
    cell : the open one.
    """
    found, states = layers.found, layers.states
    crowded = bool((states == State.GAP).mean() > 0.5) if states.size else False
    across = [side_of(h, found.column_name, states[:, j]) for j, h in enumerate(layers.column_headings)]
    pages = max(1, -(-len(layers.rows) // ROWS_SHOWN))
    first = (min(question.page, pages) - 1) * ROWS_SHOWN
    shown = layers.rows[first : first + ROWS_SHOWN]
    measured = {i: side_of(layers.row_headings[i], found.row_name, states[i]) for i in shown}
    boxes = Boxes(
        frame.words, layers, crowded, {i: m.standing for i, m in measured.items()}, [m.standing for m in across]
    )
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
        versions=tuple(versions),
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
    return sdg(heading.code, found) if of in ("goals", "sdgs") else found
