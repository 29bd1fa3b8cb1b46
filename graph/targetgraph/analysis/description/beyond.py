"""What is said of data versions, named graphs and library queries, which the graph names and does not describe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from targetgraph import iris
from targetgraph.analysis.description.statements import RDFS_LABEL, TYPE, Quad
from targetgraph.analysis.description.words import graph_words
from targetgraph.library import Library, Question
from targetgraph.library.terms import XSD, Iri, Literal, Term
from targetgraph.namespaces import PREFIXES

#: The graph such statements are shown under; no store holds it.
ABOUT = iris.graph("about")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ONTOLOGY_VERSION = PREFIXES["owl"] + "versionIRI"

_DCT, _RDF, _SH, _VOID, _DCAT = (PREFIXES[p] for p in ("dct", "rdf", "sh", "void", "dcat"))
_FORMS = {"SELECT": ("Select", "select"), "CONSTRUCT": ("Construct", "construct"), "ASK": ("Ask", "ask")}


def said_beyond(version: str, graphs: Mapping[str, int], library: Library) -> Iterator[Quad]:
    """Statements about the data version, its named graphs and the queries of the library.

    Parameters
    ----------
    version : the data version.
    graphs : IRIs of the named graphs and how many statements each holds.
    library : the queries.
    """
    yield from _dataset(version, graphs)
    for graph, count in graphs.items():
        yield from _graph(graph, count, version)
    for question in library:
        yield from _query(question)


def _said(subject: str, *pairs: tuple[str, Term]) -> Iterator[Quad]:
    return ((subject, prop, value, ABOUT) for prop, value in pairs)


def _english(text: str) -> Literal:
    return Literal(text, _RDF + "langString", "en")


def _number(value: int) -> Literal:
    return Literal(str(value), XSD + "integer")


def _dataset(version: str, graphs: Mapping[str, int]) -> Iterator[Quad]:
    yield from _said(
        iris.dataset(version),
        (TYPE, Iri(_VOID + "Dataset")),
        (TYPE, Iri(_DCAT + "Dataset")),
        (RDFS_LABEL, _english(f"TargetGraph, data version {version}")),
        (_DCT + "title", _english("TargetGraph: policy targets, and where nothing covers them")),
        (_DCT + "license", Iri(LICENCE)),
        (_DCAT + "version", Literal(version)),
        (_VOID + "triples", _number(sum(graphs.values()))),
        *((_VOID + "subset", Iri(graph)) for graph in graphs),
    )

    yield from _said(
        iris.whole(),
        (TYPE, Iri(_VOID + "Dataset")),
        (TYPE, Iri(_DCAT + "Dataset")),
        (RDFS_LABEL, _english("TargetGraph, whichever version")),
        (_DCT + "license", Iri(LICENCE)),
        (_DCAT + "hasCurrentVersion", Iri(iris.dataset(version))),
    )


def _graph(graph: str, count: int, version: str) -> Iterator[Quad]:
    short = graph.removeprefix(iris.BASE + "graph/")
    note = graph_words(graph)
    yield from _said(
        graph,
        (TYPE, Iri(_VOID + "Dataset")),
        (RDFS_LABEL, _english(f"Named graph “{short}”")),
        (_DCT + "isPartOf", Iri(iris.dataset(version))),
        (_VOID + "triples", _number(count)),
        *(((_DCT + "description", _english(f"Statements {note}.")),) if note else ()),
    )


def _query(question: Question) -> Iterator[Quad]:
    kind, prop = _FORMS.get(question.form, ("", ""))
    iri = query_iri(question)
    yield from _said(
        iri,
        (TYPE, Iri(_SH + "SPARQLExecutable")),
        (RDFS_LABEL, _english(question.summary)),
        (_DCT + "description", _english(question.question)),
        (_DCT + "identifier", Literal(question.name)),
    )
    if kind:
        yield from _said(iri, (TYPE, Iri(f"{_SH}SPARQL{kind}Executable")), (_SH + prop, Literal(question.content)))


def query_iri(question: Question) -> str:
    """IRI of a query of the library, as gaps name it."""
    return f"{iris.BASE}query/{question.name}"
