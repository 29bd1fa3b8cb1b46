"""Labels in a text: longest first, with the parts that coordination leaves out, and abbreviations the text defines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from targetgraph.reading.mentions.tokens import COMMA, FREE, STOP, Tokens
from targetgraph.reading.mentions.trie import Found, Node, Trie
from targetgraph.reading.mentions.vocabulary import Entry, Vocabulary

_DECOYS = ("not-a-mention", "scope-phrase")
_LONGEST_CONJUNCT = 3

Glossary = dict[str, list[Entry]]
"""Abbreviations that a document has defined so far: what each stands for, by ``=`` and the abbreviation."""


@dataclass(slots=True)
class Spot:
    """Words that are labels: numbers of the first and of the one behind the last, and what they stand for."""

    first: int
    last: int
    entries: list[Entry]
    rule: str = "label"
    decoy: str = ""
    chained: bool = field(default=False)
    """Whether it was found as a part of a coordination."""

    def kinds(self) -> set[str]:
        """Kinds of what it stands for."""
        return {entry.label.kind for entry in self.entries}


def spots(text: Tokens, vocabulary: Vocabulary, glossary: Glossary) -> list[Spot]:
    """All labels in a text, in its order, none inside another.

    Parameters
    ----------
    glossary : abbreviations defined earlier in the document; those that this text defines are added.
    """
    trie = vocabulary.trie(text.language)
    decoys = vocabulary.lists.trie(text.language)
    found: list[Spot] = []
    index = 0
    while index < len(text):
        spot = _at(text, index, trie, decoys, glossary)
        if spot is None:
            index += 1
            continue
        _define(text, spot, glossary)
        found.append(spot)
        index = spot.last
    return _with_coordination(text, found, trie)


def _at(text: Tokens, index: int, trie: Trie[Entry], decoys: Trie[str], glossary: Glossary) -> Spot | None:
    """The longest label that begins at a word; a phrase that only looks like one wins if it is as long."""
    best: Spot | None = None
    if text.stems[index] in trie.root or text.acronyms[index] in trie.root:
        hit = trie.longest(text, index)
        if hit:
            best = Spot(hit.first, hit.last, hit.values, "label")
    if text.stems[index] in decoys.root:
        for other in decoys.phrases(text, index):
            code = next((value for value in other.values if value in _DECOYS), "")
            if code and (best is None or other.last >= best.last):
                best = Spot(other.first, other.last, [], "label", code)
    if text.acronyms[index] in glossary and (best is None or best.last == index + 1):
        return Spot(index, index + 1, glossary[text.acronyms[index]], "abbreviation")
    return best


def _define(text: Tokens, spot: Spot, glossary: Glossary) -> None:
    """Take up an abbreviation in parentheses behind a name; it belongs to the name's own words here."""
    after = spot.last
    if not spot.entries or after >= len(text) or text.gaps[after] != STOP or not text.acronyms[after]:
        return
    before = text.text[text.ends[after - 1] : text.starts[after]].strip()
    behind = text.text[text.ends[after] :].lstrip()[:1]
    if before not in ("(", "（") or behind not in (")", "）"):
        return
    if _abbreviates(text, spot, text.word(after)):
        glossary[text.acronyms[after]] = [entry for entry in spot.entries if not entry.ordinary] or spot.entries
        spot.last = after + 1


def _abbreviates(text: Tokens, spot: Spot, short: str) -> bool:
    """Whether the letters of the abbreviation come in this order in the name, the first one first."""
    name = text.text[text.starts[spot.first] : text.ends[spot.last - 1]].casefold()
    letters = [letter for letter in short.casefold().rstrip("s") if letter.isalpha()]
    place = 0
    for number, letter in enumerate(letters):
        place = name.find(letter, place)
        if place < 0 or (number == 0 and place and text.language in ("en",)):
            return False
        place += 1
    return True


# --- coordination: "health and labour authorities", "autorités sanitaires et agricoles" ------------------------


def _with_coordination(text: Tokens, found: list[Spot], trie: Trie[Entry]) -> list[Spot]:
    added: list[Spot] = []
    for spot in found:
        if spot.entries and spot.last - spot.first > 1:
            added += _leftward(text, spot, trie)
            added += _rightward(text, spot, trie)
    if not added:
        return found
    # A part of a coordination wins over what stands in its place alone, unless that is longer.
    result = list(found)
    for part in added:
        rivals = [s for s in result if s.first < part.last and part.first < s.last]
        if any(r.last - r.first > part.last - part.first or _same(r, part) for r in rivals):
            continue
        result = [s for s in result if s not in rivals]
        result.append(part)
    return sorted(result, key=lambda s: s.first)


