"""Bodies of answers: what they are, how large they may be, and graphs written as documents."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple, cast

import pyoxigraph as ox

from targetgraph.namespaces import PREFIXES

_G = ox.RdfFormat
GRAPH_FORMS: Final = {
    "turtle": _G.TURTLE,
    "ntriples": _G.N_TRIPLES,
    "rdfxml": _G.RDF_XML,
    "jsonld": _G.JSON_LD,
    "nquads": _G.N_QUADS,
    "trig": _G.TRIG,
}
_TURTLE_HEAD: Final = re.compile(rb"(?:@prefix [^:]*: <[^>]*> \.\n)*")
_TURTLE_PREFIX: Final = re.compile(rb"@prefix ([^:]*): <[^>]*> \.\n")
_XML_PREFIX: Final = re.compile(rb" xmlns:([^=]*)=\"[^\"]*\"")
COMPRESSED_FROM: Final = 1024
"""Size (bytes) from which a body is compressed for who takes that."""


class Body(NamedTuple):
    """An answer: its form, the number of rows it was cut to (0: it is whole), the bytes, and whether they are compressed."""

    form: str
    cut: int
    content: bytes
    gzipped: bool = False

    def compressed(self) -> Body:
        """The same by gzip, if that is worth it."""
        if len(self.content) < COMPRESSED_FROM:
            return self
        return self._replace(content=gzip.compress(self.content, 5, mtime=0), gzipped=True)


class Refused(Exception):
    """An answer that cannot be given: an HTTP status, what is the matter, and what to do."""

    def __init__(self, status: int, what: str, remedy: str) -> None:
        super().__init__(what)
        self.status, self.what, self.remedy = status, what, remedy


class Enough(Exception):
    """More rows than allowed have been written."""


class Sink:
    """Takes what the engine writes; stops it beyond the limits."""

    def __init__(self, sign: bytes, rows: int | None, size: int | None) -> None:
        self.parts: list[bytes] = []
        self._sign, self._rows, self._size = sign, rows, size
        self._counted = self._blocks_counted = self._written = 0

    def write(self, block: bytes) -> int:
        """Take a block, unless it goes beyond the limits."""
        self.parts.append(block)
        self._written += len(block)
        if self._size is not None and self._written > self._size:
            raise too_large(self._size)
        # A row takes a byte at least, so short answers need no counting.
        if self._rows is not None and self._written > self._rows:
            self._counted += sum(part.count(self._sign) for part in self.parts[self._blocks_counted :])
            self._blocks_counted = len(self.parts)
            if self._counted > self._rows + 1:
                raise Enough
        return len(block)

    def flush(self) -> None:
        """Nothing waits here."""


def too_large(size: int) -> Refused:
    """The refusal of an answer larger than ``size`` bytes."""
    return Refused(
        503,
        f"the query was stopped: its answer is larger than {size:,} bytes",
        "ask for fewer rows or columns (LIMIT), or in several parts (OFFSET)",
    )


def graph_written(store: ox.Store, graphs: tuple[str, ...], form: str, size: int | None) -> Body:
    """A whole graph, as the Graph Store Protocol hands it out: not cut after any number of statements.

    Parameters
    ----------
    graphs : IRIs it may be meant by, the first that is there counts; none for the graph without a name.
    form : one of `GRAPH_FORMS`.
    size : largest document (bytes).

    Raises
    ------
    Refused
        404 when there is no such graph, 406 when the form cannot hold it, 503 when it is too large.
    """
    graph = next((g for g in map(ox.NamedNode, graphs) if store.contains_named_graph(g)), None)
    if graph is None and graphs:
        raise Refused(404, f"there is no graph <{graphs[0]}>", "the service description at /sparql lists the graphs")
    quads = store.quads_for_pattern(None, None, None, graph or ox.DefaultGraph())
    return Body(form, 0, document((quad.triple for quad in quads), form, size))


def document(triples: Iterator[ox.Triple], form: str, size: int | None) -> bytes:
    """Triples in one of `GRAPH_FORMS`, of at most ``size`` bytes.

    Raises
    ------
    Refused
        406 when the form cannot hold them, 503 when they are too many.
    """
    prefixes = dict(PREFIXES) if form in ("turtle", "trig", "rdfxml") else None
    sink = Sink(b"\n", None, size)
    try:
        ox.serialize(triples, cast("Any", sink), format=GRAPH_FORMS[form], prefixes=prefixes)
    except ValueError as error:
        raise Refused(406, f"the graph cannot be written as {form}: {error}", "accept text/turtle") from error
    content = b"".join(sink.parts)
    return content if prefixes is None else _without_idle_prefixes(content, form)


def _without_idle_prefixes(document: bytes, form: str) -> bytes:
    """The document without the declarations of prefixes that occur nowhere in it."""
    if form == "rdfxml":
        start, sign = document.find(b"<rdf:RDF"), _XML_PREFIX
        end = document.find(b">", start) + 1
    else:
        start, sign = 0, _TURTLE_PREFIX
        match = _TURTLE_HEAD.match(document)
        end = match.end() if match else 0
    rest = document[end:]
    head = sign.sub(
        lambda m: m[0] if m[1] + b":" in rest or m[1] == b"rdf" == form[:3].encode() else b"", document[start:end]
    )
    return document[:start] + head + rest
