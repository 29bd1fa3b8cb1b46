"""Does the new text ask for less or for more? Verbs of duty, hedges, dates, actors, figures, absolute words.

Texts with brackets are compared by the readings they leave open. A text is softer than another if the least it may come to is
less, and firmer if that is more. What only decides between readings that were open, or opens another above the least, changes
nothing in that, and is told as such: taking “should” of “[shall][should]” is a choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from targetgraph.analysis.comparison.texts.openness import (
    ABSENT,
    CERTAIN,
    OPEN,
    OpenText,
    duty,
    last_year,
    longest_span,
    opened,
)
from targetgraph.reading.mentions import Reader, Reading
from targetgraph.reading.smart.findings import findings
from targetgraph.records.wordings import Drift, TargetText

_WORDS = {3: "a duty", 2: "a recommendation", 1: "an encouragement", 0: "no verb of duty"}
_ACTING = ("responsible", "provider")
_OPPOSITE = {"softer": "firmer", "firmer": "softer"}


def drift(before: TargetText, after: TargetText, reader: Reader) -> Iterator[Drift]:
    """The ways in which the new text is softer, firmer, or otherwise different.

    Parameters
    ----------
    before, after : the two texts; in different languages only dates, figures and actors are compared.
    reader : reads both, in the readings that their brackets leave open.
    """
    old, new = opened(before, reader), opened(after, reader)
    if old.language == new.language:
        yield from _duty(old, new)
        yield from _words(old, new, reader)
    yield from _limit(old, new, last_year, "date", "The date")
    yield from _limit(old, new, longest_span, "span", "The time allowed, in months,")
    yield from _actors(old, new)
    for kind in ("sector", "stage", "issue", "sdg"):
        yield from _changes(kind, f"({kind})", old.standing(_named(kind)), new.standing(_named(kind)), "firmer")


def _duty(old: OpenText, new: OpenText) -> Iterator[Drift]:
    before, after = [duty(r) for r in old.readings], [duty(r) for r in new.readings]
    first, second = min(level for level, _ in before), min(level for level, _ in after)
    most_before, most_after = max(level for level, _ in before), max(level for level, _ in after)
    if (first, most_before) == (second, most_after):
        return
    b, a = _choices(before), _choices(after)
    if first == second:
        if most_after < most_before:
            says = f"{a} was chosen where {b} were open: the weakest of them."
        else:
            says = f"{a} are open now, where it was {b}."
        yield Drift(kind="duty", direction="other", says=says, before=b, after=a)
        return
    if not first or not second:
        says = f"A verb of duty is {'added' if second else 'gone'}: {a if second else b}."
        direction = "other" if (first or second) != 1 else ("firmer" if first else "softer")
        yield Drift(kind="duty", direction=direction, says=says, before=b, after=a)
        return
    direction = "softer" if second < first else "firmer"
    if len({level for level, _ in before}) > 1 and most_after == second:
        says = f"{a} was chosen where {b} were open."
    else:
        says = f"{b} became {a}: {_WORDS[first]} became {_WORDS[second]}."
    yield Drift(kind="duty", direction=direction, says=says, before=b, after=a)


def _choices(found: Sequence[tuple[int, tuple[str, ...]]]) -> str:
    """The words of every reading, the strongest first."""
    said = dict.fromkeys(word for _, words in sorted(found, key=lambda f: -f[0]) for word in words)
    none = [_WORDS[0]] if any(not level for level, _ in found) and said else []
    return ", ".join([f"“{word}”" for word in said] + none) or _WORDS[0]


def _found(kind: str, reader: Reader) -> Callable[[Reading], dict[str, str]]:
    def found(reading: Reading) -> dict[str, str]:
        return {f.quote.casefold(): f.quote for f in findings(reading, reader.lists) if f.kind == kind and f.start >= 0}

    return found


def _words(old: OpenText, new: OpenText, reader: Reader) -> Iterator[Drift]:
    for kind, name, more in (
        ("hedge", "softening words", "softer"),
        ("vague", "vague words", "softer"),
        ("absolute", "words for all or nothing", "firmer"),
        ("quantity", "figures", "firmer"),
    ):
        before, after = old.standing(_found(kind, reader)), new.standing(_found(kind, reader))
        if kind == "quantity":
            added = [after[k][1] for k in after if k not in before]
            gone = [before[k][1] for k in before if k not in after]
            stays = [after[k][1] for k in after if k in before and before[k][0] == OPEN and after[k][0] == CERTAIN]
            if gone and stays and not added:
                says = f"Of the figures {_listed([*stays, *gone])}, {_listed(stays)} stays."
                yield Drift(
                    kind=kind, direction="other", says=says, before=_listed([*stays, *gone]), after=_listed(stays)
                )
                continue
            if added and gone:
                says = f"The figure is another: {_listed(gone)} before, {_listed(added)} now."
                yield Drift(kind=kind, direction="other", says=says, before=_listed(gone), after=_listed(added))
                continue
        yield from _changes(kind, f"({name})", before, after, more)


def _limit(old: OpenText, new: OpenText, of: Callable[[Reading], int | None], kind: str, name: str) -> Iterator[Drift]:
    """A later date, or a longer time, asks for less; none at all for least."""
    before, after = {of(reading) for reading in old.readings}, {of(reading) for reading in new.readings}
    if before == after:
        return
    first, second = _least(before), _least(after)
    b, a = _told(before), _told(after)
    direction = "softer" if second > first else "firmer" if second < first else "other"
    if before == {None}:
        says = f"{name} {a} is added{' in brackets' if None in after else ''}."
        direction = "firmer" if None not in after else "other"
    elif after == {None}:
        says = f"{name} {b} is gone{', which stood in brackets' if None in before else ''}."
    elif before - {None} == after - {None}:
        says = f"{name} {a} stands in brackets now." if None in after else f"The brackets around {a} are lifted."
    elif after < before:
        says = f"{name} {a} was chosen where {b} were open."
    elif direction == "other":
        says = f"{name} was {b}, and is {a} now; the latest that is open is the same."
    else:
        says = f"{name} moved from {b} to {a}."
    yield Drift(kind=kind, direction=direction, says=says, before=b, after=a)


def _least(found: set[int | None]) -> float:
    return float("inf") if None in found else max(value for value in found if value is not None)


def _told(found: set[int | None]) -> str:
    return ", ".join(str(value) for value in sorted(value for value in found if value is not None))


def _named(kind: str) -> Callable[[Reading], dict[str, str]]:
    def found(reading: Reading) -> dict[str, str]:
        return {m.concept: m.quote for m in reading.of_kind(kind) if m.is_candidate and m.concept}

    return found


def _acting(reading: Reading) -> dict[str, str]:
    return {m.concept: m.quote for m in reading.of_kind("actor") if m.role in _ACTING}


def _actors(old: OpenText, new: OpenText) -> Iterator[Drift]:
    before, after = old.standing(_acting), new.standing(_acting)
    named = new.standing(_named("actor"))
    still = [words for key, (state, words) in before.items() if state == CERTAIN and key not in after and key in named]
    for change in _changes("actor", "to act", before, after, "firmer"):
        rest = (
            f" Still named, without having to act: {_listed(still)}." if still and change.direction == "softer" else ""
        )
        yield Drift(
            kind="actor",
            direction=change.direction,
            says=change.says + rest,
            before=change.before,
            after=change.after,
        )


_SAYS = {
    (ABSENT, CERTAIN): "Newly said {what}: {words}.",
    (CERTAIN, ABSENT): "No longer said {what}: {words}.",
    (OPEN, CERTAIN): "Was in brackets, and is said {what} now: {words}.",
    (CERTAIN, OPEN): "Stands in brackets now {what}: {words}.",
    (ABSENT, OPEN): "Proposed in brackets {what}: {words}.",
    (OPEN, ABSENT): "Was in brackets, and is gone {what}: {words}.",
}


def _changes(
    kind: str, what: str, before: dict[str, tuple[int, str]], after: dict[str, tuple[int, str]], more: str
) -> Iterator[Drift]:
    """How things came, went, and went into and out of brackets.

    Parameters
    ----------
    more : ``firmer`` where the text asks for more with them (actors, figures), ``softer`` where for less (hedges).
    """
    moved: dict[tuple[int, int], list[str]] = {}
    for key in dict.fromkeys((*before, *after)):
        first, second = before.get(key, (ABSENT, ""))[0], after.get(key, (ABSENT, ""))[0]
        if first != second:
            moved.setdefault((first, second), []).append((after.get(key) or before[key])[1])
    for (first, second), words in moved.items():
        said = _listed(words)
        # The least that a text may come to has what is certain, and softening words that are open.
        border = CERTAIN if more == "firmer" else OPEN
        crossed = (second >= border) - (first >= border)
        direction = more if crossed > 0 else _OPPOSITE[more] if crossed < 0 else "other"
        yield Drift(
            kind=kind,
            direction=direction,
            says=_SAYS[first, second].format(what=what, words=said),
            before=said if first else "",
            after=said if second else "",
        )


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
