"""Answers of queries in the formats of SPARQL 1.1 and RDF, and as tables for people.

CSV and TSV follow SPARQL 1.1 Query Results CSV and TSV Formats, JSON follows SPARQL 1.1 Query Results JSON
Format. CSV is exact: what a cell holds is what the graph holds. A spreadsheet may take a cell that begins
with ``=`` for a formula; ``safe=True`` puts an apostrophe before such cells, and is then no longer exact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from targetgraph.errors import QueryError
from targetgraph.library.terms import RDF_LANG_STRING, XSD_STRING, BlankNode, Iri, Literal, Term, written
from targetgraph.publish.tables import markdown_table, terminal_table
from targetgraph.store.results import Result, Solutions, Statements, Truth

TABLE_FORMATS: Final = ("table", "csv", "tsv", "json", "markdown")
GRAPH_FORMATS: Final = ("turtle", "ntriples", "jsonld", "rdfxml")
FORMATS: Final = (*TABLE_FORMATS, *GRAPH_FORMATS)

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def default_format(answer: Result) -> str:
    """What to show a person who has not chosen."""
    return "turtle" if isinstance(answer, Statements) else "table"


def rendered(answer: Result, form: str, *, columns: int | None = None, safe: bool = False) -> str:
    """An answer as text.

    Parameters
    ----------
    form : one of `FORMATS`.
    columns : width of the terminal, for ``table``.
    safe : for ``csv`` and ``tsv``: keep spreadsheets from taking text for formulas.

    Raises
    ------
    QueryError
        for a format this kind of answer cannot have.
    """
    if isinstance(answer, Truth):
        return _truth(answer, form)
    if isinstance(answer, Statements):
        if form in GRAPH_FORMATS:
            from targetgraph.store.serialising import serialised

            return serialised(answer.triples, form)
        if form not in ("table", "markdown"):
            raise _unfit("triples", form, ("table", "markdown", *GRAPH_FORMATS))
        answer = _as_table(answer)
    if form == "table":
        return terminal_table(answer, columns)
    if form == "csv":
        return csv(answer, safe)
    if form == "tsv":
        return tsv(answer, safe)
    if form == "json":
        return _dumped(_json(answer))
    if form == "markdown":
        return markdown_table(answer)
    raise _unfit("a table", form, TABLE_FORMATS)


def _unfit(kind: str, form: str, fitting: Iterable[str]) -> QueryError:
    what = f"the query answers with {kind}, which cannot be written as {form}"
    return QueryError(what, remedy="choose --format " + ", ".join(fitting))


def _as_table(answer: Statements) -> Solutions:
    rows = tuple((t.subject, t.predicate, t.object) for t in answer)
    return Solutions(("subject", "predicate", "object"), rows, answer.truncated)


def _truth(answer: Truth, form: str) -> str:
    if form == "json":
        return _dumped({"head": {}, "boolean": answer.value})
    if form in GRAPH_FORMATS:
        raise _unfit("yes or no", form, TABLE_FORMATS)
    if form in ("csv", "tsv"):
        return "true\n" if answer.value else "false\n"
    return "yes\n" if answer.value else "no\n"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def csv(answer: Solutions, safe: bool = False) -> str:
    """SPARQL 1.1 CSV: plain values, lines ended by CR LF (RFC 4180)."""
    lines = [",".join(_csv_cell(v, safe) for v in answer.variables)]
    for row in answer.rows:
        # an empty line would be no row at all to most readers: a lone empty cell is quoted
        line = ",".join(_csv_cell("" if t is None else _csv_value(t), safe) for t in row)
        lines.append(line or '""')
    return "".join(line + "\r\n" for line in lines)


def _csv_value(term: Term) -> str:
    return str(term) if isinstance(term, Iri | Literal | BlankNode) else written(term)


def _csv_cell(text: str, safe: bool) -> str:
    if safe and text.startswith(_FORMULA):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\r\n') else text


def tsv(answer: Solutions, safe: bool = False) -> str:
    """SPARQL 1.1 TSV: terms in the syntax of Turtle, tabs and line feeds inside them escaped.

    With ``safe`` the cells are plain values, as in CSV, since nobody opens Turtle in a spreadsheet.
    """
    if safe:
        lines = ["\t".join(answer.variables)]
        cells = ([_flat("" if t is None else _csv_value(t)) for t in row] for row in answer.rows)
    else:
        lines = ["\t".join("?" + v for v in answer.variables)]
        cells = (["" if t is None else written(t) for t in row] for row in answer.rows)
    lines += ("\t".join(row) for row in cells)
    return "".join(line + "\n" for line in lines)


def _flat(text: str) -> str:
    flat = " ".join(text.replace("\t", " ").splitlines())
    return "'" + flat if flat.startswith(_FORMULA) else flat


def _json(answer: Solutions) -> dict[str, Any]:
    bindings = [{v: _json_term(term) for v, term in row.items()} for row in answer]
    return {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}


def _json_term(term: Term) -> dict[str, Any]:
    if isinstance(term, Iri):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        value = {"type": "literal", "value": term.value}
        if term.language:
            value["xml:lang"] = term.language
            if term.direction:
                value["its:dir"] = term.direction
        elif term.datatype not in (XSD_STRING, RDF_LANG_STRING):
            value["datatype"] = term.datatype
        return value
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
