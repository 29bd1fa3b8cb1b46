"""``/rdf-graph-store``: SPARQL 1.1 Graph Store HTTP Protocol (W3C Recommendation of 21 March 2013).

A graph is named by ``?graph=IRI`` or ``?default`` (the graph without a name), or identified directly: the path below this
one, below ``https://w3id.org/targetgraph/graph/``, is then a graph of ours; or the address itself is the IRI of a graph.
"""

from __future__ import annotations

import secrets
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from targetgraph import iris
from targetgraph.web.answers import Answer, Scope, header, not_allowed, preflight, problem, takes_gzip
from targetgraph.web.bodies import BodyRefused, body_of, media_type
from targetgraph.web.context import WebContext
from targetgraph.web.description import origin
from targetgraph.web.negotiation import GRAPH_TYPES, MEDIA, graph_form
from targetgraph.web.writing import forbidden

PATH = "/rdf-graph-store"
_ALLOWED = "GET, HEAD, OPTIONS"
_READ_WRITE = "GET, HEAD, PUT, POST, DELETE, OPTIONS"


def routes(context: WebContext) -> list[BaseRoute]:
    """The graph store, and the graphs below it."""

    async def graph_store(request: Request) -> Answer:
        return await _answered(context, request)

    methods = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"]
    return [
        Route(PATH, graph_store, methods=methods),
        Route(PATH + "/{rest:path}", graph_store, methods=methods),
    ]


class _Unnamed(Exception):
    """A request that does not say which graph it means."""


def _graphs_of(scope: Scope) -> tuple[str, ...]:
    """IRIs that the graph meant may have, none for the one without a name."""
    pairs = parse_qsl(
        scope["query_string"].decode("latin-1"), keep_blank_values=True, encoding="utf-8", errors="strict"
    )
    graphs = [value for name, value in pairs if name == "graph"]
    default = any(name == "default" for name, _ in pairs)
    rest = scope["path"].removeprefix(PATH).lstrip("/")
    if len(graphs) + default + bool(rest) != 1:
        raise _Unnamed
    if graphs:
        if ":" not in graphs[0] or any(c in graphs[0] for c in '<>"{}|^`\\ \n\r\t'):
            raise _Unnamed
        return (graphs[0],)
    return (iris.BASE + "graph/" + rest, origin(scope) + scope["path"]) if rest else ()


async def _answered(context: WebContext, request: Request) -> Answer:
    scope, method = request.scope, request.method
    allowed = _READ_WRITE if context.settings.token else _ALLOWED
    if method == "OPTIONS":
        return preflight(allowed)
    if method not in _READ_WRITE:
        return not_allowed(scope, allowed)
    try:
        graphs = _graphs_of(scope)
    except (_Unnamed, UnicodeDecodeError):
        if method == "POST" and scope["path"] == PATH and not scope["query_string"]:
            # A graph to be given a name (5.5): one that nobody can guess is nobody's yet.
            graphs = (f"{origin(scope)}{PATH}/{secrets.token_hex(16)}",)
        else:
            return problem(scope, 400, "it is not said which graph is meant", "give one of ?graph=IRI and ?default")
    if method in ("GET", "HEAD"):
        return await _read(context, scope, graphs)
    refused = forbidden(scope, context.settings.token)
    if refused is not None:
        return refused
    if context.writing is None:
        return problem(scope, 503, "the server is not ready to write", "ask again a little later")
    try:
        documents = [] if method == "DELETE" else await _documents(context, request)
    except BodyRefused as refusal:
        return problem(scope, refusal.status, refusal.what, refusal.remedy, [(b"connection", b"close")])
    address = graphs[-1] if graphs else ""
    return await context.writing.change(scope, method, graphs, documents, address, location=address)


async def _documents(context: WebContext, request: Request) -> list[tuple[bytes, str]]:
    """The graphs in a body, with their forms; several if it is ``multipart/form-data`` (5.5)."""
    scope = request.scope
    body = await body_of(scope, request.receive, context.settings.upload_bytes)
    media = media_type(scope)
    if media != "multipart/form-data":
        return [(body, _form(media))]
    from email.message import Message
    from email.parser import BytesParser

    head = f"content-type: {header(scope, b'content-type')}\r\n\r\n".encode("latin-1")
    message = BytesParser().parsebytes(head + body)
    parts = message.get_payload()
    if not isinstance(parts, list):
        raise BodyRefused(400, "the parts of the body cannot be told apart", "send one graph a request")
    documents = []
    for part in parts:
        content = part.get_payload(decode=True) if isinstance(part, Message) else None
        if not isinstance(part, Message) or not isinstance(content, bytes):
            raise BodyRefused(400, "a part of the body cannot be read", "send one graph a request")
        documents.append((content, _form(part.get_content_type())))
    return documents


def _form(media: str) -> str:
    form = GRAPH_TYPES.get(media or "application/rdf+xml")  # the protocol's own assumption where nothing is said (5.3)
    if form is None:
        raise BodyRefused(
            415, f"a graph of the type {media} cannot be read", "send text/turtle or application/n-triples"
        )
    return form


async def _read(context: WebContext, scope: Scope, graphs: tuple[str, ...]) -> Answer:
    form = graph_form(header(scope, b"accept"))
    if not form:
        return problem(
            scope, 406, "a graph is written in other formats", "accept " + " or ".join(sorted(MEDIA.values()))
        )
    return await context.graph(
        graphs,
        form,
        gzip=takes_gzip(header(scope, b"accept-encoding")),
        if_none_match=header(scope, b"if-none-match"),
        scope=scope,
    )
