"""The library as executable examples: as many as there are, each runs as printed, and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3
from rdflib import RDF, RDFS, SH, Dataset, Graph, Namespace, URIRef

from targetgraph import iris
from targetgraph.library import Library
from targetgraph.pipeline.kept_exports import kept_folder, make
from targetgraph.publish.catalogue.documents import described
from targetgraph.publish.catalogue.examples import OWN_THEMES, SCHEMA
from targetgraph.store import EmbeddedStore, StoreFolder
from targetgraph.store.results import Solutions, Statements, Truth
from tests.changes.harvester import Harvester
from tests.web.servers import Address, serving_once

SPEX = Namespace("https://purl.expasy.org/sparql-examples/ontology#")
HOLDS = {
    SH.select: (SH.SPARQLSelectExecutable, Solutions),
    SH.ask: (SH.SPARQLAskExecutable, Truth),
    SH.construct: (SH.SPARQLConstructExecutable, Statements),
    SPEX.describe: (SH.SPARQLExecutable, Statements),
}


@pytest.fixture(scope="module")
def catalogue(built_store: Path) -> Graph:
    """Read back from its Turtle."""
    graph = described("examples", StoreFolder(built_store).current(), built_store, "https://registry.example/")
    return Graph().parse(data=graph.serialize(format="turtle"), format="turtle")


def test_every_question_is_an_example_and_runs_as_printed(catalogue: Graph, built_store: Path) -> None:
    names = [name for name in Library().names if name.split("/")[0] not in OWN_THEMES]
    assert len(names) > 100
    told = set(catalogue.subjects(RDF.type, SH.SPARQLExecutable))
    assert told == {URIRef(f"{iris.BASE}.well-known/sparql-examples/{name}") for name in names}
    engine = EmbeddedStore.open(StoreFolder(built_store).current().oxigraph)
    forms = set()
    for each in told:
        ((holds, text),) = [(p, o) for p, o in catalogue.predicate_objects(each) if p in HOLDS]
        kind, answer = HOLDS[URIRef(str(holds))]
        assert (each, RDF.type, kind) in catalogue
        assert str(catalogue.value(each, SCHEMA.target)) == "https://registry.example/sparql"
        assert catalogue.value(each, RDFS.comment) and catalogue.value(each, SCHEMA.keywords)
        assert isinstance(engine.query(str(text), limits=None), answer)
        forms.add(holds)
    assert forms == {SH.select, SH.ask, SH.construct}  # the library has no DESCRIBE


def test_prefixes_are_declared(catalogue: Graph) -> None:
    (prefixes,) = set(catalogue.objects(None, SH.prefixes))
    declared = {str(catalogue.value(d, SH.prefix)) for d in catalogue.objects(prefixes, SH.declare)}
    assert {"tg", "tgr", "skos", "dct"} <= declared


@pytest.fixture(scope="session")
def served(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """The server that the tests of the web ask too. For reading only."""
    with serving_once(tmp_path_factory, "server", built_store) as running:
        yield running


def test_found_and_run_over_http(served: Address) -> None:
    http = urllib3.PoolManager(retries=False)

    def get(path: str, accept: str = "text/turtle") -> urllib3.BaseHTTPResponse:
        return http.request("GET", served.url + path, headers={"Accept": accept})

    found = get(".well-known/sparql-examples/")
    assert (found.status, found.headers["Content-Type"].split(";")[0]) == (200, "text/turtle")
    graph = Graph().parse(data=found.data, format="turtle")
    some = sorted(graph.subject_objects(SH.select))[::25]
    assert len(some) >= 4
    for each, text in some:
        path = str(each).removeprefix(iris.BASE)
        alone = Graph().parse(data=get(path, "application/ld+json").data, format="json-ld")
        assert alone.value(each, SH.select) == text
        target = str(alone.value(each, SCHEMA.target))
        assert target == served.url + "sparql"
        answer = http.request("GET", target, fields={"query": str(text)})
        assert answer.status == 200
    assert get(".well-known/sparql-examples/actors/nonsense").status == 404
    assert get("catalogue", "image/png").status == 406
    for path, form, parser in (
        ("catalogue", "text/turtle", "turtle"),
        ("catalogue", "application/rdf+xml", "xml"),
        (".well-known/void", "application/n-triples", "nt"),
    ):
        response = get(path, form)
        assert response.headers["Content-Type"].split(";")[0] == form
        assert len(Graph().parse(data=response.data, format=parser)) > 200
        again = http.request(
            "GET", served.url + path, headers={"Accept": form, "If-None-Match": response.headers["ETag"]}
        )
        assert again.status == 304


def test_what_the_catalogue_lists_is_there(served: Address, built_store: Path) -> None:
    http = urllib3.PoolManager(retries=False)
    graph = Graph().parse(data=http.request("GET", served.url + "catalogue").data, format="turtle")
    urls = sorted(str(u) for u in graph.objects(None, URIRef("http://www.w3.org/ns/dcat#downloadURL")))
    assert len(urls) > 15 and all(u.startswith(served.url) for u in urls)
    # The server makes each in a process of its own, whose start takes most of the time: so every fourth here. The others it
    # finds made, as that process makes them.
    version = StoreFolder(built_store).current()
    for url in set(urls) - set(urls[::4]):
        assert make(version, kept_folder(version), url.removeprefix(f"{served.url}data/")) or "/data/" not in url, url
    for url in urls:
        assert http.request("HEAD", url).status == 200, url


def test_a_harvester_follows_over_http(served: Address, built_store: Path) -> None:
    http = urllib3.PoolManager(retries=False)

    def fetch(address: str) -> bytes:
        answer = http.request("GET", address)
        assert answer.status == 200
        return answer.data

    harvester = Harvester(fetch, served.url + "changes/")
    harvester.catch_up()
    assert harvester.nquads() == StoreFolder(built_store).current().dataset.read_bytes()
    assert len(harvester.pages) > 10
    assert http.request("GET", served.url + "changes/99/1").status == 404
    assert isinstance(Dataset().parse(data=fetch(served.url + "changes/"), format="trig"), Graph)
