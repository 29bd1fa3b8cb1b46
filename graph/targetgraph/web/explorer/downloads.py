"""Tables that can be taken away from pages, as CSV and as a workbook."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from targetgraph.phrases import say
from targetgraph.publish.view_sheets import Sheet, as_csv, as_xlsx
from targetgraph.web.answers import Answer
from targetgraph.web.explorer.visit import Refused, Visit

XLSX: Final = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: Final = ("csv", "xlsx")


def download(visit: Visit, sheet: Sheet, name: str) -> Answer:
    """A table in the form that the end of the path names (Refused for another).

    Parameters
    ----------
    name : of the file, without its end.
    """
    form = visit.inside["form"]
    if form not in FORMS:
        raise Refused(say("this table cannot be had as “{form}”", form=form[:20]), "take csv or xlsx", 404)
    if form == "csv":
        return attachment(as_csv(sheet), b"text/csv; charset=utf-8", f"{name}.csv")
    chosen = [(f"Chosen: {k}", ", ".join(v)) for k, v in visit.frame().state.items()]
    return attachment(as_xlsx(sheet, chosen), XLSX, f"{name}.xlsx")


def attachment(content: bytes, media: bytes, name: str) -> Answer:
    """A file to be saved under a name (RFC 6266)."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Answer(
        200,
        [
            (b"content-type", media),
            (b"content-disposition", disposition.encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
        ],
        content,
    )
