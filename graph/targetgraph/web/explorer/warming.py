"""Pages made before anybody asks for them, so that the first visitor waits no longer than the second.

The overview is made as soon as the server answers. The other pages follow once somebody has opened one: a server that is only
asked queries does no work for pages. One page is made at a time, in a thread, and none while a visitor's is being made.
"""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from contextlib import suppress
from functools import partial
from typing import Any, Final

from starlette.routing import BaseRoute, Router

from targetgraph.errors import TargetGraphError
from targetgraph.views.explorer.urls import PAGES, ROOT, Urls
from targetgraph.web.explorer.desk import WARMING, Desk
from targetgraph.web.explorer.edition import Edition
from targetgraph.web.explorer.visit import House, Visit

_BREATH_SECONDS: Final = 0.05
_LAST: Final = "network"
"""Its positions take the longest."""


class Warming:
    """Makes the pages of one front beforehand.

    Parameters
    ----------
    desk : where pages are asked for.
    routes : those of the explorer.
    """

    def __init__(self, desk: Desk, routes: list[BaseRoute]) -> None:
        self._desk, self._pages = desk, Router(routes)
        self._warm = ""

    async def run(self) -> None:
        """Keep the pages warm; never ends."""
        await asyncio.sleep(_BREATH_SECONDS)
        await self._make(ROOT)
        while True:
            await self._desk.visited.wait()
            self._desk.visited.clear()
            with suppress(TargetGraphError):  # nothing is served, or it is damaged: whoever comes is told so
                edition = await self._desk.edition()
                if edition.name != self._warm:
                    self._warm = edition.name
                    for address in await self._desk.in_thread(partial(_addresses, edition)):
                        await self._make(address)

    async def _make(self, address: str) -> None:
        while self._desk.busy:
            await asyncio.sleep(_BREATH_SECONDS)
        path, _, query = address.partition("?")
        scope = {
            "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path, "root_path": "",
            "raw_path": path.encode(), "query_string": query.encode(), "headers": [(b"host", b"localhost")],
            "client": None, "server": None, WARMING: True,
        }  # fmt: skip
        with suppress(Exception):  # who asks for such a page is told what is wrong with it
            await self._pages(scope, _receive, _send)
        await asyncio.sleep(_BREATH_SECONDS)


def _addresses(edition: Edition) -> list[str]:
    """Addresses as the navigation has them, for the framework that is shown to who asks for none."""
    framework = Visit(House(), edition, "overview", ROOT, {}, {}).framework
    to, standing = Urls(framework), edition.standing(framework)
    return [
        *(to.page(name) for name in PAGES if name != _LAST),
        *(to.target(standing.graph.targets.iri[t]) for t in standing.targets[:1].tolist()),
        *(to.gap(gap.iri) for gap in standing.report.gaps[:1]),
        to.search("a"),
        to.scenario(scenario="hedges=dropped"),
        to.matrix("sectors", "stages"),
        to.page(_LAST),
    ]


async def _receive() -> dict[str, Any]:
    await asyncio.Event().wait()  # the request has no body and nobody who could leave
    raise AssertionError


async def _send(message: MutableMapping[str, Any]) -> None:
    """Nobody takes the answer; what was made is kept."""
