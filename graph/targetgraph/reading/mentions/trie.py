"""Phrases by their words: a tree of stems, walked from each word of a text to the longest phrase there."""

from __future__ import annotations

from collections.abc import Iterator
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
        """The longest phrase that begins at a word."""
        best: Found[V] | None = None
        for found in self.phrases(text, first):
            if best is None or found.last > best.last:
                best = found
        return best

    def phrases(self, text: Tokens, first: int) -> Iterator[Found[V]]:
        """All phrases that begin at a word, shorter ones first."""
        yield from self._walk(self.root, text, first, first, False)

    def continued(self, node: Node, text: Tokens, first: int) -> Iterator[Found[V]]:
        """All phrases whose first words are those that led to ``node`` and whose others begin at a word."""
        yield from self._walk(node, text, first, first, False)

    def _walk(self, node: Node, text: Tokens, first: int, index: int, comma: bool) -> Iterator[Found[V]]:
        stems, acronyms, gaps, light = text.stems, text.acronyms, text.gaps, text.light
        size = len(stems)
        while index < size:
            if index > first:
                gap = gaps[index]
                if gap == STOP:
                    return
                comma = comma or gap != FREE
            capital = node.get(acronyms[index]) if acronyms[index] else None
            child = node.get(stems[index])
            if capital is not None and child is not None:
                yield from self._ending(capital, first, index + 1, comma)
                yield from self._walk(capital, text, first, index + 1, comma)
            step = child if child is not None else capital
            if step is None:
                # An article inside the phrase is no hindrance; at its beginning it is no part of it.
                if index > first and light[index]:
                    index += 1
                    continue
                return
            node = step
            index += 1
            yield from self._ending(node, first, index, comma)

    @staticmethod
    def _ending(node: Node, first: int, last: int, comma: bool) -> Iterator[Found[V]]:
        here = node.get(_HERE)
        if here:
            # A comma inside is welcome only where the phrase itself has one: "health, workers" is not "health workers".
            values = [value for value, commas in here if commas or not comma]
            if values:
                yield Found(first, last, values)
