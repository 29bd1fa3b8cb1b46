"""Connections that drop, builds that are killed: a reader never takes a half for a whole, and the next build completes it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from targetgraph.errors import StoreError
from targetgraph.pipeline import open_coded_graph
from targetgraph.pipeline.mirroring import Mirror
from targetgraph.store import EmbeddedStore, RemoteAddress, RemoteStore, StoreFolder
from targetgraph.store.remote_publication import PUBLICATION, STAGING
from tests.remote.proxy import proxied
from tests.remote.services import Service, oxigraph, publish

_PUBLISH = """
import sys
from pathlib import Path
from tests.remote.services import Service, publish
publish(Service(sys.argv[1] + "/query", ""), Path(sys.argv[2]), 500)
"""


@pytest.fixture
def empty() -> Iterator[Service]:
    """An Oxigraph server that holds nothing."""
    with oxigraph() as service:
        yield service


def _counts(service: Service) -> dict[str, int]:
    with RemoteStore.open(service.address) as store:
        store.confirm_counts()
        return {iri: part.statements for iri, part in store.publication.graphs.items()}


def _built(built_store: Path) -> dict[str, int]:
    with EmbeddedStore.open(StoreFolder(built_store).current().oxigraph) as store:
        rows = store.values("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        return {str(g): int(n or 0) for g, n in rows}


@pytest.mark.parametrize("seed", [1])
def test_connections_cut_at_random_bytes(seed: int, empty: Service, built_store: Path) -> None:
    chance = random.Random(seed)

    def plan(number: int) -> int | None:
        # A connection serves many requests; most end before the publication does.
        return chance.randrange(2_000, 900_000) if number % 6 else None

    with proxied(empty.url, plan) as proxy:
        publish(Service(f"{proxy.url}/query", ""), built_store, 2_000)
    assert proxy.cuts >= 3
    assert _counts(empty) == _built(built_store)
    with RemoteStore.open(empty.address) as store:
        assert not [g for g in store.all_graphs() if g.startswith(STAGING)]


def test_reading_through_cut_connections(
    oxigraph_service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TARGETGRAPH_CACHE", str(tmp_path))
    with proxied(oxigraph_service.url, lambda number: 3_000 if number % 2 else None) as proxy:
        graph = open_coded_graph(RemoteAddress.parse(f"{proxy.url}/query"))
    assert proxy.cuts > 0
    assert graph.targets.rows() > 30


def test_a_second_call_asks_once(oxigraph_service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TARGETGRAPH_CACHE", str(tmp_path))
    with proxied(oxigraph_service.url) as proxy:
        address = RemoteAddress.parse(f"{proxy.url}/query")
        open_coded_graph(address)
        before = proxy.connections
        open_coded_graph(address)
        assert proxy.connections == before + 1
        # What does not match is not trusted: a column that has lost its end is fetched again.
        column = max(tmp_path.rglob("arrays/targets/*"), key=lambda p: p.stat().st_size)
        column.write_bytes(column.read_bytes()[:-8])
        assert open_coded_graph(address).targets.rows() > 30


def _killed(service: Service, built_store: Path, bytes_until: int) -> None:
    """Publish by a process of its own, and kill it when so many bytes have passed on a connection."""
    with proxied(service.url, lambda _: bytes_until, hang=True) as proxy:
        process = subprocess.Popen(
            [sys.executable, "-c", _PUBLISH, proxy.url, str(built_store)],
            env=dict(os.environ),
            stderr=subprocess.DEVNULL,
        )
        assert proxy.reached.wait(90)
        process.send_signal(signal.SIGKILL)
        assert process.wait(30) == -signal.SIGKILL


def test_a_killed_build_is_seen_and_completed(empty: Service, built_store: Path) -> None:
    with pytest.raises(StoreError, match="nothing of TargetGraph's has been published"):
        RemoteStore.open(empty.address)
    _killed(empty, built_store, 1_500_000)
    with pytest.raises(StoreError, match="under way, or was interrupted"):
        RemoteStore.open(empty.address)
    with RemoteStore(empty.address, _channel()) as store:
        staged = sum(store.count(g) for g in store.all_graphs() if g.startswith(STAGING))
    assert staged > 500
    sent = publish(empty, built_store, 500)
    assert _counts(empty) == _built(built_store)
    assert sent > staged


def test_the_old_graph_stays_while_a_new_one_is_sent(empty: Service, built_store: Path) -> None:
    publish(empty, built_store)
    whole = _counts(empty)
    assert publish(empty, built_store) == 0, "nothing changed, nothing is sent"
    with RemoteStore.open(empty.address) as store:
        issued = store.publication.issued
    # Another publication of the same data: everything is sent anew, and killed.
    with RemoteStore.open(empty.address) as store:
        _forget_hashes(empty)
        with pytest.raises(StoreError, match="the store was published anew while it was being read") as caught:
            store.confirm()
        assert caught.value.problems[0].remedy == "ask again"
    with RemoteStore.open(empty.address) as store:
        assert store.publication.issued == issued
    _killed(empty, built_store, 400_000)
    assert _counts(empty) == whole
    publish(empty, built_store, 500)
    assert _counts(empty) == whole


def _forget_hashes(service: Service) -> None:
    from targetgraph.store import Publisher

    with Publisher.open(service.address) as publisher:
        hashes = "<https://w3id.org/targetgraph/ontology#contentHash>"
        publisher._update(
            [
                f"DELETE {{ GRAPH <{PUBLICATION}> {{ ?g {hashes} ?h }} }} "
                f'INSERT {{ GRAPH <{PUBLICATION}> {{ ?g {hashes} "other" }} }} '
                f"WHERE {{ GRAPH <{PUBLICATION}> {{ ?g {hashes} ?h }} }}"
            ]
        )


def _channel():
    from targetgraph.store.remote_credentials import Credentials
    from targetgraph.store.remote_http import Channel

    return Channel(Credentials())


def test_a_graph_that_lost_statements_is_noticed(empty: Service, built_store: Path) -> None:
    publish(empty, built_store)
    from targetgraph.store import Publisher

    with Publisher.open(empty.address) as publisher:
        publisher._update(["DELETE WHERE { GRAPH <https://w3id.org/targetgraph/graph/sdg> { ?s a ?c } }"])
    with pytest.raises(StoreError, match="does not hold what was published"):
        open_coded_graph(empty.address)
    with pytest.raises(StoreError, match=r"[\d,]+ statements of <\S+> arrive instead of [\d,]+") as caught:
        Mirror(empty.address).refresh()
    assert "build" in caught.value.problems[0].remedy
    assert publish(empty, built_store) == 4_485
    assert _counts(empty) == _built(built_store)
