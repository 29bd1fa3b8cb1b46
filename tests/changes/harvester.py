"""A harvester that knows nothing of us but the addresses of pages: it reads RDF, follows relations, keeps what members say."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib import DCTERMS, FOAF, PROV, RDF, Dataset, Namespace, URIRef
from rdflib.term import Node

TREE = Namespace("https://w3id.org/tree#")
LDES = Namespace("https://w3id.org/ldes#")
AS = Namespace("https://www.w3.org/ns/activitystreams#")
GENID = "/.well-known/genid/"

Triple = tuple[Any, Any, Any]


@contextlib.contextmanager
def _as_written() -> Iterator[None]:
    """What rdflib reads meanwhile stays as it was written: "01"^^xsd:integer does not become "1"."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


class Harvester:
    """A copy of the dataset, kept up to date.

    Parameters
    ----------
    fetch : gives the TriG of an address.
    first : address of the first page.
    """

    def __init__(self, fetch: Callable[[str], bytes], first: str) -> None:
        self._fetch, self._first = fetch, first
        self.records: dict[tuple[str, str], set[Triple]] = {}
        self.pages: list[str] = []
        self.members = 0

    def begin_with(self, nquads: bytes) -> None:
        """Take a dump for a start: what each graph says of each thing, statements with blank nodes apart."""
        dataset = Dataset()
        with _as_written():
            dataset.parse(data=nquads, format="nquads")
        for subject, predicate, value, graph in dataset.quads():
            blank = isinstance(subject, rdflib.BNode) or isinstance(value, rdflib.BNode)
            key = (_name(graph), "" if blank else str(subject))
            self.records.setdefault(key, set()).add((subject, predicate, value))

    def catch_up(self, version: str = "") -> None:
        """Read what came after a version; everything without one."""
        first = self._page(self._first)
        moments = [_moment(m) for m in first.objects(URIRef(version), PROV.generatedAtTime)]
        assert bool(moments) == bool(version)
        after = max(moments) if moments else None
        todo = [
            (_moment(first.value(relation, TREE.value)), str(first.value(relation, TREE.node)))
            for relation in first.objects(URIRef(self._first), TREE.relation)
        ]
        for moment, address in sorted(todo):
            if after is None or moment > after:
                self._read_on(address)

    def _read_on(self, address: str) -> None:
        waiting = [address]
        while waiting:
            address = waiting.pop()
            page = self._page(address)
            for member in page.objects(None, TREE.member):
                self._take(page, member)
            waiting += [str(page.value(r, TREE.node)) for r in page.objects(URIRef(address), TREE.relation)]

    def _page(self, address: str) -> Dataset:
        self.pages.append(address)
        page = Dataset()
        with _as_written():
            page.parse(data=self._fetch(address), format="trig")
        return page

    def _take(self, page: Dataset, member: Node) -> None:
        self.members += 1
        (fate,) = page.objects(member, RDF.type)
        key = (str(page.value(member, DCTERMS.isPartOf) or ""), str(page.value(member, FOAF.primaryTopic) or ""))
        said = set(page.graph(URIRef(str(member))))
        assert (fate == AS.Delete) == (not said)
        if fate == AS.Delete:
            assert self.records.pop(key)
        else:
            assert (fate == AS.Create) == (key not in self.records), (fate, key)
            self.records[key] = said

    def nquads(self) -> bytes:
        """The copy, skolem IRIs made blank nodes again, in canonical form (by Oxigraph, from what rdflib holds)."""
        lines = []
        for (graph, _), triples in self.records.items():
            for triple in triples:
                subject, predicate, value = (_written(_blank_again(term)) for term in triple)
                lines.append(f"{subject} {predicate} {value} {f'<{graph}>' if graph else ''} .\n")
        dataset = ox.Dataset(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS))
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        written = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
        return b"".join(sorted(line + b"\n" for line in written.split(b"\n") if line))


def _written(term: Any) -> str:
    """A term in N-Quads (what rdflib calls n3 breaks long texts over lines)."""
    if not isinstance(term, rdflib.Literal):
        return str(term.n3())
    text = str(term).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{text}"' + (f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype else "")


def _blank_again(term: Any) -> Any:
    if isinstance(term, URIRef) and GENID in term:
        return rdflib.BNode("b" + term.rsplit("/", 1)[-1])
    return term


def _name(graph: Any) -> str:
    name = str(getattr(graph, "identifier", graph) or "")
    return "" if name == "urn:x-rdflib:default" else name


def _moment(value: Any) -> datetime:
    return datetime.fromisoformat(str(value))
