"""Pairs of concepts, of two dimensions, that no target brings together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from targetgraph.analysis.coding import CodedDimension
from targetgraph.analysis.coverage import concept_heading, crossed_states, dimension_states
from targetgraph.analysis.declarations import Crossing
from targetgraph.analysis.gaps.context import Context
from targetgraph.analysis.gaps.record import Evidence, Gap
from targetgraph.analysis.states import REACHED, State
from targetgraph.phrases import say

KINDS: Final = frozenset({"empty-crossing"})
"""What is found here."""


def find(context: Context) -> Iterator[Gap]:
    """Empty cells of the declared crossings.

    A concept that no target reaches at all is a gap of its own and is not told again for each of its cells; catch-alls are
    left out.
    """
    for crossing in context.graph.declarations.crossings:
        if len(context.targets) and context.bound_by(crossing):
            yield from _empty_cells(context, crossing)


def _empty_cells(context: Context, crossing: Crossing) -> Iterator[Gap]:
    down, across = context.graph.dimension(crossing.rows), context.graph.dimension(crossing.columns)
    left, _ = dimension_states(context.graph, down, context.framework, context.targets)
    right, _ = dimension_states(context.graph, across, context.framework, context.targets)
    states, _ = crossed_states(left, right)
    rows = [r for r in down.columns.tolist() if not down.concepts.umbrella[r] and (left[:, r] <= REACHED).any()]
    columns = [c for c in across.columns.tolist() if not across.concepts.umbrella[c] and (right[:, c] <= REACHED).any()]
    for row in rows:
        for column in columns:
            if states[row, column] == State.GAP:
                yield _cell(context, crossing, down, across, row, column)


def _cell(
    context: Context, crossing: Crossing, down: CodedDimension, across: CodedDimension, row: int, column: int
) -> Gap:
    heading, other = concept_heading(down, row), concept_heading(across, column)
    return context.gap(
        "empty-crossing",
        heading,
        dimension=crossing.code,
        detail=other.code,
        missing=say("a target that reaches both {one} and {other}", one=heading.label, other=other.label),
        sentence=lambda: say("No target brings together {one} and {other}.", one=heading.label, other=other.label),
        evidence=lambda: [
            *_links_to(context, down, row),
            *_links_to(context, across, column),
            *context.assessment_evidence(down),
            *context.assessment_evidence(across),
        ],
        certainty=context.framework_certainty,
        severity=crossing.severity,
        because=crossing.because,
    )


def _links_to(context: Context, dimension: CodedDimension, concept: int) -> list[Evidence]:
    """The first links to either concept: what there is, but not in one target."""
    mine = np.isin(dimension.links.target, context.targets) & (dimension.links.concept == concept)
    return context.link_evidence(dimension, np.flatnonzero(mine)[:3].tolist())
