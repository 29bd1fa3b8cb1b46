"""A workbook of one framework for analysts: targets, who and where, coverage, ranked gaps, and every link with its basis."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Final

from targetgraph.analysis.standing import Standing
from targetgraph.publish.exports.archives import rewrite_zip
from targetgraph.publish.exports.source import Source
from targetgraph.publish.exports.workbook_sheets import (
    write_coverage,
    write_gaps,
    write_links,
    write_reached,
    write_read_me,
    write_targets,
)
from targetgraph.publish.exports.xml_text import xml_text

REACHED: Final = {
    "actors": "Who must act",
    "sectors": "Sectors",
    "stages": "Stages",
    "sdgs": "SDGs",
    "indicators": "Indicators",
}
_CORE: Final = "docProps/core.xml"
_MOMENT: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_NO_TIME: Final = b"2000-01-01T00:00:00Z"
"""The workbook depends on its data version and not on when it was written; the format wants a time all the same."""


def write_workbook(source: Source, code: str, path: Path) -> None:
    """Write the workbook of a framework; the same data give the same bytes.

    Raises
    ------
    TargetGraphError
        when there is no such framework.
    """
    from openpyxl import Workbook

    standing = Standing(source.coded, source.gaps(code))
    book = Workbook(write_only=True)
    book.properties.title = xml_text(f"{standing.report.framework_label}: targets, coverage and gaps")
    book.properties.creator = "TargetGraph contributors"
    book.properties.identifier = source.data_version
    write_read_me(book, source, standing)
    write_targets(book, source, standing)
    dimensions = source.coded.declarations.dimensions
    for dimension in dimensions:
        if dimension.code in REACHED:
            write_reached(book, source, standing, dimension.code, REACHED[dimension.code])
    for dimension in dimensions:
        write_coverage(book, source, standing, dimension.code)
    write_gaps(book, standing)
    write_links(book, source, code)
    written = io.BytesIO()
    book.save(written)
    written.seek(0)
    rewrite_zip(written, path, {_CORE: _without_times(written)})


def _without_times(archive: io.BytesIO) -> bytes:
    import zipfile

    with zipfile.ZipFile(archive) as opened:
        core = opened.read(_CORE)
    archive.seek(0)
    return _MOMENT.sub(rb"\g<1>" + _NO_TIME, core)
