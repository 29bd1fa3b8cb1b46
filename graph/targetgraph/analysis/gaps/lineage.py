"""What was on the table and is in none of the adopted targets."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from targetgraph.analysis.coding import NAMED, CodedDimension
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.coverage import concept_heading
from targetgraph.analysis.gaps.context import Context, listed, weakest
from targetgraph.analysis.gaps.record import Certainty, Evidence, Gap

MENTIONS = "mentions"
_JUDGED = "what became of a proposal is a judgement of the curators"


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
        if proposal < 0 or framework[proposal] != predecessor:
            continue
        parts = (table.proposal == proposal) & (table.successor >= 0)
        survivors = [context.heading(int(t)).code for t in table.successor[parts]]
        rest = f"; parts of it survive in {listed(survivors)}" if survivors else ""
        judged = Certainty(float(table.confidence[number]), _JUDGED)
        yield context.gap(
            "lineage-loss",
            context.heading(proposal),
            missing="a target that takes the proposal up",
            sentence=f"Proposal {context.name(proposal)} became no target{rest}.",
            evidence=[
                Evidence(table.rationale[number], table.iri[number], "judged"),
                *context.target_evidence(proposal),
                *(Evidence(table.rationale[n], table.iri[n], "judged") for n in np.flatnonzero(parts).tolist()),
            ],
            certainty=weakest(judged, context.framework_certainty),
        )


def _named_concepts(dimension: CodedDimension, targets: Array) -> Array:
    links = dimension.links
    return np.unique(links.concept[np.isin(links.target, targets) & (links.basis == NAMED)])


def _lost_actors(context: Context, predecessor: int) -> Iterator[Gap]:
    """Actors that proposals name and that no target names, itself or by a narrower category."""
    dimension = context.graph.dimension(MENTIONS)
    before = context.graph.targets_of(predecessor)
    covered = {int(a) for c in _named_concepts(dimension, context.targets) for a in dimension.ancestors(int(c))}
    for concept in _named_concepts(dimension, before).tolist():
        if concept in covered:
            continue
        heading = concept_heading(dimension, concept)
        links = dimension.links
        mine = (links.concept == concept) & (links.basis == NAMED) & np.isin(links.target, before)
        numbers = np.flatnonzero(mine).tolist()
        codes = list(dict.fromkeys(context.heading(int(links.target[n])).code for n in numbers))
        yield context.gap(
            "lost-actor",
            heading,
            dimension=MENTIONS,
            missing=f"a target that names {heading.label}",
            sentence=f"{heading.label}, named in the proposals ({listed(codes)}), is named in none of the targets.",
            evidence=context.link_evidence(dimension, numbers),
            certainty=context.framework_certainty,
            parameters={"earlier": context.graph.frameworks[predecessor].code, "framework": context.entry.code},
        )
