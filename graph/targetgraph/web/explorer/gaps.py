"""``/explore/gaps``: the list and its exports; ``/explore/gaps/<framework>/gap/…``: one gap, and decisions about it."""

from __future__ import annotations

from starlette.routing import BaseRoute

from targetgraph.analysis.explanation.gap_closing import ways_to_close
from targetgraph.analysis.gaps import Gap
from targetgraph.analysis.gaps.selection import PROPERTIES, GapTable
from targetgraph.analysis.scenarios import Scenario
from targetgraph.publish.gaps import command
from targetgraph.views.explorer.frame import render
from targetgraph.views.explorer.gaps import Acceptance, ClosedGapView, GapPages, gap_iri
from targetgraph.views.explorer.urls import ROOT
from targetgraph.web.answers import Answer
from targetgraph.web.explorer.acceptances import Acceptances
from targetgraph.web.explorer.desk import Desk, see_other
from targetgraph.web.explorer.downloads import download
from targetgraph.web.explorer.supposing import scenario_of, standing_under
from targetgraph.web.explorer.visit import Refused, Visit


def routes(desk: Desk) -> list[BaseRoute]:
    """The list, its exports, the page of a gap, and decisions about it."""
    acceptances = Acceptances.of(desk.context.settings)
    pages = _Gaps(acceptances)
    kept = acceptances is None
    found: list[BaseRoute] = [
        desk.page("gaps", f"{ROOT}/gaps", pages.listed, kept=kept),
        desk.page("gaps", f"{ROOT}/gaps.{{form:str}}", pages.exported, listed=False, kept=False),
        desk.page("gaps", f"{ROOT}/gaps/{{framework}}/gap/{{gap:path}}", pages.one, listed=False, kept=kept),
    ]
    if acceptances is not None:
        found.append(desk.action("gaps", f"{ROOT}/gaps/{{framework}}/gap/{{gap:path}}", pages.decided))
    return found


class _Gaps:
    def __init__(self, acceptances: Acceptances | None) -> None:
        self._acceptances = acceptances

    def listed(self, visit: Visit) -> str:
        pages = self._pages(visit, scenario_of(visit))
        start = int(visit.number("start", 0, 0, 10**9))
        return render(visit.frame(), pages.listed(choices(visit), start))

    def exported(self, visit: Visit) -> Answer:
        visit.number("start", 0, 0, 10**9)
        from targetgraph.publish.view_sheets import gap_sheet

        scenario = scenario_of(visit)
        found = gap_table(visit, scenario).select(choices(visit))
        return download(visit, gap_sheet(standing_under(visit, scenario).report, found), f"gaps-{visit.framework}")

    def one(self, visit: Visit) -> str:
        iri = gap_iri(visit.framework, visit.inside["gap"])
        acceptance = self._acceptances.told(iri) if self._acceptances else None
        return self._shown(visit, iri, acceptance)

    def decided(self, visit: Visit) -> Answer | str:
        iri = gap_iri(visit.framework, visit.inside["gap"])
        _gap(visit, iri)
        assert self._acceptances is not None
        refused = self._acceptances.decide(iri, visit.form)
        return self._shown(visit, iri, refused) if refused else see_other(visit.urls.gap(iri))

    def _shown(self, visit: Visit, iri: str, acceptance: Acceptance | None) -> str:
        gap = _gap(visit, iri)
        if gap is None:
            entry = visit.edition.history[iri]
            closed = ClosedGapView(
                iri=iri, sentence=entry.sentence, first_seen=entry.first_seen, closed=entry.closed, reason=entry.reason
            )
            return render(visit.frame(switch=visit.urls.gaps()), closed, "gap_closed")
        ways = visit.compute(("ways", iri), lambda: ways_to_close(visit.graph, gap, report=visit.report))
        view = self._pages(visit).page(gap, ways, command(gap), acceptance)
        return render(visit.frame(switch=visit.urls.gaps()), view, "gap")

    def _pages(self, visit: Visit, scenario: Scenario | None = None) -> GapPages:
        pending: frozenset[str] = frozenset()
        if self._acceptances is not None:
            decided = self._acceptances.entries()
            pending = frozenset(g for g in decided if g not in _accepted(visit))
        if scenario is None or scenario.is_today:
            return GapPages(visit.graph, visit.report, gap_table(visit), visit.urls, pending)
        standing, today = standing_under(visit, scenario), gap_table(visit).by_iri
        table = gap_table(visit, scenario)
        return GapPages(standing.graph, standing.report, table, visit.urls, pending, scenario, today)


def _accepted(visit: Visit) -> frozenset[str]:
    return visit.compute("accepted", lambda: frozenset(g.iri for g in visit.report.gaps if g.status == "accepted"))


def choices(visit: Visit) -> dict[str, tuple[str, ...]]:
    """What the address chooses gaps by, property by property."""
    return {name: found for name in PROPERTIES if (found := visit.several(name))}


def gap_table(visit: Visit, scenario: Scenario | None = None) -> GapTable:
    """The gaps of the framework, as they are or under a scenario, to choose from."""
    framework, supposed = visit.framework, scenario or Scenario()

    def made() -> GapTable:
        standing = standing_under(visit, supposed)
        return GapTable(standing.graph, framework, standing.report.gaps)

    return visit.edition.compute(("gap table", framework, str(supposed)), made)


def _gap(visit: Visit, iri: str) -> Gap | None:
    """A gap of today; None for one that is closed.

    Raises
    ------
    Refused : there is none, and never was.
    """
    found = gap_table(visit).by_iri.get(iri)
    if found is None and iri not in visit.edition.history:
        raise Refused("there is no such gap, and none is known to have been", "see the list of gaps", 404)
    return found
