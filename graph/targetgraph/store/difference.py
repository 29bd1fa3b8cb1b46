"""What differs between two sorted files of statements, found by reading each once.

Both files are cut into blocks at the same lines, and blocks are compared as bytes: only where they differ are they split into
lines. Two versions of ten million statements that differ in three take as long as reading them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from targetgraph.errors import StoreError

BLOCK: Final = 1 << 20
"""Bytes of each file that are compared at a time."""

REMOVED: Final = -1
ADDED: Final = 1


def difference(old: Path, new: Path, block: int = BLOCK) -> Iterator[tuple[int, bytes]]:
    """Lines that only one of two files holds.

    Parameters
    ----------
    old, new : files whose lines are sorted by their bytes, each once, as `write_sorted` and `write_canonical` leave them.
    block : bytes of each file to compare at a time; memory use is a few times that, or the longest line.

    Yields
    ------
    `REMOVED` and a line of ``old`` alone, or `ADDED` and a line of ``new`` alone, sorted by line. Lines end with a line feed.

    Raises
    ------
    StoreError : a file cannot be read.
    """
    try:
        with old.open("rb") as before, new.open("rb") as after:
            yield from difference_of(before, after, block)
    except OSError as error:
        where = str(error.filename or new)
        raise StoreError(f"the file cannot be read: {error.strerror}", where, "check the path") from error


def difference_of(old: IO[bytes], new: IO[bytes], block: int = BLOCK) -> Iterator[tuple[int, bytes]]:
    """The same of two open files (see `difference`)."""
    before, after = _Lines(old, block), _Lines(new, block)
    while before.fill() | after.fill():
        bound = min((s.last for s in (before, after) if not s.ended), default=b"")
        gone, come = before.take(bound), after.take(bound)
        if gone != come:
            yield from _apart(gone, come)


def _apart(old: bytes, new: bytes) -> list[tuple[int, bytes]]:
    """Lines of two blocks that are in one of them only, sorted."""
    # Not splitlines, which would split at carriage returns too.
    before, after = set(old.split(b"\n")), set(new.split(b"\n"))
    changes = [(REMOVED, line + b"\n") for line in before - after] + [(ADDED, line + b"\n") for line in after - before]
    return sorted((c for c in changes if c[1] != b"\n"), key=lambda change: change[1])


class _Lines:
    """A stretch of a file that ends with a whole line, read on when it is used up."""

    def __init__(self, file: IO[bytes], block: int) -> None:
        self._file, self._block = file, block
        self._buffer = b""
        self.ended = False

    def fill(self) -> bool:
        """Read until there is a whole line; false when there is nothing left."""
        while not self.ended and (len(self._buffer) < self._block or b"\n" not in self._buffer):
            more = self._file.read(self._block)
            self._buffer += more
            if not more:
                self.ended = True
                if self._buffer and not self._buffer.endswith(b"\n"):
                    self._buffer += b"\n"
        return bool(self._buffer)

    @property
    def last(self) -> bytes:
        """The last whole line."""
        end = self._buffer.rindex(b"\n")
        return self._buffer[self._buffer.rfind(b"\n", 0, end) + 1 : end + 1]

    def take(self, bound: bytes) -> bytes:
        """Remove and return the lines up to ``bound``, it included; all of them where there is no bound."""
        end = self._end_of(bound) if bound else len(self._buffer)
        taken, self._buffer = self._buffer[:end], self._buffer[end:]
        return taken

    def _end_of(self, bound: bytes) -> int:
        """Where the first line after ``bound`` begins, by halving."""
        low, high = 0, self._buffer.rfind(b"\n") + 1
        while low < high:
            middle = (low + high) // 2
            start = max(self._buffer.rfind(b"\n", low, middle) + 1, low)
            end = self._buffer.index(b"\n", middle) + 1
            if self._buffer[start:end] <= bound:
                low = end
            else:
                high = start
        return low
