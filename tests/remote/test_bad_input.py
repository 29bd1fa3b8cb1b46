"""Addresses that are wrong, services that refuse or talk nonsense: each a clear error, exit code 2, no traceback."""

from __future__ import annotations

import gzip
import re
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from targetgraph.cli import main
from targetgraph.errors import LimitExceeded, StoreError, TargetGraphError
from targetgraph.namespaces import TG
from targetgraph.store import Limits, RemoteAddress, RemoteStore, remote_http
from targetgraph.store.remote_credentials import Credentials
from targetgraph.store.remote_http import Body, Channel, Request
from targetgraph.store.remote_publication import PUBLICATION
from targetgraph.store.remote_results import JsonAnswer
from tests.remote.services import Service, publish

JSON = "application/sparql-results+json"
EMPTY = b'{"head": {"vars": ["subject", "property", "value"]}, "results": {"bindings": []}}'


def _publication(number: int) -> bytes:
    def row(prop: str, value: str) -> str:
        cells = {"subject": PUBLICATION, "property": prop, "value": value}
        terms = ", ".join(f'"{k}": {{"type": "uri", "value": "{v}"}}' for k, v in cells.items())
        return f"{{{terms}}}"

    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    rows = ", ".join([row(rdf, TG.Publication), row(TG.publicationFormat, str(number))])
    return EMPTY.replace(b"[]", f"[{rows}]".encode())


