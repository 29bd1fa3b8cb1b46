"""The cheapest closing set by mixed-integer programming (HiGHS, through SciPy), with its proof."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from targetgraph.analysis.closing.candidate import Candidate
from targetgraph.analysis.closing.candidates import trimmed
from targetgraph.analysis.closing.needs import Meeting, Need
from targetgraph.analysis.columnar import Array

LARGEST = 30_000
"""Candidates up to which the exact way is tried when nobody says which to take."""
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Solution:
    """Chosen candidates.

    Parameters
    ----------
    chosen : positions of the chosen candidates.
    method : ``exact`` or ``greedy``.
    optimal : whether it is proved that no set is better.
    bound : no closing set costs less; with a budget: no set within it closes more gaps. Infinite: nothing is known.
    gap : distance to the bound as a share, 0 when proved; not a number when nothing is known.
    statement : the proof or the guarantee in a sentence.
    """

    chosen: tuple[int, ...]
    method: str
    optimal: bool
    bound: float
    gap: float
    statement: str


def solve(
    found: Sequence[Candidate],
    needs: Sequence[Need],
    budget: float | None = None,
    seconds: float = 30.0,
    meetings: Sequence[Meeting] = (),
) -> Solution | None:
    """Minimise the cost of meeting all needs, or maximise the gaps closed within a budget.

    Among equally good sets the one with the most links that curators hold to be implied already is taken.

    Parameters
    ----------
    found : candidates, all that are needed (:func:`pruned` may have been applied).
    needs : what has to be met; they must be meetable without a budget.
    budget : greatest sum of costs.
    seconds : time limit of each of the solver's runs.
    meetings : what targets have to bring together.

    Returns
    -------
    Solution, or nothing if the time ran out before any was found.
    """
    if not found:
        return Solution((), "exact", True, 0.0, 0.0, "There is nothing to choose.")
    program = Program(found, needs, seconds, meetings)
    answer = program.closing() if budget is None else program.within(budget)
    if answer.x is None:
        return None
    optimal = answer.status == 0
    if optimal:
        answer = program.settled(answer, budget)
    chosen = trimmed(found, needs, np.flatnonzero(answer.x[: len(found)] > 0.5).tolist(), meetings)
    bound, gap = program.bound, program.gap
    if optimal:
        statement = f"Proved best: the solver (HiGHS) closed the gap to its bound of {bound:g}."
    else:
        statement = (
            f"Not proved best: the solver (HiGHS) ran out of its {seconds:g} s; its bound is {bound:g}, "
            f"{gap:.1%} from what it found."
        )
    return Solution(tuple(chosen), "exact", optimal, bound, gap, statement)


class Program:
    """The integer program.

    Columns are x, one a candidate; v, one a way of a meeting (the product of what its parts are met by); and with a budget y,
    one a gap. A v may be a fraction: it is at most what the x of each of its parts come to, and these are whole, so that a v
    above 0 is a way that is open.
    """

    def __init__(
        self, found: Sequence[Candidate], needs: Sequence[Need], seconds: float, meetings: Sequence[Meeting] = ()
    ) -> None:
        self.costs = np.array([c.cost for c in found])
        self.fresh = np.array([not c.implied for c in found], dtype=float)
        self.whole = bool(np.all(self.costs == np.round(self.costs)))
        self.seconds = seconds
        self.bound = self.gap = 0.0
        self.gaps = sorted({n.gap for n in needs if not n.is_part} | {m.gap for m in meetings})
        offers: dict[int, list[int]] = {n: [] for n in range(len(needs))}
        for position, candidate in enumerate(found):
            for need in candidate.needs:
                offers[need].append(position)
        self._rows, self._demand, self._gap_of = _Rows(), list[float](), list[int]()
        for number, wanted in enumerate(needs):
            if not wanted.is_part:
                self._ask([(p, 1.0) for p in offers[number]], wanted.demand, self.gaps.index(wanted.gap))
        self.n_ways = 0
        self._open = _Rows()
        for meeting in meetings:
            first = len(found) + self.n_ways
            for way in meeting.ways:
                column = len(found) + self.n_ways
                self.n_ways += 1
                for part in way:
                    self._open.add([*((p, 1.0) for p in offers[part]), (column, -1.0)])
            ways = [(first + n, 1.0) for n in range(len(meeting.ways))]
            self._ask(ways, 1, self.gaps.index(meeting.gap))

    def _ask(self, entries: list[tuple[int, float]], demand: float, gap: int) -> None:
        self._rows.add(entries)
        self._demand.append(demand)
        self._gap_of.append(gap)

    @property
    def _width(self) -> int:
        return len(self.costs) + self.n_ways

    def _run(
        self, objective: Array, rows: list[tuple[Any, Array | float, Array | float]], relaxed: bool = False
    ) -> Any:
        from scipy.optimize import Bounds, LinearConstraint, milp

        integrality = np.full(len(objective), 0 if relaxed else 1, dtype=np.int64)
        integrality[len(self.costs) : self._width] = 0
        return milp(
            objective,
            integrality=integrality,
            bounds=Bounds(0, 1),
            constraints=[LinearConstraint(matrix, low, high) for matrix, low, high in rows],
            options={"time_limit": self.seconds, "mip_rel_gap": 0.0},
        )

    def _noted(self, answer: Any, sign: float, whole: bool) -> Any:
        if answer.x is not None:
            bound = float(answer.mip_dual_bound)
            # Whole costs make whole sums: a fractional bound may be rounded towards the answer.
            self.bound = sign * (math.ceil(bound - _SLACK) if whole else bound)
            value = sign * float(answer.fun)
            self.gap = 0.0 if answer.status == 0 else abs(value - self.bound) / max(abs(value), 1e-9)
        return answer

    def _padded(self, width: int) -> Array:
        """The costs, and nothing for other columns."""
        costs = np.zeros(width)
        costs[: len(self.costs)] = self.costs
        return costs

    def closing(self) -> Any:
        """Minimise the cost of meeting every need."""
        self.rows = self._constraints(self._width)
        self.rows.append((self._rows.matrix(self._width), np.array(self._demand), np.inf))
        return self._noted(self._run(self._padded(self._width), self.rows), 1.0, self.whole)

    def relaxed(self) -> float:
        """A cost that no closing set undercuts: the least when links may be fractions; 0 if the time runs out."""
        rows = self._constraints(self._width)
        rows.append((self._rows.matrix(self._width), np.array(self._demand), np.inf))
        answer = self._run(self._padded(self._width), rows, relaxed=True)
        if answer.status != 0:
            return 0.0
        least = max(0.0, float(answer.fun) - _SLACK)
        return float(math.ceil(least)) if self.whole else least

    def _constraints(self, width: int) -> list[tuple[Any, Array | float, Array | float]]:
        return [(self._open.matrix(width), 0.0, np.inf)] if self.n_ways else []

    def within(self, budget: float) -> Any:
        """Maximise the gaps closed: a gap counts when all its needs and meetings are."""
        from scipy.sparse import csr_array

        n_rows, n_gaps = len(self._demand), len(self.gaps)
        width = self._width + n_gaps
        columns = self._width + np.array(self._gap_of)
        asks = csr_array((-np.array(self._demand), (np.arange(n_rows), columns)), shape=(n_rows, width))
        self.rows = self._constraints(width)
        self.rows += [(self._rows.matrix(width) + asks, 0.0, np.inf), (self._padded(width)[None, :], -np.inf, budget)]
        objective = np.zeros(width)
        objective[self._width :] = -1.0
        return self._noted(self._run(objective, self.rows), -1.0, True)

    def settled(self, answer: Any, budget: float | None) -> Any:
        """Among the best answers the cheapest, and among those the one with the fewest links nobody implied yet."""
        width = len(answer.x)
        costs, fresh = self._padded(width), np.zeros(width)
        fresh[: len(self.fresh)] = self.fresh
        if budget is not None:
            closed = np.zeros(width)
            closed[self._width :] = 1.0
            self.rows.append((closed[None, :], round(-answer.fun), np.inf))
            cheapest = self._run(costs, self.rows)
            if cheapest.status != 0:
                return answer
            answer = cheapest
        least = float(costs @ np.round(answer.x))
        self.rows.append((costs[None, :], -np.inf, least + (0.5 if self.whole else 1e-9 * max(1.0, least))))
        settled = self._run(fresh, self.rows)
        # The solver keeps its constraints only within a tolerance: what came out dearer is not taken.
        dearer = settled.status != 0 or float(costs @ np.round(settled.x)) > least + 1e-9 * max(1.0, least)
        return answer if dearer else settled


class _Rows:
    """Rows of a sparse matrix, put together entry by entry."""

    def __init__(self) -> None:
        self.values: list[float] = []
        self.places: list[tuple[int, int]] = []
        self.number = 0

    def add(self, entries: Sequence[tuple[int, float]]) -> None:
        """One more row: columns and values."""
        self.values += [value for _, value in entries]
        self.places += [(self.number, column) for column, _ in entries]
        self.number += 1

    def matrix(self, width: int) -> Any:
        """All of them."""
        from scipy.sparse import csr_array

        rows, columns = np.array(self.places, dtype=np.int64).reshape(-1, 2).T
        return csr_array((np.array(self.values), (rows, columns)), shape=(self.number, width))
