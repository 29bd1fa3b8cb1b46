"""Does the new text ask for less or for more? Verbs of duty, hedges, dates, actors, figures, absolute words."""

from __future__ import annotations

from collections.abc import Iterator

from targetgraph.reading.mentions import Reader, Reading
from targetgraph.reading.smart.findings import findings
from targetgraph.records.wordings import Drift, TargetText

_LEVELS = {"binding": 3, "recommending": 2, "permitting": 1}
_WORDS = {3: "a duty", 2: "a recommendation", 1: "an encouragement"}
_ACTING = ("responsible", "provider")


def drift(before: TargetText, after: TargetText, reader: Reader) -> Iterator[Drift]:
    """The ways in which the new text is softer, firmer, or otherwise different.

    Parameters
    ----------
    before, after : the two texts; in different languages only dates, figures and actors are compared.
    reader : reads both.
    """
    old, new = reader.read(before.text, before.language), reader.read(after.text, after.language)
    if old.language == new.language:
        yield from _duty(old, new)
        yield from _words(old, new, reader)
    yield from _dates(old, new)
    yield from _actors(old, new)
    yield from _concerns(old, new)


def _verbs(reading: Reading) -> dict[int, list[str]]:
    """Verbs of duty by strength; a longer phrase hides the words in it."""
    found: dict[int, list[str]] = {}
    taken: set[int] = set()
    for hit in sorted(reading.listed, key=lambda h: (h.first - h.last, h.first)):
        levels = [_LEVELS[code] for code in hit.lists if code in _LEVELS]
        if levels and not taken.intersection(range(hit.first, hit.last)):
            taken.update(range(hit.first, hit.last))
            quote = reading.text[reading.words.starts[hit.first] : reading.words.ends[hit.last - 1]]
            found.setdefault(min(levels), []).append(quote)
    return found


def _duty(old: Reading, new: Reading) -> Iterator[Drift]:
    before, after = _verbs(old), _verbs(new)
    if not before and not after:
        return
    # The weakest word decides what the text asks for, as long as a choice between words is open.
    first, second = min(before, default=0), min(after, default=0)
    if first == second:
        return
    b = ", ".join(dict.fromkeys(before.get(first, ())))
    a = ", ".join(dict.fromkeys(after.get(second, ())))
    if not first or not second:
        says = f"A verb of duty is {'added' if second else 'gone'}: “{a or b}”."
        direction = "other" if (first or second) != 1 else ("firmer" if first else "softer")
        yield Drift(kind="duty", direction=direction, says=says, before=b, after=a)
        return
    direction = "softer" if second < first else "firmer"
    says = f"“{b}” became “{a}”: {_WORDS[first]} became {_WORDS[second]}."
    yield Drift(kind="duty", direction=direction, says=says, before=b, after=a)


def _words(old: Reading, new: Reading, reader: Reader) -> Iterator[Drift]:
    before = [f for f in findings(old, reader.lists) if f.start >= 0]
    after = [f for f in findings(new, reader.lists) if f.start >= 0]
    for kind, name, more in (
        ("hedge", "Softening words", "softer"),
        ("vague", "Vague words", "softer"),
        ("absolute", "Words for all or nothing", "firmer"),
        ("quantity", "Figures", "firmer"),
    ):
        first = {f.quote.casefold(): f.quote for f in before if f.kind == kind}
        second = {f.quote.casefold(): f.quote for f in after if f.kind == kind}
        less = "firmer" if more == "softer" else "softer"
        added, gone = [second[k] for k in second if k not in first], [first[k] for k in first if k not in second]
        if kind == "quantity" and added and gone:
            says = f"The figure is another: {_listed(gone)} before, {_listed(added)} now."
            yield Drift(kind=kind, direction="other", says=says, before=_listed(gone), after=_listed(added))
            continue
        if added:
            yield Drift(kind=kind, direction=more, says=f"{name} added: {_listed(added)}.", after=_listed(added))
        if gone:
            yield Drift(kind=kind, direction=less, says=f"{name} gone: {_listed(gone)}.", before=_listed(gone))


def _dates(old: Reading, new: Reading) -> Iterator[Drift]:
    before = sorted({year for d in old.deadlines for year in d.years})
    after = sorted({year for d in new.deadlines for year in d.years})
    first, second = ", ".join(map(str, before)), ", ".join(map(str, after))
    if before and after and max(after) != max(before):
        later = max(after) > max(before)
        says = f"The date moved from {first} to {second}."
        yield Drift(kind="date", direction="softer" if later else "firmer", says=says, before=first, after=second)
    elif before and not after:
        yield Drift(kind="date", direction="softer", says=f"The date {first} is gone.", before=first)
    elif after and not before:
        yield Drift(kind="date", direction="firmer", says=f"A date is added: {second}.", after=second)
    elif before and before != after:
        yield Drift(kind="date", direction="other", says=f"Dates {first} became {second}.", before=first, after=second)
    open_before = any(d.bracketed for d in old.deadlines)
    open_after = any(d.bracketed for d in new.deadlines)
    if before and after and open_before != open_after:
        says = "The date stands in brackets now." if open_after else "The brackets around the date are lifted."
        yield Drift(kind="date", direction="softer" if open_after else "firmer", says=says, before=first, after=second)


def _acting(reading: Reading) -> dict[str, str]:
    return {m.concept: m.quote for m in reading.of_kind("actor") if m.role in _ACTING}


def _actors(old: Reading, new: Reading) -> Iterator[Drift]:
    before, after = _acting(old), _acting(new)
    named = {m.concept for m in new.of_kind("actor") if m.is_candidate}
    gone = [quote for concept, quote in before.items() if concept not in after]
    added = [quote for concept, quote in after.items() if concept not in before]
    if gone:
        still = [before[c] for c in before if c not in after and c in named]
        rest = f"; still named, without having to act: {_listed(still)}" if still else ""
        yield Drift(
            kind="actor",
            direction="softer",
            says=f"No longer said to act: {_listed(gone)}{rest}.",
            before=_listed(gone),
        )
    if added:
        yield Drift(
            kind="actor", direction="firmer", says=f"Newly said to act: {_listed(added)}.", after=_listed(added)
        )


def _concerns(old: Reading, new: Reading) -> Iterator[Drift]:
    for kind in ("sector", "stage", "issue", "sdg"):
        before = {m.concept: m.quote for m in old.of_kind(kind) if m.is_candidate}
        after = {m.concept: m.quote for m in new.of_kind(kind) if m.is_candidate}
        gone = [quote for concept, quote in before.items() if concept not in after]
        added = [quote for concept, quote in after.items() if concept not in before]
        if gone:
            yield Drift(
                kind=kind, direction="softer", says=f"No longer named ({kind}): {_listed(gone)}.", before=_listed(gone)
            )
        if added:
            yield Drift(
                kind=kind, direction="firmer", says=f"Newly named ({kind}): {_listed(added)}.", after=_listed(added)
            )


def _listed(words: list[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
