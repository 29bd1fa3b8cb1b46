"""The graph under a scenario, for pages that have one in their address."""

from __future__ import annotations

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.narrowing import narrowed
from targetgraph.analysis.scenarios import Scenario, Simulation, apply, simulate
from targetgraph.analysis.standing import Standing
from targetgraph.web.explorer.visit import Visit

_LONGEST = 4000


def scenario_of(visit: Visit, name: str = "scenario") -> Scenario:
    """The scenario in the address, in its canonical form; the one that changes nothing where there is none.

    Raises
    ------
    TargetGraphError : it cannot be read.
    """
    return Scenario.parse(visit.text(name, most=_LONGEST))


def graph_under(visit: Visit, scenario: Scenario, framework: str = "") -> CodedGraph:
    """The graph with the links of one framework, and of those it succeeds, under a scenario; the same object each time.

    Parameters
    ----------
    framework : code; that of the page by default.

    Raises
    ------
    TargetGraphError : the scenario names something that does not exist, or nothing would be left.
    """
    code = framework or visit.framework

    def made() -> CodedGraph:
        if not scenario.is_today:
            return apply(graph_under(visit, Scenario(), code), scenario, code).graph
        return narrow(visit.graph, code)

    return visit.edition.compute(("graph under", code, str(scenario)), made)


def narrow(graph: CodedGraph, framework: str) -> CodedGraph:
    """A graph with the links of one framework, and of those it succeeds (TargetGraphError when there is no such framework)."""
    return narrowed(graph, graph.framework_number(framework))


def standing_under(visit: Visit, scenario: Scenario) -> Standing:
    """How the framework of the page stands under a scenario."""
    if scenario.is_today:
        return visit.standing
    key = ("standing under", visit.framework, str(scenario))
    return visit.edition.compute(key, lambda: Standing.of(graph_under(visit, scenario), visit.framework))


def simulation_of(visit: Visit, scenario: Scenario) -> Simulation:
    """What a scenario does to the gaps of the framework of the page.

    Raises
    ------
    TargetGraphError : the scenario names something that does not exist, or nothing would be left.
    """
    framework, graph = visit.framework, graph_under(visit, Scenario())
    key = ("simulation", framework, str(scenario))
    return visit.edition.compute(key, lambda: simulate(graph, scenario, framework, today=visit.report))