class Canned(BaseHTTPRequestHandler):
    """Answers everything alike."""

    status, kind, body, pause = 200, JSON, EMPTY, 0.0
    extra: tuple[tuple[str, str], ...] = ()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        time.sleep(self.pause)
        self.send_response(self.status)
        self.send_header("Content-Type", self.kind)
        self.send_header("Content-Length", str(len(self.body)))
        for name, value in self.extra:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.body)

    do_GET = do_PUT = do_POST

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def canned(context: ssl.SSLContext | None = None, **answer: Any) -> Iterator[str]:
    """A service with one answer; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Canned,), answer))
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    scheme = "http" if context is None else "https"
    try:
        yield f"{scheme}://127.0.0.1:{server.server_address[1]}/sparql"
    finally:
        server.shutdown()
        server.server_close()


CASES: dict[str, tuple[dict[str, Any], str]] = {
    "a page": ({"kind": "text/html", "body": b"<h1>Hello</h1>"}, "text/html and not with results of SPARQL"),
    "no JSON": ({"body": b"{nonsense"}, "not SPARQL results in JSON"),
    "other JSON": ({"body": b'{"a": [1, 2]}'}, "it has no head"),
    "half": ({"body": EMPTY[:-1]}, "it ends too early"),
    "rows of text": ({"body": EMPTY.replace(b"[]", b'["x"]')}, "a row is no object"),
    "401": ({"status": 401, "extra": (("WWW-Authenticate", 'Basic realm="x"'),)}, "does not know us (401)"),
    "403": ({"status": 403, "kind": "text/html", "body": b"<p>Go <b>away</b></p>"}, "(403): Go away"),
    "404": ({"status": 404}, "nothing at this address"),
    "500": ({"status": 500, "kind": "text/plain", "body": b"oops\x1b[31m"}, "could not answer (500): oops[31m"),
    "413": ({"status": 413}, "the service takes no pieces of that size (413)"),
    "503": ({"status": 503}, "the service is busy or away (503)"),
    "cut": ({"body": _publication(1), "extra": (("X-SPARQL-MaxRows", "2"),)}, "the service cuts answers after 2 rows"),
    "elsewhere": (
        {"status": 302, "extra": (("Location", "http://169.254.169.254/"),)},
        "the service sends us elsewhere, to http://169.254.169.254/",
    ),
    "in circles": ({"status": 307, "extra": (("Location", "/sparql"),)}, "round in circles"),
    "nothing published": ({}, "nothing of TargetGraph's has been published here"),
    "not whole": ({"body": _publication(1)}, "under way, or was interrupted"),
    "newer": ({"body": _publication(99)}, "published by a newer targetgraph (format 99"),
    "no gzip": ({"extra": (("Content-Encoding", "gzip"),)}, "not gzip, as it claims"),
}


@pytest.mark.parametrize("name", CASES)
def test_strange_services(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer, words = CASES[name]
    with canned(**answer) as url, pytest.raises(SystemExit) as ended:
        main(["gaps", "--store", url])
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert words in said.err
    assert "Traceback" not in said.err and "\x1b" not in said.err
    assert len(said.err) < 2_000


@pytest.mark.parametrize(
    "address, words",
    [
        ("http://127.0.0.1:1/sparql", "connection to the store failed"),
        ("http://no-such-host.invalid/sparql", "there is no such host"),
        ("http://user:secret@example.org/sparql", "ends up in histories and logs"),
        ("ftp://example.org/sparql", "no way to a SPARQL service"),
        ("http://", "names no host"),
        ("http://[::1/sparql", "this is no address"),
    ],
)
def test_wrong_addresses(address: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["query", "kinds-of-gap", "--store", address])
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert words in said and "secret" not in said and "Traceback" not in said


def test_building_where_nothing_can_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    with canned(status=200) as url, pytest.raises(SystemExit) as ended:
        main(["build", "-q", "--store", url + "-read-only"])
    assert ended.value.code == 2
    with canned(status=405) as url, pytest.raises(SystemExit) as ended:
        main(["build", "-q", "--store", url])
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def _writing(status: int) -> Any:
    """Queries find nothing; what is written is answered with a status, and forgotten."""

    def answered(self: Canned) -> None:
        asked = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.body = EMPTY if asked.startswith(b"query=") else b""
        self.send_response(200 if self.body else status)
        self.send_header("Content-Type", JSON)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    return answered


@pytest.mark.parametrize(
    ("status", "words", "remedy"),
    [
        (500, "the service could not write (500)", "see what it says, and try again"),
        (204, r"of [\d,]+ statements sent for <\S+> it keeps 0", "build"),
    ],
)
def test_services_that_write_nothing(status: int, words: str, remedy: str, built_store: Path) -> None:
    answered = _writing(status)
    with canned(do_POST=answered, do_PUT=answered) as url, pytest.raises(StoreError) as caught:
        publish(Service(url, ""), built_store)
    assert (
        re.search(words.replace("(500)", r"\(500\)"), str(caught.value)) and remedy in caught.value.problems[0].remedy
    )


def test_a_service_that_falls_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_http, "PATIENCE_SECONDS", 0.3)
    with (
        canned(pause=3.0) as url,
        pytest.raises(LimitExceeded, match=r"the service sent nothing for 0\.3 seconds") as e,
    ):
        _read(url, Limits(time_seconds=None))
    assert e.value.problems[0].remedy == "see whether it is well, and try again"


def test_a_cache_that_cannot_be_kept(
    oxigraph_service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine")
    monkeypatch.setenv("TARGETGRAPH_CACHE", str(tmp_path / "file"))
    with pytest.raises(SystemExit) as ended:
        main(["gaps", "--store", oxigraph_service.url])
    said = capsys.readouterr().err
    assert (ended.value.code, (tmp_path / "file").read_text()) == (2, "mine")
    assert "what was fetched cannot be kept: " in said and "set TARGETGRAPH_CACHE to another folder" in said


def test_credentials_do_not_travel_in_clear(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TARGETGRAPH_STORE_TOKEN", "hush")
    with pytest.raises(SystemExit):
        main(["gaps", "--store", "http://sparql.example/sparql"])
    said = capsys.readouterr().err
    assert "without encryption" in said and "hush" not in said
    assert "hush" not in repr(Credentials("u", "hush", "hush"))


def test_a_certificate_of_nobody(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with canned(context) as url, pytest.raises(StoreError, match="does not prove who it is"):
        RemoteStore.open(RemoteAddress.parse(url))


def _read(url: str, limits: Limits) -> int:
    def use(body: Body) -> int:
        size = 0
        while block := body.read():
            size += len(block)
        return size

    return Channel(Credentials()).do(Request("POST", url, {}, b"x"), use, limits)


def test_limits_end_the_transfer() -> None:
    bomb = gzip.compress(bytes(200 * 1024 * 1024), 9)
    assert len(bomb) < 300_000
    with canned(body=bomb, extra=(("Content-Encoding", "gzip"),)) as url, pytest.raises(LimitExceeded, match="larger"):
        _read(url, Limits(bytes=1_000_000))
    with canned(pause=3.0) as url:
        start = time.monotonic()
        with pytest.raises(LimitExceeded, match=r"stopped after 0\.5 seconds"):
            _read(url, Limits(time_seconds=0.5))
        assert time.monotonic() - start < 2.5


def test_digest_as_in_the_specification() -> None:
    """RFC 7616, section 3.9.1, with the client's own random number put in."""
    from targetgraph.store import remote_credentials

    challenge = (
        'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, '
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    )
    held = remote_credentials.Authorisation(Credentials("Mufasa", "Circle of Life"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("secrets.token_hex", lambda _: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
        assert held.challenged("http://www.example.org/dir/index.html", challenge, 1)
        header = held.header("GET", "http://www.example.org/dir/index.html")["Authorization"]
    assert 'response="8ca523f5e9506fed4657c9700eebdbec"' in header


def test_json_in_pieces_of_any_size() -> None:
    text = (
        '{"results": {"ordered": true, "bindings": [{"a": {"type": "literal", "value": "é\\n\\u00e9", "xml:lang": "FR"}},'
        ' {"b": {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "1"}},'
        ' {"a": {"type": "bnode", "value": "nodeID://b1"}}]}, "head": {"vars": ["a", "b"]}}'
    ).encode()
    answers = set()
    for size in range(1, 40):

        class Source:
            def __init__(self) -> None:
                self.rest = text

            def read(self, amount: int = -1, size: int = size) -> bytes:
                block, self.rest = self.rest[:size], self.rest[size:]
                return block

        answers.add(repr(list(JsonAnswer(Source(), "here").rows())))
    assert len(answers) == 1
    said = answers.pop()
    assert "'fr'" in said and "'true'" in said and "BlankNode(value='b1')" in said


def test_errors_are_of_the_users_kind() -> None:
    with pytest.raises(TargetGraphError):
        RemoteAddress.parse("http://a b/sparql")
