"""``/explore/help``, and ``/explore/alive``: whether the server answers, and with which data."""

from __future__ import annotations

import json

from starlette.routing import BaseRoute

from targetgraph.views.explorer.help import help_page
from targetgraph.views.explorer.urls import ROOT
from targetgraph.web.answers import Answer
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.visit import Visit


def routes(desk: Desk) -> list[BaseRoute]:
    """``/explore/help``, ``/explore/alive``."""
    return [
        desk.page("help", f"{ROOT}/help", _help, listed=False),
        desk.page("alive", f"{ROOT}/alive", _alive, listed=False, kept=False),
    ]


def _help(visit: Visit) -> str:
    return help_page(visit.frame())


def _alive(visit: Visit) -> Answer:
    said = json.dumps({"version": visit.edition.name}).encode()
    return Answer(200, [(b"content-type", b"application/json"), (b"cache-control", b"no-store")], said)
