"""The query processes over an opened store: what each works on, and what is known of its end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections import deque
from pathlib import Path
from typing import Any, Final, Protocol, cast

from targetgraph.store import wire
from targetgraph.store.documents import Refused
from targetgraph.store.nursery import request
from targetgraph.web.lines import Job, Line, end_of
from targetgraph.web.settings import Settings

_LONG_WORK_SECONDS: Final = 0.5


def _processor_seconds(pid: int) -> float | None:
    """Processor time a process has taken so far; None where the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Owner(Protocol):
    """What generations need of the pool they belong to."""

    settings: Settings
    loop: asyncio.AbstractEventLoop

    def now(self) -> float:
        """The clock of the event loop."""

    def free(self, worker: Worker) -> None:
        """A worker has nothing to do."""

    def end_if_done(self, generation: Generation) -> None:
        """Let go of a store that nobody works with any more."""


class Worker(Line):
    """A process that answers one query at a time."""

    def __init__(self, generation: Generation, now: float) -> None:
        super().__init__()
        self.generation = generation
        self.pid = 0
        self.job: Job | None = None
        self.ready = self.slowed = self.gone = False
        self.since = now
        self.used_before: float | None = None

    def begin(self, job: Job, now: float) -> None:
        """Send a query to the process."""
        self.job, self.since, self.used_before = job, now, None
        job.since = now
        cast("asyncio.Transport", self.transport).write(job.message)

    def works_long(self) -> bool:
        """Whether its query has long been under way and has taken its time at work.

        On a busy machine a small query, too, can take a second on the clock; only processor time tells the two apart.
        """
        used = _processor_seconds(self.pid)
        if used is None:
            return True
        if self.used_before is None:
            self.used_before = used
        return used - self.used_before >= _LONG_WORK_SECONDS

    def message(self, values: tuple[Any, ...]) -> None:
        """Take its answer."""
        if not self.ready:
            self.ready = True
        else:
            job, self.job = self.job, None
            if job is not None:
                job.end(values)
        self.generation.pool.free(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process is gone."""
        self.generation.lost(self)


class Generation(Line):
    """An opened store, its keeper and its workers."""

    def __init__(self, pool: Owner, path: Path | None, resident: int, sender: socket.socket) -> None:
        super().__init__()
        self.pool, self.path, self.resident, self._sender = pool, path, resident, sender
        self.workers: set[Worker] = set()
        self.idle: list[Worker] = []
        self.opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._forking: deque[Worker] = deque()
        self._statuses: dict[int, int] = {}
        self.orphans: list[tuple[int, Job, float]] = []
        self.retired = self.ended = False

    def message(self, values: tuple[Any, ...]) -> None:
        """Take what the keeper says."""
        if values[0] == "opened" and not self.opened.done():
            self.opened.set_result(values[1])
        elif values[0] == "forked" and self._forking:
            worker = self._forking.popleft()
            worker.pid = values[1]
            if worker.gone:
                self.kill(worker.pid)
        elif values[0] == "ended":
            self._statuses[values[1]] = values[2]
            self.settle_orphans(0.0)
            if len(self._statuses) > 64:
                self._statuses.pop(next(iter(self._statuses)))

    def connection_lost(self, exc: Exception | None) -> None:
        """The keeper is gone."""
        self.ended = True
        self._sender.close()
        if not self.opened.done():
            self.opened.set_result("the process that holds the store ended")
        self.settle_orphans(float("inf"))

    async def add_worker(self) -> None:
        """Have one more worker forked."""
        ours, theirs = socket.socketpair()
        worker = Worker(self, self.pool.now())
        self.workers.add(worker)
        self._forking.append(worker)
        try:
            with theirs:
                request(self._sender, theirs, "worker")
            await self.pool.loop.create_unix_connection(lambda: worker, sock=ours)
        except OSError:
            self.workers.discard(worker)
            ours.close()

    def kill(self, pid: int) -> None:
        """End a worker at once."""
        if pid and not self.ended:
            with contextlib.suppress(OSError):
                self._sender.sendall(wire.packed("kill", pid))

    def stop(self, worker: Worker, refusal: Refused) -> None:
        """Kill a worker and tell its client why."""
        job, worker.job = worker.job, None
        self.kill(worker.pid)
        worker.gone = True
        worker.close()
        self._forget(worker)
        if job is not None:
            job.refuse(refusal)

    def lost(self, worker: Worker) -> None:
        """A worker has closed its line."""
        worker.gone = True
        self._forget(worker)
        if worker.job is not None:
            self.orphans.append((worker.pid, worker.job, self.pool.now()))
            worker.job = None
            self.settle_orphans(float("inf") if self.ended else 0.0)

    def settle_orphans(self, now: float) -> None:
        """Tell the clients of workers that died, as soon as it is known of what (or a second has passed)."""
        waiting = self.orphans
        self.orphans = []
        for pid, job, since in waiting:
            if pid in self._statuses or now - since > 1.0:
                job.refuse(end_of(self._statuses.pop(pid, None), self.pool.settings))
            else:
                self.orphans.append((pid, job, since))

    def _forget(self, worker: Worker) -> None:
        self.workers.discard(worker)
        if worker in self.idle:
            self.idle.remove(worker)
        self.pool.end_if_done(self)
