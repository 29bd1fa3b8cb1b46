"""The triples of an answer, handed to rdflib directly, are those of the document one could have written."""

from __future__ import annotations

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from targetgraph.library.terms import Iri, Triple
from targetgraph.store import EmbeddedStore, rdflib_graph, serialised

_STATEMENTS = (
    '<urn:a> <urn:p> "plain", "tagged"@en-GB, "2030"^^<http://www.w3.org/2001/XMLSchema#gYear>, 1, 0.60, true, '
    '"a \\"b\\" \\n c" ; <urn:q> ( <urn:b> [ <urn:r> <urn:a> ] ) .'
)


def test_triples_become_a_graph() -> None:
    lines = Graph().parse(data=_STATEMENTS, format="turtle").serialize(format="nt")
    answer = EmbeddedStore.in_memory(lines).construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", limits=None)
    assert len(answer) == 13
    written = Graph().parse(data=serialised(answer, "ntriples"), format="nt")
    assert isomorphic(rdflib_graph(answer), written)


def test_a_triple_in_a_triple_is_refused() -> None:
    inner = Triple(Iri("urn:a"), Iri("urn:p"), Iri("urn:b"))
    with pytest.raises(TypeError, match="no triple terms"):
        rdflib_graph([Triple(Iri("urn:c"), Iri("urn:q"), inner)])
