"""The graph as files: ``/data/`` lists them, ``/data/<file>`` hands them out, ``/data/dataset`` leads to the format asked for.
``/context.jsonld`` is the published context of the JSON-LD documents.

A file is made when it is first asked for, in a process of its own and one at a time, and kept for its version beside the
store; from then on it is only read. Parts of it can be asked for (``Range``).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from targetgraph.pipeline.exporting import source_of
from targetgraph.pipeline.kept_exports import kept, kept_folder, product_of
from targetgraph.publish.exports.csvw import METADATA, NAMES
from targetgraph.publish.exports.dumps import DUMPS
from targetgraph.publish.exports.framed import context_text
from targetgraph.publish.exports.products import CONTEXT_FILE, CSVW_FOLDER, Product, media_type, products
from targetgraph.publish.exports.source import Source
from targetgraph.store import Version
from targetgraph.views.site.shell import Shell, page
from targetgraph.web.answers import SHARED, Answer, header, matches, problem, represented
from targetgraph.web.context import WebContext
from targetgraph.web.negotiation import choose
from targetgraph.web.resources import NAVIGATION

_MOST_SECONDS: Final = 900.0
_DATASETS: Final = {
    "text/turtle": "targetgraph.ttl",
    "application/n-triples": "targetgraph.nt",
    "application/rdf+xml": "targetgraph.rdf",
    "application/n-quads": "targetgraph.nq",
    "application/trig": "targetgraph.trig",
    "text/html": "",
}
_GROUPS: Final[tuple[tuple[str, Callable[[Product], bool]], ...]] = (
    ("The whole graph", lambda p: p.format in DUMPS),
    ("Tables", lambda p: p.format == "csvw"),
    ("JSON-LD", lambda p: p.format.startswith("jsonld") and not p.framework),
    ("Mappings of concepts", lambda p: p.format == "sssom" and not p.framework),
)


class Shelf:
    """The exports of the version that is served.

    Parameters
    ----------
    context : knows the version.
    """

    def __init__(self, context: WebContext) -> None:
        self._context = context
        self._making = asyncio.Semaphore(1)
        self._source: Source | None = None
        self._folder = Path()

    async def opened(self) -> tuple[Source, Path]:
        """The version that is served, to export from, and the folder its exports are kept in."""
        version = self._context.version
        assert version is not None
        if self._source is None or self._source.path != version.path:
            source, folder = source_of(version), await asyncio.to_thread(kept_folder, version)
            await asyncio.to_thread(products, source)  # reads what it needs, once
            self._source, self._folder = source, folder
        return self._source, self._folder

    async def fetch(self, name: str) -> tuple[Path, str] | Answer:
        """A file and its digest, made if need be; or the answer that says why there is none."""
        source, folder = await self.opened()
        if product_of(source, name) is None:
            return problem(None, 404, "there is no such file", "see /data/")
        found = kept(folder, name)
        if found is not None:
            return found
        async with self._making:
            found = kept(folder, name)  # perhaps somebody who waited before us had it made
            if found is not None:
                return found
            code, said = await _made(source.version, folder, name)
        found = kept(folder, name)
        if code or found is None:
            return problem(
                None, 503, f"the file cannot be made: {said}", "take another format", [(b"retry-after", b"60")]
            )
        return found


async def _made(version: Version, folder: Path, name: str) -> tuple[int, str]:
    """Exit code and message of the process that makes a file."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "targetgraph.pipeline.kept_exports", str(version.path), str(folder), name),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, said = await asyncio.wait_for(process.communicate(), _MOST_SECONDS)
    except TimeoutError:
        return 2, "it takes too long"
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0, said.decode(errors="replace").strip().partition("\n")[0]


