"""The network as one self-contained page. The only module that imports pyvis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyvis
from pyvis.network import Network as PyvisNetwork

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.network import OBJECTIVE, TARGET, framework_network, structure
from targetgraph.analysis.placing import positions
from targetgraph.analysis.standing import Standing
from targetgraph.analysis.states import State
from targetgraph.views.evidence import LinkRecord, Shelf, caveat, state_entries
from targetgraph.views.page import Page, counted, environment, listed_few, scripts, styles

if TYPE_CHECKING:
    from targetgraph.analysis.network import Network

# Kind of node → name in the legend and shape of vis-network; the page draws the same shapes in the legend.
SHAPES = {
    TARGET: ("targets", "box"),
    OBJECTIVE: ("objectives", "hexagon"),
    "actor": ("actors", "dot"),
    "sector": ("sectors", "square"),
    "stage": ("life-cycle stages", "diamond"),
    "goal": ("SDGs", "triangle"),
    "indicator": ("indicators", "triangleDown"),
}
BASES = ("named", "implied", "judged")
LIBRARY = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
_OPTIONS = """{"physics": {"enabled": false}, "layout": {"improvedLayout": false},
 "interaction": {"hover": true, "hideEdgesOnDrag": false, "keyboard": false, "tooltipDelay": 3600000},
 "edges": {"smooth": false, "arrows": {"to": {"enabled": false}}}}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRow:
    """A node as the list beside the picture shows it."""

    key: str
    iri: str
    kind: str
    code: str
    label: str
    name: str
    short: str
    state: State
    states: Mapping[str, int]
    degree: int
    recalled: bool
    umbrella: bool
    summary: str
    gaps: tuple[int, ...]


def network_page(graph: CodedGraph, framework: str, standing: Standing | None = None) -> str:
    """Draw the network of a framework as one self-contained page.

    Parameters
    ----------
    graph : the coded graph.
    framework : code of the framework.
    standing : its gaps and states, when they are at hand already.

    Raises
    ------
    TargetGraphError : there is no such framework.
    """
    standing = standing or Standing.of(graph, framework)
    return drawn(framework_network(graph, framework, standing), standing)


def drawn(network: Network, standing: Standing) -> str:
    """Draw a network that is at hand already; it is left as it was."""
    shelf = Shelf(standing)
    rows = _rows(network, shelf)
    keys = {row.iri: row.key for row in rows}
    ties = _ties(network, keys)
    model = _model(rows, ties, positions(network))
    page = _page(standing, rows)
    gaps = shelf.gaps
    marked = next((row.states for row in rows if row.kind == TARGET), {})
    data = {
        "rows": {row.key: row for row in rows},
        "links": [tie.link for tie in ties],
        "ends": [(tie.source, tie.goal) for tie in ties],
        "gaps": gaps,
        "states": state_entries(),
    }
    env = environment()
    env.globals.update(
        page=page,
        rows=rows,
        links=data["links"],
        gaps=gaps,
        data=data,
        states=state_entries(),
        kinds=[(kind, name) for kind, (name, _) in SHAPES.items() if any(r.kind == kind for r in rows)],
        bases=BASES,
        marks=[(code, standing.graph.dimension(code).declaration.label) for code in marked],
    )
    # pyvis's own hook for templates: ours gets its nodes, edges and options, and escapes them.
    model.templateEnv, model.path = env, "network.html"
    return str(model.generate_html(name="network.html"))


def _model(rows: list[NodeRow], ties: list[Tie], places: Mapping[str, tuple[float, float]]) -> PyvisNetwork:
    """The picture in pyvis's terms: places known, nothing moving."""
    model = PyvisNetwork(directed=True, cdn_resources="in_line", height="100%", width="100%")
    for row in rows:
        x, y = places[row.iri]
        hollow = row.state >= State.UMBRELLA
        model.add_node(
            row.key, label=row.short, shape=SHAPES[row.kind][1], x=x, y=y, size=_size(row),
            shapeProperties={"borderDashes": [4, 3] if hollow else False}, physics=False,
        )  # fmt: skip
    for number, tie in enumerate(ties):
        named = tie.link.basis == "named"
        model.add_edge(
            tie.source, tie.goal, id=number, basis=tie.link.basis, dashes=not named, width=1.3 if named else 0.8
        )
    model.set_options(_OPTIONS)
    return model


