"""A text as words with their places, their stems, and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from targetgraph.reading.mentions.stemming import stem

FREE, COMMA, STOP = 0, 1, 2
"""What stands between two words: nothing that counts, a comma, or an end across which no phrase reaches."""

# Letters with their combining marks and the invisible characters people paste, or a number, or one Chinese character.
_WORD = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    "|\\d+(?:[.,]\\d+)*"
    "|(?:[^\\W\\d_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\u0300-\u036f\u064b-\u065f\u0670\u0640\u00ad\u200b-\u200f\u2060\ufeff])+"
)
_INVISIBLE = re.compile("[\u00ad\u0640\u200b-\u200f\u2060\ufeff]")
_COMMAS = frozenset(",،、，—")
_STOPS = frozenset(".;:!?؛؟。；：！？()（）\u2028\u2029{}|")
_ALTERNATIVES = re.compile(r"\]\s*\[")
_ACRONYM = re.compile(r"[^\W\d_]*[A-ZА-ЯЁ][^\W\d_]*[A-ZА-ЯЁ][^\W\d_]*")
_PLURAL_ACRONYM = re.compile(r"([A-ZА-ЯЁ]{2,})s")

# Articles and links between nouns that people put in and leave out: "gestion de déchets", "gestion des déchets".
_PASSED_OVER = {
    "en": frozenset({"the", "a", "an"}),
    "fr": frozenset({"le", "la", "les", "l", "de", "du", "des", "d"}),
    "es": frozenset({"el", "la", "los", "las", "de", "del"}),
    "zh": frozenset({"的"}),
}


@dataclass(slots=True)
class Tokens:
    """The words of a text.

    Parameters
    ----------
    text, language : what was cut.
    starts, ends : character offsets of each word.
    stems : stem of each word.
    acronyms : for words in capitals, ``=`` and the word itself, which is matched as it is written; else empty.
    gaps : what stands before each word: :data:`FREE`, :data:`COMMA` or :data:`STOP`.
    light : whether each word is one that phrases pass over.
    """

    text: str
    language: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    acronyms: list[str] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    light: list[bool] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.starts)

    def word(self, index: int) -> str:
        """A word as it stands in the text."""
        return self.text[self.starts[index] : self.ends[index]]


def tokens(text: str, language: str) -> Tokens:
    """Cut a text into words."""
    found = Tokens(text, language)
    passed_over = _PASSED_OVER.get(language, frozenset())
    end = 0
    for match in _WORD.finditer(text):
        word = match.group()
        if not word.isascii():
            word = _INVISIBLE.sub("", word)
            if not word:
                continue
        start = match.start()
        found.starts.append(start)
        found.gaps.append(_gap(text[end:start]) if start > end else FREE)
        end = match.end()
        found.ends.append(end)
        stemmed = stem(word, language)
        found.stems.append(stemmed)
        found.acronyms.append(acronym(word))
        found.light.append(word.casefold() in passed_over)
    return found


def acronym(word: str) -> str:
    """``=WHO`` for ``WHO``, ``=NGO`` for ``NGOs``, empty for words that are none."""
    if word.islower() or len(word) < 2:
        return ""
    plural = _PLURAL_ACRONYM.fullmatch(word)
    if plural:
        return "=" + plural[1]
    return "=" + word if _ACRONYM.fullmatch(word) else ""


def _gap(between: str) -> int:
    if between == " " or between == "-":
        return FREE
    if _ALTERNATIVES.search(between):
        return STOP
    kind = FREE
    for character in between:
        if character in _STOPS:
            return STOP
        if character in _COMMAS:
            kind = COMMA
    return kind
