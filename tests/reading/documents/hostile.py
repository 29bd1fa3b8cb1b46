"""Files that mean harm, or are merely broken: by name, with the name of the file and what has to come of it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

from tests.reading.documents.making import R, S, docx, paragraph, run, table, xlsx, zipped

FILES = Path(__file__).parent / "files"
SENTENCE = "Governments adopt laws on chemicals and waste by 2030."
LAUGHS = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
)


def _docx_with(document: str) -> bytes:
    return zipped({"[Content_Types].xml": "", "word/document.xml": document})


def _ods(content: str) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = "".join(f' xmlns:{name}="{office}{name}:1.0"' for name in ("office", "table", "text"))
    body = f"<office:body><office:spreadsheet><table:table>{content}</table:table></office:spreadsheet></office:body>"
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped(
        {"mimetype": mimetype, "content.xml": f"<office:document-content{spaces}>{body}</office:document-content>"}
    )


_PAGE = [
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
]


def _pdf_bomb() -> bytes:
    data = b" " * 140_000_000
    packed = zlib.compress(zlib.compress(data, 9), 9)
    return _pdf(
        [*_PAGE, b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(packed), packed)]
    )


def _pdf_of_pictures() -> bytes:
    """A page on which something is drawn, and nothing written."""
    return _pdf([*_PAGE, b"<</Length 12>>stream\n1 1 5 5 re f\nendstream"])


def _pdf(parts: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table_at = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % table_at


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _merged_down() -> bytes:
    heading = "".join(_INLINE.format(_letters(n), 1, "Target" if n == 1 else "x") for n in range(1, 701))
    second = "".join(_INLINE.format(_letters(n), 2, SENTENCE if n == 1 else "x") for n in range(1, 701))
    rows = "".join(f'<row r="{r}">{_INLINE.format("A", r, SENTENCE)}</row>' for r in range(3, 5_002))
    merged = "".join(f'<mergeCell ref="{_letters(n)}2:{_letters(n)}1048576"/>' for n in range(2, 701))
    data = f'<sheetData><row r="1">{heading}</row><row r="2">{second}</row>{rows}</sheetData>'
    return xlsx(f"{data}<mergeCells>{merged}</mergeCells>")


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


_CELL = "<table:table-cell{}><text:p>x</text:p></table:table-cell>"
_SHEET = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Target</t></is></c></row>{}</sheetData>'
_INLINE = '<c r="{}{}" t="inlineStr"><is><t>{}</t></is></c>'
_ROW = '<row r="{}"><c r="A{}" t="inlineStr"><is><t>' + SENTENCE + "</t></is></c></row>"

REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "billion laughs": ("l.docx", lambda: _docx_with(LAUGHS + "]><w>&j;</w>"), "declares a document type"),
    "external entity": (
        "e.docx",
        lambda: _docx_with('<!DOCTYPE w SYSTEM "file:///etc/passwd"><w/>'),
        "declares a document type",
    ),
    "zip bomb": ("b.docx", lambda: _docx_with("<w>" + " " * 140_000_000), "when unpacked"),
    "zip bomb in a sheet": ("b.xlsx", lambda: xlsx("<sheetData/>", "<si><t>" + "a" * 140_000_000), "when unpacked"),
    "million elements": ("m.docx", lambda: docx("<w:p/>" * 1_200_000), "the document has more than 1,000,000 elements"),
    "deep elements": ("d.docx", lambda: docx("<w:p>" * 100_000), "nested deeper"),
    "ods repeated": (
        "r.ods",
        lambda: _ods(f'<table:table-row table:number-rows-repeated="99999999">{_CELL.format("")}</table:table-row>'),
        "more than",
    ),
    "ods wide": (
        "w.ods",
        lambda: _ods(
            "<table:table-row>" + _CELL.format(' table:number-columns-repeated="99999999"') + "</table:table-row>"
        ),
        "more than",
    ),
    "sheet of many columns": (
        "c.xlsx",
        lambda: xlsx('<sheetData><row><c r="XFD1"><v>1</v></c></row></sheetData>'),
        "more than 1,000 cells",
    ),
    "encrypted office": (
        "e.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 3,
        "the document is encrypted",
    ),
    "no well-formed part": (
        "x.docx",
        lambda: _docx_with("<w><a></w>"),
        "the part word/document.xml is no well-formed XML: ",
    ),
    "no body": ("b.docx", lambda: _docx_with("<w/>"), "the document has no body"),
    "odt": ("t.odt", lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "this is an ODT text"),
    "ods of nothing": (
        "n.ods",
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "the workbook has no content",
    ),
    "pictures only": ("p.pdf", _pdf_of_pictures, "the PDF has no text layer: its pages are pictures"),
    "old office": ("o.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office"),
    "encrypted pdf": ("e.pdf", (FILES / "encrypted.pdf").read_bytes, "encrypted"),
    "pdf of nothing": ("n.pdf", lambda: b"%PDF-1.7\n" + b"\x00\xff" * 5_000, "PDF"),
    "pdf bomb": ("b.pdf", _pdf_bomb, "PDF"),
    "truncated docx": ("t.docx", lambda: _half(docx(paragraph(run(SENTENCE * 50)))), "damaged"),
    "a picture": ("p.docx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "picture"),
    "a program": ("p.txt", lambda: b"\x7fELF" + b"\0" * 99, "neither text nor"),
    "empty": ("e.csv", lambda: b" \n", "empty"),
    "other zip": ("z.docx", lambda: zipped({"a.txt": "a"}), "this is a zip file, but no"),
    "shared text missing": (
        "s.xlsx",
        lambda: xlsx('<sheetData><row><c t="s"><v>7</v></c></row></sheetData>'),
        "not there",
    ),
    "rows reached into": (
        "r.html",
        lambda: ("<table><tr>" + "<td rowspan=9999>Target" * 900 + f"<tr><td>{SENTENCE}" * 9_000).encode(),
        "too many cells that reach",
    ),
    "csv of one huge cell": ("h.csv", lambda: b'Target\n"' + b"a" * 2_000_000, "line 2 is not CSV: "),
}
"""File name, bytes, and words of the refusal."""

READ: dict[str, tuple[str, Callable[[], bytes], int]] = {
    "dimension trick": (
        "d.xlsx",
        lambda: xlsx('<dimension ref="A1:XFD1048576"/>' + _SHEET.format(_ROW.format(1048576, 1048576))),
        1,
    ),
    "macros": ("m.docm", lambda: docx(paragraph(run("Target A1 – " + SENTENCE)), **{"word/vbaProject.bin": b"\0"}), 1),
    "formulas": (
        "f.xlsx",
        lambda: xlsx(_SHEET.format('<row><c t="str"><f>A1</f><v>' + SENTENCE + "</v></c></row>")),
        1,
    ),
    "right to left": ("r.txt", lambda: f"Target A1 – \u202e{SENTENCE}\u202c".encode(), 1),
    "zero width": ("z.md", lambda: "Target A1 – Gov\u200bernments adopt laws on chem\u00adicals by 2030".encode(), 1),
    "line of brackets": ("b.md", lambda: b"Target A1: all Governments shall adopt laws " + b"[" * 1_000_000, 1),
    "line of brackets, closed": ("c.txt", lambda: b"Target A1: all Governments shall adopt laws " + b"[a]" * 60_000, 1),
    "wrong extension": ("w.pdf", lambda: docx(paragraph(run("Target A1 – " + SENTENCE))), 1),
    "unclosed comment": ("u.html", lambda: b"<html><p>Target A1: " + SENTENCE.encode() + b"<!--" * 200_000, 1),
    "unclosed tags": ("t.html", lambda: b"<html><p>Target A1: " + SENTENCE.encode() + b"<b <i " * 100_000, 1),
    "open scripts": ("s.html", lambda: b"<html><p>Target A1: " + SENTENCE.encode() + b"<script>" * 100_000, 1),
    "stars": ("s.md", lambda: b"Target A1: " + SENTENCE.encode() + b"\n\n" + b"*a **b " * 100_000, 1),
    "links": ("l.md", lambda: b"Target A1: " + SENTENCE.encode() + b"\n\n" + b"[a](" * 200_000, 1),
    "spaces": ("s.txt", lambda: b"Target A1: " + SENTENCE.encode() + b" " * 2_000_000 + b"\n" * 100_000, 1),
    "many cells": (
        "c.docx",
        lambda: docx(table([["Target", "Actors"]] + [[f"Goal {n}: {SENTENCE}", "x"] for n in range(800)])),
        800,
    ),
    "merged to the last row": ("m.xlsx", _merged_down, 5_000),
    "legacy bytes": ("l.txt", lambda: "Target A1 – Governments «adopt» laws on chemicals by 2030".encode("cp1252"), 1),
}
"""File name, bytes, and how many targets are found."""

assert R and S
