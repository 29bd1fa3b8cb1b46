"""Pages are made before anybody asks for them, once somebody has come."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import cast

from starlette.requests import Request
from starlette.routing import Route

from targetgraph.web.context import WebContext
from targetgraph.web.explorer import routes
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.warming import Warming
from targetgraph.web.settings import Settings
from targetgraph.web.workers import Pool


def test_pages_of_the_navigation_are_there_after_the_first_visit(built_store: Path):
    async def scene() -> tuple[set[str], set[str]]:
        settings = Settings(store=built_store, processes=1, workers=1)
        pool = Pool(settings)
        context = WebContext(settings, pool)
        await context.start()
        found = routes(context)
        owners = [getattr(helper, "__self__", None) for helper in context.helpers]
        warming = next(owner for owner in owners if isinstance(owner, Warming))
        desk: Desk = warming._desk
        running = asyncio.create_task(warming.run())
        try:
            async with asyncio.timeout(60):
                while not desk._kept:
                    await asyncio.sleep(0.02)
                before = {address for _, address in desk._kept}
                scope = {"type": "http", "method": "GET", "path": "/explore/help", "query_string": b"", "headers": []}
                help_page = next(r for r in found if getattr(r, "path", "") == "/explore/help")
                answer = await cast(Route, help_page).endpoint(Request(scope))
                assert answer.status == 200
                while "/explore/network?framework=gfc" not in {address for _, address in desk._kept}:
                    await asyncio.sleep(0.05)
                return before, {address for _, address in desk._kept}
        finally:
            running.cancel()
            pool.close()

    before, after = asyncio.run(scene())
    assert before == {"/explore?"}
    for page in ("", "/map", "/matrix", "/gaps", "/lineage", "/targets/gfc/A1"):
        assert any(address.partition("?")[0] == f"/explore{page}" for address in after), (page, after)
