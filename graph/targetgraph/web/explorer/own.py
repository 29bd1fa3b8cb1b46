"""``/explore/own``: data of the user's own, given as a file, built into a store of its own, explored beside the bundled ones.

Only a server on a loopback address takes files, and only from its own pages (`desk.foreign`); nothing leaves this machine.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from time import time

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from targetgraph.errors import TargetGraphError
from targetgraph.pipeline.own_data import RUNNING, WAITING, OwnData, all_own_data, own_data
from targetgraph.pipeline.own_intake import DOCUMENTS, MOST_BYTES, take_in
from targetgraph.pipeline.own_review import decide, review_of, take_back, workbook
from targetgraph.records.review import ACCEPT
from targetgraph.views.explorer.own import own_item_page, own_page
from targetgraph.views.explorer.own_review import concept_names, decisions_in, review_view
from targetgraph.views.explorer.urls import ROOT, Urls
from targetgraph.web.answers import Answer
from targetgraph.web.bodies import BodyRefused, body_of
from targetgraph.web.explorer.desk import Desk, foreign, see_other
from targetgraph.web.explorer.downloads import XLSX, attachment
from targetgraph.web.explorer.visit import Refused, Visit
from targetgraph.web.hosts import is_loopback

_BOUNDARY = re.compile(rb'boundary="?([^";,]{1,70})"?', re.IGNORECASE)
_FILE = re.compile(rb'filename="((?:[^"\\]|\\.)*)"')


def routes(desk: Desk) -> list[BaseRoute]:
    """``/explore/own`` and what belongs to one store: ``/explore/own/<name>``, its status, decisions, cancelling, removing."""
    pages = _Own(desk)
    return [
        desk.page("own", f"{ROOT}/own", pages.index, kept=False),
        Route(f"{ROOT}/own", pages.upload, methods=["POST"]),
        desk.page("own", f"{ROOT}/own/{{name}}", pages.item, kept=False),
        desk.page("own", f"{ROOT}/own/{{name}}/status", pages.status, kept=False),
        desk.page("own", f"{ROOT}/own/{{name}}/review.xlsx", pages.workbook, kept=False),
        Route(f"{ROOT}/own/{{name}}/review", pages.take_back, methods=["POST"]),
        desk.action("own", f"{ROOT}/own/{{name}}/decide", pages.decide, most=1 << 20, fields=4000),
        desk.action("own", f"{ROOT}/own/{{name}}/cancel", pages.cancel),
        desk.action("own", f"{ROOT}/own/{{name}}/remove", pages.remove),
    ]


class _Own:
    """The pages on the user's own data.

    Parameters
    ----------
    desk : where they are asked for.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk, self._root = desk, desk.context.folder.root
        self._local = is_loopback(desk.context.settings.host)

    def _found(self, name: str) -> OwnData:
        own = own_data(self._root, name)
        if own is None:
            raise Refused("there is no such data of yours", "perhaps it was removed", 404)
        return own

    def index(self, visit: Visit) -> str:
        listed = [(o.name, o.title, o.status) for o in all_own_data(self._root)]
        return own_page(visit.frame(), listed, self._local, MOST_BYTES, DOCUMENTS)

    def item(self, visit: Visit) -> str:
        own = self._found(visit.inside["name"])
        page, known = int(visit.number("page", 1, 1, 10_000)), own.status
        said = None
        if known.state != RUNNING and own.review.is_dir():
            concepts = visit.compute("concepts", lambda: concept_names(visit.graph))
            said = review_view(review_of(own), page, concepts, visit.names)
        return own_item_page(visit.frame(), own.name, own.title, known, said)

    def status(self, visit: Visit) -> Answer:
        known = self._found(visit.inside["name"]).status
        seconds = round(time() - known.since) if known.since else 0
        said = json.dumps({"state": known.state, "step": known.step, "seconds": seconds}).encode()
        return Answer(200, [(b"content-type", b"application/json"), (b"cache-control", b"no-store")], said)

    def workbook(self, visit: Visit) -> Answer:
        own = self._found(visit.inside["name"])
        name = f"{Path(own.title).stem}-review.xlsx"
        return attachment(workbook(own), XLSX, name)

    def decide(self, visit: Visit) -> Answer:
        own, form = self._found(visit.inside["name"]), visit.form
        if own.status.state == RUNNING:
            raise Refused("it is being built", "wait until that is done, or cancel it", 409)
        review = decide(own, decisions_in(review_of(own), form))
        if form.get("do") == "build":
            if not any(cells.get("decision") == ACCEPT for cells in review.sheets["targets"].values()):
                raise Refused("no target is accepted", "accept at least one, then build")
            self._start(own, visit.edition.version.dataset)
        return see_other(visit.urls.own_data(own.name))

    def cancel(self, visit: Visit) -> Answer:
        self._found(visit.inside["name"]).cancel()
        return see_other(visit.urls.own_data(visit.inside["name"]))

    def remove(self, visit: Visit) -> Answer:
        self._found(visit.inside["name"]).remove()
        return see_other(visit.urls.own_data())

    async def upload(self, request: Request) -> Answer:
        """Take a file in and begin with it."""

        async def taken(name: str, content: bytes) -> OwnData:
            edition = await self._desk.edition()
            own: OwnData = await self._desk.in_thread(lambda: take_in(self._root, name, content))
            self._start(own, edition.version.dataset)
            return own

        return await self._with_file(request, taken)

    async def take_back(self, request: Request) -> Answer:
        """Take a workbook with decisions."""

        async def taken(name: str, content: bytes) -> OwnData:
            own = self._found(str(request.path_params["name"]))
            await self._desk.in_thread(lambda: take_back(own, content))
            return own

        return await self._with_file(request, taken)

    async def _with_file(self, request: Request, taken: Callable[[str, bytes], Awaitable[OwnData]]) -> Answer:
        try:
            if not self._local:
                raise Refused("this server takes no files", "only one on this machine's own address does", 403)
            if refused := foreign(request.scope):
                raise Refused(refused, "open the page and try again", 403)
            body = await body_of(request.scope, request.receive, MOST_BYTES + 64 * 1024)
            own = await taken(*_file_in(request.headers.get("content-type", ""), body))
            return see_other(Urls(ui=request.query_params.get("ui", "en")).own_data(own.name))
        except BodyRefused as error:
            return await self._desk.refusal(request, Refused(error.what, error.remedy, error.status))
        except TargetGraphError as error:
            return await self._desk.refusal(request, error)

    def _start(self, own: OwnData, bundled: Path) -> None:
        """Build in a process of its own, which outlives neither a mistake nor a cancelling, and costs the server nothing."""
        own.write(replace(own.status, state=RUNNING, step=WAITING, process=0, problems=(), since=time()))
        memory = str(self._desk.context.settings.own_memory_bytes)
        subprocess.Popen(
            [sys.executable, "-m", "targetgraph.pipeline.own_building", str(own.folder), str(bundled), memory],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def _file_in(content_type: str, body: bytes) -> tuple[str, bytes]:
    """Name and content of the file in a form (``multipart/form-data``, RFC 7578).

    Raises
    ------
    Refused : there is no such form, or no file in it.
    """
    boundary = _BOUNDARY.search(content_type.encode("latin-1", "replace"))
    if boundary and content_type.lower().startswith("multipart/form-data"):
        for part in (b"\r\n" + body).split(b"\r\n--" + boundary[1])[1:]:
            head, _, content = part.partition(b"\r\n\r\n")
            name = _FILE.search(head)
            if name and name[1]:
                return name[1].decode("utf-8", "replace"), content
    raise Refused("no file was given", "choose one and try again")
