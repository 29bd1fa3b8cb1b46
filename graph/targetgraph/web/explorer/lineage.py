"""``/explore/lineage``: what became of the targets of one framework in another."""

from __future__ import annotations

import numpy as np
from starlette.routing import BaseRoute

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.comparison import Comparison, Side, compare
from targetgraph.publish.view_sheets import lineage_sheet
from targetgraph.views.explorer.frame import render
from targetgraph.views.explorer.lineage import LineageView, lineage_view
from targetgraph.views.explorer.urls import ROOT
from targetgraph.web.answers import Answer
from targetgraph.web.explorer.describing import fates
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.downloads import download
from targetgraph.web.explorer.visit import Refused, Visit


def routes(desk: Desk) -> list[BaseRoute]:
    """The page and its exports."""
    return [
        desk.page("lineage", f"{ROOT}/lineage", _shown),
        desk.page("lineage", f"{ROOT}/lineage.{{form:str}}", _exported, listed=False, kept=False),
    ]


def _shown(visit: Visit) -> str:
    return render(visit.frame(), view_of(visit))


def _exported(visit: Visit) -> Answer:
    view = view_of(visit)
    if view.comparison is None:
        raise Refused("no lineage is recorded for this framework", "choose another", 404)
    return download(visit, lineage_sheet(view.comparison), f"lineage-{view.before}-{view.after}")


def view_of(visit: Visit, chosen: str = "") -> LineageView:
    """The view; ``chosen`` is the code of the other framework, by default what the address says, else the first there is."""
    graph, here = visit.graph, visit.framework
    pairs = visit.edition.compute("lineage pairs", lambda: lineage_pairs(graph))
    mine = [p for p in pairs if here in p]
    other = chosen or visit.choice("other", [c for p in mine for c in p if c != here])
    pair = next((p for p in mine if not other or other in p), ("", ""))
    comparison: Comparison | None = None
    if pair[0]:
        comparison = comparison_of(visit, *pair)
    labels = {f.code: visit.names.of(f.iri, f.label).text for f in graph.frameworks}
    return lineage_view(comparison, mine, *pair, labels)


def comparison_of(visit: Visit, before: str, after: str) -> Comparison:
    """Two frameworks compared (errors: see :func:`compare`)."""

    def made() -> Comparison:
        gaps = visit.edition.report(before), visit.edition.report(after)
        return compare(Side(visit.graph, before), Side(visit.graph, after), fates(visit), gaps)

    return visit.edition.compute(("lineage", before, after), made)


def lineage_pairs(graph: CodedGraph) -> tuple[tuple[str, str], ...]:
    """Codes of the frameworks that lineage leads between, the earlier first."""
    table, framework = graph.tables["lineage"], np.asarray(graph.targets.framework)
    both = (np.asarray(table.proposal) >= 0) & (np.asarray(table.successor) >= 0)
    found = {
        (int(framework[int(table.proposal[n])]), int(framework[int(table.successor[n])]))
        for n in np.flatnonzero(both).tolist()
    }
    codes = [f.code for f in graph.frameworks]
    return tuple(sorted((codes[a], codes[b]) for a, b in found if a != b and min(a, b) >= 0))
