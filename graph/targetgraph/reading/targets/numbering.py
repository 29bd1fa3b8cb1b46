"""Numbers of targets, as documents print them before the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from targetgraph.reading.targets.terms import NUMBER_WORDS

_CODE = (
    r"(?:[A-Z]{1,2}[.\-]?[0-9]{1,4}|[.\-]?[0-9]{1,3})(?:\.[0-9]{1,3}){0,3}[a-z]?"
    r"|[A-Z]{1,2}\.[a-z0-9]{1,2}|[A-Z](?=[\s:.)–—])"
)
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_SPELT = re.compile(
    rf"[\[(]?\s{{0,3}}(?:{_WORDS})(?![^\W\d_])\s{{0,3}}(?:no\.?|n°|nº|№)?\s{{0,3}}(?P<code>{_CODE})(?![A-Za-z0-9])\s{{0,3}}[\])]?[.:)]?\s{{0,3}}[–—:‑-]?\s{{0,3}}",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?P<code>[A-Z]{1,2}[.\-]?[0-9]{1,2}(?:\.[0-9]{1,2})?[a-z]?|[0-9]{1,2}\.(?:[0-9]{1,2}|[a-z])(?:\.[0-9]{1,2})?)(?![A-Za-z0-9%])"
    r"[.:)]?(?:\s{1,3}[–—:‑-])?\s{1,3}(?=\S)"
)
_WHOLE = re.compile(rf"\s{{0,3}}(?:(?:{_WORDS})\s{{1,3}})?(?P<code>{_CODE})\s{{0,3}}[.:)]?\s{{0,3}}", re.IGNORECASE)
_ANEW = re.compile(
    rf"[\[(*_]{{0,4}}(?:(?:{_WORDS})(?![^\W\d_])\s{{0,3}}(?:no\.?|n°|nº|№)?\s{{0,3}}(?:{_CODE})"
    r"|(?:option|alt(?:ernative)?\.?|variante|opción|вариант|备选案文|الخيار)\s{0,3}(?:[0-9]{1,2}|[A-H])"
    r"|(?-i:[A-Z]{1,2})[.\-]?[0-9]{1,3})(?![A-Za-z0-9])[*_\])]{0,4}(?:\s{0,2}[:–—]|\s-\s|[.)](?=\s)|\s*$)",
    re.IGNORECASE,
)
"""What a line begins with that cannot be the rest of a sentence: a number, and a sign that parts it from the text."""
_OPTION = re.compile(
    r"[\[(]?\s{0,3}(?:option|alt(?:ernative)?\.?|variante|opción|вариант|备选案文|الخيار)\s{0,3}(?:no\.?\s)?(?:[0-9]{1,2}|[A-H]|[ivx]{1,4})"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number before a target: as an identifier, where the text begins, and whether a word such as “Target” says so."""

    code: str
    end: int
    spelt: bool


def number_before(text: str) -> Number | None:
    """The number of a target with which a text begins, or ``None``."""
    spelt = _SPELT.match(text)
    if spelt:
        return Number(_identifier(spelt["code"]), spelt.end(), True)
    bare = _BARE.match(text)
    if bare:
        return Number(_identifier(bare["code"]), bare.end(), False)
    return None


def number_drawn(marker: str) -> Number | None:
    """The number of a target that a program draws before a paragraph (“Target A1:”, “B.2”), or ``None``.

    A mere count (“1.”, “(a)”, “•”) numbers the items of any list and is none.
    """
    number = number_before(f"{marker} …")
    return Number(number.code, 0, number.spelt) if number else None


def number_alone(text: str) -> str:
    """The number where a text (the cell of a column of numbers) is nothing else, or an empty string."""
    found = _WHOLE.fullmatch(text[:60])
    return _identifier(found["code"]) if found else ""


def begins_anew(line: str) -> bool:
    """Whether a line within a paragraph begins another target or option (“Target A2 – …”, “Option 2: …”)."""
    return _ANEW.match(line.lstrip()[:80]) is not None


def begins_option(text: str) -> bool:
    """Whether a paragraph is one of several ways to write the same target (“Option 1 …”, “Alt 2”)."""
    return _OPTION.match(text) is not None


def _identifier(code: str) -> str:
    return code.strip(".-") or code
