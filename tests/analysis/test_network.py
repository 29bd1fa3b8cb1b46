"""The network against the coded links counted one by one, and its layout."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps import gap_report
from targetgraph.analysis.network import KINDS, framework_network, structure
from targetgraph.analysis.placing import ROOM, positions
from targetgraph.analysis.states import State
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline import open_coded_graph

if TYPE_CHECKING:
    from targetgraph.analysis.network import Network

FRAMEWORKS = ("gfc", "beyond2020")


@pytest.fixture(scope="module")
def graph(built_store: Path) -> CodedGraph:
    return open_coded_graph(built_store)


@pytest.fixture(scope="module", params=FRAMEWORKS)
def network(graph: CodedGraph, request: pytest.FixtureRequest) -> Network:
    return framework_network(graph, request.param)


def mine(graph: CodedGraph, network: Network) -> set[int]:
    number = graph.framework_number(network.graph["framework"])
    return {int(t) for t in graph.targets_of(number)}


def test_every_link_is_an_edge_and_no_edge_is_invented(graph: CodedGraph, network: Network) -> None:
    targets = mine(graph, network)
    expected: set[str] = set()
    for code in KINDS:
        links = graph.dimension(code).links
        expected |= {links.iri[i] for i in range(links.rows()) if int(links.target[i]) in targets}
    needs = graph.tables["dependencies"]
    expected |= {needs.iri[i] for i in range(needs.rows()) if {int(needs.target[i]), int(needs.needed[i])} <= targets}
    found = [key for _, _, key, data in network.edges(keys=True, data=True) if data["relation"] != "under objective"]
    assert len(found) == len(set(found)) > 40
    assert set(found) == expected


def test_edges_carry_what_the_links_say(graph: CodedGraph) -> None:
    network = framework_network(graph, "gfc")
    by_iri = {key: (one, other, data) for one, other, key, data in network.edges(keys=True, data=True)}
    links, concepts = graph.dimension("stages").links, graph.dimension("stages").concepts
    checked = 0
    for i in range(links.rows()):
        if links.iri[i] not in by_iri:
            continue
        one, other, data = by_iri[links.iri[i]]
        assert one == graph.targets.iri[int(links.target[i])]
        assert other == concepts.iri[int(links.concept[i])], "every stage is a column and stands for itself"
        assert data["basis"] == ("named", "implied", "judged")[int(links.basis[i])]
        assert data["confidence"] == pytest.approx(float(links.confidence[i]), abs=1e-3)
        assert (data["quote"], data["rationale"]) == (links.quote[i], links.rationale[i])
        checked += 1
    assert checked > 50


def test_narrower_concepts_hang_under_a_broader_column(graph: CodedGraph) -> None:
    network = framework_network(graph, "gfc")
    rolled = [(other, data) for _, other, data in network.edges(data=True) if data["concept"]]
    assert len(rolled) > 50
    for other, data in rolled:
        dimension = graph.dimension(data["dimension"])
        iris = list(dimension.concepts.iri)
        assert iris.index(other) in set(dimension.ancestors(iris.index(data["concept"])).tolist())
    goals = {other for other, data in rolled if data["dimension"] == "goals"}
    assert goals and all(goal.rpartition("/")[2].isdigit() for goal in goals)
    fine = framework_network(graph, "gfc", sdg_targets=True)
    assert "http://metadata.un.org/sdg/12.4" in fine and "http://metadata.un.org/sdg/12.4" not in network


def test_nodes_know_their_gaps_and_state(graph: CodedGraph, network: Network) -> None:
    report = gap_report(graph, network.graph["framework"])
    expected = Counter(gap.subject_iri for gap in report.gaps)
    found = {node: len(data["gaps"]) for node, data in network.nodes(data=True)}
    assert {node: n for node, n in found.items() if n} == {n: c for n, c in expected.items() if n in network}
    unnamed = {g.subject_iri for g in report.gaps if g.dimension == "actors" and g.kind.endswith("-only-row")}
    for node, data in network.nodes(data=True):
        if data["kind"] == "target":
            assert (data["states"]["actors"] in (State.IMPLIED, State.UMBRELLA)) == (node in unnamed)


def test_structure_is_networkx_s(network: Network) -> None:
    found, plain = structure(network), nx.Graph(network)
    assert (found.nodes, found.edges) == (len(network), network.number_of_edges())
    assert sum(found.degree.values()) == 2 * found.edges
    assert {n for n in plain if plain.degree(n) == 0} == set(found.isolated)
    assert sum(len(part) for part in found.components) == found.nodes
    for node in found.cut_nodes:
        rest = plain.copy()
        rest.remove_node(node)
        assert nx.number_connected_components(rest) > len(found.components)
    assert all(0 <= value <= 1 for value in found.betweenness.values())


def test_positions_are_the_same_each_time_and_nothing_overlaps(network: Network) -> None:
    found = positions(network)
    assert found == positions(network) and set(found) == set(network)
    points = np.array(list(found.values()))
    apart = np.abs(points[:, None] - points[None, :])
    # Node bodies are at most 40 units wide and 40 high; labels find their own room in the page.
    close = (apart[..., 0] < ROOM[0] * 0.5) & (apart[..., 1] < ROOM[1] * 0.8)
    np.fill_diagonal(close, False)
    assert not close.any()


def test_lonely_nodes_stand_below_the_rest(graph: CodedGraph) -> None:
    network = framework_network(graph, "gfc")
    found = positions(network)
    lonely = {n for n in network if network.degree(n) == 0}
    assert len(lonely) >= 5
    assert min(found[n][1] for n in lonely) > max(found[n][1] for n in network if n not in lonely)


def test_an_unknown_framework_is_refused(graph: CodedGraph) -> None:
    with pytest.raises(TargetGraphError, match="there is no framework 'plastics'"):
        framework_network(graph, "plastics")
