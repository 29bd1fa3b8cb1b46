"""What the web of named responsible actors shows: actors too much rests on, and parts that stand apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np

from targetgraph.analysis.coding import CodedDimension
from targetgraph.analysis.coverage import concept_heading
from targetgraph.analysis.gaps.actors import ACTORS
from targetgraph.analysis.gaps.context import Context, weakest
from targetgraph.analysis.gaps.record import Evidence, Gap
from targetgraph.analysis.states import LinkClass, link_classes
from targetgraph.phrases import listed, say

Pairs = dict[int, set[int]]

KINDS: Final = frozenset({"single-point-of-failure", "isolated-component"})
"""What is found here."""


def find(context: Context) -> Iterator[Gap]:
    """Single points of failure, and components apart from the largest.

    The network has a target and an actor joined wherever the text makes the actor responsible, catch-alls and unsettled words
    left out: that of ``targetgraph structure``, which says more of it.
    """
    if ACTORS not in context.graph.dimensions:
        return
    dimension = context.graph.dimension(ACTORS)
    actors_of = _named(context, dimension)
    yield from _single_points(context, dimension, actors_of)
    yield from _isolated(context, dimension, actors_of)


def _named(context: Context, dimension: CodedDimension) -> Pairs:
    """Named responsible actors of each target that has any."""
    links = dimension.links
    named = np.flatnonzero(np.isin(links.target, context.targets) & (link_classes(dimension) == LinkClass.NAMED))
    pairs: Pairs = defaultdict(set)
    for target, concept in zip(links.target[named].tolist(), links.concept[named].tolist(), strict=True):
        pairs[target].add(concept)
    return pairs


def _single_points(context: Context, dimension: CodedDimension, actors_of: Pairs) -> Iterator[Gap]:
    """Actors, narrower ones included, without which two targets or more have no named actor left."""
    counted = {int(a) for actors in actors_of.values() for c in actors for a in dimension.ancestors(c)}
    for actor in sorted(counted):
        gone = set(dimension.descendants(actor).tolist())
        orphaned = sorted(t for t, actors in actors_of.items() if actors <= gone)
        if dimension.concepts.umbrella[actor] or len(orphaned) < 2:
            continue
        yield _single_point(context, dimension, actor, orphaned, gone)


def _single_point(context: Context, dimension: CodedDimension, actor: int, orphaned: list[int], gone: set[int]) -> Gap:
    heading = concept_heading(dimension, actor)

    def sentence() -> str:
        codes = listed([context.heading(t).code for t in orphaned])
        return say(
            "If {name} did nothing, {n} targets would have no named actor left: {codes}.",
            name=heading.label,
            n=len(orphaned),
            codes=codes,
        )

    return context.gap(
        "single-point-of-failure",
        heading,
        dimension=ACTORS,
        missing=say("actors beside {name}", name=heading.label),
        sentence=sentence,
        evidence=lambda: _evidence(context, dimension, orphaned, gone),
        certainty=weakest(*(context.target_certainty(t) for t in orphaned)),
    )


def _isolated(context: Context, dimension: CodedDimension, actors_of: Pairs) -> Iterator[Gap]:
    """Connected components but the largest; each is told of its first target."""
    components = sorted(_components(actors_of), key=lambda c: (-len(c[0]) - len(c[1]), min(c[0])))
    for targets, actors in components[1:]:
        yield _apart(context, dimension, sorted(targets), actors)


def _apart(context: Context, dimension: CodedDimension, targets: list[int], actors: set[int]) -> Gap:
    def sentence() -> str:
        codes = listed([context.heading(t).code for t in targets])
        names = listed([concept_heading(dimension, a).label for a in sorted(actors)])
        told = {"codes": codes, "names": names}
        if len(targets) == 1 and len(actors) == 1:
            return say(
                "{codes} stands apart from all other targets: only {names} is named there, and nowhere else.", **told
            )
        if len(targets) == 1:
            return say(
                "{codes} stands apart from all other targets: only {names} are named there, and nowhere else.", **told
            )
        if len(actors) == 1:
            return say(
                "{codes} stand apart from all other targets: only {names} is named there, and nowhere else.", **told
            )
        return say(
            "{codes} stand apart from all other targets: only {names} are named there, and nowhere else.", **told
        )

    return context.gap(
        "isolated-component",
        context.heading(targets[0]),
        dimension=ACTORS,
        missing=say("a named actor in common with other targets"),
        sentence=sentence,
        evidence=lambda: _evidence(context, dimension, targets, actors),
        certainty=weakest(*(context.target_certainty(t) for t in targets)),
    )


def _components(actors_of: Pairs) -> list[tuple[set[int], set[int]]]:
    """Connected components of the bipartite network, as targets and actors."""
    components: list[tuple[set[int], set[int]]] = []
    for target, actors in actors_of.items():
        joined = [c for c in components if c[1] & actors]
        rest = [c for c in components if not c[1] & actors]
        merged = ({target}.union(*(c[0] for c in joined)), actors.union(*(c[1] for c in joined)))
        components = [*rest, merged]
    return components


def _evidence(context: Context, dimension: CodedDimension, targets: list[int], actors: set[int]) -> list[Evidence]:
    links = dimension.links
    mine = np.isin(links.target, targets) & np.isin(links.concept, list(actors))
    numbers = np.flatnonzero(mine & (link_classes(dimension) == LinkClass.NAMED))
    return context.link_evidence(dimension, numbers.tolist())
