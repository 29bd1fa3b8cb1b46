"""Lines of canonical N-Quads: their parts, the lines of one thing in a sorted file, and lines with blank nodes."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def parts(line: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Subject, predicate, object and graph as written; the graph is empty for the default graph."""
    subject, predicate, rest = line.split(b" ", 2)
    rest = rest.rstrip(b"\n").removesuffix(b" .")
    if rest.startswith(b'"'):
        # A literal ends at the last quotation mark; what follows is datatype or language, then the graph.
        end = rest.rindex(b'"')
        head, space, graph = rest[end:].partition(b" ")
        return subject, predicate, rest[:end] + head, graph if space else b""
    value, _, graph = rest.partition(b" ")
    return subject, predicate, value, graph


def has_blank(line: bytes) -> bool:
    """Whether subject or object is a blank node."""
    if b"_:" not in line:
        return False
    subject, _, value, graph = parts(line)
    return b"_:" in (subject[:2], value[:2], graph[:2])


class SortedLines:
    """A sorted file of N-Quads, for looking up what it says of one thing."""

    def __init__(self, data: mmap.mmap | bytes) -> None:
        self._data = data

    def of(self, subject: bytes) -> list[bytes]:
        """The lines about a thing, written as in N-Quads; found by halving."""
        data, lead = self._data, subject + b" "
        low, high = 0, len(data)
        while low < high:
            middle = (low + high) // 2
            start = data.rfind(b"\n", low, middle) + 1 or low
            end = data.find(b"\n", middle) + 1 or len(data)
            if data[start:end] < lead:
                low = end
            else:
                high = start
        found: list[bytes] = []
        while data[low : low + len(lead)] == lead:
            end = data.find(b"\n", low) + 1 or len(data)
            found.append(bytes(data[low:end]))
            low = end
        return found

    def blank(self) -> Iterator[bytes]:
        """The lines that mention a blank node, in order."""
        data, place = self._data, 0
        while (place := data.find(b"_:", place)) >= 0:
            start = data.rfind(b"\n", 0, place) + 1
            place = data.find(b"\n", place) + 1 or len(data)
            line = bytes(data[start:place])
            if has_blank(line):
                yield line

    def count(self) -> int:
        """How many lines there are."""
        count = place = 0
        while place < len(self._data):
            count += self._data[place : place + (1 << 24)].count(b"\n")
            place += 1 << 24
        return count


@contextmanager
def sorted_lines(path: Path) -> Iterator[SortedLines]:
    """The lines of a file, mapped into memory for the time of the block."""
    if path.stat().st_size == 0:
        yield SortedLines(b"")
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield SortedLines(data)
