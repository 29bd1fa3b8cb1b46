"""Structural gaps against the same questions asked of networkx, on the bundled data and on random frameworks."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import Graph, URIRef

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps import gap_report
from targetgraph.pipeline import open_coded_graph
from targetgraph.pipeline.extracting import extract
from targetgraph.store import load_memory
from tests.analysis.strategies import Sample, small_frameworks
from tests.oracle.frameworks import TG, broader, dimension, is_umbrella, link_class, links, read, targets, union

Node = tuple[str, str]


def network(graph: Graph, framework: str) -> nx.Graph[Node]:
    """Targets and the actors whom the text makes responsible, by the oracle's reading of the triples."""
    actors = dimension(graph, str(TG.ActorDimension))
    found: nx.Graph[Node] = nx.Graph()
    for target in targets(graph, framework):
        for link, actor in links(graph, actors, target):
            if link_class(graph, link, actor) == "named":
                found.add_edge(("target", str(target)), ("actor", str(actor)))
    return found


def expected(graph: Graph, framework: str) -> tuple[set[str], list[frozenset[str]]]:
    """Actors two or more targets cannot do without, and the targets of each component but a largest one."""
    web, actors = network(graph, framework), dimension(graph, str(TG.ActorDimension))
    named = {n[1] for n in web if n[0] == "actor"}
    above = {a: {str(b) for b in broader(graph, actors, URIRef(a))} for a in named}
    single = set()
    for actor in named | {b for bs in above.values() for b in bs}:
        gone = {a for a in named if a == actor or actor in above[a]}
        left = web.copy()
        left.remove_nodes_from([("actor", a) for a in gone])
        orphaned = [n for n in web if n[0] == "target" and not left.degree(n)]
        if len(orphaned) >= 2 and not is_umbrella(graph, URIRef(actor)):
            single.add(actor)
    parts = sorted(nx.connected_components(web), key=len, reverse=True)
    return single, [frozenset(n[1] for n in part if n[0] == "target") for part in parts]


def found(coded: CodedGraph, framework: str) -> tuple[set[str], set[str]]:
    gaps = gap_report(coded, framework).gaps
    single = {g.subject_iri for g in gaps if g.kind == "single-point-of-failure"}
    return single, {g.subject_iri for g in gaps if g.kind == "isolated-component"}


def same(coded: CodedGraph, graph: Graph, framework: str) -> None:
    single, parts = expected(graph, framework)
    ours, apart = found(coded, framework)
    assert ours == single
    # One gap a component, told of one of its targets, for all components but one of the largest.
    told = [part for part in parts if part & apart]
    assert len(apart) == len(told) == max(0, len(parts) - 1)


@pytest.mark.parametrize("framework", ["gfc", "beyond2020"])
def test_bundled(built_store: Path, framework: str) -> None:
    from targetgraph import iris
    from targetgraph.store import StoreFolder

    graph = read(StoreFolder(built_store).current().dataset)
    same(open_coded_graph(built_store), graph, iris.framework(framework))


def test_governments_companies_and_the_private_sector_carry_several_targets(built_store: Path) -> None:
    single, apart = found(open_coded_graph(built_store), "gfc")
    assert {s.rpartition("/")[2] for s in single} == {"governments", "companies", "private-sector"}
    assert {a.rpartition("/")[2] for a in apart} == {"A2", "A3", "A6", "D3"}


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_frameworks())
def test_random_frameworks(sample: Sample) -> None:
    same(extract(load_memory(sample.nquads()), "sample"), union(sample.dataset), sample.framework)
