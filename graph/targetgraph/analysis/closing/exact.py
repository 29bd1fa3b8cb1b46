"""The cheapest closing set by mixed-integer programming (HiGHS, through SciPy), with its proof."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from targetgraph.analysis.closing.candidates import Candidate, trimmed
from targetgraph.analysis.closing.needs import Need
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
    found: Sequence[Candidate], needs: Sequence[Need], budget: float | None = None, seconds: float = 30.0
) -> Solution | None:
    """Minimise the cost of meeting all needs, or maximise the gaps closed within a budget.

    Among equally good sets the one with the most links that curators hold to be implied already is taken.

    Parameters
    ----------
    found : candidates, all that are needed (:func:`pruned` may have been applied).
    needs : what has to be met; they must be meetable without a budget.
    budget : greatest sum of costs.
    seconds : time limit of each of the solver's runs.

    Returns
    -------
    Solution, or nothing if the time ran out before any was found.
    """
    if not found:
        return Solution((), "exact", True, 0.0, 0.0, "There is nothing to choose.")
    program = _Program(found, needs, seconds)
    answer = program.closing() if budget is None else program.within(budget)
    if answer.x is None:
        return None
    optimal = answer.status == 0
    if optimal:
        answer = program.settled(answer, budget)
    chosen = trimmed(found, needs, np.flatnonzero(answer.x[: len(found)] > 0.5).tolist())
    bound, gap = program.bound, program.gap
    if optimal:
        statement = f"Proved best: the solver (HiGHS) closed the gap to its bound of {bound:g}."
    else:
        statement = (
            f"Not proved best: the solver (HiGHS) ran out of its {seconds:g} s; its bound is {bound:g}, "
            f"{gap:.1%} from what it found."
        )
    return Solution(tuple(chosen), "exact", optimal, bound, gap, statement)


class _Program:
    """The integer program: x, one a candidate, and with a budget y, one a gap."""

    def __init__(self, found: Sequence[Candidate], needs: Sequence[Need], seconds: float) -> None:
        from scipy.sparse import csr_array

        self.costs = np.array([c.cost for c in found])
        self.fresh = np.array([not c.implied for c in found], dtype=float)
        self.whole = bool(np.all(self.costs == np.round(self.costs)))
        self.demand = np.array([n.demand for n in needs], dtype=float)
        pairs = [(need, position) for position, c in enumerate(found) for need in sorted(c.needs)]
        rows, columns = np.array(pairs, dtype=np.int64).T
        self.meets = csr_array((np.ones(len(pairs)), (rows, columns)), shape=(len(needs), len(found)))
        self.gaps = sorted({n.gap for n in needs})
        self.gap_of = np.array([self.gaps.index(n.gap) for n in needs])
        self.seconds = seconds
        self.bound = self.gap = 0.0

    def _run(self, objective: Array, rows: list[tuple[Any, Array | float, Array | float]]) -> Any:
        from scipy.optimize import Bounds, LinearConstraint, milp

        return milp(
            objective,
            integrality=np.ones(len(objective), dtype=np.int64),
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

    def closing(self) -> Any:
        """Minimise the cost of meeting every need."""
        self.rows: list[tuple[Any, Array | float, Array | float]] = [(self.meets, self.demand, np.inf)]
        return self._noted(self._run(self.costs, self.rows), 1.0, self.whole)

    def within(self, budget: float) -> Any:
        """Maximise the gaps closed: a gap counts when all its needs are met."""
        from scipy.sparse import csr_array, hstack

        n_needs, n_gaps = len(self.demand), len(self.gaps)
        asks = csr_array((-self.demand, (np.arange(n_needs), self.gap_of)), shape=(n_needs, n_gaps))
        spent = np.concatenate([self.costs, np.zeros(n_gaps)])[None, :]
        self.rows = [(hstack([self.meets, asks], format="csr"), 0.0, np.inf), (spent, -np.inf, budget)]
        objective = np.concatenate([np.zeros(len(self.costs)), -np.ones(n_gaps)])
        return self._noted(self._run(objective, self.rows), -1.0, True)

    def settled(self, answer: Any, budget: float | None) -> Any:
        """Among the best answers the cheapest, and among those the one with the fewest links nobody implied yet."""
        width = len(answer.x)
        costs, fresh = np.zeros(width), np.zeros(width)
        costs[: len(self.costs)], fresh[: len(self.costs)] = self.costs, self.fresh
        if budget is not None:
            closed = np.zeros(width)
            closed[len(self.costs) :] = 1.0
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
