"""Documents on things as they are kept and handed out, and the policy that a page states of itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from targetgraph.web.answers import Answer, Headers, Scope, problem, represented


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is kept: bytes, entity tag, headers of its own."""

    content: bytes
    tag: str
    headers: tuple[tuple[bytes, bytes], ...] = ()

    @classmethod
    def of(cls, text: str, headers: Headers | None = None) -> Document:
        """A document of a text."""
        content = text.encode()
        return cls(content, hashlib.blake2b(content, digest_size=12).hexdigest(), tuple(headers or ()))


def size_of(made: Document | None) -> int:
    """Bytes that a kept document takes, about."""
    return 200 + (len(made.content) if made else 0)


def shown(scope: Scope, made: Document | None, media: str, more: Headers | None = None) -> Answer:
    """The answer that hands a document out, or says that there is none."""
    if made is None:
        return problem(scope, 404, "there is nothing here", "check the address")
    return represented(scope, made.content, media, etag=made.tag, headers=[*made.headers, *(more or ())])


class _Policy(HTMLParser):
    found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attrs)
        if tag == "meta" and (given.get("http-equiv") or "").lower() == "content-security-policy" and not self.found:
            self.found = given.get("content") or ""


def stated_policy(page: str) -> bytes:
    """The policy that a self-contained page states of itself, to be sent as its header too."""
    reader = _Policy()
    reader.feed(page[: page.find("</head>") if "</head>" in page[:20_000] else 20_000])
    return f"{reader.found}; frame-ancestors 'none'".lstrip("; ").encode("ascii")
