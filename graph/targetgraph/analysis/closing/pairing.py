"""A good closing set fast where targets have to bring things together: greedily, by links and by pairs of links.

One link alone may close nothing there, and the next one all: gains do not only fall, and the bound of the plain greedy way
does not hold. What is guaranteed instead is the linear relaxation of the integer program: no closing set costs less.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Sequence

from targetgraph.analysis.closing.candidate import Candidate
from targetgraph.analysis.closing.candidates import trimmed
from targetgraph.analysis.closing.exact import Program, Solution
from targetgraph.analysis.closing.needs import Meeting, Need
from targetgraph.analysis.closing.tally import Tally

_MOST_RIVALS = 4
"""Of the links that bring about the same part of a meeting so many are tried in pairs."""

Bundle = tuple[int, ...]


def solve(
    found: Sequence[Candidate],
    needs: Sequence[Need],
    meetings: Sequence[Meeting],
    budget: float | None = None,
    seconds: float = 30.0,
) -> Solution:
    """Close all gaps greedily, or as many as a budget allows (parameters: see :func:`exact.solve`)."""
    choice = _Choice(found, needs, meetings)
    chosen = choice.run(budget)
    kept = trimmed(found, needs, chosen, meetings)
    if budget is not None:
        statement = "Chosen greedily within the budget; nothing is guaranteed of how much a better choice could close."
        return Solution(tuple(kept), "greedy", False, math.inf, math.nan, statement)
    cost = sum(found[p].cost for p in kept)
    bound = Program(found, needs, seconds, meetings).relaxed()
    gap = (cost - bound) / cost if cost else 0.0
    statement = (
        f"Chosen greedily, by links and pairs of links: no closing set costs less than {bound:g} (linear relaxation), "
        f"{gap:.1%} from this one."
    )
    return Solution(tuple(kept), "greedy", False, bound, gap, statement)


class _Choice:
    """One greedy run: what is taken, what is met, and what each bundle of links would still bring."""

    def __init__(self, found: Sequence[Candidate], needs: Sequence[Need], meetings: Sequence[Meeting]) -> None:
        self.found, self.needs = found, needs
        self.tally = Tally(found, needs, meetings)
        self.bundles = [*((p,) for p in range(len(found))), *sorted(_pairs(found, meetings))]
        self.of_target: dict[int, list[int]] = defaultdict(list)
        for number, bundle in enumerate(self.bundles):
            self.of_target[found[bundle[0]].target].append(number)
        self.taken: set[int] = set()

    def _price(self, number: int) -> tuple[float, int, int] | None:
        """What a met need or closed gap costs; nothing if the bundle brings nothing more."""
        new = [p for p in self.bundles[number] if p not in self.taken]
        met = {n for p in new for n in self.found[p].needs if not self.needs[n].is_part and self.tally.is_open(n)}
        gain = len(met) + len(self.tally.closing(new)) if new else 0
        if not gain:
            return None
        cost = sum(self.found[p].cost for p in new)
        return (cost / gain, sum(not self.found[p].implied for p in new), number)

    def run(self, budget: float | None) -> list[int]:
        """Take bundles until nothing is gained any more; returns the links taken."""
        heap = [price for n in range(len(self.bundles)) if (price := self._price(n))]
        heapq.heapify(heap)
        spent = 0.0
        while heap:
            number = heapq.heappop(heap)[2]
            now = self._price(number)
            new = [p for p in self.bundles[number] if p not in self.taken]
            cost = sum(self.found[p].cost for p in new)
            if now is None or (budget is not None and spent + cost > budget):
                continue
            if heap and now > heap[0]:
                heapq.heappush(heap, now)
                continue
            for position in new:
                self.tally.add(position)
                self.taken.add(position)
            spent += cost
            # Gains of other targets only fall; those of this one may have risen.
            for other in self.of_target[self.found[new[0]].target]:
                if price := self._price(other):
                    heapq.heappush(heap, price)
        return sorted(self.taken)


def _pairs(found: Sequence[Candidate], meetings: Sequence[Meeting]) -> set[Bundle]:
    """Pairs of links that would open a way none of them opens alone."""
    offers: dict[int, list[int]] = defaultdict(list)
    for position, candidate in enumerate(found):
        for need in candidate.needs:
            offers[need].append(position)
    pairs: set[Bundle] = set()
    for meeting in meetings:
        for way in meeting.ways:
            if len(way) == 2:
                first, second = (offers[part][:_MOST_RIVALS] for part in way)
                pairs |= {(min(p, q), max(p, q)) for p in first for q in second if p != q}
    return pairs
