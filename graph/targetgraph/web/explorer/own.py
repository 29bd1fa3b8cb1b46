"""``/explore/own``: data of the user's own, given as a file, built into a store of its own, explored beside the bundled ones.

Only a server on a loopback address takes files, and only from its own pages (`desk.foreign`); nothing leaves this machine.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from targetgraph.errors import TargetGraphError
from targetgraph.pipeline.own_data import MOST_BYTES, OwnData, all_own_data, own_data, take_in
from targetgraph.views.explorer.own import own_item_page, own_page
from targetgraph.views.explorer.urls import ROOT
from targetgraph.web.answers import Answer
from targetgraph.web.bodies import BodyRefused, body_of
from targetgraph.web.explorer.desk import Desk, foreign, see_other
from targetgraph.web.explorer.visit import Refused, Visit
from targetgraph.web.hosts import is_loopback

_BOUNDARY = re.compile(rb'boundary="?([^";,]{1,70})"?', re.IGNORECASE)
_FILE = re.compile(rb'filename="((?:[^"\\]|\\.)*)"')


def routes(desk: Desk) -> list[BaseRoute]:
    """``/explore/own`` and what belongs to one store: ``/explore/own/<name>``, its status, cancelling, removing."""
    root = desk.context.folder.root
    local = is_loopback(desk.context.settings.host)

    def found(visit: Visit) -> OwnData:
        own = own_data(root, visit.inside["name"])
        if own is None:
            raise Refused("there is no such data of yours", "perhaps it was removed", 404)
        return own

    def index(visit: Visit) -> str:
        return own_page(visit.frame(), [(o.name, o.title, o.status) for o in all_own_data(root)], local, MOST_BYTES)

    def item(visit: Visit) -> str:
        own = found(visit)
        return own_item_page(visit.frame(), own.name, own.title, own.status)

    def status(visit: Visit) -> Answer:
        known = found(visit).status
        said = json.dumps({"state": known.state, "step": known.step}).encode()
        return Answer(200, [(b"content-type", b"application/json"), (b"cache-control", b"no-store")], said)

    def cancel(visit: Visit) -> Answer:
        found(visit).cancel()
        return see_other(f"{ROOT}/own/{visit.inside['name']}")

    def remove(visit: Visit) -> Answer:
        found(visit).remove()
        return see_other(f"{ROOT}/own")

    async def upload(request: Request) -> Answer:
        try:
            if not local:
                raise Refused("this server takes no files", "only one on this machine's own address does", 403)
            if refused := foreign(request.scope):
                raise Refused(refused, "open the page and try again", 403)
            body = await body_of(request.scope, request.receive, MOST_BYTES + 64 * 1024)
            name, content = _file_in(request.headers.get("content-type", ""), body)
            edition = await desk.edition()
            own = await desk.in_thread(lambda: take_in(root, name, content))
            _start(own, str(edition.version.dataset))
            return see_other(f"{ROOT}/own/{own.name}")
        except BodyRefused as error:
            return await desk.refusal(request, Refused(error.what, error.remedy, error.status))
        except TargetGraphError as error:
            return await desk.refusal(request, error)

    return [
        desk.page("own", f"{ROOT}/own", index, kept=False),
        Route(f"{ROOT}/own", upload, methods=["POST"]),
        desk.page("own", f"{ROOT}/own/{{name}}", item, kept=False),
        desk.page("own", f"{ROOT}/own/{{name}}/status", status, kept=False),
        desk.action("own", f"{ROOT}/own/{{name}}/cancel", cancel),
        desk.action("own", f"{ROOT}/own/{{name}}/remove", remove),
    ]


def _start(own: OwnData, bundled: str) -> None:
    """Build in a process of its own, which outlives neither a mistake nor a cancelling, and costs the server nothing."""
    subprocess.Popen(
        [sys.executable, "-m", "targetgraph.pipeline.own_data", str(own.folder), bundled],
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
