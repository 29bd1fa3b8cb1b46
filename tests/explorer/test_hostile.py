"""Pages made from a graph in which every text is hostile: it stays text, and no address of it can be clicked."""

from __future__ import annotations

from pathlib import Path

import pytest

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.comparison import Side, compare
from targetgraph.analysis.duties import Actors
from targetgraph.analysis.explanation.gap_closing import WaysToClose
from targetgraph.analysis.gaps.selection import GapTable
from targetgraph.analysis.standing import Standing
from targetgraph.views.explorer.actors import ActorView, actors_view
from targetgraph.views.explorer.frame import Frame, FrameworkChoice, render
from targetgraph.views.explorer.gaps import GapPages
from targetgraph.views.explorer.lineage import lineage_view
from targetgraph.views.explorer.names import Label, Names
from targetgraph.views.explorer.targets import SHOWN, target_lines, targets_view
from targetgraph.views.explorer.urls import Urls
from tests.views import graphs
from tests.views.test_documents import Document


@pytest.fixture(scope="module")
def graph(built_store: Path) -> CodedGraph:
    return graphs.hostile(built_store)


def _frame(page: str, graph: CodedGraph) -> Frame:
    labels = [FrameworkChoice(f.code, Label(f.label), 1, 1) for f in graph.frameworks]
    return Frame(
        page=page, path=f"/explore/{page}", urls=Urls("gfc"), names=Names(), version=graph.version,
        frameworks=tuple(labels), pages=(page,),
    )  # fmt: skip


def _pages(graph: CodedGraph) -> dict[str, str]:
    standing = Standing.of(graph, "gfc")
    report = standing.report
    frame = _frame("gaps", graph)
    gaps = GapPages(graph, report, GapTable(graph, "gfc", report.gaps), frame.urls)
    told = next(g for g in report.gaps if g.kind == "implied-only-row")
    found = {
        "gaps": render(frame, gaps.listed({})),
        "gap": render(frame, gaps.page(told, WaysToClose((), graphs.HOSTILE, ""), graphs.HOSTILE, None), "gap"),
    }
    frame = _frame("targets", graph)
    lines = target_lines(standing, frame.names, SHOWN)
    found["targets"] = render(frame, targets_view(standing, lines, "", "", "", ""))
    actors = Actors(graph, "gfc")
    every = actors.all()
    frame = _frame("actors", graph)
    found["actors"] = render(frame, actors_view(every, {a.actor.iri: Label(a.actor.label) for a in every}, (), "all"))
    brief = next(a for a in every if a.actor.code == "governments")
    duties = actors.duties(actors.number("governments"))
    view = ActorView(
        actor=brief.actor, label=Label(brief.actor.label), brief=brief, duties=duties, others=(), broader=(), narrower=(),
        withdrawal=None, simulation=None, why_not=graphs.HOSTILE, scenario="today",
    )  # fmt: skip
    found["actor"] = render(frame, view, "actor")
    made = compare(Side(graph, "beyond2020"), Side(graph, "gfc"))
    frame = _frame("lineage", graph)
    labels = {f.code: f.label for f in graph.frameworks}
    found["lineage"] = render(frame, lineage_view(made, [("beyond2020", "gfc")], "beyond2020", "gfc", labels))
    return found


def test_hostile_texts_stay_texts(graph):
    pages = _pages(graph)
    assert len(pages) == 6
    for name, text in pages.items():
        document = Document(text)
        tags = [tag for tag, _ in document.tags]
        assert "img" not in tags, name
        assert all(
            (given.get("src") or "/").startswith("/assets/") for tag, given in document.tags if tag == "script"
        ), name
        for tag, given in document.tags:
            assert not any(key.startswith("on") for key in given), (name, tag)
            for key in ("href", "action", "formaction", "xlink:href"):
                assert not (given.get(key) or "").strip().lower().startswith(("javascript", "data")), (name, given)
        assert "onerror=alert(1)" in text and "{{ 7 * 7 }}" in text, (
            f"{name} shows no hostile text: the test proves nothing"
        )
