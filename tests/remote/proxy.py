"""A TCP relay on the loopback interface that counts connections, cuts them at chosen bytes, or lets them hang."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

#: Given the number of a connection, from 1: after how many bytes of either direction it is cut; None: never.
Plan = Callable[[int], int | None]


class Proxy:
    """The relay; ``connections`` counts those so far, ``cuts`` those it cut."""

    def __init__(self, target: str, plan: Plan, hang: bool) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or "", parts.port or 80)
        self._plan, self._hang = plan, hang
        self.connections = self.cuts = 0
        self.reached, self._closed = threading.Event(), threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(client, self._plan(self.connections)), daemon=True).start()

    def _serve(self, client: socket.socket, budget: int | None) -> None:
        with contextlib.suppress(OSError), client, socket.create_connection(self._target) as server:
            left = [budget]
            back = threading.Thread(target=self._pump, args=(server, client, left), daemon=True)
            back.start()
            self._pump(client, server, left)
            back.join()

    def _pump(self, source: socket.socket, sink: socket.socket, left: list[int | None]) -> None:
        with contextlib.suppress(OSError):
            while block := source.recv(4096):
                budget = left[0]
                if budget is not None and len(block) > budget:
                    sink.sendall(block[:budget])
                    self.cuts += 1
                    self.reached.set()
                    if self._hang:
                        self._closed.wait(120)
                    break
                if budget is not None:
                    left[0] = budget - len(block)
                sink.sendall(block)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Take no more connections, and end those that hang: a server would wait a minute for the rest of a request."""
        self._closed.set()
        self._listener.close()


@contextlib.contextmanager
def proxied(target: str, plan: Plan = lambda _: None, hang: bool = False) -> Iterator[Proxy]:
    """A relay to the host and port of an address, for the length of a block."""
    proxy = Proxy(target, plan, hang)
    try:
        yield proxy
    finally:
        proxy.close()
