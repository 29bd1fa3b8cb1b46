"""``/assets/<digest>/<name>``: style sheets and scripts, kept by browsers for good."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from targetgraph.views.explorer.assets import asset
from targetgraph.web.answers import Answer, problem, represented
from targetgraph.web.explorer.desk import Desk


def routes(desk: Desk) -> list[BaseRoute]:
    """``/assets/<digest>/<name>``; another digest than that of the file is refused, so that nothing wrong is kept."""

    async def answered(request: Request) -> Answer:
        try:
            found = await desk.in_thread(lambda: asset(request.path_params["name"]))
        except FileNotFoundError:
            return problem(request.scope, 404, "there is no such file", "load the page again")
        if found.path != request.url.path:
            return problem(request.scope, 404, "this file has changed since", "load the page again")
        kept = [(b"cache-control", b"public, max-age=31536000, immutable")]
        return represented(request.scope, found.content, found.media, vary="Accept-Encoding", headers=kept)

    return [Route("/assets/{digest}/{name}", answered, methods=["GET"])]
