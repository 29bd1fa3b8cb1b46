"""One build at a time, one maker of a file at a time: an advisory lock that ends with its holder, however that ends."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from targetgraph.errors import StoreError


def _try_lock(file: IO[str]) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock file ``path`` for the time of the block.

    Raises
    ------
    StoreError
        when another process (or another part of this one) holds it.
    """
    with path.open("a+", encoding="ascii") as file:
        if not _try_lock(file):
            file.seek(0)
            holder = file.read(20).strip()
            by = f" by process {holder}" if holder.isdigit() else ""
            raise StoreError(
                f"another build is under way here{by}",
                str(path),
                "wait until it has ended, or give another --store",
            )
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield


@contextlib.contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Hold the lock file ``path`` for the time of the block, when all that came before have let go of it."""
    with path.open("a", encoding="ascii") as file:
        while not _try_lock(file):
            time.sleep(0.05)
        yield
