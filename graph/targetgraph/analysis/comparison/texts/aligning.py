"""Which text of an old list became which of a new one, from the words they share.

Two texts are alike by the weighted Dice coefficient of their words (L. R. Dice, 1945), a word counting the more the fewer
texts have it (inverse document frequency, K. Spärck Jones, 1972). The same number adds a little, so that it decides between
texts that are alike; it never makes a pair of texts that share nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from targetgraph.analysis.comparison.texts.difference import difference, is_reading, words
from targetgraph.analysis.comparison.texts.strength import drift
from targetgraph.reading.mentions import Reader
from targetgraph.reading.mentions.tokens import tokens
from targetgraph.records.wordings import (
    ADDED,
    DECIDED,
    DROPPED,
    MERGED,
    MOVED,
    MOVED_AND_REWORDED,
    REWORDED,
    SAME,
    SPLIT,
    Alignment,
    Similarity,
    TargetText,
)

SAME_NUMBER = 0.15
"""What the same number adds to the likeness when pairs are chosen."""

ENOUGH_WITH_NUMBER, ENOUGH = 0.2, 0.35
"""Likeness from which two texts are a pair: with the same number, and without."""

CONTAINED = 0.55
"""Share of a text's weight found in another one, from which it went into that one."""


@dataclass(slots=True)
class _Bag:
    """The words of a text with their weights."""

    text: TargetText
    words: Counter[str]
    weight: float = 0.0


def align(old: Sequence[TargetText], new: Sequence[TargetText], reader: Reader | None = None) -> list[Alignment]:
    """Align two versions.

    Parameters
    ----------
    old, new : the texts in their order; codes need not be unique across versions, but inside one.
    reader : finds actors, dates and verbs of duty, for the drift; without one no drift is told.

    Returns
    -------
    list[Alignment]
        In the order of the old version, what was added last. Each text stands in one pair at most, and in any number of
        mergers and splits.
    """
    before, after, weights = _bags(old, new)
    pairs = _pairs(before, after, weights)
    found: list[tuple[int, int, Alignment]] = []
    taken = dict(pairs)
    for a, b in pairs:
        found.append((a, b, _pair(before[a].text, after[b].text, _likeness(before[a], after[b], weights), reader)))
    paired = set(taken.values())
    placed_old, placed_new = set(taken), set(paired)
    for a, b in _contained(before, after, weights, [i for i in range(len(before)) if i not in taken]):
        found.append((a, b, _part(MERGED, before[a], after[b], weights, reader)))
        placed_old.add(a)
        placed_new.add(b)
    for b, a in _contained(after, before, weights, [i for i in range(len(after)) if i not in paired]):
        found.append((a, b, _part(SPLIT, before[a], after[b], weights, reader)))
        placed_old.add(a)
        placed_new.add(b)
    nothing = Similarity(score=0.0, because="No text of the other version shares enough words with it.")
    for a, bag in enumerate(before):
        if a not in placed_old:
            found.append((a, -1, Alignment(relation=DROPPED, before=bag.text, after=None, similarity=nothing)))
    for b, bag in enumerate(after):
        if b not in placed_new:
            found.append((len(before), b, Alignment(relation=ADDED, before=None, after=bag.text, similarity=nothing)))
    return [alignment for _, _, alignment in sorted(found, key=lambda item: item[:2])]


def _bags(old: Sequence[TargetText], new: Sequence[TargetText]) -> tuple[list[_Bag], list[_Bag], dict[str, float]]:
    # Labels of options and names of those who proposed words say nothing about what a text is.
    plain = (" ".join(word.text for word in words(t.text).words) for t in (*old, *new))
    bags = [
        _Bag(t, Counter(tokens(text, t.language.split("-")[0]).stems))
        for t, text in zip((*old, *new), plain, strict=True)
    ]
    seen = Counter(word for bag in bags for word in bag.words)
    weights = {word: math.log(1 + len(bags) / count) for word, count in seen.items()}
    for bag in bags:
        bag.weight = sum(weights[word] * n for word, n in bag.words.items())
    return bags[: len(old)], bags[len(old) :], weights


def _shared(a: _Bag, b: _Bag, weights: dict[str, float]) -> float:
    if len(b.words) < len(a.words):
        a, b = b, a
    return sum(weights[word] * min(n, b.words[word]) for word, n in a.words.items() if word in b.words)


