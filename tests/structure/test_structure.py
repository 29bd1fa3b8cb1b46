"""Structure against removing things one by one and trying every set."""

from __future__ import annotations

import csv
import io
import json
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from targetgraph import cli
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.coverage import Heading, coverage
from targetgraph.analysis.states import LinkClass, State, link_classes
from targetgraph.analysis.structure import structure
from targetgraph.analysis.structure.cuts import bridges, hinges, pieces
from targetgraph.analysis.structure.matching import matching
from targetgraph.analysis.structure.positions import centralities, communities
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline import open_coded_graph

Pair = tuple[int, int]


class Drawn:
    """A drawn network in the place of the real one: targets t0…, concepts c0…."""

    def __init__(self, size: int, pairs: set[Pair]) -> None:
        self.targets = range(size)
        self.pairs = sorted(pairs)
        self.network: nx.Graph = nx.Graph()
        self.network.add_nodes_from(range(size))
        self.network.add_edges_from((t, size + c) for t, c in self.pairs)

    def is_target(self, node: int) -> bool:
        return node < len(self.targets)

    def name(self, node: int) -> str:
        return f"t{node}" if self.is_target(node) else f"c{node - len(self.targets)}"

    def heading(self, node: int) -> Heading:
        return Heading(self.name(node), self.name(node), self.name(node))


@st.composite
def networks(draw: st.DrawFn) -> Drawn:
    size, concepts = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    pair = st.tuples(st.integers(0, size - 1), st.integers(0, concepts - 1))
    return Drawn(size, draw(st.sets(pair, max_size=14)))


def joined(nodes: set[str], edges: set[tuple[str, str]]) -> list[set[str]]:
    """Connected parts, by merging sets."""
    parts = [{n} for n in sorted(nodes)]
    for a, b in edges:
        if a in nodes and b in nodes:
            one, other = next(p for p in parts if a in p), next(p for p in parts if b in p)
            if one is not other:
                parts.remove(other)
                one |= other
    return parts


def plain(drawn: Drawn) -> tuple[set[str], set[tuple[str, str]]]:
    edges = {(f"t{t}", f"c{c}") for t, c in drawn.pairs}
    return {f"t{t}" for t in drawn.targets} | {c for _, c in edges}, edges


@settings(max_examples=200, deadline=None)
@given(networks())
def test_bridges_and_hinges_are_found_by_taking_each_away(drawn: Drawn) -> None:
    nodes, edges = plain(drawn)
    parts = len(joined(nodes, edges))
    expected = {e for e in edges if len(joined(nodes, edges - {e})) > parts}
    found = bridges(drawn)  # type: ignore[arg-type]
    assert {(b.target, b.concept) for b in found} == expected
    for bridge in found:
        after = joined(nodes, edges - {(bridge.target, bridge.concept)})
        assert set(bridge.cut_off) in after
        sides = [p for p in after if bridge.target in p or bridge.concept in p]
        assert len(bridge.cut_off) == min(map(len, sides))
    cut = hinges(drawn)  # type: ignore[arg-type]
    assert {h.name for h in cut} == {n for n in nodes if len(joined(nodes - {n}, edges)) > parts}
    for hinge in cut:
        mine = next(p for p in joined(nodes, edges) if hinge.name in p)
        left = [p for p in joined(nodes - {hinge.name}, edges) if p <= mine]
        assert hinge.pieces == len(left)
        assert len(hinge.cut_off) == len(mine) - 1 - max(map(len, left))
    found_pieces = [{*p.targets, *p.concepts} for p in pieces(drawn)]  # type: ignore[arg-type]
    assert sorted(map(sorted, found_pieces)) == sorted(map(sorted, joined(nodes, edges)))


def neighbours(drawn: Drawn, targets: set[str]) -> set[str]:
    return {f"c{c}" for t, c in drawn.pairs if f"t{t}" in targets}


