"""``/explore/network``: everything and its links."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from starlette.routing import BaseRoute

from targetgraph.analysis.coded_network import DEPENDS_ON, UNDER_OBJECTIVE, CodedNetwork, coded_network
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.network import BASIS_WORDS
from targetgraph.analysis.placing import network_positions
from targetgraph.analysis.scenarios import Scenario
from targetgraph.phrases import say
from targetgraph.publish.exports.pictures import Table
from targetgraph.views.evidence import LinkRecord, link_record
from targetgraph.views.explorer.network import (
    LINKS_SHOWN,
    NetworkView,
    Placed,
    Wanted,
    name_of,
    network_page,
    network_part,
    network_view,
    visible,
)
from targetgraph.views.explorer.pictures.network import network_picture
from targetgraph.views.explorer.urls import ROOT
from targetgraph.web.answers import Answer
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.files import FORMATS, handed_out
from targetgraph.web.explorer.supposing import graph_under, scenario_of, standing_under
from targetgraph.web.explorer.visit import Refused, Visit


def routes(desk: Desk) -> list[BaseRoute]:
    """``/explore/network``, what changes in it, and the view as a file."""
    return [
        desk.page("network", f"{ROOT}/network", _network),
        desk.page("network", f"{ROOT}/network/part", _part, listed=False),
        desk.page("network", f"{ROOT}/network.{{suffix}}", _file, listed=False, kept=False),
    ]


def _placed(visit: Visit, scenario: Scenario) -> Placed:
    def made() -> Placed:
        network = coded_network(graph_under(visit, scenario), visit.framework)
        return Placed.of(network, network_positions(network))

    return visit.compute((visit.framework, str(scenario)), made)


def _asked(visit: Visit) -> tuple[Placed, Wanted]:
    scenario = scenario_of(visit)
    placed = _placed(visit, scenario)
    network = placed.network
    kinds = [key.partition(":")[0] for key in placed.keys]
    wanted = Wanted(
        focus=_node(placed, visit.text("focus")),
        start=_node(placed, visit.text("start")),
        end=_node(placed, visit.text("end")),
        opened=tuple(_node(placed, key) for key in visit.several("open")),
        hidden=_some(visit, "hide", list(dict.fromkeys(kinds))),
        without=_some(visit, "without", list(network.dimensions)),
        search=visit.text("q", most=100).strip(),
        only=visit.flag("only"),
        scenario=scenario,
    )
    return placed, wanted


def _node(placed: Placed, given: str) -> int:
    """A node by its key or its IRI; -1 for nothing."""
    if not given:
        return -1
    found = placed.numbers.get(given)
    if found is None and given in placed.network.iri:
        found = placed.network.iri.index(given)
    if found is None:
        raise Refused(
            say("nothing in the network is called “{given}”", given=given[:80]),
            "as target:A1, actor:governments, or an IRI",
            404,
        )
    return found


def _some(visit: Visit, name: str, allowed: list[str]) -> tuple[str, ...]:
    values = visit.several(name)
    for value in values:
        if value not in allowed:
            raise Refused(
                say("“{name}” cannot be “{value}”", name=name, value=value[:80]),
                say("use one of: {allowed}", allowed=", ".join(allowed)),
            )
    return values


def _view(visit: Visit, whole: bool) -> NetworkView:
    placed, wanted = _asked(visit)
    graph = graph_under(visit, wanted.scenario)
    edges = placed.network.edges_of(wanted.focus).tolist() if wanted.focus >= 0 else []
    links = list(_links(graph, placed.network, edges[: LINKS_SHOWN * 2]))[:LINKS_SHOWN]
    return network_view(visit.frame(), placed, wanted, links, whole=whole)


def _links(graph: CodedGraph, network: CodedNetwork, edges: list[int]) -> Iterator[LinkRecord]:
    """Edges that are links, in words."""
    for edge in edges:
        code = network.dimensions[int(network.dimension[edge])]
        if code not in (UNDER_OBJECTIVE, DEPENDS_ON):
            yield link_record(graph, graph.dimension(code), int(network.link[edge]))


def _network(visit: Visit) -> str:
    return network_page(visit.frame(), _view(visit, True))


def _part(visit: Visit) -> str:
    return network_part(visit.frame(), _view(visit, False))


def _file(visit: Visit) -> Answer:
    suffix = visit.inside["suffix"]
    if suffix not in FORMATS:
        raise Refused(
            say("the network is not given as “{suffix}”", suffix=suffix[:20]),
            say("use one of: {allowed}", allowed=", ".join(FORMATS)),
            404,
        )
    placed, wanted = _asked(visit)
    network, name, frame = placed.network, f"{visit.framework}-network", visit.frame()
    if suffix == "html":
        from targetgraph.views.network import network_page as whole_page

        standing = standing_under(visit, wanted.scenario)
        return handed_out(visit, name, suffix, whole_page(standing.graph, visit.framework, standing))
    seen, _ = visible(placed, wanted)
    if suffix == "svg":
        without = [network.dimensions.index(d) for d in wanted.without]
        title = f"{frame.words('title')}: {visit.framework}"
        picture = network_picture(placed, seen, without, title, lambda n: name_of(frame, network, n))
        return handed_out(visit, name, suffix, picture)
    there = seen[network.source] & seen[network.goal]
    there &= ~np.isin(network.dimension, [network.dimensions.index(d) for d in wanted.without])
    header = ("from_iri", "from", "from_label", "to_iri", "to", "to_label", "relation", "basis")
    rows = [
        (network.iri[a], network.code[a], network.label[a], network.iri[b], network.code[b], network.label[b],
         network.dimensions[d], BASIS_WORDS[k])
        for a, b, d, k in zip(
            network.source[there].tolist(), network.goal[there].tolist(), network.dimension[there].tolist(),
            network.basis[there].tolist(), strict=True,
        )
    ]  # fmt: skip
    return handed_out(visit, name, suffix, Table("Network", header, rows, visit.edition.name))
