"""What an engine says about a query it cannot read, made into something a person can act on."""

from __future__ import annotations

import re

from targetgraph.errors import Place, QueryError

_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
_WORD = re.compile(r"[A-Z]{2,}(?: [A-Z]+)?|\"(?:\\.|[^\"\\])+\"")
_SENTENCE = re.compile(r"[A-Z]\S* .*[a-z]{2}.*", re.DOTALL)
_MOST = 8


class QuerySyntaxError(QueryError):
    """A query that is not SPARQL; ``line`` and ``column`` count from 1 (0 where the engine gives none)."""

    def __init__(
        self, what: str, where: Place | str = "", remedy: str = "", line: int = 0, column: int = 0
    ) -> None:
        super().__init__(what, where, remedy)
        self.line = line
        self.column = column


def syntax_error(message: str, text: str) -> QuerySyntaxError:
    """The error for an engine's message about a query.

    Parameters
    ----------
    message : as Oxigraph words it: ``error at LINE:COLUMN: expected one of …``.
    text : the query, to show the line.
    """
    match = _PLACE.match(message)
    if match is None:
        return QuerySyntaxError(f"the query is not valid SPARQL 1.1: {message}", remedy="correct it")
    line, column = int(match[1]), int(match[2])
    at = f"line {line}, column {column}"
    expected = [part.strip() for part in re.split(r", (?![^\[]*\])", match[3])]
    rule = next((part for part in expected if _SENTENCE.fullmatch(part)), None)
    if rule is not None:
        what = f"the query breaks a rule of SPARQL 1.1 (found at {at}): {rule[0].lower()}{rule[1:]}"
        remedy = "rename the variable, or group by it, as the rule asks"
        return QuerySyntaxError(what, remedy=remedy, line=line, column=column)
    lines = text.split("\n")
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    over = column > len(shown) and not "".join(lines[line:]).strip()
    where = "it ends too early" if over else "something unexpected stands here"
    picture = f"\n    {shown}\n    {' ' * (column - 1)}^" if shown.strip() and len(shown) <= 200 else ""
    what = f"the query is not valid SPARQL 1.1: {at}: {where}{picture}"
    return QuerySyntaxError(what, remedy=_remedy(expected), line=line, column=column)


def _remedy(expected: list[str]) -> str:
    """The few expectations a person can use; character classes and internals are left out."""
    useful = [w.strip('"').replace('\\"', '"') for w in expected if _WORD.fullmatch(w)]
    if not useful or len(useful) > _MOST:
        return "compare it with the SPARQL 1.1 grammar; a missing '.', ';', '}' or quotation mark is usual"
    return "write one of: " + "  ".join(useful)
