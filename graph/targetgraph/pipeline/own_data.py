"""A user's own data as a store of its own beside the bundled frameworks: where it lies, and how far it is.

Folder layout, below ``own/<id>`` of the store folder::

    title            the name of the file that was given
    input/           tables or statements that were in it
    document/        a document, as it was given
    review/          of a document: what was read, and what was decided about it
    tables/          what was accepted of it
    status.json      how far it is: see `Status`
    store/           a store folder, when it is whole

`own_intake` lays a file there, `own_building` builds from it, `own_review` keeps what is decided about a document.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from targetgraph.errors import InputError, Place, Problem

OWN: Final = "own"
RUNNING, REVIEW, DONE, FAILED, CANCELLED = "running", "review", "done", "failed", "cancelled"
WAITING: Final = "waiting"
"""The step before anything is done."""
_GONE: Final = ("the build ended without a word", "", "give the file again")
_NAME = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Status:
    """How far a store of the user's own data is.

    Parameters
    ----------
    state : ``running``, ``review`` (a document was read, and somebody has to decide), ``done``, ``failed`` or ``cancelled``.
    step : what is being done, or was last.
    process : number of the process that does it.
    problems : what is wrong: sentence, place, remedy.
    read : what was read: name of the file and how many rows or statements.
    version, statements : of the store, when it is done.
    since : when this began (seconds, POSIX).
    memory : bytes that the process may take; 0 before it began.
    """

    state: str
    step: str = ""
    process: int = 0
    problems: tuple[tuple[str, str, str], ...] = ()
    read: tuple[tuple[str, int], ...] = ()
    version: str = ""
    statements: int = 0
    since: float = 0.0
    memory: int = 0


@dataclass(frozen=True)
class OwnData:
    """One store of the user's own.

    Parameters
    ----------
    folder : its folder; the last part is its name.
    """

    folder: Path

    @property
    def name(self) -> str:
        """Its name in addresses."""
        return self.folder.name

    @property
    def store(self) -> Path:
        """The store folder."""
        return self.folder / "store"

    @property
    def given(self) -> Path:
        """The folder of what was given."""
        return self.folder / "input"

    @property
    def review(self) -> Path:
        """The folder of the review of a document; it is there once the document was read."""
        return self.folder / "review"

    @property
    def document(self) -> Path | None:
        """The document that was given; None for tables and statements."""
        folder = self.folder / "document"
        return next(iter(sorted(folder.iterdir())), None) if folder.is_dir() else None

    @property
    def title(self) -> str:
        """The name of the file that was given."""
        try:
            return (self.folder / "title").read_text(encoding="utf-8")
        except OSError:
            return self.name

    @property
    def status(self) -> Status:
        """How far it is; a process that is gone without a word has failed."""
        try:
            known = json.loads((self.folder / "status.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Status(FAILED, problems=(("nothing is known of this build", "", "give the file again"),))
        found = Status(**{k: _tuples(v) for k, v in known.items()})
        if found.state == RUNNING and found.process and not _runs(found.process, self.name):
            # Code that is not Python's ends at once where it gets no memory, and can say nothing.
            gone = out_of_memory(found.memory, "the build ended without a word; perhaps ") if found.memory else _GONE
            return Status(FAILED, found.step, problems=(gone,), read=found.read)
        return found

    def write(self, status: Status) -> None:
        """Say how far it is, all at once."""
        beside = self.folder / f"status.{os.getpid()}.tmp"
        beside.write_text(json.dumps(asdict(status), ensure_ascii=False), encoding="utf-8")
        beside.replace(self.folder / "status.json")

    def cancel(self) -> None:
        """Stop the build."""
        status = self.status
        if status.state == RUNNING:
            if status.process and _runs(status.process, self.name):
                os.kill(status.process, 9)
            self.write(Status(CANCELLED, status.step))

    def remove(self) -> None:
        """Stop the build and throw everything away."""
        self.cancel()
        shutil.rmtree(self.folder, ignore_errors=True)


def out_of_memory(memory: int, before: str = "") -> tuple[str, str, str]:
    """Sentence, place and remedy for a build that took more than the bytes it may take."""
    remedy = "give less of it, start the server with a larger --own-memory, or use `targetgraph build`"
    return f"{before}it takes more memory than a build may have ({memory // 2**20:,} MiB)", "", remedy


def own_data(root: Path, name: str) -> OwnData | None:
    """The user's own data of that name beside a store; None where there is none."""
    folder = root / OWN / name
    return OwnData(folder) if _NAME.fullmatch(name) and folder.is_dir() else None


def all_own_data(root: Path) -> list[OwnData]:
    """All of them, by name."""
    folder = root / OWN
    return [OwnData(f) for f in sorted(folder.iterdir()) if _NAME.fullmatch(f.name)] if folder.is_dir() else []


def wrong(file_name: str, what: str, remedy: str) -> InputError:
    """What is wrong with a file that was given."""
    return InputError([Problem(what, Place(file=Path(file_name).name[:120]), remedy)])


def _tuples(value: Any) -> Any:
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value


def _runs(process: int, name: str) -> bool:
    """Whether a process is there and is the one that builds this (where the system does not say: whether it is there)."""
    try:
        return name.encode() in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        if Path("/proc/self").exists():
            return False
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True
