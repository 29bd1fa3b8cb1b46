"""``/rdf-graph-store``: SPARQL 1.1 Graph Store HTTP Protocol (W3C Recommendation of 21 March 2013), for reading.

A graph is named by ``?graph=IRI`` or ``?default`` (the graph without a name), or identified directly: the path below this
one, below ``https://w3id.org/targetgraph/graph/``, is then a graph of ours; or the address itself is the IRI of a graph.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from targetgraph import iris
from targetgraph.web.answers import Answer, Scope, header, not_allowed, preflight, problem, takes_gzip
from targetgraph.web.context import WebContext
from targetgraph.web.description import origin
from targetgraph.web.negotiation import MEDIA, graph_form

PATH = "/rdf-graph-store"
_ALLOWED = "GET, HEAD, OPTIONS"


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
    scope = request.scope
    try:
        graphs = _graphs_of(scope)
    except (_Unnamed, UnicodeDecodeError):
        if request.method == "OPTIONS":
            return preflight(_ALLOWED)
        return problem(scope, 400, "it is not said which graph is meant", "give one of ?graph=IRI and ?default")
    if request.method in ("GET", "HEAD"):
        return await _read(context, scope, graphs)
    if request.method == "OPTIONS":
        return preflight(_ALLOWED)
    return not_allowed(scope, _ALLOWED, "this server can only be read: it was started without a token for writing")


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
