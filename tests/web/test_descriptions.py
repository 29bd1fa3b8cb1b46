"""Catalogue and VoID over HTTP: kept for no site in particular, handed out for the one that was asked."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
import urllib3
from rdflib import Graph
from rdflib.compare import isomorphic

from targetgraph.cli.serve import command
from targetgraph.pipeline.describing import description
from targetgraph.pipeline.kept_descriptions import PLACE, kept_description
from targetgraph.pipeline.kept_exports import kept_folder
from targetgraph.store import StoreFolder
from tests.copies import copy_of
from tests.web.servers import Address, Server, serving
from tests.web.test_safety import LINUX

FORMS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}


@pytest.mark.parametrize(("path", "kind"), [(".well-known/void", "void"), ("catalogue", "dcat")])
def test_a_description_is_of_the_site_that_was_asked(
    path: str, kind: str, http: urllib3.PoolManager, server: Address, built_store: Path
) -> None:
    expected = description(kind, StoreFolder(built_store).current(), built_store, server.url)
    for media, form in FORMS.items():
        answer = http.request("GET", server.url + path, headers={"accept": media})
        assert answer.status == 200 and answer.headers["content-type"].startswith(media)
        assert PLACE not in answer.data.decode()
        assert isomorphic(Graph().parse(data=answer.data, format=form), expected), media
    by_name = http.request("GET", f"http://localhost:{server.port}/{path}", headers={"accept": "application/n-triples"})
    assert f"<http://localhost:{server.port}/data/".encode() in by_name.data


def test_an_example_by_its_own_address(http: urllib3.PoolManager, server: Address) -> None:
    address = f"{server.url}.well-known/sparql-examples/actors/who-must-act"
    assert b"sh:SPARQLExecutable" in http.request("GET", address).data
    assert http.request("GET", address + "-not").status == 404


@LINUX
def test_made_before_anybody_asks_and_given_up_at_the_end(built_store: Path, tmp_path: Path) -> None:
    """A server that is stopped meanwhile ends at once, and what it had started ends with it."""
    assert {p.name: p.default for p in command.params}["prepare"] is True  # the tests' servers say that they do not
    store = tmp_path / "store"
    copy_of(built_store, store)
    folder = kept_folder(StoreFolder(store).current())
    shutil.rmtree(folder / "descriptions", ignore_errors=True)
    with serving(store, "--prepare", "--processes", "1") as server:
        deadline = time.monotonic() + 60
        while not (makers := _makers(server)) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(makers) == 1
        while kept_description(folder, "void", "turtle", server.url) is None and time.monotonic() < deadline:
            time.sleep(0.02)
        while not (makers := _makers(server) - makers) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(makers) == 1  # that of the catalogue
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 5
    while any(Path(f"/proc/{pid}").exists() for pid in makers) and time.monotonic() < began + 5:
        time.sleep(0.02)
    assert not any(Path(f"/proc/{pid}").exists() for pid in makers)
    assert kept_description(folder, "dcat", "turtle", server.url) is None


def _makers(server: Server) -> set[int]:
    """Processes of a server that make descriptions."""
    found = set()
    for pid in server.descendants():
        try:
            if b"kept_descriptions" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.add(pid)
        except OSError:
            pass
    return found
