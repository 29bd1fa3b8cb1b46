"""A framework as a networkx graph: targets, what they are tied to, and how each tie is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.coverage import concept_heading, target_heading
from targetgraph.analysis.standing import Standing, home_of
from targetgraph.analysis.states import State

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

BASIS_WORDS = ("named", "implied", "judged")
STATUS_WORDS = ("sourced", "recalled", "judged")
TARGET, OBJECTIVE = "target", "objective"
# Each dimension that is drawn, the kind of node it makes, and the dimension that says whether the node is reached.
KINDS = {"mentions": "actor", "sectors": "sector", "stages": "stage", "goals": "goal", "indicators": "indicator"}
STATE_FROM = {"mentions": "actors"}
MARKED_BY = ("actors", "sectors", "stages", "goals", "indicators")


def framework_network(
    graph: CodedGraph, framework: str, standing: Standing | None = None, *, sdg_targets: bool = False
) -> Network:
    """Build the network of one framework.

    Parameters
    ----------
    graph : the coded graph.
    framework : code of the framework.
    standing : its gaps and states, when they are at hand already.
    sdg_targets : keep SDG targets as nodes; otherwise they are rolled up to their goals.

    Returns
    -------
    A directed multigraph, its nodes IRIs, its edges keyed by the IRI of the link. Nodes carry ``kind``, ``label``,
    ``code``, ``state`` (and for targets ``states`` by dimension), ``recalled``, ``umbrella`` and ``gaps`` (tuple of
    :class:`~targetgraph.analysis.gaps.Gap`). Edges carry ``relation``, ``basis``, ``role``, ``confidence``,
    ``verification``, ``contingent``, ``stale``, ``rationale``, ``quote`` and, where a narrower concept was rolled up,
    that concept as ``concept`` and ``concept_label``. The graph carries ``framework``, ``label`` and ``version``.

    Raises
    ------
    TargetGraphError : there is no such framework.
    """
    import networkx as nx

    standing = standing or Standing.of(graph, framework)
    network: Network = nx.MultiDiGraph(
        framework=standing.report.framework, label=standing.report.framework_label, version=graph.version
    )
    _add_targets(network, standing)
    for code, kind in KINDS.items():
        if code == "goals" and sdg_targets:
            code = "sdgs"
        if code in graph.dimensions:
            _add_dimension(network, standing, graph.dimension(code), kind)
    _add_dependencies(network, standing)
    return network


def _add_targets(network: Network, standing: Standing) -> None:
    graph, objectives = standing.graph, standing.graph.tables["objectives"]
    for number in np.flatnonzero(objectives.framework == standing.framework).tolist():
        iri = objectives.iri[number]
        network.add_node(
            iri, kind=OBJECTIVE, label=objectives.label[number], code=objectives.notation[number],
            state=State.COVERED, states={}, recalled=False, umbrella=False, summary="",
            gaps=standing.gaps_of.get(iri, ()),
        )  # fmt: skip
    dimensions = [graph.dimension(code) for code in MARKED_BY if code in graph.dimensions]
    for target in standing.targets.tolist():
        heading = target_heading(graph, target)
        states = {d.declaration.code: standing.row_state(target, d) for d in dimensions}
        network.add_node(
            heading.iri, kind=TARGET, label=heading.label, code=heading.code, states=states,
            state=next(iter(states.values()), State.COVERED), recalled=standing.recalled(target), umbrella=False,
            summary=graph.targets.summary[target], gaps=standing.gaps_of.get(heading.iri, ()),
        )  # fmt: skip
        objective = int(graph.targets.objective[target])
        if objective >= 0:
            network.add_edge(
                heading.iri, objectives.iri[objective], key=f"{heading.iri}#objective",
                **_edge("under objective", basis="named", verification="sourced"),
            )  # fmt: skip


def _edge(relation: str, **given: Any) -> dict[str, Any]:
    """Attributes of an edge, all of them present."""
    blank = {
        "relation": relation, "basis": "named", "role": "", "confidence": 1.0, "verification": "sourced",
        "contingent": False, "stale": False, "rationale": "", "quote": "", "concept": "", "concept_label": "",
        "dimension": "", "number": -1,
    }  # fmt: skip
    return blank | given


def _add_dimension(network: Network, standing: Standing, dimension: CodedDimension, kind: str) -> None:
    graph, code = standing.graph, dimension.declaration.code
    stated = graph.dimension(STATE_FROM[code]) if STATE_FROM.get(code) in graph.dimensions else dimension
    home = home_of(dimension)
    links = standing.links(dimension)
    reached = {int(home[c]) for c in dimension.links.concept[links]}
    for concept in dimension.columns.tolist():
        # An indicator that no target uses is no hole in the framework; any other column nobody reaches is.
        if kind == "indicator" and concept not in reached:
            continue
        heading = concept_heading(dimension, concept)
        network.add_node(
            heading.iri, kind=kind, label=heading.label, code=heading.code, states={}, recalled=False, summary="",
            state=standing.column_state(concept, stated), umbrella=heading.umbrella,
            gaps=standing.gaps_of.get(heading.iri, ()),
        )  # fmt: skip
    for number in links.tolist():
        column = int(home[dimension.links.concept[number]])
        if column >= 0:
            target = graph.targets.iri[int(dimension.links.target[number])]
            network.add_edge(
                target, dimension.concepts.iri[column], key=dimension.links.iri[number],
                **link_attributes(graph, dimension, number, column),
            )  # fmt: skip


def link_attributes(graph: CodedGraph, dimension: CodedDimension, number: int, shown: int) -> dict[str, Any]:
    """What an edge says of a link.

    Parameters
    ----------
    number : the link.
    shown : the concept it is drawn to, the link's own or a broader one.
    """
    links, concept = dimension.links, int(dimension.links.concept[number])
    role = int(links.role[number])
    rolled = concept != shown
    return _edge(
        dimension.declaration.singular,
        basis=BASIS_WORDS[int(links.basis[number])],
        role=role_word(graph.roles[role]) if role >= 0 else "",
        confidence=round(float(links.confidence[number]), 3),
        verification=STATUS_WORDS[int(links.verification[number])],
        contingent=bool(links.contingent[number]),
        stale=bool(links.stale[number]),
        rationale=links.rationale[number],
        quote=links.quote[number],
        concept=dimension.concepts.iri[concept] if rolled else "",
        concept_label=dimension.concepts.label[concept] if rolled else "",
        dimension=dimension.declaration.code,
        number=number,
    )


def role_word(iri: str) -> str:
    """A role as people read it: ``responsible``, ``role unstated``."""
    name = iri.rpartition("#")[2]
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def _add_dependencies(network: Network, standing: Standing) -> None:
    table, iris = standing.graph.tables["dependencies"], standing.graph.targets.iri
    mine = set(standing.targets.tolist())
    for i in range(table.rows()):
        target, needed = int(table.target[i]), int(table.needed[i])
        if {target, needed} <= mine:
            network.add_edge(
                iris[target], iris[needed], key=table.iri[i],
                **_edge(
                    "depends on", basis="judged", verification="judged", rationale=table.rationale[i],
                    confidence=round(float(table.confidence[i]), 3),
                ),
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Structure:
    """Numbers about the shape of a network.

    Parameters
    ----------
    nodes, edges : how many there are.
    degree : links of each node.
    betweenness : how much of the traffic between others passes through a node, from 0 to 1; small parts are exact.
    components : connected parts, largest first.
    isolated : nodes with no link at all.
    cut_nodes : nodes without which a part falls apart.
    """

    nodes: int
    edges: int
    degree: dict[str, int]
    betweenness: dict[str, float]
    components: tuple[frozenset[str], ...]
    isolated: tuple[str, ...]
    cut_nodes: tuple[str, ...]


def structure(network: Network) -> Structure:
    """Measure a network, parallel links counted once except in the degree."""
    import networkx as nx

    simple = nx.Graph(network)
    simple.remove_edges_from(list(nx.selfloop_edges(simple)))
    parts = sorted((frozenset(c) for c in nx.connected_components(simple)), key=lambda c: (-len(c), min(c)))
    return Structure(
        nodes=network.number_of_nodes(),
        edges=network.number_of_edges(),
        degree={node: int(count) for node, count in network.degree()},
        betweenness={node: float(value) for node, value in nx.betweenness_centrality(simple).items()},
        components=tuple(parts),
        isolated=tuple(sorted(nx.isolates(simple))),
        cut_nodes=tuple(sorted(nx.articulation_points(simple))),
    )


def nodes_of(network: Network, kind: str) -> Iterator[str]:
    """Nodes of one kind, in the order they were added."""
    return (node for node, data in network.nodes(data=True) if data["kind"] == kind)
