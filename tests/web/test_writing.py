"""Writing with a token: what is refused, what is seen, what survives."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import urllib3
from rdflib import Graph
from rdflib.compare import isomorphic

from targetgraph.errors import StoreError
from targetgraph.store import EmbeddedStore, StoreFolder
from targetgraph.store.documents import Refused
from targetgraph.store.remote_publication import PUBLICATION, STAGING
from targetgraph.store.updates import with_using
from tests.copies import copy_of
from tests.web.servers import Server, client, serving, start

TOKEN = {"TARGETGRAPH_TOKEN": "open sesame 42"}
BEARER = {"authorization": "Bearer open sesame 42"}
TURTLE = {"content-type": "text/turtle"}
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:g> { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def copied(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "store"
    copy_of(built_store, folder)
    return folder


@pytest.fixture(scope="module")
def writable(copied: Path) -> Iterator[Server]:
    with serving(copied, "--limit-seconds", "2", environment=TOKEN) as running:
        yield running


def update(http: urllib3.PoolManager, server: Server, text: str, **parameters: str) -> urllib3.BaseHTTPResponse:
    target = server.sparql + (f"?{urlencode(parameters)}" if parameters else "")
    headers = {"content-type": "application/sparql-update", **BEARER}
    return http.request("POST", target, body=text.encode(), headers=headers)


def ask(http: urllib3.PoolManager, server: Server, query: str) -> bool:
    answer = http.request("GET", server.sparql, fields={"query": query})
    assert answer.status == 200, answer.data
    return bool(answer.json()["boolean"])


def count(http: urllib3.PoolManager, server: Server, query: str = COUNT) -> int:
    answer = http.request("GET", server.sparql, fields={"query": query})
    assert answer.status == 200, answer.data
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def graph_store(server: Server, graph: str) -> str:
    return f"{server.url}rdf-graph-store?{urlencode({'graph': graph})}"


def published(folder: Path, patience: float = 90) -> str:
    """Wait until nothing is left to publish; the current data version."""
    deadline = time.monotonic() + patience
    while (folder / "working" / "dirty").exists():
        assert time.monotonic() < deadline, "it was never published"
        time.sleep(0.1)
    return StoreFolder(folder).current().data_version


def test_only_who_has_the_token_writes(http: urllib3.PoolManager, writable: Server) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    body = urlencode({"update": "INSERT DATA { GRAPH <urn:stolen> { <urn:a> <urn:b> 1 } }"})
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Basic b3BlbiBzZXNhbWUgNDI="}):
        answer = http.request("POST", writable.sparql, body=body, headers={**form, **headers})
        assert answer.status == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        put = http.request("PUT", graph_store(writable, "urn:stolen"), body=b"", headers={**TURTLE, **headers})
        assert put.status == 401
        assert http.request("DELETE", graph_store(writable, "urn:stolen"), headers=headers).status == 401
    assert not ask(http, writable, "ASK { GRAPH <urn:stolen> { ?s ?p ?o } }")
    granted = http.request("POST", writable.sparql, body=body, headers={**form, **BEARER})
    assert granted.status == 204
    assert ask(http, writable, "ASK { GRAPH <urn:stolen> { ?s ?p ?o } }")


def test_updates_reach_nothing_outside(http: urllib3.PoolManager, writable: Server, tmp_path: Path) -> None:
    secret = tmp_path / "secret.nt"
    secret.write_text("<urn:secret> <urn:is> <urn:here> .\n")
    for text in (
        f"LOAD <{secret.as_uri()}>",
        f"LOAD SILENT <{secret.as_uri()}> INTO GRAPH <urn:x>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        f"INSERT DATA {{ <urn:a> <urn:b> 1 }} ; \\u004cOAD <{secret.as_uri()}>",
        "INSERT DATA { <urn:half> <urn:b> 1 } ; DELETE WHERE { ?s ?p",
        "SELECT * { ?s ?p ?o }",
    ):
        answer = update(http, writable, text)
        assert answer.status == 400, (text, answer.data)
    assert not ask(http, writable, "ASK { { <urn:secret> ?p ?o } UNION { <urn:half> ?p ?o } }")
    # INSERT ... USING a file only names a graph: there is none of that name
    named = f"INSERT {{ GRAPH <urn:x> {{ ?s ?p ?o }} }} USING <{secret.as_uri()}> WHERE {{ ?s ?p ?o }}"
    assert update(http, writable, named).status == 204
    assert not ask(http, writable, "ASK { GRAPH <urn:x> { ?s ?p ?o } }")


@pytest.mark.parametrize(
    ("text", "using", "words"),
    [
        ("SELECT * { ?s ?p ?o }", "", "the update is not valid SPARQL 1.1 Update: "),
        ("DROP GRAPH <urn:nowhere>", "", "the update failed: "),
        ("INSERT { ?s ?p 1 } WHERE { ?s ?p 2 }", "no iri", "<no iri> is no IRI"),
        ("INSERT { ?s ?p 1 } WHERE { ?s ?p 2 }", "relative", "<relative> is no IRI"),
    ],
)
def test_wrong_updates_are_told_with_a_remedy(
    http: urllib3.PoolManager, writable: Server, text: str, using: str, words: str
) -> None:
    answer = update(http, writable, text, **({"using-graph-uri": using} if using else {}))
    said = answer.data.decode()
    assert answer.status == 400 and words in said
    assert ("give the whole address of a graph" if using else "correct it; nothing was written") in said


def test_an_endless_update_is_stopped_and_writes_nothing(http: urllib3.PoolManager, writable: Server) -> None:
    before = count(http, writable, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    patterns = " ".join(f"GRAPH ?g{i} {{ ?a{i} ?b{i} ?c{i} }}" for i in range(4))
    answer = update(http, writable, f"INSERT {{ ?a0 ?b0 ?c1 }} WHERE {{ {patterns} FILTER(?c0 = ?c1 && ?c2 = 7) }}")
    assert answer.status == 503
    assert b"nothing was written" in answer.data
    nested = update(http, writable, "INSERT { <urn:a> <urn:b> 1 } WHERE " + "{" * 20_000 + "}" * 20_000)
    assert nested.status == 503
    assert update(http, writable, "INSERT DATA { GRAPH <urn:after> { <urn:a> <urn:b> 1 } }").status == 204
    assert count(http, writable, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before + 1


def test_the_protocol_chooses_where_an_update_looks(http: urllib3.PoolManager, writable: Server) -> None:
    data = "INSERT DATA { GRAPH <urn:d1> { <urn:d1> a <urn:D> } GRAPH <urn:d2> { <urn:d2> a <urn:D> } }"
    assert update(http, writable, data).status == 204
    text = (
        "INSERT { GRAPH <urn:out> { ?s <urn:in> ?in } } "
        "WHERE { { GRAPH ?in { ?s a <urn:D> } } UNION { ?s a <urn:D> BIND(1 AS ?in) } }"
    )
    parameters = {"using-graph-uri": "urn:d1", "using-named-graph-uri": "urn:d2"}
    assert update(http, writable, text, **parameters).status == 204
    out = http.request("GET", graph_store(writable, "urn:out"), headers={"accept": "application/n-triples"})
    assert sorted(out.data.decode().splitlines()) == [
        '<urn:d1> <urn:in> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        "<urn:d2> <urn:in> <urn:d2> .",
    ]
    own = (
        "WITH <urn:d1> DELETE { ?s a <urn:D> } WHERE { ?s a <urn:D> }",
        text.replace("WHERE", "USING <urn:d2> WHERE", 1),
    )
    for conflicting in own:
        assert update(http, writable, conflicting, **{"using-graph-uri": "urn:d1"}).status == 400


def test_using_is_written_into_every_operation() -> None:
    text = "DELETE WHERE { ?s ?p 'WHERE' } ; INSERT { ?a ?b ?c } WHERE { { SELECT * WHERE { ?a ?b ?c } } }"
    clauses = "USING <urn:g> USING NAMED <urn:n>"
    written = (
        f"DELETE {{ ?s ?p 'WHERE' }} {clauses} WHERE {{ ?s ?p 'WHERE' }} ; "
        f"INSERT {{ ?a ?b ?c }} {clauses} WHERE {{ {{ SELECT * WHERE {{ ?a ?b ?c }} }} }}"
    )
    assert with_using(text, ("urn:g",), ("urn:n",)).split() == written.split()
    with pytest.raises(Refused):
        with_using(text, ("urn:g> { } } ; DROP ALL",), ())


def test_a_graph_is_put_added_to_and_deleted(http: urllib3.PoolManager, writable: Server) -> None:
    """RFC-style round trip by the Graph Store Protocol, compared by rdflib."""
    place = graph_store(writable, "http://example.org/cards")
    first = "@prefix v: <http://www.w3.org/2006/vcard/ns#> . <urn:p> v:hasCard [ v:fn 'Jane', 'λ'@el ; v:age 7 ] ."
    second = "<urn:p> <urn:knows> [ <urn:name> '''multi\nline \"quoted\"''' ] ."

    def held() -> Graph:
        answer = http.request("GET", place, headers={"accept": "text/turtle"})
        assert answer.status == 200
        return Graph().parse(data=answer.data, format="turtle")

    assert http.request("GET", place).status == 404
    assert http.request("PUT", place, body=first.encode(), headers={**TURTLE, **BEARER}).status == 201
    assert isomorphic(held(), Graph().parse(data=first, format="turtle"))
    added = http.request("POST", place, body=second.encode(), headers={**TURTLE, **BEARER})
    assert added.status == 204
    assert isomorphic(held(), Graph().parse(data=first + second, format="turtle"))
    broken = http.request("PUT", place, body=b"<urn:p> <urn:q> 'unfinished", headers={**TURTLE, **BEARER})
    assert broken.status == 400
    assert http.request("PUT", place, body=b"x", headers={"content-type": "text/csv", **BEARER}).status == 415
    assert isomorphic(held(), Graph().parse(data=first + second, format="turtle"))
    assert http.request("PUT", place, body=second.encode(), headers={**TURTLE, **BEARER}).status == 204
    assert isomorphic(held(), Graph().parse(data=second, format="turtle"))
    assert http.request("DELETE", place, headers=BEARER).status == 204
    assert http.request("GET", place).status == 404
    assert http.request("DELETE", place, headers=BEARER).status == 404


def test_the_default_graph_and_graphs_without_a_name(http: urllib3.PoolManager, writable: Server) -> None:
    store = writable.url + "rdf-graph-store"
    body = b"<urn:here> <urn:is> 'default' ."
    assert http.request("PUT", store + "?default", body=body, headers={**TURTLE, **BEARER}).status == 204
    assert http.request("GET", store + "?default", headers={"accept": "application/n-triples"}).data.count(b"\n") == 1
    assert http.request("DELETE", store + "?default", headers=BEARER).status == 204
    assert http.request("GET", store + "?default", headers={"accept": "application/n-triples"}).data == b""
    new = http.request("POST", store, body=body, headers={**TURTLE, **BEARER})
    assert new.status == 201
    assert (
        http.request("GET", new.headers["location"], headers={"accept": "application/n-triples"}).data.count(b"\n") == 1
    )
    parts = urllib3.encode_multipart_formdata(
        {"a": ("a.ttl", body, "text/turtle"), "b": ("b.nt", b"<urn:b> <urn:c> <urn:d> .\n", "application/n-triples")}
    )
    several = http.request("POST", new.headers["location"], body=parts[0], headers={"content-type": parts[1], **BEARER})
    assert several.status == 204
    found = http.request("GET", new.headers["location"], headers={"accept": "application/n-triples"})
    assert found.data.count(b"\n") == 2


def test_what_is_written_becomes_a_version(http: urllib3.PoolManager, writable: Server, copied: Path) -> None:
    """In 20 parts, 20,000 statements; then every command sees them, and a build is possible again."""
    place = graph_store(writable, "urn:large")
    began = time.monotonic()
    for part in range(20):
        lines = "".join(f'<urn:s{part * 1000 + i}> <urn:p> "value {i}" .\n' for i in range(1000))
        headers = {"content-type": "application/n-triples", **BEARER}
        assert http.request("POST", place, body=lines.encode(), headers=headers).status in (201, 204)
        assert count(http, writable, COUNT.replace("urn:g", "urn:large")) == (part + 1) * 1000
    print(f"20,000 statements in 20 parts: {time.monotonic() - began:.1f} s")
    assert time.monotonic() - began < 120
    version = published(copied)
    command = [sys.executable, "-m", "targetgraph", "gaps", "--store", str(copied)]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert f"Data version {version}" in report
    with EmbeddedStore.open(StoreFolder(copied).current().oxigraph) as store:
        assert store.ask('ASK { GRAPH <urn:large> { <urn:s19999> <urn:p> "value 999" } }')
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        answer = http.request("GET", writable.sparql, fields={"query": "ASK {}"})
        if answer.headers["targetgraph-data-version"] == version:
            break
        time.sleep(0.1)
    assert answer.headers["targetgraph-data-version"] == version
    with contextlib.ExitStack() as stack:
        _locked(copied, stack)
        refused = update(http, writable, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }")
        assert refused.status == 503
        assert b"a build is under way" in refused.data
    assert not ask(http, writable, "ASK { GRAPH <urn:g> { ?s ?p ?o } }")


def _locked(store: Path, stack: contextlib.ExitStack) -> None:
    """Hold the lock of a store; whoever publishes may still be tidying up when the version is seen already."""
    deadline = time.monotonic() + 30
    while True:
        try:
            stack.enter_context(StoreFolder(store).lock())
            return
        except StoreError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_no_version_is_made_of_half_a_publication(tmp_path: Path) -> None:
    """As `build --store` of another machine writes, with longer pauses than a version waits for after the last change."""
    folder, staged = tmp_path / "store", f"{STAGING}0123456789ab-5000"
    under_way = (
        f'INSERT DATA {{ GRAPH <{PUBLICATION}> {{ <{PUBLICATION}> <http://purl.org/dc/terms/created> "now" }} }}'
    )
    whole = under_way.replace("created", "issued")
    with serving(folder, environment=TOKEN) as server, client() as http:
        assert update(http, server, under_way).status == 204
        time.sleep(4)
        staging = graph_store(server, staged)
        assert http.request("PUT", staging, body=b"<urn:a> a <urn:C> .", headers={**TURTLE, **BEARER}).status == 201
        assert update(http, server, f"COPY <{staged}> TO <urn:g> ; DROP GRAPH <{PUBLICATION}> ; {whole}").status == 204
        time.sleep(4)
        assert not (folder / "CURRENT").exists(), "a version of what is half published"
        assert update(http, server, f"DROP SILENT GRAPH <{staged}>").status == 204
        published(folder, 20)
        with EmbeddedStore.open(StoreFolder(folder).current().oxigraph) as store:
            assert store.graph_names() == (PUBLICATION, "urn:g")
    assert len(list((folder / "versions").iterdir())) == 1


def test_killed_while_it_is_written_to(built_store: Path, tmp_path: Path) -> None:
    """Every acknowledged change is there after kill -9, once; and no build mixes with it."""
    store = tmp_path / "store"
    copy_of(built_store, store)
    server = start(store, environment=TOKEN)
    acknowledged: list[int] = []

    def write() -> None:
        with client() as http, contextlib.suppress(urllib3.exceptions.HTTPError):
            for i in range(10_000):
                text = f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s> <urn:n> {i} }} }}"
                if update(http, server, text).status == 204:
                    acknowledged.append(i)

    thread = threading.Thread(target=write)
    thread.start()
    while len(acknowledged) < 5:
        time.sleep(0.01)
    server.kill()
    thread.join()
    assert (store / "working" / "dirty").exists()
    with serving(store, environment=TOKEN) as again, client() as http:
        assert "taken up again" in again.errors.read_text()
        answer = http.request(
            "GET", again.sparql, fields={"query": "SELECT ?n { GRAPH <urn:g> { <urn:s> <urn:n> ?n } } ORDER BY ?n"}
        )
        found = [int(b["n"]["value"]) for b in json.loads(answer.data)["results"]["bindings"]]
        assert found[: len(acknowledged)] == acknowledged
        assert len(found) <= len(acknowledged) + 1, "at most the change that was under way"
    # stopping has published it
    assert not (store / "working" / "dirty").exists()
    with EmbeddedStore.open(StoreFolder(store).current().oxigraph) as embedded:
        assert embedded.ask(f"ASK {{ GRAPH <urn:g> {{ <urn:s> <urn:n> {acknowledged[-1]} }} }}")


def test_changes_to_a_version_that_was_replaced_are_laid_aside(built_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    copy_of(built_store, store)
    server = start(store, environment=TOKEN)
    with client() as http:
        assert update(http, server, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }").status == 204
        build = [sys.executable, "-m", "targetgraph", "build", "--store", str(store), "-q"]
        refused = subprocess.run(build, capture_output=True, text=True, check=False)
        assert refused.returncode == 2
        assert "another build is under way" in refused.stderr
        server.kill()
    if not (store / "working" / "dirty").exists():
        pytest.skip("it had been published in the meantime")
    current = StoreFolder(store).current().path
    shutil.copytree(current, current.with_name("another"))
    (store / "CURRENT").write_text("another\n")
    (store / "working" / "base").write_text("elsewhere\n")
    with serving(store, environment=TOKEN) as again, client() as http:
        assert "they lie in" in again.errors.read_text()
        assert not ask(http, again, "ASK { GRAPH <urn:g> { ?s ?p ?o } }")
    assert len(list(store.glob("unpublished-*"))) == 1


def test_a_server_for_a_folder_that_is_empty(tmp_path: Path) -> None:
    """Foreign data: no dimensions, no gaps, but answers."""
    store = tmp_path / "store"
    with serving(store, environment=TOKEN) as server, client() as http:
        assert count(http, server) == 0
        place = graph_store(server, "urn:g")
        body = b"<urn:a> <urn:b> [ <urn:c> 1 ] ."
        assert http.request("PUT", place, body=body, headers={**TURTLE, **BEARER}).status == 201
        assert count(http, server) == 2
        published(store)
    with serving(store) as server, client() as http:
        assert count(http, server) == 2
    command = [sys.executable, "-m", "targetgraph", "serve", "--store", str(tmp_path / "none")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "no graph has been built here" in done.stderr) == (2, True)


def test_a_token_that_is_wrongly_given(built_store: Path, tmp_path: Path) -> None:
    empty = tmp_path / "token"
    empty.write_text("\n")
    command = [sys.executable, "-m", "targetgraph", "serve", "--store", str(built_store), "--token-file", str(empty)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "no token in this file" in done.stderr) == (2, True)
