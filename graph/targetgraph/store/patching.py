"""A sorted file of statements with a few changes, written by copying what lies between them."""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from targetgraph.errors import StoreError
from targetgraph.store.difference import REMOVED, Change

_STRETCH: Final = 1 << 22


def patch_sorted(old: Path, changes: Sequence[Change], target: Path) -> str:
    """Write a sorted file with lines removed and added; the old one is read once and hashed on the way.

    Parameters
    ----------
    old : sorted lines, each once; not empty.
    changes : sorted by line; lines that are removed are there, lines that are added are not.
    target : the file to write.

    Returns
    -------
    The SHA-256 of what was written, hexadecimal.

    Raises
    ------
    StoreError : a file cannot be read or written, or a change does not fit.
    """
    digest = hashlib.sha256()
    try:
        with (
            old.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
            memoryview(content) as view,
            target.open("wb") as out,
        ):
            done = 0
            for end, skipped, line in [*_places(content, changes), (len(content), 0, b"")]:
                for start in range(done, end, _STRETCH):
                    with view[start : min(start + _STRETCH, end)] as stretch:
                        digest.update(stretch)
                        out.write(stretch)
                digest.update(line)
                out.write(line)
                done = end + skipped
    except OSError as error:
        raise StoreError(f"the file cannot be written: {error.strerror}", str(target), "check the space") from error
    return digest.hexdigest()


def _places(content: mmap.mmap, changes: Sequence[Change]) -> list[tuple[int, int, bytes]]:
    """Where each change is made, how many bytes are left out there, and what is put there."""
    found = []
    start = 0
    for sign, line in changes:
        start = _place(content, line, start)
        there = content[start : start + len(line)] == line
        if there != (sign == REMOVED):
            raise StoreError("the statements do not fit the changes", remedy="run `targetgraph build` with --full")
        found.append((start, len(line), b"") if there else (start, 0, line))
    return found


def _place(content: mmap.mmap, line: bytes, low: int) -> int:
    """Where a line begins, or would, by halving."""
    high = len(content)
    while low < high:
        middle = (low + high) // 2
        start = max(content.rfind(b"\n", low, middle) + 1, low)
        end = content.find(b"\n", middle) + 1
        if content[start:end] < line:
            low = end
        else:
            high = start
    return low
