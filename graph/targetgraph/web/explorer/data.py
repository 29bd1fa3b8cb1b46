"""``/explore/data``: what data the pages show."""

from __future__ import annotations

from starlette.routing import BaseRoute

from targetgraph.views.explorer.data import data_page, data_view
from targetgraph.views.explorer.urls import ROOT
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.history import recent_changes
from targetgraph.web.explorer.visit import Visit


def routes(desk: Desk) -> list[BaseRoute]:
    """``/explore/data``."""
    return [desk.page("data", f"{ROOT}/data", _data)]


def _data(visit: Visit) -> str:
    edition = visit.edition
    view = data_view(edition.name, edition.version.manifest, recent_changes(visit, "", 10), bool(visit.urls.own))
    return data_page(visit.frame(), view)
