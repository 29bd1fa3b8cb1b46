from __future__ import annotations

import io
from pathlib import Path

import pytest
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from targetgraph.errors import QueryError, StoreError
from targetgraph.library import BlankNode, Iri, Literal, Triple
from targetgraph.library.terms import RDF_LANG_STRING, XSD
from targetgraph.namespaces import PREFIXES
from targetgraph.store import (
    EmbeddedStore,
    Store,
    Truth,
    load_folder,
    load_memory,
    rdflib_dataset,
    serialised,
)
from tests.library.engines import GRAPHS, agreed, oxigraph, rows_of, sample_nquads
from tests.store.builds import build, statements

QUERIES = [
    "SELECT ?t ?l { ?t tg:inFramework ?f ; rdfs:label ?l } ORDER BY ?t STR(?l)",
    "SELECT ?f (COUNT(*) AS ?n) (MIN(?o) AS ?m) { ?t tg:inFramework ?f ; tg:order ?o } GROUP BY ?f ORDER BY ?f",
    "SELECT ?t ?y { ?t a tg:Target OPTIONAL { ?t tg:deadlineYear ?y } } ORDER BY ?t",
    "SELECT ?t { ?t a tg:Target MINUS { ?t tg:responsibleActor ?a } } ORDER BY ?t",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    'SELECT (STRLANG("a", "fr") AS ?x) (1 + 1 AS ?y) (1 = 1 AS ?z) (<urn:x> AS ?u) {}',
]


@pytest.mark.parametrize("text", QUERIES)
def test_answers_are_those_of_plain_rdflib(text: str) -> None:
    declared = "".join(f"PREFIX {p}: <{ns}>\n" for p, ns in (("tg", "https://w3id.org/targetgraph/ontology#"),))
    rows = agreed(declared + "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n" + text)
    assert rows
    assert list(oxigraph().select(text).rows) == rows  # through a worker, prefixes undeclared


def test_it_is_a_store() -> None:
    assert isinstance(oxigraph(), Store)
    assert oxigraph().graph_names() == GRAPHS


def test_terms_of_every_kind() -> None:
    store = EmbeddedStore.in_memory(
        '<urn:s> <urn:p> "é\\n\\"" <urn:g> .\n<urn:s> <urn:p> "x"@zh-Hans <urn:g> .\n'
        '<urn:s> <urn:p> "1"^^<urn:d> <urn:g> .\n'
        "<urn:s> <urn:p> _:b <urn:g> .\n<urn:s> <urn:p> <urn:o> <urn:g> .\n"
    )
    objects = {row[1] for row in store.select("SELECT ?s ?o ?none { ?s ?p ?o }").rows}
    assert {o for o in objects if not isinstance(o, BlankNode)} == {
        Literal('é\n"'),
        Literal("x", RDF_LANG_STRING, "zh-hans"),
        Literal("1", "urn:d"),
        Iri("urn:o"),
    }
    assert len([o for o in objects if isinstance(o, BlankNode)]) == 1
    assert {row[2] for row in store.select("SELECT ?s ?o ?none { ?s ?p ?o }").rows} == {None}
    quoted = store.select("SELECT (TRIPLE(<urn:a>, <urn:b>, 1) AS ?t) {}").rows[0][0]
    assert quoted == Triple(Iri("urn:a"), Iri("urn:b"), Literal("1", XSD + "integer"))


def test_forms_are_kept_apart() -> None:
    store = oxigraph()
    assert store.query("ASK { ?s a tg:Target }") == Truth(True)
    assert store.ask("ASK { ?s a tg:Target }") is True
    for wrong in (store.select, store.construct):
        with pytest.raises(QueryError):
            wrong("ASK {}")
    with pytest.raises(QueryError):
        store.ask("SELECT * {}")


def test_construct_is_that_of_plain_rdflib() -> None:
    text = "CONSTRUCT { ?f tg:has ?t . ?t tg:note [ tg:text ?l ] } WHERE { ?t tg:inFramework ?f ; rdfs:label ?l }"
    ours = oxigraph().construct(text)
    prefixes = "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in ("tg", "rdfs"))
    plain = Dataset(default_union=True)
    plain.parse(data=sample_nquads(), format="nquads")
    expected = plain.query(prefixes + text).graph
    assert expected is not None
    for form, name in (("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml")):
        assert isomorphic(Graph().parse(data=serialised(ours, form), format=name), expected), form


def test_values_and_export_stream_everything() -> None:
    store = EmbeddedStore.in_memory(statements(1000))
    rows = list(store.values("SELECT ?s ?o ?no { ?s ?p ?o }"))
    assert sorted(rows, key=str) == sorted(((f"urn:s{i}", f"v{i}", None) for i in range(1000)), key=str)
    buffer = io.BytesIO()
    store.export("SELECT ?s ?o { ?s ?p ?o }", buffer, "csv")
    lines = buffer.getvalue().decode().split("\r\n")
    assert (lines[0], len(lines)) == ("s,o", 1002)
    for call in (
        lambda: list(store.values("SELECT ?s {")),
        lambda: store.export("SELECT ?s {", io.BytesIO()),
    ):
        with pytest.raises(QueryError, match="line 1"):
            call()
    with pytest.raises(QueryError, match="SELECT"):
        store.export("ASK {}", io.BytesIO())


def test_a_folder_is_loaded_and_only_read(tmp_path: Path) -> None:
    source = tmp_path / "data.nq"
    source.write_text(statements(100))
    assert load_folder(source, tmp_path / "store") == 100
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "store").iterdir()}
    with EmbeddedStore.open(tmp_path / "store") as one, EmbeddedStore.open(tmp_path / "store") as two:
        assert len(one) == len(two) == 100
        assert one.select("SELECT ?s { ?s ?p ?o }").rows == two.select("SELECT ?s { ?s ?p ?o }").rows
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "store").iterdir()} == before
    with pytest.raises(StoreError, match="not empty"):
        load_folder(source, tmp_path / "store")


def test_what_is_not_nquads_is_an_error(tmp_path: Path) -> None:
    source = tmp_path / "data.nq"
    source.write_text("<urn:a> <urn:b> .\n")
    for call in (lambda: load_folder(source, tmp_path / "s"), lambda: load_memory(source)):
        with pytest.raises(StoreError, match="not N-Quads"):
            call()


def test_no_store_and_a_damaged_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here") as caught:
        EmbeddedStore.open(tmp_path / "none")
    assert "targetgraph build" in caught.value.problems[0].remedy
    folder = build(tmp_path / "store", statements(100)).oxigraph
    (folder / "CURRENT").write_text("MANIFEST-999999\n")
    with pytest.raises(StoreError, match="damaged"):
        EmbeddedStore.open(folder)


def test_rdflib_meets_the_same_graph(tmp_path: Path) -> None:
    folder = build(tmp_path / "store", sample_nquads()).oxigraph
    dataset = rdflib_dataset(folder)
    plain = Dataset(default_union=True)
    plain.parse(data=sample_nquads(), format="nquads")
    assert set(dataset.quads()) == {(s, p, o, g) for s, p, o, g in plain.quads()}
    text = "SELECT ?t ?l { ?t tg:inFramework ?f ; rdfs:label ?l } ORDER BY ?t STR(?l)"
    for prefix, namespace in dataset.namespaces():
        plain.bind(prefix, namespace)
    assert rows_of(dataset, text) == rows_of(plain, text)
    with pytest.raises(StoreError):
        rdflib_dataset(tmp_path / "none")
