"""A view as a file: picture, table, or a page that is whole in itself."""

from __future__ import annotations

from typing import Final

from targetgraph.publish.exports.pictures import Table, as_csv, as_workbook
from targetgraph.web.answers import Answer
from targetgraph.web.explorer.visit import Visit

FORMATS: Final = ("svg", "csv", "xlsx", "html")
"""What a view is given as. A PNG is made of the SVG by the script of the page."""
_MEDIA: Final = {
    "svg": b"image/svg+xml",
    "csv": b"text/csv; charset=utf-8",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": b"text/html; charset=UTF-8",
    "ttl": b"text/turtle; charset=utf-8",
    "json": b"application/json",
}
# Pictures are shown by browsers, everything else is saved.
_SHOWN: Final = ("svg", "json")


def handed_out(visit: Visit, name: str, suffix: str, made: str | Table) -> Answer:
    """The answer that hands out a file.

    Parameters
    ----------
    name : of the file, without the suffix; the data version is added.
    suffix : one of `FORMATS`, ``ttl`` or ``json``.
    made : the text, or a table to be written as CSV or as a workbook.
    """
    if not isinstance(made, Table):
        body = made.encode()
    elif suffix == "csv":
        body = as_csv(made).encode()
    else:
        body = as_workbook(made)
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in f"{name}-{visit.edition.name}")
    how = "inline" if suffix in _SHOWN else "attachment"
    return Answer(
        200,
        [
            (b"content-type", _MEDIA[suffix]),
            (b"content-disposition", f'{how}; filename="{plain}.{suffix}"'.encode()),
            # A file is somebody else's page wherever it is opened: nothing in it may run here.
            (b"content-security-policy", b"default-src 'none'; sandbox"),
            (b"x-content-type-options", b"nosniff"),
            (b"cache-control", b"no-cache"),
        ],
        body,
    )
