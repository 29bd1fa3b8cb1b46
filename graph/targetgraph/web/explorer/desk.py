"""Where pages of the explorer are asked for: it reads addresses, keeps what was made, and turns mistakes into pages."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.routing import Route

from targetgraph.errors import LimitExceeded, StoreError, TargetGraphError
from targetgraph.phrases import Telling, say
from targetgraph.views.explorer.frame import POLICY, Frame
from targetgraph.views.explorer.names import Names
from targetgraph.views.explorer.state import state_page
from targetgraph.views.explorer.urls import INTERFACE_LANGUAGES, ROOT, Urls
from targetgraph.web.answers import Answer, Scope, header, represented
from targetgraph.web.asking import PoolAsker
from targetgraph.web.bodies import BodyRefused, body_of
from targetgraph.web.context import WebContext
from targetgraph.web.description import origin
from targetgraph.web.explorer.edition import Edition
from targetgraph.web.explorer.own_editions import OwnEditions
from targetgraph.web.explorer.visit import House, Refused, Visit

HTML: Final = "text/html; charset=utf-8"
_THREADS: Final = 8
_KEPT_BYTES: Final = 32 * 1024 * 1024
_FORM_BYTES: Final = 256 * 1024
_SECURITY: Final = ((b"content-security-policy", POLICY.encode()), (b"referrer-policy", b"same-origin"))

WARMING: Final = "targetgraph.warming"
"""Stands in the scope of requests that the server makes of itself."""

#: Makes a page: HTML as a string, or any other answer.
Handler = Callable[[Visit], "str | Answer"]


class Desk:
    """The pages of one front.

    Parameters
    ----------
    context : knows the served version.
    """

    def __init__(self, context: WebContext) -> None:
        self.context = context
        self.pages: tuple[str, ...] = ()
        self.editing = context.settings.edit is not None
        self._own = OwnEditions(context.settings)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="explorer")
        self._edition: Edition | None = None
        self._kept: OrderedDict[tuple[str, str], tuple[bytes, str]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self.visited = asyncio.Event()
        """Set when somebody asks for a page."""
        self.busy = 0
        """Pages that visitors are waiting for."""

    # -- routes ----------------------------------------------------------------------------------------------------

    def page(self, name: str, path: str, handler: Handler, *, listed: bool = True, kept: bool = True) -> Route:
        """A page: HTML by GET.

        Parameters
        ----------
        name : of the page, as its template and words are called; one of `views.explorer.urls.PAGES` stands in the navigation.
        path : of Starlette, as ``/explore/targets/{framework}/{target}``.
        handler : makes it, in a thread; whatever it raises as `TargetGraphError` becomes a page that says so.
        listed : whether the navigation leads to it.
        kept : whether it depends on nothing but its address and the data version.
        """
        if listed and name not in self.pages:
            self.pages += (name,)

        async def answered(request: Request) -> Answer:
            return await self._shown(request, name, handler, kept)

        return Route(path, answered, methods=["GET"])

    def action(self, name: str, path: str, handler: Handler, *, most: int = _FORM_BYTES, fields: int = 200) -> Route:
        """A change, by POST of a form (``application/x-www-form-urlencoded``) from a page of this server.

        Parameters
        ----------
        handler : finds the fields in ``visit.form``; best returns `see_other`.
        most : largest body (bytes).
        fields : most fields.
        """

        async def answered(request: Request) -> Answer:
            refused = foreign(request.scope)
            if refused:
                return await self.refusal(request, Refused(refused, "open the page and try again", 403))
            try:
                body = await body_of(request.scope, request.receive, most)
            except BodyRefused as error:
                return await self.refusal(request, Refused(error.what, error.remedy, error.status))
            try:
                given = parse_qs(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=fields)
            except ValueError:
                return await self.refusal(
                    request, Refused(say("the form has more than {fields} fields", fields=fields), "send less at once")
                )
            form = {k: v[0] for k, v in given.items()}
            return await self._made(request, name, handler, form)

        return Route(path, answered, methods=["POST"])

    def rest(self) -> Route:
        """Addresses below ``/explore`` that no page has."""

        async def answered(request: Request) -> Answer:
            error = Refused("there is no such page in the explorer", "go on from the overview", 404)
            return await self.refusal(request, error)

        return Route(ROOT + "/{path:path}", answered, methods=["GET", "POST"])

    # -- what is served --------------------------------------------------------------------------------------------

    async def edition(self, own: str = "") -> Edition:
        """The version that is served now, or a store of the user's own data.

        Raises
        ------
        StoreError : nothing is served yet.
        Refused : there is no such store.
        """
        if own:
            return await self._own.edition(own)
        version, name = self.context.version, self.context.data_version
        if version is None:
            raise StoreError("no graph is being served", "", "run `targetgraph build`")
        found = self._edition
        if found is None or found.name != name:
            found = self._edition = Edition(version, name, PoolAsker(self.context, asyncio.get_running_loop()))
            with self._lock:
                self._kept.clear()
                self._bytes = 0
        return found

    def own_stores(self) -> tuple[tuple[str, str], ...]:
        """Stores of the user's own data: name and title."""
        return self._own.listed()

    def house(self) -> House:
        """What there is around every page now."""
        return House(self.pages, self.own_stores(), self.editing, self.context.unconfirmed)

    async def in_thread(self, function: Callable[[], Any]) -> Any:
        """Run a function in a thread of the explorer."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, function)

    # -- answers ---------------------------------------------------------------------------------------------------

    async def _shown(self, request: Request, name: str, handler: Handler, kept: bool) -> Answer:
        address = f"{request.url.path}?{request.url.query}"
        try:
            edition = await self.edition(request.query_params.get("own", ""))
        except TargetGraphError as error:
            return await self.refusal(request, error)
        key = (f"{edition.name} {self.own_stores()} {self.context.unconfirmed}", address)
        found = self._kept.get(key) if kept else None
        visitor = WARMING not in request.scope
        if visitor:
            self.visited.set()
        if found is None:
            self.busy += visitor
            try:
                answer = await self._made(request, name, handler, None)
            finally:
                self.busy -= visitor
            if answer.status != 200 or answer.header(b"content-type") != HTML.encode():
                return answer
            tag = hashlib.blake2b(answer.body, digest_size=12).hexdigest()
            found = (answer.body, tag)
            if kept:
                self._keep(key, found)
        return _private(
            represented(request.scope, found[0], HTML, etag=found[1], vary="Accept-Encoding", headers=_SECURITY)
        )

    async def _made(self, request: Request, name: str, handler: Handler, form: Mapping[str, str] | None) -> Answer:
        try:
            visit = await self._visit(request, name, form)
            made = await self.in_thread(partial(_run, visit, handler))
        except TargetGraphError as error:
            return await self.refusal(request, error)
        if isinstance(made, Answer):
            return made
        return Answer(200, [(b"content-type", HTML.encode()), *_SECURITY], made.encode())

    async def _visit(self, request: Request, name: str, form: Mapping[str, str] | None) -> Visit:
        given: dict[str, list[str]] = {}
        for key, value in request.query_params.multi_items():
            given.setdefault(key, []).append(value)
        edition = await self.edition(request.query_params.get("own", ""))
        inside = {k: str(v) for k, v in request.path_params.items()}
        return Visit(self.house(), edition, name, request.url.path, inside, given, form, origin(request.scope))

    async def refusal(self, request: Request, error: TargetGraphError) -> Answer:
        """The page that says what is wrong, in the frame of the explorer as far as that can be made."""
        status = _status(error)
        made = await self.in_thread(lambda: state_page(self._bare_frame(request), error, status).encode())
        headers = [*_SECURITY, (b"cache-control", b"no-store")]
        if status == 503:
            headers.append((b"retry-after", b"5"))
        return _private(represented(request.scope, made, HTML, status=status, vary="Accept-Encoding", headers=headers))

    def _bare_frame(self, request: Request) -> Frame:
        """A frame for pages on what went wrong: it needs no graph."""
        asked = request.query_params.get("ui", "en")
        interface = asked if asked in INTERFACE_LANGUAGES else "en"
        return Frame(
            page="state",
            path=request.url.path,
            urls=Urls(ui=interface),
            names=Names(),
            version=self.context.data_version,
            frameworks=(),
            pages=self.pages,
            own=self.own_stores(),
            telling=Telling(interface),
        )

    def _keep(self, key: tuple[str, str], made: tuple[bytes, str]) -> None:
        with self._lock:
            if key in self._kept or len(made[0]) * 8 > _KEPT_BYTES:
                return
            self._kept[key] = made
            self._bytes += len(made[0])
            while self._bytes > _KEPT_BYTES:
                self._bytes -= len(self._kept.popitem(last=False)[1][0])


def _run(visit: Visit, handler: Handler) -> str | Answer:
    visit.urls  # noqa: B018  refuses a wrong common state before anything is computed
    made = handler(visit)
    visit.finish()
    return made


def _private(answer: Answer) -> Answer:
    """A page that pages of other origins may not read: it can hold the user's own data."""
    answer.headers = [(k, v) for k, v in answer.headers if not k.startswith(b"access-control-")]
    return answer


def _status(error: TargetGraphError) -> int:
    if isinstance(error, Refused):
        return error.status
    return 503 if isinstance(error, (StoreError, LimitExceeded)) else 400


def see_other(address: str) -> Answer:
    """Lead a browser on after a change (303)."""
    return Answer(303, [(b"location", address.encode("ascii", "ignore")), (b"cache-control", b"no-store")])


def foreign(scope: Scope) -> str:
    """Why a change is not taken: the request does not come from a page of this server. Empty when it does.

    Browsers say where a request comes from: by ``Sec-Fetch-Site`` (W3C Fetch Metadata), older ones by ``Origin`` (RFC 6454). A
    request that says neither comes from no browser, but is refused as well: forms are sent by browsers.
    """
    site = header(scope, b"sec-fetch-site")
    origin = header(scope, b"origin")
    host = header(scope, b"host")
    if site and site != "same-origin":
        return "this request comes from another site"
    if origin and urlsplit(origin).netloc != host:
        return "this request comes from another site"
    return "" if site or origin else "this request does not say which page it comes from"
