"""Which target of one side stands for which of the other: through lineage, else by the same IRI or code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.comparison.record import BECAME, CONTENT_IN, SAME, Side

Fates = Mapping[tuple[str, str], str]
"""Relation by the IRIs of proposal and successor, as :func:`targetgraph.pipeline.fates.fates` reads them."""


@dataclass(frozen=True, slots=True)
class Match:
    """Numbers of two targets (each in its own graph), how they hang together, how sure that is and why."""

    before: int
    after: int
    relation: str
    confidence: float
    rationale: str


@dataclass(frozen=True, slots=True)
class Drop:
    """The claim that a target was dropped."""

    target: int
    confidence: float
    rationale: str


def matches(before: Side, after: Side, fates: Fates) -> tuple[list[Match], list[Drop]]:
    """All matches in the order of the first side, and the targets that are said to be dropped.

    Parameters
    ----------
    fates : relations, where they are known; without them a successor of a dropped target took in parts of it, and
        any other one is what it became.
    """
    if before.graph.frameworks[before.number].iri == after.graph.frameworks[after.number].iri:
        return list(_same(before, after, "iri")), []
    forward = list(_lineage(before, after, fates))
    if forward:
        return forward, list(_drops(before))
    # The later framework may be named first: then lineage leads from the second side to the first.
    backward = [Match(m.after, m.before, m.relation, m.confidence, m.rationale) for m in _lineage(after, before, fates)]
    if backward:
        return sorted(backward, key=lambda m: (m.before, m.after)), []
    return list(_same(before, after, "notation")), []


def _numbers(side: Side, column: str) -> dict[str, int]:
    table = side.graph.targets
    return {table[column][int(t)]: int(t) for t in side.graph.targets_of(side.number)}


def _same(before: Side, after: Side, column: str) -> Iterator[Match]:
    there = _numbers(after, column)
    for name, number in _numbers(before, column).items():
        if name in there:
            yield Match(number, there[name], SAME, 1.0, "")


def _lineage(before: Side, after: Side, fates: Fates) -> Iterator[Match]:
    """Lineage claims from one side to the other, of whichever graph has them."""
    here, there = _numbers(before, "iri"), _numbers(after, "iri")
    seen: set[tuple[int, int]] = set()
    for graph in (after.graph, before.graph):
        table, iri = graph.tables["lineage"], graph.targets.iri
        for n in range(table.rows()):
            proposal, successor = int(table.proposal[n]), int(table.successor[n])
            if proposal < 0 or successor < 0 or iri[proposal] not in here or iri[successor] not in there:
                continue
            pair = (here[iri[proposal]], there[iri[successor]])
            if pair not in seen:
                seen.add(pair)
                guess = CONTENT_IN if proposal in _dropped(graph) else BECAME
                relation = fates.get((iri[proposal], iri[successor]), guess)
                yield Match(*pair, relation, round(float(table.confidence[n]), 3), table.rationale[n])


def _dropped(graph: CodedGraph) -> set[int]:
    table = graph.tables["lineage"]
    return {int(table.proposal[n]) for n in range(table.rows()) if table.dropped[n]}


def _drops(before: Side) -> Iterator[Drop]:
    table = before.graph.tables["lineage"]
    mine = set(before.graph.targets_of(before.number).tolist())
    for n in range(table.rows()):
        if table.dropped[n] and int(table.proposal[n]) in mine:
            yield Drop(int(table.proposal[n]), round(float(table.confidence[n]), 3), table.rationale[n])
