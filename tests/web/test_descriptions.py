"""Catalogue and VoID over HTTP: kept for no site in particular, handed out for the one that was asked."""

from __future__ import annotations

from pathlib import Path

import pytest
import urllib3
from rdflib import Graph
from rdflib.compare import isomorphic

from targetgraph.pipeline.describing import description
from targetgraph.pipeline.kept_descriptions import PLACE
from targetgraph.store import StoreFolder
from tests.web.servers import Server

FORMS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}


@pytest.mark.parametrize(("path", "kind"), [(".well-known/void", "void"), ("catalogue", "dcat")])
def test_a_description_is_of_the_site_that_was_asked(
    path: str, kind: str, http: urllib3.PoolManager, server: Server, built_store: Path
) -> None:
    expected = description(kind, StoreFolder(built_store).current(), built_store, server.url)
    for media, form in FORMS.items():
        answer = http.request("GET", server.url + path, headers={"accept": media})
        assert answer.status == 200 and answer.headers["content-type"].startswith(media)
        assert PLACE not in answer.data.decode()
        assert isomorphic(Graph().parse(data=answer.data, format=form), expected), media
    by_name = http.request("GET", f"http://localhost:{server.port}/{path}", headers={"accept": "application/n-triples"})
    assert f"<http://localhost:{server.port}/data/".encode() in by_name.data


def test_an_example_by_its_own_address(http: urllib3.PoolManager, server: Server) -> None:
    address = f"{server.url}.well-known/sparql-examples/actors/who-must-act"
    assert b"sh:SPARQLExecutable" in http.request("GET", address).data
    assert http.request("GET", address + "-not").status == 404
