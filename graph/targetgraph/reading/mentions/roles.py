"""Who acts, who benefits, who is merely named: the role of each actor from the words that govern it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from targetgraph.reading.mentions.spots import Spot, is_conjunction, joined
from targetgraph.reading.mentions.tokens import COMMA, FREE, STOP, Tokens
from targetgraph.reading.mentions.word_lists import Listed
from targetgraph.records.mentions import EXCLUDED

RESPONSIBLE, BENEFICIARY, OBJECT = "responsible", "beneficiary", "object"
PARTICIPANT, CHANNEL, PROVIDER, OWNER, UNSTATED = "participant", "channel", "provider", "owner", "unstated"

# Which cue speaks when several end at the same word: the longer one, then in this order.
_CUES = (
    ("cue-exclusion", EXCLUDED, "excluded"),
    ("cue-including", "", "including"),
    ("cue-object", OBJECT, "object"),
    ("cue-source", PROVIDER, "giver-cue"),
    ("cue-agent", RESPONSIBLE, "agent"),
    ("cue-participant", PARTICIPANT, "participant-cue"),
    ("cue-channel", CHANNEL, "channel-cue"),
    ("cue-beneficiary", BENEFICIARY, "beneficiary-cue"),
    ("cue-naming", UNSTATED, "naming-cue"),
)
_VERBS = ("checkable", "degree", "activity")
_ADDRESSING = frozenset({"recommending", "permitting", "hedge-effort"})
_CLAUSE = frozenset(".;:!?。；：！？؛؟")
_MOST_UNKNOWN = 3
_FARTHEST = 40
"""Words that are looked back through for one that governs: enough for any list, and few enough for any text."""

_OF = frozenset({"of", "de", "du", "des", "d", "del"})
_NEGATIONS = frozenset(
    {"no", "nothing", "none", "neither", "not", "nobody", "aucun", "aucune", "ningun", "ninguna", "никакой"}
)
_NEGATED_VERBS = frozenset({"oblige", "require", "required", "bind", "affect", "apply", "concern", "demand", "report"})
_PARTICIPLE = {
    "en": re.compile(
        r".*(?:ed|en)|made|set|put|held|kept|met|built|known|found|led|accessible|available|in|operational|free|open"
    ),
    "fr": re.compile(r".*(?:é|ée|és|ées|is|ise|ises|it|ite|its|ites|us|ue|ues|accessibles?|disponibles?)"),
    "es": re.compile(r".*(?:ado|ada|ados|adas|ido|ida|idos|idas|cho|cha|chos|chas|to|ta|tos|tas|accesibles?|disponibles?)"),
}  # fmt: skip
_AUXILIARIES = {
    "en": frozenset({"is", "are", "be", "been", "being", "was", "were"}),
    "fr": frozenset({"est", "sont", "soient", "soit", "être", "seront", "sera"}),
    "es": frozenset({"son", "es", "sean", "ser", "serán", "será", "están", "está"}),
}
_PROTECTED = re.compile(
    r"protect(?:ed)|trained|informed|supported|assisted|safeguarded|compensated|helped|empowered|educated|equipped|"
    r"consulted|shielded|enabled|heard|warned|provided|given|protég\w+|formé\w*|informé\w*|soutenu\w*|"
    r"aidé\w*|appuyé\w*|indemnisé\w*|protegid\w+|capacitad\w+|informad\w+|apoyad\w+|formad\w+"
)
_CALLED = re.compile(
    r"encouraged|invited|urged|requested|required|obliged|expected|committed|able|called|asked|bound|responsible|"
    r"encouragé\w*|invité\w*|tenu\w*|priés?|exhorté\w*|appelé\w*|alentad\w+|invitad\w+|obligad\w+|instad\w+"
)
_RECEIVES = frozenset(
    [
        "benefit",
        "receive",
        "gain",
        "enjoy",
        "beneficiar",
        "bénéficient",
        "reçoivent",
        "reciben",
        "benefician",
        "получают",
        "получает",
        "受益",
        "تستفيد",
        "have",
    ]
)
_TOOLS = re.compile(
    r"toolbox|guidelines?|guidance|standards?|tools?|toolkits?|recommendations?|classifications?|conventions?|codes?|methods?|"
    r"directory|database|framework|programmes?|manual|resolutions?|decisions?|specifications?|lists?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Clause:
    """What has been seen of a clause so far."""

    subject: str = ""
    roles: dict[int, tuple[str, str]] = field(default_factory=dict)


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
        if any(code in _VERBS for code in hit.lists):
            verbs.add(hit.last - 1)
    actor = [any(entry.label.kind == "actor" for entry in spot.entries) for spot in spots]
    clauses = _clause_numbers(text)
    seen: dict[int, _Clause] = {}
    inside = {i: n for n, spot in enumerate(spots) if actor[n] for i in range(spot.first, spot.last)}
    result: list[tuple[str, str]] = [("", "")] * len(spots)
    previous: int | None = None
    reader = _Reader(text, ends, verbs, inside, clauses, passed)
    for number, spot in enumerate(spots):
        if not actor[number]:
            continue
        clause = seen.setdefault(clauses[spot.first], _Clause())
        before: tuple[str, str] | None = None
        if previous is not None and clauses[spots[previous].first] == clauses[spot.first]:
            before = result[previous]
        if before and previous is not None and not reader.has_cue(spot) and _in_list(text, spots[previous], spot):
            result[number] = before
        else:
            result[number] = reader.role(spot, _last_of_list(text, spots, number, actor), clause, before)
        if result[number][0] == RESPONSIBLE:
            clause.subject = clause.subject or RESPONSIBLE
        elif not clause.subject and result[number][1] in ("passive-subject", "protected-subject"):
            clause.subject = result[number][0]
        previous = number
    return result


def _clause_numbers(text: Tokens) -> list[int]:
    numbers, current = [], 0
    for i in range(len(text)):
        if i and text.gaps[i] == STOP and _CLAUSE.intersection(text.text[text.ends[i - 1] : text.starts[i]]):
            current += 1
        numbers.append(current)
    return numbers


def _in_list(text: Tokens, left: Spot, right: Spot) -> bool:
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


def _last_of_list(text: Tokens, spots: Sequence[Spot], number: int, actor: Sequence[bool]) -> Spot:
    last = spots[number]
    for following in range(number + 1, len(spots)):
        if not actor[following] or not _in_list(text, last, spots[following]):
            break
        last = spots[following]
    return last


@dataclass(slots=True)
class _Reader:
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
        if calling and not _ADDRESSING.isdisjoint(hit.lists):
            candidate = (length, len(_CUES) + 1, RESPONSIBLE, "addressed")
            best = max(best, candidate) if best else candidate
        for rank, (code, role, rule) in enumerate(_CUES):
            if code in hit.lists:
                candidate = (length, len(_CUES) - rank, role, rule)
                best = max(best, candidate) if best else candidate
        return best

    def role(self, spot: Spot, last: Spot, clause: _Clause, before: tuple[str, str] | None) -> tuple[str, str]:
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
            if spot.first - index > _FARTHEST:
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
            if unknown > _MOST_UNKNOWN:
                return self._subject(last, clause) if not clause.subject else (UNSTATED, "undecided")
            index = left

    def _verb_behind(self, last: Spot) -> bool:
        """Whether a verb follows, so that a new clause begins without saying so."""
        if last.last >= len(self.text) or self.text.gaps[last.last] == STOP:
            return False
        return last.last in self.verbs or any(
            hit.first == last.last and {"passive-auxiliary", "binding", *_ADDRESSING}.intersection(hit.lists)
            for end in range(last.last + 1, min(last.last + 4, len(self.text) + 1))
            for hit in self.ends.get(end, ())
        )

    def _owns(self, spot: Spot) -> bool:
        if spot.last < len(self.text) and self.text.gaps[spot.last] == FREE and self.text.language == "en":
            following = [self.text.word(i) for i in range(spot.last, min(spot.last + 2, len(self.text)))]
            capital = self.text.acronyms[spot.first] != ""
            return capital and any(_TOOLS.fullmatch(word) for word in following[:1])
        return False

    def _weighed(
        self,
        found: tuple[str, str],
        index: int,
        spot: Spot,
        last: Spot,
        clause: _Clause,
        before: tuple[str, str] | None,
    ) -> tuple[str, str]:
        text = self.text
        word = text.word(index - 1).casefold()
        if word in _OF and self._tool_before(index - 1):
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
            word in _OF
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
        return of > 0 and bool(_TOOLS.fullmatch(self.text.word(of - 1)))

    def _made_earlier(self, by: int) -> bool:
        """Whether "by" tells who made a document the sentence relies on ("guidance adopted by …"), and not who acts."""
        auxiliaries = _AUXILIARIES.get(self.text.language, frozenset())
        for i in range(by - 1, max(by - 6, -1), -1):
            if self.clauses[i] != self.clauses[by] or self.text.word(i).casefold() in auxiliaries:
                return False
            if _TOOLS.fullmatch(self.text.word(i)):
                return True
        return False

    def _receives_before(self, index: int) -> bool:
        return any("cue-beneficiary" in hit.lists and hit.last - hit.first > 1 for hit in self.ends.get(index, ()))

    def _negated(self, index: int, spot: Spot) -> bool:
        clause = self.clauses[spot.first]
        words = [i for i in range(max(0, index - 8), index) if self.clauses[i] == clause]
        negation = next((i for i in words if self.text.stems[i] in _NEGATIONS), None)
        return negation is not None and any(self.text.stems[i] in _NEGATED_VERBS for i in words if i > negation)

    def _subject(self, last: Spot, clause: _Clause) -> tuple[str, str]:
        """A subject acts, unless its verb says that something is done to it or for it."""
        text = self.text
        index, limit = last.last, min(last.last + 9, len(text))
        clause_number = self.clauses[last.first]
        auxiliaries = _AUXILIARIES.get(text.language, frozenset())
        while index < limit and self.clauses[index] == clause_number:
            word = text.word(index).casefold()
            if text.stems[index] in _RECEIVES or word in _RECEIVES:
                if word != "have" or (index + 1 < len(text) and text.word(index + 1).casefold() == "access"):
                    return BENEFICIARY, "protected-subject"
                break
            if word in auxiliaries:
                for behind in range(index + 1, min(index + 4, len(text))):
                    verb = text.word(behind).casefold()
                    if _CALLED.fullmatch(verb):
                        return RESPONSIBLE, "addressed"
                    if _PROTECTED.fullmatch(verb):
                        return BENEFICIARY, "protected-subject"
                    if _PARTICIPLE[text.language].fullmatch(verb) and verb not in ("been", "in"):
                        return OBJECT, "passive-subject"
                break
            if index in self.verbs and word not in auxiliaries and not word.endswith(("ed", "é", "és", "ées")):
                break
            index += 1
        return RESPONSIBLE, "subject"

    def _behind_comma(self, last: Spot, clause: _Clause) -> tuple[str, str]:
        return self._subject(last, clause) if not clause.subject else self._coordinate(last, clause)

    def _coordinate(self, last: Spot, clause: _Clause) -> tuple[str, str]:
        role, rule = self._subject(last, clause)
        return (role, rule) if rule != "subject" else (RESPONSIBLE, "coordinate-clause")
