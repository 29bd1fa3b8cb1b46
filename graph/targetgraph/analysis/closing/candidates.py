"""Links that could be proposed, and which of them need not be looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from targetgraph.analysis.closing.candidate import Candidate
from targetgraph.analysis.closing.needs import ANY, Meeting, Need, counts_in
from targetgraph.analysis.closing.pricing import Pricing
from targetgraph.analysis.closing.tally import Tally
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.states import LinkClass, link_classes
from targetgraph.errors import TargetGraphError

WHOLE = 200_000
"""Up to this many pairs of target and concept all are looked at; beyond, alike targets are represented by one."""


def candidates(graph: CodedGraph, targets: Array, needs: Sequence[Need], pricing: Pricing) -> list[Candidate]:
    """All links that are allowed and count towards at least one need, in order.

    Raises
    ------
    TargetGraphError : two prices for what is one link in a row that needs several.
    """
    found: list[Candidate] = []
    for dimension in sorted({n.dimension for n in needs}):
        found += _of_dimension(graph, dimension, targets, needs, pricing)
    return sorted(_without_twins(graph, found, needs), key=lambda c: c.order)


def _of_dimension(
    graph: CodedGraph, dimension: str, targets: Array, needs: Sequence[Need], pricing: Pricing
) -> Iterator[Candidate]:
    codes = counts_in(graph, dimension)
    named = {code: _linked(graph, code, LinkClass.NAMED) for code in codes}
    implied = _linked(graph, dimension, LinkClass.IMPLIED)
    # Needs of one target by that target, so that the many parts of meetings are not gone through for each.
    by_concept: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for position, need in enumerate(needs):
        if need.dimension in codes:
            for concept in need.concepts:
                by_concept[concept][need.target].append(position)
    special = pricing.special_targets | {n.target for n in needs} | {n.barred for n in needs}
    for concept in sorted(by_concept):
        plain = 0
        for target in targets.tolist():
            if len(targets) * len(by_concept) > WHOLE and target not in special and (target, concept) not in implied:
                plain += 1
                if plain > 1:
                    continue
            if (target, concept) in named[dimension] or pricing.forbidden(target, dimension, concept):
                continue
            met = frozenset(
                p
                for whose in (ANY, target)
                for p in by_concept[concept].get(whose, ())
                if needs[p].met_by(target, concept) and (target, concept) not in named[needs[p].dimension]
            )
            if met:
                cost = pricing.cost(target, dimension, concept)
                yield Candidate(dimension, target, concept, cost, (target, concept) in implied, met)


def _linked(graph: CodedGraph, dimension: str, wanted: LinkClass) -> set[tuple[int, int]]:
    """Pairs of target and concept that a link of a class joins."""
    coded = graph.dimension(dimension)
    chosen = np.flatnonzero(link_classes(coded) == wanted)
    return set(zip(coded.links.target[chosen].tolist(), coded.links.concept[chosen].tolist(), strict=True))


def _without_twins(graph: CodedGraph, found: list[Candidate], needs: Sequence[Need]) -> Iterator[Candidate]:
    """Of two ways to link the same target and concept only the one that counts for more, if it is not dearer."""
    twins: dict[tuple[str, int, int], list[Candidate]] = defaultdict(list)
    for candidate in found:
        path = graph.dimension(candidate.dimension).declaration
        twins[f"{path.scheme} {path.column_path}", candidate.target, candidate.concept].append(candidate)
    for group in twins.values():
        for one in group:
            better = [o for o in group if o is not one and _replaces(o, one)]
            if better:
                continue
            for other in group:
                shared = [p for p in one.needs & other.needs if needs[p].demand > 1]
                if other is not one and shared:
                    target, concept = graph.targets.notation[one.target], one.concept
                    label = graph.dimension(one.dimension).concepts.notation[concept]
                    raise TargetGraphError(
                        f"the link of {target} to {label} has two prices, in {one.dimension} and in {other.dimension}, "
                        "where it would be counted twice", "", "give both the same price",
                    )  # fmt: skip
            yield one


def _replaces(other: Candidate, one: Candidate) -> bool:
    if not other.needs >= one.needs or other.cost > one.cost:
        return False
    return (other.needs, other.cost) != (one.needs, one.cost) or other.dimension < one.dimension


def pruned(found: Sequence[Candidate], needs: Sequence[Need]) -> list[Candidate]:
    """Without candidates that some best closing set can do without.

    One that is dominated (another counts towards all the same needs, costs no more, and is implied if it is) can be replaced
    by a dominator that is not yet used. If all are used, and there are as many as the greatest demand among its needs, it
    adds nothing. Either way a best set without it exists, so the optimum stays the same.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for position, candidate in enumerate(found):
        for need in candidate.needs:
            holders[need].append(position)
    kept = []
    for position, candidate in enumerate(found):
        demand = max(needs[n].demand for n in candidate.needs)
        rarest = min(candidate.needs, key=lambda n: (len(holders[n]), n))
        better = 0
        for rival in holders[rarest]:
            other = found[rival]
            if rival != position and other.needs >= candidate.needs and _no_worse(other, candidate, rival < position):
                better += 1
                if better >= demand:
                    break
        if better < demand:
            kept.append(candidate)
    return kept


def _no_worse(other: Candidate, one: Candidate, earlier: bool) -> bool:
    """Whether one could be replaced by the other; among equals the earlier one stays."""
    if other.cost > one.cost or (one.implied and not other.implied):
        return False
    equal = (other.needs, other.cost, other.implied) == (one.needs, one.cost, one.implied)
    return earlier if equal else True


def uncovered(needs: Iterable[Need], found: Sequence[Candidate], meetings: Sequence[Meeting] = ()) -> list[int]:
    """Positions of needs that all candidates together do not meet; for a meeting those of the parts it lacks."""
    offered: dict[int, int] = defaultdict(int)
    for candidate in found:
        for need in candidate.needs:
            offered[need] += 1
    short = [p for p, need in enumerate(needs) if not need.is_part and offered[p] < need.demand]
    for meeting in meetings:
        lacking = [[part for part in way if not offered[part]] for way in meeting.ways]
        if all(lacking):
            short += dict.fromkeys(part for parts in lacking for part in parts)
    return short


def closed_gaps(
    needs: Sequence[Need], found: Sequence[Candidate], chosen: Iterable[int], meetings: Sequence[Meeting] = ()
) -> set[int]:
    """Gaps (positions) all of whose needs and meetings the chosen candidates bring about."""
    return Tally(found, needs, meetings, chosen).closed


def trimmed(
    found: Sequence[Candidate], needs: Sequence[Need], chosen: Sequence[int], meetings: Sequence[Meeting] = ()
) -> list[int]:
    """The chosen candidates without those that no closed gap needs, the dearest dropped first."""
    kept = set(chosen)
    tally = Tally(found, needs, meetings, kept)
    for position in sorted(chosen, key=lambda p: found[p].order, reverse=True):
        if tally.remove(position):
            tally.add(position)
        else:
            kept.remove(position)
    return sorted(kept)
