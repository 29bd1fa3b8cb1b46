from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.components import need
from tests.once import running_once
from tests.remote.services import Service, oxigraph, publish, put_foreign
from tests.virtuoso import Virtuoso
from tests.web.servers import Address, serving_once


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing of these tests is kept in, or read from, the user's own cache."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TARGETGRAPH_CACHE", str(folder))
        for name in ("USER", "PASSWORD", "TOKEN", "GSP", "UPDATE", "PLAIN_HTTP"):
            patch.delenv(f"TARGETGRAPH_STORE_{name}", raising=False)
        yield folder


@pytest.fixture(scope="session")
def explorer(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """The server of the bundled graph that the tests of the explorer ask too. For reading only."""
    with serving_once(tmp_path_factory, "explorer", built_store, "--processes", "1") as running:
        yield running


@pytest.fixture(scope="session")
def oxigraph_service(built_store: Path) -> Iterator[Service]:
    """The bundled graph in Oxigraph's own server, beside a graph of somebody else's. For reading only."""
    with oxigraph() as service:
        put_foreign(service)
        publish(service, built_store)
        yield service


@pytest.fixture(scope="session")
def virtuoso_service(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The bundled graph in Virtuoso, beside a graph of somebody else's; one for all workers. For reading only."""
    need("virtuoso")

    def start(folder: Path) -> Callable[[], object]:
        server = Virtuoso(folder / "database")
        service = Service(server.sparql, f"http://127.0.0.1:{server.port}/sparql-graph-crud-auth")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TARGETGRAPH_STORE_USER", Virtuoso.USER)
            patch.setenv("TARGETGRAPH_STORE_PASSWORD", Virtuoso.PASSWORD)
            put_foreign(service)
            publish(service, built_store)
        (folder / "service.json").write_text(json.dumps([service.url, service.graph_store]))
        return server.stop

    with running_once(tmp_path_factory, "virtuoso", start) as folder:
        url, graph_store = json.loads((folder / "service.json").read_text())
        login = {"TARGETGRAPH_STORE_USER": Virtuoso.USER, "TARGETGRAPH_STORE_PASSWORD": Virtuoso.PASSWORD}
        yield Service(url, graph_store, login)
