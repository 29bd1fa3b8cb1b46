"""What the columns of a table hold, by their headings."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from targetgraph.reading.targets.terms import COLUMN_TERMS

LEAST_LIKE = 0.75
"""Similarity from which a heading is taken for a term."""
_LONGEST_HEADING = 120
_NOT_LETTERS = re.compile(r"[^\w°]+")


@dataclass(frozen=True, slots=True)
class Match:
    """The role of a heading, the term it is like and how like (0 to 1)."""

    role: str
    term: str
    score: float


OTHER = Match("other", "", 0.0)


def normal(text: str) -> str:
    """A heading in small letters, without signs and accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return _NOT_LETTERS.sub(" ", plain).strip()


_TERMS = [(role, normal(term)) for role, terms in COLUMN_TERMS.items() for term in terms]


@lru_cache(maxsize=4096)
def matches(heading: str) -> tuple[Match, ...]:
    """The roles a heading may have, best first.

    Similarity is the ratio of Ratcliff and Obershelp (difflib) of heading and term; where all words of the term stand in the
    heading it is at least 0.8, the more the less else stands there.
    """
    if len(heading) > _LONGEST_HEADING:
        return ()
    words = normal(heading)
    if not words:
        return ()
    best: dict[str, Match] = {}
    for role, term in _TERMS:
        score = _likeness(words, term)
        if score >= LEAST_LIKE and score > best.get(role, OTHER).score:
            best[role] = Match(role, term, round(score, 2))
    return tuple(sorted(best.values(), key=lambda match: -match.score))


def _likeness(words: str, term: str) -> float:
    if words == term:
        return 1.0
    inside = words.split()
    if not set(term.split()) - set(inside):
        return 0.8 + 0.15 * len(term) / len(words)
    matcher = difflib.SequenceMatcher(None, words, term, autojunk=False)
    if min(len(words), len(term)) < 4 or matcher.real_quick_ratio() < LEAST_LIKE or matcher.quick_ratio() < LEAST_LIKE:
        return 0.0
    return matcher.ratio()


def roles_of(headings: Sequence[str], confirmed: Mapping[int, str] | None = None) -> list[Match]:
    """A role for each heading of a row; each role is given once, to the heading most like it; the others hold something else.

    Parameters
    ----------
    headings : from left to right.
    confirmed : roles that somebody has confirmed, by the index of the heading.
    """
    decided = {
        index: Match(role, "confirmed", 1.0) for index, role in (confirmed or {}).items() if index < len(headings)
    }
    taken = {match.role for match in decided.values()} - {"other"}
    offers = [
        (match.score, -index, match)
        for index, heading in enumerate(headings)
        if index not in decided
        for match in matches(heading)
    ]
    for _, negative, match in sorted(offers, key=lambda offer: (-offer[0], -offer[1])):
        if -negative not in decided and match.role not in taken:
            decided[-negative] = match
            taken.add(match.role)
    return [decided.get(index, OTHER) for index in range(len(headings))]