def _same(spot: Spot, part: Spot) -> bool:
    """Whether a spot stands for what a part of a coordination would stand for in its place."""
    return {e.label.concept for e in part.entries} <= {
        e.label.concept for e in spot.entries
    } and spot.first == part.first


def joined(text: Tokens, left_end: int, right_start: int) -> bool:
    """Whether nothing but a comma, a conjunction or an article stands between two stretches."""
    comma = text.gaps[right_start] == COMMA
    if text.gaps[right_start] == STOP:
        return False
    words = range(left_end, right_start)
    if any(text.gaps[i] == STOP for i in words):
        return False
    comma = comma or any(text.gaps[i] == COMMA for i in words)
    middle = [i for i in words if not text.light[i]]
    if all(is_conjunction(text, i) for i in middle):
        return bool(middle) or comma or _prefixed_and(text, right_start) or _slashed(text, right_start)
    return False


def _prefixed_and(text: Tokens, index: int) -> bool:
    return text.language == "ar" and text.word(index).startswith("و")


def _slashed(text: Tokens, index: int) -> bool:
    return index > 0 and "/" in text.text[text.ends[index - 1] : text.starts[index]]


_CONJUNCTIONS = {
    "en": frozenset({"and", "or"}),
    "fr": frozenset({"et", "ou"}),
    "es": frozenset({"y", "e", "o", "u"}),
    "ru": frozenset({"и", "или"}),
    "ar": frozenset({"و", "أو", "او"}),
    "zh": frozenset("和及与或"),
}


def is_conjunction(text: Tokens, index: int) -> bool:
    """Whether a word joins what stands on its sides."""
    return text.word(index).casefold() in _CONJUNCTIONS.get(text.language, ())


def _leftward(text: Tokens, spot: Spot, trie: Trie[Entry]) -> Iterator[Spot]:
    """Parts before a label that lack its last words."""
    if text.language in ("ar", "zh"):
        return
    kinds = spot.kinds()
    for cut in range(spot.first + 1, spot.last):
        tail = [text.acronyms[i] or text.stems[i] for i in range(cut, spot.last) if not text.light[i]]
        right = spot.first
        while True:
            end = right
            while end > 0 and (is_conjunction(text, end - 1) or text.light[end - 1]):
                end -= 1
            if end <= 0 or not joined(text, end, right):
                break
            part = _completed(text, end, tail, kinds, trie)
            if part is None:
                break
            yield part
            right = part.first


def _completed(text: Tokens, end: int, tail: list[str], kinds: set[str], trie: Trie[Entry]) -> Spot | None:
    for size in range(min(_LONGEST_CONJUNCT, end), 0, -1):
        first = end - size
        if any(text.gaps[i] != FREE for i in range(first + 1, end)) or is_conjunction(text, first):
            continue
        values = _values(trie, [text.stems[i] for i in range(first, end)] + tail)
        entries = [entry for entry in values if entry.label.kind in kinds]
        if entries:
            return Spot(first, end, entries, "coordination", chained=True)
    return None


def _values(trie: Trie[Entry], keys: list[str]) -> list[Entry]:
    node: Node | None = trie.root
    for key in keys:
        node = node.get(key) if node else None
        if node is None:
            return []
    return [value for value, _ in (node or {}).get(None, ())]


def _rightward(text: Tokens, spot: Spot, trie: Trie[Entry]) -> Iterator[Spot]:
    """Parts behind a label that lack its first words."""
    kinds = spot.kinds()
    node: Node | None = trie.root
    for cut in range(spot.first, spot.last - 1):
        if text.light[cut] and cut > spot.first:
            continue
        node = node.get(text.acronyms[cut]) or node.get(text.stems[cut]) if node else None
        if node is None:
            return
        left = spot.last
        while True:
            start = left
            while start < len(text) and (is_conjunction(text, start) or text.light[start]):
                start += 1
            if start >= len(text) or not joined(text, left, start):
                break
            hits: list[Found[Entry]] = [
                hit for hit in trie.continued(node, text, start) if any(e.label.kind in kinds for e in hit.values)
            ]
            if not hits:
                break
            best = hits[-1]
            entries = [e for e in best.values if e.label.kind in kinds]
            yield Spot(start, best.last, entries, "coordination", chained=True)
            left = best.last
