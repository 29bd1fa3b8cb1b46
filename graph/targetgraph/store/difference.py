"""What differs between two sorted files of statements, found by reading each once.

Both files are cut into blocks at the same lines, and blocks are compared as bytes: only where they differ are they split into
lines. Two versions of ten million statements that differ in three take as long as reading them.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from operator import lt
from pathlib import Path
from typing import IO, Final, Protocol

from targetgraph.errors import StoreError

BLOCK: Final = 1 << 20
"""Bytes of each file that are compared at a time."""

REMOVED: Final = -1
ADDED: Final = 1

Change = tuple[int, bytes]
"""`REMOVED` or `ADDED`, and a line with its line feed."""


class NotSortedError(ValueError):
    """A file is not what it should be: sorted, each line once, and no empty line or comment in it."""


class Readable(Protocol):
    """What gives bytes, and none when there are no more."""

    def read(self, size: int, /) -> bytes:
        """About so many bytes."""


def difference(old: Path, new: Path, block: int = BLOCK) -> Iterator[Change]:
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


def difference_of(old: Readable, new: Readable, block: int = BLOCK, doubt: bool = False) -> Iterator[Change]:
    """The same of two open files (see `difference`).

    Parameters
    ----------
    doubt : whether ``new`` may be unsorted. Every stretch of it is then either equal to one of ``old`` or looked through.

    Raises
    ------
    NotSortedError : ``new`` is not sorted, though perhaps only after changes were handed out.
    """
    before, after = _Lines(old, block), _Lines(new, block)
    last = b""
    while before.fill() | after.fill():
        bound = min((s.last for s in (before, after) if not s.ended), default=b"")
        gone, come = before.take(bound), after.take(bound)
        if doubt and come:
            if come[: come.index(b"\n") + 1] <= last or (gone != come and not _is_sorted(come)):
                raise NotSortedError
            last = _last(come)
        if gone != come:
            yield from _apart(gone, come)


class WithoutGraph:
    """Lines of N-Quads, those in one named graph left out.

    Parameters
    ----------
    file : sorted or not.
    graph : IRI of the graph.
    """

    def __init__(self, file: IO[bytes], graph: str) -> None:
        self._file, self._end = file, ending(graph)

    def read(self, size: int, /) -> bytes:
        """Whole lines, about ``size`` bytes of the file."""
        while block := self._file.read(size):
            kept = self._kept(block + self._file.readline())
            if kept:
                return kept
        return b""

    def _kept(self, block: bytes) -> bytes:
        parts, done = [], 0
        while (found := block.find(self._end, done)) >= 0:
            parts.append(block[done : block.rfind(b"\n", done, found) + 1 or done])
            done = found + len(self._end)
        return b"".join([*parts, block[done:]])


def ending(graph: str) -> bytes:
    """How the lines of a named graph end."""
    return f" <{graph}> .\n".encode()


def _is_sorted(block: bytes) -> bool:
    lines = BytesIO(block).readlines()
    return all(map(lt, lines, lines[1:])) and not any(not line.strip() or line.startswith(b"#") for line in lines)


def _last(block: bytes) -> bytes:
    """The last line of whole lines."""
    return block[block.rfind(b"\n", 0, len(block) - 1) + 1 :]


def _apart(old: bytes, new: bytes) -> list[Change]:
    """Lines of two blocks that are in one of them only, sorted."""
    # Not splitlines, which would split at carriage returns too.
    before, after = set(old.split(b"\n")), set(new.split(b"\n"))
    changes = [(REMOVED, line + b"\n") for line in before - after] + [(ADDED, line + b"\n") for line in after - before]
    return sorted((c for c in changes if c[1] != b"\n"), key=lambda change: change[1])


class _Lines:
    """A stretch of a file that ends with a whole line, read on when it is used up."""

    def __init__(self, file: Readable, block: int) -> None:
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
        return _last(self._buffer[: self._buffer.rindex(b"\n") + 1])

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
