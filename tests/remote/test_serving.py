"""`serve --store URL`: a copy of what a service holds, served like a store folder, and kept up to date."""

from __future__ import annotations

import contextlib
import filecmp
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from targetgraph.pipeline import build_from_dataset
from targetgraph.pipeline.mirroring import Mirror
from targetgraph.store import EmbeddedStore, RemoteCache, StoreFolder, resolver
from tests.explorer.pages import PAGES
from tests.queries.engines import examples, library_questions
from tests.remote.services import FOREIGN, Service, oxigraph, publish
from tests.remote.test_bad_input import CASES, canned
from tests.web.servers import Address, Server, client, serving

HTTP = client()
#: What differs between two servers of the same: when each was made, how long a query took, what blank nodes are called.
_PASSING = (
    (re.compile(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::[\d.]+)?(?:\+00:00|Z)?"), "THEN"),
    (re.compile(r"\b\d{1,2}(?:er)? [a-zéû]+ 20\d\d à \d\d:\d\d"), "THEN"),
    (re.compile(r"(?:in \d+\.|en \d+,)\d+ s<"), "in SOME s<"),
    (re.compile(r"_:[0-9a-f]{16,}"), "_:b"),
)
LINKED = ("index.html", "ontology.ttl", "gfc/target/A1.html", "gfc/target/A1.ttl", "scheme/sector/agriculture.jsonld",
          "queries.html", "scheme/actor/governments.nt", ".well-known/void")  # fmt: skip


@dataclass(frozen=True)
class Both:
    """A server over the store folder, and one over a service that holds the same."""

    embedded: Address
    copied: Server

    def answers(self, path: str, **headers: str) -> tuple[str, str]:
        """What each says: status, media type and body."""
        told = []
        for server in (self.embedded, self.copied):
            answer = HTTP.request("GET", server.url + path, headers=headers)
            body = answer.data.decode().replace(server.url.rstrip("/"), "http://SERVER")
            for sign, word in _PASSING:
                body = sign.sub(word, body)
            told.append(f"{answer.status} {answer.headers.get('content-type')}\n{body}")
        return told[0], told[1]


def serving_copy(service: Service, *options: str) -> contextlib.AbstractContextManager[Server]:
    """A server over what a service holds."""
    return serving(service.url, *options, environment=service.login)


@pytest.fixture(scope="module")
def both(explorer: Address, virtuoso_service: Service) -> Iterator[Both]:
    with serving_copy(virtuoso_service) as copied:
        yield Both(explorer, copied)


def same_files(service: Service, built_store: Path) -> None:
    """The copy of a service holds the bytes that were built."""
    built, copied = (StoreFolder(place).current() for place in (built_store, RemoteCache(service.address).copy))
    files = [p.relative_to(built.path) for p in built.path.rglob("*") if p.is_file() and "oxigraph" not in p.parts]
    assert len(files) > 100
    differing = [f for f in files if not filecmp.cmp(built.path / f, copied.path / f, shallow=False)]
    assert [str(f) for f in differing] == ["manifest.json"]


def test_the_copy_of_virtuoso_is_what_was_built(both: Both, virtuoso_service: Service, built_store: Path) -> None:
    assert both.copied.data_version == both.embedded.data_version
    same_files(virtuoso_service, built_store)


def test_the_copy_of_oxigraph_is_what_was_built(oxigraph_service: Service, built_store: Path) -> None:
    version = Mirror(oxigraph_service.address).refresh()
    assert version.data_version == StoreFolder(built_store).current().data_version
    same_files(oxigraph_service, built_store)


def test_library_answers_are_the_same(both: Both, built_store: Path) -> None:
    with EmbeddedStore.open(StoreFolder(built_store).current().oxigraph) as store:
        resolve = resolver(store)
        texts = {question.name: question.text(examples(question), resolve) for question in library_questions()}
    assert len(texts) > 90
    for name, text in texts.items():
        one, other = both.answers(
            f"sparql?query={quote(text)}", Accept="application/sparql-results+json, application/n-triples"
        )
        assert one.startswith("200"), name
        assert _rows(one) == _rows(other), name


def _rows(answer: str) -> list[str]:
    """Pieces of an answer without their order, which no query without ORDER BY has."""
    return sorted(re.split(r"\},\{|\n", answer.strip().rstrip("]}")))


@pytest.mark.parametrize("path", [*(PAGES[n].lstrip("/") for n in PAGES if n != "data"), *LINKED])
def test_pages_are_the_same(path: str, both: Both) -> None:
    one, other = both.answers(path)
    assert _rows(one) == _rows(other) if path == "ontology.ttl" else one == other
    assert one.startswith("404" if path == "explore/nowhere" else "200")


def test_other_peoples_graphs_stay_out(both: Both) -> None:
    for text in (f"SELECT * {{ GRAPH <{FOREIGN}> {{ ?s ?p ?o }} }}", "SELECT * { ?s a ?c . ?s tg:contentHash ?o }"):
        one, other = both.answers(f"sparql?query={quote(text)}")
        assert one == other and '"bindings":[]' in other
    for text in ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
                 f"SELECT * FROM <{FOREIGN}> {{ ?s ?p ?o }}"):  # fmt: skip
        assert both.answers(f"sparql?query={quote(text)}")[1].startswith("400"), text


