"""What was on the table and is in none of the adopted targets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from targetgraph.analysis.coding import NAMED, CodedDimension
from targetgraph.analysis.columnar import Array, Table, distinct
from targetgraph.analysis.coverage import concept_heading
from targetgraph.analysis.gaps.context import Context, weakest
from targetgraph.analysis.gaps.record import Certainty, Evidence, Gap
from targetgraph.phrases import listed, say

MENTIONS = "mentions"
_JUDGED = say("what became of a proposal is a judgement of the curators")

KINDS: Final = frozenset({"lineage-loss", "lost-actor"})
"""What is found here."""


def find(context: Context) -> Iterator[Gap]:
    """Dropped proposals of the frameworks this one succeeds, and actors that got lost on the way."""
    for predecessor in _predecessors(context):
        yield from _dropped(context, predecessor)
        if MENTIONS in context.graph.dimensions:
            yield from _lost_actors(context, predecessor)


def _predecessors(context: Context) -> list[int]:
    """Frameworks with a proposal that lives on, in whole or in part, in a target of this one."""
    table, framework = context.graph.tables["lineage"], context.graph.targets.framework
    alive = np.flatnonzero(table.successor >= 0)
    ours = alive[framework[table.successor[alive]] == context.framework]
    found = sorted(set(framework[table.proposal[ours]].tolist()))
    return [f for f in found if f != context.framework]


def _dropped(context: Context, predecessor: int) -> Iterator[Gap]:
    table, framework = context.graph.tables["lineage"], context.graph.targets.framework
    for number in np.flatnonzero(table.dropped).tolist():
        proposal = int(table.proposal[number])
        if proposal >= 0 and framework[proposal] == predecessor:
            yield _not_taken_up(context, table, number, proposal)


def _not_taken_up(context: Context, table: Table, number: int, proposal: int) -> Gap:
    parts = np.flatnonzero((table.proposal == proposal) & (table.successor >= 0)).tolist()

    def sentence() -> str:
        survivors = [context.heading(int(table.successor[n])).code for n in parts]
        name = context.name(proposal)
        if not survivors:
            return say("Proposal {target} became no target.", target=name)
        return say(
            "Proposal {target} became no target; parts of it survive in {codes}.", target=name, codes=listed(survivors)
        )

    return context.gap(
        "lineage-loss",
        context.heading(proposal),
        missing=say("a target that takes the proposal up"),
        sentence=sentence,
        evidence=lambda: [
            Evidence(table.rationale[number], table.iri[number], "judged"),
            *context.target_evidence(proposal),
            *(Evidence(table.rationale[n], table.iri[n], "judged") for n in parts),
        ],
        certainty=weakest(Certainty(float(table.confidence[number]), _JUDGED), context.framework_certainty),
    )


def _named_concepts(dimension: CodedDimension, targets: Array) -> Array:
    links = dimension.links
    return distinct(links.concept[np.isin(links.target, targets) & (links.basis == NAMED)])


def _lost_actors(context: Context, predecessor: int) -> Iterator[Gap]:
    """Actors that proposals name and that no target names, itself or by a narrower category."""
    dimension = context.graph.dimension(MENTIONS)
    before = context.graph.targets_of(predecessor)
    covered = {int(a) for c in _named_concepts(dimension, context.targets) for a in dimension.ancestors(int(c))}
    for concept in _named_concepts(dimension, before).tolist():
        if concept not in covered:
            yield _lost(context, dimension, concept, predecessor, before)


def _lost(context: Context, dimension: CodedDimension, concept: int, predecessor: int, before: Array) -> Gap:
    heading, links = concept_heading(dimension, concept), dimension.links

    def naming() -> list[int]:
        mine = (links.concept == concept) & (links.basis == NAMED) & np.isin(links.target, before)
        return list(np.flatnonzero(mine).tolist())

    def sentence() -> str:
        codes = listed(list(dict.fromkeys(context.heading(int(links.target[n])).code for n in naming())))
        return say(
            "{name}, named in the proposals ({codes}), is named in none of the targets.",
            name=heading.label,
            codes=codes,
        )

    return context.gap(
        "lost-actor",
        heading,
        dimension=MENTIONS,
        missing=say("a target that names {name}", name=heading.label),
        sentence=sentence,
        evidence=lambda: context.link_evidence(dimension, naming()),
        certainty=context.framework_certainty,
        parameters={"earlier": context.graph.frameworks[predecessor].code, "framework": context.entry.code},
    )
