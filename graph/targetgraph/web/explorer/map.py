"""``/explore/map``: the coverage map."""

from __future__ import annotations

from dataclasses import replace

from starlette.routing import BaseRoute

from targetgraph.analysis.scenarios import Scenario
from targetgraph.analysis.states import State
from targetgraph.phrases import joined, say
from targetgraph.publish.exports.pictures import Table
from targetgraph.views.coverage_map import TARGETS, coverage_map_page, lead_of, map_of
from targetgraph.views.evidence import Shelf
from targetgraph.views.explorer.frame import Frame
from targetgraph.views.explorer.map import MapModel, map_page, map_view, name_of, shown, title_of
from targetgraph.views.explorer.pictures.coverage_map import coverage_map_picture, drawing
from targetgraph.views.explorer.urls import ROOT
from targetgraph.web.answers import Answer
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.files import FORMATS, handed_out
from targetgraph.web.explorer.supposing import scenario_of, standing_under
from targetgraph.web.explorer.visit import Refused, Visit


def routes(desk: Desk) -> list[BaseRoute]:
    """``/explore/map``, and the view as a file."""
    return [
        desk.page("map", f"{ROOT}/map", _map),
        desk.page("map", f"{ROOT}/map.{{suffix}}", _file, listed=False, kept=False),
    ]


def _model(visit: Visit, scenario: Scenario) -> MapModel:
    def made() -> MapModel:
        standing = standing_under(visit, scenario)
        shelf = Shelf(standing)
        columns, curves = map_of(standing, shelf)
        lead = lead_of(standing, columns)
        return MapModel(tuple(columns), tuple(curves), shelf, lead)

    return visit.compute((visit.framework, str(scenario)), made)


def _asked(visit: Visit) -> tuple[MapModel, str, bool, Scenario]:
    scenario = scenario_of(visit)
    model = _model(visit, scenario)
    focus = visit.text("focus")
    if focus and focus not in {item.key for column in model.columns for item in column.items}:
        raise Refused(
            say("nothing on the map is called “{focus}”", focus=focus[:80]),
            "as focus=t-A1 or focus=actors-governments",
            404,
        )
    return model, focus, visit.flag("all"), scenario


def _map(visit: Visit) -> str:
    model, focus, everything, scenario = _asked(visit)
    frame = visit.frame()
    return map_page(frame, map_view(frame, model, focus, everything, scenario))


def _file(visit: Visit) -> Answer:
    suffix = visit.inside["suffix"]
    if suffix not in FORMATS:
        raise Refused(
            say("the map is not given as “{suffix}”", suffix=suffix[:20]),
            say("use one of: {allowed}", allowed=", ".join(FORMATS)),
            404,
        )
    model, focus, everything, scenario = _asked(visit)
    name, frame = f"{visit.framework}-coverage-map", visit.frame()
    if suffix == "html":
        standing = standing_under(visit, scenario)
        return handed_out(visit, name, suffix, coverage_map_page(standing.graph, visit.framework, standing))
    if suffix == "svg":
        return handed_out(visit, name, suffix, _drawn(frame, model, focus, everything))
    return handed_out(visit, name, suffix, _table(visit, model))


def _drawn(frame: Frame, model: MapModel, focus: str, everything: bool) -> str:
    columns, curves = shown(model, focus, everything)
    plan = drawing(columns, lambda i: name_of(frame, i), lambda c: title_of(frame, c))
    title = f"{frame.words('picture')}: {frame.urls.framework}"
    return coverage_map_picture(plan, curves, title, frame.telling(joined(model.lead)), focus=focus, told=frame.telling)


def map_for_print(visit: Visit) -> tuple[str, tuple[str, ...], list[tuple[str, str, str]]]:
    """The map of the framework as it is: SVG, where the holes are in sentences, and each hole with the targets that lack it."""
    model, frame = _model(visit, Scenario()), replace(visit.frame(), page="map")
    lacking: dict[str, list[str]] = {}
    codes = {item.key: item.code for column in model.columns for item in column.items}
    for curve in model.curves:
        if curve.missing:
            lacking.setdefault(curve.item, []).append(codes[curve.target])
    holes = [
        (name_of(frame, item).text, title_of(frame, column).text, ", ".join(lacking.get(item.key, ())))
        for column in model.columns
        for item in column.items
        if column.code != TARGETS and (item.ghost or item.state == State.GAP)
    ]
    return _drawn(frame, model, "", False), model.lead, holes


def _table(visit: Visit, model: MapModel) -> Table:
    """One row a line of the map, missing ones included, and one for each thing that no line reaches."""
    items = {item.key: (column, item) for column in model.columns for item in column.items}
    header = ("target", "target_label", "column", "thing_iri", "thing", "thing_label", "state", "links")
    rows: list[tuple[object, ...]] = []
    reached = set()
    for curve in model.curves:
        column, item = items[curve.item]
        target = items[curve.target][1]
        reached.add(curve.item)
        label = f"⌀ {item.label}" if curve.missing else item.label
        code = "" if item.ghost else item.code
        state = items[curve.item][1].state if curve.missing else type(item.state)(curve.state)
        rows.append((target.code, target.label, column.code, item.iri, code, label, state, len(curve.links)))
    for key, (column, item) in items.items():
        if key not in reached and column.code != "targets":
            rows.append(("", "", column.code, item.iri, item.code, item.label, item.state, 0))
    return Table("Coverage map", header, rows, visit.edition.name)
