"""The engine asked alone, without a server: whether a failure is its own."""

from __future__ import annotations

import io

import pyoxigraph as ox

from tests.w3c.answers import BY_ENDING, READERS, Table, difference
from tests.w3c.manifests import Case, Suite
from tests.w3c.queries import expected_answer
from tests.w3c.service import triples

_TABLES = {
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}


def wrong_alone(suite: Suite, case: Case) -> str:
    """What is wrong with the engine's own answer over a store of this case's data alone; empty when it is right."""
    store = ox.Store()
    for file in case.before.default:
        store.extend(ox.Quad(*triple) for triple in triples(suite, file))
    for name, file in case.before.named:
        store.extend(
            ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(name))
            for triple in triples(suite, file)
        )
    try:
        answer = store.query(suite.text(case.request), base_iri=case.request)
    except (SyntaxError, RuntimeError, ValueError) as error:
        return "" if case.kind == "NegativeSyntaxTest11" else str(error)
    if not case.result:
        return "" if case.kind == "PositiveSyntaxTest11" else "accepted"
    media_type = BY_ENDING[case.result.rpartition(".")[2]]
    expected = expected_answer(suite, case, media_type)
    if isinstance(expected, Table) and media_type == "text/turtle":
        media_type = "application/sparql-results+json"
    output = io.BytesIO()
    if isinstance(answer, ox.QueryTriples):
        answer.serialize(output, ox.RdfFormat.N_TRIPLES)
        media_type = "application/n-triples"
    else:
        answer.serialize(output, _TABLES[media_type])
    return difference(expected, READERS[media_type](output.getvalue().decode()))
