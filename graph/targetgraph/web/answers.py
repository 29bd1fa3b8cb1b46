"""Responses: a status, headers and a body, which is an ASGI application itself; errors said in the client's own format."""

from __future__ import annotations

import gzip
import html
import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from targetgraph.store.documents import COMPRESSED_FROM
from targetgraph.web.negotiation import choose

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

SHARED: tuple[tuple[bytes, bytes], ...] = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Link, Location, TargetGraph-Truncated, TargetGraph-Data-Version, TargetGraph-Unconfirmed-Since",
    ),
    (b"x-content-type-options", b"nosniff"),
)
"""Headers of every response to a reader."""

PAGE_POLICY = (
    b"default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    b"no-referrer",
)
_PROBLEM_OFFERS = ("text/plain", "application/problem+json", "application/json", "text/html")


@dataclass(slots=True)
class Answer:
    """A whole response.

    Parameters
    ----------
    status : of HTTP.
    headers : names in lower case; ``content-length`` is added when it is sent.
    body : the bytes, compressed if the headers say so.
    """

    status: int
    headers: Headers = field(default_factory=list)
    body: bytes = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it (the server leaves the body of a HEAD out)."""
        headers = self.headers
        if self.status not in (204, 304):
            headers = [*headers, (b"content-length", b"%d" % len(self.body))]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if self.status in (204, 304) else self.body})

    def header(self, name: bytes) -> bytes:
        """The first header of that name, ``b""`` if there is none."""
        return next((value for key, value in self.headers if key == name), b"")


def header(scope: Scope, name: bytes) -> str:
    """A request header, ``""`` if there is none; several of the same name are joined by commas."""
    return ", ".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


@lru_cache(maxsize=256)
def takes_gzip(accept_encoding: str) -> bool:
    """Whether a client takes a compressed body (``Accept-Encoding``)."""
    return bool(accept_encoding) and choose(accept_encoding.replace("*", "gzip"), ("gzip",)) is not None


def matches(if_none_match: str, etag: str) -> bool:
    """Whether ``If-None-Match`` names this entity tag (weak comparison, RFC 9110, 13.1.2)."""
    bare = etag.removeprefix("W/")
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return if_none_match.strip() == "*" or bare in tags


def represented(
    scope: Scope,
    content: bytes,
    media: str,
    *,
    etag: str = "",
    vary: str = "Accept, Accept-Encoding",
    headers: Iterable[tuple[bytes, bytes]] = (),
    status: int = 200,
) -> Answer:
    """The answer that hands out a representation: compressed where the client takes it, 304 where it has it already.

    Parameters
    ----------
    etag : an entity tag without quotation marks, of the uncompressed representation; ``""`` for none.
    media : the content type. For HTML the policy of pages is added.
    """
    packed = takes_gzip(header(scope, b"accept-encoding")) and len(content) >= COMPRESSED_FROM
    out: Headers = [(b"content-type", media.encode()), (b"vary", vary.encode()), *SHARED, *headers]
    if media.startswith(("text/html", "application/xhtml")) and not any(
        k == b"content-security-policy" for k, _ in out
    ):
        out += [(b"content-security-policy", PAGE_POLICY[0]), (b"referrer-policy", PAGE_POLICY[1])]
    if etag:
        tag = f'"{etag}-gz"' if packed else f'"{etag}"'
        out += [(b"etag", tag.encode()), (b"cache-control", b"no-cache")]
        if status == 200 and matches(header(scope, b"if-none-match"), tag):
            return Answer(304, out)
    if packed:
        content = gzip.compress(content, 5, mtime=0)
        out.append((b"content-encoding", b"gzip"))
    return Answer(status, out, content)


def problem(
    scope: Scope | None, status: int, what: str, remedy: str = "", headers: Iterable[tuple[bytes, bytes]] = ()
) -> Answer:
    """An error as text, ``application/problem+json`` (RFC 9457) or HTML, as the client takes it.

    Parameters
    ----------
    scope : of the request; None for an answer that no request chose the format of: then it is text.
    what, remedy : what is the matter, and what to do about it.
    """
    media = choose(header(scope, b"accept"), _PROBLEM_OFFERS) if scope is not None else None
    title = _phrase(status)
    if media in ("application/problem+json", "application/json"):
        fields = {"type": "about:blank", "title": title, "status": status, "detail": what, "remedy": remedy}
        content = json.dumps({k: v for k, v in fields.items() if v}, ensure_ascii=False).encode() + b"\n"
        out: Headers = [(b"content-type", b"application/problem+json")]
    elif media == "text/html":
        advice = f"<p>{html.escape(remedy)}</p>" if remedy else ""
        content = (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{status} {title}</title>'
            f"<h1>{title}</h1><pre>{html.escape(what)}</pre>{advice}</html>\n"
        ).encode()
        out = [(b"content-type", b"text/html; charset=utf-8"), (b"content-security-policy", PAGE_POLICY[0])]
    else:
        content = (what + (f"\n  what to do: {remedy}" if remedy else "") + "\n").encode()
        out = [(b"content-type", b"text/plain; charset=utf-8")]
    if status == 503:
        out.append((b"retry-after", b"5"))
    out += [(b"vary", b"Accept"), (b"cache-control", b"no-store"), *SHARED, *headers]
    return Answer(status, out, content)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def not_allowed(scope: Scope, allowed: str, why: str = "", remedy: str = "") -> Answer:
    """405, with the methods there are."""
    what = why or f"{scope['method']} is not offered here"
    return problem(scope, 405, what, remedy or f"use one of {allowed}", [(b"allow", allowed.encode())])


def preflight(allowed: str) -> Answer:
    """The answer to OPTIONS, also for browsers that ask before they fetch from another origin."""
    return Answer(
        204,
        [
            (b"allow", allowed.encode()),
            (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
            (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
            (b"access-control-max-age", b"86400"),
            *SHARED,
        ],
    )
