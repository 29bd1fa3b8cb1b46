"""A process of its own for every query, so that it can really be stopped.

A running Oxigraph query hears no signal and no flag; only ending its process ends it. Where the system can
fork, the child shares the loaded store and costs a few milliseconds; elsewhere a fresh interpreter opens the
store again. The child also sets itself an alarm, so that it ends on time even when its parent was killed.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from targetgraph.errors import StoreError
from targetgraph.store.evaluation import Frame, frames
from targetgraph.store.limits import Limits, size_exceeded, time_exceeded, worker_died

if TYPE_CHECKING:
    from targetgraph.store.inferences import Dataset

CAN_FORK: Final = hasattr(os, "fork") and sys.platform != "darwin"
_GRACE_SECONDS: Final = 1.0
_READ: Final = 1 << 16


def answered_by_fork(
    store: ox.Store, text: str, limits: Limits, own_dataset: bool, dataset: Dataset | None = None
) -> Iterator[Frame]:
    """Frames of the answer, computed in a forked child.

    Raises
    ------
    LimitExceeded
        when the child had to be stopped.
    """
    reader, writer = os.pipe()
    sys.stdout.flush()
    with warnings.catch_warnings():
        # Python 3.12 warns of forking beside RocksDB's idle threads; the child only reads, and is killed if
        # it hangs
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        _child(store, text, limits, own_dataset, dataset, reader, writer)
    os.close(writer)
    status: int | None = None
    try:
        complete = False
        for line in _lines_in_time(reader, limits):
            frame: Frame = json.loads(line)
            yield frame
            complete = frame[0] in ("end", "error")
        if not complete:
            _, wait_status = os.waitpid(pid, 0)
            status = os.waitstatus_to_exitcode(wait_status)
            raise _end_of(status, limits)
    finally:
        os.close(reader)
        if status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _end_of(status: int, limits: Limits) -> Exception:
    alarm = getattr(signal, "SIGALRM", None)
    return time_exceeded(limits) if alarm is not None and status == -alarm else worker_died(limits, status)


def _lines_in_time(reader: int, limits: Limits) -> Iterator[bytes]:
    """Lines from a pipe until its end, as long as time and size allow."""
    deadline = None if limits.time_seconds is None else time.monotonic() + limits.time_seconds
    size, rest = 0, b""
    with selectors.DefaultSelector() as selector:  # select() itself knows no file numbered above 1,023
        selector.register(reader, selectors.EVENT_READ)
        while True:
            wait = None if deadline is None else max(0.0, deadline - time.monotonic())
            if not selector.select(wait):
                raise time_exceeded(limits)
            block = os.read(reader, _READ)
            if not block:
                return
            size += len(block)
            if limits.bytes is not None and size > limits.bytes:
                raise size_exceeded(limits)
            *lines, rest = (rest + block).split(b"\n")
            yield from lines


def _child(
    store: ox.Store,
    text: str,
    limits: Limits,
    own_dataset: bool,
    dataset: Dataset | None,
    reader: int,
    writer: int,
) -> None:  # never returns
    status = 1
    try:
        os.close(reader)
        _bound_self(limits)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        with os.fdopen(writer, "wb") as output:
            _send(frames(store, text, limits.rows, own_dataset, dataset), output)
        status = 0
    finally:
        os._exit(status)


def _bound_self(limits: Limits) -> None:
    """Bounds that hold even without the parent: an alarm that kills, and a ceiling on memory."""
    faulthandler.disable()  # the parent's may be on; running out of memory is no crash to report
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if limits.time_seconds is not None and hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
        signal.setitimer(signal.ITIMER_REAL, limits.time_seconds + _GRACE_SECONDS)
    bound_memory(limits.memory_bytes)


def bound_memory(extra: int | None) -> None:
    """Let this process take ``extra`` bytes beyond what it has (where the system can bound it)."""
    statm = Path("/proc/self/statm")
    if extra is not None and statm.exists():
        import resource

        taken = int(statm.read_text().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        ceiling = taken + extra
        if hard == resource.RLIM_INFINITY or ceiling < hard:
            resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))


def _send(stream: Iterable[Frame], output: IO[bytes]) -> None:
    for frame in stream:
        output.write(json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    output.flush()


def answered_by_spawn(
    source: Path, text: str, limits: Limits, own_dataset: bool, dataset: Dataset | None = None
) -> Iterator[Frame]:
    """Frames of the answer, computed in a fresh interpreter.

    Parameters
    ----------
    source : a store folder, or an N-Quads file the worker loads first.

    Raises
    ------
    LimitExceeded
        when the worker had to be stopped.
    """
    request = {
        "source": str(source),
        "text": text,
        "limits": asdict(limits),
        "own_dataset": own_dataset,
        "dataset": dataset,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "targetgraph.store.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    timer = None if limits.time_seconds is None else threading.Timer(limits.time_seconds, stop)
    if timer is not None:
        timer.daemon = True
        timer.start()
    try:
        with process.stdin as stdin:  # type: ignore[union-attr]
            stdin.write(json.dumps(request).encode())
        yield from _checked(process.stdout, limits)  # type: ignore[arg-type]
        status = process.wait()
        if late.is_set():
            raise time_exceeded(limits)
        if status:
            raise _end_of(status, limits)
    finally:
        if timer is not None:
            timer.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _checked(output: IO[bytes], limits: Limits) -> Iterator[Frame]:
    size = 0
    for line in output:
        size += len(line)
        if limits.bytes is not None and size > limits.bytes:
            raise size_exceeded(limits)
        if line.endswith(b"\n"):
            yield json.loads(line)


def _opened(source: Path) -> ox.Store:
    try:
        if source.is_dir():
            return ox.Store.read_only(str(source))
        store = ox.Store()
        store.bulk_load(path=str(source), format=ox.RdfFormat.N_QUADS)
        return store
    except OSError as error:
        raise StoreError(
            f"the store cannot be opened: {error}", str(source), "run `targetgraph build` to make it anew"
        ) from error


def main() -> None:
    """Serve one request from standard input."""
    request: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    limits = Limits(**request["limits"])
    store = _opened(Path(request["source"]))
    dataset = None
    if request["dataset"] is not None:
        from targetgraph.store.inferences import Dataset

        dataset = Dataset(*request["dataset"])
    _bound_self(limits)
    _send(frames(store, request["text"], limits.rows, request["own_dataset"], dataset), sys.stdout.buffer)


if __name__ == "__main__":
    main()