def _size(row: NodeRow) -> int:
    """Radius: more links, larger, within narrow bounds so that nothing hides its neighbours."""
    return 16 if row.kind in (TARGET, OBJECTIVE) else min(8 + int(row.degree**0.5 * 2), 20)


def _rows(network: Network, shelf: Shelf) -> list[NodeRow]:
    degree = structure(network).degree
    order = {kind: n for n, kind in enumerate(SHAPES)}
    rows = []
    for iri, data in network.nodes(data=True):
        kind, code, label = data["kind"], data["code"], data["label"]
        numbered = kind in (TARGET, OBJECTIVE) or kind == "goal"
        prefix = "SDG " if kind == "goal" else ""
        rows.append(
            NodeRow(
                key=f"{kind}:{code}",
                iri=iri,
                kind=kind,
                code=code,
                label=label,
                name=f"{prefix}{code} {label}" if numbered else label,
                short=f"{prefix}{code}" if numbered else label,
                state=_shown_state(data),
                states={k: int(v) for k, v in data["states"].items()},
                degree=degree[iri],
                recalled=data["recalled"],
                umbrella=data["umbrella"],
                summary=data["summary"],
                gaps=tuple(shelf.of(data["gaps"])),
            )
        )
    return sorted(rows, key=lambda r: order[r.kind])


def _shown_state(data: Mapping[str, Any]) -> State:
    """State a node is drawn in: where judgement is all there can be, a judged tie counts as covered."""
    state: State = data["state"]
    return State.COVERED if data["kind"] in ("goal", "indicator") and state == State.IMPLIED else state


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge: the keys of its two ends, and what it rests on."""

    source: str
    goal: str
    link: LinkRecord


def _ties(network: Network, keys: Mapping[str, str]) -> list[Tie]:
    """Edges with their evidence, in the words of every other page."""
    found = []
    for one, other, iri, data in network.edges(keys=True, data=True):
        source, goal = network.nodes[one], network.nodes[other]
        prefix = f"SDG {goal['code']} " if goal["kind"] == "goal" else ""
        link = LinkRecord(
            iri=iri if iri.partition("#")[0] != one else "",
            target=source["code"],
            target_label=source["label"],
            recalled=source["recalled"],
            dimension=data["dimension"],
            relation=data["relation"],
            concept=data["concept_label"] or f"{prefix}{goal['label']}",
            concept_iri=data["concept"] or other,
            basis=data["basis"],
            role=data["role"],
            confidence=data["confidence"],
            verification=data["verification"],
            caveat=caveat(data),
            quote=data["quote"],
            rationale=data["rationale"],
        )
        found.append(Tie(keys[one], keys[other], link))
    return found


def _page(standing: Standing, rows: list[NodeRow]) -> Page:
    report = standing.report
    lonely = [row.name for row in rows if not row.degree]
    nobody = sum(row.kind == TARGET and row.states.get("actors", 0) >= State.IMPLIED for row in rows)
    lead = []
    if lonely:
        lead.append(f"Tied to no target: {listed_few(lonely, 8)}.")
    if nobody:
        names = counted(nobody, {True: "target names", False: "targets name"})
        lead.append(f"{names} nobody in particular who must act.")
    return Page(
        title=f"Network: {report.framework_label}",
        lead=tuple(lead),
        framework=report.framework,
        framework_label=report.framework_label,
        version=report.version,
        targets=report.targets,
        unverified=report.unverified,
        note=report.note,
        styles=styles("network"),
        scripts=scripts("network_shapes", "network_labels", "network", library=[LIBRARY.read_text(encoding="utf-8")]),
    )
