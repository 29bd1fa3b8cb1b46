"""Targets without a date, objectives without any, and duties due before what they need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from targetgraph.analysis.coverage import Heading
from targetgraph.analysis.gaps.context import Context, listed, weakest
from targetgraph.analysis.gaps.record import Certainty, Evidence, Gap

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
        missing="a date",
        sentence=lambda: f"{context.name(target)} gives no date.",
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
        return f"Objective {heading.code} ({heading.label}) has no date at all: {codes} gives none."

    return context.gap(
        "objective-without-deadline",
        heading,
        missing="a date for the whole objective",
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
    when = f"is due only in {available}" if available else "has no date"
    judged = Certainty(float(table.confidence[number]), "that one needs the other is a judgement of the curators")
    return context.gap(
        "order-cannot-work",
        context.heading(target),
        detail=context.heading(needed).code,
        missing=f"what {context.heading(needed).code} is to bring, in time",
        sentence=lambda: f"{context.name(target)} is due in {due}, yet {context.name(needed)}, which it needs, {when}.",
        evidence=lambda: [
            Evidence(table.rationale[number], table.iri[number], "judged"),
            context.target_evidence(target)[0],
            context.target_evidence(needed)[0],
        ],
        certainty=weakest(judged, context.target_certainty(target), context.target_certainty(needed)),
    )
