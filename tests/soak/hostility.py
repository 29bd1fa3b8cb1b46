"""Hostile requests, and what a server must do about each: refuse, stop, or close; never serve, never fall over.

Each takes the address, the time limit of queries and a source of chance, and returns what happened; what must not happen raises
`Misbehaviour`.
"""

from __future__ import annotations

import contextlib
import random
import socket
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote

RUNAWAYS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c",
    "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) = CONCAT(STR(?d), STR(?g))) }",
)
Act = Callable[[str, float, random.Random], str]


class Misbehaviour(Exception):
    """The server did what it must not."""


def _host(address: str) -> tuple[str, int]:
    host, _, port = address.removeprefix("http://").partition(":")
    return host, int(port)


def _query(
    address: str, text: str, *, timeout: float = 60, path: str = "/sparql", kind: str = "query"
) -> tuple[int, bytes]:
    connection = HTTPConnection(*_host(address), timeout=timeout)
    try:
        connection.request("POST", path, text.encode(), {"Content-Type": f"application/sparql-{kind}"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _settled(address: str, text: str, kind: str = "query") -> tuple[int, bytes]:
    """The answer to a query; asked once again where the process at work was ended, as we end some: that tells nothing."""
    status, body = _query(address, text, kind=kind)
    return _query(address, text, kind=kind) if status == 503 and b"was ended" in body else (status, body)


def _refused(status: int, body: bytes, *allowed: int) -> str:
    if status not in allowed:
        raise Misbehaviour(f"status {status}, not {' or '.join(map(str, allowed))}: {body[:200]!r}")
    return str(status)


def runaway(address: str, limit: float, chance: random.Random) -> str:
    """A query that never ends is stopped, and its client told."""
    began = time.monotonic()
    status, body = _query(address, chance.choice(RUNAWAYS))
    took = time.monotonic() - began
    if took > limit + 30:
        raise Misbehaviour(f"stopped after {took:.0f} s only")
    return _refused(status, body, 503)


def federated(address: str, limit: float, chance: random.Random) -> str:
    """SERVICE is refused."""
    return _refused(*_settled(address, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), 400)


def local_file(address: str, limit: float, chance: random.Random) -> str:
    """A file is no graph."""
    status, body = _settled(address, "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }")
    if b"root:" in body:
        raise Misbehaviour("a file was read")
    return _refused(status, body, 400)


def update(address: str, limit: float, chance: random.Random) -> str:
    """Without a token nothing is changed."""
    text = chance.choice(("DROP ALL", "LOAD <file:///etc/passwd>", "INSERT DATA { <a:> <b:> <c:> }"))
    return _refused(*_settled(address, text, "update"), 400, 401, 403, 405, 415)


def bad_syntax(address: str, limit: float, chance: random.Random) -> str:
    """What is no query is 400."""
    noise = "".join(chance.choice("SELECT?{}()<>.;,\"' \n\\x") for _ in range(chance.randrange(1, 200)))
    return _refused(*_settled(address, f"SELECT * {{ {noise} }} }} ]"), 400)


def nesting(address: str, limit: float, chance: random.Random) -> str:
    """Deep nesting breaks nothing."""
    depth = chance.choice((200, 5_000, 100_000))
    return _refused(*_query(address, f"SELECT * {'{' * depth} ?s ?p ?o {'}' * depth}"), 200, 400, 503)


def regular_expression(address: str, limit: float, chance: random.Random) -> str:
    """Nor does an expression that makes other engines run away."""
    text = f'SELECT (REGEX("{"a" * 50_000}", "(a*)*(a*)*b") AS ?x) {{}}'
    return _refused(*_query(address, text), 200, 400, 503)


def large_body(address: str, limit: float, chance: random.Random) -> str:
    """100 MB are not taken."""
    with _connected(address) as link:
        link.sendall(_head("POST", "/sparql", "Content-Type: application/sparql-query", "Content-Length: 100000000"))
        with contextlib.suppress(OSError):
            for _ in range(100):
                link.sendall(b"#" * 1_000_000)
        return _status(link, "413", closing=True)


def long_address(address: str, limit: float, chance: random.Random) -> str:
    """Nor is an address of 200 kB."""
    with _connected(address) as link:
        with contextlib.suppress(OSError):
            link.sendall(_head("GET", f"/sparql?query={quote('ASK {}')}{'%20' * 70_000}"))
        return _status(link, "414", "431", "400", closing=True)


def garbage(address: str, limit: float, chance: random.Random) -> str:
    """What is no HTTP is 400 or closed."""
    with _connected(address) as link:
        with contextlib.suppress(OSError):
            link.sendall(chance.randbytes(chance.randrange(1, 5_000)) + b"\r\n\r\n")
            link.shutdown(socket.SHUT_WR)
        return _status(link, "400", "408", "431", closing=True)


def gone_client(address: str, limit: float, chance: random.Random) -> str:
    """A client that leaves while its query runs."""
    with _connected(address) as link:
        link.sendall(_head("GET", f"/sparql?query={quote(chance.choice(RUNAWAYS))}"))
        time.sleep(chance.random() * 0.3)
    return "left"


def half_request(address: str, limit: float, chance: random.Random) -> str:
    """A client that leaves in the middle of its request."""
    with _connected(address) as link:
        link.sendall(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
                     b"Content-Length: 5000\r\n\r\nSELECT"[: chance.randrange(1, 110)])  # fmt: skip
        time.sleep(chance.random())
    return "left"


def slow_writer(address: str, limit: float, chance: random.Random) -> str:
    """A client that sends its request letter by letter is put out."""
    began = time.monotonic()
    with _connected(address) as link:
        try:
            for _ in range(400):
                link.sendall(b"G")
                link.settimeout(0.1)
                with contextlib.suppress(TimeoutError):
                    if not link.recv(1) or time.monotonic() - began > 0.2:
                        return "closed"
        except OSError:
            return "closed"
    raise Misbehaviour("a client that sent a letter a time for 40 seconds was not put out")


def slow_reader(address: str, limit: float, chance: random.Random) -> str:
    """A client that takes its answer a little at a time."""
    with _connected(address) as link:
        link.sendall(_head("GET", f"/sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 50000')}"))
        with contextlib.suppress(OSError):
            for _ in range(20):
                link.recv(500)
                time.sleep(0.1)
    return "left"


def many_connections(address: str, limit: float, chance: random.Random) -> str:
    """Connections that ask nothing."""
    with contextlib.ExitStack() as stack:
        for _ in range(150):
            stack.enter_context(_connected(address))
        time.sleep(0.5)
    return "left"


@contextlib.contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    link = socket.create_connection(_host(address), timeout=60)
    with link:
        yield link


def _head(method: str, path: str, *lines: str) -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *lines, "", ""]).encode()


