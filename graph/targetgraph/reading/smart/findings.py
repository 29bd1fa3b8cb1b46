"""What in a text speaks for or against its being SMART: words of the lists, actors, numbers, dates, and what is absent."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from targetgraph.reading.mentions.finding import Reading
from targetgraph.reading.mentions.tokens import STOP
from targetgraph.reading.mentions.word_lists import Listed, WordLists
from targetgraph.records.mentions import Deadline, Mention
from targetgraph.records.smart import Finding

_KINDS = {
    "hedge-condition": "hedge",
    "hedge-effort": "hedge",
    "vague-quality": "vague",
    "absolute": "absolute",
    "activity": "activity",
}
_SPEAKING = {"degree": "degree", "checkable": "checkable", "means": "means", "purpose": "purpose"}
_UMBRELLAS = frozenset({"stakeholders"})
_ACTING = frozenset({"responsible", "provider", "participant"})

_QUANTITY = re.compile(
    r"(?<![\w./-])(?:\d{1,9}(?:[ .,\u00a0]\d{1,3}){0,5}\s{0,3}(?:%|per\s*cent|percent|pour\s+cent|por\s+ciento|процент\w*"
    r"|في\s+المائة|بالمائة)"
    r"|(?:one|two|five|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?\s+per\s+cent"
    r"|百分之[一二三四五六七八九十\d]+|halve[sd]?\b|by\s+half\b|de\s+moitié|a\s+la\s+mitad|two\s+thirds|one\s+third"
    r"|(?:\d{1,3}(?:[,. ]\d{3}){1,5}|\d{2,12}"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:hundred|thousand|million)))",
    re.IGNORECASE,
)
_SHARE = re.compile(r"%|cent|ciento|процент|المائة|百分|third|half|halve|moitié|mitad", re.IGNORECASE)
_BASELINE_YEAR = re.compile(
    r"\b(?:19|20)\d\d\s+(?:levels?|baseline|values?)|\(\s*(?:19|20)\d\d\s*[:：]|up\s+from\b|en\s+(?:19|20)\d\d\s*:"
)
_PARTICIPLES = {
    "en": re.compile(r"\w+(?:ed|en)|made|set|put|held|kept|met|built|known|found|led|taken|given"),
    "fr": re.compile(
        r"\w+(?:é|ée|és|ées)|pris\w*|mis\w*|réduit\w*|établi\w*|fourni\w*|garanti\w*|produit\w*|accrue?s?"
    ),
    "es": re.compile(r"\w+(?:ado|ada|ados|adas|ido|ida|idos|idas)|hech\w+|puest\w+"),
}
_PASSIVE_SOURCE = (
    "R. Quirk et al., A Comprehensive Grammar of the English Language (1985), 3.63 ff.; UN Editorial Manual"
)
_ACTOR_SOURCE = "the submission that this project begins with: responsible actors beside each target"
_COUNT_SOURCE = "OECD-DAC, Glossary of Key Terms in Evaluation and Results Based Management (2002), baseline"
_DATE_SOURCE = "G. T. Doran, There's a S.M.A.R.T. way to write management's goals and objectives (1981)"


def findings(reading: Reading, lists: WordLists) -> list[Finding]:
    """Everything that matters, in the order of the text; absences last.

    Parameters
    ----------
    reading : the text, with its mentions and deadlines.
    lists : the lists it was read with; they say what each word means and what to do about it.
    """
    found = [*_listed(reading, lists), *_actors(reading), *_quantities(reading), *_dates(reading), *_concerns(reading)]
    found.sort(key=lambda f: (f.start < 0, f.start, -f.end))
    return found


def _listed(reading: Reading, lists: WordLists) -> Iterator[Finding]:
    taken: set[int] = set()
    # A longer phrase explains its words: "where appropriate" is a condition, not the vague word in it.
    for hit in sorted(reading.listed, key=lambda h: (h.first - h.last, h.first)):
        codes = [code for code in hit.lists if code in _KINDS]
        if "not-a-mention" in hit.lists:
            taken.update(range(hit.first, hit.last))
        if not codes or taken.intersection(range(hit.first, hit.last)):
            continue
        taken.update(range(hit.first, hit.last))
        yield _finding(reading, hit, lists, codes[0], _KINDS[codes[0]])
    seen: set[tuple[str, int]] = set()
    # A word inside a longer phrase that means something else is no evidence: "resource" in "resource efficiency".
    hidden = {i for hit in reading.listed if "not-a-mention" in hit.lists for i in range(hit.first, hit.last)}
    for hit in sorted(reading.listed, key=lambda h: (h.first - h.last, h.first)):
        for code, kind in _SPEAKING.items():
            if (
                code in hit.lists
                and (kind, hit.first) not in seen
                and not hidden.issuperset(range(hit.first, hit.last))
            ):
                seen.update((kind, place) for place in range(hit.first, hit.last))
                yield _finding(reading, hit, lists, code, kind)


def _finding(reading: Reading, hit: Listed, lists: WordLists, code: str, kind: str) -> Finding:
    known = lists.lists[code]
    start, end = reading.words.starts[hit.first], reading.words.ends[hit.last - 1]
    good = kind in ("checkable", "means", "purpose")
    return Finding(
        kind=kind, quote=reading.text[start:end], start=start, end=end, says=known.definition,
        hint="" if good else known.hint, source=known.source,
    )  # fmt: skip


def _at(mention: Mention | Deadline) -> dict[str, str | int]:
    return {"quote": mention.quote, "start": mention.start, "end": mention.end}


def _actors(reading: Reading) -> Iterator[Finding]:
    acting = [m for m in reading.of_kind("actor") if m.role in _ACTING]
    responsible = [m for m in acting if m.role != "participant"]
    for mention in responsible:
        umbrella = mention.concept in _UMBRELLAS
        yield Finding(
            kind="umbrella" if umbrella else "actor", quote=mention.quote, start=mention.start, end=mention.end,
            says="A catch-all acts: everybody, hence nobody." if umbrella else "It is said who acts.",
            hint="Name the groups that are to act, each with its part." if umbrella else "", source=_ACTOR_SOURCE,
        )  # fmt: skip
    if responsible:
        return
    passives = list(_passives(reading))
    yield from passives
    opening = _opening_verb(reading)
    if opening and not passives:
        yield opening
    if not passives and not opening:
        yield Finding(
            kind="no-actor",
            says="Nobody who acts was found in the text.",
            hint="Begin with who is to act.",
            source=_ACTOR_SOURCE,
        )


def _passives(reading: Reading) -> Iterator[Finding]:
    """An auxiliary and a participle close behind it."""
    words, pattern = reading.words, _PARTICIPLES.get(reading.language)
    for hit in reading.listed:
        if "passive-auxiliary" not in hit.lists or pattern is None:
            continue
        for i in range(hit.last, min(hit.last + 3, len(words))):
            if words.gaps[i] == STOP:
                break
            if pattern.fullmatch(words.word(i).casefold()) and words.word(i).casefold() not in ("been", "when", "then"):
                start, end = words.starts[hit.first], words.ends[i]
                yield Finding(
                    kind="passive", quote=reading.text[start:end], start=start, end=end,
                    says="It is said what is done, and not by whom.",
                    hint="Turn the sentence round: who does it?", source=_PASSIVE_SOURCE,
                )  # fmt: skip
                break


def _opening_verb(reading: Reading) -> Finding | None:
    """A sentence that begins with what is to be done ("Reduce by …"): an order to nobody in particular."""
    if not len(reading.words):
        return None
    first = next(
        (h for h in reading.listed if h.first == 0 and {"degree", "checkable", "activity"}.intersection(h.lists)), None
    )
    if first is None:
        return None
    end = reading.words.ends[first.last - 1]
    return Finding(
        kind="passive", quote=reading.text[:end], start=0, end=end, says="The sentence says what to do, and not to whom.",
        hint="Begin with who is to act.", source=_ACTOR_SOURCE,
    )  # fmt: skip


def _quantities(reading: Reading) -> Iterator[Finding]:
    others: list[Deadline | Mention] = [*reading.deadlines, *reading.of_kind("sdg", "document")]
    spans = sorted((other.start, other.end) for other in others)
    starts = [start for start, _ in spans]
    baseline = _baseline(reading)
    for match in _QUANTITY.finditer(reading.text):
        start, end = match.span()
        before = bisect_right(starts, start) - 1
        inside = before >= 0 and start < spans[before][1]
        if inside or _is_year(match.group()) or _is_number_of_something(reading, start):
            continue
        yield Finding(
            kind="quantity", quote=match.group(), says="A figure to reach.", source=_COUNT_SOURCE, start=start, end=end
        )
        if baseline is None and _SHARE.search(match.group()) and not _of_a_whole(reading, start, end):
            hint = "Say from what it is counted: the year, and the value then."
            says = "A share or a change, and nothing from which it is counted."
            yield Finding(
                kind="no-baseline",
                quote=match.group(),
                says=says,
                hint=hint,
                source=_COUNT_SOURCE,
                start=start,
                end=end,
            )
    if baseline is not None:
        yield baseline


def _is_year(words: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", words))


def _is_number_of_something(reading: Reading, start: int) -> bool:
    """Numbers of standards and resolutions count nothing."""
    return bool(
        re.search(r"(?:ISO|IEC|No\.|n°|№|REACH|article|Article|CAS)\s*$", reading.text[max(0, start - 20) : start])
    )


def _of_a_whole(reading: Reading, start: int, end: int) -> bool:
    """ "60 per cent of Governments": a share of things that can be counted, at the beginning or behind "at least"."""
    behind = reading.text[end : end + 25]
    before = reading.text[max(0, start - 20) : start]
    change = re.search(r"(?:by|de|en|на)\s*$", before)
    return bool(re.match(r"\s*(?:of|des|de|del|от|من)\s", behind)) and not change


def _baseline(reading: Reading) -> Finding | None:
    hit = next((h for h in reading.listed if "baseline" in h.lists and _weighty(reading, h)), None)
    match = _BASELINE_YEAR.search(reading.text)
    if hit is not None:
        start, end = reading.words.starts[hit.first], reading.words.ends[hit.last - 1]
    elif match:
        start, end = match.span()
    else:
        return None
    return Finding(
        kind="baseline", quote=reading.text[start:end], start=start, end=end, says="It is said from what change is counted.",
        source=_COUNT_SOURCE,
    )  # fmt: skip


def _weighty(reading: Reading, hit: Listed) -> bool:
    """In Chinese a single character compares nothing by itself."""
    return reading.language != "zh" or hit.last - hit.first > 1


def _dates(reading: Reading) -> Iterator[Finding]:
    for deadline in reading.deadlines:
        start, end = deadline.start, deadline.end
        if deadline.is_certain:
            yield Finding(
                kind="deadline",
                quote=deadline.quote,
                says="One date, that a calendar holds.",
                source=_DATE_SOURCE,
                start=start,
                end=end,
            )
            continue
        if deadline.months:
            says = "A span of time: when it ends depends on when it begins."
            hint = (
                "Give the year in which it ends."
                if deadline.counted_from
                else "Say from when it counts, or give the year."
            )
        else:
            says, hint = "The date is not agreed: it stands in brackets.", "Agree on one year."
        yield Finding(
            kind="open-deadline", quote=deadline.quote, says=says, hint=hint, source=_DATE_SOURCE, start=start, end=end
        )
    if not reading.deadlines:
        yield Finding(
            kind="no-deadline", says="No date was found in the text.", hint="Add a year: by when?", source=_DATE_SOURCE
        )


def _concerns(reading: Reading) -> Iterator[Finding]:
    for mention in reading.of_kind("sector", "stage", "issue", "sdg"):
        if mention.is_candidate:
            says = f"It names what it concerns: {mention.label or mention.quote}."
            yield Finding(kind="concern", quote=mention.quote, start=mention.start, end=mention.end, says=says)
