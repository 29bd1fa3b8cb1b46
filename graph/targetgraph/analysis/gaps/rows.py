"""Targets that lack what an obligation asks of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from targetgraph.analysis.coding import NAMED, CodedDimension
from targetgraph.analysis.coverage import concept_heading
from targetgraph.analysis.declarations import Obligation
from targetgraph.analysis.gaps.context import Context
from targetgraph.analysis.gaps.record import Certainty, Evidence, Gap
from targetgraph.analysis.rows import row_states
from targetgraph.analysis.states import LinkClass, State, link_classes
from targetgraph.namespaces import TG
from targetgraph.phrases import listed, say

_KINDS = {
    State.GAP: "empty-row",
    State.THIN: "thin-row",
    State.IMPLIED: "implied-only-row",
    State.UMBRELLA: "umbrella-only-row",
    State.CONTINGENT: "contingent-row",
    State.STALE: "stale-row",
}
_LOOKED = Certainty(0.6, say("curators looked and found none; an adoption they did not see would close it"))

KINDS: Final = frozenset({*_KINDS.values(), "no-adopted-indicator", "obligation-unmet"})
"""What is found here."""


def find(context: Context) -> Iterator[Gap]:
    """Gaps of targets under every obligation that binds targets."""
    for obligation in context.graph.declarations.obligations:
        if obligation.applies_to == TG.Target and context.bound_by(obligation):
            yield from _unmet(context, obligation)


def _unmet(context: Context, obligation: Obligation) -> Iterator[Gap]:
    dimension = context.graph.dimension(obligation.dimension)
    states, counts = row_states(context.graph, context.framework, context.targets, obligation)
    for position, (target, state) in enumerate(zip(context.targets.tolist(), states.tolist(), strict=True)):
        if state not in _KINDS or (state == State.IMPLIED and dimension.declaration.accepts_judgement):
            continue
        if obligation.particular:
            yield _particular_gap(context, dimension, obligation, target, State(state))
        elif obligation.required_value:
            yield _without_value(context, dimension, obligation, target)
        else:
            yield _row_gap(context, dimension, obligation, target, State(state), int(counts[position, 0]))


def _concepts(dimension: CodedDimension, links: Sequence[int]) -> list[str]:
    """Labels of what links concern, each once."""
    return list(dict.fromkeys(concept_heading(dimension, int(dimension.links.concept[n])).label for n in links))


def _row_gap(
    context: Context, dimension: CodedDimension, obligation: Obligation, target: int, state: State, named: int
) -> Gap:
    links = context.links_of(dimension, target)
    classes = link_classes(dimension)
    catch_alls = [n for n in links if dimension.links.basis[n] == NAMED and classes[n] == LinkClass.UMBRELLA]
    # What the text says comes first: where it names a catch-all, an implied reading does not make it particular.
    names_catch_all = state == State.IMPLIED and bool(catch_alls)
    kind = _KINDS[State.UMBRELLA if names_catch_all else state]

    def evidence() -> list[Evidence]:
        found = [*context.target_evidence(target), *context.link_evidence(dimension, links)]
        return found if links else [*found, *context.assessment_evidence(dimension)]

    return context.gap(
        kind,
        context.heading(target),
        dimension=dimension.declaration.code,
        missing=say("a {singular} named in the text", singular=dimension.declaration.singular),
        sentence=lambda: say(
            "{target} {predicate}.",
            target=context.name(target),
            predicate=_says(dimension, obligation, state, named, catch_alls, links),
        ),
        evidence=evidence,
        certainty=context.target_certainty(target),
        severity=obligation.severity,
        because=obligation.because,
        parameters=context.in_dimension(dimension),
    )


def _says(
    dimension: CodedDimension,
    obligation: Obligation,
    state: State,
    named: int,
    catch_alls: Sequence[int],
    links: Sequence[int],
) -> str:
    """The predicate of the sentence."""
    words = dimension.declaration
    others = _concepts(dimension, [n for n in links if n not in catch_alls])
    if state == State.IMPLIED and catch_alls:
        return say(
            "names only a catch-all ({umbrella}); who or what is meant is left to be implied: {others}",
            umbrella=listed(_concepts(dimension, catch_alls)),
            others=listed(others),
        )
    if state == State.IMPLIED:
        return say(
            "names no {singular}; curators hold these to be implied: {others}",
            singular=words.singular,
            others=listed(others),
        )
    if state == State.UMBRELLA:
        reached = listed(_concepts(dimension, links))
        return say("reaches {plural} only through a catch-all ({others})", plural=words.plural, others=reached)
    if state == State.THIN:
        return say(
            "names {n} of the {minimum} {plural} that it is obliged to name",
            n=named,
            minimum=obligation.minimum,
            plural=words.plural,
        )
    if state == State.CONTINGENT:
        return say(
            "reaches {plural} only by words still in brackets ({others})", plural=words.plural, others=listed(others)
        )
    if state == State.STALE:
        return say(
            "reaches {plural} only by a wording that has been revised ({others})",
            plural=words.plural,
            others=listed(others),
        )
    return say("names and implies no {singular}", singular=words.singular)


def _without_value(context: Context, dimension: CodedDimension, obligation: Obligation, target: int) -> Gap:
    links = context.links_of(dimension, target)

    def sentence() -> str:
        name = context.name(target)
        if not links:
            return say("{target} has no adopted indicator, and nothing has been suggested for it either.", target=name)
        return say(
            "{target} has no adopted indicator; suggested or proposed: {offered}.",
            target=name,
            offered=listed(_concepts(dimension, links)),
        )

    return context.gap(
        "no-adopted-indicator",
        context.heading(target),
        dimension=dimension.declaration.code,
        missing=say("an adopted indicator"),
        sentence=sentence,
        evidence=lambda: [
            context.target_evidence(target)[0],
            *context.assessment_evidence(dimension),
            *context.link_evidence(dimension, links),
        ],
        certainty=_LOOKED,
        severity=obligation.severity,
        because=obligation.because,
    )


def _particular_gap(
    context: Context, dimension: CodedDimension, obligation: Obligation, target: int, state: State
) -> Gap:
    """A gap under an obligation that binds only some targets, or asks for particular things."""
    links = context.links_of(dimension, target)
    asked = (
        [
            label
            for iri, label in zip(dimension.concepts.iri, dimension.concepts.label, strict=True)
            if iri in obligation.among
        ]
        if obligation.among
        else []
    )
    missing = (
        say("{things}, named in the text", things=listed(asked))
        if asked
        else say("a {singular} named in the text", singular=dimension.declaration.singular)
    )
    return context.gap(
        "obligation-unmet",
        context.heading(target),
        dimension=dimension.declaration.code,
        detail=obligation.code,
        missing=missing,
        sentence=lambda: say(
            "{target} does not keep to “{obligation}” (state: {state}).",
            target=context.name(target),
            obligation=obligation.label,
            state=state.word,
        ),
        evidence=lambda: [
            Evidence(say("the obligation {code}", code=obligation.code), obligation.iri),
            *context.target_evidence(target),
            *context.link_evidence(dimension, links),
            *context.assessment_evidence(dimension),
        ],
        certainty=context.target_certainty(target),
        severity=obligation.severity,
        because=obligation.because,
        parameters={"framework": context.entry.code, "obligation": f"<{obligation.iri}>"},
    )