def _status(link: socket.socket, *allowed: str, closing: bool = False) -> str:
    """The status of the reply; `closing`: a closed connection will do too."""
    try:
        line = link.recv(4096).split(b"\r\n")[0].decode("latin-1")
    except TimeoutError:
        raise Misbehaviour("no answer, and not closed") from None
    except OSError:
        line = ""
    if not line and closing:
        return "closed"
    status = line.split(" ")[1] if line.startswith("HTTP/1.") else line
    if status not in allowed:
        raise Misbehaviour(f"{line!r}, not {' or '.join(allowed)}")
    return status


ACTS: dict[str, tuple[Act, int]] = {
    "runaway query": (runaway, 6),
    "SERVICE": (federated, 3),
    "local file": (local_file, 3),
    "update": (update, 3),
    "bad syntax": (bad_syntax, 6),
    "deep nesting": (nesting, 2),
    "regular expression": (regular_expression, 2),
    "body of 100 MB": (large_body, 2),
    "address of 200 kB": (long_address, 2),
    "garbage": (garbage, 3),
    "client gone": (gone_client, 5),
    "half a request": (half_request, 3),
    "slow writer": (slow_writer, 1),
    "slow reader": (slow_reader, 2),
    "many connections": (many_connections, 1),
}
"""Acts by name, each with how often it is chosen."""

BROKEN = (OSError, HTTPException)
"""What a client meets when the server broke a connection off."""
