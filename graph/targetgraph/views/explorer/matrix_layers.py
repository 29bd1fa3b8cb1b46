"""What a matrix is of: the question, and the layers that answer it in the order in which they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from targetgraph.analysis.columnar import Array
from targetgraph.analysis.comparison.matrices import Delta, MatrixDelta
from targetgraph.analysis.coverage import Coverage
from targetgraph.analysis.scenarios import Scenario
from targetgraph.analysis.segments import Segments
from targetgraph.analysis.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a matrix is of.

    Parameters
    ----------
    rows, columns, third : codes; no third by default.
    order : ``gaps`` or ``given``.
    only : whether rows and columns without gaps (in a comparison: without a difference) are left out.
    scenario : supposed of the framework.
    against, against_scenario, against_version : the other side of a comparison: framework, what is supposed of it, and the
        data version where it is another.
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
    against_version: str = ""
    page: int = 1
    cell: str = ""


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
