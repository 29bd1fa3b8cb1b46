"""What the words of a target leave open: hedges, set phrases, no end state, a wording nobody has checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np

from targetgraph.analysis.coding import RECALLED, CodedDimension
from targetgraph.analysis.columnar import Table
from targetgraph.analysis.coverage import concept_heading
from targetgraph.analysis.gaps.context import Context
from targetgraph.analysis.gaps.record import Certainty, Evidence, Gap
from targetgraph.analysis.states import LinkClass, link_classes
from targetgraph.phrases import listed, say

_NOT_MEASURABLE = 3
_SAID = Certainty(1.0, say("the tables say so themselves"))
_JUDGED = Certainty(0.6, say("whether an end state can be checked is a judgement of the curators"))

KINDS: Final = frozenset({"hedged-wording", "scope-phrase-only", "no-end-state", "unverified-wording"})
"""What is found here."""


def find(context: Context) -> Iterator[Gap]:
    """All gaps that have to do with wording."""
    yield from _hedged(context)
    yield from _scope_phrases(context)
    yield from _without_end_state(context)
    yield from _unverified(context)


def _hedged(context: Context) -> Iterator[Gap]:
    table = context.graph.tables["hedges"]
    of_target: dict[int, list[int]] = defaultdict(list)
    for number, target in enumerate(table.target.tolist()):
        of_target[target].append(number)
    for target in context.targets.tolist():
        if numbers := of_target.get(target):
            yield _softened(context, table, target, numbers)


def _softened(context: Context, table: Table, target: int, numbers: list[int]) -> Gap:
    def sentence() -> str:
        quotes = listed([say("“{quote}”", quote=table.quote[n]) for n in numbers])
        return say("{target} is softened by {quotes}.", target=context.name(target), quotes=quotes)

    return context.gap(
        "hedged-wording",
        context.heading(target),
        missing=say("an unconditional duty"),
        sentence=sentence,
        evidence=lambda: [
            *(Evidence(table.quote[n], table.passage[n]) for n in numbers),
            *context.target_evidence(target),
        ],
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
        missing=say("{name} as an object of its own", name=heading.label),
        sentence=lambda: say(
            "{target} mentions {name} only in the set phrase of the framework's title.",
            target=context.name(target),
            name=heading.label,
        ),
        evidence=lambda: context.target_evidence(target),
        certainty=context.target_certainty(target),
    )


def _without_end_state(context: Context) -> Iterator[Gap]:
    table = context.graph.targets
    for target in context.targets[table.measurability[context.targets] == _NOT_MEASURABLE].tolist():
        yield _endless(context, target, table.measurability_note[target])


def _endless(context: Context, target: int, note: str) -> Gap:
    said = f"{note[:1].lower()}{note[1:].rstrip('.')}"
    return context.gap(
        "no-end-state",
        context.heading(target),
        missing=say("a state by which it could be said to be reached"),
        sentence=lambda: say("{target} has no checkable end state: {said}.", target=context.name(target), said=said),
        evidence=lambda: [Evidence(note, context.heading(target).iri, "judged"), *context.target_evidence(target)],
        certainty=_JUDGED,
    )


def _unverified(context: Context) -> Iterator[Gap]:
    table = context.graph.targets
    for target in context.targets[table.verification[context.targets] == RECALLED].tolist():
        yield _unchecked(context, target, float(table.confidence[target]))


def _unchecked(context: Context, target: int, confidence: float) -> Gap:
    return context.gap(
        "unverified-wording",
        context.heading(target),
        missing=say("a check against the official text"),
        sentence=lambda: say(
            "{target}: {reason}.", target=context.name(target), reason=context.target_certainty(target).reason
        ),
        evidence=lambda: context.target_evidence(target),
        certainty=_SAID,
        severity=1.3 - confidence,
    )
