"""The query processes of a front: who works on what, who waits, who has to be stopped.

One timer a front (`_TICK`) looks after all of them; a request costs a message each way and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, cast

from targetgraph.errors import StoreError
from targetgraph.store.documents import Refused
from targetgraph.store.nursery import request, start_nursery
from targetgraph.web.generations import Generation, Worker
from targetgraph.web.lines import Job, Receive, busy, time_exceeded, watch
from targetgraph.web.settings import Settings

_TICK: Final = 0.1
_LONG_SECONDS: Final = 1.0
_ROOM_SECONDS: Final = 0.3
_START_SECONDS: Final = 10.0
_NICENESS: Final = 10


class Pool:
    """All workers of a front.

    Attributes
    ----------
    on_end : called with the folder of a store when the last of its processes has let go of it.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.loop = asyncio.get_running_loop()
        self.current: Generation | None = None
        self.queue: deque[Job] = deque()
        self.on_end: Callable[[Path | None], None] = lambda _: None
        self._old: set[Generation] = set()
        self._nursery: subprocess.Popen[bytes] | None = None
        self._nursery_link: socket.socket | None = None
        self._ticking: asyncio.Task[None] | None = None
        self.stopping = False

    def now(self) -> float:
        """The clock of the event loop."""
        return self.loop.time()

    async def open(self, path: Path | None, resident: int = 0) -> None:
        """Have queries answered from another store; those that run go on with the one they began with.

        Parameters
        ----------
        path : folder of an Oxigraph store; None for an empty one.
        resident : see `targetgraph.store.resident.opened`; only for the folder of a version.

        Raises
        ------
        StoreError
            when it cannot be opened; then everything stays as it was.
        """
        generation = await self._generation(path, resident)
        why = await generation.opened
        if why:
            generation.close()
            raise StoreError(why, str(path or ""), "run `targetgraph build`")
        previous, self.current = self.current, generation
        for _ in range(self.settings.workers):
            await generation.add_worker()
        if previous is not None:
            self._retire(previous)
        if self._ticking is None:
            self._ticking = self.loop.create_task(self._tick())

    async def _generation(self, path: Path | None, resident: int) -> Generation:
        if self._nursery is None or self._nursery.poll() is not None or self._nursery_link is None:
            if self._nursery_link is not None:
                self._nursery_link.close()
            self._nursery, self._nursery_link = start_nursery()
        ours, theirs = socket.socketpair()
        with theirs:
            what = "" if path is None else str(path)
            request(self._nursery_link, theirs, what, resident, self.settings.memory_bytes)
        generation = Generation(self, path, resident, ours.dup())
        await self.loop.create_unix_connection(lambda: generation, sock=ours)
        return generation

    def _retire(self, generation: Generation) -> None:
        generation.retired = True
        self._old.add(generation)
        for worker in tuple(generation.idle):
            worker.close()
        for worker in tuple(generation.workers):
            if worker.job is None:
                worker.close()
        self.end_if_done(generation)

    def end_if_done(self, generation: Generation) -> None:
        """Let go of a store that nobody works with any more."""
        if generation.retired and not generation.workers and generation in self._old:
            self._old.discard(generation)
            generation.close()
            self.on_end(generation.path)

    async def ask(self, message: bytes, seconds: float, receive: Receive | None = None) -> tuple[Any, ...]:
        """Have a query answered.

        Parameters
        ----------
        message : the packed `Asked`.
        seconds : its time limit, from when a worker begins.
        receive : the ASGI channel of the client, to notice that it has gone; its body must have been read.

        Returns
        -------
        tuple
            ``(200, form, cut, content, gzipped)``, or ``(status, what, remedy)``.
        """
        if self.stopping:
            return 503, "the server is being stopped", "ask again when it is back"
        now = self.now()
        job = Job(message, seconds, receive, now)
        current = self.current
        if current is not None and current.idle and not self.queue:
            current.idle.pop().begin(job, now)
        elif len(self.queue) >= self.settings.waiting:
            return 503, f"{len(self.queue):,} queries are waiting already", "ask again a little later"
        else:
            self.queue.append(job)
        return await job.answer

    def free(self, worker: Worker) -> None:
        """A worker has nothing to do."""
        generation = worker.generation
        if worker.slowed or generation.retired or worker.gone:
            if not worker.gone:
                worker.close()
            return
        while self.queue:
            job = self.queue.popleft()
            if not job.answer.done():
                worker.begin(job, self.now())
                return
        generation.idle.append(worker)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(_TICK)
            now = self.now()
            long: list[Worker] = []
            for generation in (*self._old, *((self.current,) if self.current else ())):
                if generation.orphans:
                    generation.settle_orphans(now)
                for worker in tuple(generation.workers):
                    if worker.job is not None:
                        self._look_at(worker, now, long)
                    elif not worker.ready and now - worker.since > _START_SECONDS:
                        generation.stop(worker, busy(""))
            self._look_at_queue(now, long)
            await self._replace()

    def _look_at(self, worker: Worker, now: float, long: list[Worker]) -> None:
        job = cast("Job", worker.job)
        age = now - worker.since
        if job.answer.done():  # its client has gone
            worker.generation.stop(worker, busy("the client has gone"))
        elif age > job.seconds:
            worker.generation.stop(worker, time_exceeded(job.seconds))
        else:
            if job.watcher is None and job.receive is not None:
                job.watcher = self.loop.create_task(watch(job))
            if age > _LONG_SECONDS and worker.works_long():
                long.append(worker)
                if not worker.slowed and worker.pid:
                    # Long queries give way to short ones. A process cannot be hurried again, so it ends with its query.
                    worker.slowed = True
                    with contextlib.suppress(OSError):
                        os.setpriority(os.PRIO_PROCESS, worker.pid, _NICENESS)

    def _look_at_queue(self, now: float, long: list[Worker]) -> None:
        while self.queue and (self.queue[0].answer.done() or now - self.queue[0].since > self.settings.wait_seconds):
            self.queue.popleft().refuse(busy("all query processes were busy for too long"))
        waits = self.queue and now - self.queue[0].since > _ROOM_SECONDS
        if waits and len(long) > max(1, self.settings.most_workers - 2):
            # Two places are kept for short queries; whoever began last of the long ones makes room.
            newest = max(long, key=lambda worker: worker.since)
            newest.generation.stop(newest, busy("the query was stopped: too many long queries are running"))

    async def _replace(self) -> None:
        """Start workers where some are missing or somebody has to wait; open the store again if its keeper is gone."""
        current = self.current
        if current is None or self.stopping:
            return
        if current.ended:
            with contextlib.suppress(StoreError, OSError):
                await self.open(current.path, current.resident)
            return
        usual = len([w for w in current.workers if not w.slowed])
        wanting = usual < self.settings.workers or bool(self.queue)
        if wanting and len(current.workers) < self.settings.most_workers:
            await current.add_worker()

    def tell_all(self, what: str) -> None:
        """Refuse whatever runs or waits, and everything that comes."""
        self.stopping = True
        refusal = Refused(503, what, "ask again when it is back")
        while self.queue:
            self.queue.popleft().refuse(refusal)
        for generation in (*self._old, *((self.current,) if self.current else ())):
            for worker in tuple(generation.workers):
                if worker.job is not None:
                    generation.stop(worker, refusal)

    def close(self) -> None:
        """End all processes."""
        self.tell_all("the server is being stopped")
        if self._ticking is not None:
            self._ticking.cancel()
        for generation in (*self._old, *((self.current,) if self.current else ())):
            generation.close()
        if self._nursery_link is not None:
            self._nursery_link.close()
        if self._nursery is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._nursery.wait(2)
