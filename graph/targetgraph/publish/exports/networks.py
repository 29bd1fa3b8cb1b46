"""A framework as a network for Gephi, yEd, Cytoscape and others: GraphML and GEXF.

Every link of the framework is an edge to the very thing it names, with basis, confidence and role; nothing is rolled up.
``broader`` and ``under objective`` are edges of their own kinds, so that a tool can leave them out. What no target is tied to
is there as a node without links. (GraphML Primer; GEXF 1.2draft; both written by networkx.)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from targetgraph.analysis.coverage import column_headings
from targetgraph.analysis.standing import Standing
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.publish.exports.source import Source
from targetgraph.publish.exports.statements import Thing
from targetgraph.publish.exports.xml_text import xml_text

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

FORMS: Final = ("graphml", "gexf")
BROADER: Final = "broader"
UNDER: Final = "under objective"
_COLUMNS: Final = ("mentions", "sectors", "stages", "goals")
"""Dimensions whose every column is a node, linked or not."""
_SKOS: Final = PREFIXES["skos"]
_KINDS: Final = {
    TG.Target: "target", TG.Objective: "objective", TG.Organisation: "actor", TG.ActorCategory: "actor",
    TG.Sector: "sector", TG.LifeCycleStage: "stage", TG.SdgGoal: "SDG", TG.SdgTarget: "SDG", TG.SdgIndicator: "SDG indicator",
    TG.Indicator: "indicator", TG.IssueOfConcern: "issue",
}  # fmt: skip
_LINKS: Final = {
    TG.ResponsibilityLink: "actor", TG.SectorLink: "sector", TG.StageLink: "stage", TG.SdgLink: "SDG",
    TG.IndicatorLink: "indicator", TG.IssueLink: "issue", TG.LineageLink: "became", TG.DependencyLink: "depends on",
}  # fmt: skip


def framework_network(source: Source, code: str) -> Network:
    """The network of a framework.

    Returns
    -------
    A directed multigraph. Nodes are IRIs with ``label``, ``kind``, ``code``, ``catch_all`` (bool), ``links`` and ``gaps``
    (how many); targets also have ``deadline`` (0: none) and ``verification``. Edges are keyed by the IRI of the link and have
    ``kind``, ``role``, ``basis``, ``confidence`` (-1: does not apply), ``verification`` and ``reason``.

    Raises
    ------
    TargetGraphError
        when there is no such framework.
    """
    import networkx as nx

    standing = Standing.of(source.coded, code)
    graph = source.coded
    network: Network = nx.MultiDiGraph(
        name=xml_text(standing.report.framework_label), framework=standing.report.framework, data_version=graph.version
    )
    links = _add_framework(network, source, code)
    wanted = sorted(network)
    for dimension in _COLUMNS:
        if dimension in graph.dimensions:
            wanted += [heading.iri for heading in column_headings(graph.dimension(dimension))]
    while wanted:
        wanted = [broader for iri in wanted for broader in _add_node(network, source.described.get(iri, Thing(iri)))]
    for iri, data in network.nodes(data=True):
        data["gaps"] = len(standing.gaps_of.get(iri, ()))
        data["links"] = links.get(iri, 0)
    return network


def _add_framework(network: Network, source: Source, code: str) -> dict[str, int]:
    """Targets, objectives and links; returns how many links each node has."""
    links: dict[str, int] = {}
    for thing in source.things([source.framework_graph(code)]):
        types = thing.iris(PREFIXES["rdf"] + "type")
        start, end = thing.iri_of(TG.linkSubject), thing.iri_of(TG.concerns)
        if TG.Target in types:
            network.add_node(thing.iri)
            if objective := thing.iri_of(TG.underObjective):
                network.add_edge(thing.iri, objective, key=f"{thing.iri}#objective", **_edge(UNDER))
        elif TG.Objective in types:
            network.add_node(thing.iri)
        elif TG.Link in types and start and end:
            kind = next((_LINKS[t] for t in types if t in _LINKS), "link")
            network.add_edge(start, end, key=thing.iri, **_edge(kind, thing))
            for iri in (start, end):
                links[iri] = links.get(iri, 0) + 1
    return links


def _add_node(network: Network, thing: Thing) -> list[str]:
    """Add a thing and the edges to what is broader; returns what of that is still to be added."""
    if "kind" in network.nodes.get(thing.iri, {}):
        return []
    network.add_node(thing.iri, **_node(thing))
    above = thing.iris(_SKOS + "broader")
    for broader in above:
        network.add_edge(thing.iri, broader, key=f"{thing.iri}#broader-{broader}", **_edge(BROADER))
    return above


def _node(thing: Thing) -> dict[str, Any]:
    """Attributes of a node, each of one type whatever the node, as both formats want."""
    types = thing.iris(PREFIXES["rdf"] + "type")
    code = thing.text(_SKOS + "notation") or thing.iri.rpartition("/")[2]
    return {
        "label": xml_text(thing.label),
        "kind": next((_KINDS[t] for t in types if t in _KINDS), "other"),
        "code": xml_text(code),
        "catch_all": thing.text(TG.isUmbrella) == "true",
        "deadline": int(thing.text(TG.deadlineYear)[:4] or 0),
        "verification": _word(thing.iri_of(TG.verification)),
    }


def _edge(kind: str, link: Thing | None = None) -> dict[str, Any]:
    said = link or Thing("")
    return {
        "kind": kind,
        "label": kind,
        "role": _word(said.iri_of(TG.role)),
        "basis": _word(said.iri_of(TG.basis)),
        "confidence": float(said.text(TG.confidence) or -1),
        "verification": _word(said.iri_of(TG.verification)),
        "reason": xml_text(said.text(TG.rationale)),
    }


def _word(iri: str) -> str:
    """A value of one of our lists as people read it: ``named in text``."""
    name = iri.rpartition("#")[2]
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def write_network(source: Source, code: str, form: str, path: Path) -> None:
    """Write the network of a framework.

    Parameters
    ----------
    form : ``graphml`` or ``gexf``.
    """
    from networkx.readwrite.gexf import GEXFWriter
    from networkx.readwrite.graphml import GraphMLWriter

    network = framework_network(source, code)
    ordered = _sorted(network)
    if form == "graphml":
        with path.open("wb") as output:
            GraphMLWriter(ordered, prettyprint=True).dump(output)
        return
    for _, _, key, data in ordered.edges(keys=True, data=True):
        data["id"] = key
    writer = GEXFWriter(prettyprint=True, version="1.2draft")
    writer.add_graph(ordered)
    for meta in [element for element in writer.xml.iter() if element.tag.rpartition("}")[2] == "meta"]:
        meta.attrib.pop("lastmodifieddate", None)  # the same data, the same bytes
    with path.open("wb") as output:
        writer.write(output)


def _sorted(network: Network) -> Network:
    """The same network with nodes and edges in the order of their names."""
    import networkx as nx

    ordered: Network = nx.MultiDiGraph(**network.graph)
    ordered.add_nodes_from((iri, network.nodes[iri]) for iri in sorted(network))
    for start, end, key, data in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[2]):
        ordered.add_edge(start, end, key=key, **data)
    return ordered
