"""``/explore/actors``: the list; ``/explore/actors/<code>``: one actor; both with exports."""

from __future__ import annotations

from starlette.routing import BaseRoute

from targetgraph import iris
from targetgraph.analysis.coverage import concept_heading
from targetgraph.analysis.duties import COUNTED, ActorInBrief, Actors
from targetgraph.analysis.explanation.cell import parents
from targetgraph.analysis.scenarios.scenario import Scenario
from targetgraph.analysis.scenarios.simulation import Simulation
from targetgraph.analysis.structure.acting import Acting
from targetgraph.analysis.structure.withdrawal import Withdrawal, withdrawals
from targetgraph.errors import TargetGraphError
from targetgraph.phrases import recognised, say
from targetgraph.publish.view_sheets import actors_sheet, duties_sheet
from targetgraph.views.explorer.actors import SHOWN, ActorView, actors_view
from targetgraph.views.explorer.frame import render
from targetgraph.views.explorer.urls import ROOT
from targetgraph.web.answers import Answer
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.downloads import download
from targetgraph.web.explorer.supposing import simulation_of
from targetgraph.web.explorer.visit import Refused, Visit


def routes(desk: Desk) -> list[BaseRoute]:
    """The list, one actor, and exports of both."""
    return [
        desk.page("actors", f"{ROOT}/actors", _listed),
        desk.page("actors", f"{ROOT}/actors.{{form:str}}", _exported, listed=False, kept=False),
        desk.page("actors", f"{ROOT}/actors/{{actor:path}}/duties.{{form:str}}", _duties, listed=False, kept=False),
        desk.page("actors", f"{ROOT}/actors/{{actor:path}}", _one, listed=False),
    ]


def _listed(visit: Visit) -> str:
    shown = visit.choice("shown", SHOWN, "asked")
    every = _all(visit)
    labels = {a.actor.iri: visit.names.of(a.actor.iri, a.actor.label) for a in every}
    return render(visit.frame(), actors_view(every, labels, _withdrawals(visit), shown))


def _exported(visit: Visit) -> Answer:
    visit.choice("shown", SHOWN, "asked")
    sheet = actors_sheet(visit.report.framework_label, visit.graph.version, _all(visit))
    return download(visit, sheet, f"actors-{visit.framework}")


def _duties(visit: Visit) -> Answer:
    actors, number = _found(visit)
    label = actors.whole.concepts.label[number]
    sheet = duties_sheet(label, visit.graph.version, actors.duties(number))
    return download(visit, sheet, f"duties-{actors.whole.concepts.notation[number]}")


def _one(visit: Visit) -> str:
    actors, number = _found(visit)
    whole = actors.whole
    heading = concept_heading(whole, number)
    duties = visit.compute(("duties", visit.framework, number), lambda: actors.duties(number))
    scenario = Scenario(without=frozenset({heading.iri}))
    gone = visit.compute(("without", visit.framework, number), lambda: _without(visit, scenario))
    above = parents(whole, number)
    below = [int(d) for d in whole.descendants(number) if d != number and number in parents(whole, int(d))]
    named = {n: concept_heading(whole, n) for n in (*above, *below)}
    view = ActorView(
        actor=heading,
        label=visit.names.of(heading.iri, heading.label),
        brief=next(a for a in _all(visit) if a.actor.iri == heading.iri),
        duties=tuple(d for d in duties if d.must_act),
        others=tuple(d for d in duties if not d.must_act),
        broader=tuple((named[n], visit.names.of(named[n].iri, named[n].label)) for n in above),
        narrower=tuple((named[n], visit.names.of(named[n].iri, named[n].label)) for n in below),
        withdrawal=next((w for w in _withdrawals(visit) if w.actor.iri == heading.iri), None),
        simulation=gone if isinstance(gone, Simulation) else None,
        why_not=gone if isinstance(gone, str) else "",
        scenario=str(scenario),
    )
    return render(visit.frame(), view, "actor")


def _without(visit: Visit, scenario: Scenario) -> Simulation | str:
    try:
        return simulation_of(visit, scenario)
    except TargetGraphError as error:
        return recognised(error.problems[0].what)


def _found(visit: Visit) -> tuple[Actors, int]:
    """The actor of the path: a category by its code, a body by ``organisation/<code>`` (Refused where there is none)."""
    actors, path = Actors(visit.graph, visit.framework), visit.inside["actor"]
    wanted = {iris.BASE + path, f"{iris.BASE}scheme/actor/{path}"}
    numbers = visit.edition.compute(
        "actors by iri", lambda: {iri: n for n, iri in enumerate(actors.whole.concepts.iri)}
    )
    for iri in wanted:
        if iri in numbers:
            return actors, numbers[iri]
    raise Refused(say("there is no actor “{path}”", path=path[:80]), "see the list of actors", 404)


def _all(visit: Visit) -> tuple[ActorInBrief, ...]:
    return visit.edition.compute(("actors", visit.framework), Actors(visit.graph, visit.framework).all)


def _withdrawals(visit: Visit) -> tuple[Withdrawal, ...]:
    graph = visit.graph

    def make() -> tuple[Withdrawal, ...]:
        if COUNTED not in graph.dimensions:
            return ()
        return tuple(withdrawals(Acting(graph, graph.framework_number(visit.framework), graph.dimension(COUNTED))))

    return visit.edition.compute(("withdrawals", visit.framework), make)