def routes(context: WebContext) -> list[BaseRoute]:
    """``/data/``, ``/data/dataset``, ``/data/<file>``."""
    shelf = Shelf(context)

    async def index(request: Request) -> Response | Answer:
        source, folder = await shelf.opened()
        return represented(
            request.scope, _page(source, folder).encode(), "text/html; charset=utf-8", vary="Accept-Encoding"
        )

    async def dataset(request: Request) -> Answer:
        wanted = choose(header(request.scope, b"accept"), tuple(_DATASETS))
        if wanted is None:
            offered = ", ".join(_DATASETS)
            return problem(request.scope, 406, "the graph is not to be had in that format", f"ask for one of {offered}")
        place = f"/data/{_DATASETS[wanted]}".encode()
        return Answer(303, [(b"location", place), (b"vary", b"Accept"), *SHARED])

    async def file(request: Request) -> Response | Answer:
        name = request.path_params["name"]
        found = await shelf.fetch(name)
        if isinstance(found, Answer):
            return found
        return _handed_out(request, name, *found)

    async def jsonld_context(request: Request) -> Answer:
        text, media = context_text().encode(), "application/ld+json"
        return represented(
            request.scope, text, media, etag=hashlib.sha256(text).hexdigest()[:32], vary="Accept-Encoding"
        )

    async def without_slash(request: Request) -> Answer:
        return Answer(308, [(b"location", b"/data/"), *SHARED])

    endpoints: tuple[tuple[str, Callable[[Request], Awaitable[Any]]], ...] = (
        (f"/{CONTEXT_FILE}", jsonld_context),
        ("/data", without_slash),
        ("/data/", index),
        ("/data/dataset", dataset),
        ("/data/{name:path}", file),
    )
    return [Route(path, endpoint, methods=["GET"]) for path, endpoint in endpoints]


def _handed_out(request: Request, name: str, path: Path, digest: str) -> Response | Answer:
    tag = f'"{digest[:32]}"'
    headers = {key.decode(): value.decode() for key, value in SHARED}
    headers |= {"etag": tag, "cache-control": "no-cache", "repr-digest": f"sha-256=:{_base64(digest)}:"}
    known = header(request.scope, b"if-none-match")
    if known and matches(known, tag):
        return Answer(304, [(key.encode(), value.encode()) for key, value in headers.items()])
    shown = "inline" if name.endswith((".csv", ".json", ".jsonld", ".ttl", ".nt", ".tsv")) else "attachment"
    return FileResponse(
        path, headers=headers, media_type=media_type(name), filename=path.name, content_disposition_type=shown
    )


def _base64(digest: str) -> str:
    return base64.b64encode(bytes.fromhex(digest)).decode()


def _page(source: Source, folder: Path) -> str:
    listed = products(source)
    groups = [(title, [_entry(folder, p) for p in listed if belongs(p)]) for title, belongs in _GROUPS]
    codes = dict.fromkeys(p.framework for p in listed if p.framework)
    groups += [(f"Framework {code}", [_entry(folder, p) for p in listed if p.framework == code]) for code in codes]
    tables = [(name, kept(folder, f"{CSVW_FOLDER}/{name}")) for name in (METADATA, *(f"{n}.csv" for n in NAMES))]
    shell = Shell(source.data_version, NAVIGATION)
    return page(
        "exports.html",
        shell,
        shell.place("data/index"),
        "The graph as files",
        groups=[g for g in groups if g[1]],
        tables=[(f"{CSVW_FOLDER}/{name}", name, _size(found)) for name, found in tables],
    )


def _entry(folder: Path, product: Product) -> dict[str, object]:
    """A file as the page lists it; the tables lead to their metadata."""
    name = f"{product.name}/{METADATA}" if product.is_folder else product.name
    return {
        "name": name,
        "packed": f"{name}.gz" if product.format in DUMPS else "",
        "title": product.title,
        "purpose": product.purpose,
        "media_type": media_type(name),
        "size": _size(kept(folder, name)),
    }


def _size(found: tuple[Path, str] | None) -> str:
    if found is None:
        return ""
    size = float(found[0].stat().st_size)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
