"""What an engine says about a query it cannot read, made into something a person can act on.

Oxigraph's parser reports how far its furthest attempt got, which lies up to the length of a keyword behind the mistake.
The mistake is found here by handing it ever shorter beginnings of the query: the first token after which a
beginning cannot be continued is the wrong one.
"""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from targetgraph.errors import QueryError
from targetgraph.library.tokens import Token, position, tokenize
from targetgraph.namespaces import PREFIXES

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
_WORD: Final = re.compile(r"[A-Z]{2,}(?: [A-Z]+)?|\"(?:\\.|[^\"\\])+\"")
_SENTENCE: Final = re.compile(r"[A-Z]\S* .*[a-z]{2}.*", re.DOTALL)
_MOST: Final = 8
_FILL: Final = 64  # longer than any keyword: what the parser may read ahead


class QuerySyntaxError(QueryError):
    """A query that is not SPARQL; ``line`` and ``column`` count from 1."""

    def __init__(self, what: str, remedy: str, line: int, column: int) -> None:
        super().__init__(what, remedy=remedy)
        self.line = line
        self.column = column


def syntax_error(message: str, text: str) -> QuerySyntaxError:
    """The error for an engine's message about a query.

    Parameters
    ----------
    message : as Oxigraph words it: ``error at LINE:COLUMN: expected one of …``.
    text : the query.
    """
    expected = _expected(message)
    rule = next((p for p in expected if _SENTENCE.fullmatch(p) and not p.startswith("IRI")), None)
    loud = [t for t in tokenize(text) if not t.silent]
    if rule is not None:
        line, column = position(text, len(text.rstrip()))
        what = f"the query breaks a rule of SPARQL 1.1 (line {line}, column {column}): {rule}"
        return QuerySyntaxError(what, "rename the variable, or group by it, as the rule asks", line, column)
    good, following = _readable(text, loud)
    if good < len(loud):
        line, column = position(text, loud[good].start)
        wrong = loud[good]
        fault = "is not a full IRI" if wrong.kind == "iri" else "cannot stand here"
        where = f"{wrong.text[:40]!r} {fault}"
    else:
        line, column = position(text, loud[-1].start + len(loud[-1].text) if loud else 0)
        where = "it ends too early"
    what = f"the query is not valid SPARQL 1.1: line {line}, column {column}: {where}"
    return QuerySyntaxError(what + _picture(text, line, column), _remedy(following), line, column)


def _expected(message: str) -> list[str]:
    match = _PLACE.match(message)
    parts = re.split(r", (?![^\[]*\])", match[3] if match else message)
    return [part.strip() for part in parts]


def _readable(text: str, loud: list[Token]) -> tuple[int, list[str]]:
    """How many tokens can begin a query, and what could follow them."""
    empty = ox.Store()

    def continuation(count: int) -> list[str] | None:
        end = loud[count - 1].start + len(loud[count - 1].text) if count else 0
        beginning = text[:end] + " " * _FILL
        try:
            empty.query(beginning, prefixes=PREFIXES)
        except SyntaxError as error:
            match = _PLACE.match(str(error))
            stopped = (int(match[1]), int(match[2])) if match else (0, 0)
            return _expected(str(error)) if stopped >= position(beginning, len(beginning)) else None
        return []

    low, high, following = 0, len(loud), continuation(0) or []
    while low < high:
        middle = (low + high + 1) // 2
        possible = continuation(middle)
        if possible is None:
            high = middle - 1
        else:
            low, following = middle, possible
    return low, following


def _picture(text: str, line: int, column: int) -> str:
    shown = text.split("\n")[line - 1].replace("\t", " ")
    return f"\n    {shown}\n    {' ' * (column - 1)}^" if shown.strip() and len(shown) <= 200 else ""


def _remedy(following: list[str]) -> str:
    """The few continuations a person can use; character classes and internals are left out."""
    useful = [w.strip('"').replace('\\"', '"') for w in following if _WORD.fullmatch(w) and w != '"$"']
    if not useful or len(useful) > _MOST:
        return "compare it with the SPARQL 1.1 grammar; a missing '.', ';', '}' or quotation mark is usual"
    return "at that place the grammar takes: " + "  ".join(useful)
