"""SPARQL servers over the same statements, on loopback ports; all end with this process."""

from __future__ import annotations

import atexit
import contextlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from targetgraph.store import StoreFolder
from tests.benchmarks.harness import BenchError, Workbench
from tests.benchmarks.virtuoso import Virtuoso

PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: what to call it, its address with the path of the endpoint, and its process."""

    name: str
    root: str
    path: str
    pid: int


def ours(bench: Workbench, store: Path) -> Server:
    """``targetgraph serve`` as it is, with two front processes."""
    port = free_port()
    command = bench.targetgraph("serve", "--store", str(store), "--port", str(port), "--processes", str(PROCESSES))
    return _started("targetgraph serve", command, port, "/sparql")


def oxigraph(store: Path) -> Server:
    """Oxigraph's own server over our store."""
    port = free_port()
    folder = StoreFolder(store).current().oxigraph
    command = [
        str(Path(sys.executable).parent / "oxigraph"), "serve-read-only", "--location", str(folder),
        "--bind", f"127.0.0.1:{port}", "--union-default-graph",
    ]  # fmt: skip
    return _started("Oxigraph's own server", command, port, "/query")


def rdflib_endpoint(nquads: Path) -> Server:
    """rdflib-endpoint in its quickest form: over an Oxigraph store in memory, through oxrdflib."""
    port = free_port()
    command = [
        str(Path(sys.executable).parent / "rdflib-endpoint"), "serve", "--store", "Oxigraph",
        "--port", str(port), "--host", "127.0.0.1", str(nquads),
    ]  # fmt: skip
    return _started("rdflib-endpoint, Oxigraph store", command, port, "/")


def virtuoso(nquads: Path, folder: Path) -> Server:
    """Virtuoso, with a thread for every connection."""
    running = Virtuoso.serving(nquads, folder)
    return Server("Virtuoso", running.root, "/sparql", running.pid)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _started(name: str, command: Sequence[str], port: int, path: str, seconds: float = 120) -> Server:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    atexit.register(_stop, process)
    root, end = f"http://127.0.0.1:{port}", time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(root + path, timeout=5).close()
        except urllib.error.HTTPError:
            return Server(name, root, path, process.pid)
        except OSError:
            time.sleep(0.1)
        else:
            return Server(name, root, path, process.pid)
    raise BenchError(f"{name} does not answer at {root}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(20)
