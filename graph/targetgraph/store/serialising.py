"""Triples of an answer as Turtle, N-Triples, JSON-LD or RDF/XML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pyoxigraph as ox

from targetgraph.errors import QueryError
from targetgraph.library.terms import BlankNode, Iri, Term, Triple
from targetgraph.namespaces import PREFIXES

_FORMATS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def serialised(triples: Iterable[Triple], form: str) -> str:
    """The triples as a document, sorted, so that equal answers give equal text.

    Parameters
    ----------
    form : ``turtle``, ``ntriples``, ``jsonld`` or ``rdfxml``.

    Raises
    ------
    QueryError
        for triples the format cannot hold (RDF/XML and predicates that do not end in a name).
    """
    ordered = sorted({_triple(t) for t in triples}, key=str)
    try:
        document = ox.serialize(ordered, format=_FORMATS[form], prefixes=dict(PREFIXES)) or b""
    except (ValueError, OSError) as error:
        raise QueryError(f"the answer cannot be written as {form}: {error}", remedy="choose turtle") from error
    return document.decode()


def _triple(triple: Triple) -> ox.Triple:
    return ox.Triple(_term(triple.subject), _term(triple.predicate), _term(triple.object))


def _term(term: Term) -> Any:
    if isinstance(term, Iri):
        return ox.NamedNode(term.value)
    if isinstance(term, BlankNode):
        return ox.BlankNode(term.value)
    if isinstance(term, Triple):
        return _triple(term)
    if term.direction:
        direction = ox.BaseDirection.RTL if term.direction == "rtl" else ox.BaseDirection.LTR
        return ox.Literal(term.value, language=term.language, direction=direction)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))
