"""Enumerations of actors: those that stand in one list share a role."""

from __future__ import annotations

import re
from collections.abc import Sequence

from targetgraph.reading.mentions.spots import Spot, is_conjunction, joined
from targetgraph.reading.mentions.tokens import STOP, Tokens


def listed_together(text: Tokens, left: Spot, right: Spot) -> bool:
    """Whether two actors are joined by a comma or conjunction, with at most one word beside it ("and other workers")."""
    if joined(text, left.last, right.first):
        return True
    between = text.text[text.ends[left.last - 1] : text.starts[right.first]]
    if re.fullmatch(r"\s*(?:\][\s]*\[|/|\[\s*(?:and|or|et|ou|y|o|и|или)?\s*|\)\s*(?:and|or|,|et|y|и)\s*)\s*", between):
        return True
    words = range(left.last, right.first)
    if any(text.gaps[i] == STOP for i in (*words, right.first)) or len(words) > 3:
        return False
    join = any(is_conjunction(text, i) for i in words)
    others = [i for i in words if not is_conjunction(text, i) and not text.light[i]]
    return join and len(others) <= 1 and all(text.word(i).casefold() in _QUALIFIERS for i in others)


_QUALIFIERS = frozenset(
    [
        "other",
        "their",
        "all",
        "relevant",
        "pregnant",
        "autres",
        "leurs",
        "toutes",
        "tous",
        "otros",
        "sus",
        "todas",
        "todos",
        "другие",
        "другим",
        "другими",
        "其他",
        "interested",
    ]
)


def last_of_list(text: Tokens, spots: Sequence[Spot], number: int, actor: Sequence[bool]) -> Spot:
    """The last actor of the list that a spot begins, or the spot itself."""
    last = spots[number]
    for following in range(number + 1, len(spots)):
        if not actor[following] or not listed_together(text, last, spots[following]):
            break
        last = spots[following]
    return last
