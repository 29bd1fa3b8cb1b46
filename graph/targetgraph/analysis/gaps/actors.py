"""Targets that rest on one kind of actor alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from targetgraph.analysis.coverage import concept_heading
from targetgraph.analysis.gaps.context import Context
from targetgraph.analysis.gaps.record import Gap
from targetgraph.analysis.states import LinkClass, link_classes

ACTORS = "actors"


def find(context: Context) -> Iterator[Gap]:
    """Targets for which the text makes exactly one actor, and no catch-all, responsible."""
    if ACTORS not in context.graph.dimensions:
        return
    dimension = context.graph.dimension(ACTORS)
    links, classes = dimension.links, link_classes(dimension)
    for target in context.targets.tolist():
        low, high = np.searchsorted(links.target, (target, target + 1))
        named = low + np.flatnonzero(classes[low:high] == LinkClass.NAMED)
        if len(set(links.concept[named].tolist())) != 1:
            continue
        actor = concept_heading(dimension, int(links.concept[named[0]]))
        yield context.gap(
            "single-actor",
            context.heading(target),
            dimension=ACTORS,
            missing="a second actor that has to act",
            sentence=f"{context.name(target)} makes {actor.label} alone responsible.",
            evidence=[*context.link_evidence(dimension, named.tolist()), *context.target_evidence(target)],
            certainty=context.target_certainty(target),
        )
