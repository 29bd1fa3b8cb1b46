"""A text read: what it names, in which role, by when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from targetgraph.reading.mentions.context import in_context
from targetgraph.reading.mentions.deadlines import deadlines
from targetgraph.reading.mentions.labels import Label, things, vocabulary_labels
from targetgraph.reading.mentions.own_terms import check_terms
from targetgraph.reading.mentions.references import document_mentions, sdg_mentions
from targetgraph.reading.mentions.roles import roles
from targetgraph.reading.mentions.spots import Glossary, Spot, spots
from targetgraph.reading.mentions.tokens import Tokens, tokens
from targetgraph.reading.mentions.vocabulary import Entry, Vocabulary
from targetgraph.reading.mentions.word_lists import Listed, WordLists
from targetgraph.records import Collection
from targetgraph.records.mentions import SCOPE_PHRASE, Deadline, Mention

_WEAKER = {"high": "medium", "medium": "low", "low": "low"}
_SURE_ROLES = frozenset(
    {"subject", "agent", "addressed", "beneficiary-cue", "excluded", "participant-cue", "channel-cue"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a text.

    Parameters
    ----------
    mentions : what of the vocabularies it names, in its order.
    deadlines : by when.
    words : the text cut into words.
    listed : words of the word lists in it.
    """

    text: str
    language: str
    mentions: tuple[Mention, ...]
    deadlines: tuple[Deadline, ...]
    words: Tokens = field(repr=False)
    listed: tuple[Listed, ...] = field(repr=False)

    def of_kind(self, *kinds: str) -> tuple[Mention, ...]:
        """Mentions of some kinds."""
        return tuple(mention for mention in self.mentions if mention.kind in kinds)


class Reader:
    """Reads texts against vocabularies.

    Parameters
    ----------
    labels : labels of all vocabularies.
    lists : word lists.
    sdgs : identifiers of goals and targets there are.
    symbols : identifier of a document by its symbol.
    """

    def __init__(
        self,
        labels: Iterable[Label],
        lists: WordLists,
        sdgs: Iterable[str] = (),
        symbols: Mapping[str, str] | None = None,
    ) -> None:
        self.lists = lists
        self.vocabulary = Vocabulary(labels, lists)
        self._sdgs = frozenset(sdgs)
        self._symbols = dict(symbols or {})

    @classmethod
    def of(cls, collection: Collection, terms: Sequence[Path] = ()) -> Reader:
        """A reader for the vocabularies of tables that were read.

        Parameters
        ----------
        terms : Turtle files with labels and listed words beside the bundled ones.

        Raises
        ------
        InputError
            If a file cannot be read, or says something of a concept or list that is not there.
        """
        lists = WordLists(terms)
        if terms:
            check_terms(terms, things(collection), WordLists().lists)
        symbols = {d.symbol.split(" (")[0]: d.id for d in collection.documents if d.symbol}
        return cls(
            vocabulary_labels(collection, terms),
            lists,
            (entry.id for entry in collection.sdgs),
            symbols,
        )

    def read(self, text: str, language: str = "en", glossary: Glossary | None = None) -> Reading:
        """Find what a text names.

        Parameters
        ----------
        text : one target, sentence or paragraph; square brackets may stand in it.
        language : BCP 47 tag; its first part decides.
        glossary : abbreviations that the document has defined so far; hand in the same one for text after text.

        Returns
        -------
        Reading
            Offsets count in code points of ``text``.
        """
        language = language.split("-")[0].lower()
        cut = tokens(text, language)
        listed = self.lists.found(cut)
        found = in_context(cut, spots(cut, self.vocabulary, glossary if glossary is not None else {}), listed)
        limits = deadlines(text, language)
        passed = _words_in(cut, limits)
        given = roles(cut, found, listed, passed)
        mentions = [m for spot, role in zip(found, given, strict=True) for m in _mentions(cut, spot, role)]
        mentions += sdg_mentions(text, language, self._sdgs)
        mentions += document_mentions(text, self._symbols)
        mentions.sort(key=lambda m: (m.start, m.end, m.kind, m.concept))
        return Reading(text, language, tuple(mentions), tuple(limits), cut, tuple(listed))


def _words_in(text: Tokens, limits: Sequence[Deadline]) -> set[int]:
    return {i for d in limits for i in range(bisect_left(text.starts, d.start), bisect_left(text.starts, d.end))}


def _mentions(text: Tokens, spot: Spot, role: tuple[str, str]) -> Iterator[Mention]:
    start, end = text.starts[spot.first], text.ends[spot.last - 1]
    if end < len(text.text) and spot.last - spot.first > 1 and text.text[end] in ")）" and "(" in text.text[start:end]:
        end += 1
    if text.text.count("[", start, end) > text.text.count("]", start, end) and text.text[end : end + 1] == "]":
        end += 1
    quote = text.text[start:end]
    if spot.decoy == "scope-phrase":
        yield Mention(
            kind="stage", concept="waste", start=start, end=end, quote=quote, rule="scope-phrase", role=SCOPE_PHRASE
        )
        return
    seen: set[tuple[str, str]] = set()
    for entry in spot.entries:
        label = entry.label
        if (label.kind, label.concept) in seen:
            continue
        seen.add((label.kind, label.concept))
        actor = label.kind == "actor"
        yield Mention(
            kind=label.kind, concept=label.concept, start=start, end=end, quote=quote,
            rule="hidden-label" if spot.rule == "label" and label.form == "hidden" else spot.rule,
            confidence=_confidence(entry, spot, role[1] if actor else ""),
            role=role[0] if actor else "", role_rule=role[1] if actor else "", label=label.text,
        )  # fmt: skip


def _confidence(entry: Entry, spot: Spot, role_rule: str) -> str:
    level = entry.confidence
    if spot.rule in ("two-kinds", "in-context") or (role_rule and role_rule not in _SURE_ROLES):
        level = _WEAKER[level]
    return level
