"""Comments on cells: no text, but told with their place; workbooks written by openpyxl, OpenDocument by hand."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.comments import Comment

from targetgraph.reading.documents.opening import document_of
from targetgraph.reading.targets import recognise
from tests.reading.documents.making import zipped

TEXT = "By 2030, governments shall ban the pesticides of highest concern."


def _workbook(comments: dict[str, Comment]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Draft"
    for row in (["No.", "Target"], ["A1", TEXT]):
        sheet.append(row)
    for cell, comment in comments.items():
        sheet[cell].comment = comment
    workbook.create_sheet("Second")["C7"].comment = Comment("Nobody\nanswered.", "")
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _comments(data: bytes, file: str) -> list[tuple[str, str | None, int | None, int | None]]:
    notices = document_of(data, file).notices
    return [(n.what, n.where.sheet, n.where.row, n.where.column) for n in notices if "comment" in n.what]


def test_comments_of_a_workbook_are_told_with_their_cells() -> None:
    data = _workbook({"B2": Comment("EU:  keep  2030!", "EU"), "A1": Comment("  ", "X")})
    assert _comments(data, "draft.xlsx") == [
        ("a comment by EU is no part of the text: 'keep 2030!'", "Draft", 2, 2),
        ("a comment is no part of the text: 'Nobody answered.'", "Second", 7, 3),
    ]
    (target,) = recognise(document_of(data, "draft.xlsx")).targets
    assert (target.id, target.text) == ("A1", TEXT)


def test_of_many_and_long_comments_the_rest_is_counted() -> None:
    data = _workbook({f"D{row}": Comment(f"{row} " + "x" * 1_000, "N") for row in range(1, 304)})
    told = _comments(data, "draft.xlsx")
    assert len(told) == 300 + 1 + 1
    assert max(len(what) for what, *_ in told) < 560
    assert told[300][:2] == ("3 more comments are no part of the text", "Draft")


def test_annotations_of_an_open_document_spreadsheet() -> None:
    spaces = " ".join(
        f'xmlns:{prefix}="{space}"'
        for prefix, space in {
            "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
            "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
            "dc": "http://purl.org/dc/elements/1.1/",
        }.items()
    )
    note = (
        "<office:annotation><dc:creator>Kenya</dc:creator><dc:date>2026-01-02T03:04:05</dc:date>"
        "<text:p>Too</text:p><text:p>weak<text:span>!</text:span></text:p></office:annotation>"
    )
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        f"<table:table-cell>{note}<text:p>{TEXT}</text:p></table:table-cell></table:table-row>"
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="One">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})
    assert _comments(data, "draft.ods") == [("a comment by Kenya is no part of the text: 'Too weak!'", "One", 4, 3)]
    (block,) = document_of(data, "draft.ods").blocks
    assert (block.text, block.location.row, block.location.column) == (TEXT, 4, 3)
