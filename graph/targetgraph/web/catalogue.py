"""``/catalogue``, ``/.well-known/void``, ``/.well-known/sparql-examples/`` and ``/changes/``: how others find and follow us."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from targetgraph.errors import TargetGraphError
from targetgraph.web.answers import Answer, header, problem, represented
from targetgraph.web.context import WebContext
from targetgraph.web.description import origin
from targetgraph.web.negotiation import MEDIA, choose

_FORMS = ("turtle", "jsonld", "ntriples", "rdfxml")
_PATHS = {"/catalogue": "dcat", "/.well-known/void": "void", "/.well-known/sparql-examples/": "examples"}


def routes(context: WebContext) -> list[BaseRoute]:
    """The descriptions, each example by its own address, and the pages of the feed."""
    pages = _Descriptions(context)
    found: list[BaseRoute] = [
        Route(path, partial(pages.whole, kind=kind), methods=["GET"]) for path, kind in _PATHS.items()
    ]
    return [
        *found,
        Route("/.well-known/sparql-examples/{name:path}", pages.example, methods=["GET"]),
        Route("/changes/", pages.first_page, methods=["GET"]),
        Route("/changes/{step:int}/{page:int}", pages.step_page, methods=["GET"]),
    ]


class _Descriptions:
    """Documents about the version that is served, kept until another is.

    Parameters
    ----------
    context : names the version.
    """

    def __init__(self, context: WebContext) -> None:
        self._context = context
        self._kept: dict[tuple[str, ...], bytes] = {}
        self._version = ""
        self._one_at_a_time = asyncio.Lock()

    async def whole(self, request: Request, kind: str) -> Answer:
        return await self._negotiated(request, kind, "")

    async def example(self, request: Request) -> Answer:
        return await self._negotiated(request, "examples", str(request.path_params["name"]))

    async def _negotiated(self, request: Request, kind: str, name: str) -> Answer:
        scope = request.scope
        media = {MEDIA[form].partition(";")[0]: form for form in _FORMS}
        chosen = choose(header(scope, b"accept") or "*/*", tuple(media))
        if chosen is None:
            # A browser that asks for HTML alone gets what it can at least show.
            chosen = "text/turtle" if "html" in header(scope, b"accept") else None
        if chosen is None:
            return problem(scope, 406, "this is written in other formats", "accept " + " or ".join(media))
        version = self._context.version
        if version is None:
            return problem(scope, 503, "no version is served yet", "ask again in a moment")
        base = origin(scope) + "/"
        async with self._one_at_a_time:
            if self._version != version.data_version:
                self._kept.clear()
                self._version = version.data_version
            key = (kind, name, media[chosen], base)
            if key not in self._kept:
                if len(self._kept) >= 64:
                    self._kept.clear()
                try:
                    self._kept[key] = await asyncio.to_thread(self._made, *key)
                except TargetGraphError as error:
                    return problem(scope, 404, error.problems[0].what, error.problems[0].remedy)
            content = self._kept[key]
        return represented(scope, content, MEDIA[media[chosen]], etag=hashlib.sha256(content).hexdigest()[:20])

    def _made(self, kind: str, name: str, form: str, base: str) -> bytes:
        from targetgraph.library import Library
        from targetgraph.pipeline.describing import description
        from targetgraph.publish.catalogue.documents import written
        from targetgraph.publish.catalogue.examples import example
        from targetgraph.store import EmbeddedStore, resolver

        version = self._context.version
        assert version is not None
        if not name:
            return written(description(kind, version, Path(self._context.settings.store), base), form)
        with EmbeddedStore.open(version.oxigraph) as store:
            return written(example(Library(), name, resolver(store), base), form)

    async def first_page(self, request: Request) -> Answer:
        from targetgraph.publish.changes.steps import Feed
        from targetgraph.publish.changes.stream import first_page

        def made(base: str) -> bytes:
            return "".join(first_page(Feed(Path(self._context.settings.store)), base)).encode()

        return await self._page(request, made)

    async def step_page(self, request: Request) -> Answer:
        from targetgraph.publish.changes.steps import Feed
        from targetgraph.publish.changes.stream import step_page

        number, page = request.path_params["step"], request.path_params["page"]

        def made(base: str) -> bytes:
            return b"".join(step_page(Feed(Path(self._context.settings.store)), number, page, base))

        return await self._page(request, made)

    async def _page(self, request: Request, made: Callable[[str], bytes]) -> Answer:
        try:
            content = await asyncio.to_thread(made, origin(request.scope) + "/")
        except TargetGraphError as error:
            return problem(request.scope, 404, error.problems[0].what, error.problems[0].remedy)
        return represented(request.scope, content, MEDIA["trig"], etag=hashlib.sha256(content).hexdigest()[:20])
