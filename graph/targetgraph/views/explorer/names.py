"""What things are called in the language of the labels, with the direction it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from targetgraph.analysis.description.words import RIGHT_TO_LEFT


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a thing.

    Parameters
    ----------
    text : the name.
    language : tag of its language; not always the one asked for.
    """

    text: str
    language: str = "en"

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if self.language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"

    def __str__(self) -> str:
        return self.text


_GOALS: Final = {"fr": "ODD", "es": "ODS", "ru": "ЦУР"}
"""What the United Nations call a Sustainable Development Goal for short; in other languages "SDG" is understood."""


def sdg(code: str, name: Label) -> Label:
    """A Sustainable Development Goal or one of its targets with its number."""
    return Label(f"{_GOALS.get(name.language, 'SDG')} {code} {name.text}", name.language)


@dataclass(frozen=True)
class Names:
    """Names in one language, English where there is none.

    Parameters
    ----------
    language : asked for.
    translated : names by IRI in that language; empty for English, which the coded graph has.
    """

    language: str = "en"
    translated: Mapping[str, str] = field(default_factory=dict)

    def of(self, iri: str, english: str) -> Label:
        """The name of a thing, given its English one."""
        found = self.translated.get(iri)
        return Label(found, self.language) if found else Label(english)
