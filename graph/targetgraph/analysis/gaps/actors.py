"""Targets that rest on one kind of actor alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from targetgraph.analysis.coding import CodedDimension
from targetgraph.analysis.coverage import concept_heading
from targetgraph.analysis.gaps.context import Context
from targetgraph.analysis.gaps.record import Gap
from targetgraph.analysis.states import LinkClass, link_classes
from targetgraph.phrases import say

ACTORS = "actors"

KINDS: Final = frozenset({"single-actor"})
"""What is found here."""


def find(context: Context) -> Iterator[Gap]:
    """Targets for which the text makes exactly one actor, and no catch-all, responsible."""
    if ACTORS not in context.graph.dimensions:
        return
    dimension = context.graph.dimension(ACTORS)
    links, classes = dimension.links, link_classes(dimension)
    for target in context.targets.tolist():
        mine = context.links_of(dimension, target)
        named = mine.start + np.flatnonzero(classes[mine.start : mine.stop] == LinkClass.NAMED)
        if len(set(links.concept[named].tolist())) != 1:
            continue
        yield _single(context, dimension, target, named.tolist())


def _single(context: Context, dimension: CodedDimension, target: int, links: list[int]) -> Gap:
    actor = int(dimension.links.concept[links[0]])
    return context.gap(
        "single-actor",
        context.heading(target),
        dimension=ACTORS,
        missing=say("a second actor that has to act"),
        sentence=lambda: say(
            "{target} makes {actor} alone responsible.",
            target=context.name(target),
            actor=concept_heading(dimension, actor).label,
        ),
        evidence=lambda: [*context.link_evidence(dimension, links), *context.target_evidence(target)],
        certainty=context.target_certainty(target),
    )
