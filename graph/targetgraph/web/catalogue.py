"""``/catalogue``, ``/.well-known/void``, ``/.well-known/sparql-examples/`` and ``/changes/``: how others find and follow us."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import random
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from targetgraph.errors import StoreError, TargetGraphError
from targetgraph.pipeline.kept_descriptions import kept_description
from targetgraph.pipeline.kept_exports import kept_folder
from targetgraph.store import Version
from targetgraph.web.answers import Answer, header, problem, represented
from targetgraph.web.context import WebContext
from targetgraph.web.description import origin
from targetgraph.web.negotiation import MEDIA, choose

_FORMS = ("turtle", "jsonld", "ntriples", "rdfxml")
_PATHS = {"/catalogue": "dcat", "/.well-known/void": "void", "/.well-known/sparql-examples/": "examples"}

_PREPARED: Final = ("void", "dcat")
_PREPARE_SECONDS: Final = (3.0, 9.0)
_NICENESS: Final = 10


def routes(context: WebContext) -> list[BaseRoute]:
    """The descriptions, each example by its own address, and the pages of the feed."""
    pages = _Descriptions(context)
    if context.settings.prepare:
        context.helpers.append(pages.prepare)
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
    """Documents about the version that is served, kept beside its exports.

    Parameters
    ----------
    context : names the version.
    """

    def __init__(self, context: WebContext) -> None:
        self._context = context
        self._folder = Path()
        self._version: Path | None = None
        self._prepared: Path | None = None
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
        form, base = media[chosen], origin(scope) + "/"
        try:
            async with self._one_at_a_time:
                if name:
                    content = await asyncio.to_thread(self._example, version, name, form, base)
                else:
                    content = await self.described(version, kind, form, base)
        except StoreError as error:
            return problem(scope, 503, error.problems[0].what, error.problems[0].remedy)
        except TargetGraphError as error:
            return problem(scope, 404, error.problems[0].what, error.problems[0].remedy)
        return represented(scope, content, MEDIA[form], etag=hashlib.sha256(content).hexdigest()[:20])

    async def described(self, version: Version, kind: str, form: str, base: str, niceness: int = 0) -> bytes:
        """A description of a version, made by a process of its own if it has not been.

        Parameters
        ----------
        niceness : of the process; more gives way to others.

        Raises
        ------
        StoreError
            when it cannot be made.
        """
        if self._version != version.path:
            self._folder, self._version = await asyncio.to_thread(kept_folder, version), version.path
        found = kept_description(self._folder, kind, form, base)
        if found is None:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "targetgraph.pipeline.kept_descriptions"),
                *(str(version.path), str(self._folder), kind),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
            )
            if niceness:
                with contextlib.suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, process.pid, niceness)
            try:
                _, said = await process.communicate()
            except asyncio.CancelledError:  # nobody waits for it any more, the server is being stopped
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                raise
            found = kept_description(self._folder, kind, form, base)
            if found is None:
                what = said.decode(errors="replace").strip().partition("\n")[0]
                raise StoreError(f"the description cannot be made: {what}", "", "ask again a little later")
        return found

    async def prepare(self) -> None:
        """Have the descriptions made soon after a version is served, before somebody asks; never ends."""
        while True:
            await asyncio.sleep(random.uniform(*_PREPARE_SECONDS))  # fronts that share a store do not do it twice
            version = self._context.version
            if version is None or self._prepared == version.path:
                continue
            self._prepared = version.path
            for kind in _PREPARED:
                with contextlib.suppress(StoreError, OSError):
                    async with self._one_at_a_time:
                        await self.described(version, kind, "turtle", "", _NICENESS)

    @staticmethod
    def _example(version: Version, name: str, form: str, base: str) -> bytes:
        from targetgraph.library import Library
        from targetgraph.publish.catalogue.documents import written
        from targetgraph.publish.catalogue.examples import example
        from targetgraph.store import EmbeddedStore, resolver

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
