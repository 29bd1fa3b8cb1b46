"""A store folder made from another one by a few changes, the files of the other one shared and left as they are."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from targetgraph.errors import StoreError
from targetgraph.store.difference import REMOVED, Change
from targetgraph.store.embedded import EmbeddedStore

_IMMUTABLE = ".sst"
_NOT_NEEDED = ("LOCK", "LOG")


class NotProven(Exception):
    """A short cut cannot be shown to give the same result as doing everything again; the message says why."""


def take_over(old: Path, new: Path) -> None:
    """Make a store folder with the content of another one.

    RocksDB never writes to a table file (``.sst``) once it is made, so these are hard links where the system has them; the
    few small files that it does write to are copied. The old folder can be in use by readers.
    """
    new.mkdir()
    for file in old.iterdir():
        if file.name.startswith(_NOT_NEEDED):
            continue
        if file.suffix == _IMMUTABLE:
            with suppress(OSError):
                os.link(file, new / file.name)
                continue
        shutil.copy2(file, new / file.name)


class ChangingStore(EmbeddedStore):
    """An embedded store that is being built and is read meanwhile."""

    @classmethod
    def open_to_change(cls, folder: Path) -> Self:
        """Open a store folder that no reader has learnt of yet.

        Raises
        ------
        StoreError : it cannot be opened.
        """
        try:
            return cls(ox.Store(str(folder)), folder)
        except (OSError, ValueError) as error:
            raise StoreError(f"the store cannot be opened: {error}", str(folder), "check space and rights") from error

    def apply(self, changes: Sequence[Change]) -> None:
        """Remove and add the quads of lines of N-Quads.

        Raises
        ------
        NotProven : a line to remove is not there, or one to add is there already: somewhere stands the same statement in
            another spelling.
        StoreError : a line is not N-Quads.
        """
        removed = _quads([line for sign, line in changes if sign == REMOVED])
        added = _quads([line for sign, line in changes if sign != REMOVED])
        if not all(quad in self._store for quad in removed):
            raise NotProven("a statement is spelt in two ways")
        for quad in removed:
            self._store.remove(quad)
        # Asked after removing: a change of spelling removes and adds the same statement.
        if len(set(added)) != len(added) or any(quad in self._store for quad in added):
            raise NotProven("a statement is spelt in two ways")
        self._store.extend(added)
        for graph in {quad.graph_name for quad in removed}:
            if next(iter(self._store.quads_for_pattern(None, None, None, graph)), None) is None:
                self._store.remove_graph(graph)

    def close(self) -> None:
        """Write everything to the files and let go of them."""
        self._store.flush()
        super().close()


def _quads(lines: Iterable[bytes]) -> list[ox.Quad]:
    """The quads of lines, one each."""
    wanted = list(lines)
    content = b"".join(wanted)
    try:
        quads = list(ox.parse(content, format=ox.RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise StoreError(f"the statements are not N-Quads: {error}", remedy="correct the line") from error
    if len(quads) != len(wanted):
        raise NotProven("a line holds no statement, or several")
    return quads
