"""What differs between a target and the one that stands for it."""

from __future__ import annotations

import numpy as np

from targetgraph.analysis.coding import NAMED, CodedDimension, CodedGraph
from targetgraph.analysis.columnar import distinct
from targetgraph.analysis.comparison.record import Differences, Side

_MEASURABILITY = ("", "measurable", "partly measurable", "not measurable")


def differences(before: Side, first: int, after: Side, second: int) -> Differences:
    """Compare two targets.

    Parameters
    ----------
    first, second : numbers of the targets in the graphs of the two sides.
    """
    hedges = _quotes(before.graph, first), _quotes(after.graph, second)
    brackets = _bracketed(before.graph, first), _bracketed(after.graph, second)
    deadlines, judged = (
        [int(side.graph.targets[column][t]) for side, t in ((before, first), (after, second))]
        for column in ("deadline", "measurability")
    )
    return Differences(
        lost=missing_in(before, first, after, second),
        gained=missing_in(after, second, before, first),
        hedges_added=_without(hedges[1], hedges[0]),
        hedges_removed=_without(hedges[0], hedges[1]),
        brackets_lifted=_without(brackets[0], brackets[1]),
        brackets_added=_without(brackets[1], brackets[0]),
        deadlines=(deadlines[0], deadlines[1]),
        measurability=(_MEASURABILITY[judged[0]], _MEASURABILITY[judged[1]]),
    )


def told_dimensions(graph: CodedGraph) -> list[CodedDimension]:
    """Dimensions in which texts name things, one for each kind of thing: that which counts every role."""
    chosen: dict[tuple[str, str, str], CodedDimension] = {}
    for dimension in graph.dimensions.values():
        d = dimension.declaration
        key = (d.scheme, d.evidence_path, d.column_path)
        if key not in chosen or (chosen[key].declaration.filter_path and not d.filter_path):
            chosen[key] = dimension
    return list(chosen.values())


def named(dimension: CodedDimension, targets: list[int]) -> dict[str, str]:
    """Label by IRI of the concepts that the text of some target names."""
    links, concepts = dimension.links, dimension.concepts
    rows = np.flatnonzero(np.isin(links.target, targets) & (links.basis == NAMED))
    return {concepts.iri[c]: concepts.label[c] for c in distinct(links.concept[rows]).tolist()}


def missing_in(side: Side, target: int, other: Side, counterpart: int) -> dict[str, tuple[str, ...]]:
    """What one target names and the other names neither itself nor by something narrower, by dimension."""
    found = {}
    for dimension in told_dimensions(side.graph):
        code = dimension.declaration.code
        if code not in other.graph.dimensions:
            continue
        lost = not_named(dimension, [target], other.graph.dimension(code), [counterpart])
        if lost:
            found[code] = lost
    return found


def not_named(
    dimension: CodedDimension, targets: list[int], other: CodedDimension, counterparts: list[int]
) -> tuple[str, ...]:
    """Labels of what the targets name and the counterparts name neither itself nor by something narrower."""
    number = {iri: n for n, iri in enumerate(other.concepts.iri)}
    reached = {other.concepts.iri[int(a)] for iri in named(other, counterparts) for a in other.ancestors(number[iri])}
    return tuple(sorted(label for iri, label in named(dimension, targets).items() if iri not in reached))


def _quotes(graph: CodedGraph, target: int) -> list[str]:
    table = graph.tables["hedges"]
    return list(dict.fromkeys(table.quote[n] for n in np.flatnonzero(table.target == target).tolist()))


def _bracketed(graph: CodedGraph, target: int) -> list[str]:
    """Words in brackets on which links of a target rest."""
    found: dict[str, None] = {}
    for dimension in graph.dimensions.values():
        links = dimension.links
        for n in np.flatnonzero((links.target == target) & links.contingent).tolist():
            found[links.quote[n]] = None
    return list(found)


def _without(words: list[str], others: list[str]) -> tuple[str, ...]:
    known = {word.casefold() for word in others}
    return tuple(word for word in words if word.casefold() not in known)