def _until(holds: Callable[[], bool], what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.1)


@pytest.fixture
def small(built_store: Path, tmp_path: Path) -> Path:
    """A store that holds the ontology and nothing else."""
    ontology = b"<https://w3id.org/targetgraph/graph/ontology> .\n"
    with StoreFolder(built_store).current().dataset.open("rb") as lines:
        (tmp_path / "small.nq").write_bytes(b"".join(line for line in lines if line.endswith(ontology)))
    build_from_dataset(tmp_path / "small.nq", tmp_path / "small", infer=False)
    return tmp_path / "small"


def test_a_new_publication_is_taken_up_and_an_absence_told(built_store: Path, small: Path) -> None:
    with oxigraph() as service:
        publish(service, small)
        with serving_copy(service, "--follow-seconds", "0.5", "--processes", "1") as server:
            assert server.data_version == StoreFolder(small).current().data_version
            publish(service, built_store)
            wanted = StoreFolder(built_store).current().data_version

            def head() -> dict[str, str]:
                return dict(HTTP.request("GET", server.sparql + "?query=ASK%7B%7D").headers)

            _until(lambda: head().get("targetgraph-data-version") == wanted, "the new publication was not taken up")
            assert "targetgraph-unconfirmed-since" not in head()
            (copier,) = [p for p in server.descendants() if b"mirroring" in Path(f"/proc/{p}/cmdline").read_bytes()]
            os.kill(copier, signal.SIGKILL)
            assert service.process is not None
            service.process.kill()
            _until(lambda: "targetgraph-unconfirmed-since" in head(), "nobody said that the store is gone")
            page = HTTP.request("GET", server.url + "explore").data.decode()
            assert "has not answered since" in page
            assert HTTP.request("GET", server.url + "gfc/target/A1.ttl").status == 200
            assert server.stop() == 0
            said = server.errors.read_text()
            assert "another takes its place" in said and "connection to the store failed" in said
            assert "Traceback" not in said


def _refused(url: str, environment: dict[str, str] | None = None, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "targetgraph", "serve", "--port", "0", "--store", url, *options],
        env={**os.environ, **(environment or {})}, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("name", ["a page", "401", "404", "nothing published", "not whole", "newer"])
def test_what_cannot_be_served(name: str) -> None:
    answer, words = CASES[name]
    with canned(**answer) as url:
        assert words in _refused(url)


def test_away_at_the_start_and_no_writing() -> None:
    assert "connection to the store failed" in _refused("http://127.0.0.1:1/sparql")
    assert "takes no writes" in _refused("http://127.0.0.1:1/sparql", {"TARGETGRAPH_TOKEN": "secret"})
