"""Make a thing once for all the workers of a parallel test run."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder ``name`` that ``make`` has filled, for this run, in whichever worker came first.

    The workers of pytest-xdist have neighbouring temporary folders; the first to take the lock makes the
    thing, the others wait and find it done. Whoever uses the folder must leave it as it is.
    """
    shared = _shared(factory)
    folder, done = shared / name, shared / f"{name}.done"
    with _lock(shared, name):
        if not done.exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            done.touch()
    return folder


@contextlib.contextmanager
def running_once(
    factory: pytest.TempPathFactory,
    name: str,
    start: Callable[[Path], Callable[[], object]],
    patience: float = 600,
) -> Iterator[Path]:
    """A server for all the workers of a run, for session fixtures: started by the worker that first needs it.

    The worker that started it stops it, at the end of its own tests and when no other worker can still need it;
    should one come later all the same, it starts another.

    Parameters
    ----------
    name : of the folder, which tells the others where the server is.
    start : starts it, fills the folder, and returns what stops it.
    patience : seconds that others are waited for at most.
    """
    shared = _shared(factory)
    users, done = shared / "users", shared / f"{name}.done"
    stop: Callable[[], object] | None = None
    try:
        with _lock(shared, name):
            users.mkdir(exist_ok=True)
            # One mark for all servers: session fixtures end together, and nobody waits for one that waits for him.
            (users / str(os.getpid())).touch()
            folder = shared / name
            if not done.exists():
                folder.mkdir(exist_ok=True)
                stop = start(folder)
                done.touch()
        yield folder
    finally:
        (users / str(os.getpid())).unlink(missing_ok=True)
        if stop is not None:
            _when_left(shared, name, users, patience)
            stop()


def _when_left(shared: Path, name: str, users: Path, patience: float) -> None:
    """Wait until no other worker uses anything; whoever comes after that finds it not done."""
    end = time.monotonic() + patience
    while True:
        with _lock(shared, name):
            if not any(_alive(user) for user in users.iterdir()) or time.monotonic() > end:
                (shared / f"{name}.done").unlink()
                return
        time.sleep(0.1)


def _alive(user: Path) -> bool:
    """Whether the process of a mark is there still; one that was killed has left it behind."""
    try:
        os.kill(int(user.name), 0)
    except ProcessLookupError:
        return False
    return True


def _shared(factory: pytest.TempPathFactory) -> Path:
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextlib.contextmanager
def _lock(shared: Path, name: str) -> Iterator[None]:
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
