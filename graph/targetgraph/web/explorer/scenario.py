"""``/explore/scenario``: what opens and closes if things were otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from starlette.routing import BaseRoute

from targetgraph.analysis.scenarios import Dating, Scenario, Simulation
from targetgraph.analysis.scenarios.rdf import as_turtle
from targetgraph.analysis.scenarios.scenario import BASES, BRACKETS, HEDGES, STATUSES, UMBRELLAS
from targetgraph.phrases import say
from targetgraph.publish.exports.pictures import Table
from targetgraph.views.explorer.scenario import scenario_page, scenario_view
from targetgraph.views.explorer.urls import ROOT
from targetgraph.web.answers import Answer
from targetgraph.web.explorer.desk import Desk, see_other
from targetgraph.web.explorer.files import handed_out
from targetgraph.web.explorer.supposing import graph_under, scenario_of, simulation_of
from targetgraph.web.explorer.visit import Refused, Visit

_FORMATS: Final = ("ttl", "csv", "xlsx")


def routes(desk: Desk) -> list[BaseRoute]:
    """``/explore/scenario``, the form's ``/explore/scenario/suppose``, and files."""
    return [
        desk.page("scenario", f"{ROOT}/scenario", _scenario),
        desk.page("scenario", f"{ROOT}/scenario/suppose", _supposed, listed=False, kept=False),
        desk.page("scenario", f"{ROOT}/scenario.{{suffix}}", _file, listed=False, kept=False),
    ]


def _simulation(visit: Visit, scenario: Scenario) -> Simulation | None:
    if scenario.is_today:
        return None
    return simulation_of(visit, scenario)


def _scenario(visit: Visit) -> str:
    scenario = scenario_of(visit)
    gaps = visit.choice("show", ("gaps",)) == "gaps"
    view = scenario_view(
        visit.frame(),
        graph_under(visit, Scenario()),
        scenario,
        _simulation(visit, scenario),
        gaps,
        str(_others(scenario)),
    )
    return scenario_page(visit.frame(), view)


def _others(scenario: Scenario) -> Scenario:
    """The parts of a scenario that the form has no field for."""
    return replace(
        scenario, without=frozenset(), without_basis=frozenset(), without_status=frozenset(), min_confidence=0.0,
        brackets="as-is", umbrella="as-is", as_named=frozenset(), date=frozenset(), hedges="as-is",
    )  # fmt: skip


def _supposed(visit: Visit) -> Answer:
    """What the form says, as a scenario in the address of the page."""
    dates = [part for part in visit.text("dates", most=2000).replace(",", " ").split() if part]
    scenario = Scenario(
        without=frozenset(v.strip() for v in visit.several("without") if v.strip()),
        without_basis=_some(visit, "without_basis", BASES),
        without_status=_some(visit, "without_status", STATUSES),
        min_confidence=visit.number("min_confidence", 0.0, 0.0, 1.0),
        brackets=visit.choice("brackets", BRACKETS, "as-is"),
        umbrella=visit.choice("umbrella", UMBRELLAS, "as-is"),
        as_named=_some(visit, "as_named", BASES[1:]),
        date=frozenset(Dating.parse(part) for part in dates),
        hedges="dropped" if visit.choice("hedges", HEDGES) == "dropped" else "as-is",
    )
    whole = scenario.joined(Scenario.parse(visit.text("others", most=4000)))
    visit.urls  # noqa: B018  refuses a wrong common state
    return see_other(visit.urls.scenario(scenario="" if whole.is_today else str(whole)))


def _some(visit: Visit, name: str, allowed: tuple[str, ...]) -> frozenset[str]:
    chosen = frozenset(visit.several(name))
    for value in sorted(chosen - set(allowed)):
        raise Refused(
            say("“{name}” cannot be “{value}”", name=name, value=value[:80]),
            say("use some of: {allowed}", allowed=", ".join(allowed)),
        )
    return chosen


def _file(visit: Visit) -> Answer:
    suffix = visit.inside["suffix"]
    if suffix not in _FORMATS:
        raise Refused(
            say("a scenario is not given as “{suffix}”", suffix=suffix[:20]),
            say("use one of: {allowed}", allowed=", ".join(_FORMATS)),
            404,
        )
    scenario = scenario_of(visit)
    visit.choice("show", ("gaps",))
    simulation = _simulation(visit, scenario)
    if simulation is None:
        raise Refused("nothing is supposed otherwise than it is", "choose something first")
    name = f"{visit.framework}-scenario"
    if suffix == "ttl":
        return handed_out(visit, name, suffix, as_turtle(visit.graph, simulation))
    return handed_out(visit, name, suffix, _table(simulation))


def _table(simulation: Simulation) -> Table:
    header = ("what", "kind", "dimension", "subject_iri", "subject", "words", "gap_iri", "scenario")
    told = [("opens", g) for g in simulation.opened] + [("closes", g) for g in simulation.closed]
    told += [(f"changes {when}", g) for c in simulation.changed for when, g in (("from", c.before), ("to", c.after))]
    told += [("is told no more", g) for g in simulation.absorbed]
    rows = [
        (what, g.kind, g.dimension, g.subject_iri, g.subject, g.sentence, g.iri, str(simulation.scenario))
        for what, g in told
    ]
    return Table("Gaps that differ", header, rows, simulation.version)
