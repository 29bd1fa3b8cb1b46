"""A folder that is written beside and put in place whole, and that replaces only one of its own making."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Final, Self

from targetgraph.errors import TargetGraphError

MARK: Final = ".targetgraph-site.json"


class SiteFolder:
    """A folder being filled; used with ``with``, it is put in place at the end, or not at all.

    Parameters
    ----------
    output : where it is to be.
    about : what its mark says: data version, software.

    Raises
    ------
    TargetGraphError
        when there is something at that place that this command has not made, or it cannot be written.
    """

    def __init__(self, output: Path, about: dict[str, str]) -> None:
        self._output = Path(os.path.abspath(output))  # noqa: PTH100 (a link stays a link)
        self._about = about
        self.files = 0
        self.bytes = 0
        self._folders: set[Path] = set()
        self._refuse_strangers()
        self._building = self._output.with_name(f".{self._output.name}.building-{secrets.token_hex(4)}")

    def _refuse_strangers(self) -> None:
        if self._output.is_symlink() or (self._output.exists() and not self._output.is_dir()):
            raise TargetGraphError(
                "there is something else than a folder at this place", str(self._output), "give another --output"
            )
        if self._output.is_dir() and any(self._output.iterdir()) and not (self._output / MARK).is_file():
            raise TargetGraphError(
                "this folder holds something that `targetgraph site` has not made",
                str(self._output),
                "give another --output, or empty the folder yourself",
            )

    def __enter__(self) -> Self:
        self._trying(lambda: self._building.mkdir(parents=True))
        return self

    def write(self, path: str, content: bytes) -> None:
        """Write a file, by its path below the folder."""
        place = self._building / PurePosixPath(path)
        self._trying(lambda: self._put(place, content))
        self.files += 1
        self.bytes += len(content)

    def _put(self, place: Path, content: bytes) -> None:
        if place.parent not in self._folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(place.parent)
        place.write_bytes(content)

    def _trying(self, act: Callable[[], object]) -> None:
        try:
            act()
        except OSError as error:
            where = str(error.filename or self._output)
            what = f"the site cannot be written: {error.strerror}"
            raise TargetGraphError(what, where, "check space and rights, or give another --output") from error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if kind is None:
                self.write(MARK, json.dumps(self._about, indent=1, sort_keys=True).encode() + b"\n")
                self._trying(self._put_in_place)
        finally:
            shutil.rmtree(self._building, ignore_errors=True)

    def _put_in_place(self) -> None:
        """Change places with the folder that was there before: nobody sees a half-written one."""
        before = self._building.with_name(self._building.name.replace(".building-", ".before-"))
        self._refuse_strangers()
        if self._output.exists():
            self._output.rename(before)
        try:
            self._building.rename(self._output)
        except OSError:
            if before.exists():
                before.rename(self._output)
            raise
        shutil.rmtree(before, ignore_errors=True)
