"""Reading and building what a user gave, in a process of its own: one after another, within limits, to be killed at any time.

``python -m targetgraph.pipeline.own_building FOLDER BUNDLED [BYTES]`` reads a document for review, or builds a store from
tables, statements, or what was accepted of a document; how it went stands in the status.
"""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time
from typing import Any, Final

from targetgraph.errors import TargetGraphError
from targetgraph.pipeline.own_data import DONE, FAILED, REVIEW, RUNNING, WAITING, OwnData, Status, out_of_memory, wrong
from targetgraph.pipeline.own_intake import STATEMENTS

SECONDS: Final = 900
"""A build is given up after this long."""
MEMORY_BYTES: Final = 4 * 1024**3
"""Memory (of addresses) that a build may take, unless it is told another number."""


class _TooLong(BaseException):
    """The time is over. No handler of mistakes catches it on its way."""


def build_own(own: OwnData, bundled: Path, memory: int = MEMORY_BYTES) -> None:
    """Read what was taken in, and build a store of it unless somebody has to decide first; how it went stands in its status.

    Parameters
    ----------
    bundled : canonical N-Quads of the bundled graph; statements that were given are laid beside them.
    memory : bytes it may take, for what is said when it takes more; :func:`main` sets the limit.
    """
    read, since = tuple(_counted(own)), time()

    def say(step: str) -> None:
        own.write(Status(RUNNING, step, os.getpid(), read=read, since=since, memory=memory))

    def failed(*problems: tuple[str, str, str]) -> None:
        own.write(Status(FAILED, "", problems=problems, read=read))

    say("reading")
    try:
        if own.document is not None and not own.review.exists():
            _read(own, own.document)
            own.write(Status(REVIEW, "", read=read))
            return
        version, statements = _built(own, bundled, say)
    except TargetGraphError as error:
        failed(*((p.what, _shown(str(p.where), own), p.remedy) for p in error.problems[:200]))
    except MemoryError:
        failed(out_of_memory(memory))
    except _TooLong:
        failed((f"it was not done after {SECONDS // 60} minutes", "", "give less of it, or use `targetgraph build`"))
    else:
        own.write(Status(DONE, "", read=read, version=version, statements=statements))


def _read(own: OwnData, document: Path) -> None:
    """Read the targets of a document, for review; the review is there when it is whole."""
    from targetgraph.pipeline.document_reading import DocumentReading
    from targetgraph.reading.review.files import write_review

    found = DocumentReading().read(document, framework=document.stem, document=document.stem)
    if not found.targets:
        remedy = "put each target in a list item, a numbered paragraph or a table row"
        raise wrong(document.name, "no target was found in this file", remedy)
    beside = own.folder / "review.part"
    shutil.rmtree(beside, ignore_errors=True)
    write_review(found.review, beside)
    beside.rename(own.review)


def _built(own: OwnData, bundled: Path, say: Callable[[str], None]) -> tuple[str, int]:
    given = own.given
    if own.document is not None:
        from targetgraph.pipeline.document_reading import accept_review

        given = own.folder / "tables"
        shutil.rmtree(given, ignore_errors=True)  # what is accepted is all in the review
        accept_review(own.review, given)
    statements = next((f for f in given.iterdir() if f.suffix in STATEMENTS), None)
    if statements is None:
        from targetgraph.pipeline.building import build

        result = build((given,), own.store, say)
        return result.version.data_version, result.quads
    from targetgraph.pipeline.dataset_building import build_from_dataset

    dataset = own.folder / "dataset.nq"
    _joined(bundled, statements, dataset)
    made = build_from_dataset(dataset, own.store, say, check=True)
    dataset.unlink(missing_ok=True)
    return made.version.data_version, made.quads


def _joined(bundled: Path, rdf: Path, dataset: Path) -> None:
    """The bundled statements and those of a file, as N-Quads; triples go into a graph named for the user's own data."""
    from rdflib import Dataset, URIRef

    from targetgraph import iris

    read = Dataset()
    home = URIRef(iris.graph("own"))
    try:
        if rdf.suffix in (".ttl", ".nt"):
            read.graph(home).parse(rdf, format=STATEMENTS[rdf.suffix])
        else:
            read.parse(rdf, format=STATEMENTS[rdf.suffix])
    except Exception as error:  # every parser of rdflib has exceptions of its own
        raise wrong(rdf.name, f"it cannot be read: {str(error)[:300]}", "correct the file") from error
    with dataset.open("wb") as out:
        out.write(bundled.read_bytes())
        out.write(read.serialize(format="nquads", encoding="utf-8"))


def _counted(own: OwnData) -> list[tuple[str, int]]:
    """Files and their rows or lines."""
    found = []
    for path in sorted(p for p in own.given.rglob("*") if p.is_file()):
        with path.open("rb") as stream:
            lines = sum(1 for _ in stream)
        found.append((str(path.relative_to(own.given)), max(lines - (path.suffix == ".csv"), 0)))
    return found


def _shown(where: str, own: OwnData) -> str:
    """A place without the folder that the user never saw."""
    for folder in ("input", "document", "review", "tables"):
        where = where.replace(f"{own.folder / folder}/", "")
    if own.document is not None:
        where = where.replace(own.document.name, own.title)
    return where.replace(f"{own.folder}/", "")


@contextmanager
def _turn(own: OwnData) -> Iterator[None]:
    """Wait until no other of the user's data is being built; a process that is killed gives way."""
    with (own.folder.parent / "lock").open("w") as lock:
        own.write(Status(RUNNING, WAITING, os.getpid(), since=time()))
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _bounded(memory: int) -> None:
    """Set the limits of this process."""

    def over(*_: Any) -> None:
        raise _TooLong

    signal.signal(signal.SIGALRM, over)
    signal.alarm(SECONDS)
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, SECONDS)):
        hard = resource.getrlimit(limit)[1]
        resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main(folder: str, dataset: str, memory: str = str(MEMORY_BYTES)) -> None:
    """Build in this process, when it is its turn, within the limits (memory in bytes)."""
    own = OwnData(Path(folder))
    with _turn(own):
        _bounded(int(memory))
        build_own(own, Path(dataset), int(memory))


if __name__ == "__main__":
    main(*sys.argv[1:])
