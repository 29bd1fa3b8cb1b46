"""Every address of the graph leads somewhere: 303 from a thing to the document on it, in the format the client takes.

Why 303: docs/decisions/0006. Documents have addresses of their own, that of the thing and a suffix.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from targetgraph import iris
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.description.addresses import iris_at
from targetgraph.analysis.description.neighbourhood import Neighbourhoods
from targetgraph.errors import StoreError
from targetgraph.pipeline.site_pages import SitePages
from targetgraph.views.explorer.urls import ROOT, explorer_page
from targetgraph.views.site.shell import FORMATS, Shell, assets
from targetgraph.web.answers import Answer, Headers, Scope, header, not_allowed, preflight, problem, represented
from targetgraph.web.asking import PoolAsker
from targetgraph.web.context import WebContext
from targetgraph.web.kept_documents import Document, shown, size_of, stated_policy
from targetgraph.web.linking import link_headers
from targetgraph.web.negotiation import choose

_ALLOWED: Final = "GET, HEAD, OPTIONS"
_HTML: Final = "text/html; charset=utf-8"
_MEDIA: Final = {"html": _HTML, "ttl": "text/turtle; charset=utf-8"} | {s: m for s, m, _ in FORMATS if s != "ttl"}
#: What a client may ask for; the first is for who takes anything.
OFFERS: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/json": "jsonld",
    "application/x-turtle": "ttl",
}
NAVIGATION: Final = (
    ("Explorer", "explore"),
    ("Queries", "queries.html"),
    ("Ontology", "ontology.html"),
    ("SPARQL", "sparql"),
    ("Data", "data/"),
)
_DATA: Final = (
    ("The graph as files", "data/", "RDF, tables, workbook, networks, mappings"),
    ("SPARQL endpoint", "sparql", "a form for people, the SPARQL 1.1 Protocol for programs"),
    ("Questions that are ready to be asked", "queries.html", "each a SPARQL query with its meaning and parameters"),
    ("The ontology", "ontology.html", "every class and property with definition, source and example"),
)
_KEPT: Final = 200
_KEPT_BYTES: Final = 24 * 1024 * 1024
_TYPES: Final = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


def routes(context: WebContext) -> list[BaseRoute]:
    """Every path that no other module answers; this module must be the last."""
    resources = _Resources(context)

    async def answered(request: Request) -> Answer:
        return await resources.answer(request)

    methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
    return [Route("/{path:path}", answered, methods=methods)]


class _Resources:
    """Answers for the pages and documents of one front; what it made is kept while the data version is the same."""

    def __init__(self, context: WebContext) -> None:
        self._context = context
        self._assets = {f"/{path}": Document.of(content.decode()) for path, content in assets().items()}
        self._version = ""
        self._pages: SitePages | None = None
        self._kept: OrderedDict[str, Document | None] = OrderedDict()
        self._bytes = 0

    async def answer(self, request: Request) -> Answer:
        """Answer a request for whatever path."""
        scope = request.scope
        if request.method == "OPTIONS":
            return preflight(_ALLOWED)
        if request.method not in ("GET", "HEAD"):
            return not_allowed(scope, _ALLOWED)
        path = (scope.get("raw_path") or scope["path"].encode()).split(b"?")[0].decode("ascii", "replace")
        if path in self._assets:
            return shown(scope, self._assets[path], _TYPES[Path(path).suffix])
        try:
            return await self._found(scope, path.lstrip("/"))
        except StoreError as error:
            return problem(scope, 503, str(error), "try again in a moment")

    async def _found(self, scope: Scope, path: str) -> Answer:
        plain, suffix = _split(path)
        if plain in ("", "index"):
            if plain == suffix == "" and _reads(scope):
                return _explorer()
            return await self._home(scope, suffix)
        if plain == "queries" and suffix in ("", "html"):
            return await self._page(scope, "queries.html", lambda pages: pages.queries())
        if plain == "ontology" or plain.startswith("ontology/"):
            return await self._ontology(scope, plain, suffix)
        if plain.startswith("views/") and plain.count("/") == 2 and suffix in ("", "html"):
            return await self._picture(scope, plain)
        return await self._thing(scope, path, plain, suffix)

    async def _thing(self, scope: Scope, path: str, plain: str, suffix: str) -> Answer:
        for iri in iris_at(path):
            if await self._knows(iri):
                return self._see_other(scope, iri, path)
        if suffix:
            for iri in iris_at(plain):
                if await self._knows(iri):
                    return await self._document(scope, iri, suffix)
        return await self._missing(scope, plain, next(iris_at(plain)))

    async def _knows(self, iri: str) -> bool:
        kept = await self._kept_or_made(f"? {iri}", lambda pages: Document.of("known") if pages.knows(iri) else None)
        return kept is not None

    def _see_other(self, scope: Scope, iri: str, path: str) -> Answer:
        media = choose(header(scope, b"accept"), tuple(OFFERS))
        links = link_headers(iri)
        if media is None:
            return _not_acceptable(scope, links)
        query = scope["query_string"].decode("latin-1")
        there = f"./{path.rstrip('/').rpartition('/')[2]}.{OFFERS[media]}" + (f"?{query}" if query else "")
        return Answer(
            303,
            [
                (b"location", there.encode("latin-1")),
                (b"vary", b"Accept"),
                (b"cache-control", b"no-cache"),
                (b"content-type", b"text/plain; charset=utf-8"),
                *links,
                *_SHARED,
            ],
            f"A document on this thing: {there}\n".encode(),
        )

    async def _document(self, scope: Scope, iri: str, suffix: str) -> Answer:
        values = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        by, after = values.get("by", ""), values.get("after", "")

        def make(pages: SitePages) -> Document | None:
            if suffix == "html":
                found = pages.thing(iri, by, after)
                return Document.of(found[0], link_headers(iri, suffix, found[1])) if found else None
            text = pages.documents(iri, (suffix,)).get(suffix)
            return Document.of(text, link_headers(iri, suffix)) if text else None

        made = await self._kept_or_made(f"{suffix} {iri} {by} {after}", make)
        if made is None:
            return await self._missing(scope, iri.removeprefix(iris.BASE), iri)
        return shown(scope, made, _MEDIA[suffix])

    async def _home(self, scope: Scope, suffix: str) -> Answer:
        media = choose(header(scope, b"accept"), tuple(OFFERS))
        wanted = suffix or (OFFERS[media] if media else "")
        whole = iris.dataset(self._context.data_version)
        if not wanted:
            return _not_acceptable(scope, link_headers(whole))
        if wanted == "html":
            return await self._page(scope, "index.html", lambda pages: pages.home())
        made = await self._kept_or_made(
            f"{wanted} {whole}", lambda pages: Document.of(pages.documents(whole, (wanted,))[wanted])
        )
        where = whole.removeprefix(iris.BASE)
        return shown(scope, made, _MEDIA[wanted], [(b"content-location", f"/{where}.{wanted}".encode())])

    async def _ontology(self, scope: Scope, plain: str, suffix: str) -> Answer:
        """The ontology is a document and its terms are fragments of it: it is answered at once, without redirection."""
        version = plain.removeprefix("ontology").lstrip("/")
        known = await self._kept_or_made(
            f"? {plain}", lambda p: Document.of("") if not version or version in p.ontology_versions else None
        )
        if known is None:
            return await self._missing(scope, plain, iris.BASE + plain)
        media = choose(header(scope, b"accept"), tuple(OFFERS))
        wanted = suffix or (OFFERS[media] if media else "")
        links = link_headers(iris.BASE + plain, wanted)
        if not wanted:
            return _not_acceptable(scope, links)

        def make(pages: SitePages) -> Document:
            text = pages.ontology(version) if wanted == "html" else pages.ontology_document(wanted)
            return Document.of(text or "", links)

        made = await self._kept_or_made(f"{wanted} {plain}", make)
        return shown(scope, made, _MEDIA[wanted], [(b"content-location", f"/{plain}.{wanted}".encode())])

    async def _picture(self, scope: Scope, plain: str) -> Answer:
        _, framework, name = plain.split("/")

        def make(pages: SitePages) -> Document | None:
            text = pages.picture(framework, name)
            return Document.of(text, [(b"content-security-policy", stated_policy(text))]) if text else None

        made = await self._kept_or_made(f"html {plain}", make)
        return shown(scope, made, _HTML) if made else await self._missing(scope, plain, "")

    async def _page(self, scope: Scope, name: str, make: Callable[[SitePages], str]) -> Answer:
        made = await self._kept_or_made(name, lambda pages: Document.of(make(pages)))
        location = [(b"content-location", f"/{name}".encode())]
        return shown(scope, made, _HTML, location)

    async def _missing(self, scope: Scope, path: str, address: str) -> Answer:
        media = choose(header(scope, b"accept"), ("text/html", "text/plain", "application/problem+json", *OFFERS))
        what = "there is nothing at this address"
        remedy = "look at the start page, or ask /sparql"
        if media != "text/html" or not header(scope, b"accept"):
            return problem(scope, 404, what, remedy)
        sentence = "The graph says nothing of this address. Perhaps it is misspelt, or was withdrawn."
        made = await self._made(
            lambda pages: Document.of(
                pages.missing(path, "There is nothing here", sentence, "Or begin at the start page.", address)
            )
        )
        content = made.content if made else b""
        return represented(scope, content, _HTML, status=404, headers=[(b"cache-control", b"no-store")])

    async def _kept_or_made(self, name: str, make: Callable[[SitePages], Document | None]) -> Document | None:
        self._follow()
        if name in self._kept:
            self._kept.move_to_end(name)
            return self._kept[name]
        version = self._version
        made = await self._made(make)
        if version == self._version and name not in self._kept:
            self._kept[name] = made
            self._bytes += size_of(made)
            while len(self._kept) > _KEPT or self._bytes > _KEPT_BYTES:
                self._bytes -= size_of(self._kept.popitem(last=False)[1])
        return made

    async def _made(self, make: Callable[[SitePages], Document | None]) -> Document | None:
        pages = self._follow()
        return await asyncio.to_thread(make, pages)

    def _follow(self) -> SitePages:
        """The pages of the version that is served now."""
        version = self._context.data_version
        if self._pages is None or version != self._version:
            self._version = version
            self._kept.clear()
            self._bytes = 0
            self._pages = self._site(version)
        return self._pages

    def _site(self, version: str) -> SitePages:
        context = self._context
        asker = PoolAsker(context, asyncio.get_running_loop())
        published = context.version

        def coded() -> CodedGraph:
            if published is None:
                raise StoreError("no graph is being served", "", "run `targetgraph build`")
            return CodedGraph.load(published.arrays, published.data_version)

        return SitePages(
            Neighbourhoods(asker),
            coded,
            Shell(version, NAVIGATION, explorer=explorer_page),
            data=_DATA,
        )


_SHARED: Final = ((b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", b"Link, Location"))


def _reads(scope: Scope) -> bool:
    """Whether a client asks for HTML by its name and prefers it, as browsers do."""
    accepted = header(scope, b"accept")
    return "text/html" in accepted and OFFERS.get(choose(accepted, tuple(OFFERS)) or "") == "html"


def _explorer() -> Answer:
    """Lead a browser from the root to the explorer; the home page of the linked data is at ``/index.html``."""
    headers = [(b"location", ROOT.encode()), (b"vary", b"Accept"), (b"cache-control", b"no-cache"), *_SHARED]
    return Answer(303, headers, b"")


def _split(path: str) -> tuple[str, str]:
    """A path and the suffix of a document, if it has one that we give."""
    plain, dot, suffix = path.rpartition(".")
    return (plain, suffix) if dot and suffix in _MEDIA and plain and not plain.endswith("/") else (path, "")


def _not_acceptable(scope: Scope, links: Headers) -> Answer:
    offered = ", ".join(OFFERS)
    return problem(scope, 406, "this is described in other formats than those you accept", f"accept {offered}", links)
