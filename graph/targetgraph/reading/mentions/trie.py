"""Phrases by their words: a tree of stems, walked from each word of a text to the longest phrase there."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, TypeVar

from targetgraph.reading.mentions.tokens import COMMA, FREE, STOP, Tokens

V = TypeVar("V")
Node = dict[Any, Any]
_HERE = None
"""Key of a node under which the values of the phrase that ends there lie."""


class Found(NamedTuple, Generic[V]):
    """A phrase in a text: numbers of its first word and of the one behind its last, and what it stands for."""

    first: int
    last: int
    values: list[V]


class Trie(Generic[V]):
    """Phrases and what they stand for.

    Looking up is linear in the text: from each word as many steps as the longest phrase that goes on there has words,
    whatever the number of phrases.
    """

    def __init__(self) -> None:
        self.root: Node = {}

    def add(self, phrase: Tokens, value: V) -> None:
        """Enter a phrase; words that are passed over are left out, unless there are no others."""
        commas = any(gap == COMMA for gap in phrase.gaps)
        keys = [phrase.acronyms[i] or phrase.stems[i] for i in range(len(phrase)) if not phrase.light[i] or not i]
        if not keys:
            return
        node = self.root
        for key in keys:
            node = node.setdefault(key, {})
        node.setdefault(_HERE, []).append((value, commas))

    def longest(self, text: Tokens, first: int) -> Found[V] | None:
        """The longest phrase that begins at a word; of several as long the one found first."""
        found = self.phrases(text, first)
        return max(found, key=_last) if found else None

    def phrases(self, text: Tokens, first: int) -> list[Found[V]]:
        """All phrases that begin at a word, shorter ones first."""
        return self.continued(self.root, text, first)

    def continued(self, node: Node, text: Tokens, first: int) -> list[Found[V]]:
        """All phrases whose first words are those that led to ``node`` and whose others begin at a word."""
        found: list[Found[V]] = []
        self._walk(node, text, first, first, False, found)
        return found

    def _walk(self, node: Node, text: Tokens, first: int, index: int, comma: bool, found: list[Found[V]]) -> None:
        stems, acronyms, gaps, light = text.stems, text.acronyms, text.gaps, text.light
        size = len(stems)
        while index < size:
            if index > first:
                gap = gaps[index]
                if gap == STOP:
                    return
                comma = comma or gap != FREE
            child = node.get(stems[index])
            capital = node.get(acronyms[index]) if acronyms[index] else None
            if capital is not None and child is not None:
                _end(capital, first, index + 1, comma, found)
                self._walk(capital, text, first, index + 1, comma, found)
            step = child if child is not None else capital
            if step is None:
                # An article inside the phrase is no hindrance; at its beginning it is no part of it.
                if index > first and light[index]:
                    index += 1
                    continue
                return
            node = step
            index += 1
            if _HERE in node:
                _end(node, first, index, comma, found)


def _last(found: Found[V]) -> int:
    return found.last


def _end(node: Node, first: int, last: int, comma: bool, found: list[Found[V]]) -> None:
    """Note the phrase that ends at a node, if one does."""
    here = node.get(_HERE)
    if here:
        # A comma inside is welcome only where the phrase itself has one: "health, workers" is not "health workers".
        values = [value for value, commas in here if commas or not comma]
        if values:
            found.append(Found(first, last, values))
