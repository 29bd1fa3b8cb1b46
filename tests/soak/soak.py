"""A server between good and hostile clients for a while, and then told to stop."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks.processes import taken, tree
from tests.soak.findings import Findings
from tests.soak.hostility import ACTS, BROKEN, RUNAWAYS, Misbehaviour
from tests.soak.questions import Questions, Refused
from tests.w3c.service import Service
from tests.web.servers import Server, serving

LIMIT_SECONDS = 5
GOOD_CLIENTS, HOSTILE_CLIENTS = 4, 4
_KILL_EVERY = 4.0
# A rest ends when the server has been idle, which a query that was given up or runs too long delays by its limit at most.
_REST_EVERY, _REST_SECONDS = 60.0, LIMIT_SECONDS + 5.0
_PATIENCE = 120.0
# Some millions of rows: a second or so of work, to be under way when the server is stopped.
_BUSY = "SELECT (COUNT(*) AS ?n) {{ {{ SELECT * {{ ?a ?b ?c }} LIMIT {n} }} {{ SELECT * {{ ?d ?e ?f }} LIMIT {n} }} }}"


class Soak:
    """One run.

    Parameters
    ----------
    store : a store folder.
    seconds : how long requests are made.
    seed : of all that is left to chance.
    """

    def __init__(self, store: Path, seconds: float, seed: int = 1) -> None:
        self._store, self._seconds, self._seed = store, seconds, seed
        self._questions = Questions(store)
        self.findings = Findings()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._pause = threading.Condition()
        self._resting, self._at_rest = False, 0

    def run(self) -> Findings:
        """Start the server, let the clients loose, stop it; what was found."""
        with serving(self._store, "--limit-seconds", str(LIMIT_SECONDS)) as server:
            address = server.url.rstrip("/")
            began = time.monotonic()
            jobs: list[Callable[[], None]] = [partial(self._watch, server, began), partial(self._kill, server)]
            jobs += [partial(self._ask, address, n) for n in range(GOOD_CLIENTS)]
            jobs += [partial(self._attack, address, n) for n in range(HOSTILE_CLIENTS)]
            threads = [threading.Thread(target=job) for job in jobs]
            for thread in threads:
                thread.start()
            self._take_rests(server, began)
            self.findings.seconds = time.monotonic() - began
            self._over.set()
            for thread in threads:
                thread.join()
            self._stop(server, address)
        return self.findings

    def _take_rests(self, server: Server, began: float) -> None:
        """Wait until the time is over, measuring now and then what memory the server keeps while nobody asks anything.

        What a query that runs takes is not kept: it may be hundreds of megabytes, up to the limit, and is given back with
        its process. Only when nothing runs can the two be told apart.
        """
        every = min(_REST_EVERY, self._seconds / 3)
        for number in range(1, round(self._seconds / every) + 1):
            self._over.wait(max(0.0, number * every - (time.monotonic() - began)))
            with self._pause:
                self._resting = True
                if not self._pause.wait_for(lambda: self._at_rest == GOOD_CLIENTS + HOSTILE_CLIENTS, _PATIENCE):
                    self.findings.misbehaviour.append(f"rest: {self._at_rest} clients came to it, the others are gone")
            self.findings.kept.append((time.monotonic() - began, _kept(server.process.pid)))
            with self._pause:
                self._resting = False
                self._pause.notify_all()

    def _between(self, seconds: float) -> None:
        """What a client does between two requests: wait a little, and through a rest."""
        self._over.wait(seconds)
        with self._pause:
            self._at_rest += 1
            self._pause.notify_all()
            self._pause.wait_for(lambda: not self._resting or self._over.is_set())
            self._at_rest -= 1

    def _ask(self, address: str, number: int) -> None:
        chance = random.Random(f"{self._seed} good {number}")
        service = Service(address)
        while not self._over.is_set():
            kind = chance.choice(self._questions.names)
            began = time.monotonic()
            try:
                wrong = self._asked(kind, service, chance)
            except BROKEN as error:
                wrong = f"broken off: {error!r}"
            took = time.monotonic() - began
            with self._lock:
                self.findings.latencies[kind].append(took)
                if wrong:
                    self.findings.wrong.append(f"{kind}: {wrong}")
            self._between(0.005)
        service.close()

    def _asked(self, kind: str, service: Service, chance: random.Random) -> str:
        """Ask; once again where the server says that the process at work was ended, as we end some."""
        try:
            return self._questions.ask(kind, service, chance)
        except Refused:
            with self._lock:
                self.findings.asked_again += 1
        try:
            return self._questions.ask(kind, service, chance)
        except Refused as again:
            return f"refused twice: {again}"

    def _attack(self, address: str, number: int) -> None:
        chance = random.Random(f"{self._seed} hostile {number}")
        # In a short run nobody waits for a slow writer to be put out.
        acts = {name: weight for name, (_, weight) in ACTS.items() if self._seconds >= 60 or name != "slow writer"}
        while not self._over.is_set():
            (name,) = chance.choices(list(acts), list(acts.values()))
            met = ""
            try:
                ACTS[name][0](address, LIMIT_SECONDS, chance)
            except Misbehaviour as error:
                met = str(error)
            except BROKEN as error:
                met = f"broken off: {error!r}"
            with self._lock:
                self.findings.acts[name] += 1
                if met:
                    self.findings.misbehaviour.append(f"{name}: {met}")
            self._between(0.05)

    def _watch(self, server: Server, began: float) -> None:
        every = min(1.0, self._seconds / 60)
        while not self._over.wait(every):
            now = taken(server.process.pid)
            self.findings.memory.append((time.monotonic() - began, now.pss, now.processes))

    def _kill(self, server: Server) -> None:
        """End a process that has none below it: a query process, in whatever it is doing."""
        chance = random.Random(f"{self._seed} kills")
        while not self._over.wait(min(_KILL_EVERY, self._seconds / 6)):
            below = [pid for pid in server.descendants() if len(tree(pid)) == 1]
            if below:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(below), signal.SIGKILL)
                    self.findings.kills += 1

    def _stop(self, server: Server, address: str) -> None:
        """SIGTERM while queries run: they end or are told, everything goes, and nothing is left."""
        processes = [server.process.pid, *server.descendants()]
        size = 1500
        replies: dict[str, tuple[int, bytes] | str] = {}

        def ask(name: str, text: str) -> None:
            service = Service(address)
            try:
                reply = service.ask(text, "text/csv")
                replies[name] = (reply.status, reply.body)
            except BROKEN as error:
                replies[name] = f"broken off: {error!r}"
            service.close()

        texts = {"work": _BUSY.format(n=size), "look-up": "ASK {}", "runaway": RUNAWAYS[0]}
        threads = [threading.Thread(target=ask, args=item) for item in texts.items()]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        began = time.monotonic()
        code = server.stop(patience=30)
        self.findings.stopped_after = time.monotonic() - began
        for thread in threads:
            thread.join()
        self.findings.stop = list(_wrong_stop(code, replies, size, [pid for pid in processes if _runs(pid)]))


def _kept(root: int) -> int:
    """Bytes of memory (PSS) of an idle server: of one whose processes took next to no processor time for a while.

    One that does not come to rest is measured as it is when the longest query must have ended.
    """
    deadline = time.monotonic() + _REST_SECONDS
    before = taken(root)
    while True:
        time.sleep(0.5)
        now = taken(root)
        idle = now.processes == before.processes and now.cpu - before.cpu < 0.05
        if idle or time.monotonic() > deadline:
            return now.pss
        before = now


def _wrong_stop(code: int, replies: dict[str, tuple[int, bytes] | str], size: int, left: list[int]) -> Iterator[str]:
    if code != 0:
        yield f"the server left with exit code {code}"
    if left:
        yield f"{len(left)} processes were left behind"
    for name, reply in replies.items():
        if isinstance(reply, str):
            yield f"{name}, under way at the stop, was {reply}"
        elif reply[0] != 503 and not (
            (name == "work" and reply == (200, b"n\r\n%d\r\n" % size**2)) or name == "look-up"
        ):
            yield f"{name}, under way at the stop, was answered {reply[0]}: {reply[1][:100]!r}"


def _runs(pid: int) -> bool:
    """Whether a process is there and no mere entry of one that has ended."""
    with contextlib.suppress(OSError):
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