@settings(max_examples=300, deadline=None)
@given(networks())
def test_matching_and_bottleneck_against_every_set_of_targets(drawn: Drawn) -> None:
    result = matching(drawn)  # type: ignore[arg-type]
    pairs = [(t.code, c.code) for t, c in result.pairs]
    _, edges = plain(drawn)
    assert set(pairs) <= edges
    assert len({t for t, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
    # Hall, with its deficiency: the largest matching lacks as many as the worst set of targets lacks actors.
    targets = [f"t{t}" for t in drawn.targets]
    lacks = [len(s) - len(neighbours(drawn, set(s))) for k in range(len(targets) + 1) for s in combinations(targets, k)]
    assert len(targets) - len(pairs) == max(lacks)
    assert {h.code for h in result.without} == {t for t in targets if not neighbours(drawn, {t})}
    # König: the smallest set of nodes that touches every link is as large as the largest matching.
    touching = {n for e in edges for n in e}
    covers = (
        k for k in range(len(touching) + 1) for s in combinations(sorted(touching), k) if covers_all(edges, set(s))
    )
    if len(touching) <= 9:
        assert next(covers) == len(pairs)
    if not result.unmatched:
        assert result.tightest is result.widest is None
        return
    assert result.tightest is not None
    assert result.widest is not None
    for neck in (result.tightest, result.widest):
        members = {t.code for t in neck.targets}
        assert {a.code for a in neck.actors} == neighbours(drawn, members)
        assert len(neck.actors) < len(members)
    assert len(result.widest.targets) - len(result.widest.actors) == len(result.unmatched)
    tight = {t.code for t in result.tightest.targets}
    for gone in tight:
        assert len(neighbours(drawn, tight - {gone})) >= len(tight) - 1


def covers_all(edges: set[tuple[str, str]], nodes: set[str]) -> bool:
    return all(a in nodes or b in nodes for a, b in edges)


@settings(max_examples=100, deadline=None)
@given(networks())
def test_communities_and_centralities(drawn: Drawn) -> None:
    _, edges = plain(drawn)
    groups = communities(drawn)  # type: ignore[arg-type]
    if not edges:
        assert groups is None
        return
    assert groups is not None
    members = [{*g.targets, *g.concepts} for g in groups.groups]
    linked = {n for e in edges for n in e}
    assert sorted(n for g in members for n in g) == sorted(linked)
    for a, b in combinations(range(len(members)), 2):
        apart = not any(
            (x in members[a] and y in members[b]) or (x in members[b] and y in members[a]) for x, y in edges
        )
        assert ((a, b) in groups.strangers) == apart
    for place in centralities(drawn):  # type: ignore[arg-type]
        assert place.links == sum(place.name in e for e in edges)
        assert 0 < place.degree <= 1
        assert place.betweenness is not None
        assert 0 <= place.betweenness <= 1


@pytest.fixture(scope="module")
def coded(built_store: Path) -> CodedGraph:
    return open_coded_graph(built_store)


@pytest.mark.parametrize("framework", ["gfc", "beyond2020"])
@pytest.mark.parametrize("implied", [False, True])
def test_withdrawals_against_taking_links_away(coded: CodedGraph, framework: str, implied: bool) -> None:
    found = structure(coded, framework, implied=implied)
    dimension = coded.dimension("actors")
    targets = coded.targets_of(coded.framework_number(framework)).tolist()
    classes = link_classes(dimension)
    links = [
        (coded.targets.notation[t], int(c), int(k))
        for t, c, k in zip(
            dimension.links.target.tolist(), dimension.links.concept.tolist(), classes.tolist(), strict=True
        )
        if t in targets
    ]
    most = LinkClass.IMPLIED if implied else LinkClass.NAMED
    for loss in found.withdrawals:
        actor = list(dimension.concepts.iri).index(loss.actor.iri)

        def rolls_up(concept: int, actor: int = actor) -> bool:
            return actor in dimension.ancestors(concept).tolist()

        counted = [(t, c) for t, c, k in links if k <= most]
        orphaned = {t for t, _ in counted} - {t for t, c in counted if not rolls_up(c)}
        assert {h.code for h in loss.orphaned} == orphaned
        deserted = {t for t, _, _ in links} - {t for t, c, _ in links if not rolls_up(c)}
        assert {h.code for h in loss.deserted} == deserted
        assert loss.targets == len({t for t, c in counted if rolls_up(c)})
        for column in loss.columns:
            table = coverage(coded, "targets", column.dimension, framework)
            place = [h.iri for h in table.columns].index(column.concept.iri)
            judged = coded.dimension(column.dimension).declaration.accepts_judgement
            enough = State.IMPLIED if implied or judged else State.THIN
            reach = {h.code for h, s in zip(table.rows, table.states[:, place], strict=True) if s <= enough}
            assert reach
            assert reach <= orphaned
    assert len(found.withdrawals) >= 3


def test_bundled_structure_is_what_the_expert_sees(coded: CodedGraph) -> None:
    """Seven targets name governments alone, two companies alone; sixteen name nobody in particular."""
    found = structure(coded, "gfc")
    by_actor = {w.actor.code: {h.code for h in w.orphaned} for w in found.withdrawals}
    assert by_actor["governments"] == {"A1", "A5", "B6", "D2", "D5", "E1", "E5"}
    assert by_actor["companies"] == {"A3", "D1"}
    assert len(found.matching.without) == 16
    assert found.covered[0] == 28
    assert found.covered[1] == 12
    assert sum(len(p.targets) for p in found.pieces) == 28


def test_same_every_time_and_serialisable(coded: CodedGraph) -> None:
    first, second = (json.dumps(structure(coded, "gfc", implied=True).to_json()) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("framework", "dimension", "message"),
    [("none", "actors", "no framework"), ("gfc", "none", "no dimension"), ("gfc", "goals", "--implied")],
)
def test_what_cannot_be_asked(coded: CodedGraph, framework: str, dimension: str, message: str) -> None:
    with pytest.raises(TargetGraphError, match=message):
        structure(coded, framework, dimension)


def test_command(built_store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cli.COMMANDS, "structure", "")

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.main(["structure", "--store", str(built_store), *arguments])
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    code, text, _ = run()
    assert code == 0
    for word in ("Single points of failure", "Without Governments", "bottleneck", "Bridges", "Communities", "central"):
        assert word in text
    data = json.loads(run("-f", "json")[1])
    assert data["single_points_of_failure"][0] == "governments"
    rows = list(csv.DictReader(io.StringIO(run("-f", "csv", "--implied")[1])))
    assert {r["kind"] for r in rows} == {"concept", "target"}
    assert run("-f", "markdown")[1].startswith("# Structure: gfc")
    for wrong in (("-F", "none"), ("--dimension", "none"), ("--dimension", "goals"), ("-f", "pdf")):
        code, out, err = run(*wrong)
        assert (code, out) == (2, "")
        assert "rror: " in err
        assert "Traceback" not in err
