"""Reading the body of a request, as far as it may go."""

from __future__ import annotations

from targetgraph.web.answers import Receive, Scope, header


class BodyRefused(Exception):
    """A body that is too large, or that its client stopped sending."""

    def __init__(self, status: int, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.status, self.what, self.remedy = status, what, remedy


def media_type(scope: Scope) -> str:
    """The media type of a body, without parameters and in lower case."""
    return header(scope, b"content-type").partition(";")[0].strip().lower()


async def body_of(scope: Scope, receive: Receive, most: int) -> bytes:
    """The whole body.

    Parameters
    ----------
    most : the largest accepted (bytes).

    Raises
    ------
    BodyRefused
        when it is larger (413), compressed or in another charset than UTF-8 (415), or breaks off (400).
    """
    if header(scope, b"content-encoding").strip().lower() not in ("", "identity"):
        raise BodyRefused(415, "compressed bodies are not read", "send it as it is")
    charset = header(scope, b"content-type").lower().partition("charset=")[2].split(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise BodyRefused(415, f"a body in {charset} cannot be read", "send UTF-8")
    announced = header(scope, b"content-length")
    if announced.isdigit() and int(announced) > most:
        raise _too_large(most)
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BodyRefused(400, "the body breaks off")
        body += message.get("body", b"")
        if len(body) > most:
            raise _too_large(most)
        if not message.get("more_body", False):
            return bytes(body)


def _too_large(most: int) -> BodyRefused:
    return BodyRefused(413, f"the body is larger than {most:,} bytes", "send less at once")
