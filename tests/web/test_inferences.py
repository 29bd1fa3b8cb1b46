"""Inferences kept while a server runs: it takes them up, tells of them, and hands them out to whoever names them."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import quote

import rdflib
import urllib3
from rdflib import RDF, VOID, URIRef

from targetgraph.pipeline.keeping import forget, keep
from targetgraph.pipeline.kept_exports import kept_folder
from targetgraph.pipeline.reasoning_run import Conclusions
from targetgraph.reasoning.axioms import Triple3
from targetgraph.store import StoreFolder
from tests.copies import copy_of
from tests.web.servers import Server, client, serving

RL = "https://w3id.org/targetgraph/graph/inferred/rl"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
TARGET = URIRef("https://w3id.org/targetgraph/gfc/target/A1")
INFERRED: list[Triple3] = [(TARGET, URIRef("urn:follows"), URIRef(f"urn:{n}")) for n in range(5)]
STATEMENTS = 12
"""The five, and seven that say what the graph is."""
NAMED = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{RL}> {{ ?s ?p ?o }} }}"
RELATIVE = "SELECT (COUNT(*) AS ?n) { GRAPH <graph/inferred/rl> { ?s ?p ?o } }"
UNION = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
HERE = "SELECT ?o { <gfc/target/A1> <urn:follows> ?o }"


def number(http: urllib3.PoolManager, server: Server, query: str, **more: str) -> tuple[int, str]:
    answer = http.request("GET", server.sparql, fields={"query": query, **more})
    assert answer.status == 200, answer.data
    (row,) = answer.json()["results"]["bindings"]
    return int(row["n"]["value"]), answer.headers["etag"]


def until(http: urllib3.PoolManager, server: Server, wanted: int) -> None:
    deadline = time.monotonic() + 60
    while number(http, server, NAMED)[0] != wanted:
        assert time.monotonic() < deadline, "the server has not taken it up"
        time.sleep(0.1)


def test_a_running_server_takes_inferences_up_and_lets_go_of_them(built_store: Path, tmp_path: Path) -> None:
    store = copy_of(built_store, tmp_path / "store")
    version = StoreFolder(store).current().data_version
    with serving(store, "--processes", "1") as server, client() as http:
        union, tag = number(http, server, UNION)
        nothing, former = number(http, server, NAMED)
        assert nothing == 0
        keep(Conclusions("rules, say", version, True, inferred=INFERRED), "rl", store)
        until(http, server, STATEMENTS)
        _told(http, server, union)
        there, tag = number(http, server, NAMED)
        assert tag != former, "whoever kept the former answer would be told that nothing has changed"
        assert number(http, server, RELATIVE)[0] == there
        again = http.request("GET", server.sparql, fields={"query": NAMED}, headers={"If-None-Match": former})
        assert again.status == 200
        assert again.headers["targetgraph-data-version"] == version
        assert forget(store) == ("rl",)
        until(http, server, 0)
        assert http.request("GET", f"{server.url}rdf-graph-store?graph={quote(RL, safe='')}").status == 404


def test_what_is_written_drops_the_inferences(built_store: Path, tmp_path: Path) -> None:
    """What they follow from may be gone: seen by no query from the change on, in no description, in no version made of it."""
    store = copy_of(built_store, tmp_path / "store")
    before = StoreFolder(store).current().data_version
    keep(Conclusions("rules, say", before, True, inferred=INFERRED), "rl", store)
    document = f"rdf-graph-store?graph={quote(RL, safe='')}"
    with serving(store, "--processes", "1", environment={"TARGETGRAPH_TOKEN": "open"}) as server, client() as http:
        union, _ = number(http, server, UNION)
        assert number(http, server, NAMED)[0] == STATEMENTS
        body = b"INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }"
        headers = {"content-type": "application/sparql-update", "authorization": "Bearer open"}
        assert http.request("POST", server.sparql, body=body, headers=headers).status == 204
        assert number(http, server, NAMED)[0] == 0
        assert number(http, server, UNION)[0] == union + 1
        assert http.request("GET", server.url + document).status == 404
        deadline = time.monotonic() + 60
        while (store / "working" / "dirty").exists():
            assert time.monotonic() < deadline, "it was never published"
            time.sleep(0.1)
        assert number(http, server, NAMED)[0] == 0
        said = rdflib.Graph()
        said.parse(data=http.request("GET", server.sparql, headers={"Accept": "text/turtle"}).data, format="turtle")
        assert (None, SD.name, URIRef("urn:g")) in said
        assert (None, SD.name, URIRef(RL)) not in said
    version = StoreFolder(store).current()
    assert version.data_version != before
    assert version.inferred == {} and not (version.path / "inferred").exists()


def test_descriptions_of_other_inferences_are_not_taken_for_theirs(built_store: Path, tmp_path: Path) -> None:
    """The name of a version's folder comes again when inferences are kept and forgotten by turns."""
    store = copy_of(built_store, tmp_path / "store")
    found = Conclusions("rules, say", StoreFolder(store).current().data_version, True, inferred=INFERRED)
    folders: dict[str, set[Path]] = {}
    for minute in range(4):
        version = keep(found, "rl", store, f"2026-11-26T10:0{minute}:00Z")
        folder = kept_folder(version)
        assert folder not in folders.setdefault(version.path.name, set())
        folders[version.path.name].add(folder)
        assert folder == kept_folder(StoreFolder(store).current()) and folder.is_dir()
        forget(store)
    assert any(len(of_one_name) > 1 for of_one_name in folders.values()), "no name came again"


def _told(http: urllib3.PoolManager, server: Server, union: int) -> None:
    """What every way of asking gives while they are there."""
    assert number(http, server, UNION)[0] == union
    lookup = http.request("GET", server.sparql, fields={"query": HERE})
    assert lookup.json()["results"]["bindings"] == []
    mixed = f"SELECT ?o {{ <gfc/target/A1> a tg:Target . GRAPH <{RL}> {{ <gfc/target/A1> <urn:follows> ?o }} }}"
    assert len(http.request("GET", server.sparql, fields={"query": mixed}).json()["results"]["bindings"]) == 5
    by_protocol = {"default-graph-uri": RL}
    assert number(http, server, UNION, **by_protocol)[0] == STATEMENTS
    assert (
        number(http, server, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": RL})[0]
        == STATEMENTS
    )
    cut = http.request("GET", server.sparql, fields={"query": f"SELECT * FROM <{RL}> {{ ?s ?p ?o }} LIMIT 3"})
    assert len(cut.json()["results"]["bindings"]) == 3
    document = http.request(
        "GET", f"{server.url}rdf-graph-store?graph={quote(RL, safe='')}", headers={"Accept": "text/turtle"}
    )
    assert document.status == 200
    assert set(INFERRED) < set(rdflib.Graph().parse(data=document.data, format="turtle"))
    described = rdflib.Graph()
    described.parse(data=http.request("GET", server.sparql, headers={"Accept": "text/turtle"}).data, format="turtle")
    (graph,) = described.subjects(SD.name, URIRef(RL))
    (content,) = described.objects(graph, SD.graph)
    assert described.value(content, VOID.triples) == rdflib.Literal(STATEMENTS)
    (default,) = described.objects(described.value(None, RDF.type, SD.Dataset), SD.defaultGraph)
    assert described.value(default, VOID.triples) == rdflib.Literal(union)
