"""RDF of a catalogue on its way into one graph: what the ontology folder says, what queries answer, what is computed."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, URIRef
from rdflib.term import Node

from targetgraph import resources
from targetgraph.library import Library
from targetgraph.namespaces import PREFIXES
from targetgraph.store import Store, rdflib_graph

STATIC = "catalogue.ttl"
_MORE_PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcatap": "http://data.europa.eu/r5r/",
    "eu": "http://publications.europa.eu/resource/authority/",
    "schema": "https://schema.org/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


def fresh() -> Graph:
    """An empty graph that knows the prefixes of ours and of the profile."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in {**PREFIXES, **_MORE_PREFIXES}.items():
        graph.bind(prefix, namespace)
    return graph


def said() -> Graph:
    """What ``ontology/catalogue.ttl`` says: titles, licence, publisher, themes, and concepts of the profile."""
    return Graph().parse(resources.ontology() / STATIC, format="turtle")


def answered(store: Store, *names: str) -> Graph:
    """Answers of CONSTRUCT queries of the library, together (trusted: no limits)."""
    graph, library = Graph(), Library()
    for name in names:
        answer = store.construct(library.find(name).text(), limits=None)
        graph += rdflib_graph(answer)
    return graph


def copy_described(source: Graph, target: Graph, things: Iterable[Node]) -> None:
    """Copy what ``source`` says of ``things``, and of whatever that mentions, into ``target``."""
    pending, done = list(things), set[Node]()
    while pending:
        thing = pending.pop()
        if thing in done:
            continue
        done.add(thing)
        for predicate, value in source.predicate_objects(thing):
            target.add((thing, predicate, value))
            if isinstance(value, URIRef):
                pending.append(value)
