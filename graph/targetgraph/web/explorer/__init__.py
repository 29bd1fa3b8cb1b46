"""The explorer: pages on the served graph for people, below ``/explore``.

A module of `_MODULES` has ``routes(desk) -> list[BaseRoute]``, made by `Desk.page` (a page by GET), `Desk.action` (a change by
POST, from pages of this server only) and Starlette's own routes for anything else.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from starlette.routing import BaseRoute

from targetgraph.web.context import WebContext
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.warming import Warming

_MODULES: Final = (
    "assets",
    "overview",
    "gaps",
    "targets",
    "actors",
    "lineage",
    "query",
    "briefing",
    "map",
    "matrix",
    "network",
    "scenario",
    "versions",
    "help",
    "search",
    "data",
    "own",
)
"""Modules of this package with ``routes(desk)``, one a page. The first route that matches answers."""


def load_pages() -> None:
    """Import the modules of all pages."""
    for module in _MODULES:
        import_module(f"targetgraph.web.explorer.{module}")


def routes(context: WebContext) -> list[BaseRoute]:
    """``/explore``, ``/explore/…``, ``/assets/…``."""
    desk = Desk(context)
    found: list[BaseRoute] = []
    for module in _MODULES:
        found += import_module(f"targetgraph.web.explorer.{module}").routes(desk)
    found.append(desk.rest())
    if context.settings.prepare:
        context.helpers.append(Warming(desk, found).run)
    return found
