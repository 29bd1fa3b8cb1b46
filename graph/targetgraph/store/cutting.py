"""The first rows of an answer in the result formats of SPARQL 1.1, with a word that there are more.

Used only where an answer passes the limit on rows; whole answers are written by the engine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from targetgraph import iris

LIMITS_PAGE: Final = iris.BASE + "sparql/limits"
"""Where the limits of a server are explained: the ``link`` in the head of an answer that was cut."""

Rows = list[Sequence[Any]]


def cut_results(answer: ox.QuerySolutions, form: str, rows: int) -> tuple[int, bytes]:
    """Write at most ``rows`` rows.

    Parameters
    ----------
    form : ``json``, ``xml``, ``csv`` or ``tsv``.

    Returns
    -------
    tuple
        the number of rows it was cut to, 0 when it was not cut; and the document.
    """
    variables = [v.value for v in answer.variables]
    taken: Rows = []
    cut = 0
    for solution in answer:
        if len(taken) == rows:
            cut = rows
            break
        taken.append(tuple(solution))
    return cut, _WRITERS[form](variables, taken, cut > 0).encode()


def with_link(document: bytes, form: str) -> bytes:
    """A JSON or XML document of the engine with the link that says where the limits are explained."""
    if form == "json":
        return document.replace(b"]}", f'],"link":["{LIMITS_PAGE}"]}}'.encode(), 1)
    return document.replace(b"</head>", f"<link href={quoteattr(LIMITS_PAGE)}/></head>".encode(), 1)


def _json(variables: list[str], rows: Rows, cut: bool) -> str:
    head: dict[str, Any] = {"vars": variables}
    if cut:
        head["link"] = [LIMITS_PAGE]
    bindings = [{v: _json_term(t) for v, t in zip(variables, row, strict=True) if t is not None} for row in rows]
    document = {"head": head, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _json_term(term: Any) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    literal = {"type": "literal", "value": term.value}
    if term.language:
        literal["xml:lang"] = term.language
        if term.direction:
            literal["its:dir"] = str(term.direction)
    elif term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
        literal["datatype"] = term.datatype.value
    return literal


def _xml(variables: list[str], rows: Rows, cut: bool) -> str:
    out = ['<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>']
    out += [f"<variable name={quoteattr(v)}/>" for v in variables]
    if cut:
        out.append(f"<link href={quoteattr(LIMITS_PAGE)}/>")
    out.append("</head><results>")
    for row in rows:
        out.append("<result>")
        for variable, term in zip(variables, row, strict=True):
            if term is not None:
                out.append(f"<binding name={quoteattr(variable)}>{_xml_term(term)}</binding>")
        out.append("</result>")
    out.append("</results></sparql>")
    return "".join(out)


def _xml_term(term: Any) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        return "<triple>" + "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts) + "</triple>"
    attribute = ""
    if term.language:
        attribute = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
        attribute = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{attribute}>{escape(term.value, {chr(13): '&#xD;'})}</literal>"


def _csv(variables: list[str], rows: Rows, _: bool) -> str:
    lines = [",".join(variables), *(",".join(_csv_cell(t) for t in row) for row in rows)]
    return "".join(line + "\r\n" for line in lines)


def _csv_cell(term: Any) -> str:
    if term is None:
        return ""
    text: str = str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value
    if any(c in text for c in '",\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _tsv(variables: list[str], rows: Rows, _: bool) -> str:
    lines = ["\t".join("?" + v for v in variables)]
    lines += ["\t".join("" if t is None else str(t).replace("\t", "\\t") for t in row) for row in rows]
    return "".join(line + "\n" for line in lines)


_WRITERS: Final[dict[str, Callable[[list[str], Rows, bool], str]]] = {
    "json": _json,
    "xml": _xml,
    "csv": _csv,
    "tsv": _tsv,
}
