"""The marginal curve: proposed links in the order of what they buy, and what could stand in for each."""

from __future__ import annotations

from collections.abc import Sequence

from targetgraph.analysis.closing.candidate import Candidate
from targetgraph.analysis.closing.needs import Meeting, Need, counts_in
from targetgraph.analysis.closing.record import ProposedLink, Step
from targetgraph.analysis.closing.tally import Tally, gaps_touched
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.coverage import concept_heading, target_heading
from targetgraph.analysis.gaps import Gap


def curve(
    graph: CodedGraph,
    taken: Sequence[Candidate],
    needs: Sequence[Need],
    chosen: Sequence[Gap],
    found: Sequence[Candidate],
    meetings: Sequence[Meeting] = (),
) -> list[Step]:
    """The links in the order of what they buy: most gaps closed for the price, then most needs served.

    Where no single link closes anything more, two of one target that do so together follow each other.
    """
    tally, left, steps, spent = Tally(taken, needs, meetings), list(range(len(taken))), list[Step](), 0.0
    done = len(tally.closed)
    others = _Others(taken, needs, found, meetings)
    while left:
        for position in _next(taken, tally, left):
            left.remove(position)
            closing = tally.add(position)
            done += len(closing)
            spent += taken[position].cost
            link = _link(graph, taken[position], others.of(position))
            closes = tuple(chosen[g] for g in sorted(closing))
            steps.append(Step(link, closes, len(taken[position].needs), spent, done))
    return steps


def _next(taken: Sequence[Candidate], tally: Tally, left: Sequence[int]) -> tuple[int, ...]:
    """The link, or the two links, to take next."""
    closing = {p: len(tally.closing((p,))) for p in left}
    best = min(left, key=lambda p: (-_worth(closing[p], taken[p].cost), -len(taken[p].needs), taken[p].order))
    if closing[best]:
        return (best,)
    pairs = [
        (p, q) for p in left for q in left
        if taken[p].order < taken[q].order and taken[p].target == taken[q].target and tally.closing((p, q))
    ]  # fmt: skip
    if not pairs:
        return (best,)
    return min(
        pairs,
        key=lambda pair: (
            -_worth(len(tally.closing(pair)), sum(taken[p].cost for p in pair)),
            tuple(taken[p].order for p in pair),
        ),
    )


def _worth(closed: int, cost: float) -> float:
    return closed / cost if cost else float("inf")


def _link(graph: CodedGraph, candidate: Candidate, tied: Sequence[Candidate]) -> ProposedLink:
    target = target_heading(graph, candidate.target)
    concept = concept_heading(graph.dimension(candidate.dimension), candidate.concept)
    return ProposedLink(
        target=target.code,
        target_label=target.label,
        target_iri=target.iri,
        dimension=candidate.dimension,
        concept=concept.code,
        concept_label=concept.label,
        concept_iri=concept.iri,
        counts_in=counts_in(graph, candidate.dimension),
        cost=candidate.cost,
        implied=candidate.implied,
        alternatives=tuple(_code(graph, c) for c in tied[:5]),
        tied=len(tied),
    )


def _code(graph: CodedGraph, candidate: Candidate) -> str:
    concept = graph.dimension(candidate.dimension).concepts.notation[candidate.concept]
    return f"{graph.targets.notation[candidate.target]}:{candidate.dimension}:{concept}"


class _Others:
    """What could stand in for a link of a closing set, the rest staying."""

    def __init__(
        self,
        taken: Sequence[Candidate],
        needs: Sequence[Need],
        found: Sequence[Candidate],
        meetings: Sequence[Meeting],
    ) -> None:
        mine = set(taken)
        self._taken = taken
        self._free = [c for c in found if c not in mine]
        self._touched = list(gaps_touched(self._free, needs, meetings))
        self._tally = Tally([*taken, *self._free], needs, meetings, range(len(taken)))

    def of(self, position: int) -> list[Candidate]:
        """Candidates of the same price that close every gap that would open without this one."""
        lost, size = self._tally.remove(position), len(self._taken)
        tied = [
            c for n, c in enumerate(self._free)
            if c.cost == self._taken[position].cost and lost <= self._touched[n] and lost <= self._tally.closing((size + n,))
        ]  # fmt: skip
        self._tally.add(position)
        return tied
