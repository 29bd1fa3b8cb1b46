"""``/explore``: the framework at a glance."""

from __future__ import annotations

from starlette.routing import BaseRoute

from targetgraph.analysis.narrowing import narrowed
from targetgraph.analysis.survey import survey
from targetgraph.views.explorer.overview import OverviewView, overview_page, overview_view
from targetgraph.views.explorer.urls import ROOT
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.history import recent_changes
from targetgraph.web.explorer.visit import Visit


def routes(desk: Desk) -> list[BaseRoute]:
    """``/explore``."""
    return [desk.page("overview", ROOT, _overview)]


def _overview(visit: Visit) -> str:
    return overview_page(visit.frame(), visit.compute(visit.framework, lambda: _view(visit)))


def _view(visit: Visit) -> OverviewView:
    standing = visit.standing
    numbers = survey(narrowed(visit.graph, standing.framework))
    return overview_view(standing, numbers, recent_changes(visit, visit.framework, 2))