def _dice(a: _Bag, b: _Bag, weights: dict[str, float]) -> float:
    total = a.weight + b.weight
    return 2 * _shared(a, b, weights) / total if total else 1.0


def _pairs(before: Sequence[_Bag], after: Sequence[_Bag], weights: dict[str, float]) -> list[tuple[int, int]]:
    """Pairs, the most alike first, none twice."""
    by_word: dict[str, list[int]] = {}
    for b, bag in enumerate(after):
        for word in bag.words:
            by_word.setdefault(word, []).append(b)
    rare = max(20, len(after) // 20)
    chosen: list[tuple[float, int, int]] = []
    for a, bag in enumerate(before):
        # Words that nearly every text has bring nobody together; where there are few texts, all words count.
        near = {b for word in bag.words if len(by_word.get(word, ())) <= rare for b in by_word.get(word, ())}
        near.update(b for b, other in enumerate(after) if other.text.code == bag.text.code)
        for b in near:
            likeness = _dice(bag, after[b], weights)
            same = bag.text.code == after[b].text.code
            if likeness >= (ENOUGH_WITH_NUMBER if same else ENOUGH):
                chosen.append((likeness + SAME_NUMBER * same, a, b))
    used_old: set[int] = set()
    used_new: set[int] = set()
    result = []
    for _, a, b in sorted(chosen, key=lambda c: (-c[0], c[1], c[2])):
        if a not in used_old and b not in used_new:
            used_old.add(a)
            used_new.add(b)
            result.append((a, b))
    return result


def _contained(
    these: Sequence[_Bag], those: Sequence[_Bag], weights: dict[str, float], left: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """For each text that is left, the one of the other side that holds most of its words, if that is enough."""
    for i in left:
        bag = these[i]
        if not bag.weight:
            continue
        shares = [(_shared(bag, other, weights) / bag.weight, -j) for j, other in enumerate(those)]
        share, j = max(shares, default=(0.0, 0))
        if share >= CONTAINED:
            yield i, -j


def _pair(before: TargetText, after: TargetText, similarity: Similarity, reader: Reader | None) -> Alignment:
    alike, same_number = before.text == after.text, before.code == after.code
    diff = difference(before.text, after.text)
    reworded = DECIDED if is_reading(diff) else REWORDED
    relation = (SAME if alike else reworded) if same_number else (MOVED if alike else MOVED_AND_REWORDED)
    changes = tuple(drift(before, after, reader)) if reader and not alike else ()
    return Alignment(
        relation=relation, before=before, after=after, similarity=similarity, diff=diff, drift=changes
    )  # fmt: skip


def _part(relation: str, a: _Bag, b: _Bag, weights: dict[str, float], reader: Reader | None) -> Alignment:
    small = a if relation == MERGED else b
    share = _shared(a, b, weights) / small.weight
    whose, whom = ("the old text", "the new one") if relation == MERGED else ("the new text", "the old one")
    because = f"{share:.0%} of the weight of the words of {whose} is in {whom}: {_examples(a, b, weights)}."
    return Alignment(
        relation=relation, before=a.text, after=b.text, similarity=Similarity(score=round(share, 3), because=because),
        diff=difference(a.text.text, b.text.text),
    )  # fmt: skip


def _likeness(a: _Bag, b: _Bag, weights: dict[str, float]) -> Similarity:
    common = sum((a.words & b.words).values())
    most = max(sum(a.words.values()), sum(b.words.values()))
    number = (
        f"same number {a.text.code}"
        if a.text.code == b.text.code
        else f"number {a.text.code} before, {b.text.code} now"
    )
    examples = _examples(a, b, weights)
    told = f"; most telling: {examples}" if examples else ""
    return Similarity(
        score=round(_dice(a, b, weights), 3), because=f"{common} of {most} words are in both, {number}{told}."
    )


def _examples(a: _Bag, b: _Bag, weights: dict[str, float], most: int = 5) -> str:
    """The rarest words that both have, as the old text writes them."""
    language = a.text.language.split("-")[0]
    cut = tokens(a.text.text, language)
    written = {stem: cut.word(i) for i, stem in reversed(list(enumerate(cut.stems)))}
    common = sorted((a.words & b.words), key=lambda word: (-weights[word], word))
    return ", ".join(f"“{written.get(word, word)}”" for word in common[:most])
