"""A front: the process that speaks HTTP. Of queries it evaluates look-ups itself, which cannot run away, and no others."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable, Generator
from typing import Any

import uvicorn

from targetgraph.errors import StoreError
from targetgraph.web.app import create_app
from targetgraph.web.bells import Bell
from targetgraph.web.connections import bounded_protocol, sweep_connections
from targetgraph.web.context import WebContext
from targetgraph.web.settings import Settings
from targetgraph.web.workers import Pool

_TELLING_SECONDS = 1.0


class _Server(uvicorn.Server):
    """uvicorn's server, which leaves quietly and tells clients when their queries are cut short."""

    pool: Pool
    grace_seconds: float = 10.0

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Stop on SIGTERM and SIGINT, and end by returning instead of by the signal."""
        before = {s: signal.signal(s, self._stop) for s in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, *_: Any) -> None:
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept nothing more; let queries end in their time, then tell whoever still waits."""
        loop = asyncio.get_running_loop()
        telling = loop.call_later(self.grace_seconds, self.pool.tell_all, "the server is being stopped")
        await super().shutdown(sockets)
        telling.cancel()


def run_front(
    settings: Settings,
    listener: socket.socket,
    on_ready: Callable[[str], None] | None = None,
    bell: Bell | None = None,
) -> int:
    """Serve until SIGTERM or SIGINT; returns an exit code.

    Parameters
    ----------
    listener : a bound socket; it may be shared with other fronts.
    on_ready : called with the data version once requests are answered.
    bell : rings at the other fronts, where there are any.
    """
    try:
        import uvloop

        new_loop: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    except ImportError:
        new_loop = asyncio.new_event_loop
    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(_serve(settings, listener, on_ready, bell or Bell()))


async def _serve(
    settings: Settings, listener: socket.socket, on_ready: Callable[[str], None] | None, bell: Bell
) -> int:
    pool = Pool(settings)
    context = WebContext(settings, pool, bell)
    pool.on_end = context.let_go
    try:
        await context.start()
    except StoreError as error:
        pool.close()
        if context.writing is not None:
            await context.writing.stop()
        print(f"error: {error}", file=sys.stderr, flush=True)
        return 2
    if settings.access_log:
        logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(message)s")
    application, shortcut = create_app(context)
    config = uvicorn.Config(
        application,
        http=bounded_protocol(settings, shortcut),
        ws="none",
        lifespan="off",
        access_log=settings.access_log,
        log_config=None,
        log_level="info" if settings.access_log else "critical",
        server_header=False,
        proxy_headers=False,
        backlog=2048,
        timeout_keep_alive=int(settings.idle_seconds),
        timeout_graceful_shutdown=int(settings.grace_seconds + _TELLING_SECONDS + 1),
    )
    server = _Server(config)
    server.pool, server.grace_seconds = pool, settings.grace_seconds
    helpers = [
        asyncio.create_task(context.follow()),
        asyncio.create_task(sweep_connections(server.server_state.connections)),
        *(asyncio.create_task(helper()) for helper in context.helpers),
    ]
    # What there is now stays, and kept answers are many objects in no circles: they need not be searched all the time.
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    if on_ready is not None:
        on_ready(context.data_version)
    await server.serve(sockets=[listener])
    for helper in helpers:
        helper.cancel()
    if context.writing is not None:
        await context.writing.stop()
    pool.close()
    return 0
