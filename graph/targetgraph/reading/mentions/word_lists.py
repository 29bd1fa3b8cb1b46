"""Lists of words by which texts are read, from SKOS files that people can extend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from targetgraph import iris, resources
from targetgraph.namespaces import PREFIXES
from targetgraph.reading.mentions.tokens import Tokens, tokens
from targetgraph.reading.mentions.trie import Found, Trie
from targetgraph.store.turtle_files import literal_statements

FILE = "wording-terms.ttl"
_SKOS, _DCT = PREFIXES["skos"], PREFIXES["dct"]


@dataclass(slots=True)
class WordList:
    """A list of words: what they have in common, what to do about them, and where the distinction comes from.

    ``words`` holds the words by language.
    """

    code: str
    label: str = ""
    definition: str = ""
    hint: str = ""
    source: str = ""
    words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Listed:
    """A word of some lists in a text: numbers of its first word and of the one behind its last, and the lists' codes."""

    first: int
    last: int
    lists: tuple[str, ...]


class WordLists:
    """All lists, ready to be found in texts.

    Parameters
    ----------
    files : Turtle files beside the bundled ``ontology/wording-terms.ttl``; what they add to a list is added.

    Raises
    ------
    InputError
        If a file cannot be read.
    """

    def __init__(self, files: Iterable[Path] = ()) -> None:
        self.lists: dict[str, WordList] = {}
        prefix = iris.concept("wording", "x")[:-1]
        for file in (resources.ontology() / FILE, *files):
            for subject, predicate, text, language in literal_statements(file):
                if subject.startswith(prefix):
                    self._enter(subject[len(prefix) :], predicate, text, language.split("-")[0])
        self._tries: dict[str, Trie[str]] = {}

    def _enter(self, code: str, predicate: str, text: str, language: str) -> None:
        known = self.lists.setdefault(code, WordList(code))
        if predicate in (_SKOS + "altLabel", _SKOS + "hiddenLabel"):
            known.words[language].append(text)
        elif predicate == _SKOS + "prefLabel":
            known.label = text
        elif predicate == _SKOS + "definition":
            known.definition = text
        elif predicate == _SKOS + "scopeNote":
            known.hint = text
        elif predicate == _DCT + "source":
            known.source = text

    def words(self, code: str, language: str) -> list[str]:
        """The words of a list in a language."""
        return self.lists[code].words.get(language, []) if code in self.lists else []

    def languages(self, code: str) -> tuple[str, ...]:
        """Languages that a list has words in."""
        return tuple(sorted(self.lists[code].words)) if code in self.lists else ()

    def trie(self, language: str) -> Trie[str]:
        """All words of a language, by stems."""
        if language not in self._tries:
            made: Trie[str] = Trie()
            for known in self.lists.values():
                for word in known.words.get(language, ()):
                    made.add(tokens(word, language), known.code)
            self._tries[language] = made
        return self._tries[language]

    def found(self, text: Tokens) -> list[Listed]:
        """Every listed word or phrase in a text; of those that begin at the same word all, shorter ones first."""
        trie = self.trie(text.language)
        result: list[Listed] = []
        for first in range(len(text)):
            if text.stems[first] in trie.root or text.acronyms[first] in trie.root:
                for hit in trie.phrases(text, first):
                    result.append(Listed(hit.first, hit.last, tuple(dict.fromkeys(_of(hit)))))
        return result


def _of(hit: Found[str]) -> list[str]:
    return hit.values
