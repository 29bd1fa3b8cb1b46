"""SPARQL 1.1 Protocol, checked against the tables of the specification."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
import urllib3

from targetgraph.store import EmbeddedStore, StoreFolder
from tests.web.servers import Server

TABLE = "SELECT ?target ?label { ?target a tg:Target ; rdfs:label ?label } ORDER BY ?target ?label"
GRAPH = "CONSTRUCT { ?t rdfs:label ?l } WHERE { ?t a tg:Framework ; rdfs:label ?l }"
QUERY_TYPE = {"content-type": "application/sparql-query"}
FORM_TYPE = {"content-type": "application/x-www-form-urlencoded"}


def get(http: urllib3.PoolManager, server: Server, query: str, **headers: str) -> urllib3.BaseHTTPResponse:
    return http.request("GET", f"{server.sparql}?{urlencode({'query': query})}", headers=headers)


@pytest.fixture(scope="module")
def embedded(built_store: Path) -> EmbeddedStore:
    return EmbeddedStore.open(StoreFolder(built_store).current().oxigraph)


# --- ways to ask (2.1.1 to 2.1.3) ---------------------------------------------------------------------------


def test_three_ways_to_ask_give_one_answer(http: urllib3.PoolManager, server: Server, embedded: EmbeddedStore) -> None:
    by_get = get(http, server, TABLE)
    by_form = http.request("POST", server.sparql, body=urlencode({"query": TABLE}), headers=FORM_TYPE)
    directly = http.request("POST", server.sparql + "/", body=TABLE.encode(), headers=QUERY_TYPE)
    assert [r.status for r in (by_get, by_form, directly)] == [200] * 3
    assert by_get.data == by_form.data == directly.data
    rows = [(b["target"]["value"], b["label"]["value"]) for b in by_get.json()["results"]["bindings"]]
    assert rows == [tuple(getattr(t, "value", "") for t in row) for row in embedded.select(TABLE).rows]
    assert len(rows) > 28


@pytest.mark.parametrize(
    ("method", "target", "body", "content_type", "status"),
    [
        ("PUT", "", "ASK {}", "application/sparql-query", 405),
        ("DELETE", "", None, None, 405),
        ("GET", "?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, None, 400),
        ("POST", "", "query=ASK%20%7B%7D", "text/plain", 415),
        ("POST", "", "ASK {}", None, 415),
        ("POST", "", "ASK {}", "application/sparql-query; charset=utf-16", 415),
        ("POST", "", "", "application/x-www-form-urlencoded", 400),
        ("GET", "?query=ASK%20%7B", None, None, 400),
        ("GET", "?query=%FF", None, None, 400),
        ("GET", "?update=CLEAR%20ALL", None, None, 400),
        ("POST", "", "update=CLEAR+ALL", "application/x-www-form-urlencoded", 403),
        ("POST", "", "CLEAR ALL", "application/sparql-update", 403),
        ("POST", "?using-graph-uri=urn:x", "ASK {}", "application/sparql-query", 400),
        ("GET", "?query=ASK%20%7B%7D&default-graph-uri=http%3A%2F%2Fexample.org%2F", None, None, 400),
        ("GET", "?query=ASK%20%7B%7D&format=docx", None, None, 400),
    ],
)
def test_requests_that_are_refused(
    http: urllib3.PoolManager,
    server: Server,
    method: str,
    target: str,
    body: str | None,
    content_type: str | None,
    status: int,
) -> None:
    headers = {"content-type": content_type} if content_type else {}
    raw = urllib3.HTTPConnectionPool("127.0.0.1", server.port, retries=False)
    answer = raw.urlopen(method, "/sparql" + target, body=body, headers=headers)
    assert answer.status == status, answer.data
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert len(answer.data) > 10
