"""The process people start: it binds the socket, starts fronts, replaces those that die, and passes the signal to stop on."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from targetgraph.errors import TargetGraphError
from targetgraph.web.bells import Bell, Bells
from targetgraph.web.settings import Settings

if TYPE_CHECKING:
    from targetgraph.web.copying import Copier

_FILES = 65_536
_QUICK_SECONDS = 2.0
_MOST_QUICK = 5


def serve(settings: Settings, announce: Callable[[str], None]) -> int:
    """Run the server until SIGTERM or SIGINT; returns an exit code.

    Parameters
    ----------
    announce : called once with the line that says where it listens.

    Raises
    ------
    TargetGraphError
        when the address cannot be had, or the store not be copied.
    """
    listeners = _bound(settings)
    _allow_files()
    copier = None
    if settings.origin:
        from targetgraph.web.copying import Copier

        copier = Copier(settings)
        copier.start()
    address = _address(settings, listeners[0])

    def ready(data_version: str) -> None:
        announce(f"serving {address} (data version {data_version})")

    if settings.processes == 1 and copier is None:
        from targetgraph.web.front import run_front

        return run_front(settings, listeners[0], ready)
    try:
        return _Supervisor(settings, listeners, ready, copier).run()
    finally:
        if copier is not None:
            copier.stop()


def _bound(settings: Settings) -> list[socket.socket]:
    """A socket for each front, all of one address: the kernel then gives each front its share of the connections.

    Over one socket the front that wakes first may take all of them. Only the first is bound alone, so that an address that is
    taken is noticed. Where the system does not share them out, all fronts have the same socket.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listeners = [listener]
    try:
        listener.bind((settings.host, settings.port))
        if sys.platform == "linux" and settings.processes > 1:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            for _ in range(settings.processes - 1):
                another = socket.socket(family)
                listeners.append(another)
                another.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                another.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                another.bind((settings.host, listener.getsockname()[1]))
        listener.listen(2048)  # the others when their fronts are ready: until then no connection is given to them
        for each in listeners:
            each.setblocking(False)
    except OSError as error:
        for each in listeners:
            each.close()
        where = f"{settings.host}:{settings.port}"
        raise TargetGraphError(
            f"the server cannot listen there: {error.strerror or error}", where, "give another --port, or 0 for any"
        ) from error
    return listeners


def _address(settings: Settings, listener: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listener.getsockname()[1]}/"


def _allow_files() -> None:
    """A connection is an open file; take as many as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class _Supervisor:
    """Looks after the fronts, and after the process that copies a remote store."""

    def __init__(
        self,
        settings: Settings,
        listeners: list[socket.socket],
        ready: Callable[[str], None],
        copier: Copier | None,
    ) -> None:
        self._settings, self._listeners, self._ready, self._copier = settings, listeners, ready, copier
        self._bells = Bells(settings.processes)
        self._fronts: dict[int, tuple[float, int]] = {}
        self._stopping = False
        self._code = 0

    def run(self) -> int:
        # Imported before the fronts are forked, so that they share it.
        import targetgraph.web.front  # noqa: F401
        from targetgraph.web.app import load_pages

        load_pages()

        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        reader, writer = os.pipe()
        self._start(0, writer)
        os.close(writer)
        first = b""
        while block := os.read(reader, 1024):
            first += block
        os.close(reader)
        if first:
            self._ready(first.decode())
            for place in range(1, self._settings.processes):
                if not self._stopping:
                    self._start(place)
        self._look_after()
        return self._code

    def _start(self, place: int, told: int | None = None) -> None:
        listener = self._listeners[place % len(self._listeners)]
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
                code = _front(self._settings, listener, told, self._bells.of(place))
            finally:
                with contextlib.suppress(OSError, ValueError):
                    sys.stdout.flush()
                    sys.stderr.flush()
                os._exit(code)
        self._fronts[pid] = (time.monotonic(), place)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _look_after(self) -> None:
        quick = 0
        while self._fronts:
            pid, status = os.wait()
            started = self._fronts.pop(pid, None)
            if started is None:
                if self._copier is not None and not self._stopping:
                    self._copier.ended(pid)
                continue
            code = os.waitstatus_to_exitcode(status)
            if self._stopping:
                continue
            since, place = started
            quick = quick + 1 if time.monotonic() - since < _QUICK_SECONDS else 0
            if code == 2 or quick > _MOST_QUICK:
                print(f"error: a front ended with status {code} and is not started again", file=sys.stderr, flush=True)
                self._code = 2
                self._stop()
                continue
            print(f"warning: a front ended with status {code}; another takes its place", file=sys.stderr, flush=True)
            self._start(place)

    def _stop(self, *_: Any) -> None:
        self._stopping = True
        for pid in tuple(self._fronts):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)


def _front(settings: Settings, listener: socket.socket, told: int | None, bell: Bell) -> int:
    from targetgraph.store.nursery import die_with_parent
    from targetgraph.web.front import run_front

    die_with_parent(signal.SIGTERM)

    def ready(data_version: str) -> None:
        if told is not None:
            os.write(told, data_version.encode())
            os.close(told)

    return run_front(settings, listener, ready, bell)
