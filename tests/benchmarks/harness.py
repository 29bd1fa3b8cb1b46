"""Run things side by side and say which costs what.

A *row* is one question; its *contenders* are the ways to answer it. To add a row, write one function in a
module ``rows_*.py`` of this folder::

    @row("Gaps of the bundled graph, from a cold start", rounds=7)
    def cold_gaps(bench: Workbench) -> list[Contender]:
        store = bench.built_store()
        ours = bench.targetgraph("gaps", "--store", str(store), "--format", "json")
        return [
            command("targetgraph gaps", ours, read=json.loads),
            call("one query a cell, rdflib", lambda: slow_gaps(store)),
        ]

The first contender is the one the others are compared with. Contenders take turns (A B C, B C A, ...), so
that what the machine does meanwhile falls on all alike; a first, uncounted turn warms caches. They must
come to the same answer (``answer=`` says how to read it from what they return), or the row is an error: the
quick way to a wrong answer is no contender.
"""

from __future__ import annotations

import gc
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CONNECTIONS = 8
"""How many connections ask a server at once."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a server did under load.

    Parameters
    ----------
    rate : requests answered in a second.
    p50, p99 : seconds within which half, and 99 of 100, were answered.
    cpu : processor seconds of the server for one request.
    memory : bytes the server and its children take afterwards; pages they share are counted once.
    """

    rate: float
    p50: float
    p99: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Sample:
    """One turn: processor seconds (of all threads), seconds on the clock, what came out, and for servers the load.

    One that was cut short has no answer: its seconds are the least it takes.
    """

    cpu: float
    wall: float
    answer: object
    load: Load | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Contender:
    """A way to answer the question of a row; ``turn`` runs it once and measures it."""

    name: str
    turn: Callable[[], Sample]


class _OutOfPatience(BaseException):
    """No `Exception`, so that no library takes it for an error in what it evaluates."""


def call(name: str, function: Callable[[], object], patience: float | None = None) -> Contender:
    """A contender that runs inside this process: ``function`` is called, its result is the answer.

    Parameters
    ----------
    patience : seconds on the clock after which it is cut short; only for code in Python, which signals interrupt.
    """

    def out(*_: object) -> None:
        raise _OutOfPatience

    def turn() -> Sample:
        gc.collect()
        before = signal.signal(signal.SIGALRM, out) if patience else None
        cut, answer = False, None
        cpu, wall = time.process_time(), time.perf_counter()
        try:
            if patience:
                signal.setitimer(signal.ITIMER_REAL, patience)
            answer = function()
        except _OutOfPatience:
            cut = True
        finally:
            if patience:
                signal.setitimer(signal.ITIMER_REAL, 0)
        sample = Sample(time.process_time() - cpu, time.perf_counter() - wall, answer, cut=cut)
        if patience:
            signal.signal(signal.SIGALRM, before)
        return sample

    return Contender(name, turn)


