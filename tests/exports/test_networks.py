"""GraphML and GEXF, read back by networkx."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest

from targetgraph import iris
from targetgraph.library.terms import Iri, Literal
from targetgraph.namespaces import TG
from targetgraph.publish.exports.networks import BROADER, FORMS, UNDER, _edge, _node, write_network
from targetgraph.publish.exports.source import Source
from targetgraph.publish.exports.statements import Thing

READERS: dict[str, Any] = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.mark.parametrize("form", FORMS)
def test_the_network_read_back_has_the_links_of_the_graph(
    source: Source, quads: list[Any], tmp_path: Path, form: str
) -> None:
    write_network(source, "gfc", form, tmp_path / "n")
    network = READERS[form](tmp_path / "n")
    own = [q for q in quads if q.graph_name == ox.NamedNode(iris.graph("framework", "gfc"))]
    subject = {q.subject.value: q.object.value for q in own if q.predicate.value == TG.linkSubject}
    concerns = {q.subject.value: q.object.value for q in own if q.predicate.value == TG.concerns}
    confidence = {q.subject.value: float(q.object.value) for q in own if q.predicate.value == TG.confidence}
    basis = {q.subject.value: q.object.value.rpartition("#")[2] for q in own if q.predicate.value == TG.basis}
    links = {k: (u, v, d) for u, v, k, d in network.edges(keys=True, data=True) if d["kind"] not in (BROADER, UNDER)}
    assert {k: (u, v) for k, (u, v, _) in links.items()} == {k: (subject[k], concerns[k]) for k in subject}
    assert len(links) > 500
    assert all(d["confidence"] == pytest.approx(confidence[k]) for k, (_, _, d) in links.items())
    assert all(d["basis"].replace(" ", "") == basis[k].lower() for k, (_, _, d) in links.items())
    degree = Counter(end for u, v, _ in links.values() for end in (u, v))
    assert {n: d["links"] for n, d in network.nodes(data=True) if d["links"]} == dict(degree)


@pytest.mark.parametrize("form", FORMS)
def test_nodes_say_what_they_are(source: Source, tmp_path: Path, form: str) -> None:
    write_network(source, "gfc", form, tmp_path / "n")
    network = READERS[form](tmp_path / "n")
    kinds = Counter(d["kind"] for _, d in network.nodes(data=True))
    assert (kinds["target"], kinds["objective"], kinds["stage"], kinds["other"]) == (28, 5, 19, 0)
    report = source.gaps("gfc")
    about = Counter(gap.subject_iri for gap in report.gaps)
    assert {n: d["gaps"] for n, d in network.nodes(data=True) if d["gaps"]} == {
        n: g for n, g in about.items() if n in network
    }
    first = network.nodes[iris.target("gfc", "A1")]
    assert (first["code"], first["deadline"], first["label"]) == (
        "A1",
        2030,
        "Chemicals laws and institutions in force",
    )
    holes = [n for n, d in network.nodes(data=True) if d["kind"] == "stage" and not d["links"]]
    assert holes, "what no target is tied to is a node too"


@pytest.mark.parametrize("form", FORMS)
def test_the_same_data_give_the_same_bytes(source: Source, tmp_path: Path, form: str) -> None:
    for name in ("a", "b"):
        write_network(source, "beyond2020", form, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert b"lastmodified" not in (tmp_path / "a").read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_control_characters_do_not_break_the_file(tmp_path: Path, form: str) -> None:
    from networkx.readwrite.gexf import GEXFWriter
    from networkx.readwrite.graphml import GraphMLWriter

    label = "http://www.w3.org/2000/01/rdf-schema#label"
    thing = Thing("http://a/x", {TYPE: [Iri(TG.Target)], label: [Literal("a\x00b\x1b<c>&\"'")]})
    link = Thing("http://a/l", {TG.rationale: [Literal("\x08")]})
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node("http://a/x", **_node(thing))
    network.add_node("http://a/y", **_node(thing))
    network.add_edge("http://a/x", "http://a/y", key="k", **_edge("link", link))
    path = tmp_path / "n"
    with path.open("wb") as output:
        if form == "graphml":
            GraphMLWriter(network).dump(output)
        else:
            writer = GEXFWriter(version="1.2draft")
            writer.add_graph(network)
            writer.write(output)
    read = READERS[form](path)
    assert read.nodes["http://a/x"]["label"] == "a\ufffdb\ufffd<c>&\"'"
    [(_, _, data)] = read.edges(data=True)
    assert data["reason"] == "\ufffd"
