"""The processes that answer the queries of a server: a nursery, one keeper for each opened store, and their workers.

::

    front (HTTP) ── nursery          clean, single-threaded, holds no store; forks a keeper for each data version
                 ├─ keeper           has opened the store for reading; forks workers, reaps them, kills them on request
                 └─ worker, worker … one query at a time; the front speaks to each directly

Each line is a socket pair made by the front; the other end is handed over with the request that asks for the process
(``SCM_RIGHTS``). All of them end when their end of it is closed, and a worker also when its time is up, so that nothing is
left behind by a front that was killed.
"""

from __future__ import annotations

import array
import contextlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from targetgraph.errors import StoreError
from targetgraph.store import wire

if TYPE_CHECKING:
    import pyoxigraph as ox

    from targetgraph.store.inferences import KeptInferences

_GRACE_SECONDS: Final = 2.0


def start_nursery() -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start a nursery; returns its process and our end of the line to it."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "targetgraph.store.nursery", str(theirs.fileno())]
    with theirs:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])
    return process, ours


def request(link: socket.socket, given: socket.socket, *values: Any) -> None:
    """Send a message with one end of a socket pair attached."""
    message = wire.packed(*values)
    attached = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [given.fileno()]))]
    sent = link.sendmsg([message], attached)
    if sent < len(message):
        link.sendall(message[sent:])


def _request_from(link: socket.socket) -> tuple[tuple[Any, ...], socket.socket | None] | None:
    """The next message and the socket that came with it."""
    descriptors = array.array("i")
    try:
        head, ancillary, _, _ = link.recvmsg(wire.HEAD, socket.CMSG_SPACE(descriptors.itemsize))
    except OSError:
        return None
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(data[: descriptors.itemsize])
    while head and len(head) < wire.HEAD:
        more = link.recv(wire.HEAD - len(head))
        head = head + more if more else b""
    if not head:
        return None
    length, body = wire.length_of(head), b""
    while len(body) < length:
        more = link.recv(length - len(body))
        if not more:
            return None
        body += more
    given = socket.socket(fileno=descriptors[0]) if descriptors else None
    return wire.unpacked(body), given


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Have the kernel send us a signal when whoever forked us is gone (Linux)."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, number, 0, 0, 0)


def _quiet() -> None:
    """Signals meant for the server are the front's business: it tells us by closing the line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


class _Children:
    """Children of this process, reaped as they end; ``on_end(pid, status)`` is called for each."""

    def __init__(self, on_end: Any = None) -> None:
        self.pids: set[int] = set()
        self._on_end = on_end
        signal.signal(signal.SIGCHLD, lambda *_: self.reap())

    def fork(self) -> int:
        # Blocked, so that a child that ends at once is known before it is reaped.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        pid = os.fork()
        if pid:
            self.pids.add(pid)
        else:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self.pids = set()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        return pid

    def reap(self) -> None:
        while self.pids:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            if pid in self.pids:
                self.pids.discard(pid)
                if self._on_end is not None:
                    self._on_end(pid, os.waitstatus_to_exitcode(status))

    def kill(self, pid: int) -> None:
        if pid in self.pids:
            os.kill(pid, signal.SIGKILL)

    def kill_all(self) -> None:
        for pid in tuple(self.pids):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def nursery(link: socket.socket) -> None:
    """Fork a keeper for each request ``(path, resident, memory)``, until the front closes the line."""
    _quiet()
    die_with_parent()
    # What the processes forked from here will need; they must not each load it again.
    import targetgraph.store.inferences
    import targetgraph.store.protocol_answers
    import targetgraph.store.resident
    import targetgraph.store.syntax
    import targetgraph.store.worker  # noqa: F401

    children = _Children()
    while (asked := _request_from(link)) is not None:
        (path, resident, memory), given = asked
        if given is None:
            continue
        if children.fork() == 0:
            link.close()
            _leave(lambda given=given, asked=(path, resident, memory): keeper(given, *asked))
        given.close()
    children.kill_all()


def _leave(work: Any) -> None:
    """Do the work of a forked process and end it, whatever happens, without the parent's clean-up."""
    try:
        work()
    finally:
        os._exit(0)


def keeper(link: socket.socket, path: str, resident: int, memory: int | None) -> None:
    """Open a store for reading, in memory if it is small, and fork workers over it, until the front closes the line.

    Messages to it: ``("worker",)`` with a socket; ``("kill", pid)``. From it: ``("opened", "" or why not)``, then
    ``("forked", pid)`` in the order of the requests, and ``("ended", pid, status)``.
    """
    die_with_parent()
    import pyoxigraph as ox

    from targetgraph.store.inferences import KeptInferences
    from targetgraph.store.resident import opened

    try:
        store = opened(Path(path), resident) if path else ox.Store()
        kept = KeptInferences.beside(Path(path)) if path else None
        if kept is not None:
            _ = kept.store  # opened now: the folder may be gone when somebody asks
    except (OSError, RuntimeError, ValueError, StoreError) as error:
        link.sendall(wire.packed("opened", f"the store cannot be opened: {error}"))
        return
    link.sendall(wire.packed("opened", ""))

    def ended(pid: int, status: int) -> None:
        with contextlib.suppress(OSError):
            link.sendall(wire.packed("ended", pid, status))

    children = _Children(ended)
    while (asked := _request_from(link)) is not None:
        values, given = asked
        if values[0] == "kill":
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
            children.kill(values[1])
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        elif given is not None:
            pid = children.fork()
            if pid == 0:
                link.close()
                _leave(lambda given=given: worker(given, store, memory, kept))
            given.close()
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
            link.sendall(wire.packed("forked", pid))
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    children.kill_all()


def worker(link: socket.socket, store: ox.Store, memory: int | None, kept: KeptInferences | None) -> None:
    """Answer one query after the other, until the front closes the line."""
    from targetgraph.store.protocol_answers import replied
    from targetgraph.store.worker import bound_memory

    die_with_parent()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    bound_memory(memory)
    link.sendall(wire.packed("ready"))
    while (values := wire.received(link)) is not None:
        seconds = values[-1]
        if seconds is not None:
            signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE_SECONDS)
        message = wire.packed(*replied(store, values, kept))
        if seconds is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            link.sendall(message)
        except OSError:
            return


if __name__ == "__main__":
    nursery(socket.socket(fileno=int(sys.argv[1])))
