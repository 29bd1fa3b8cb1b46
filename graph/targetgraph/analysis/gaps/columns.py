"""Concepts that no target reaches, names, or that hang on one alone; and concepts nearly all targets share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from targetgraph.analysis.coding import CodedDimension
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.coverage import Heading, concept_heading, dimension_states
from targetgraph.analysis.declarations import Obligation
from targetgraph.analysis.gaps.context import Context
from targetgraph.analysis.gaps.record import Certainty, Evidence, Gap
from targetgraph.analysis.rows import among
from targetgraph.analysis.states import REACHED, State, contributions
from targetgraph.phrases import listed, say

_KINDS = {
    State.GAP: "empty-column",
    State.UMBRELLA: "umbrella-only-column",
    State.IMPLIED: "implied-only-column",
    State.CONTINGENT: "contingent-column",
    State.STALE: "contingent-column",
}
_JUDGED = Certainty(0.6, say("links of this dimension are judgements of curators"))
SDG_TARGETS = "sdgs"

KINDS: Final = frozenset({*_KINDS.values(), "single-target-column"})
"""What is found here."""


def find(context: Context) -> Iterator[Gap]:
    """Gaps of columns under every obligation that binds the columns of a dimension; and concentrations."""
    for obligation in context.graph.declarations.obligations:
        dimension = context.graph.dimension(obligation.dimension)
        binds = obligation.applies_to == dimension.declaration.column_class and context.bound_by(obligation)
        if binds and len(context.targets):
            yield from _unmet(context, dimension, obligation)
    if SDG_TARGETS in context.graph.dimensions and len(context.targets):
        yield from _concentrations(context, context.graph.dimension(SDG_TARGETS))


def _unmet(context: Context, dimension: CodedDimension, obligation: Obligation) -> Iterator[Gap]:
    states, _ = dimension_states(context.graph, dimension, context.framework, context.targets, obligation.minimum)
    enough = State.IMPLIED if dimension.declaration.accepts_judgement else State.THIN
    asked = among(dimension, obligation)
    for column in dimension.columns.tolist():
        if dimension.concepts.umbrella[column] or not asked[column]:
            continue
        cells = states[:, column]
        best = State(int(cells.min()))
        if best <= enough:
            holders = context.targets[cells <= enough]
            if len(holders) == 1:
                yield _single(context, dimension, obligation, column, int(holders[0]))
        elif best in _KINDS:
            yield _column_gap(context, dimension, obligation, column, best, cells)


def _certainty(context: Context, dimension: CodedDimension) -> Certainty:
    return _JUDGED if dimension.declaration.accepts_judgement else context.framework_certainty


def _links_reaching(context: Context, dimension: CodedDimension, column: int) -> list[int]:
    """Links of the framework's targets that reach a column, directly, by roll-up or through a catch-all."""
    mine = np.flatnonzero(np.isin(dimension.links.target, context.targets))
    reach = contributions(dimension, mine)
    return sorted({int(n) for n in reach.link[reach.concept == column]})


def _column_gap(
    context: Context, dimension: CodedDimension, obligation: Obligation, column: int, best: State, cells: Array
) -> Gap:
    heading = concept_heading(dimension, column)
    reaching = context.targets[cells <= REACHED].tolist()
    return context.gap(
        _KINDS[best],
        heading,
        dimension=dimension.declaration.code,
        missing=say("a target that names {name}", name=heading.label),
        sentence=lambda: _sentence(context, heading, best, [context.heading(t).code for t in reaching]),
        evidence=lambda: [
            *context.assessment_evidence(dimension),
            *context.link_evidence(dimension, _links_reaching(context, dimension, column)),
        ],
        certainty=_certainty(context, dimension),
        severity=obligation.severity,
        because=obligation.because,
        parameters=context.in_dimension(dimension),
    )


def _sentence(context: Context, heading: Heading, best: State, reaching: list[str]) -> str:
    label, total, codes = heading.label, len(context.targets), listed(reaching)
    if best == State.GAP:
        return say(
            "{name} is reached by none of the {total} targets, not even by implication.", name=label, total=total
        )
    if best == State.UMBRELLA:
        return say(
            "{name} is reached only through a catch-all ({codes}); no target names or implies it.",
            name=label,
            codes=codes,
        )
    if best == State.IMPLIED:
        return say(
            "{name} is named by none of the {total} targets; it is only held to be implied by {codes}.",
            name=label,
            total=total,
            codes=codes,
        )
    if best == State.CONTINGENT:
        return say("{name} is reached only by words still in brackets, in {codes}.", name=label, codes=codes)
    return say("{name} is reached only by wordings that have been revised, in {codes}.", name=label, codes=codes)


def _single(context: Context, dimension: CodedDimension, obligation: Obligation, column: int, target: int) -> Gap:
    heading = concept_heading(dimension, column)

    def evidence() -> list[Evidence]:
        links = [n for n in _links_reaching(context, dimension, column) if dimension.links.target[n] == target]
        return context.link_evidence(dimension, links)

    return context.gap(
        "single-target-column",
        heading,
        dimension=dimension.declaration.code,
        missing=say("a second target that reaches {name}", name=heading.label),
        sentence=lambda: say("{name} hangs on {target} alone.", name=heading.label, target=context.name(target)),
        evidence=evidence,
        certainty=_certainty(context, dimension),
        severity=obligation.severity,
        parameters=context.in_dimension(dimension),
    )


def _concentrations(context: Context, dimension: CodedDimension) -> Iterator[Gap]:
    """Concepts that at least the declared share of all targets is linked to."""
    declared = context.graph.kind("concentration")
    states, _ = dimension_states(context.graph, dimension, context.framework, context.targets)
    total = len(context.targets)
    for column in dimension.columns.tolist():
        holders = context.targets[states[:, column] <= REACHED]
        if len(holders) >= declared.threshold * total:
            yield _concentration(context, dimension, column, holders, declared.threshold)


def _concentration(context: Context, dimension: CodedDimension, column: int, holders: Array, threshold: float) -> Gap:
    heading, total = concept_heading(dimension, column), len(context.targets)

    def sentence() -> str:
        without = [context.heading(int(t)).code for t in context.targets if t not in holders]
        told = {"n": len(holders), "total": total, "code": heading.code, "name": heading.label}
        if not without:
            return say("{n} of {total} targets are linked to {code} ({name}).", **told)
        return say(
            "{n} of {total} targets are linked to {code} ({name}); only {others} are not.",
            **told,
            others=listed(without),
        )

    return context.gap(
        "concentration",
        heading,
        dimension=dimension.declaration.code,
        missing=say("links that tell targets apart"),
        sentence=sentence,
        evidence=lambda: [
            Evidence(say("Reported from {share:.0%} of the targets on.", share=threshold)),
            *context.link_evidence(dimension, _links_reaching(context, dimension, column), limit=5),
        ],
        certainty=_JUDGED,
    )
