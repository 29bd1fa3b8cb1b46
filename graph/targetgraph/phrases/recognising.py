"""Sentences recognised by their words, where only the English text has come: from another process, or from an error.

What is wrong with a query is found out by the process that works on it, and comes to a page as text. The templates of
``errors.toml`` are those of such texts; a text that one of them can have been made of is that phrase again.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Final

from targetgraph import resources
from targetgraph.phrases.phrase import Phrase

FILE: Final = "errors.toml"
_PLACE: Final = re.compile(r"\{(\w+)\}")


@cache
def _templates() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Templates with the expression that their texts fit, those with the most words of their own first."""
    with (resources.templates() / "phrases" / "fr" / FILE).open("rb") as stream:
        known = sorted(tomllib.load(stream), key=lambda t: (-len(_PLACE.sub("", t)), t))
    return tuple((template, _expression(template)) for template in known)


def _expression(template: str) -> re.Pattern[str]:
    parts = _PLACE.split(template)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if n % 2 else re.escape(part) for n, part in enumerate(parts)), re.DOTALL
    )


def recognised(text: str) -> str:
    """The phrase that a plain English text is, and what stands in its places likewise; the text itself if none is known.

    Parameters
    ----------
    text : any text; a phrase stays what it is.
    """
    if isinstance(text, Phrase):
        return text
    for template, expression in _templates():
        found = expression.fullmatch(text)
        if found:
            return Phrase(text, template, {name: recognised(value) for name, value in found.groupdict().items()})
    return text
