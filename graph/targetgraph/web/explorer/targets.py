"""``/explore/targets``: the list and its exports; ``/explore/targets/<framework>/<target>``: a fact sheet."""

from __future__ import annotations

from starlette.routing import BaseRoute

from targetgraph.analysis.states import State
from targetgraph.phrases import say
from targetgraph.publish.view_sheets import Sheet
from targetgraph.views.explorer.frame import render
from targetgraph.views.explorer.sheet import sheet_view
from targetgraph.views.explorer.targets import (
    SHOWN,
    SORTS,
    TargetLine,
    TargetsView,
    state_word,
    target_lines,
    targets_view,
)
from targetgraph.views.explorer.urls import ROOT
from targetgraph.web.answers import Answer
from targetgraph.web.explorer.describing import described, fates
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.downloads import download
from targetgraph.web.explorer.smart import smart_reading
from targetgraph.web.explorer.visit import Refused, Visit


def routes(desk: Desk) -> list[BaseRoute]:
    """The list, its exports, and the sheet of one."""
    return [
        desk.page("targets", f"{ROOT}/targets", _listed),
        desk.page("targets", f"{ROOT}/targets.{{form:str}}", _exported, listed=False, kept=False),
        desk.page("targets", f"{ROOT}/targets/{{framework}}/{{target:path}}", _sheet, listed=False),
    ]


def _listed(visit: Visit) -> str:
    return render(visit.frame(), _view(visit))


def _view(visit: Visit) -> TargetsView:
    standing, graph = visit.standing, visit.graph
    dimension = visit.choice("dimension", [d.code for d in graph.declarations.dimensions])
    state = visit.choice("state", [state_word(s) for s in State])
    if state and not dimension:
        raise Refused("a state is asked for, and no dimension", "choose a dimension too")
    objectives = graph.tables["objectives"]
    codes = [objectives.notation[n] for n in range(objectives.rows()) if objectives.framework[n] == standing.framework]
    objective = visit.choice("objective", codes)
    shown = [d for d in graph.dimensions if d in SHOWN or d == dimension]
    lines: list[TargetLine] = visit.compute(
        ("lines", visit.framework, visit.urls.lang, tuple(shown)),
        lambda: target_lines(standing, visit.names, shown),
    )
    return targets_view(standing, lines, objective, dimension, state if dimension else "", visit.choice("sort", SORTS))


def _exported(visit: Visit) -> Answer:
    view = _view(visit)
    rows = tuple(
        (t.code, t.label.text, t.objective, t.deadline or None, "recalled" if t.recalled else "sourced",
         *(next((c.state.word for c in t.cells if c.dimension == code), "") for code, _ in view.columns), t.gaps, t.iri)
        for t in view.lines
    )  # fmt: skip
    labels = tuple(label for _, label in view.columns)
    columns = ("target", "label", "objective", "deadline", "wording", *labels, "gaps", "address")
    method = ("States of targets as docs/states.md defines them.",)
    sheet = Sheet(f"Targets of {visit.report.framework_label}", columns, rows, visit.graph.version, method)
    return download(visit, sheet, f"targets-{visit.framework}")


def _sheet(visit: Visit) -> str:
    standing, table = visit.standing, visit.graph.targets
    code = visit.inside["target"]
    found = [t for t in standing.targets.tolist() if table.iri[t].partition("/target/")[2] == code]
    if not found:
        raise Refused(
            say("there is no target “{code}” in {framework}", code=code[:80], framework=visit.framework),
            "see the list of targets",
            404,
        )
    told = described(visit, table.iri[found[0]])
    smart = smart_reading(visit, told, table.summary[found[0]])
    view = sheet_view(standing, visit.names, told, found[0], fates(visit), smart)
    return render(visit.frame(switch=visit.urls.targets()), view, "sheet")
