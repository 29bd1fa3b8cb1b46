"""HTTP connections with bounds that uvicorn does not set: on the number of them, on heads, on slow clients."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from targetgraph.web.settings import Settings

_BLOCK = 64 * 1024
_WITH_BODY: Final = frozenset({b"content-length", b"transfer-encoding", b"expect"})
_FOUND: Final = b"HTTP/1.1 200 OK\r\n"


class _Corked:
    """A transport that sends head and body of an answer together, as one packet where they fit into one."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._parts: list[bytes] = []
        self._later = False

    def write(self, data: bytes) -> None:
        """Keep it until whoever writes has nothing more to write for now."""
        self._parts.append(data)
        if not self._later:
            self._later = True
            self._loop.call_soon(self._flush)

    def write_at_once(self, data: bytes) -> None:
        """Send it now, after whatever is kept."""
        self._flush()
        self._transport.write(data)

    def _flush(self) -> None:
        parts, self._parts, self._later = self._parts, [], False
        if parts and not self._transport.is_closing():
            self._transport.writelines(parts)

    def close(self) -> None:
        """Send what is kept, and close."""
        self._flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


Shortcut = Callable[[bytes, list[tuple[bytes, bytes]]], bytes | None]
"""Answers a GET without a body from its address and header lines, head and body in one; or leaves it to the application."""


def bounded_protocol(settings: Settings, shortcut: Shortcut | None = None) -> type[asyncio.Protocol]:
    """The class of connections for these settings, to be given to uvicorn as ``http``.

    Parameters
    ----------
    shortcut : asked before the application is; what it answers has cost no task and no message of ASGI.
    """

    class Connection(HttpToolsProtocol):
        """One connection. Times are looked at by a sweep, so that a request sets no timer."""

        # what is being received: "" (between requests), "head", "body"
        receiving = ""
        since = 0.0
        head_bytes = 0
        body_bytes = 0
        refused = False
        answered = False
        unsent = 0
        unsent_since = 0.0

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            """Take the connection, or say that there is no room."""
            super().connection_made(cast("asyncio.Transport", _Corked(cast("asyncio.Transport", transport), self.loop)))
            self.receiving, self.since = "head", self.loop.time()
            if len(self.connections) > settings.connections:
                self.refuse(503, "Service Unavailable", "too many connections are open; try again a little later")

        def refuse(self, status: int, phrase: str, what: str) -> None:
            """Answer without an application, and close; once."""
            if self.refused:
                return
            self.refused = True
            body = f"{what}\n".encode()
            head = (
                f"HTTP/1.1 {status} {phrase}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {len(body)}\r\n"
                f"{'retry-after: 5' + chr(13) + chr(10) if status == 503 else ''}connection: close\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
            self.transport.close()

        def data_received(self, data: bytes) -> None:
            """Hand on what came, unless the head is beyond its bounds."""
            if self.refused:
                return
            if self.receiving == "":
                self.receiving, self.since = "head", self.loop.time()
            if self.receiving == "head":
                self.head_bytes += len(data)
            super().data_received(data)
            if self.in_head() and self.head_bytes > settings.header_bytes:
                if len(getattr(self, "url", b"")) > settings.url_bytes:
                    self.refuse(
                        414, "URI Too Long", f"the address is longer than {settings.url_bytes:,} bytes; use POST"
                    )
                else:
                    self.refuse(431, "Request Header Fields Too Large", "the head of the request is too long")

        def in_head(self) -> bool:
            """Whether the head of a request is still coming."""
            return self.receiving == "head"

        def on_headers_complete(self) -> None:
            """Begin the request, unless its address is too long."""
            if self.refused:
                return
            self.head_bytes = self.body_bytes = 0
            self.receiving = "body"
            if len(self.url) > settings.url_bytes:
                self.refuse(414, "URI Too Long", f"the address is longer than {settings.url_bytes:,} bytes; use POST")
                return
            self.answered = shortcut is not None and self.take_shortcut(shortcut)
            if not self.answered:
                super().on_headers_complete()

        def take_shortcut(self, shortcut: Shortcut) -> bool:
            """Answer at once what can be; whether that was done."""
            if (
                not getattr(self.cycle, "response_complete", True)  # another one is being answered
                or self.flow.write_paused
                or self.parser.get_method() != b"GET"
                or self.parser.get_http_version() != "1.1"
                or not self.parser.should_keep_alive()
                or self.parser.should_upgrade()
                or any(name in _WITH_BODY for name, _ in self.headers)
            ):
                return False
            answer = shortcut(self.url, self.headers)
            if answer is None:
                return False
            cast("_Corked", self.transport).write_at_once(
                b"".join((_FOUND, *(b"%b: %b\r\n" % pair for pair in self.server_state.default_headers), answer))
            )
            return True

        def on_body(self, body: bytes) -> None:
            """A part of a body: for each block of it the client has its time anew."""
            if self.refused:
                return
            self.body_bytes += len(body)
            if self.body_bytes >= _BLOCK:
                self.body_bytes = 0
                self.since = self.loop.time()
            super().on_body(body)

        def on_message_complete(self) -> None:
            """The request is whole."""
            if self.refused:
                return
            self.receiving = ""
            if self.answered:
                self.answered = False
                self.on_response_complete()
            else:
                super().on_message_complete()

        def sweep(self, now: float) -> None:
            """Close the connection of a client that is too slow, in sending or in taking what it asked for."""
            unsent = self.transport.get_write_buffer_size()
            if unsent == 0 or unsent != self.unsent:
                self.unsent, self.unsent_since = unsent, now
            elif now - self.unsent_since > settings.idle_seconds:
                self.transport.abort()
                return
            waits = now - self.since
            if self.receiving == "head" and waits > settings.header_seconds:
                if self.head_bytes:
                    self.refuse(408, "Request Timeout", "the head of the request did not arrive in time")
                else:
                    self.transport.close()
            elif self.receiving == "body" and waits > settings.body_seconds and not self.flow.read_paused:
                self.transport.abort()

    return Connection


async def sweep_connections(connections: set[Any]) -> None:
    """Look after the slow ones, for ever."""
    while True:
        await asyncio.sleep(1.0)
        now = asyncio.get_running_loop().time()
        for connection in tuple(connections):
            connection.sweep(now)
