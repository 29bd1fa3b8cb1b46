"""Which way to choose a closing set: exact where size and time allow, else greedy; of two answers the better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from targetgraph.analysis.closing import exact, greedy
from targetgraph.analysis.closing.candidates import Candidate, closed_gaps
from targetgraph.analysis.closing.exact import Solution
from targetgraph.analysis.closing.needs import Need
from targetgraph.errors import TargetGraphError

EXACT, GREEDY, EITHER = "exact", "greedy", ""


def choose(
    found: Sequence[Candidate], needs: Sequence[Need], budget: float | None, method: str, seconds: float
) -> Solution:
    """Choose candidates (parameters: see :func:`exact.solve`).

    When the solver's time runs out, the greedy answer is taken if it is better, with the solver's bound if that says more.

    Raises
    ------
    TargetGraphError : the exact way was asked for, and the solver found nothing in its time.
    """
    if method == GREEDY or (method == EITHER and len(found) > exact.LARGEST):
        return greedy.solve(found, needs, budget)
    solution = exact.solve(found, needs, budget, seconds)
    if solution is None and method == EXACT:
        raise TargetGraphError(
            f"the solver found no closing set within {seconds:g} s", "", "give it more --seconds, or take --greedy"
        )
    if solution is not None and solution.optimal:
        return solution
    quick = greedy.solve(found, needs, budget)
    if solution is None:
        return quick
    if _worth(found, needs, quick, budget) <= _worth(found, needs, solution, budget):
        return solution
    return _with_best_bound(found, needs, quick, solution, budget)


def _worth(
    found: Sequence[Candidate], needs: Sequence[Need], solution: Solution, budget: float | None
) -> tuple[int, float]:
    """More is better: gaps closed within a budget, then cheapness."""
    closed = 0 if budget is None else len(closed_gaps(needs, found, solution.chosen))
    return (closed, -_cost(found, solution))


def _cost(found: Sequence[Candidate], solution: Solution) -> float:
    return sum(found[p].cost for p in solution.chosen)


def _with_best_bound(
    found: Sequence[Candidate], needs: Sequence[Need], quick: Solution, slow: Solution, budget: float | None
) -> Solution:
    """The greedy answer with whichever bound is nearer to it."""
    if budget is None:
        value, bound = _cost(found, quick), max(quick.bound, slow.bound)
    else:
        value, bound = float(len(closed_gaps(needs, found, quick.chosen))), slow.bound
    gap = abs(value - bound) / max(abs(value), 1e-9)
    return replace(
        quick,
        bound=bound,
        gap=gap,
        statement=f"Not proved best: the solver (HiGHS) ran out of its time with a worse answer than this greedy one; "
        f"the best bound known is {bound:g}, {gap:.1%} from it.",
    )
