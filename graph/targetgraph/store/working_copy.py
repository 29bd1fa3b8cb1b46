"""What is written to a running server: a copy of the current version that takes changes, until it is published itself.

::

    .targetgraph/working/base          name of the version the copy was made of
    .targetgraph/working/dirty         there as long as it holds changes that no version has
    .targetgraph/working/store/        the copy (an Oxigraph store)
    .targetgraph/working/snapshots/n/  what readers open: one a change, removed when nobody reads it any more

A change is applied as one transaction and forced to disk before it is acknowledged. Killed at any moment, the copy holds every
acknowledged change, and is taken up again at the next start. If somebody has built another version meanwhile, it is not mixed
with that: it is laid aside as ``unpublished-…``, and the user is told.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from targetgraph.errors import StoreError
from targetgraph.store import wire
from targetgraph.store.canonical import data_version
from targetgraph.store.documents import Refused
from targetgraph.store.durable import replace_durably, sync_folder, write_durably
from targetgraph.store.layout import StoreFolder
from targetgraph.store.remote_publication import ISSUED, PUBLICATION, STAGING
from targetgraph.store.sorting import write_sorted
from targetgraph.store.updates import graph_deleted, graph_post, graph_put, updated

FOLDER: Final = "working"
_MEMORY: Final = 4 * 2**30


def _linked(source: Path, target: Path) -> None:
    """Copy an Oxigraph store that nobody writes: tables, which never change, as further names of the same files."""
    target.mkdir()
    for file in source.iterdir():
        if file.name == "LOCK" or file.name.startswith("LOG"):
            continue
        if file.suffix == ".sst":
            try:
                os.link(file, target / file.name)
                continue
            except OSError:
                pass
        shutil.copyfile(file, target / file.name)


class WorkingCopy:
    """The copy of a store folder that takes changes. One process at a time may open it."""

    def __init__(self, folder: StoreFolder) -> None:
        self._folder = folder
        self.path = folder.root / FOLDER
        self._store_path = self.path / "store"
        self._snapshots = self.path / "snapshots"
        self._dirty_file, self._base_file = self.path / "dirty", self.path / "base"
        self._count = 0
        self._store: ox.Store | None = None

    @property
    def dirty(self) -> bool:
        """Whether it holds changes that no version has."""
        return self._dirty_file.exists()

    @property
    def base(self) -> str:
        """Name of the version it was made of, ``""`` for none."""
        try:
            return self._base_file.read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def open(self) -> str:
        """Take the copy up again if it holds changes, make it anew otherwise; returns a note for the user, or ``""``."""
        note = ""
        current = self._current()
        if self.dirty and self._store_path.is_dir():
            self._remove_snapshots()
            if self.base == current:
                self._store = ox.Store(str(self._store_path))
                return "changes that were not published yet have been taken up again"
            note = self._laid_aside(current)
        self._anew(current)
        return note

    def _current(self) -> str:
        try:
            return self._folder.current().path.name
        except StoreError:
            if (self._folder.root / "CURRENT").exists():
                raise
            return ""

    def _anew(self, current: str) -> None:
        self._store = None
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(parents=True)
        if current:
            _linked(self._folder.versions / current / "oxigraph", self._store_path)
        self._snapshots.mkdir()
        write_durably(self._base_file, f"{current}\n".encode())
        sync_folder(self.path)
        self._store = ox.Store(str(self._store_path))

    def _laid_aside(self, current: str) -> str:
        """Keep changes to a version that is no longer the current one, unless the current one has them all."""
        if current and self._same_as(current):
            return ""
        aside = self._folder.root / f"unpublished-{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}"
        self.path.rename(aside)
        sync_folder(self._folder.root)
        return (
            f"another version was built while changes were not published yet; they lie in {aside} and are not served. "
            "Its folder store is an Oxigraph store"
        )

    def _same_as(self, current: str) -> bool:
        scratch = self.path / "compared"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        store = ox.Store(str(self._store_path))
        store.dump(str(scratch / "dump.nq"), ox.RdfFormat.N_QUADS)
        del store
        write_sorted([scratch / "dump.nq"], scratch / "sorted.nq")
        return data_version(scratch / "sorted.nq") == self._folder.current().data_version

    def _remove_snapshots(self) -> None:
        shutil.rmtree(self._snapshots, ignore_errors=True)
        self._snapshots.mkdir()

    def change(self, base: str, apply: Callable[[ox.Store], int]) -> tuple[int, str]:
        """Make a change; returns its status and the folder of the snapshot that has it.

        Parameters
        ----------
        base : name of the current version; the copy is made anew if it was made of another one and holds no changes.
        apply : changes the store, or raises `Refused` and leaves it as it was.
        """
        clean = not self.dirty
        if clean and self.base != base:
            self._anew(base)
        assert self._store is not None  # opened before the server listens, closed when it no longer does
        if clean:
            write_durably(self._dirty_file, b"")
            sync_folder(self.path)
        try:
            status = apply(self._store)
        except Refused:
            if clean:
                self._dirty_file.unlink()
            raise
        self._store.flush()
        return status, self.snapshot()

    def snapshot(self) -> str:
        """The store as it is now, for readers; returns its folder."""
        assert self._store is not None  # opened before the server listens, closed when it no longer does
        while True:
            self._count += 1
            path = self._snapshots / str(self._count)
            if not path.exists():
                self._store.backup(str(path))
                return str(path)

    @property
    def half_published(self) -> bool:
        """Whether another machine publishes to it, or was cut off: pieces lie where they are staged, or no date says whole."""
        if self._store is None:
            return False
        if any(isinstance(g, ox.NamedNode) and g.value.startswith(STAGING) for g in self._store.named_graphs()):
            return True
        graph, issued = ox.NamedNode(PUBLICATION), ox.NamedNode(ISSUED)
        said = self._store.quads_for_pattern(None, None, None, graph)
        return (
            next(said, None) is not None
            and next(self._store.quads_for_pattern(graph, issued, None, graph), None) is None
        )

    def published(self, version: str, whole: bool) -> None:
        """Record that a version was made of the copy.

        Parameters
        ----------
        whole : the version has every change.
        """
        replace_durably(self._base_file, f"{version}\n".encode())
        if whole:
            self._dirty_file.unlink(missing_ok=True)
            sync_folder(self.path)


def _answer(copy: WorkingCopy, message: tuple[Any, ...]) -> tuple[Any, ...]:
    kind, *rest = message
    if kind == "published":
        copy.published(*rest)
        return 200, "", "", "", False
    base, *rest = rest
    try:
        if kind == "update":
            text, using, using_named = rest

            def update(store: ox.Store) -> int:
                updated(store, text, using, using_named)
                return 204

            status, snapshot = copy.change(base, update)
        else:
            graphs, documents, address = rest
            actions: dict[str, Callable[[ox.Store], int]] = {
                "PUT": lambda store: graph_put(store, graphs, documents, address),
                "POST": lambda store: graph_post(store, graphs, documents, address),
                "DELETE": lambda store: graph_deleted(store, graphs),
            }
            status, snapshot = copy.change(base, actions[kind])
    except Refused as refusal:
        return refusal.status, "", refusal.what, refusal.remedy, False
    except (OSError, StoreError) as error:
        return 500, "", f"the store could not be written: {error}", "check space and rights", False
    return status, snapshot, "", "", copy.half_published


def main(descriptor: int, root: str) -> None:
    """The process that writes: one change after the other, until the front closes the line.

    It says ``("opened", snapshot or "", note, dirty, half published)`` first. To
    ``("update", base, text, using, using_named)``, ``(method, base, graphs, documents, address)`` and
    ``("published", version, whole)`` it says ``(status, snapshot, what, remedy, half published)``.
    """
    import signal

    from targetgraph.store.nursery import die_with_parent
    from targetgraph.store.worker import bound_memory

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    die_with_parent()
    link = socket.socket(fileno=descriptor)
    copy = WorkingCopy(StoreFolder(root))
    try:
        note = copy.open()
        opened = (
            "opened",
            copy.snapshot() if copy.dirty or not copy.base else "",
            note,
            copy.dirty,
            copy.half_published,
        )
    except (OSError, StoreError) as error:
        link.sendall(wire.packed("failed", "", f"the working copy cannot be opened: {error}", False, False))
        return
    link.sendall(wire.packed(*opened))
    bound_memory(_MEMORY)
    while (message := wire.received(link)) is not None:
        link.sendall(wire.packed(*_answer(copy, message)))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
