"""Answers as the W3C formats write them, read without any library of the server's, and compared.

Two tables are equal when their rows are, as a multiset, under one renaming of blank nodes (no test of the suite that
has an order states it). Numbers and truth values of one datatype are compared by value (the suite writes
``2.0``, an engine may write ``2``), all other terms by their characters. Graphs are compared by rdflib's isomorphism.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree import ElementTree

from rdflib import RDF, BNode, Graph, Literal, Namespace
from rdflib.compare import isomorphic
from rdflib.term import Node

XSD = "http://www.w3.org/2001/XMLSchema#"
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
_SRX = "{http://www.w3.org/2005/sparql-results#}"
_WHOLE = frozenset(
    f"{XSD}{name}"
    for name in (
        "integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "decimal",
    )
)  # fmt: skip

Term = tuple[Any, ...]
"""``("iri", iri)``, ``("bnode", label)`` or ``("literal", value, datatype, language)``."""
Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """An answer of rows; ``plain`` when its format (CSV) does not tell kinds of terms apart."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    plain: bool = False


Answer = bool | Table | Graph


def literal(value: str, datatype: str = "", language: str = "") -> Term:
    """A literal; a number or truth value is made canonical."""
    datatype = datatype or f"{XSD}string"
    if datatype in _WHOLE:
        try:
            return ("literal", Decimal(value.strip()).normalize() + 0, datatype, "")
        except InvalidOperation:
            pass
    elif datatype in (f"{XSD}double", f"{XSD}float"):
        text = value.strip().upper().replace("INF", "inf")
        try:
            number = float(text)
        except ValueError:
            pass
        else:
            return ("literal", "NaN" if math.isnan(number) else number + 0.0, datatype, "")
    elif datatype == f"{XSD}boolean":
        value = {"1": "true", "0": "false"}.get(value, value)
    return ("literal", value, "" if language else datatype, language.lower())


def read_xml(text: str) -> Answer:
    """SPARQL Query Results XML Format."""
    root = ElementTree.fromstring(text)
    boolean = root.find(f"{_SRX}boolean")
    if boolean is not None:
        return (boolean.text or "").strip() == "true"
    variables = tuple(v.attrib["name"] for v in root.iterfind(f"{_SRX}head/{_SRX}variable"))
    rows = []
    for result in root.iterfind(f"{_SRX}results/{_SRX}result"):
        cells = {b.attrib["name"]: _xml_term(b[0]) for b in result.iterfind(f"{_SRX}binding")}
        rows.append(tuple(cells.get(v) for v in variables))
    return Table(variables, tuple(rows))


def _xml_term(element: ElementTree.Element) -> Term:
    kind, text = element.tag.removeprefix(_SRX), element.text or ""
    if kind == "uri":
        return ("iri", text)
    if kind == "bnode":
        return ("bnode", text)
    language = element.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return literal(text, element.get("datatype", ""), language)


def read_json(text: str) -> Answer:
    """SPARQL 1.1 Query Results JSON Format."""
    document = json.loads(text)
    if "boolean" in document:
        return bool(document["boolean"])
    variables = tuple(document["head"]["vars"])
    bindings = document["results"]["bindings"]
    rows = (tuple(_json_term(b[v]) if v in b else None for v in variables) for b in bindings)
    return Table(variables, tuple(rows))


def _json_term(term: dict[str, str]) -> Term:
    if term["type"] in ("uri", "bnode"):
        return ("iri" if term["type"] == "uri" else "bnode", term["value"])
    return literal(term["value"], term.get("datatype", ""), term.get("xml:lang", ""))


def read_csv(text: str) -> Answer:
    """SPARQL 1.1 Query Results CSV Format: an empty cell is unbound or an empty string."""
    head, *lines = csv.reader(io.StringIO(text, newline=""))
    rows = (tuple(("bnode", c[2:]) if c.startswith("_:") else ("plain", c) for c in line) for line in lines)
    return Table(tuple(head), tuple(rows), plain=True)


