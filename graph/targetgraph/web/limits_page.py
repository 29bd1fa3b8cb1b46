"""What the limits of this server are: the page that an answer which was cut points to."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from targetgraph.web.answers import Answer, represented
from targetgraph.web.context import WebContext


def routes(context: WebContext) -> list[BaseRoute]:
    """``/sparql/limits``."""
    settings = context.settings
    lines = [
        "Limits of this server",
        "",
        f"time      {settings.seconds:g} seconds a query; then it is stopped, and the answer is 503",
        f"rows      {'no limit' if settings.rows is None else f'{settings.rows:,}'} rows or triples an answer; one that has "
        "more is cut and says so: header TargetGraph-Truncated: rows=N, in JSON and XML also a link to this page in the head",
        f"bytes     {settings.bytes:,} bytes an answer; a larger one is stopped with 503",
        f"memory    {settings.memory_bytes / 2**20:,.0f} MiB a query, beyond the store",
        f"request   {settings.url_bytes:,} bytes of address (414), {settings.body_bytes:,} bytes of body (413)",
        f"waiting   {settings.waiting:,} queries, {settings.wait_seconds:g} seconds; then 503 with Retry-After",
        "",
        "Whoever needs more takes the data as a whole and asks it at home, or runs this server with other limits.",
    ]
    if settings.origin:
        lines[-1:] = [
            f"This server answers from a copy of what is published at {settings.origin}, which it looks at every",
            f"{settings.origin_seconds:g} seconds. While it cannot, answers say since when: TargetGraph-Unconfirmed-Since.",
            "",
            *lines[-1:],
        ]
    text = "\n".join(lines) + "\n"

    async def page(request: Request) -> Answer:
        return represented(request.scope, text.encode(), "text/plain; charset=utf-8", etag=f"{abs(hash(text)):x}")

    return [Route("/sparql/limits", page, methods=["GET"])]
