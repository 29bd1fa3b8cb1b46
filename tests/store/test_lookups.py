"""Look-ups: what is one, that nothing else is, and that the answer is the query process's own."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDFS, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue

from targetgraph.store.lookups import MOST_BYTES, MOST_CHARACTERS, LookupStore, is_lookup
from targetgraph.store.protocol_answers import Asked, answered

LOOKUPS = (
    "SELECT ?p ?o WHERE { <https://example.org/a> ?p ?o }",
    "select * { <https://example.org/a> rdfs:label ?label . } LIMIT 5 # 17",
    "PREFIX x: <https://example.org/> SELECT ?s { ?s a x:Thing }",
    'SELECT ?s { ?s rdfs:label "Governments"@en }',
    "ASK { <https://example.org/a> a <https://example.org/Thing> }",
    "SELECT ?s{?s\n<https://example.org/p>\t<https://example.org/o>}",
)
OTHERS = (
    "SELECT * { ?s ?p ?o }",
    "SELECT * { ?s <https://example.org/p> ?o }",
    "SELECT * { ?s ?p <https://example.org/o> }",
    "SELECT * { <https://example.org/a> ?x ?x }",
    "SELECT * { <https://example.org/a> ?p ?o } OFFSET 1000000000",
    "SELECT * { <https://example.org/a> ?p ?o } ORDER BY ?o",
    "SELECT DISTINCT ?p { <https://example.org/a> ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { <https://example.org/a> ?p ?o }",
    "SELECT * { <https://example.org/a> ?p ?o FILTER(?o > 1) }",
    "SELECT * { <https://example.org/a> ?p ?o . ?o ?q ?r }",
    "SELECT * { <https://example.org/a> <https://example.org/p>* ?o }",
    "SELECT * { <https://example.org/a> ^<https://example.org/p> ?o }",
    "SELECT * { SERVICE <https://example.org/a> { ?p ?o ?x } }",
    "SELECT * FROM <file:///etc/passwd> { <https://example.org/a> ?p ?o }",
    "SELECT * { <https://example.org/a> ?p ?o } #\nLIMIT 5 OFFSET 9",
    "SELECT * { <https://example.org/\\u0061> ?p ?o }",
    "BASE <https://example.org/> SELECT * { ?s ?p ?o }",
    "DESCRIBE <https://example.org/a>",
    "DELETE WHERE { <https://example.org/a> ?p ?o }",
    "SELECT * { <https://example.org/a> ?p ?o }" + " " * MOST_CHARACTERS,
)


@pytest.mark.parametrize("text", LOOKUPS)
def test_lookups(text: str) -> None:
    assert is_lookup(text)
    ox.Store().query(text, prefixes={"rdfs": "http://www.w3.org/2000/01/rdf-schema#"})  # and it is SPARQL


@pytest.mark.parametrize("text", OTHERS)
def test_others(text: str) -> None:
    assert not is_lookup(text)


_HEADS = (
    "SELECT * ",
    "SELECT ?s WHERE",
    "ASK",
    "SELECT DISTINCT ?s ",
    "SELECT (COUNT(*) AS ?n) ",
    "PREFIX x: <y:z> ASK ",
    "",
)
_TERMS = (
    "?s",
    "?o",
    "<x:y>",
    "a",
    "rdfs:label",
    '"x"@en',
    "<x:y>*",
    "^<x:y>",
    "[]",
    "_:b",
    "(1)",
    "GRAPH ?s {",
    "FILTER",
    "}",
)
_TAILS = (
    "",
    " LIMIT 5",
    " OFFSET 5",
    " ORDER BY ?s",
    "# LIMIT 5",
    " VALUES ?s { 1 }",
    "\n#\n",
    " LIMIT 1 # \n OFFSET 3",
)


@given(st.sampled_from(_HEADS), st.lists(st.sampled_from(_TERMS), min_size=2, max_size=5), st.sampled_from(_TAILS))
def test_whatever_is_taken_for_one_is_one_pattern_found_by_an_index(head: str, terms: list[str], tail: str) -> None:
    """Another reader of SPARQL, rdflib, sees one triple with its subject, or its property and value, and nothing around it."""
    text = f"{head}{{ {' '.join(terms)} }}{tail}"
    if not is_lookup(text):
        return
    try:
        parsed = prepareQuery(text, initNs={"rdfs": RDFS})
    except Exception:  # no SPARQL at all: the engine will say so
        return
    nodes: list[CompValue] = []
    traverse(parsed.algebra, visitPre=lambda node: nodes.append(node) if isinstance(node, CompValue) else None)
    names = {node.name for node in nodes}
    assert names <= {"SelectQuery", "AskQuery", "Project", "BGP", "Slice"}, text
    ((subject, prop, value),) = [t for node in nodes if node.name == "BGP" for t in node.triples]
    assert all(node.start == 0 for node in nodes if node.name == "Slice")
    given_ = [not isinstance(term, Variable) for term in (subject, prop, value)]
    assert given_[0] or (given_[1] and given_[2]), text
    assert prop != value or given_[1], text


@pytest.mark.parametrize("piece", ["?s ", "PREFIX x: <y:z> ", " ", "<", "x:", '"', "@a-", "#"])
def test_it_takes_time_in_proportion_to_the_query(piece: str) -> None:
    # The expression never goes back: a query of the greatest length costs no more than reading it.
    import time

    text = ("SELECT " + piece * MOST_CHARACTERS)[:MOST_CHARACTERS]
    began = time.process_time()
    for _ in range(100):
        is_lookup(text)
    assert time.process_time() - began < 1.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a thing of three statements and one of twenty thousand."""
    path = tmp_path_factory.mktemp("lookups") / "store"
    store = ox.Store(str(path))
    graph = ox.NamedNode("https://example.org/graph")

    def quad(thing: str, number: int) -> ox.Quad:
        p = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
        return ox.Quad(ox.NamedNode(f"https://example.org/{thing}"), p, ox.Literal(f"{thing} {number}"), graph)

    store.bulk_extend([*(quad("a", n) for n in range(3)), *(quad("hub", n) for n in range(20_000))])
    store.flush()
    del store
    return path


def _asked(text: str, form: str = "json", rows: int | None = 100_000) -> Asked:
    return Asked(text, form, "turtle", None, None, True, False, rows, 64 * 2**20, 30.0)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("text", [LOOKUPS[0], LOOKUPS[1], LOOKUPS[4], "SELECT * { <https://example.org/none> ?p ?o }"])
def test_the_answer_is_the_query_processes_own(text: str, form: str, folder: Path) -> None:
    body = answered(ox.Store.read_only(str(folder)), _asked(text, form))
    assert LookupStore.open(folder).replied(_asked(text, form)) == (200, *body)


def test_what_is_too_large_or_wrong_is_left_to_a_query_process(folder: Path) -> None:
    store = LookupStore.open(folder)
    assert store.replied(_asked("SELECT ?p ?o { <https://example.org/hub> ?p ?o }")) is None
    assert store.replied(_asked("SELECT ?p ?o { <no iri> ?p ?o }")) is None
    assert store.replied(_asked("SELECT ?p ?o { nobody:knows ?p ?o }")) is None
    cut = store.replied(_asked("SELECT ?o { <https://example.org/hub> ?p ?o }", rows=10))
    assert cut is not None and cut[2] == 10 and len(cut[3]) < MOST_BYTES
