"""SPARQL 1.1 cut into its tokens (SPARQL 1.1 Query Language, section 19.8), nothing lost.

Enough to see which prefixes, keywords and variables a query uses without mistaking a word in a string,
an IRI or a comment for one. Whether the query makes sense is left to the engine.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from targetgraph.errors import Place, QueryError

_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_START: Final = _BASE + "_"
_NAME: Final = _START + "0-9\u00b7\u0300-\u036f\u203f\u2040"
_CHAR: Final = _NAME + r"\-"
_PLX: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"

_GRAMMAR: Final = rf"""
      (?P<space>[\x20\t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*\"\"\"
        | '''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
        | "(?!"")(?:[^"\\\n\r]|\\[^\n\r])*" | '(?!'')(?:[^'\\\n\r]|\\[^\n\r])*')
    | (?P<variable>[?$][{_START}0-9][{_NAME}]*)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
    | (?P<blank>_:[{_START}0-9](?:[{_CHAR}.]*[{_CHAR}])?)
    | (?P<name>(?:[{_BASE}](?:[{_CHAR}.]*[{_CHAR}])?)?:
        (?:(?:[{_START}:0-9]|{_PLX})(?:(?:[{_CHAR}.:]|{_PLX})*(?:[{_CHAR}:]|{_PLX}))?)?)
    | (?P<number>[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<mark><<\(|\)>>|<<|>>|\^\^|&&|\|\||!=|<=|>=|[{{}}()\[\];,.=<>!+\-*/|^?~])
"""

_OPERANDS: Final = frozenset({"iri", "string", "variable", "language", "blank", "name", "number"})
_HIERARCHICAL: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")


@cache
def _pattern() -> re.Pattern[str]:
    """Compiled when the first query is read: it takes longer than many a command that reads none."""
    return re.compile(_GRAMMAR, re.VERBOSE | re.DOTALL)


class Token(NamedTuple):
    """A token: its kind (a group name of the pattern above), its text, and where it starts (code points)."""

    kind: str
    text: str
    start: int

    @property
    def keyword(self) -> str:
        """The word in capitals, or ``""`` for tokens of another kind."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """The variable's name without ``?`` or ``$``, or ``""``."""
        return self.text[1:] if self.kind == "variable" else ""

    @property
    def silent(self) -> bool:
        """White space or a comment."""
        return self.kind in ("space", "comment")


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1, counted in code points."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)


def tokenize(text: str, source: str = "the query") -> list[Token]:
    """All tokens of a query; their texts joined give the query again.

    Raises
    ------
    QueryError
        where no token can start, where a string or IRI does not end, and where ``<`` inside parentheses could
        be read both as "less than" and as the start of an IRI. Engines differ in the latter, and what one
        takes for an IRI may hide a ``SERVICE`` from the other.
    """
    tokens: list[Token] = []
    open_brackets: list[str] = []
    offset, pattern = 0, _pattern()
    while offset < len(text):
        match = pattern.match(text, offset)
        if match is None or match.lastgroup is None:
            raise _unreadable(text, offset, source)
        token = Token(match.lastgroup, match.group(), offset)
        if token.kind == "iri" and open_brackets and open_brackets[-1] == "(":
            _refuse_ambiguous(token, tokens, text, source)
        if token.text in ("(", "{", "["):
            open_brackets.append(token.text)
        elif token.text in (")", "}", "]") and open_brackets:
            open_brackets.pop()
        tokens.append(token)
        offset = match.end()
    return tokens


def _refuse_ambiguous(token: Token, before: list[Token], text: str, source: str) -> None:
    previous = next((t for t in reversed(before) if not t.silent), None)
    operand = previous is not None and (
        previous.kind in _OPERANDS or previous.text == ")" or previous.keyword in ("TRUE", "FALSE")
    )
    if operand and not _HIERARCHICAL.match(token.text):
        line, column = position(text, token.start)
        raise QueryError(
            f"line {line}, column {column}: '<' can be read here as 'less than' and as the start of an IRI",
            source,
            "put a space after '<' to compare, or write the IRI in full or with a prefix",
        )


def _unreadable(text: str, offset: int, source: str) -> QueryError:
    line, column = position(text, offset)
    character = text[offset]
    if character in "\"'":
        what, remedy = "a string starts here and does not end", "close the quotation mark"
    else:
        what = f"no SPARQL can start with {character!r} here"
        remedy = "remove it; characters outside strings are written as they are, not as \\u escapes"
    return QueryError(f"line {line}, column {column}: {what}", Place(file=source), remedy)
