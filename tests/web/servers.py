"""Real servers for tests: started by the command itself, on a free port, stopped by SIGTERM."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import re
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import urllib3

from tests.once import running_once

_LINE = re.compile(r"serving (http://\S+) \(data version ([\w-]+)\)")


@dataclass(frozen=True)
class Address:
    """Where a server runs (with a slash at the end), and the data version it serves."""

    url: str
    data_version: str

    @property
    def sparql(self) -> str:
        return self.url + "sparql"

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1].strip("/"))


@dataclass(frozen=True)
class Server(Address):
    """A running server that this process has started."""

    process: subprocess.Popen[str]
    errors: Path

    def descendants(self) -> list[int]:
        """Processes below the one that was started (Linux)."""
        found, wanted = [], [self.process.pid]
        while wanted:
            pid = wanted.pop()
            with contextlib.suppress(OSError):
                children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
                found += [int(child) for child in children]
                wanted += [int(child) for child in children]
        return found

    def kill(self) -> None:
        """SIGKILL to all of its processes."""
        for pid in (self.process.pid, *self.descendants()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.forget()

    def forget(self) -> None:
        """Let go of its output."""
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.errors.unlink(missing_ok=True)

    def stop(self, patience: float = 60) -> int:
        """SIGTERM, and the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(patience)


def _end_with_parent() -> None:
    """A server stops when the worker that started it is killed and cannot stop it itself (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def start(
    store: Path | str, *options: str, environment: Mapping[str, str] | None = None, patience: float = 90
) -> Server:
    """Start ``targetgraph serve`` and wait for the line that says where it listens.

    It makes nothing before it is asked, which would take the cores from the tests; those about that say ``--prepare``.
    """
    command = [sys.executable, "-m", "targetgraph", "serve", "--store", str(store), "--port", "0", "--no-prepare"]
    command += options
    handle, name = tempfile.mkstemp(prefix="serve-", suffix=".err")
    errors = Path(name)
    with os.fdopen(handle, "w") as stream:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=stream, text=True, env={**os.environ, **(environment or {})},
            preexec_fn=_end_with_parent,
        )  # fmt: skip
    assert process.stdout is not None
    try:
        deadline = time.monotonic() + patience
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while time.monotonic() < deadline and process.poll() is None:
                if selector.select(0.5):
                    line = process.stdout.readline()
                    if match := _LINE.fullmatch(line.strip()):
                        return Server(match[1], match[2], process, errors)
                    break
        raise AssertionError(f"the server did not start: {errors.read_text()}")
    except BaseException:
        process.kill()
        process.wait()
        process.stdout.close()
        raise


@contextlib.contextmanager
def serving(store: Path | str, *options: str, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server for the time of a block."""
    server = start(store, *options, environment=environment)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()
        server.forget()


def client() -> urllib3.PoolManager:
    """Connections that neither retry nor follow redirects by themselves."""
    return urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(connect=10, read=120), maxsize=32)


@contextlib.contextmanager
def serving_once(factory: pytest.TempPathFactory, name: str, store: Path | str, *options: str) -> Iterator[Address]:
    """A server for all the workers of a run. For reading only."""

    def begin(folder: Path) -> Callable[[], object]:
        stack = contextlib.ExitStack()
        server = stack.enter_context(serving(store, *options))
        (folder / "server.json").write_text(json.dumps([server.url, server.data_version]))
        return stack.close

    with running_once(factory, name, begin) as folder:
        yield Address(*json.loads((folder / "server.json").read_text()))
