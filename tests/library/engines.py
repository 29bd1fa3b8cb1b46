"""A small graph, and two engines that must agree about it: Oxigraph through our store, plain rdflib."""

from __future__ import annotations

from functools import cache

from rdflib import Dataset, Graph
from rdflib import Literal as RdflibLiteral
from rdflib.query import ResultRow
from rdflib.term import Node, URIRef

from targetgraph.library import BlankNode, Iri, Literal, Term
from targetgraph.library.terms import RDF_LANG_STRING, XSD_STRING
from targetgraph.namespaces import PREFIXES
from targetgraph.store import EmbeddedStore

_TURTLE = """
:alpha a tg:Framework ; rdfs:label "Alpha"@en .
:beta a tg:Framework ; rdfs:label "Beta"@en .
:alpha-A1 a tg:Target ; tg:inFramework :alpha ; rdfs:label "clean air"@en, "air pur"@fr ;
    tg:deadlineYear "2030"^^xsd:gYear ; tg:responsibleActor :states, :industry ; tg:order 1 .
:alpha-A2 a tg:Target ; tg:inFramework :alpha ; rdfs:label "clean water"@en ;
    tg:responsibleActor :states ; tg:order 2 .
:alpha-A3 a tg:Target ; tg:inFramework :alpha ; rdfs:label "clean soil"@en ; tg:order 3 .
:beta-B1 a tg:Target ; tg:inFramework :beta ; rdfs:label "data"@en ;
    tg:responsibleActor :states ; tg:order 1 .
:beta-B2 a tg:Target ; tg:inFramework :beta ; rdfs:label "money"@en ;
    tg:deadlineYear "2035"^^xsd:gYear ; tg:order 2 .
:states rdfs:label "States"@en .
:industry rdfs:label "Industry"@en .
"""
EXAMPLE = "https://example.org/"
GRAPHS = (EXAMPLE + "graph/one", EXAMPLE + "graph/two")


@cache
def sample_nquads() -> str:
    """The sample as N-Quads, its triples dealt out to two graphs."""
    head = "".join(f"@prefix {p}: <{ns}> .\n" for p, ns in PREFIXES.items()) + f"@prefix : <{EXAMPLE}> .\n"
    graph = Graph().parse(data=head + _TURTLE, format="turtle")
    lines = sorted(f"{s.n3()} {p.n3()} {o.n3()}" for s, p, o in graph)
    return "".join(f"{line} <{GRAPHS[i % 2]}> .\n" for i, line in enumerate(lines))


@cache
def oxigraph() -> EmbeddedStore:
    """The sample in an embedded store."""
    return EmbeddedStore.in_memory(sample_nquads())


@cache
def rdflib_dataset() -> Dataset:
    """The sample in plain rdflib: nothing of ours and no Oxigraph in between."""
    dataset = Dataset(default_union=True)
    dataset.parse(data=sample_nquads(), format="nquads")
    return dataset


def from_rdflib(node: Node | None) -> Term | None:
    """A term of rdflib as one of ours."""
    if node is None:
        return None
    if isinstance(node, URIRef):
        return Iri(str(node))
    if isinstance(node, RdflibLiteral):
        if node.language:
            return Literal(str(node), RDF_LANG_STRING, node.language)
        return Literal(str(node), str(node.datatype or XSD_STRING))
    return BlankNode(str(node))


Rows = list[tuple[Term | None, ...]]


def answer_of_oxigraph(text: str) -> Rows:
    """Rows, in the order of the answer."""
    return list(oxigraph().select(text, limits=None).rows)


def rows_of(graph: Graph, text: str) -> list[ResultRow]:
    """The rows with which rdflib answers a SELECT."""
    rows = []
    for row in graph.query(text):
        assert isinstance(row, ResultRow)
        rows.append(row)
    return rows


def answer_of_rdflib(text: str) -> Rows:
    """Rows, in the order of the answer."""
    return [tuple(map(from_rdflib, row)) for row in rows_of(rdflib_dataset(), text)]


def agreed(text: str) -> Rows:
    """The answer both engines give; fails where they differ, in order too if the query asks for one."""
    first, second = answer_of_oxigraph(text), answer_of_rdflib(text)
    if "ORDER BY" not in text:
        first, second = sorted(first, key=repr), sorted(second, key=repr)
    assert first == second, text
    return first
