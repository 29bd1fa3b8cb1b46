"""A server through its life: started, given a new version, stopped while queries run."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import urllib3

from targetgraph.store import StoreFolder
from targetgraph.store.durable import replace_durably
from tests.copies import copy_of
from tests.web.servers import Address, Server, client, serving, start
from tests.web.test_safety import ENDLESS, LOOKUP, QUERY_TYPE

# some seconds of work for the engine, and then an answer
LONG = """SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a a ?b } LIMIT 500 } { SELECT ?c { ?c a ?d } LIMIT 500 }
    FILTER(STRLEN(STR(?a)) > STRLEN(STR(?c))) }"""


def ask(http: urllib3.PoolManager, server: Server, query: str) -> urllib3.BaseHTTPResponse:
    return http.request("POST", server.sparql, body=query.encode(), headers=QUERY_TYPE)


@pytest.fixture
def copied(built_store: Path, tmp_path: Path) -> Iterator[Path]:
    copy_of(built_store, tmp_path / "store")
    yield tmp_path / "store"


def test_a_new_version_is_taken_up(copied: Path) -> None:
    """Both fronts change over; a query that runs goes on with the version it began with."""
    dataset, other = copied.parent / "more.nq", copied.parent / "other"
    dataset.write_text(
        StoreFolder(copied).current().dataset.read_text() + "<urn:new> <urn:is> <urn:here> <urn:graph> .\n"
    )
    command = [sys.executable, "-m", "targetgraph", "build", "--store", str(other), "--dataset", str(dataset), "-q"]
    subprocess.run(command, check=True, capture_output=True)
    built = StoreFolder(other).current()
    shutil.copytree(built.path, copied / "versions" / built.path.name)
    with serving(copied) as server, ThreadPoolExecutor(1) as threads, client() as http:
        running = threads.submit(ask, http, server, LONG)
        time.sleep(0.3)
        replace_durably(copied / "CURRENT", f"{built.path.name}\n".encode())
        seen, deadline = 0, time.monotonic() + 60
        while seen < 8 and time.monotonic() < deadline:
            with client() as fresh:  # a connection of its own, so that either front may answer
                answer = ask(fresh, server, "ASK { <urn:new> <urn:is> <urn:here> }")
            assert answer.status == 200
            current = answer.headers["targetgraph-data-version"] == built.data_version
            assert answer.json()["boolean"] is current
            seen = seen + 1 if current else 0
            time.sleep(0.1)
        assert seen == 8
        began_before = running.result()
        assert began_before.status == 200
        assert began_before.headers["targetgraph-data-version"] == server.data_version
        with client() as fresh:
            assert ask(fresh, server, LOOKUP).json()["boolean"] is True


@pytest.mark.parametrize("processes", ["1", "2"])
def test_stopping_lets_queries_end_or_tells_them(built_store: Path, processes: str) -> None:
    server = start(built_store, "--grace", "4", "--processes", processes)
    with ThreadPoolExecutor(2) as threads, client() as one, client() as two:
        endless = threads.submit(ask, one, server, ENDLESS)
        time.sleep(0.5)
        short = threads.submit(ask, two, server, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }")
        time.sleep(0.1)
        server.process.send_signal(signal.SIGTERM)
        told = endless.result()
        assert (told.status, b"being stopped" in told.data) == (503, True)
        assert "retry-after" in told.headers
        assert short.result().status == 200
    assert server.process.wait(60) == 0
    assert server.errors.read_text() == ""
    with pytest.raises(urllib3.exceptions.HTTPError), client() as http:
        ask(http, server, LOOKUP)
    server.forget()


def test_an_address_that_is_taken_is_said_to_be(built_store: Path, server: Address) -> None:
    command = [sys.executable, "-m", "targetgraph", "serve", "--store", str(built_store), "--port", str(server.port)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "cannot listen there" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_store_is_refused(copied: Path) -> None:
    (copied / "CURRENT").write_text("nothing\n")
    command = [sys.executable, "-m", "targetgraph", "serve", "--store", str(copied), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "the store is damaged" in done.stderr
    assert "Traceback" not in done.stderr
