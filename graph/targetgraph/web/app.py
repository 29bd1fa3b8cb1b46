"""The application: who answers which path.

A module of the server has a function ``routes(context)`` that returns Starlette routes; `_MODULES` lists the modules. The
endpoint of queries is asked first and without Starlette, because nearly all requests are for it.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from importlib import import_module
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute

from targetgraph.web import sparql
from targetgraph.web.answers import Answer, Headers, Receive, Scope, Send, problem
from targetgraph.web.connections import Shortcut
from targetgraph.web.context import WebContext
from targetgraph.web.hosts import HostCheck

_MODULES = ("graph_store", "limits_page", "data", "catalogue", "explorer", "resources")
"""Modules of this package with ``routes(context) -> list[BaseRoute]``; the first route that matches answers. ``resources``
answers every path that is left and stays the last."""


def load_pages() -> None:
    """Import all that answers, so that fronts that are forked afterwards share it instead of each importing it."""
    for module in _MODULES:
        import_module(f"targetgraph.web.{module}")
    import_module("targetgraph.web.explorer").load_pages()


def create_app(context: WebContext) -> tuple[Any, Shortcut | None]:
    """The ASGI application of one front, and what answers look-ups without it.

    Parameters
    ----------
    context : started by the caller (`WebContext.start`).
    """
    routes: list[BaseRoute] = []
    for module in _MODULES:
        routes += import_module(f"targetgraph.web.{module}").routes(context)
    handlers: dict[Any, Any] = {HTTPException: _said, Exception: _failed}
    pages = Starlette(routes=routes, exception_handlers=handlers)
    endpoint = sparql.SparqlEndpoint(context)
    hosts = HostCheck(context.settings)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if context.unconfirmed:
            send = _with_header(send, (b"targetgraph-unconfirmed-since", context.unconfirmed.encode()))
        refused = hosts.refusal(scope)
        if refused is not None:
            await refused(scope, receive, send)
        elif scope["path"] in sparql.PATHS:
            await endpoint(scope, receive, send)
        else:
            await pages(scope, receive, send)

    def shortcut(url: bytes, headers: Headers) -> bytes | None:
        return endpoint.shortcut(url, headers) if hosts.refusal({"headers": headers}) is None else None

    return application, None if context.settings.access_log else shortcut


def _with_header(send: Send, added: tuple[bytes, bytes]) -> Send:
    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], added]}
        await send(message)

    return sent


async def _said(request: Request, error: Exception) -> Answer:
    status = error.status_code if isinstance(error, HTTPException) else 500
    what = {404: "there is nothing here", 405: f"{request.method} is not offered here"}.get(status, str(error))
    headers = getattr(error, "headers", None) or {}
    extra = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    remedy = {404: "check the address", 405: "see what the Allow header offers"}.get(status, "correct the request")
    return problem(request.scope, status, what, remedy, extra)


async def _failed(request: Request, error: Exception) -> Answer:
    return problem(request.scope, 500, "the server made a mistake", "please report it, with the request")
