"""The words that govern the mention of an actor, and the role they give it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from targetgraph.reading.mentions.role_words import (
    ADDRESSING,
    AUXILIARIES,
    BENEFICIARY,
    CALLED,
    CLAUSE,
    CUES,
    FARTHEST,
    MOST_UNKNOWN,
    NEGATED_VERBS,
    NEGATIONS,
    OBJECT,
    OF,
    OWNER,
    PARTICIPLE,
    PROTECTED,
    RECEIVES,
    RESPONSIBLE,
    TOOLS,
    UNSTATED,
)
from targetgraph.reading.mentions.spots import Spot, is_conjunction
from targetgraph.reading.mentions.tokens import COMMA, FREE, STOP, Tokens
from targetgraph.reading.mentions.word_lists import Listed
from targetgraph.records.mentions import EXCLUDED


@dataclass(slots=True)
class Clause:
    """What has been seen of a clause so far."""

    subject: str = ""


def clause_numbers(text: Tokens) -> list[int]:
    """Which clause, counted from 0, each word of a text belongs to."""
    numbers, current = [], 0
    for i in range(len(text)):
        if i and text.gaps[i] == STOP and CLAUSE.intersection(text.text[text.ends[i - 1] : text.starts[i]]):
            current += 1
        numbers.append(current)
    return numbers


@dataclass(slots=True)
class Governors:
    """A text with everything that speaks for roles."""

    text: Tokens
    ends: defaultdict[int, list[Listed]]
    verbs: set[int]
    inside: dict[int, int]
    clauses: list[int]
    passed: set[int]

    def has_cue(self, spot: Spot) -> bool:
        """Whether the words just before a spot give it a role of its own."""
        return self._cue_at(spot.first) is not None

    def _cue_at(self, index: int) -> tuple[str, str] | None:
        """The strongest cue that ends just before a word, or before the articles that stand before it."""
        best: tuple[int, int, str, str] | None = None
        end = index
        while end >= 0:
            for hit in self.ends.get(end, ()):
                best = self._stronger(best, hit, index - hit.first)
            if end == 0 or not self.text.light[end - 1] or self.text.gaps[end] != FREE:
                break
            end -= 1
        return (best[2] or UNSTATED, best[3]) if best else None

    @staticmethod
    def _stronger(best: tuple[int, int, str, str] | None, hit: Listed, length: int) -> tuple[int, int, str, str] | None:
        calling = length > 1 or not {"recommending", "permitting"}.isdisjoint(hit.lists)
        if calling and not ADDRESSING.isdisjoint(hit.lists):
            candidate = (length, len(CUES) + 1, RESPONSIBLE, "addressed")
            best = max(best, candidate) if best else candidate
        for rank, (code, role, rule) in enumerate(CUES):
            if code in hit.lists:
                candidate = (length, len(CUES) - rank, role, rule)
                best = max(best, candidate) if best else candidate
        return best

    def role(self, spot: Spot, last: Spot, clause: Clause, before: tuple[str, str] | None) -> tuple[str, str]:
        """The role of a spot that begins a list ending with ``last``."""
        text = self.text
        if text.language == "ar" and text.word(spot.first).startswith("لل"):
            return BENEFICIARY, "dative"
        if text.language == "ru" and clause.subject and re.search(r"(?:ам|ям)$", text.word(spot.first).casefold()):
            return BENEFICIARY, "dative"
        if self._owns(spot):
            return OWNER, "owner"
        unknown, index, new_clause = 0, spot.first, False
        while True:
            if spot.first - index > FARTHEST:
                return self._subject(last, clause) if not clause.subject else (UNSTATED, "undecided")
            found = self._cue_at(index)
            if found and new_clause and found[1] not in ("participant-cue", "including"):
                return self._coordinate(last, clause)
            if found:
                return self._weighed(found, index, spot, last, clause, before)
            if index == 0 or self.clauses[index - 1] != self.clauses[spot.first]:
                return self._subject(last, clause)
            if text.gaps[index] == STOP:
                return self._subject(last, clause) if not clause.subject else (UNSTATED, "undecided")
            left = index - 1
            if left in self.passed:
                while index > 0 and index - 1 in self.passed:
                    index -= 1
                if not clause.subject:
                    return self._subject(last, clause)
                continue
            if left in self.verbs and text.language not in ("ar",) and left not in self.inside and clause.subject:
                return OBJECT, "object"
            if left in self.verbs and text.language in ("en", "zh") and left not in self.inside and not clause.subject:
                return OBJECT, "object"
            if text.gaps[index] == COMMA and not is_conjunction(text, left):
                return self._behind_comma(last, clause)
            if is_conjunction(text, left):
                if index == spot.first and clause.subject and self._verb_behind(last):
                    new_clause = True
            elif left in self.inside:
                if not clause.subject and unknown == 0:
                    return self._subject(last, clause)
            elif not text.light[left]:
                unknown += 1
            if unknown > MOST_UNKNOWN:
                return self._subject(last, clause) if not clause.subject else (UNSTATED, "undecided")
            index = left

    def _verb_behind(self, last: Spot) -> bool:
        """Whether a verb follows, so that a new clause begins without saying so."""
        if last.last >= len(self.text) or self.text.gaps[last.last] == STOP:
            return False
        return last.last in self.verbs or any(
            hit.first == last.last and {"passive-auxiliary", "binding", *ADDRESSING}.intersection(hit.lists)
            for end in range(last.last + 1, min(last.last + 4, len(self.text) + 1))
            for hit in self.ends.get(end, ())
        )

    def _owns(self, spot: Spot) -> bool:
        if spot.last < len(self.text) and self.text.gaps[spot.last] == FREE and self.text.language == "en":
            following = [self.text.word(i) for i in range(spot.last, min(spot.last + 2, len(self.text)))]
            capital = self.text.acronyms[spot.first] != ""
            return capital and any(TOOLS.fullmatch(word) for word in following[:1])
        return False

    def _weighed(
        self,
        found: tuple[str, str],
        index: int,
        spot: Spot,
        last: Spot,
        clause: Clause,
        before: tuple[str, str] | None,
    ) -> tuple[str, str]:
        text = self.text
        word = text.word(index - 1).casefold()
        if word in OF and self._tool_before(index - 1):
            return OWNER, "owner"
        if found[1] == "agent" and self._made_earlier(index - 1):
            return UNSTATED, "naming-cue"
        if text.language == "ar" and found[1] == "beneficiary-cue" and word[:1] in "تي" and not clause.subject:
            return self._subject(last, clause)  # the verb stands before its subject
        if found[1] == "including":
            return (before[0], "including") if before else self._subject(last, clause)
        if found[0] == EXCLUDED and word == "not" and index != spot.first:
            return self._subject(last, clause)
        if self._negated(index, spot):
            return EXCLUDED, "excluded"
        if (
            word in OF
            and found[1] in ("naming-cue", "beneficiary-cue")
            and not clause.subject
            and self._opens(index - 1)
        ):
            return self._subject(last, clause)
        if word == "by" and self._receives_before(index):
            return BENEFICIARY, "beneficiary-cue"
        return found

    def _opens(self, of: int) -> bool:
        """Whether "of" belongs to a head at the beginning of its clause: "The highest levels of …", "Members of …"."""
        start = of
        while start > 0 and self.clauses[start - 1] == self.clauses[of] and of - start <= 4:
            start -= 1
        if of - start > 4:
            return False
        return not any(i in self.verbs or i in self.inside for i in range(start, of)) and not any(
            hit.last - hit.first > 1 and "cue-beneficiary" in hit.lists for hit in self.ends.get(of + 1, ())
        )

    def _tool_before(self, of: int) -> bool:
        return of > 0 and bool(TOOLS.fullmatch(self.text.word(of - 1)))

    def _made_earlier(self, by: int) -> bool:
        """Whether "by" tells who made a document the sentence relies on ("guidance adopted by …"), and not who acts."""
        auxiliaries = AUXILIARIES.get(self.text.language, frozenset())
        for i in range(by - 1, max(by - 6, -1), -1):
            if self.clauses[i] != self.clauses[by] or self.text.word(i).casefold() in auxiliaries:
                return False
            if TOOLS.fullmatch(self.text.word(i)):
                return True
        return False

    def _receives_before(self, index: int) -> bool:
        return any("cue-beneficiary" in hit.lists and hit.last - hit.first > 1 for hit in self.ends.get(index, ()))

    def _negated(self, index: int, spot: Spot) -> bool:
        clause = self.clauses[spot.first]
        words = [i for i in range(max(0, index - 8), index) if self.clauses[i] == clause]
        negation = next((i for i in words if self.text.stems[i] in NEGATIONS), None)
        return negation is not None and any(self.text.stems[i] in NEGATED_VERBS for i in words if i > negation)

    def _subject(self, last: Spot, clause: Clause) -> tuple[str, str]:
        """A subject acts, unless its verb says that something is done to it or for it."""
        text = self.text
        index, limit = last.last, min(last.last + 9, len(text))
        clause_number = self.clauses[last.first]
        auxiliaries = AUXILIARIES.get(text.language, frozenset())
        while index < limit and self.clauses[index] == clause_number:
            word = text.word(index).casefold()
            if text.stems[index] in RECEIVES or word in RECEIVES:
                if word != "have" or (index + 1 < len(text) and text.word(index + 1).casefold() == "access"):
                    return BENEFICIARY, "protected-subject"
                break
            if word in auxiliaries:
                for behind in range(index + 1, min(index + 4, len(text))):
                    verb = text.word(behind).casefold()
                    if CALLED.fullmatch(verb):
                        return RESPONSIBLE, "addressed"
                    if PROTECTED.fullmatch(verb):
                        return BENEFICIARY, "protected-subject"
                    if PARTICIPLE[text.language].fullmatch(verb) and verb not in ("been", "in"):
                        return OBJECT, "passive-subject"
                break
            if index in self.verbs and word not in auxiliaries and not word.endswith(("ed", "é", "és", "ées")):
                break
            index += 1
        return RESPONSIBLE, "subject"

    def _behind_comma(self, last: Spot, clause: Clause) -> tuple[str, str]:
        return self._subject(last, clause) if not clause.subject else self._coordinate(last, clause)

    def _coordinate(self, last: Spot, clause: Clause) -> tuple[str, str]:
        role, rule = self._subject(last, clause)
        return (role, rule) if rule != "subject" else (RESPONSIBLE, "coordinate-clause")
