"""Pages made before anybody asks for them, so that the first visitor waits no longer than the second.

The overview is made as soon as the server answers, then the pages of the first framework. Those of the others, and of versions
that are published later, follow once somebody has opened a page, here or at another front of the server: a server that is only
asked queries does little work for pages. One page is made at a time, in a thread, and none while a visitor's is being made.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, MutableMapping
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
_FOLLOWED_SECONDS: Final = 2.0
"""After which every front has taken up a version that one of them serves."""
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
        self._desk.context.bell.listen(self._heard)
        await self._make(ROOT)
        await self._make_all(await self._edition(), _of_the_first)
        while True:
            await self._desk.visited.wait()
            self._desk.visited.clear()
            edition = await self._edition()
            if edition is not None and edition.name != self._warm:
                self._warm = edition.name
                self._desk.context.bell.ring()
                await self._make_all(edition, _of_all)

    async def _edition(self) -> Edition | None:
        with suppress(TargetGraphError):  # nothing is served, or it is damaged: whoever comes is told so
            return await self._desk.edition()
        return None

    async def _make_all(self, edition: Edition | None, addresses: Callable[[Edition], list[str]]) -> None:
        if edition is not None:
            for address in await self._desk.in_thread(partial(addresses, edition)):
                await self._make(address)

    def _heard(self) -> None:
        """Somebody came to another front, perhaps to a version that this one has yet to take up."""
        self._desk.visited.set()
        asyncio.get_running_loop().call_later(_FOLLOWED_SECONDS, self._desk.visited.set)

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


def _of_the_first(edition: Edition) -> list[str]:
    """Addresses as the navigation has them, of the framework that is shown to who asks for none."""
    return _pages_of(edition, _first(edition))


def _of_all(edition: Edition) -> list[str]:
    """Those of the first framework, then of the others if they are few and small; and one page in each language, which is what
    names and sentences in it take the first time.
    """
    first, graph = _first(edition), edition.graph
    sizes = np.bincount(np.maximum(graph.targets.framework, 0), minlength=len(graph.frameworks)).tolist()
    others = [f.code for f, size in zip(graph.frameworks, sizes, strict=True) if size and f.code != first]
    if len(others) > _OTHERS or sum(sizes) > _TARGETS:
        others = []
    to = Urls(first)
    return [
        *_pages_of(edition, first),
        *(to.keeping(lang=language).page("targets") for language in LABEL_LANGUAGES if language != to.lang),
        *(to.keeping(ui=language).page("gaps") for language in INTERFACE_LANGUAGES if language != to.ui),
        *(address for other in others for address in _pages_of(edition, other)),
    ]


def _first(edition: Edition) -> str:
    return Visit(House(), edition, "overview", ROOT, {}, {}).framework


def _pages_of(edition: Edition, framework: str) -> list[str]:
    """Pages of the navigation for one framework, and one of each kind that leads on from them."""
    to, standing = Urls(framework), edition.standing(framework)
    actors = edition.graph.dimensions.get(COUNTED)
    named = actors.concepts.iri[int(actors.columns[0])] if actors is not None and len(actors.columns) else ""
    gaps = {gap.kind: gap.iri for gap in reversed(standing.report.gaps)}  # one of each kind: the first
    codes = [standing.graph.targets.notation[t] for t in standing.targets[:1].tolist()]
    return [
        *(to.page(name) for name in PAGES if name != _LAST),
        *(to.target(standing.graph.targets.iri[t]) for t in standing.targets[:1].tolist()),
        *map(to.gap, gaps.values()),
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
