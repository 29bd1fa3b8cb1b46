"""Several files of a folder written as one: all of them, or none, also when the process is killed in between.

New contents are written beside their places first. A journal then names every file with a copy of what it held before; only
after that are the new ones renamed into place, and the journal removed. Whoever finds a journal puts everything back as it was.
This is the undo log of databases (J. Gray, A. Reuter, Transaction Processing, 1993, chapter 9) on files.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from targetgraph.errors import StoreError, TargetGraphError
from targetgraph.store.durable import sync_folder, write_durably
from targetgraph.store.lock import exclusive

JOURNAL = ".being-written.json"
LOCK = ".being-written.lock"


@contextlib.contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Be the only one to write files of a folder together, and undo first what somebody began and did not end.

    Raises
    ------
    TargetGraphError : another process is writing there, or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with exclusive(folder / LOCK):
            try:
                undo(folder)
                yield
            finally:
                (folder / LOCK).unlink(missing_ok=True)  # nothing of ours stays among somebody's tables
    except StoreError as error:
        raise TargetGraphError("another import is writing here", str(folder), "wait until it has ended") from error
    except OSError as error:
        raise _unwritable(error, folder) from error


def unfinished(folder: Path) -> bool:
    """Whether files of a folder are being written together, or somebody was killed doing it."""
    return (folder / JOURNAL).exists()


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, all or none. Call it inside :func:`one_writer`.

    Parameters
    ----------
    files : contents by path inside the folder, parts divided by ``/``.

    Raises
    ------
    TargetGraphError : one cannot be written; the folder is as it was. Or it could not be put back either: then the journal
        stays, the message says so, and the next call of :func:`one_writer` tries again.
    """
    paths = {inside: folder / PurePosixPath(inside) for inside in files}
    journal: dict[str, bool] = {}
    try:
        for inside, path in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(_new(path), files[inside])
            journal[inside] = path.is_file()
            if journal[inside]:
                write_durably(_old(path), path.read_bytes())
        write_durably(_new(folder / JOURNAL), json.dumps(journal).encode())
        os.replace(_new(folder / JOURNAL), folder / JOURNAL)  # noqa: PTH105  (as in durable: this names the guarantee)
        sync_folder(folder)
        for path in paths.values():
            os.replace(_new(path), path)  # noqa: PTH105
        for parent in {path.parent for path in paths.values()}:
            sync_folder(parent)
    except OSError as error:
        try:
            _put_back(folder, journal)
            _clear(folder, paths.values())
        except OSError as again:
            raise TargetGraphError(
                f"the files cannot be written ({error.strerror}), and {again.filename} cannot be put back ({again.strerror})",
                str(folder),
                "mend that and run the command again: it puts back first; what the files held lies beside them as .NAME.before",
            ) from error
        raise _unwritable(error, folder) from error
    (folder / JOURNAL).unlink()  # from here on it has happened
    _clear(folder, paths.values())


def undo(folder: Path) -> None:
    """Put back what a journal says the files held, if there is one.

    Raises
    ------
    TargetGraphError : the journal cannot be read.
    """
    if not unfinished(folder):
        return
    try:
        journal = json.loads((folder / JOURNAL).read_bytes())
    except ValueError as error:  # renamed whole, so somebody else wrote it
        raise TargetGraphError("this is no journal of ours", str(folder / JOURNAL), "remove it") from error
    _put_back(folder, journal)
    _clear(folder, [folder / PurePosixPath(inside) for inside in journal])


def _put_back(folder: Path, journal: Mapping[str, bool]) -> None:
    if not unfinished(folder):  # nothing was renamed yet
        return
    for inside, was_there in journal.items():
        path = folder / PurePosixPath(inside)
        if was_there:
            write_durably(_new(path), _old(path).read_bytes())  # the copy stays until all is done
            os.replace(_new(path), path)  # noqa: PTH105
        elif not path.is_dir():
            path.unlink(missing_ok=True)
    for parent in {(folder / PurePosixPath(inside)).parent for inside in journal}:
        if parent.is_dir():
            sync_folder(parent)
    (folder / JOURNAL).unlink()


def _clear(folder: Path, paths: Iterable[Path]) -> None:
    for path in [*paths, folder / JOURNAL]:
        _new(path).unlink(missing_ok=True)
        _old(path).unlink(missing_ok=True)


def _new(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _old(path: Path) -> Path:
    return path.with_name(f".{path.name}.before")


def _unwritable(error: OSError, folder: Path) -> TargetGraphError:
    where = f" ({error.filename})" if error.filename else ""
    return TargetGraphError(f"the files cannot be written: {error.strerror}{where}", str(folder), "give another folder")
