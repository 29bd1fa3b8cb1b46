"""Who acts, who benefits, who is merely named: the role of each actor from the words that govern it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from targetgraph.reading.mentions.enumerations import last_of_list, listed_together
from targetgraph.reading.mentions.governors import Clause, Governors, clause_numbers
from targetgraph.reading.mentions.role_words import RESPONSIBLE, VERBS
from targetgraph.reading.mentions.spots import Spot
from targetgraph.reading.mentions.tokens import Tokens
from targetgraph.reading.mentions.word_lists import Listed


def roles(text: Tokens, spots: Sequence[Spot], lists: Sequence[Listed], passed: set[int]) -> list[tuple[str, str]]:
    """Role and rule of each spot that names an actor; empty for the others.

    Parameters
    ----------
    spots : everything found, in the order of the text.
    lists : listed words in the text.
    passed : words that belong to deadlines, which may stand before a subject.
    """
    ends: defaultdict[int, list[Listed]] = defaultdict(list)
    verbs: set[int] = set()
    for hit in lists:
        ends[hit.last].append(hit)
        if any(code in VERBS for code in hit.lists):
            verbs.add(hit.last - 1)
    actor = [any(entry.label.kind == "actor" for entry in spot.entries) for spot in spots]
    clauses = clause_numbers(text)
    seen: dict[int, Clause] = {}
    inside = {i: n for n, spot in enumerate(spots) if actor[n] for i in range(spot.first, spot.last)}
    result: list[tuple[str, str]] = [("", "")] * len(spots)
    previous: int | None = None
    reader = Governors(text, ends, verbs, inside, clauses, passed)
    for number, spot in enumerate(spots):
        if not actor[number]:
            continue
        clause = seen.setdefault(clauses[spot.first], Clause())
        before: tuple[str, str] | None = None
        if previous is not None and clauses[spots[previous].first] == clauses[spot.first]:
            before = result[previous]
        if (
            before
            and previous is not None
            and not reader.has_cue(spot)
            and listed_together(text, spots[previous], spot)
        ):
            result[number] = before
        else:
            result[number] = reader.role(spot, last_of_list(text, spots, number, actor), clause, before)
        if result[number][0] == RESPONSIBLE:
            clause.subject = clause.subject or RESPONSIBLE
        elif not clause.subject and result[number][1] in ("passive-subject", "protected-subject"):
            clause.subject = result[number][0]
        previous = number
    return result
