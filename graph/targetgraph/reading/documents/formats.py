"""What a file is, by its content; its name is only believed where the content leaves it open."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from pathlib import PurePath

from targetgraph.reading.documents.limits import refused

EXTENSIONS = {
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "ods",
}
"""Endings of names and the format they promise."""

READABLE = "DOCX, PDF, HTML, Markdown, plain text, CSV, XLSX or ODS"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<table[\s>]", re.IGNORECASE)
_OTHER = (
    (b"{\\rtf", "an RTF file", "open it in a word processor and save it as DOCX"),
    (b"\x89PNG", "a picture", "run text recognition (OCR) on it and give the result"),
    (b"\xff\xd8\xff", "a picture", "run text recognition (OCR) on it and give the result"),
    (b"\x1f\x8b", "a compressed file (gzip)", "unpack it and give what is inside"),
    (b"7z\xbc\xaf", "a compressed file (7-Zip)", "unpack it and give what is inside"),
    (b"Rar!", "a compressed file (RAR)", "unpack it and give what is inside"),
)


def format_of(data: bytes, file: str) -> str:
    """The format of a file.

    Parameters
    ----------
    data : its bytes.
    file : its name.

    Raises
    ------
    InputError
        If it is empty, encrypted, or of a kind that is not read.
    """
    if not data.strip():
        raise refused("the file is empty", file, "give the document itself")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        _refuse_ole(data, file)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, file)
    for beginning, what, remedy in _OTHER:
        if data.startswith(beginning):
            raise refused(f"this is {what}, not a document that can be read", file, remedy)
    return _text(data, file)


def promised(file: str) -> str:
    """The format that the name of a file promises, or an empty string."""
    return EXTENSIONS.get(PurePath(file).suffix.lower(), "")


def _refuse_ole(data: bytes, file: str) -> None:
    if _ENCRYPTED in data:
        raise refused("the document is encrypted", file, "open it with its password and save a copy without one")
    what = "this is a document of the old Office formats (.doc, .xls, .ppt)"
    raise refused(what, file, "open it and save it as DOCX or XLSX")


def _zipped(data: bytes, file: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename for info in archive.infolist()[:20_000]}
            if "word/document.xml" in names:
                return "docx"
            if "xl/workbook.xml" in names:
                return "xlsx"
            kind = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        what = "the file is damaged: it begins like a zipped document and breaks off or does not fit together"
        raise refused(what, file, "fetch it again, or open it and save it anew") from None
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        raise refused("this is an ODT text", file, "open it and save it as DOCX")
    raise refused(f"this is a zip file, but no {READABLE}", file, "unpack it and give the document inside")


def _text(data: bytes, file: str) -> str:
    name = promised(file)
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and b"\0" in data:
        what = f"this is neither text nor {READABLE}"
        raise refused(what, file, "give the document in one of these formats")
    if _HTML.search(data[:2048]) and name not in ("markdown", "csv"):
        return "html"
    return name if name in ("html", "markdown", "csv") else "text"


def decoded(data: bytes, file: str) -> tuple[str, str]:
    """The text of a file, and a sentence about how it was decoded where that is in doubt.

    UTF-8 with or without a byte order mark, UTF-16 with one; anything else is taken for Windows-1252, which gives every
    byte a meaning, and said so.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), ""
        except UnicodeDecodeError:
            raise refused("the file breaks off in the middle of a character", file, "fetch it again") from None
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        text = data.decode("cp1252", "replace")
        return text, f"the file is not UTF-8 (byte {error.start + 1}); it was read as Windows-1252"
