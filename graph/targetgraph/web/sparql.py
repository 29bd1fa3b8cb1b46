"""``/sparql``: SPARQL 1.1 Protocol (W3C Recommendation of 21 March 2013), written straight to ASGI for speed."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote_plus

from targetgraph.store.documents import GRAPH_FORMS
from targetgraph.store.protocol_answers import RESULT_FORMS
from targetgraph.web import description
from targetgraph.web.answers import Answer, Receive, Scope, Send, not_allowed, preflight, problem, takes_gzip
from targetgraph.web.bodies import BodyRefused, body_of, media_type
from targetgraph.web.context import WebContext
from targetgraph.web.writing import forbidden

PATHS = frozenset({"/sparql", "/sparql/"})
_ALLOWED = "GET, HEAD, POST, OPTIONS"
_KEPT_LENGTH = 2048
_LOOKUP = b"/sparql?query="


class Parameters(NamedTuple):
    """What a request says in its query string or form."""

    queries: tuple[str, ...]
    updates: tuple[str, ...]
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    using: tuple[str, ...]
    using_named: tuple[str, ...]
    form: str


def parameters_of(encoded: bytes) -> Parameters:
    """Parameters of a query string or a form.

    Raises
    ------
    UnicodeDecodeError
        when it is not UTF-8.
    ValueError
        when it has too many parts.
    """
    return _kept_parameters(encoded) if len(encoded) <= _KEPT_LENGTH else _parameters(encoded)


def _parameters(encoded: bytes) -> Parameters:
    found: dict[str, list[str]] = {}
    pairs = parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict", max_num_fields=1000)
    for name, value in pairs:
        found.setdefault(name, []).append(value)

    def some(name: str) -> tuple[str, ...] | None:
        return tuple(found[name]) if name in found else None

    return Parameters(
        tuple(found.get("query", ())),
        tuple(found.get("update", ())),
        some("default-graph-uri"),
        some("named-graph-uri"),
        tuple(found.get("using-graph-uri", ())),
        tuple(found.get("using-named-graph-uri", ())),
        found.get("format", [""])[0],
    )


_kept_parameters = lru_cache(maxsize=2048)(_parameters)


def _joined(first: tuple[str, ...] | None, second: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if first is None and second is None else (*(first or ()), *(second or ()))


class SparqlEndpoint:
    """The endpoint as an ASGI application."""

    def __init__(self, context: WebContext) -> None:
        self._context = context

    def shortcut(self, url: bytes, headers: list[tuple[bytes, bytes]]) -> bytes | None:
        """The answer to a GET of nothing but a look-up: header lines and body. None leaves it to `__call__`.

        Parameters
        ----------
        url, headers : as they came, names of headers in lower case.
        """
        if not url.startswith(_LOOKUP) or b"&" in url or self._context.unconfirmed:
            return None
        accept = encoding = ""
        for name, value in headers:
            if name == b"accept":
                if accept:
                    return None
                accept = value.decode("latin-1")
            elif name == b"accept-encoding":
                encoding = value.decode("latin-1")
            elif name == b"if-none-match":
                return None
        try:
            text = unquote_plus(url[len(_LOOKUP) :].decode("ascii"), errors="strict")
        except UnicodeDecodeError:
            return None
        answer = self._context.looked_up(text, accept, takes_gzip(encoding))
        if answer is None:
            return None
        lines = [b"%b: %b\r\n" % pair for pair in answer.headers]
        return b"".join((*lines, b"content-length: %d\r\n\r\n" % len(answer.body), answer.body))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of any method."""
        answer = await self._answer(scope, receive)
        await answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        method = scope["method"]
        try:
            given = parameters_of(scope["query_string"])
            if method == "GET" or method == "HEAD":
                if given.updates:
                    return problem(scope, 400, "an update cannot be asked for by GET", "send it by POST")
                if not given.queries:
                    return await description.described(self._context, scope)
                return await self._queried(scope, receive, given)
            if method == "POST":
                return await self._posted(scope, receive, given)
            if method == "OPTIONS":
                return preflight(_ALLOWED)
            return not_allowed(scope, _ALLOWED)
        except BodyRefused as refused:
            return problem(scope, refused.status, refused.what, refused.remedy, [(b"connection", b"close")])
        except UnicodeDecodeError:
            return problem(scope, 400, "the request is not UTF-8 text", "send the query as UTF-8")
        except ValueError:
            return problem(scope, 400, "the request has too many parameters", "at most 1,000 are read")

    async def _posted(self, scope: Scope, receive: Receive, given: Parameters) -> Answer:
        media = media_type(scope)
        settings = self._context.settings
        if media not in ("application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"):
            return problem(
                scope,
                415,
                f"a body of the type {media or '(none)'} cannot be read here",
                "send application/sparql-query, application/x-www-form-urlencoded or application/sparql-update",
                [
                    (
                        b"accept-post",
                        b"application/sparql-query, application/x-www-form-urlencoded, application/sparql-update",
                    )
                ],
            )
        update = media == "application/sparql-update"
        if update and (refused := forbidden(scope, settings.token)) is not None:
            return refused
        body = await body_of(
            scope,
            receive,
            settings.upload_bytes if settings.token and not media.endswith("query") else settings.body_bytes,
        )
        if media == "application/x-www-form-urlencoded":
            sent = parameters_of(body)
            given = Parameters(
                given.queries + sent.queries,
                given.updates + sent.updates,
                _joined(given.default_graphs, sent.default_graphs),
                _joined(given.named_graphs, sent.named_graphs),
                given.using + sent.using,
                given.using_named + sent.using_named,
                sent.form or given.form,
            )
        elif update:
            given = given._replace(updates=(*given.updates, body.decode()))
        else:
            given = given._replace(queries=(*given.queries, body.decode()))
        if given.updates:
            return await self._updated(scope, given)
        if not given.queries:
            return problem(scope, 400, "there is no query in this request", "give it as the parameter query")
        return await self._queried(scope, receive, given)

    async def _queried(self, scope: Scope, receive: Receive, given: Parameters) -> Answer:
        if len(given.queries) > 1:
            return problem(scope, 400, f"{len(given.queries)} queries in one request", "send one query")
        if given.using or given.using_named:
            return problem(scope, 400, "using-graph-uri belongs to updates", "use default-graph-uri, named-graph-uri")
        accept = encoding = if_none_match = ""
        for name, value in scope["headers"]:
            if name == b"accept":
                accept = f"{accept}, {value.decode('latin-1')}" if accept else value.decode("latin-1")
            elif name == b"accept-encoding":
                encoding = value.decode("latin-1")
            elif name == b"if-none-match":
                if_none_match = value.decode("latin-1")
        forms = None
        if given.form:
            forms = _forms_named(given.form)
            if forms is None:
                return problem(scope, 400, f"there is no format {given.form!r}", "use " + ", ".join(_FORMATS))
        return await self._context.ask(
            given.queries[0],
            accept,
            default_graphs=given.default_graphs,
            named_graphs=given.named_graphs,
            forms=forms,
            gzip=takes_gzip(encoding),
            if_none_match=if_none_match,
            scope=scope,
            receive=receive,
        )

    async def _updated(self, scope: Scope, given: Parameters) -> Answer:
        refused = forbidden(scope, self._context.settings.token)
        if refused is not None:
            return refused
        if len(given.updates) > 1 or given.queries:
            return problem(scope, 400, "more than one update in one request", "join them by ';'")
        if given.default_graphs is not None or given.named_graphs is not None:
            return problem(
                scope, 400, "default-graph-uri belongs to queries", "use using-graph-uri, using-named-graph-uri"
            )
        writing = self._context.writing
        if writing is None:
            return problem(scope, 503, "the server is not ready to write", "ask again a little later")
        return await writing.change(scope, "update", given.updates[0], given.using, given.using_named)


_FORMATS = (*RESULT_FORMS, *GRAPH_FORMS)


def _forms_named(name: str) -> tuple[str, str] | None:
    if name in RESULT_FORMS:
        return name, {"json": "jsonld", "xml": "rdfxml"}.get(name, "")
    return ("", name) if name in GRAPH_FORMS else None
