"""Two texts word for word, with brackets understood: a lifted bracket deletes nothing, an alternative is chosen, not lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from targetgraph.reading.brackets import parse_brackets
from targetgraph.records.negotiation import Negotiation
from targetgraph.records.wordings import (
    BRACKETED,
    CHOSEN,
    DELETED,
    INSERTED,
    KEPT,
    LIFTED,
    NOT_CHOSEN,
    DiffPart,
)

_PIECE = re.compile(r"[\u3400-\u9fff]|\w+(?:[’'-]\w+)*|[^\w\s\[\]［］]")
_MOST_CHOICES = 8
"""Alternatives around a word that are looked at, the innermost ones."""
_MOST_PAIRS = 2_000_000
"""Pairs of equal words that are weighed; texts that repeat themselves more often are compared from both ends only."""
_BETWEEN = re.compile(r"\s*(?:/|or|ou|o|или|أو|或)\s*", re.IGNORECASE)
"""What joins alternatives and goes with the brackets: “[shall] or [should]”."""


class _Word(NamedTuple):
    """A word or sign, whether it stands in brackets, whether white space stands before it, and the alternatives around it."""

    text: str
    disputed: bool
    spaced: bool
    choices: tuple[tuple[int, int], ...]


class _Words(NamedTuple):
    """The words of a text, and the members of its groups of alternatives."""

    words: list[_Word]
    groups: list[tuple[int, ...]]


def words(text: str) -> _Words:
    """The words and signs of a text without its brackets, the labels of options, and the names of those who proposed."""
    read = parse_brackets(text)
    left_out = _stretches(_aside(read))
    opening = sorted(range(len(read.segments)), key=lambda i: (read.segments[i].inner_start, i))
    around: list[tuple[int, bool, tuple[tuple[int, int], ...]]] = []  # what nests, with what holds inside it
    found: list[_Word] = []
    ahead, out, end, space = 0, 0, 0, False
    for match in _PIECE.finditer(text):
        at = match.start()
        space = space or at > end
        end = match.end()
        while out < len(left_out) and left_out[out][1] <= at:
            out += 1
        if out < len(left_out) and left_out[out][0] <= at:
            space = True
            continue
        while ahead < len(opening) and read.segments[opening[ahead]].inner_start <= at:
            index, segment = opening[ahead], read.segments[opening[ahead]]
            while around and around[-1][0] <= segment.inner_start:
                around.pop()
            _, outer, chosen = around[-1] if around else (0, False, ())
            choice = (*chosen[1 - _MOST_CHOICES :], (segment.group, index)) if segment.group >= 0 else chosen
            around.append((segment.inner_end, outer or segment.kind in ("negotiated", "placeholder"), choice))
            ahead += 1
        while around and around[-1][0] <= at:
            around.pop()
        _, disputed, choices = around[-1] if around else (0, False, ())
        found.append(_Word(match.group(), disputed, space, choices))
        space = False
    return _Words(found, [group.members for group in read.groups])


def _aside(read: Negotiation) -> Iterator[tuple[int, int]]:
    """What is no part of the text: brackets with their labels, names of proponents, and what joins alternatives."""
    for segment in read.segments:
        yield from ((a.start, a.end) for a in segment.attributions)
        if segment.kind == "attribution":
            yield segment.start, segment.end
        elif segment.kind == "negotiated":
            yield segment.start, segment.inner_start
            yield segment.inner_end, segment.end
    for group in read.groups:
        for before, after in pairwise(group.members):
            gap = (read.segments[before].end, read.segments[after].start)
            if _BETWEEN.fullmatch(read.text[slice(*gap)]):
                yield gap


def _stretches(found: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that overlap or touch as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(pair for pair in found if pair[0] < pair[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def difference(before: str, after: str) -> tuple[DiffPart, ...]:
    """What was kept, deleted and inserted, around what brackets were lifted or put, and which alternatives were chosen.

    The words of the parts that are not inserted are those of ``before`` in their order, the words of those that are not
    deleted or not chosen those of ``after``; brackets, labels of options and names of proponents are no words. Words that
    differ in capitals only are the same.

    Notes
    -----
    Words are matched twice: first all with all; then, where one of several alternatives of one text stands in the other without
    brackets, without the alternatives that were not chosen, so that words they share are matched in the chosen one.
    """
    old, new = words(before), words(after)
    first = _opcodes(old, new, set(), set())
    pairs = [
        (i, j)
        for tag, a, b, c, _ in first
        if tag == "equal"
        for i, j in zip(range(a, b), range(c, c + b - a), strict=True)
    ]
    gone = _not_chosen(old, new, dict(pairs))
    offered = _not_chosen(new, old, {j: i for i, j in pairs})
    operations = _opcodes(old, new, gone, offered) if gone or offered else first
    pieces: list[tuple[str, bool, _Word]] = []
    for operation, a, b, c, d in operations:
        if operation == "equal":
            same = zip(range(a, b), range(c, d), strict=True)
            pieces += [(_kept(old.words[i], new.words[j], decided=bool(gone)), False, new.words[j]) for i, j in same]
        else:
            pieces += [(NOT_CHOSEN if i in gone else DELETED, old.words[i].disputed, old.words[i]) for i in range(a, b)]
            pieces += [(INSERTED, word.disputed, word) for word in new.words[c:d]]
    return tuple(_joined(pieces))


def _opcodes(old: _Words, new: _Words, gone: set[int], offered: set[int]) -> list[tuple[str, int, int, int, int]]:
    """How one list of words becomes the other; words of either that are set aside match nothing."""
    one = [(w.text.casefold(), -1) if i not in gone else (w.text, i) for i, w in enumerate(old.words)]
    other = [(w.text.casefold(), -1) if i not in offered else (w.text, -2 - i) for i, w in enumerate(new.words)]
    counts = Counter(other)
    if sum(n * counts[word] for word, n in Counter(one).items()) <= _MOST_PAIRS:
        return list(SequenceMatcher(None, one, other, autojunk=False).get_opcodes())
    most = min(len(one), len(other))
    begin = next((i for i in range(most) if one[i] != other[i]), most)
    behind = next((i for i in range(most - begin) if one[-1 - i] != other[-1 - i]), most - begin)
    a, b = len(one) - behind, len(other) - behind
    ends = [("equal", 0, begin, 0, begin), ("replace", begin, a, begin, b), ("equal", a, len(one), b, len(other))]
    return [part for part in ends if part[1] < part[2] or part[3] < part[4]]


def _not_chosen(these: _Words, those: _Words, matched: dict[int, int]) -> set[int]:
    """Words of alternatives another of which stands in the other text, and there outside brackets."""
    result: set[int] = set()
    places: dict[int, list[int]] = {}
    for i, word in enumerate(these.words):
        for _, member in word.choices:
            places.setdefault(member, []).append(i)
    for group in these.groups:
        shares = {m: sum(i in matched for i in places[m]) / len(places[m]) for m in group if m in places}
        best = max(shares, key=lambda m: (shares[m], len(places[m])), default=None)
        if best is None or not shares[best]:
            continue
        if any(those.words[matched[i]].disputed for i in places[best] if i in matched):
            continue
        result.update(i for m in shares if m != best for i in places[m])
    return result


def _kept(before: _Word, after: _Word, *, decided: bool) -> str:
    if before.disputed == after.disputed:
        return KEPT
    if before.disputed:
        return CHOSEN if decided and before.choices else LIFTED
    return BRACKETED


def is_reading(diff: Sequence[DiffPart]) -> bool:
    """Whether the new text only decides brackets of the old one: nothing new, nothing gone that was agreed."""
    settled = {LIFTED, CHOSEN, NOT_CHOSEN}
    return any(p.kind in settled or p.disputed for p in diff) and all(
        p.kind in settled or p.kind == KEPT or (p.kind == DELETED and p.disputed) for p in diff
    )


def _joined(pieces: Sequence[tuple[str, bool, _Word]]) -> Iterator[DiffPart]:
    start = 0
    for end in range(1, len(pieces) + 1):
        if end < len(pieces) and pieces[end][:2] == pieces[start][:2]:
            continue
        kind, disputed, _ = pieces[start]
        text = "".join(f" {w.text}" if w.spaced and n else w.text for n, (_, _, w) in enumerate(pieces[start:end]))
        yield DiffPart(kind=kind, text=text, disputed=disputed)
        start = end
