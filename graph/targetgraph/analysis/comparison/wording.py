"""What became of a target, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from targetgraph.analysis.comparison.differing import not_named, told_dimensions
from targetgraph.analysis.comparison.matching import Drop
from targetgraph.analysis.comparison.record import BECAME, SHORTENED, WHOLE, Differences, Pair, Side
from targetgraph.analysis.coverage import Heading
from targetgraph.phrases import listed, say


def called(heading: Heading) -> str:
    """``P2 (Partnerships and networks strengthened)``."""
    return say("{code} ({name})", code=heading.code, name=heading.label)


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
        told = {"target": called(heading), "framework": after.name}
        opening = (
            say("{target} was dropped: no target of {framework} takes it up as a whole", **told)
            if drop
            else say("{target} has no counterpart: no target of {framework} takes it up as a whole", **told)
        )
        if parts:
            codes = listed([p.after.code for p in parts])
            yield say("{opening}; parts of it are in {codes}.", opening=opening, codes=codes)
        else:
            yield say("{opening}.", opening=opening)
        yield from _nowhere(before, target, after)
    elif parts:
        yield say("Parts of it are in {codes} too.", codes=listed([p.after.code for p in parts]))
    for reason in [drop.rationale] if drop and drop.rationale else []:
        yield say("The curators give as reason: {reason}.", reason=reason.rstrip("."))
    for pair in pairs:
        if pair.rationale:
            yield say("Of {code} they say: {reason}.", code=pair.after.code, reason=pair.rationale.rstrip("."))


def _opening(heading: Heading, pair: Pair) -> str:
    told = {"target": called(heading), "other": called(pair.after)}
    if pair.relation == BECAME:
        return say("{target} became {other}.", **told)
    if pair.relation == SHORTENED:
        return say("{target} was shortened to {other}.", **told)
    if heading.code == pair.after.code and heading.label == pair.after.label:
        return say("{target} is in both.", target=called(heading))
    return say("{target} is matched with {other} by its code.", **told)


def _told(d: Differences, before: Heading, after: Heading) -> Iterator[str]:
    first, second = d.deadlines
    if d.nothing:
        yield say("In what it names, its date and its hedges nothing differs.")
    if d.brackets_lifted:
        yield say("The brackets around {quotes} are lifted, as far as recorded.", quotes=_quoted(d.brackets_lifted))
    if d.brackets_added:
        yield say("{quotes} now stands in brackets.", quotes=_quoted(d.brackets_added))
    if first != second:
        yield (
            say("A date is added: {year}.", year=str(second))
            if not first
            else say("A date is dropped: {year}.", year=str(first))
            if not second
            else say("A date is moved from {year} to {later}.", year=str(first), later=str(second))
        )
    between = (before.code, after.code)
    for code, labels in d.lost.items():
        yield _named_once(say("Named before and no more"), between, code, labels)
    for code, labels in d.gained.items():
        yield _named_once(say("Named now and not before"), between[::-1], code, labels)
    if d.hedges_added:
        yield say("Hedges added: {quotes}.", quotes=_quoted(d.hedges_added))
    if d.hedges_removed:
        yield say("Hedges gone: {quotes}.", quotes=_quoted(d.hedges_removed))
    if d.measurability[0] != d.measurability[1]:
        old, new = (word or "not judged" for word in d.measurability)
        yield say("Its end state, {old} before, is {new} now.", old=old, new=new)


def _named_once(same: str, codes: tuple[str, str], dimension: str, labels: Sequence[str]) -> str:
    """What one of two targets names and the other does not; ``same`` says so where they have one code."""
    said = same if codes[0] == codes[1] else say("Named in {code} and not in {other}", code=codes[0], other=codes[1])
    return say("{said} ({dimension}): {names}.", said=said, dimension=dimension, names=listed(labels))


def _quoted(words: Sequence[str]) -> str:
    return listed([say("“{quote}”", quote=word) for word in words])


def _nowhere(before: Side, target: int, after: Side) -> Iterator[str]:
    """What the target names and no target at all of the other side does."""
    theirs = after.graph.targets_of(after.number).tolist()
    for dimension in told_dimensions(before.graph):
        code = dimension.declaration.code
        if code in after.graph.dimensions:
            lost = not_named(dimension, [target], after.graph.dimension(code), theirs)
            if lost:
                yield say(
                    "It names {names} ({dimension}), which no target of {framework} does.",
                    names=listed(lost),
                    dimension=code,
                    framework=after.name,
                )
