"""Which way to choose a closing set: exact where size and time allow, else greedy; of two answers the better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from targetgraph.analysis.closing import exact, greedy, pairing
from targetgraph.analysis.closing.candidate import Candidate
from targetgraph.analysis.closing.candidates import closed_gaps
from targetgraph.analysis.closing.exact import Solution
from targetgraph.analysis.closing.needs import Meeting, Need
from targetgraph.errors import TargetGraphError

EXACT, GREEDY, EITHER = "exact", "greedy", ""


def choose(
    found: Sequence[Candidate],
    needs: Sequence[Need],
    budget: float | None,
    method: str,
    seconds: float,
    meetings: Sequence[Meeting] = (),
) -> Solution:
    """Choose candidates (parameters: see :func:`exact.solve`; ``seconds`` also limits the
    search for a bound of the greedy way).

    When the solver's time runs out, the greedy answer is taken if it is better, with the solver's bound if that says more.

    Raises
    ------
    TargetGraphError : the exact way was asked for, and the solver found nothing in its time.
    """
    size = len(found) + sum(len(m.ways) for m in meetings)
    if method == GREEDY or (method == EITHER and size > exact.LARGEST):
        return _greedy(found, needs, budget, seconds, meetings)
    solution = exact.solve(found, needs, budget, seconds, meetings)
    if solution is None and method == EXACT:
        raise TargetGraphError(
            f"the solver found no closing set within {seconds:g} s", "", "give it more --seconds, or take --greedy"
        )
    if solution is not None and solution.optimal:
        return solution
    quick = _greedy(found, needs, budget, seconds, meetings)
    if solution is None:
        return quick
    closed = [len(closed_gaps(needs, found, s.chosen, meetings)) for s in (quick, solution)]
    if _worth(found, closed[0], quick, budget) <= _worth(found, closed[1], solution, budget):
        return solution
    return _with_best_bound(found, closed[0], quick, solution, budget)


def _greedy(
    found: Sequence[Candidate],
    needs: Sequence[Need],
    budget: float | None,
    seconds: float,
    meetings: Sequence[Meeting],
) -> Solution:
    """The greedy way for what is asked: by links, or where there are meetings by links and pairs of them."""
    if not meetings:
        return greedy.solve(found, needs, budget)
    return pairing.solve(found, needs, meetings, budget, seconds)


def _worth(found: Sequence[Candidate], closed: int, solution: Solution, budget: float | None) -> tuple[int, float]:
    """More is better: gaps closed within a budget, then cheapness."""
    return (0 if budget is None else closed, -_cost(found, solution))


def _cost(found: Sequence[Candidate], solution: Solution) -> float:
    return sum(found[p].cost for p in solution.chosen)


def _with_best_bound(
    found: Sequence[Candidate], closed: int, quick: Solution, slow: Solution, budget: float | None
) -> Solution:
    """The greedy answer with whichever bound is nearer to it."""
    if budget is None:
        value, bound = _cost(found, quick), max(quick.bound, slow.bound)
    else:
        value, bound = float(closed), slow.bound
    gap = abs(value - bound) / max(abs(value), 1e-9)
    return replace(
        quick,
        bound=bound,
        gap=gap,
        statement=f"Not proved best: the solver (HiGHS) ran out of its time with a worse answer than this greedy one; "
        f"the best bound known is {bound:g}, {gap:.1%} from it.",
    )
