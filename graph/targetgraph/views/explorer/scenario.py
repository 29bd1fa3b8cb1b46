"""What if: suppositions, the gaps they open and close, and the cells that change their state."""

from __future__ import annotations

from dataclasses import dataclass

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps import Gap
from targetgraph.analysis.scenarios import Scenario, Simulation
from targetgraph.analysis.scenarios.simulation import Change
from targetgraph.analysis.states import State
from targetgraph.views.explorer.frame import Frame, render
from targetgraph.views.explorer.names import Label

GAPS_SHOWN = 200
_CHANGES_SHOWN = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that can be taken away: its code, name, depth in the tree, and whether it is."""

    code: str
    name: Label
    depth: int
    chosen: bool
    umbrella: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What opens, closes and changes at a target, or (no address) elsewhere."""

    code: str
    name: Label | None
    address: str
    opened: tuple[Gap, ...]
    closed: tuple[Gap, ...]
    changed: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioView:
    """What the page shows.

    Parameters
    ----------
    scenario : what is supposed.
    actors : all that can leave.
    simulation : None while nothing is supposed.
    places : targets first; ``cut`` says that not all changes are shown.
    gaps : all gaps then, if they are asked for.
    share : whole address of this scenario.
    others : parts of the scenario that the form does not have, as one canonical text.
    """

    scenario: Scenario
    actors: tuple[Choice, ...]
    simulation: Simulation | None
    places: tuple[Place, ...]
    cut: bool
    gaps: tuple[Gap, ...]
    share: str
    others: str


def scenario_view(
    frame: Frame, graph: CodedGraph, scenario: Scenario, simulation: Simulation | None, gaps: bool, others: str
) -> ScenarioView:
    """Put the page together.

    Parameters
    ----------
    graph : as it is today.
    gaps : whether to list all gaps then.
    others : see `ScenarioView`.
    """
    places = tuple(_places(frame, graph, simulation)) if simulation else ()
    return ScenarioView(
        scenario=scenario,
        actors=tuple(_actors(frame, graph, scenario)),
        simulation=simulation,
        places=places,
        cut=simulation is not None
        and _count(simulation) > sum(len(p.opened) + len(p.closed) + len(p.changed) for p in places),
        gaps=simulation.after.gaps[:GAPS_SHOWN] if simulation and gaps else (),
        share=frame.urls.scenario(scenario=str(scenario)),
        others=others,
    )


def scenario_page(frame: Frame, view: ScenarioView) -> str:
    """The page."""
    return render(frame, view)


def bars(shift_side: dict[State, int]) -> tuple[tuple[State, int], ...]:
    """Cells by state in the order of states."""
    return tuple((state, shift_side.get(state, 0)) for state in State if shift_side.get(state, 0))


def _count(simulation: Simulation) -> int:
    return len(simulation.opened) + len(simulation.closed) + len(simulation.changed)


def _actors(frame: Frame, graph: CodedGraph, scenario: Scenario) -> list[Choice]:
    """Actors that are columns, in the order of the scheme, narrower ones under broader ones."""
    if "actors" not in graph.dimensions:
        return []
    dimension = graph.dimension("actors")
    table = dimension.concepts
    found = []

    def chain(concept: int) -> list[int]:
        """What a concept stands under, from the top, and itself."""
        return sorted(dimension.ancestors(concept).tolist(), key=lambda a: (len(dimension.ancestors(a)), a))

    for concept in sorted(dimension.columns.tolist(), key=chain):
        code, iri = table.notation[concept], table.iri[concept]
        found.append(
            Choice(
                code=code,
                name=frame.names.of(iri, table.label[concept]),
                depth=len(dimension.ancestors(concept)) - 1,
                chosen=bool({code, iri, table.label[concept], f"actors:{code}"} & scenario.without),
                umbrella=bool(table.umbrella[concept]),
            )
        )
    return found


def _places(frame: Frame, graph: CodedGraph, simulation: Simulation) -> list[Place]:
    number = graph.framework_number(simulation.framework)
    table = graph.targets
    by_code = {table.notation[int(t)]: int(t) for t in graph.targets_of(number)}
    found, left = [], _CHANGES_SHOWN
    for code, (opened, closed, changed) in simulation.by_target.items():
        if left <= 0:
            break
        target = by_code.get(code) if code else None
        found.append(
            Place(
                code=code,
                name=frame.names.of(table.iri[target], table.label[target]) if target is not None else None,
                address=frame.urls.target(table.iri[target]) if target is not None else "",
                opened=tuple(opened[:left]),
                closed=tuple(closed[:left]),
                changed=tuple(changed[:left]),
            )
        )
        left -= len(opened) + len(closed) + len(changed)
    return found
