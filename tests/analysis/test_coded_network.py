"""The network as columns against the same network of objects, its ways against networkx, and its layout at size."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from targetgraph.analysis.coded_network import DEPENDS_ON, NODE_KINDS, UNDER_OBJECTIVE, CodedNetwork, coded_network
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.network import BASIS_WORDS, framework_network
from targetgraph.analysis.placing import ROOM, network_positions, positions
from targetgraph.analysis.springs import parted, settled
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline import build_from_dataset, open_coded_graph
from targetgraph.pipeline.generating import generate

FRAMEWORKS = ("gfc", "beyond2020")


@pytest.fixture(scope="module")
def graph(built_store: Path) -> CodedGraph:
    return open_coded_graph(built_store)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> CodedGraph:
    folder = tmp_path_factory.mktemp("registry")
    generate(20_000, 3, folder / "registry.nq")
    build_from_dataset(folder / "registry.nq", folder / "store", infer=False)
    return open_coded_graph(folder / "store")


def same(graph: CodedGraph, code: str) -> int:
    """Compare both forms of a network; returns how many edges there were."""
    found, plain = coded_network(graph, code), framework_network(graph, code)
    data = [d for _, d in plain.nodes(data=True)]
    assert found.iri == tuple(plain)
    assert [NODE_KINDS[k] for k in found.kind] == [d["kind"] for d in data]
    assert found.label == tuple(d["label"] for d in data) and found.code == tuple(d["code"] for d in data)
    assert found.state.tolist() == [d["state"] for d in data]
    assert found.recalled.tolist() == [d["recalled"] for d in data]
    assert found.umbrella.tolist() == [d["umbrella"] for d in data]
    for dimension, states in found.states.items():
        assert states.tolist() == [d["states"].get(dimension, 0) for d in data]
    assert found.degree.tolist() == [n for _, n in plain.degree()]

    def told(network: CodedNetwork) -> list[tuple[str, str, str, str, int]]:
        return sorted(
            (network.iri[a], network.iri[b], BASIS_WORDS[k], network.dimensions[d], n)
            for a, b, k, d, n in zip(
                network.source.tolist(), network.goal.tolist(), network.basis.tolist(), network.dimension.tolist(),
                network.link.tolist(), strict=True,
            )
            if network.dimensions[d] not in (UNDER_OBJECTIVE, DEPENDS_ON)
        )  # fmt: skip

    links = [(a, b, d["basis"], d["dimension"], d["number"]) for a, b, d in plain.edges(data=True) if d["dimension"]]
    assert told(found) == sorted(links)
    assert len(found.source) == plain.number_of_edges()
    return len(found.source)


@pytest.mark.parametrize("code", FRAMEWORKS)
def test_it_is_the_network_of_objects(graph: CodedGraph, code: str) -> None:
    assert same(graph, code) > 50


def test_it_is_so_in_a_registry_of_many_frameworks(registry: CodedGraph) -> None:
    assert len(registry.frameworks) > 1
    assert sum(same(registry, framework.code) for framework in registry.frameworks) > 300


def test_ways_are_as_short_as_networkx_finds_them(graph: CodedGraph) -> None:
    network = coded_network(graph, "gfc")
    plain = nx.Graph(framework_network(graph, "gfc"))
    tried = 0
    for one in range(0, len(network), 11):
        for other in range(0, len(network), 7):
            way = network.path(one, other)
            here, there = network.iri[one], network.iri[other]
            if not nx.has_path(plain, here, there):
                assert way == []
                continue
            assert len(way) == nx.shortest_path_length(plain, here, there) + 1
            assert (way[0], way[-1]) == (one, other)
            assert all(len(network.edges_between(a, b)) for a, b in pairwise(way))
            tried += 1
    assert tried > 200
    # Ways that may not lead through some nodes do not.
    goal = NODE_KINDS.index("goal")
    allowed = np.asarray(network.kind) != goal
    some = [n for n in range(len(network)) if network.degree[n]]
    for other in some[::9]:
        assert all(allowed[n] for n in network.path(some[0], other, allowed)[1:-1])


def test_neighbours_are_those_of_networkx(graph: CodedGraph) -> None:
    network, plain = coded_network(graph, "gfc"), nx.Graph(framework_network(graph, "gfc"))
    for node, iri in enumerate(network.iri):
        assert {network.iri[n] for n in network.neighbours(node)} == set(plain[iri]) - {iri}


def test_an_unknown_framework_is_refused(graph: CodedGraph) -> None:
    with pytest.raises(TargetGraphError, match="there is no framework 'plastics'"):
        coded_network(graph, "plastics")


@pytest.mark.parametrize("code", FRAMEWORKS)
def test_both_forms_are_placed_alike(graph: CodedGraph, code: str) -> None:
    by_name = positions(framework_network(graph, code))
    network = coded_network(graph, code)
    points = network_positions(network)
    assert {iri: tuple(p) for iri, p in zip(network.iri, points.tolist(), strict=True)} == by_name


def test_what_overlaps_is_parted_and_what_does_not_stays() -> None:
    rng = np.random.default_rng(4)
    crowded = rng.random((80, 2)) * 500
    apart = parted(crowded, ROOM, 400)
    between = np.abs(apart[:, None] - apart[None, :])
    near = (between[..., 0] < ROOM[0] * 0.9) & (between[..., 1] < ROOM[1] * 0.9)
    np.fill_diagonal(near, False)
    assert not near.any()
    assert (parted(apart, (1.0, 1.0)) == apart).all()
    assert len(np.unique(parted(np.zeros((9, 2)), ROOM), axis=0)) == 9, "nodes in one place go apart"


def test_pushing_by_cells_is_close_to_pushing_by_pairs() -> None:
    """Two clouds of nodes, tied within only, end up apart; tied nodes end up nearer than others."""
    rng = np.random.default_rng(2)
    half = 300
    start = rng.random((2 * half, 2))
    source = np.concatenate([rng.integers(0, half, 900), rng.integers(half, 2 * half, 900)])
    goal = np.concatenate([rng.integers(0, half, 900), rng.integers(half, 2 * half, 900)])
    found = settled(start, source, goal, np.ones(1800), 30, 2.0 / np.sqrt(2 * half))
    assert np.isfinite(found).all()
    assert (found == settled(start, source, goal, np.ones(1800), 30, 2.0 / np.sqrt(2 * half))).all()
    tied = np.linalg.norm(found[source] - found[goal], axis=1).mean()
    others = np.linalg.norm(found[rng.permutation(source)] - found[rng.permutation(goal)], axis=1).mean()
    assert tied < 0.7 * others
