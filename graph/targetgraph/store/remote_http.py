"""Requests to a SPARQL service: retried when the connection drops, bounded in time and size, never redirected elsewhere."""

from __future__ import annotations

import random
import re
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from urllib.parse import urljoin

from targetgraph import __version__
from targetgraph.errors import LimitExceeded, StoreError
from targetgraph.store.limits import Limits, size_exceeded, time_exceeded
from targetgraph.store.remote_address import is_loopback, origin
from targetgraph.store.remote_credentials import Authorisation, Credentials

Value = TypeVar("Value")

CONNECT_SECONDS: Final = 10.0
PATIENCE_SECONDS: Final = 600.0
"""How long a request without a limit may stay without a byte."""

_BLOCK: Final = 1 << 16
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_BUSY: Final = (429, 502, 503, 504)
_SHOWN: Final = 600
_MARKUP: Final = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL | re.IGNORECASE)


class Dropped(Exception):
    """The connection ended, or never came about, before the answer was whole: another attempt may do better."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to send.

    Parameters
    ----------
    harmless : whether it may be sent again when nobody knows whether it arrived.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    harmless: bool = True


class Body:
    """An answer being read: unpacked, counted, and stopped at its limits.

    Raises (from `read`)
    --------------------
    Dropped
        when the connection ends too early.
    LimitExceeded
        when the answer is too long or takes too long.
    """

    def __init__(self, response: Any, limits: Limits | None, deadline: float | None) -> None:
        self._response, self._limits, self._deadline = response, limits, deadline
        self.status: int = response.status
        self.headers: Mapping[str, str] = response.headers
        packed = response.headers.get("content-encoding", "").lower() in ("gzip", "x-gzip")
        self._unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if packed else None
        self._size = 0
        self.failure: Exception | None = None

    def read(self, amount: int = _BLOCK) -> bytes:
        """At most ``amount`` bytes; none at the end."""
        amount = _BLOCK if amount < 0 else amount
        try:
            block = self._next(amount)
        except Exception as error:
            # Parsers wrap what their input raises: whoever catches that finds the cause here.
            self.failure = error
            raise
        self._size += len(block)
        if self._limits is not None and self._limits.bytes is not None and self._size > self._limits.bytes:
            self.failure = size_exceeded(self._limits)
            raise self.failure
        return block

    def _next(self, amount: int) -> bytes:
        if self._unpack is None:
            return self._raw(amount)
        while not self._unpack.eof:
            waiting = self._unpack.unconsumed_tail or self._raw(amount)
            if not waiting:
                raise Dropped("the compressed answer ends too early")
            try:
                # Bounded: a small answer that unpacks to gigabytes is met a block at a time.
                block = self._unpack.decompress(waiting, amount)
            except zlib.error as error:
                raise StoreError(
                    f"the answer is not gzip, as it claims: {error}", "", "ask the service's keeper"
                ) from error
            if block:
                return block
        return b""

    def _raw(self, amount: int) -> bytes:
        import urllib3

        if self._deadline is not None and time.monotonic() > self._deadline:
            raise _too_late(self._limits)
        try:
            block: bytes = self._response.read(amount, decode_content=False)
        except urllib3.exceptions.ReadTimeoutError as error:
            raise _too_late(self._limits) from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise Dropped(str(error)) from error
        return block

    def beginning(self) -> str:
        """The first words of the answer as plain text, for a message."""
        try:
            text = self._next(8 * _SHOWN).decode("utf-8", "replace")
        except (Dropped, StoreError):
            return ""
        markup = "html" in self.headers.get("content-type", "") or text.lstrip()[:1] == "<"
        plain = " ".join((_MARKUP.sub(" ", text) if markup else text).split())
        plain = "".join(c for c in plain if c.isprintable())
        return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + " …"


def _too_late(limits: Limits | None) -> Exception:
    if limits is not None and limits.time_seconds is not None:
        return time_exceeded(limits)
    return LimitExceeded(
        f"the service sent nothing for {PATIENCE_SECONDS:g} seconds", remedy="see whether it is well, and try again"
    )


class Channel:
    """Connections to one service.

    Parameters
    ----------
    credentials : what to answer when the service asks who is there.
    attempts : how often a request is tried while connections drop.
    """

    def __init__(self, credentials: Credentials, attempts: int = 4) -> None:
        import urllib3

        self._authorisation = Authorisation(credentials)
        self._attempts = attempts
        self._pool = urllib3.PoolManager(num_pools=4, maxsize=4, retries=False)
        self.server = ""
        """What the service last called itself."""

    def close(self) -> None:
        """End the connections."""
        self._pool.clear()

    def do(self, request: Request, use: Callable[[Body], Value], limits: Limits | None = None) -> Value:
        """Send a request, and use its answer; both again when the connection drops.

        Parameters
        ----------
        use : is given the answer, whatever its status; must be able to start anew.

        Raises
        ------
        StoreError
            when the service cannot be reached.
        LimitExceeded
            when time or size run out.
        """
        seconds = None if limits is None else limits.time_seconds
        deadline = None if seconds is None else time.monotonic() + seconds
        attempt = 0
        while True:
            attempt += 1
            try:
                with self._sent(request, limits, deadline) as body:
                    if body.status in _BUSY and attempt < self._attempts:
                        self._pause(attempt, deadline, limits, body.headers.get("retry-after", ""))
                        continue
                    return use(body)
            except Dropped as error:
                if attempt >= self._attempts or not request.harmless:
                    raise StoreError(
                        f"the connection to the store failed {attempt} times: {error}" if attempt > 1
                        else f"the connection to the store failed: {error}",
                        request.url,
                        "see whether the service runs and the address is right, and try again",
                    ) from error  # fmt: skip
                self._pause(attempt, deadline, limits)

    def _pause(self, attempt: int, deadline: float | None, limits: Limits | None, wanted: str = "") -> None:
        pause = min(0.1 * 3 ** (attempt - 1), 5.0) * random.uniform(0.8, 1.2)
        if wanted.isdigit():
            pause = min(max(pause, float(wanted)), 30.0)
        if deadline is not None and time.monotonic() + pause > deadline:
            raise _too_late(limits)
        time.sleep(pause)

    @contextmanager
    def _sent(self, request: Request, limits: Limits | None, deadline: float | None) -> Iterator[Body]:
        response = self._final_response(request, limits, deadline)
        whole = False
        try:
            yield Body(response, limits, deadline)
            whole = response.isclosed() or not response.length_remaining
        finally:
            # What was not read to its end must not be met by the next request on the same connection.
            if whole:
                response.release_conn()
            else:
                response.close()

    def _final_response(self, request: Request, limits: Limits | None, deadline: float | None) -> Any:
        """The answer behind challenges and redirections."""
        url, method, refused, moved = request.url, request.method, 0, 0
        while True:
            self._authorisation.credentials.refuse_plain(url)
            response = self._one_response(request, method, url, limits, deadline)
            self.server = response.headers.get("server", self.server)
            if response.status == 401:
                refused += 1
                offer = ", ".join(response.headers.getlist("www-authenticate"))
                if self._authorisation.challenged(url, offer, refused):
                    response.close()
                    continue
            if response.status in _REDIRECTS and (where := response.headers.get("location", "")):
                response.close()
                moved += 1
                url = _followed(url, urljoin(url, where), moved)
                continue
            return response

    def _one_response(
        self, request: Request, method: str, url: str, limits: Limits | None, deadline: float | None
    ) -> Any:
        import urllib3

        left = PATIENCE_SECONDS if deadline is None else deadline - time.monotonic()
        if left <= 0:
            raise _too_late(limits)
        headers = {
            "User-Agent": f"targetgraph/{__version__}",
            "Accept-Encoding": "identity" if is_loopback(url) else "gzip",
            **request.headers,
            **self._authorisation.header(method, url),
        }
        timeout = urllib3.Timeout(connect=min(CONNECT_SECONDS, left), read=left)
        try:
            return self._pool.urlopen(
                method, url, body=request.body, headers=headers, timeout=timeout,
                redirect=False, retries=False, preload_content=False, decode_content=False,
            )  # fmt: skip
        except urllib3.exceptions.SSLError as error:
            raise StoreError(
                f"the service does not prove who it is: {error}",
                url,
                "for a certificate of your own authority set SSL_CERT_FILE to that authority's certificate",
            ) from error
        except urllib3.exceptions.ReadTimeoutError as error:
            raise _too_late(limits) from error
        except urllib3.exceptions.NameResolutionError as error:
            raise StoreError("there is no such host", url, "check the address") from error
        except (urllib3.exceptions.LocationParseError, UnicodeError) as error:
            raise StoreError(f"this is no address: {error}", url, "check the address") from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise Dropped(_cause(error)) from error


def _cause(error: Exception) -> str:
    """The last words of urllib3's long sentences."""
    reason = getattr(error, "reason", None) or error
    return str(reason).rpartition("object at ")[2].partition(">: ")[2] or str(reason)


def _followed(url: str, to: str, moved: int) -> str:
    if moved > 5:
        raise StoreError("the service sends us round in circles", url, "give the address it ends at")
    if origin(url) != origin(to):
        raise StoreError(f"the service sends us elsewhere, to {to}", url, "if that is right, give that address")
    return to
