"""What the words of a target leave open: hedges, set phrases, no end state, a wording nobody has checked."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from targetgraph.analysis.coding import RECALLED, CodedDimension
from targetgraph.analysis.coverage import concept_heading
from targetgraph.analysis.gaps.context import Context, listed
from targetgraph.analysis.gaps.record import Certainty, Evidence, Gap
from targetgraph.analysis.states import LinkClass, link_classes

_NOT_MEASURABLE = 3
_JUDGED = Certainty(0.6, "whether an end state can be checked is a judgement of the curators")


def find(context: Context) -> Iterator[Gap]:
    """All gaps that have to do with wording."""
    yield from _hedged(context)
    yield from _scope_phrases(context)
    yield from _without_end_state(context)
    yield from _unverified(context)


def _hedged(context: Context) -> Iterator[Gap]:
    table = context.graph.tables["hedges"]
    for target in context.targets.tolist():
        numbers = np.flatnonzero(table.target == target).tolist()
        if not numbers:
            continue
        quotes = [f"“{table.quote[n]}”" for n in numbers]
        yield context.gap(
            "hedged-wording",
            context.heading(target),
            missing="an unconditional duty",
            sentence=f"{context.name(target)} is softened by {listed(quotes)}.",
            evidence=[Evidence(table.quote[n], table.passage[n]) for n in numbers] + context.target_evidence(target),
            certainty=context.target_certainty(target),
            severity=min(1.0, 0.6 + 0.2 * len(numbers)),
        )


def _scope_phrases(context: Context) -> Iterator[Gap]:
    """Concepts that a target mentions in the set phrase, without a link named in the text to them or to a part of them."""
    table = context.graph.tables["scope"]
    places: dict[str, tuple[CodedDimension, int] | None] = {}
    for number in np.flatnonzero(np.isin(table.target, context.targets)).tolist():
        target, iri = int(table.target[number]), table.concept[number]
        if iri not in places:
            places[iri] = _place_of(context, iri)
        place = places[iri]
        if place and not _named(place[0], target, place[1]):
            yield _scope_gap(context, place[0], target, place[1])


def _place_of(context: Context, iri: str) -> tuple[CodedDimension, int] | None:
    """The first dimension that has a concept, and its number there."""
    for dimension in context.graph.dimensions.values():
        for number, candidate in enumerate(dimension.concepts.iri):
            if candidate == iri:
                return dimension, number
    return None


def _named(dimension: CodedDimension, target: int, concept: int) -> bool:
    links = dimension.links
    low, high = np.searchsorted(links.target, (target, target + 1))
    named = link_classes(dimension)[low:high] == LinkClass.NAMED
    return bool(np.isin(links.concept[low:high][named], dimension.descendants(concept)).any())


def _scope_gap(context: Context, dimension: CodedDimension, target: int, concept: int) -> Gap:
    heading = concept_heading(dimension, concept)
    return context.gap(
        "scope-phrase-only",
        context.heading(target),
        dimension=dimension.declaration.code,
        detail=heading.code,
        missing=f"{heading.label} as an object of its own",
        sentence=f"{context.name(target)} mentions {heading.label} only in the set phrase of the framework's title.",
        evidence=context.target_evidence(target),
        certainty=context.target_certainty(target),
    )


def _without_end_state(context: Context) -> Iterator[Gap]:
    table = context.graph.targets
    for target in context.targets[table.measurability[context.targets] == _NOT_MEASURABLE].tolist():
        note = table.measurability_note[target]
        yield context.gap(
            "no-end-state",
            context.heading(target),
            missing="a state by which it could be said to be reached",
            sentence=f"{context.name(target)} has no checkable end state: {note[:1].lower()}{note[1:].rstrip('.')}.",
            evidence=[Evidence(note, context.heading(target).iri, "judged"), *context.target_evidence(target)],
            certainty=_JUDGED,
        )


def _unverified(context: Context) -> Iterator[Gap]:
    table = context.graph.targets
    for target in context.targets[table.verification[context.targets] == RECALLED].tolist():
        certainty = context.target_certainty(target)
        yield context.gap(
            "unverified-wording",
            context.heading(target),
            missing="a check against the official text",
            sentence=f"{context.name(target)}: {certainty.reason}.",
            evidence=context.target_evidence(target),
            certainty=Certainty(1.0, "the tables say so themselves"),
            severity=1.3 - float(table.confidence[target]),
        )
