"""A vocabulary ready to be found in texts: its labels by language, as trees of stems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from targetgraph.reading.mentions.labels import EVERY_LANGUAGE, HIDDEN, LANGUAGES, Label
from targetgraph.reading.mentions.tokens import Tokens, tokens
from targetgraph.reading.mentions.trie import Trie
from targetgraph.reading.mentions.word_lists import WordLists


@dataclass(frozen=True, slots=True)
class Entry:
    """What a label in the tree stands for.

    Parameters
    ----------
    label : the label.
    ordinary : whether it is also a word of everyday text, which has to be seen in context.
    """

    label: Label
    ordinary: bool = False

    @property
    def confidence(self) -> str:
        """A hidden label finds, with less confidence."""
        return "medium" if self.label.form == HIDDEN else "high"


class Vocabulary:
    """Labels by language; the tree of a language is made when its first text comes.

    Parameters
    ----------
    labels : labels of any number of vocabularies. Those of :data:`EVERY_LANGUAGE` are found in all languages.
    lists : word lists; the list ``ordinary-word`` says which labels need a context.
    """

    def __init__(self, labels: Iterable[Label], lists: WordLists) -> None:
        self.lists = lists
        self._labels: dict[str, list[Label]] = {}
        for label in labels:
            self._labels.setdefault(label.language, []).append(label)
        self._tries: dict[str, Trie[Entry]] = {}

    @property
    def size(self) -> int:
        """Number of labels."""
        return sum(len(labels) for labels in self._labels.values())

    def languages(self) -> Sequence[str]:
        """Languages that there are labels in."""
        return [language for language in LANGUAGES if self._labels.get(language)]

    def trie(self, language: str) -> Trie[Entry]:
        """All labels that a text of a language may use."""
        if language not in self._tries:
            self._tries[language] = self._made(language)
        return self._tries[language]

    def _made(self, language: str) -> Trie[Entry]:
        ordinary = {tuple(tokens(word, language).stems) for word in self.lists.words("ordinary-word", language)}
        made: Trie[Entry] = Trie()
        seen: set[tuple[str, str, tuple[str, ...]]] = set()
        for label in (*self._labels.get(language, ()), *self._labels.get(EVERY_LANGUAGE, ())):
            cut = tokens(label.text, language)
            keys = _keys(cut)
            # Labels that differ in inflection only are one; the first, most often the preferred one, stands for them.
            if not keys or (label.kind, label.concept, keys) in seen:
                continue
            seen.add((label.kind, label.concept, keys))
            made.add(cut, Entry(label, label.kind in ("sector", "stage") and tuple(cut.stems) in ordinary))
        return made


def _keys(cut: Tokens) -> tuple[str, ...]:
    return tuple(acronym or stem for acronym, stem in zip(cut.acronyms, cut.stems, strict=True))
