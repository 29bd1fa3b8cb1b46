"""Changes as lines to remove and to add, and versions put together again from them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from targetgraph.errors import TargetGraphError
from targetgraph.publish.changes.steps import ADDED, Feed, Step

_BATCH: Final = 100
"""Steps that are applied in one pass; each is a generator over the one before, and Python nests only so many."""


def patch(steps: Sequence[Step]) -> Iterator[bytes]:
    """The steps as RDF Patch: a header and a transaction each; ``D`` lines remove a quad, ``A`` lines add one.

    Blank nodes carry their canonical labels (RDFC-1.0): the patch holds for canonical N-Quads, line by line. Where a store
    gives blank nodes labels of its own, use the event stream. Format: A. Seaborne, *RDF Patch*, Apache Jena.
    """
    for step in steps:
        yield f"H id <urn:sha256:{step.record.after}> .\n".encode()
        if not step.begins:
            yield f"H prev <urn:sha256:{step.record.before}> .\n".encode()
        yield b"TX .\n"
        for sign, line in step.changes():
            yield (b"A " if sign == ADDED else b"D ") + line
        yield b"TC .\n"


def applied(lines: Iterable[bytes], step: Step) -> Iterator[bytes]:
    """Sorted lines of a version, brought to the next by a step, in one pass."""
    if step.begins:
        with step.ground().open("rb") as file:
            yield from file
        return
    changes = step.changes()
    sign, line = next(changes, (b"", b""))
    for old in lines:
        while line and line < old:
            if sign == ADDED:
                yield line
            sign, line = next(changes, (b"", b""))
        if line == old:  # a removed one: an added one is not there before
            sign, line = next(changes, (b"", b""))
        else:
            yield old
    while line:
        if sign == ADDED:
            yield line
        sign, line = next(changes, (b"", b""))


def restore(feed: Feed, number: int, target: Path) -> None:
    """Write the canonical N-Quads of the version that step ``number`` leads to.

    Parameters
    ----------
    feed : its steps.
    number : of a step, from 1.
    target : the file to write; its folder holds what is needed on the way.

    Raises
    ------
    TargetGraphError
        when it cannot be written; what stood there stays.
    """
    try:
        _restore(feed, number, target)
    except OSError as error:
        raise TargetGraphError(
            f"the version cannot be written: {error.strerror}", str(target), "give another path"
        ) from error


def _restore(feed: Feed, number: int, target: Path) -> None:
    steps = [step for step in feed.steps if step.record.number <= number]
    begun = max(i for i, step in enumerate(steps) if step.begins)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".restoring-") as scratch:
        done: Path | None = None
        for first in range(begun, len(steps), _BATCH):
            batch = steps[first : first + _BATCH]
            written = Path(scratch) / str(batch[-1].record.number)
            with ExitStack() as files, written.open("wb") as out:
                lines: Iterable[bytes] = files.enter_context(done.open("rb")) if done else ()
                for step in batch:  # each stage draws its lines from the one before: one pass for all of them
                    lines = applied(lines, step)
                out.writelines(lines)
            done = written
        if done is not None:
            done.replace(target)
