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

import numpy as np
from starlette.routing import BaseRoute, Router

from targetgraph.analysis.duties import COUNTED
from targetgraph.errors import TargetGraphError
from targetgraph.views.explorer.urls import INTERFACE_LANGUAGES, LABEL_LANGUAGES, PAGES, ROOT, Urls
from targetgraph.web.explorer.desk import WARMING, Desk
from targetgraph.web.explorer.edition import Edition
from targetgraph.web.explorer.visit import House, Visit

_BREATH_SECONDS: Final = 0.05
_LAST: Final = "network"
"""Its positions take the longest."""
_OTHERS: Final = 8
"""Frameworks beside the first for which pages are made, at most."""
_TARGETS: Final = 1_000
"""Targets of all frameworks beyond which only the pages of the first are made."""


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
    """Addresses as the navigation has them: of the framework that is shown to who asks for none, then of others if they are few
    and small; and one page in each language, which is what names and sentences in it take the first time.
    """
    first = Visit(House(), edition, "overview", ROOT, {}, {}).framework
    sizes = np.bincount(
        np.maximum(edition.graph.targets.framework, 0), minlength=len(edition.graph.frameworks)
    ).tolist()
    others = [f.code for f, size in zip(edition.graph.frameworks, sizes, strict=True) if size and f.code != first]
    if len(others) > _OTHERS or sum(sizes) > _TARGETS:
        others = []
    to = Urls(first)
    return [
        *_pages_of(edition, first),
        *(to.keeping(lang=language).page("targets") for language in LABEL_LANGUAGES if language != to.lang),
        *(to.keeping(ui=language).page("gaps") for language in INTERFACE_LANGUAGES if language != to.ui),
        *(address for other in others for address in _pages_of(edition, other)),
    ]


def _pages_of(edition: Edition, framework: str) -> list[str]:
    """Pages of the navigation for one framework, and one of each kind that leads on from them."""
    to, standing = Urls(framework), edition.standing(framework)
    actors = edition.graph.dimensions.get(COUNTED)
    named = actors.concepts.iri[int(actors.columns[0])] if actors is not None and len(actors.columns) else ""
    codes = [standing.graph.targets.notation[t] for t in standing.targets[:1].tolist()]
    return [
        *(to.page(name) for name in PAGES if name != _LAST),
        *(to.target(standing.graph.targets.iri[t]) for t in standing.targets[:1].tolist()),
        *(to.gap(gap.iri) for gap in standing.report.gaps[:1]),
        to.search("a"),
        to.scenario(scenario="hedges=dropped"),
        to.matrix("sectors", "stages"),
        *(to.matrix("targets", COUNTED, cell=f"{code}~{named.rpartition('/')[2]}") for code in codes if named),
        *([to.actor(named)] if named else []),
        to.page(_LAST),
    ]


async def _receive() -> dict[str, Any]:
    await asyncio.Event().wait()  # the request has no body and nobody who could leave
    raise AssertionError


async def _send(message: MutableMapping[str, Any]) -> None:
    """Nobody takes the answer; what was made is kept."""