def command(
    name: str, arguments: Sequence[str], *, cwd: Path | None = None, read: Callable[[str], object] = str
) -> Contender:
    """A contender that is a process of its own, start included; ``read`` makes the answer of its output."""

    def turn() -> Sample:
        with tempfile.TemporaryFile() as output:
            wall = time.perf_counter()
            process = subprocess.Popen(arguments, cwd=cwd, stdout=output, stdin=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - wall
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                raise BenchError(f"{name}: left with exit code {process.returncode}")
            output.seek(0)
            return Sample(usage.ru_utime + usage.ru_stime, wall, read(output.read().decode("utf-8")))

    return Contender(name, turn)


class BenchError(Exception):
    """A row that cannot be measured, or whose contenders disagree."""


class Workbench:
    """What a row may use: a scratch folder, the command, the built bundled graph."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def targetgraph(self, *arguments: str) -> list[str]:
        """The command line that runs this installation of targetgraph."""
        return [sys.executable, "-m", "targetgraph", *arguments]

    def built_store(self) -> Path:
        """The store of the bundled graph, built at the first call and shared by all rows."""
        store = self.folder / "bundled"
        if not store.exists():
            subprocess.run(self.targetgraph("build", "--store", str(store)), check=True, stdout=subprocess.DEVNULL)
        return store


@dataclass(frozen=True, slots=True)
class Row:
    """A question, and how to set up its contenders."""

    name: str
    question: str
    setup: Callable[[Workbench], Sequence[Contender]]
    rounds: int
    by: str
    answer: Callable[[object], object]
    note: str
    warm: bool = True


ROWS: dict[str, Row] = {}


def row(
    question: str,
    *,
    rounds: int = 7,
    by: str = "cpu",
    answer: Callable[[object], object] = lambda answer: answer,
    warm: bool = True,
) -> Callable[[Callable[[Workbench], Sequence[Contender]]], Callable[[Workbench], Sequence[Contender]]]:
    """Register a function as a row.

    Parameters
    ----------
    question : what is measured, as the table says it.
    rounds : turns of each contender that count.
    by : ``cpu`` or ``wall``, what the ratio compares; ``rate`` for servers under load; ``memory``: contenders answer with
        ``peak`` and ``mapped`` bytes.
    warm : whether a first turn is not counted; otherwise all are, for what takes too long to be done twice.
    answer : turns what a contender returned into what must be equal among them.
    """
    if by not in ("cpu", "wall", "rate", "memory") or rounds < 1:
        raise ValueError(
            f"a row is compared by cpu, wall, rate or memory in at least one round, not by {by!r} in {rounds}"
        )

    def register(
        setup: Callable[[Workbench], Sequence[Contender]],
    ) -> Callable[[Workbench], Sequence[Contender]]:
        name = setup.__name__
        if name in ROWS:
            raise ValueError(f"there are two rows named {name}")
        note = " ".join((setup.__doc__ or "").split())
        ROWS[name] = Row(name, question, setup, rounds, by, answer, note, warm)
        return setup

    return register


@dataclass(frozen=True, slots=True)
class Measured:
    """The samples of one contender."""

    name: str
    samples: tuple[Sample, ...] = field(repr=False)

    def seconds(self, by: str) -> list[float]:
        """The ``cpu`` or ``wall`` seconds of every counted turn; by ``rate``, seconds of the server for each request."""
        if by == "rate":
            return [1 / rate for rate in self.loads("rate")]
        return [sample.cpu if by == "cpu" else sample.wall for sample in self.samples]

    def loads(self, figure: str) -> list[float]:
        """One figure of `Load` of every counted turn."""
        return [float(getattr(sample.load, figure)) for sample in self.samples if sample.load is not None]

    @property
    def cut(self) -> bool:
        """Whether a turn was cut short: then its times are the least there can be."""
        return any(sample.cut for sample in self.samples)

    def median(self, by: str) -> float:
        """The middle of them."""
        return statistics.median(self.seconds(by))


@dataclass(frozen=True, slots=True)
class Result:
    """A measured row."""

    row: Row
    contenders: tuple[Measured, ...]

    def ratio(self, measured: Measured) -> float:
        """How many times the cost of the first contender this one has."""
        by = "wall" if self.row.by == "memory" else self.row.by
        first = self.contenders[0].median(by)
        return measured.median(by) / first if first else float("inf")


def measure(row: Row, bench: Workbench) -> Result:
    """Let the contenders of a row take turns.

    Raises
    ------
    BenchError : there is none, two share a name, one failed, or two disagree.
    """
    contenders = list(row.setup(bench))
    if not contenders or len({c.name for c in contenders}) < len(contenders):
        raise BenchError(f"{row.name}: needs contenders, each with a name of its own")
    warm = {c.name: c.turn() for c in contenders if row.warm}
    samples: dict[str, list[Sample]] = {c.name: [] for c in contenders}
    for number in range(row.rounds):
        shift = number % len(contenders)
        for contender in contenders[shift:] + contenders[:shift]:
            samples[contender.name].append(contender.turn())
    if any(s.cut for s in samples[contenders[0].name]):
        raise BenchError(f"{row.name}: {contenders[0].name} was cut short, and the others are compared with it")
    expected = row.answer(samples[contenders[0].name][0].answer)
    for name, taken in samples.items():
        told = [s for s in (*taken, *([warm[name]] if name in warm else [])) if not s.cut]
        if any(row.answer(s.answer) != expected for s in told):
            raise BenchError(f"{row.name}: {name} does not give the answer of {contenders[0].name}")
    return Result(row, tuple(Measured(name, tuple(taken)) for name, taken in samples.items()))
