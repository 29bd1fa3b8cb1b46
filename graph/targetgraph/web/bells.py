"""What a front lets the other fronts know: that somebody has come."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from contextlib import suppress


class Bell:
    """One front's end: it rings at the others, and hears them.

    Parameters
    ----------
    own : file descriptor that is read from, without blocking; None where there are no others.
    others : file descriptors that are written to, without blocking.
    """

    def __init__(self, own: int | None = None, others: Sequence[int] = ()) -> None:
        self._own, self._others = own, tuple(others)

    def ring(self) -> None:
        """Ring at every other front."""
        for other in self._others:
            with suppress(
                BlockingIOError
            ):  # as many rings as the pipe holds are waiting there: one more says nothing new
                os.write(other, b"\a")

    def listen(self, heard: Callable[[], None]) -> None:
        """Have a function called in this thread's event loop whenever others have rung since it was called last."""
        if self._own is not None:
            asyncio.get_running_loop().add_reader(self._own, self._answer, self._own, heard)

    @staticmethod
    def _answer(own: int, heard: Callable[[], None]) -> None:
        with suppress(BlockingIOError):
            os.read(own, 65_536)
        heard()


class Bells:
    """The bells of all fronts, made before they are forked and kept open by their parent.

    Parameters
    ----------
    count : of the fronts.
    """

    def __init__(self, count: int) -> None:
        self._pipes = [os.pipe() for _ in range(count)] if count > 1 else []
        for ends in self._pipes:
            for end in ends:
                os.set_blocking(end, False)

    def of(self, place: int) -> Bell:
        """That of the front with a number, from 0."""
        if not self._pipes:
            return Bell()
        return Bell(self._pipes[place][0], [writer for n, (_, writer) in enumerate(self._pipes) if n != place])

    def close(self) -> None:
        """Take them down, when no front is left."""
        for ends in self._pipes:
            for end in ends:
                os.close(end)
