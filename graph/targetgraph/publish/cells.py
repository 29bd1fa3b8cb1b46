"""Terms and texts as they appear in a cell that people read."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from targetgraph.library.terms import XSD, BlankNode, Iri, Literal, Term, shortened
from targetgraph.namespaces import PREFIXES

_NUMBERS: Final = frozenset(XSD + name for name in ("integer", "decimal", "double", "float", "int", "long"))

# Control characters, which a terminal may obey, and marks that turn the direction of what follows.
_UNSAFE: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def legible(term: Term | None) -> str:
    """A term for a person: prefixed name, ``<iri>``, the text of a literal; empty where nothing is bound."""
    if term is None:
        return ""
    if isinstance(term, Iri):
        return shortened(term.value, PREFIXES)
    if isinstance(term, Literal | BlankNode):
        return str(term)
    return f"<<( {legible(term.subject)} {legible(term.predicate)} {legible(term.object)} )>>"


def is_number(term: Term | None) -> bool:
    """Whether a term is a numeric literal."""
    return isinstance(term, Literal) and term.datatype in _NUMBERS


def harmless(text: str) -> str:
    r"""The text with control characters written out (``\x1b``), so that no terminal obeys them.

    Line feeds stay; carriage returns before them go.
    """
    return _UNSAFE.sub(_written_out, text.replace("\r\n", "\n"))


def _written_out(match: re.Match[str]) -> str:
    code = ord(match.group())
    if match.group() == "\t":
        return " "
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def width(text: str) -> int:
    """Columns a text takes in a terminal: two for wide East Asian characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of at most ``columns`` columns, broken at spaces and inside words too long."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            if width(joined) <= columns:
                line = joined
                continue
            if line:
                lines.append(line)
            *full, line = _pieces(word, columns)
            lines += full
        lines.append(line)
    return lines


def _pieces(word: str, columns: int) -> list[str]:
    pieces = [""]
    taken = 0
    for character in word:
        size = _character_width(character)
        if taken + size > columns and pieces[-1]:
            pieces.append("")
            taken = 0
        pieces[-1] += character
        taken += size
    return pieces


def isolated(text: str) -> str:
    """Right-to-left text between isolating marks, so that it does not pull neighbouring cells along."""
    if text.isascii() or not any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text):
        return text
    return f"\u2068{text}\u2069"
