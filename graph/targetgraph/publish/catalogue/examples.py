"""The query library as executable examples, as other tools list and run them.

The convention is that of the SIB Swiss Institute of Bioinformatics (https://github.com/sib-swiss/sparql-examples): each
question a ``sh:SPARQLExecutable`` with its text, a comment, keywords and the endpoint it is meant for. Parameters stand in the
text with their default or example values, so that each query runs as it is printed.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin

from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, Namespace, URIRef

from targetgraph import iris
from targetgraph.library import Library, Question
from targetgraph.library.parameters import Resolver
from targetgraph.namespaces import PREFIXES
from targetgraph.publish.catalogue.graphs import fresh

SCHEMA = Namespace("https://schema.org/")
OWN_THEMES: Final = ("derivation", "description", "extraction")
"""What the package asks for itself; no question for people."""

_KINDS: Final = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
    # SHACL has no word for DESCRIBE; the convention writes spex:describe beside the general class.
    "DESCRIBE": (None, URIRef("https://purl.expasy.org/sparql-examples/ontology#describe")),
}
_PREFIXES = URIRef(iris.well_known("sparql-examples") + "#prefixes")


def address(question: Question) -> str:
    """IRI of a question as an example, ``…/.well-known/sparql-examples/gaps/targets-without-deadline``."""
    return iris.well_known(f"sparql-examples/{question.name}")


def examples(library: Library, resolve: Resolver, base: str = iris.BASE) -> Graph:
    """Every question for people.

    Parameters
    ----------
    resolve : looks up codes among default and example values.
    base : URL of the site with the endpoint.
    """
    graph = fresh()
    _declare_prefixes(graph)
    for question in library:
        if question.theme not in OWN_THEMES:
            _describe(graph, question, resolve, base)
    return graph


def example(library: Library, name: str, resolve: Resolver, base: str = iris.BASE) -> Graph:
    """One question by its name (see `examples`).

    Raises
    ------
    QueryError
        when there is none of that name.
    """
    graph = fresh()
    _declare_prefixes(graph)
    _describe(graph, library.find(name), resolve, base)
    return graph


def _declare_prefixes(graph: Graph) -> None:
    for prefix, namespace in PREFIXES.items():
        declaration = URIRef(f"{_PREFIXES}-{prefix}")
        graph.add((_PREFIXES, SH.declare, declaration))
        graph.add((declaration, SH.prefix, Literal(prefix)))
        graph.add((declaration, SH.namespace, Literal(namespace, datatype=XSD.anyURI)))


def _describe(graph: Graph, question: Question, resolve: Resolver, base: str) -> None:
    this = URIRef(address(question))
    given = {p.name: p.example for p in question.parameters if p.example is not None}
    kind, holds = _KINDS[question.form]
    graph.add((this, RDF.type, SH.SPARQLExecutable))
    if kind is not None:
        graph.add((this, RDF.type, kind))
    graph.add((this, SH.prefixes, _PREFIXES))
    graph.add((this, holds, Literal(question.text(given, resolve))))
    graph.add((this, RDFS.label, Literal(question.summary, lang="en")))
    graph.add((this, RDFS.comment, Literal(question.question, lang="en")))
    graph.add((this, SCHEMA.target, URIRef(urljoin(base, "sparql"))))
    for word in (question.theme, *question.tags):
        graph.add((this, SCHEMA.keywords, Literal(word)))
