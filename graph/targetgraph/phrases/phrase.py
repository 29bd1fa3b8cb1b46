"""A text in English that remembers what it was put together from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

_PLACE: Final = re.compile(r"\{(\w+)\}")


class Phrase(str):
    """An English text, made of a template and what stands in its places; to everybody who wants a text it is one.

    Parameters
    ----------
    template : the English, with places as ``{target}`` or ``{weight:.2f}``.
    places : what stands in them: texts, other phrases, numbers.
    many : the template for several, where the phrase is one of a pair (:func:`counted`); it is what a catalogue knows both by.
    """

    __slots__ = ("many", "places", "template")

    template: str
    places: Mapping[str, Any]
    many: str

    def __new__(cls, text: str, template: str, places: Mapping[str, Any], many: str = "") -> Phrase:
        """A text and what it was put together from."""
        made = super().__new__(cls, text)
        made.template, made.places, made.many = template, places, many
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Phrase, (str(self), self.template, self.places, self.many)

    def __deepcopy__(self, memo: dict[int, Any]) -> Phrase:
        return self


class Native(str):
    """A text that is in the language of who reads it already, and is not told in another."""

    __slots__ = ()


class Listed(Phrase):
    """Things one after another.

    Parameters
    ----------
    items : the texts.
    between : what stands between two; empty for a list as sentences have it, ``a, b and c``.
    rest : how many more there are that are not told.
    """

    __slots__ = ("between", "items", "rest")

    items: tuple[str, ...]
    between: str
    rest: int

    def __new__(cls, items: Sequence[str], between: str = "", rest: int = 0) -> Listed:
        """Put the items together."""
        text = between.join(items) if between else enumerated(items, "and", f"{rest} others" if rest else "", "none")
        made = str.__new__(cls, text)
        made.template, made.places, made.many = "", {}, ""
        made.items, made.between, made.rest = tuple(items), between, rest
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Listed, (self.items, self.between, self.rest)


def enumerated(items: Sequence[str], conjunction: str, others: str, nothing: str) -> str:
    """``a, b and c``, where ``others`` is the last if there are any; ``nothing`` for no items."""
    shown = [*items, *([others] if others else [])]
    if len(shown) < 2:
        return shown[0] if shown else nothing
    return f"{', '.join(shown[:-1])} {conjunction} {shown[-1]}"


def say(template: str, /, **places: Any) -> Phrase:
    """A sentence, or a part of one: ``say("{target} gives no date.", target=…)``.

    The template is a literal in the code, never data: a test looks its French up in the catalogue.

    Raises
    ------
    KeyError : a place is not given.
    """
    return Phrase(template.format_map(places), template, places)


def counted(one: str, many: str, n: int, /, **places: Any) -> Phrase:
    """A sentence about a number, which stands at ``{n}``: ``counted("{n} link", "{n} links", 2)``."""
    template, filled = (one if n == 1 else many), {"n": n, **places}
    return Phrase(template.format_map(filled), template, filled, many)


def declared(template: str, places: Mapping[str, Any]) -> Phrase:
    """A sentence of which the template is data: places that are not given stay as they are written.

    Not by ``str.format``, which reaches into attributes of what it is given.
    """
    text = _PLACE.sub(lambda match: str(places.get(match[1], match[0])), template)
    return Phrase(text, template, places)


def listed(words: Sequence[str], limit: int = 8) -> Listed:
    """Words joined as in a sentence: ``a, b and c``; beyond ``limit`` the number of the others."""
    rest = len(words) - limit
    return Listed(words[:limit], rest=rest) if rest > 1 else Listed(words)


def few(words: Sequence[str], limit: int = 8) -> Listed:
    """Words joined as in a sentence, of which those beyond ``limit`` are the last: ``a, b and 3 more``."""
    left = len(words) - limit
    return Listed([*words[:limit], counted("{n} more", "{n} more", left)] if left > 0 else words)


def capitalised(phrase: Phrase) -> Phrase:
    """The same phrase with a capital first."""
    return Phrase(phrase[:1].upper() + phrase[1:], "{text:maj}", {"text": phrase})


def joined(parts: Sequence[str], between: str = " ") -> Listed:
    """Sentences or parts of one, with a sign between them."""
    return Listed(parts, between)