_TSV_TERM = re.compile(
    r"""<(?P<iri>[^>]*)>|_:(?P<bnode>\S+)
    |(?P<quote>["'])(?P<value>(?:\\.|(?!(?P=quote)).)*)(?P=quote)(?:@(?P<language>[\w-]+)|\^\^<(?P<datatype>[^>]*)>)?
    |(?P<double>[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+)|(?P<decimal>[+-]?\d*\.\d+)|(?P<integer>[+-]?\d+)
    |(?P<boolean>true|false)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def read_tsv(text: str) -> Answer:
    """SPARQL 1.1 Query Results TSV Format."""
    head, *lines = text.removesuffix("\n").split("\n")
    variables = tuple(v.removeprefix("?") for v in head.split("\t")) if head else ()
    rows = (tuple(_tsv_term(cell) for cell in line.split("\t")) if variables else () for line in lines)
    return Table(variables, tuple(rows))


def _tsv_term(cell: str) -> Term | None:
    if not cell:
        return None
    match = _TSV_TERM.fullmatch(cell)
    if match is None:
        raise ValueError(f"not a term: {cell!r}")
    if match["iri"] is not None:
        return ("iri", _unescaped(match["iri"]))
    if match["bnode"] is not None:
        return ("bnode", match["bnode"])
    if match["quote"]:
        return literal(_unescaped(match["value"]), match["datatype"] or "", match["language"] or "")
    datatype = next(name for name in ("double", "decimal", "integer", "boolean") if match[name] is not None)
    return literal(cell, f"{XSD}{datatype}")


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])

    return _ESCAPE.sub(character, text)


def read_graph(form: str, base: str = "") -> Callable[[str], Answer]:
    """A reader of an RDF format of rdflib's; a table written in the vocabulary of result sets becomes a table."""

    def read(text: str) -> Answer:
        graph = Graph()
        graph.parse(data=text, format=form, publicID=base or None)
        results = graph.value(None, RDF.type, RS.ResultSet)
        return graph if results is None else _described_table(graph, results)

    return read


def _described_table(graph: Graph, results: Node) -> Table:
    """A table as the older tests of the suite describe it. The order of such a table is not compared."""
    variables = tuple(sorted(str(v) for v in graph.objects(results, RS.resultVariable)))
    rows = []
    for solution in graph.objects(results, RS.solution):
        cells = {
            str(graph.value(binding, RS.variable)): _rdf_term(graph.value(binding, RS.value))
            for binding in graph.objects(solution, RS.binding)
        }
        rows.append(tuple(cells.get(v) for v in variables))
    return Table(variables, tuple(rows))


def _rdf_term(term: Node | None) -> Term:
    if isinstance(term, Literal):
        return literal(str(term), str(term.datatype or ""), term.language or "")
    return ("bnode" if isinstance(term, BNode) else "iri", str(term))


READERS: dict[str, Callable[[str], Answer]] = {
    "application/sparql-results+xml": read_xml,
    "application/sparql-results+json": read_json,
    "text/csv": read_csv,
    "text/tab-separated-values": read_tsv,
    "text/turtle": read_graph("turtle"),
    "application/n-triples": read_graph("nt"),
    "application/rdf+xml": read_graph("xml"),
    "application/ld+json": read_graph("json-ld"),
}
BY_ENDING = {
    "srx": "application/sparql-results+xml",
    "srj": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
}


def difference(expected: Answer, got: Answer) -> str:
    """What is wrong with an answer; empty when nothing is."""
    if type(expected) is not type(got):
        return f"expected {_named(expected)}, got {_named(got)}"
    if isinstance(expected, bool):
        return "" if expected == got else f"expected {expected}, got {got}"
    if isinstance(expected, Graph) and isinstance(got, Graph):
        return "" if isomorphic(expected, got) else f"another graph: {len(expected)} triples expected, {len(got)} got"
    assert isinstance(expected, Table) and isinstance(got, Table)
    return _table_difference(expected, got)


def _named(answer: Answer) -> str:
    return {bool: "a boolean", Table: "a table"}.get(type(answer), "a graph")


def _table_difference(expected: Table, got: Table) -> str:
    if set(expected.variables) != set(got.variables):
        return f"columns {', '.join(expected.variables)} expected, {', '.join(got.variables)} got"
    places = [got.variables.index(v) for v in expected.variables]
    rows = [tuple(row[p] for p in places) for row in got.rows]
    if expected.plain != got.plain:
        return "one answer is CSV, the other is not"
    lost, new = (
        Counter(map(_shape, one)) - Counter(map(_shape, other)) for one, other in _both_ways(expected.rows, rows)
    )
    if lost or new:
        return f"rows missing: {_listed(lost)}; rows too many: {_listed(new)}"
    return "" if same_rows(expected.rows, rows) else "blank nodes are shared in another way"


def _both_ways(one: Sequence[Row], other: Sequence[Row]) -> tuple[tuple[Sequence[Row], Sequence[Row]], ...]:
    return (one, other), (other, one)


def _listed(rows: Counter[str]) -> str:
    return ", ".join(sorted(rows.elements())[:5]) or "none"


def same_rows(expected: Sequence[Row], got: Sequence[Row]) -> bool:
    """Whether one renaming of blank nodes makes two multisets of rows equal; by trying, rarest shapes first."""
    left, right = sorted(expected, key=_shape), sorted(got, key=_shape)
    if list(map(_shape, left)) != list(map(_shape, right)):
        return False
    used = [False] * len(right)

    def place(number: int, forth: dict[str, str], back: dict[str, str]) -> bool:
        if number == len(left):
            return True
        for other in _alike(left[number], right, used):
            renamed = _renamed(left[number], right[other], forth, back)
            if renamed is not None:
                used[other] = True
                if place(number + 1, *renamed):
                    return True
                used[other] = False
        return False

    return place(0, {}, {})


def _shape(row: Row) -> str:
    """A row without the labels of its blank nodes."""
    return " | ".join(
        "-" if term is None else "_:" if term[0] == "bnode" else " ".join(map(str, term[1:])) for term in row
    )


def _alike(row: Row, others: Sequence[Row], used: Sequence[bool]) -> Iterator[int]:
    shape, tried = _shape(row), set()
    for number, other in enumerate(others):
        if not used[number] and other not in tried and _shape(other) == shape:
            tried.add(other)
            yield number


def _renamed(
    row: Row, other: Row, forth: dict[str, str], back: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]] | None:
    forth, back = dict(forth), dict(back)
    for a, b in zip(row, other, strict=True):
        if a is None or b is None or a[0] != "bnode":
            continue
        if forth.setdefault(a[1], b[1]) != b[1] or back.setdefault(b[1], a[1]) != a[1]:
            return None
    return forth, back
