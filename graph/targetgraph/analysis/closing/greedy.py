"""A good closing set fast: the greedy way, with its guarantee.

Each step takes the link that meets most of what is still needed for its price. Marginal gains only ever fall, so old ones are
upper bounds and few have to be worked out again (M. Minoux, Accelerated greedy algorithms for maximizing submodular set
functions, 1978). The cost is at most H(d) = 1 + 1/2 + … + 1/d times the least, d being the most needs that one link meets
(V. Chvátal, A greedy heuristic for the set-covering problem, Mathematics of Operations Research 4, 1979; for demands above one
G. Dobson, ibid. 7, 1982).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence

from targetgraph.analysis.closing.candidate import Candidate
from targetgraph.analysis.closing.candidates import trimmed
from targetgraph.analysis.closing.exact import Solution
from targetgraph.analysis.closing.needs import Need


def harmonic(n: int) -> float:
    """1 + 1/2 + … + 1/n."""
    return sum(1 / k for k in range(1, n + 1))


def solve(found: Sequence[Candidate], needs: Sequence[Need], budget: float | None = None) -> Solution:
    """Meet all needs greedily, or as many as a budget allows (parameters: see :func:`exact.solve`)."""
    open_ = [n.demand for n in needs]
    chosen, spent = [], 0.0
    heap = [(_price(c, len(c.needs)), position) for position, c in enumerate(found)]
    heapq.heapify(heap)
    while heap and any(open_):
        _, position = heapq.heappop(heap)
        candidate = found[position]
        gain = sum(open_[n] > 0 for n in candidate.needs)
        if not gain or (budget is not None and spent + candidate.cost > budget):
            continue
        now = (_price(candidate, gain), position)
        if heap and now > heap[0]:
            heapq.heappush(heap, now)
            continue
        chosen.append(position)
        spent += candidate.cost
        for need in candidate.needs:
            open_[need] -= open_[need] > 0
    kept = trimmed(found, needs, chosen)
    cost = sum(found[p].cost for p in kept)
    if budget is not None:
        statement = "Chosen greedily within the budget; nothing is guaranteed of how much a better choice could close."
        return Solution(tuple(kept), "greedy", False, math.inf, math.nan, statement)
    most = max((len(c.needs) for c in found), default=0)
    factor = harmonic(most)
    bound = spent / factor if factor else 0.0
    gap = (cost - bound) / cost if cost else 0.0
    statement = (
        f"Chosen greedily: at most H({most}) = {factor:.2f} times the least cost, which is no less than {bound:g}."
    )
    return Solution(tuple(kept), "greedy", False, bound, gap, statement)


def _price(candidate: Candidate, gain: int) -> tuple[float, bool]:
    """What a met need costs; links implied already come first among equals."""
    return (candidate.cost / gain if gain else math.inf, not candidate.implied)
