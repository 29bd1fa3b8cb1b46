"""``/explore/versions``: the version that is served compared with another on this machine, and what each version changed."""

from __future__ import annotations

from starlette.routing import BaseRoute

from targetgraph.analysis.comparison import Comparison, Side, compare
from targetgraph.errors import TargetGraphError
from targetgraph.phrases import recognised
from targetgraph.views.explorer.frame import render
from targetgraph.views.explorer.urls import ROOT
from targetgraph.views.explorer.versions import VersionsView
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.history import recent_changes
from targetgraph.web.explorer.supposing import narrow
from targetgraph.web.explorer.visit import Visit

_TOLD = 20


def routes(desk: Desk) -> list[BaseRoute]:
    """``/explore/versions``."""
    return [desk.page("versions", f"{ROOT}/versions", _versions, kept=False)]


def _versions(visit: Visit) -> str:
    edition = visit.edition
    choices = tuple((v.data_version, str(v.manifest.get("created", ""))) for v in edition.others())
    before = visit.choice("before", [name for name, _ in choices]) or (choices[0][0] if choices else "")
    comparison, why_not = None, ""
    if before:
        found = visit.compute((before, visit.framework), lambda: _compared(visit, before))
        comparison, why_not = (None, found) if isinstance(found, str) else (found, "")
    view = VersionsView(
        after=edition.name,
        before=before,
        choices=choices,
        comparison=comparison,
        why_not=why_not,
        changes=recent_changes(visit, visit.framework, _TOLD),
    )
    return render(visit.frame(), view)


def _compared(visit: Visit, version: str) -> Comparison | str:
    """The framework in both versions; or why it cannot be compared."""
    try:
        earlier, code = visit.edition.earlier(version), visit.framework
        return compare(Side(narrow(earlier, code), code), Side(narrow(visit.graph, code), code))
    except TargetGraphError as error:
        return recognised(error.problems[0].what)
