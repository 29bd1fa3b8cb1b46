"""The graph described in VoID: how much is in it, by named graph and as a whole, and what it links to.

Every number is counted anew from the statements (W3C Interest Group Note *Describing Linked Datasets with the VoID
Vocabulary*, 3 March 2011). ``void:entities`` counts subjects below our own address space, ``void:uriSpace``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urljoin

from rdflib import DCTERMS, FOAF, RDF, VOID, XSD, Graph, Literal, URIRef

from targetgraph import iris
from targetgraph.library import Library
from targetgraph.namespaces import PREFIXES
from targetgraph.publish.catalogue.graphs import answered, fresh, said
from targetgraph.publish.catalogue.inferred import describe_inferred
from targetgraph.publish.catalogue.offers import Offer
from targetgraph.store import Store, Version

QUERIES: Final = ("exchange/void-whole", "exchange/void-statistics", "exchange/void-linksets")
_FEATURES: Final = {
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "nquads": "N-Quads",
    "trig": "TriG",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
}
_WHOLE = URIRef(iris.whole())


def void_description(store: Store, version: Version, offers: Sequence[Offer], base: str = iris.BASE) -> Graph:
    """The VoID description of a data version.

    Parameters
    ----------
    store : the version as a store; every statement is read several times.
    version : what the manifest says of it.
    offers : what can be fetched; RDF files of the whole and of named graphs become data dumps.
    base : URL of the site that serves them.
    """
    graph, static = fresh(), said()
    for triple in answered(store, *QUERIES):
        graph.add(triple)
    _describe_document(graph, version)
    describe_inferred(graph, version, VOID.Dataset)
    for dataset in (_WHOLE, *graph.objects(_WHOLE, VOID.subset)):
        for predicate in (DCTERMS.title, DCTERMS.description):
            for value in static.objects(dataset, predicate):
                graph.add((dataset, predicate, value))
    graph.add((_WHOLE, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")))
    graph.add((_WHOLE, DCTERMS.publisher, URIRef(iris.CURATORS)))
    graph.add((_WHOLE, VOID.uriSpace, Literal(iris.BASE)))
    graph.add((_WHOLE, VOID.sparqlEndpoint, URIRef(urljoin(base, "sparql"))))
    graph.add((_WHOLE, FOAF.homepage, URIRef(iris.BASE)))
    _name_vocabularies(graph)
    _give_examples(graph, store)
    _list_dumps(graph, offers, base)
    return graph


def _describe_document(graph: Graph, version: Version) -> None:
    document = URIRef(iris.well_known("void"))
    created = str(version.manifest["created"])
    graph.add((document, RDF.type, VOID.DatasetDescription))
    graph.add(
        (document, DCTERMS.title, Literal(f"TargetGraph in VoID, data version {version.data_version}", lang="en"))
    )
    graph.add((document, FOAF.primaryTopic, _WHOLE))
    graph.add((_WHOLE, DCTERMS.modified, Literal(created, datatype=XSD.dateTime)))
    graph.add((_WHOLE, DCTERMS.identifier, Literal(version.data_version)))


def _name_vocabularies(graph: Graph) -> None:
    """The vocabularies whose classes or properties are used: by the longest of our prefixes that fits."""
    used = {str(term) for kind in (VOID["class"], VOID.property) for term in graph.objects(None, kind)}
    spaces = sorted(PREFIXES.values(), key=len, reverse=True)
    for term in used:
        space = next((s for s in spaces if term.startswith(s)), "")
        if space:
            graph.add((_WHOLE, VOID.vocabulary, URIRef(space)))


def _give_examples(graph: Graph, store: Store) -> None:
    """A thing of each of the classes that people ask about first, where there is one."""
    for row in store.select(Library().find("exchange/example-things").text(), limits=None):
        graph.add((_WHOLE, VOID.exampleResource, URIRef(str(row["thing"]))))


def _list_dumps(graph: Graph, offers: Iterable[Offer], base: str) -> None:
    for offer in offers:
        dataset = URIRef(offer.dataset)
        if offer.format in _FEATURES and (dataset, RDF.type, VOID.Dataset) in graph:
            graph.add((dataset, VOID.dataDump, URIRef(urljoin(base, offer.path))))
            graph.add((_WHOLE, VOID.feature, URIRef("http://www.w3.org/ns/formats/" + _FEATURES[offer.format])))
