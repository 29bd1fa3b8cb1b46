"""Canonical N-Quads of files that are too large to hold in memory.

Labels of blank nodes depend on nothing but the statements that mention blank nodes (RDF Dataset Canonicalization, section
4.4), so only these are canonicalised in memory; all others are sorted as lines, on disk where they are not sorted already.
Lines are taken as they are written: two spellings of one statement (``\\u00e9`` and ``é``) stay two lines here. Files that
`targetgraph generate` or `build` wrote have one spelling only.
"""

from __future__ import annotations

import gzip
import heapq
import tempfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from operator import lt
from pathlib import Path
from typing import IO, Final, cast

from targetgraph.errors import StoreError
from targetgraph.store.canonical import canonical_nquads

BLOCK: Final = 1 << 26
"""Bytes that are sorted at a time."""


def write_sorted(sources: Iterable[Path], target: Path, block: int = BLOCK) -> int:
    """Write the statements of N-Quads files, sorted and each once, to one file.

    Parameters
    ----------
    sources : N-Quads files; a name that ends in ``.gz`` is decompressed on the way.
    target : the file to write.
    block : bytes to sort at a time; memory use is a few times that.

    Returns
    -------
    The number of statements.

    Raises
    ------
    StoreError : a source cannot be read, the target not written, or a statement with a blank node is not N-Quads.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".sorting-") as scratch, ExitStack() as files:
        runs: list[Path] = []
        blank: list[bytes] = []
        for source in sources:
            for lines in _blocks(source, block):
                _add_to_runs(_without_blank(lines, blank), runs, Path(scratch))
        canonical = canonical_nquads(b"".join(blank)).splitlines(keepends=True) if blank else []
        try:
            opened = [files.enter_context(run.open("rb")) for run in runs]
            with target.open("wb") as out:
                merged = _blocks_of(opened[0], block) if len(opened) == 1 else _merged(opened)
                return _write(out, merged, canonical)
        except OSError as error:
            raise StoreError(f"the file cannot be written: {error.strerror}", str(target), "check the space") from error


def _blocks(source: Path, block: int) -> Iterator[list[bytes]]:
    try:
        with gzip.open(source) if source.suffix == ".gz" else source.open("rb") as file:
            yield from _blocks_of(cast("IO[bytes]", file), block)
    except (OSError, EOFError) as error:
        raise StoreError(f"the file cannot be read: {error}", str(source), "check the path") from error


def _blocks_of(file: IO[bytes], block: int) -> Iterator[list[bytes]]:
    """Lists of whole lines, each ended by a line feed; empty lines and comments are left out."""
    while lines := file.readlines(block):
        if not lines[-1].endswith(b"\n"):
            lines[-1] += b"\n"
        if any(not line.strip() or line.startswith(b"#") for line in lines):
            lines = [line for line in lines if line.strip() and not line.startswith(b"#")]
        yield lines


def _without_blank(lines: list[bytes], blank: list[bytes]) -> list[bytes]:
    """Take out what may mention a blank node (a literal that looks like one does no harm)."""
    found = [line for line in lines if b"_:" in line]
    if not found:
        return lines
    blank += found
    return [line for line in lines if b"_:" not in line]


def _is_sorted(lines: list[bytes]) -> bool:
    return all(map(lt, lines, lines[1:]))


def _add_to_runs(lines: list[bytes], runs: list[Path], scratch: Path) -> None:
    """Append to the last sorted run where the lines continue it; begin a new one where they do not."""
    if not lines:
        return
    if not _is_sorted(lines):
        lines = sorted(set(lines))
    last = scratch / f"{len(runs):05d}.last"
    if not runs or last.read_bytes() >= lines[0]:
        runs.append(scratch / f"{len(runs) + 1:05d}")
        last = scratch / f"{len(runs):05d}.last"
    with runs[-1].open("ab") as file:
        file.writelines(lines)
    last.write_bytes(lines[-1])


def _merged(files: Sequence[IO[bytes]], size: int = 1 << 14) -> Iterator[list[bytes]]:
    """Blocks of the merged runs, each line once."""
    pending: list[bytes] = []
    last = b""
    for line in heapq.merge(*files):
        if line != last:
            pending.append(line)
            last = line
            if len(pending) == size:
                yield pending
                pending = []
    if pending:
        yield pending


def _write(out: IO[bytes], blocks: Iterable[list[bytes]], canonical: list[bytes]) -> int:
    """Write sorted blocks, with the few canonical lines put in their places."""
    count = done = 0
    for lines in blocks:
        until = bisect_left(canonical, lines[-1], done)
        chosen = sorted({*lines, *canonical[done:until]}) if until > done else lines
        done = until
        out.writelines(chosen)
        count += len(chosen)
    out.writelines(canonical[done:])
    return count + len(canonical) - done
