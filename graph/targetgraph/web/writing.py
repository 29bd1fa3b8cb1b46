"""Writing, as a front sees it: one process that writes, readers that follow, and versions made when writing pauses."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import os
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from targetgraph.errors import StoreError
from targetgraph.store import wire
from targetgraph.store.working_copy import FOLDER
from targetgraph.web.answers import Answer, Headers, Scope, header, problem

if TYPE_CHECKING:
    from targetgraph.store import StoreFolder, Version
    from targetgraph.web.settings import Settings
    from targetgraph.web.workers import Pool

_RETRY_SECONDS: Final = 30.0
_DOCUMENT_SECONDS: Final = 300.0


def forbidden(scope: Scope, token: str) -> Answer | None:
    """The answer to somebody who may not write; None for who may.

    The token is compared in constant time.
    """
    if not token:
        return problem(
            scope,
            403,
            "this server can only be read: it was started without a token for writing",
            "start it with --token-file, or with the environment variable TARGETGRAPH_TOKEN",
        )
    scheme, _, given = header(scope, b"authorization").partition(" ")
    if scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode("latin-1"), token.encode()):
        return None
    challenge = [(b"www-authenticate", b'Bearer realm="targetgraph"')]
    return problem(scope, 401, "writing needs the token of this server", "send Authorization: Bearer …", challenge)


class Front(Protocol):
    """What writing needs of a front: see `targetgraph.web.context.WebContext`."""

    settings: Settings
    pool: Pool
    folder: StoreFolder
    version: Version | None
    data_version: str

    async def take_up(self) -> None:
        """Change to the current version."""

    def rebased(self) -> None:
        """Know the current version without changing to it."""

    def renamed(self, data_version: str) -> None:
        """Forget what was kept of the statements served so far."""


class Writing:
    """The changes of one front's clients, one after the other.

    Attributes
    ----------
    dirty : there are changes that no version has; then no other version is taken up, and no build can begin.
    """

    def __init__(self, context: Front) -> None:
        self._context = context
        self.dirty = False
        self._turn = asyncio.Lock()
        self._stopping = asyncio.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._lock: contextlib.ExitStack | None = None
        self._publishing: asyncio.Task[None] | None = None
        self._changes = 0
        self._half_published = False
        self._name = secrets.token_hex(3)
        self._snapshot: Path | None = None

    async def start(self) -> None:
        """Start the process that writes, and take up changes that a server before left unpublished.

        Raises
        ------
        StoreError
            when the working copy cannot be opened.
        """
        snapshot, note, dirty = await self._open()
        if note:
            print(f"note: {note}", file=sys.stderr, flush=True)
        if dirty:
            self._hold()
            await self._show(Path(snapshot))
            self._publish_later()
        elif snapshot:  # nothing has been built here: an empty store
            await self._context.pool.open(Path(snapshot))
            self._context.renamed("none")

    async def _open(self) -> tuple[str, str, bool]:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "targetgraph.store.working_copy", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(
                [*command, str(self._context.settings.store)], stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
            )
        self._reader, self._writer = await asyncio.open_unix_connection(sock=ours)
        kind, snapshot, note, dirty, self._half_published = await self._received()
        if kind != "opened":
            raise StoreError(note, str(self._context.settings.store), "check space and rights")
        return snapshot, note, dirty

    async def _received(self) -> tuple[Any, ...]:
        if self._reader is None:
            raise ConnectionError
        head = await self._reader.readexactly(wire.HEAD)
        return wire.unpacked(await self._reader.readexactly(wire.length_of(head)))

    async def change(self, scope: Scope, kind: str, *values: Any, location: str = "") -> Answer:
        """Have a change made; readers see it when this returns.

        Parameters
        ----------
        kind, values : ``"update"`` with text and graphs; ``"PUT"``, ``"POST"``, ``"DELETE"`` with graphs, documents, address.
        location : address of what may come to be, for 201.
        """
        async with self._turn:
            try:
                self._hold()
            except StoreError:
                return problem(scope, 503, "a build is under way", "ask again when it has ended")
            try:
                if not self.dirty:
                    await self._context.take_up()
                version = self._context.version
                base = version.path.name if version is not None else ""
                status, snapshot, what, remedy, half_published = await self._asked(kind, base, *values)
                if snapshot:
                    self._half_published = half_published
                    await self._show(Path(snapshot))
                    self._publish_later()
            finally:
                self._release_if_clean()
        if what:
            return problem(scope, status, what, remedy)
        headers: Headers = [(b"targetgraph-data-version", self._context.data_version.encode())]
        if status == 201 and location:
            headers.append((b"location", location.encode("ascii", "ignore")))
        return Answer(status, headers)

    async def _asked(self, *message: Any) -> tuple[Any, ...]:
        """Ask the process that writes; it is replaced when it takes too long, or dies."""
        seconds = self._context.settings.seconds
        if message[0] != "update":  # bounded by the size of the request, not by what it asks
            seconds = max(seconds, _DOCUMENT_SECONDS)
        if self._writer is None:
            return 503, "", "the process that writes is not there", "ask again a little later", False
        try:
            self._writer.write(wire.packed(*message))
            return await asyncio.wait_for(self._received(), seconds)
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError) as error:
            await self._restart()
            if isinstance(error, TimeoutError):
                return (
                    503,
                    "",
                    f"the change was stopped after {seconds:g} seconds; nothing was written",
                    "write less at once",
                    False,
                )
            return (
                503,
                "",
                "the process that writes ended over this; nothing was written",
                "write less at once, or flatter",
                False,
            )

    async def _restart(self) -> None:
        await self._end_process()
        snapshot, _, dirty = await self._open()
        if dirty:
            # What was acknowledged, and perhaps the change that had just been made: show what is there.
            await self._show(Path(snapshot))

    async def _end_process(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    async def _show(self, snapshot: Path) -> None:
        self.dirty = True
        self._changes += 1
        self._snapshot = snapshot
        await self._context.pool.open(snapshot)
        version = self._context.version
        base = version.data_version if version is not None else "new"
        self._context.renamed(f"{base}-{self._name}-{self._changes}")

    def _hold(self) -> None:
        """Keep builds out."""
        if self._lock is None:
            with contextlib.ExitStack() as stack:
                stack.enter_context(self._context.folder.lock())
                self._lock = stack.pop_all()

    def _release_if_clean(self) -> None:
        if not self.dirty and self._lock is not None:
            self._lock.close()
            self._lock = None

    def _publish_later(self) -> None:
        if self._publishing is None or self._publishing.done():
            self._publishing = asyncio.create_task(self._publish_when_quiet())

    async def _publish_when_quiet(self) -> None:
        pause = self._context.settings.publish_after
        quiet, failed = 0.0, False
        while self.dirty and not self._stopping.is_set():
            seen = self._changes
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)
            quiet = quiet + pause if seen == self._changes else 0.0
            # While somebody publishes to us no version is made of half of it, nor of what is staged and in its place already.
            if quiet >= (_RETRY_SECONDS if failed or self._half_published else pause) and not self._stopping.is_set():
                quiet, failed = 0.0, not await self.publish()

    async def publish(self) -> bool:
        """Make a version of what has been written; False if it did not work (nothing is lost then)."""
        seen, snapshot = self._changes, self._snapshot
        if not self.dirty or snapshot is None:
            return True
        command = [
            sys.executable,
            "-m",
            "targetgraph.pipeline.publishing",
            str(snapshot),
            str(self._context.settings.store),
        ]
        process = await asyncio.create_subprocess_exec(
            *command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, 5)
        out, err = await process.communicate()
        if process.returncode:
            print(f"warning: what was written is kept but not published: {err.decode()}", file=sys.stderr, flush=True)
            return False
        async with self._turn:
            whole = seen == self._changes
            await self._asked("published", out.decode().strip(), whole)
            if whole:
                self.dirty, self._snapshot = False, None
                await self._context.take_up()
                self._release_if_clean()
            else:
                self._context.rebased()
        return True

    def let_go(self, path: Path | None) -> None:
        """Remove a snapshot that nobody reads any more."""
        if path is not None and path != self._snapshot and path.parent.parent.name == FOLDER:
            shutil.rmtree(path, ignore_errors=True)

    async def stop(self) -> None:
        """Publish what has been written, and end."""
        self._stopping.set()
        if self._publishing is not None:
            await self._publishing
        if self.dirty:
            await self.publish()
        await self._end_process()
        if self._lock is not None:
            self._lock.close()
