"""The words of the interface, in English and French, by key.

A page has its words in ``templates/explorer/words/<page>.toml``, those that several pages use are in ``common.toml``::

    [en]
    title = "Gaps of {framework}"
    found_one = "{n} gap"
    found_other = "{n} gaps"

    [fr]
    title = "Lacunes de {framework}"
    …

Sentences that the analysis writes are told in the language of the page (`Words.said`); what stays English is marked so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from markupsafe import Markup, escape

from targetgraph import resources
from targetgraph.phrases import Telling, joined

_PLACE: Final = re.compile(r"\{(\w+)\}")
_MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_THIN_SPACE: Final = "\u202f"
_SIGN: Final = re.compile("(?<=«) | (?=[»:;!?])")
_COMMAND: Final = re.compile("`([^`]+)`")


class Words:
    """The words of one page in one language.

    Parameters
    ----------
    page : name of the page, whose words go before the common ones.
    language : ``en`` or ``fr``.
    telling : tells sentences of the analysis in that language; by default without names of things.
    """

    def __init__(self, page: str, language: str, telling: Telling | None = None) -> None:
        self.page, self.language = page, language
        self.telling = telling or Telling(language)
        self._own, self._common = of_page(page).get(language, {}), of_page("common")[language]

    def __call__(self, key: str, **places: object) -> Markup:
        """A text with its places filled; what is filled in is escaped unless it is markup.

        Raises
        ------
        KeyError : there is no such text, or a place is not given.
        """
        if not places:
            return _plain(self.page, self.language, key)
        text = self._own.get(key)
        if text is None:
            text = self._common[key]
        return Markup(_PLACE.sub(lambda m: str(self._shown(places[m[1]])), str(escape(_spaced(text, self.language)))))

    def n(self, key: str, n: int, **places: object) -> Markup:
        """The text ``<key>_one`` or ``<key>_other`` for a number, which is given as ``n``."""
        one = n == 1 or (n == 0 and self.language == "fr")
        return self(f"{key}_one" if one else f"{key}_other", n=places.pop("n", n), **places)

    def said(self, text: str) -> Markup:
        """A sentence of the analysis, or a name, in the language of the page; what stays English in it is marked so."""
        if self.language == "en":
            return escape(text)
        return Markup("").join(
            escape(_spaced(part, self.language))
            if language in ("", self.language)
            else Markup('<span lang="{}">{}</span>').format(language, part)
            for part, language in self.telling.pieces(text)
        )

    def told(self, text: str) -> Markup:
        """The same, with the commands in it, which stand between grave accents, as code."""
        return Markup(_COMMAND.sub(r"<code>\1</code>", str(self.said(text))))

    def all_said(self, texts: Sequence[str], between: str = " ") -> Markup:
        """Several of them, one after the other."""
        return self.said(joined(texts, between))

    def plain(self, text: str) -> str:
        """The same as plain text, for where nothing can be marked."""
        return self.telling(text)

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in self._own or key in self._common

    def number(self, value: int) -> str:
        """A number with its thousands apart."""
        return f"{value:,}".replace(",", _THIN_SPACE if self.language == "fr" else ",")

    def figure(self, written: str) -> str:
        """A number as it was written in English, with the point or the comma of the language."""
        return written.replace(".", ",") if self.language == "fr" else written

    def date(self, iso: str) -> str:
        """A date, and a time behind it, as the language writes it; what is no date stays as it is."""
        day, _, time = iso[:16].partition("T")
        parts = day.split("-")
        if self.language != "fr" or len(parts) != 3 or not all(p.isdigit() for p in parts):
            return f"{day} {time}".strip()
        number = "1er" if int(parts[2]) == 1 else str(int(parts[2]))
        return f"{number} {_MONTHS[int(parts[1]) - 1]} {parts[0]}" + (f" à {time}" if time else "")

    @property
    def colon(self) -> str:
        """What stands between a word and what is said to it."""
        return "\u00a0: " if self.language == "fr" else ": "

    @property
    def semicolon(self) -> str:
        """What stands between two parts of a sentence."""
        return f"{_THIN_SPACE}; " if self.language == "fr" else "; "

    def decimal(self, value: float, places: int = 2) -> str:
        """A number with digits behind the point, or the comma."""
        return f"{value:.{places}f}".replace(".", "," if self.language == "fr" else ".")

    def _shown(self, value: object) -> Markup:
        return escape(self.number(value) if isinstance(value, int) and not isinstance(value, bool) else value)


@cache
def of_page(page: str) -> Mapping[str, Mapping[str, str]]:
    """All words of a page by language; none for a page without a file."""
    path = resources.templates() / "explorer" / "words" / f"{page}.toml"
    if not path.is_file():
        return {}
    with path.open("rb") as stream:
        return tomllib.load(stream)


@cache
def _plain(page: str, language: str, key: str) -> Markup:
    """A text without places: one page can use it a thousand times."""
    text = of_page(page).get(language, {}).get(key)
    if text is None:
        text = of_page("common")[language][key]
    missing = placeholders(text)
    if missing:
        raise KeyError(f"{key} has places: {', '.join(sorted(missing))}")
    return escape(_spaced(text, language))


def _spaced(text: str, language: str) -> str:
    """French with spaces that break no line before its signs, and inside its quotation marks."""
    if language != "fr":
        return text
    return _SIGN.sub(lambda m: _THIN_SPACE if text[m.end() : m.end() + 1] in (";", "!", "?") else "\u00a0", text)


def pages_with_words() -> list[str]:
    """Names of the pages that have words of their own, and ``common``."""
    return sorted(p.stem for p in (resources.templates() / "explorer" / "words").glob("*.toml"))


def placeholders(text: str) -> set[str]:
    """The names of the places in a text."""
    return set(_PLACE.findall(text))
