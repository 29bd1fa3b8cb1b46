"""Bytes that are on the disk when a function returns, and names that change at once or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from targetgraph.errors import TargetGraphError


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable (where the system knows how)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Make every file below a folder, and every name, durable."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        elif path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    sync_folder(folder)


def write_durably(path: Path, content: bytes) -> None:
    """Write a new file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_durably(path: Path, content: bytes) -> None:
    """Give a file new content: whoever reads sees all of the old or all of the new, also after a crash."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    write_durably(temporary, content)
    os.replace(temporary, path)  # noqa: PTH105  (Path.replace does the same; this names the guarantee)
    sync_folder(path.parent)


def write_whole(path: Path, content: bytes | Iterable[bytes], remedy: str = "give another --output") -> None:
    """Write a file somebody asked for, whole or not at all; what stood there stays until the new one is complete.

    Parameters
    ----------
    path : the file.
    content : its bytes, or pieces that need not be in memory together.
    remedy : what to do when it cannot be written.

    Raises
    ------
    TargetGraphError : it cannot be written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise TargetGraphError(f"the file cannot be written: {error.strerror}", str(path), remedy) from error
