"""Virtuoso (open-source edition 7), started on loopback ports over a scratch folder of its own, and surely stopped."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_SETTINGS = """[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
ThreadsPerQuery = {threads}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = {connections}
[SPARQL]
ResultSetMaxRows = {rows}
"""


def reason_to_skip() -> str:
    """Why Virtuoso cannot take part; empty when it can."""
    missing = [program for program in ("virtuoso-t", "isql-vt") if not shutil.which(program)]
    return f"{', '.join(missing)} not installed (Debian: virtuoso-opensource-7)" if missing else ""


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_parent() -> None:
    """The server dies with whoever started it, even if that is killed (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Virtuoso:
    """A running server; it ends with this process.

    Parameters
    ----------
    folder : for its database, and for files it may load.
    buffers : pages of 8 KiB it keeps in memory.
    threads : threads a query may use.
    connections : requests it works on at a time.
    rows : rows after which it cuts answers.
    """

    USER = PASSWORD = "dba"

    def __init__(
        self,
        folder: Path,
        buffers: int = 8_000,
        threads: int = 1,
        connections: int = 6,
        rows: int = 1_000_000,
    ) -> None:
        self._sql, self.port = free_port(), free_port()
        folder.mkdir(exist_ok=True)
        settings = folder / "virtuoso.ini"
        settings.write_text(
            _SETTINGS.format(
                folder=folder, sql=self._sql, http=self.port, buffers=buffers, dirty=buffers * 3 // 4,
                threads=threads, connections=connections, rows=rows,
            )
        )  # fmt: skip
        self._process = subprocess.Popen(
            ["virtuoso-t", "+foreground", "+configfile", str(settings)],
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=_end_with_parent,
        )  # fmt: skip
        self.pid = self._process.pid
        atexit.register(self.stop)
        self._wait()

    @property
    def root(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def sparql(self) -> str:
        """Its query endpoint."""
        return f"{self.root}/sparql"

    def run(self, statements: str) -> None:
        """Run SQL statements as its administrator."""
        subprocess.run(self.isql(statements), check=True, stdout=subprocess.DEVNULL)

    def isql(self, statements: str) -> list[str]:
        """The command that runs SQL statements as its administrator."""
        return ["isql-vt", f"127.0.0.1:{self._sql}", self.USER, self.PASSWORD, f"exec={statements}"]

    def stop(self) -> None:
        """End it at once: its data are of no further use."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait(30)

    def _wait(self, seconds: float = 90) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                socket.create_connection(("127.0.0.1", self._sql), 1).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        self.stop()
        raise TimeoutError("virtuoso does not answer")


@contextlib.contextmanager
def running(folder: Path, rows: int = 1_000_000) -> Iterator[Virtuoso]:
    """A server for the length of a block."""
    server = Virtuoso(folder, rows=rows)
    try:
        yield server
    finally:
        server.stop()
