"""Pages are made before anybody asks for them: some at once, the rest once somebody has come, to whichever front."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import cast

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from targetgraph.web.bells import Bell, Bells
from targetgraph.web.context import WebContext
from targetgraph.web.explorer import routes
from targetgraph.web.explorer.warming import Warming
from targetgraph.web.settings import Settings
from targetgraph.web.workers import Pool

AT_ONCE = {"", "/map", "/matrix", "/gaps", "/lineage", "/targets/gfc/A1", "/network"}
LATER = "/explore/targets?framework=gfc&lang=fr"


class Front:
    """What a front process has of the explorer."""

    def __init__(self, store: Path, bell: Bell) -> None:
        settings = Settings(store=store, processes=1, workers=1)
        self.pool = Pool(settings)
        self.context = WebContext(settings, self.pool, bell)
        self.routes: list[BaseRoute] = []

    async def start(self) -> asyncio.Task[None]:
        await self.context.start()
        self.routes = routes(self.context)
        owners = [getattr(helper, "__self__", None) for helper in self.context.helpers]
        self.warming = next(owner for owner in owners if isinstance(owner, Warming))
        return asyncio.create_task(self.warming.run())

    def kept(self) -> set[str]:
        return {address for _, address in self.warming._desk._kept}

    async def has(self, address: str) -> None:
        while address not in self.kept():
            await asyncio.sleep(0.02)

    async def visit(self) -> None:
        scope = {"type": "http", "method": "GET", "path": "/explore/help", "query_string": b"", "headers": []}
        page = next(r for r in self.routes if getattr(r, "path", "") == "/explore/help")
        assert (await cast(Route, page).endpoint(Request(scope))).status == 200


def test_some_pages_are_made_at_once_and_all_when_somebody_comes_to_another_front(built_store: Path):
    async def scene() -> list[set[str]]:
        fronts = [Front(built_store, bells.of(place)) for place in range(2)]
        running = [await front.start() for front in fronts]
        try:
            async with asyncio.timeout(120):
                for front in fronts:
                    await front.has("/explore/network?framework=gfc")
                await asyncio.sleep(0.3)
                before = [front.kept() for front in fronts]
                await fronts[0].visit()
                for front in fronts:
                    await front.has(LATER)
                return before
        finally:
            for task, front in zip(running, fronts, strict=True):
                task.cancel()
                front.pool.close()

    bells = Bells(2)
    try:
        found = asyncio.run(scene())
    finally:
        bells.close()
    for before in found:
        assert LATER not in before
        assert {address.partition("?")[0].removeprefix("/explore") for address in before} >= AT_ONCE
        assert sum("/gap/" in address for address in before) > 5  # a gap of each kind


def test_a_bell_is_heard_by_all_others_and_once_for_many_rings():
    heard = [0, 0, 0]

    def count(place: int) -> None:
        heard[place] += 1

    async def scene(bells: Bells) -> None:
        for place in range(3):
            bells.of(place).listen(partial(count, place))
        for _ in range(100_000):  # more than a pipe holds: nobody waits
            bells.of(1).ring()
        await asyncio.sleep(0.1)

    bells = Bells(3)
    try:
        asyncio.run(scene(bells))
    finally:
        bells.close()
    first, own, last = heard
    assert own == 0
    assert 1 <= first <= 2 and 1 <= last <= 2


def test_a_front_without_others_has_nobody_to_ring_at():
    bell = Bells(1).of(0)
    bell.ring()
    asyncio.run(_listening(bell))


async def _listening(bell: Bell) -> None:
    bell.listen(lambda: None)
