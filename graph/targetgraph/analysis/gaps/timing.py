"""Targets without a date, objectives without any, and duties due before what they need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from targetgraph.analysis.coverage import Heading
from targetgraph.analysis.gaps.context import Context, weakest
from targetgraph.analysis.gaps.record import Certainty, Evidence, Gap
from targetgraph.phrases import listed, say

KINDS: Final = frozenset({"no-deadline", "objective-without-deadline", "order-cannot-work"})
"""What is found here."""


def find(context: Context) -> Iterator[Gap]:
    """All gaps that have to do with time."""
    yield from _without_deadline(context)
    yield from _objectives_without_deadline(context)
    yield from _orders(context)


def _without_deadline(context: Context) -> Iterator[Gap]:
    for target in context.targets[context.graph.targets.deadline[context.targets] == 0].tolist():
        yield _undated(context, target)


def _undated(context: Context, target: int) -> Gap:
    return context.gap(
        "no-deadline",
        context.heading(target),
        missing=say("a date"),
        sentence=lambda: say("{target} gives no date.", target=context.name(target)),
        evidence=lambda: context.target_evidence(target),
        certainty=context.target_certainty(target),
    )


def _objectives_without_deadline(context: Context) -> Iterator[Gap]:
    table, targets = context.graph.tables["objectives"], context.graph.targets
    for number in np.flatnonzero(table.framework == context.framework).tolist():
        mine = context.targets[targets.objective[context.targets] == number]
        if len(mine) and not targets.deadline[mine].any():
            heading = Heading(table.iri[number], table.notation[number], table.label[number])
            yield _undated_objective(context, heading, mine.tolist())


def _undated_objective(context: Context, heading: Heading, targets: list[int]) -> Gap:
    def sentence() -> str:
        codes = listed([context.heading(t).code for t in targets])
        return say(
            "Objective {code} ({name}) has no date at all: {codes} gives none.",
            code=heading.code,
            name=heading.label,
            codes=codes,
        )

    return context.gap(
        "objective-without-deadline",
        heading,
        missing=say("a date for the whole objective"),
        sentence=sentence,
        evidence=lambda: [e for t in targets for e in context.target_evidence(t)],
        certainty=weakest(*(context.target_certainty(t) for t in targets)),
    )


def _orders(context: Context) -> Iterator[Gap]:
    """A target that has a date and needs another that is due later, or never."""
    table, deadlines = context.graph.tables["dependencies"], context.graph.targets.deadline
    mine = set(context.targets.tolist())
    for number in range(table.rows()):
        target, needed = int(table.target[number]), int(table.needed[number])
        if target not in mine or needed < 0 or not deadlines[target]:
            continue
        due, available = int(deadlines[target]), int(deadlines[needed])
        if available and available <= due:
            continue
        yield _order_gap(context, number, target, needed, due, available)


def _order_gap(context: Context, number: int, target: int, needed: int, due: int, available: int) -> Gap:
    table = context.graph.tables["dependencies"]

    def sentence() -> str:
        told = {"target": context.name(target), "year": str(due), "needed": context.name(needed)}
        if not available:
            return say("{target} is due in {year}, yet {needed}, which it needs, has no date.", **told)
        return say(
            "{target} is due in {year}, yet {needed}, which it needs, is due only in {later}.",
            **told,
            later=str(available),
        )

    judged = Certainty(float(table.confidence[number]), say("that one needs the other is a judgement of the curators"))
    return context.gap(
        "order-cannot-work",
        context.heading(target),
        detail=context.heading(needed).code,
        missing=say("what {code} is to bring, in time", code=context.heading(needed).code),
        sentence=sentence,
        evidence=lambda: [
            Evidence(table.rationale[number], table.iri[number], "judged"),
            context.target_evidence(target)[0],
            context.target_evidence(needed)[0],
        ],
        certainty=weakest(judged, context.target_certainty(target), context.target_certainty(needed)),
    )
