"""What became of a target, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from targetgraph.analysis.comparison.differing import not_named, told_dimensions
from targetgraph.analysis.comparison.matching import Drop
from targetgraph.analysis.comparison.record import BECAME, SHORTENED, WHOLE, Differences, Pair, Side
from targetgraph.analysis.coverage import Heading
from targetgraph.phrases import listed


def called(heading: Heading) -> str:
    """``P2 (Partnerships and networks strengthened)``."""
    return f"{heading.code} ({heading.label})"


def sentences(
    before: Side, target: int, heading: Heading, pairs: Sequence[Pair], drop: Drop | None, after: Side
) -> Iterator[str]:
    """First what the target became, then how that differs from it."""
    whole = [p for p in pairs if p.relation in WHOLE]
    parts = [p for p in pairs if p.relation not in WHOLE]
    for pair in whole:
        yield _opening(heading, pair)
        if pair.differences:
            yield from _told(pair.differences, heading, pair.after)
    if not whole:
        said = "was dropped" if drop else "has no counterpart"
        rest = f"; parts of it are in {listed([p.after.code for p in parts])}" if parts else ""
        yield f"{called(heading)} {said}: no target of {after.name} takes it up as a whole{rest}."
        yield from _nowhere(before, target, after)
    elif parts:
        yield f"Parts of it are in {listed([p.after.code for p in parts])} too."
    for reason in [drop.rationale] if drop and drop.rationale else []:
        yield f"The curators give as reason: {reason.rstrip('.')}."
    for pair in pairs:
        if pair.rationale:
            yield f"Of {pair.after.code} they say: {pair.rationale.rstrip('.')}."


def _opening(heading: Heading, pair: Pair) -> str:
    verb = {BECAME: "became", SHORTENED: "was shortened to"}.get(pair.relation)
    if verb:
        return f"{called(heading)} {verb} {called(pair.after)}."
    if heading.code == pair.after.code and heading.label == pair.after.label:
        return f"{called(heading)} is in both."
    return f"{called(heading)} is matched with {called(pair.after)} by its code."


def _told(d: Differences, before: Heading, after: Heading) -> Iterator[str]:
    first, second = d.deadlines
    if d.nothing:
        yield "In what it names, its date and its hedges nothing differs."
    if d.brackets_lifted:
        yield f"The brackets around {_quoted(d.brackets_lifted)} are lifted, as far as recorded."
    if d.brackets_added:
        yield f"{_quoted(d.brackets_added)} now stands in brackets."
    if first != second:
        moved = f"moved from {first} to {second}"
        yield f"A date is {f'added: {second}' if not first else f'dropped: {first}' if not second else moved}."
    same = before.code == after.code
    lost = "Named before and no more" if same else f"Named in {before.code} and not in {after.code}"
    gained = "Named now and not before" if same else f"Named in {after.code} and not in {before.code}"
    for code, labels in d.lost.items():
        yield f"{lost} ({code}): {listed(labels)}."
    for code, labels in d.gained.items():
        yield f"{gained} ({code}): {listed(labels)}."
    if d.hedges_added:
        yield f"Hedges added: {_quoted(d.hedges_added)}."
    if d.hedges_removed:
        yield f"Hedges gone: {_quoted(d.hedges_removed)}."
    if d.measurability[0] != d.measurability[1]:
        old, new = (word or "not judged" for word in d.measurability)
        yield f"Its end state, {old} before, is {new} now."


def _quoted(words: Sequence[str]) -> str:
    return listed([f"“{word}”" for word in words])


def _nowhere(before: Side, target: int, after: Side) -> Iterator[str]:
    """What the target names and no target at all of the other side does."""
    theirs = after.graph.targets_of(after.number).tolist()
    for dimension in told_dimensions(before.graph):
        code = dimension.declaration.code
        if code in after.graph.dimensions:
            lost = not_named(dimension, [target], after.graph.dimension(code), theirs)
            if lost:
                yield f"It names {listed(lost)} ({code}), which no target of {after.name} does."
