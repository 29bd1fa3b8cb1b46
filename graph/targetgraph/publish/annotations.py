"""A reading as Web Annotations (W3C 2017) in Turtle: what a program found in a document, which claims nothing of the targets.

Accepted rows become statements of the graph by way of the tables; these are only their candidates, each with its passage.
"""

from __future__ import annotations

from urllib.parse import quote

from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDFS, XSD

from targetgraph import iris
from targetgraph.records.review import Cells, Review

_OA = Namespace("http://www.w3.org/ns/oa#")


def as_turtle(review: Review, concepts: dict[tuple[str, str], str] | None = None) -> str:
    """The candidates of a review as Turtle.

    Parameters
    ----------
    review : as proposed or as edited.
    concepts : IRI by kind and identifier of what mentions lead to; those not in it are given as text.
    """
    graph = Graph()
    graph.bind("oa", _OA)
    graph.bind("dcterms", DCTERMS)
    source = URIRef(f"urn:sha256:{review.about['sha256']}")
    graph.add((source, DCTERMS.title, Literal(review.about["file"])))
    for key, cells in review.sheets["wordings"].items():
        node = _node(source, "target", key)
        _annotation(graph, node, _OA.identifying, cells)
        graph.add((node, DCTERMS.identifier, Literal(cells.get("target", ""))))
        _target(graph, node, source, cells.get("text", ""), review.about.get("language", ""))
    for key, cells in review.sheets["passages"].items():
        node = _node(source, "passage", key)
        _annotation(graph, node, _OA.highlighting, cells)
        graph.add((node, _OA.hasBody, Literal(cells.get("kind", ""))))
        _target(graph, node, _node(source, "target", cells.get("target", "")), cells.get("quote", ""), "", cells)
    for key, cells in review.sheets["links"].items():
        node = _node(source, "link", key)
        _annotation(graph, node, _OA.linking, cells)
        iri = (concepts or {}).get((cells.get("dimension", ""), cells.get("concept", "")))
        body = URIRef(iri) if iri else Literal(f"{cells.get('dimension', '')} {cells.get('concept', '')}")
        graph.add((node, _OA.hasBody, body))
        if cells.get("role"):
            graph.add((node, DCTERMS.description, Literal(f"role: {cells['role']}")))
        graph.add((node, _OA.hasTarget, _node(source, "target", cells.get("target", ""))))
        graph.add((node, RDFS.comment, Literal(cells.get("rationale", ""))))
    return graph.serialize(format="turtle")


def _node(source: URIRef, kind: str, key: str) -> URIRef:
    return URIRef(f"{source}#{kind}-{quote(key, safe='-._~')}")


def _annotation(graph: Graph, node: URIRef, motivation: URIRef, cells: Cells) -> None:
    graph.add((node, RDF.type, _OA.Annotation))
    graph.add((node, _OA.motivatedBy, motivation))
    graph.add((node, DCTERMS.creator, URIRef(iris.BASE + "agent/reader")))
    graph.add(
        (node, RDFS.label, Literal(f"candidate, {cells.get('decision', '') or 'not decided'}: {cells.get('why', '')}"))
    )


def _target(graph: Graph, node: URIRef, source: URIRef, text: str, language: str, cells: Cells | None = None) -> None:
    target, exact = BNode(), BNode()
    graph.add((node, _OA.hasTarget, target))
    graph.add((target, _OA.hasSource, source))
    graph.add((target, _OA.hasSelector, exact))
    graph.add((exact, RDF.type, _OA.TextQuoteSelector))
    graph.add((exact, _OA.exact, Literal(text, lang=language or None)))
    start, _, end = (cells or {}).get("where", "").rpartition("characters ")[2].partition("–")
    if start.isdigit() and end.isdigit():
        position = BNode()
        graph.add((target, _OA.hasSelector, position))
        graph.add((position, RDF.type, _OA.TextPositionSelector))
        graph.add((position, _OA.start, Literal(start, datatype=XSD.nonNegativeInteger)))
        graph.add((position, _OA.end, Literal(end, datatype=XSD.nonNegativeInteger)))
