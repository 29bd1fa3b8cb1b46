"""Statements read from sorted N-Quads, a thing at a time: what every table and document is written from.

A data version keeps its statements sorted by line, so all that is said of a thing stands together and no query is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from targetgraph.errors import StoreError
from targetgraph.library.terms import RDF_LANG_STRING, XSD_STRING, BlankNode, Iri, Literal
from targetgraph.namespaces import PREFIXES

_LABELS: Final = (PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label")

Node = Iri | BlankNode | Literal

# N-Quads (W3C Recommendation, 2014), productions 6 to 10, as canonical documents have them.
_LITERAL: Final = re.compile(
    r'"(?P<text>(?:[^"\\]|\\.)*)"(?:\^\^<(?P<datatype>[^>]*)>|@(?P<language>[A-Za-z0-9-]+?)(?:--(?P<direction>ltr|rtl))?)?',
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_MEANING: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def parts(line: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Subject, predicate, object and graph of a line as they are written; the graph is empty for the default graph.

    Raises
    ------
    StoreError
        when it is not a line of canonical N-Quads.
    """
    try:
        subject, predicate, rest = line.rstrip(b"\n").removesuffix(b" .").split(b" ", 2)
    except ValueError:
        raise _broken(line) from None
    value, _, graph = rest.rpartition(b" ")
    if not value or not graph.startswith((b"<", b"_:")) or b'"' in graph:
        return subject, predicate, rest, b""
    return subject, predicate, value, graph


def node(token: bytes) -> Node:
    """A term from the way it is written.

    Raises
    ------
    StoreError
        when it is none of RDF 1.1.
    """
    if token.startswith(b"<") and not token.startswith(b"<<"):
        return Iri(token[1:-1].decode())
    if token.startswith(b"_:"):
        return BlankNode(token[2:].decode())
    match = _LITERAL.fullmatch(token.decode())
    if match is None:
        raise _broken(token)
    text, datatype, language, direction = match.groups()
    if "\\" in text:
        text = _ESCAPE.sub(_unescaped, text)
    datatype = RDF_LANG_STRING if language else datatype or XSD_STRING
    return Literal(text, datatype, language or "", direction or "")


def _unescaped(match: re.Match[str]) -> str:
    short, long, plain = match.groups()
    return chr(int(short or long, 16)) if short or long else _MEANING.get(plain, plain)


def _broken(line: bytes) -> StoreError:
    shown = line[:200].decode(errors="replace")
    return StoreError(f"this is no statement of RDF 1.1: {shown}", remedy="run `targetgraph build`")


@dataclass(slots=True)
class Thing:
    """A resource and what is said of it.

    Parameters
    ----------
    iri : its IRI, or the label of a blank node led by ``_:``.
    values : values by property, in the order of the file.
    graphs : the named graphs they stand in.
    """

    iri: str
    values: dict[str, list[Node]] = field(default_factory=dict)
    graphs: set[str] = field(default_factory=set)

    def iris(self, prop: str) -> list[str]:
        """IRIs among the values of a property."""
        return [v.value for v in self.values.get(prop, ()) if isinstance(v, Iri)]

    def texts(self, prop: str, language: str | None = None) -> list[str]:
        """Lexical forms of the literals of a property; with ``language`` only those in it (``""``: in none)."""
        found = [v for v in self.values.get(prop, ()) if isinstance(v, Literal)]
        return [v.value for v in found if language is None or v.language == language]

    def text(self, prop: str, language: str | None = None) -> str:
        """The first such literal, or ``""``."""
        return next(iter(self.texts(prop, language)), "")

    @property
    def label(self) -> str:
        """The English name, else one in no language, else the end of its IRI."""
        for prop in _LABELS:
            for language in ("en", ""):
                if name := self.text(prop, language):
                    return name
        return self.iri.replace("#", "/").rpartition("/")[2]

    def iri_of(self, prop: str) -> str:
        """The first such IRI, or ``""``."""
        return next(iter(self.iris(prop)), "")


def things(lines: Iterable[bytes]) -> Iterator[Thing]:
    """Things in the order of the lines, which must have those of a subject together."""
    last, thing = b"", Thing("")
    named: dict[bytes, str] = {}
    for line in lines:
        subject, predicate, value, graph = parts(line)
        if subject != last:
            if last:
                yield thing
            last, thing = subject, Thing(subject.decode().strip("<>"))
        if predicate not in named:
            named[predicate] = predicate[1:-1].decode()
        if graph and graph not in named:
            named[graph] = graph.decode().strip("<>")
        thing.values.setdefault(named[predicate], []).append(node(value))
        if graph:
            thing.graphs.add(named[graph])
    if last:
        yield thing
