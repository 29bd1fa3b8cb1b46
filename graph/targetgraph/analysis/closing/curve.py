"""The marginal curve: proposed links in the order of what they buy, and what could stand in for each."""

from __future__ import annotations

from collections.abc import Sequence

from targetgraph.analysis.closing.candidates import Candidate, closed_gaps
from targetgraph.analysis.closing.needs import Need, counts_in
from targetgraph.analysis.closing.record import ProposedLink, Step
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.coverage import concept_heading, target_heading
from targetgraph.analysis.gaps import Gap


def curve(
    graph: CodedGraph,
    taken: Sequence[Candidate],
    needs: Sequence[Need],
    chosen: Sequence[Gap],
    found: Sequence[Candidate],
) -> list[Step]:
    """The links in the order of what they buy: most gaps closed for the price, then most needs served."""
    left, used, steps = list(range(len(taken))), list[int](), list[Step]()
    done: set[int] = set()
    spent = 0.0
    while left:
        closing = {p: closed_gaps(needs, taken, [*used, p]) - done for p in left}
        best = min(left, key=lambda p: (-_worth(len(closing[p]), taken[p].cost), -len(taken[p].needs), taken[p].order))
        left.remove(best)
        used.append(best)
        done |= closing[best]
        spent += taken[best].cost
        link = _link(graph, best, taken, needs, found)
        closes = tuple(chosen[g] for g in sorted(closing[best]))
        steps.append(Step(link, closes, len(taken[best].needs), spent, len(done)))
    return steps


def _worth(closed: int, cost: float) -> float:
    return closed / cost if cost else float("inf")


def _link(
    graph: CodedGraph, position: int, taken: Sequence[Candidate], needs: Sequence[Need], found: Sequence[Candidate]
) -> ProposedLink:
    candidate = taken[position]
    target = target_heading(graph, candidate.target)
    concept = concept_heading(graph.dimension(candidate.dimension), candidate.concept)
    tied = _tied(position, taken, needs, found)
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


def _tied(
    position: int, taken: Sequence[Candidate], needs: Sequence[Need], found: Sequence[Candidate]
) -> list[Candidate]:
    """Candidates of the same price that meet every need that would be unmet without this one."""
    rest = [c for i, c in enumerate(taken) if i != position]
    closed = closed_gaps(needs, taken, range(len(taken)))
    needed = {
        n for n in taken[position].needs if needs[n].gap in closed and sum(n in c.needs for c in rest) < needs[n].demand
    }
    return [c for c in found if c.cost == taken[position].cost and needed <= c.needs and c not in taken]
