"""Look-ups over HTTP: answered before any task is made, and not to be told from answers that are not."""

from __future__ import annotations

import socket
from urllib.parse import quote, urlencode

import pytest
import urllib3

from tests.web.servers import Address

A1 = "https://w3id.org/targetgraph/gfc/target/A1"
LOOKUP = f"SELECT ?property ?value {{ <{A1}> ?property ?value }}"
#: The same by a query process: braces within braces are no look-up.
SLOW = f"SELECT ?property ?value {{ {{ <{A1}> ?property ?value }} }}"
ACCEPTED = ("", "text/csv", "application/sparql-results+xml", "text/tab-separated-values;q=0.5, text/plain")


@pytest.mark.parametrize("accept", ACCEPTED)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_lookup_is_answered_as_any_query_is(
    accept: str, encoding: str, http: urllib3.PoolManager, server: Address
) -> None:
    headers = {"accept-encoding": encoding, **({"accept": accept} if accept else {})}
    quick, slow = (
        http.request("GET", f"{server.sparql}?{urlencode({'query': query})}", headers=headers, decode_content=False)
        for query in (LOOKUP, SLOW)
    )
    assert quick.status == slow.status == 200
    assert quick.data == slow.data and len(quick.data) > 300
    passing = ("date", "etag")
    assert {k: v for k, v in quick.headers.items() if k not in passing} == {
        k: v for k, v in slow.headers.items() if k not in passing
    }
    again = http.request(
        "GET",
        f"{server.sparql}?{urlencode({'query': LOOKUP})}",
        headers={**headers, "if-none-match": quick.headers["etag"]},
    )
    assert again.status == 304


def test_posted_and_got_lookups_are_the_same(http: urllib3.PoolManager, server: Address) -> None:
    got = http.request("GET", f"{server.sparql}?{urlencode({'query': LOOKUP})}")
    posted = http.request(
        "POST", server.sparql, body=LOOKUP.encode(), headers={"content-type": "application/sparql-query"}
    )
    form = http.request(
        "GET",
        f"{server.sparql}?{urlencode({'query': LOOKUP, 'default-graph-uri': 'https://w3id.org/targetgraph/graph/sdg'})}",
    )
    assert got.data == posted.data and got.headers["etag"] == posted.headers["etag"]
    assert form.json()["results"]["bindings"] == []


@pytest.mark.parametrize(
    ("tail", "status"),
    [("&format=csv", 200), ("&query=ASK%7B%7D", 400), ("&update=x", 400), ("%FF", 400), ("%C3%A9%0", 400)],
)
def test_what_stands_beside_a_lookup_counts(tail: str, status: int, http: urllib3.PoolManager, server: Address) -> None:
    assert http.request("GET", f"{server.sparql}?query={quote(LOOKUP, safe='')}{tail}").status == status


def test_refused_as_ever(http: urllib3.PoolManager, server: Address) -> None:
    target = f"{server.sparql}?query={quote(LOOKUP, safe='')}"
    assert http.request("GET", target, headers={"accept": "image/png"}).status == 406
    assert http.request("GET", target, headers={"host": "evil.example"}).status == 421


def test_pipelined_requests_are_answered_in_their_order(server: Address) -> None:
    """Look-ups between queries that take longer wait their turn."""
    numbers = range(12)
    queries = [
        f"ASK {{ <{A1}> a tg:Target }} # {n}" if n % 3 else f'SELECT ("row {n}" AS ?x) {{ {{ ?s ?p ?o }} }} LIMIT 1'
        for n in numbers
    ]
    requests = [
        f"GET /sparql?query={quote(query, safe='')} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv, application/json\r\n"
        f"{'Connection: close' + chr(13) + chr(10) if n == numbers[-1] else ''}\r\n"
        for n, query in zip(numbers, queries, strict=True)
    ]
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as raw:
        raw.sendall("".join(requests).encode())
        received = b""
        while block := raw.recv(65536):
            received += block
    assert received.count(b"HTTP/1.1 200") == len(queries)
    bodies = [part.split(b"\r\n\r\n", 1)[1] for part in received.split(b"HTTP/1.1 200 OK\r\n")[1:]]
    for number, body in zip(numbers, bodies, strict=True):
        assert (f"row {number}".encode() in body) if number % 3 == 0 else (b"true" in body), number
