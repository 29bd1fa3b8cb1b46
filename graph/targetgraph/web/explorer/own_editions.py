"""Stores of the user's own data that are open: each with a pool of query processes of its own, the longest unused let go."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import Final

from targetgraph.phrases import say
from targetgraph.pipeline.own_data import DONE, all_own_data, own_data
from targetgraph.web.asking import PoolAsker
from targetgraph.web.context import WebContext
from targetgraph.web.explorer.edition import Edition
from targetgraph.web.explorer.visit import Refused
from targetgraph.web.settings import Settings
from targetgraph.web.workers import Pool

_OPEN: Final = 3


class OwnEditions:
    """The user's own stores of one front.

    Parameters
    ----------
    settings : of the front; its limits hold for these too.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings, self._root = settings, Path(settings.store)
        self._open: OrderedDict[str, tuple[Pool, Edition]] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()

    def listed(self) -> tuple[tuple[str, str], ...]:
        """Name and title of those that are ready."""
        return tuple((own.name, own.title) for own in all_own_data(self._root) if own.status.state == DONE)

    async def edition(self, name: str) -> Edition:
        """The store of that name, opened.

        Raises
        ------
        Refused : there is none, or it is not ready.
        StoreError : it is damaged.
        """
        own = own_data(self._root, name)
        if own is None or own.status.state != DONE:
            await self._let_go(name)
            raise Refused(
                say("there is no data of yours called “{name}”", name=name[:80]), "perhaps it was removed", 404
            )
        async with self._one_at_a_time:
            if name in self._open and self._open[name][1].version.data_version != own.status.version:
                self._open.pop(name)[0].close()  # it was built anew
            if name not in self._open:
                settings = replace(self._settings, store=own.store, token="", processes=1, workers=1, most_workers=2)
                pool = Pool(settings)
                context = WebContext(settings, pool)
                await context.start()
                assert context.version is not None
                asker = PoolAsker(context, asyncio.get_running_loop())
                self._open[name] = pool, Edition(context.version, context.data_version, asker)
            self._open.move_to_end(name)
            while len(self._open) > _OPEN:
                self._open.popitem(last=False)[1][0].close()
            return self._open[name][1]

    async def _let_go(self, name: str) -> None:
        async with self._one_at_a_time:
            if name in self._open:
                self._open.pop(name)[0].close()

    def close(self) -> None:
        """Let all of them go."""
        while self._open:
            self._open.popitem()[1][0].close()
