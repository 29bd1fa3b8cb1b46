"""What passes between a front and its query processes: queries on their way, messages put together, and refusals."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import Any, cast

from targetgraph.store import wire
from targetgraph.store.documents import Refused
from targetgraph.web.settings import Settings

Receive = Callable[[], Awaitable[Any]]


def busy(what: str) -> Refused:
    """The refusal of a request that the server has no room for."""
    return Refused(503, what, "ask again a little later")


class Job:
    """A query on its way."""

    __slots__ = ("answer", "message", "receive", "seconds", "since", "watcher")

    def __init__(self, message: bytes, seconds: float, receive: Receive | None, now: float) -> None:
        self.message, self.seconds, self.receive, self.since = message, seconds, receive, now
        self.answer: asyncio.Future[tuple[Any, ...]] = asyncio.get_running_loop().create_future()
        self.watcher: asyncio.Task[None] | None = None

    def end(self, values: tuple[Any, ...]) -> None:
        """Hand the answer over."""
        if self.watcher is not None:
            self.watcher.cancel()
            self.watcher = None
        if not self.answer.done():
            self.answer.set_result(values)

    def refuse(self, refusal: Refused) -> None:
        """Hand over why there is none."""
        self.end((refusal.status, refusal.what, refusal.remedy))


class Line(asyncio.Protocol):
    """One end of a line: puts messages together."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self._buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Hand on each message that is whole."""
        buffer = self._buffer
        buffer += data
        while len(buffer) >= wire.HEAD:
            end = wire.HEAD + wire.length_of(buffer)
            if len(buffer) < end:
                return
            with memoryview(buffer) as view:
                values = wire.unpacked(view[wire.HEAD : end])
            del buffer[:end]
            self.message(values)

    def message(self, values: tuple[Any, ...]) -> None:
        """Take a message."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the line."""
        if self.transport is not None:
            self.transport.close()


def end_of(status: int | None, settings: Settings) -> Refused:
    """Why a worker ended, as far as its exit status says."""
    if status == -signal.SIGALRM:
        return time_exceeded(settings.seconds)
    if status in (-signal.SIGSEGV, -signal.SIGBUS):
        return Refused(
            400, "the engine broke down over this query", "it is probably nested too deeply: write it flatter"
        )
    if status == -signal.SIGABRT:
        size = f"{settings.memory_bytes / 2**20:,.0f} MiB"
        return Refused(
            503,
            f"the query was stopped: it took more memory than its limit of {size}",
            "it sorts, or makes distinct, something very large: join its patterns by shared variables, or ask for less",
        )
    return Refused(503, "the process that worked on the query was ended", "ask again")


def time_exceeded(seconds: float) -> Refused:
    """The refusal of a query that ran out of its time."""
    return Refused(
        503,
        f"the query was stopped after {seconds:g} seconds",
        "join its patterns by shared variables, or ask for less (LIMIT)",
    )


async def watch(job: Job) -> None:
    """Give a query up when its client has gone."""
    if job.receive is None:
        return
    while True:
        message = await job.receive()
        if message["type"] == "http.disconnect":
            job.watcher = None
            if not job.answer.done():
                job.answer.set_result((499, "the client has gone", ""))  # the next tick kills its worker
            return
