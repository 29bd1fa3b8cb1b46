"""Statements from one RDF syntax into another, streamed: no more than one statement is held at a time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from targetgraph.errors import Place, StoreError, TargetGraphError
from targetgraph.namespaces import PREFIXES

_TRIPLES: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_QUADS: Final = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS}
TRANSCRIBED: Final = (*_TRIPLES, *_QUADS)
"""Names of the syntaxes that `transcribe` writes."""

# XML 1.0 (fifth edition), production 2: what no escape can bring into a document. And the carriage return: the engine writes
# it as it is, and whoever reads it takes it for a line feed (section 2.11).
_NOT_XML: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Namespaces in XML, production 4, from the first character that may begin a name to the end of the IRI.
_LOCAL_NAME: Final = re.compile(r"[^\W\d][\w.\-\u00b7]*$")


class _Lines(io.RawIOBase):
    """Lines as a file to read from."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            try:
                self._rest = next(self._lines)
            except StopIteration:
                return 0
        part = self._rest[: len(buffer)]
        self._rest = self._rest[len(part) :]
        buffer[: len(part)] = part
        return len(part)


def transcribe(nquads: Iterable[bytes], output: IO[bytes], form: str) -> None:
    """Write statements in another syntax, in the order they come.

    Parameters
    ----------
    nquads : lines of N-Quads. Sorted ones give grouped Turtle; for TriG those of a graph must stand together.
    output : a binary file.
    form : one of `TRANSCRIBED`. Turtle, N-Triples and RDF/XML leave the names of graphs out.

    Raises
    ------
    StoreError
        when a line is not N-Quads.
    TargetGraphError
        for a statement that RDF/XML cannot hold: a control character, or a property that does not end in a name.
    """
    source = io.BufferedReader(_Lines(nquads), 1 << 16)
    quads = ox.parse(cast("IO[bytes]", source), format=ox.RdfFormat.N_QUADS)
    try:
        if form in _QUADS:
            _write(quads, output, _QUADS[form])
        elif form == "rdfxml":
            _write(_fit_for_xml(quads), output, ox.RdfFormat.RDF_XML)
        else:
            _write((quad.triple for quad in quads), output, _TRIPLES[form])
    except SyntaxError as error:
        raise StoreError(f"the statements are not N-Quads: {error}", remedy="run `targetgraph build`") from error


def _write(statements: Iterable[Any], output: IO[bytes], form: ox.RdfFormat) -> None:
    ox.serialize(statements, output, form, prefixes=dict(PREFIXES))


def _fit_for_xml(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """The triples, each checked first: the engine would write a document that is not XML."""
    known: set[str] = set()
    for quad in quads:
        prop = quad.predicate.value
        if prop not in known:
            if not _LOCAL_NAME.search(prop):
                raise _unfit(quad, f"the property <{prop}> does not end in a name")
            known.add(prop)
        if isinstance(quad.object, ox.Literal) and _NOT_XML.search(quad.object.value):
            raise _unfit(quad, "a text holds a control character, which XML has no way to write")
        yield quad.triple


def _unfit(quad: ox.Quad, why: str) -> TargetGraphError:
    subject = getattr(quad.subject, "value", "")
    return TargetGraphError(
        f"the graph cannot be written as RDF/XML: {why}", Place(iri=str(subject)), "choose turtle or ntriples"
    )
