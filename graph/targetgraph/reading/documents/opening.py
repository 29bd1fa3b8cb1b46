"""From a file on disk to a document, whatever the file may be."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from targetgraph.reading.documents.formats import decoded, format_of, promised
from targetgraph.reading.documents.limits import LARGEST_FILE, LONGEST_TEXT, refused, too_much
from targetgraph.reading.documents.runs import hidden_characters
from targetgraph.records.documents import Block, Document, Location, Notice

_READERS = {
    "docx": "word",
    "pdf": "portable",
    "html": "hypertext",
    "csv": "separated",
    "xlsx": "workbook",
    "ods": "open_document",
}
_NAMES = {"docx": "Word document", "pdf": "PDF", "html": "HTML page", "xlsx": "Excel workbook", "ods": "ODS workbook"}


def read_document(path: Path, file: str = "") -> Document:
    """Read a document.

    Parameters
    ----------
    path : where it lies.
    file : what to call it in places and messages; by default the path as given.

    Raises
    ------
    InputError
        If it cannot be opened, is encrypted, damaged, of a kind that is not read, holds more than may be, or has no text.
    """
    name = file or str(path)
    return document_of(_bytes(path, name), name)


def document_of(data: bytes, file: str) -> Document:
    """Read a document from its bytes; ``file`` is its name. Raises what :func:`read_document` does."""
    form = format_of(data, file)
    notices: list[Notice] = []
    expected = promised(file)
    if expected and form != expected and {form, expected} != {"text", "markdown"}:
        what = f"the name of the file promises another format; by its content it is a {_NAMES.get(form, form)}"
        notices.append(Notice(what=what, where=Location(file=file)))
    language = ""
    if form in ("markdown", "text"):
        blocks = _text_blocks(data, file, form, notices)
    else:
        reader = import_module(f"targetgraph.reading.documents.{_READERS[form]}")
        blocks, language = reader.read(data, file, notices)
    kept = _bounded(blocks, file)
    if not any(block.runs for block in kept):
        raise refused("there is no text in the document", file, "give a document with text")
    notices.extend(hidden_characters(kept))
    return Document(
        file=file,
        format=form,
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=kept,
        notices=tuple(notices),
        language=language,
    )


def _text_blocks(data: bytes, file: str, form: str, notices: list[Notice]) -> Iterable[Block]:
    from targetgraph.reading.documents.plain_text import text_blocks

    text, doubt = decoded(data, file)
    if doubt:
        notices.append(Notice(what=doubt, where=Location(file=file), remedy="save it as UTF-8"))
    return text_blocks(text, file, marked=form == "markdown")


def _bounded(blocks: Iterable[Block], file: str) -> tuple[Block, ...]:
    kept: list[Block] = []
    characters = 0
    for block in blocks:
        characters += sum(len(run.text) for run in block.runs)
        if characters > LONGEST_TEXT:
            raise too_much(f"more than {LONGEST_TEXT:,} characters", file)
        kept.append(block)
    return tuple(kept)


def _bytes(path: Path, file: str) -> bytes:
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            raise refused("this is not a plain file", file, "give the path of a document")
        if info.st_size > LARGEST_FILE:
            size, limit = info.st_size // 2**20, LARGEST_FILE // 2**20
            what = f"the file has {size:,} MB, more than the {limit} MB a document may have"
            raise refused(what, file, "split it, or take the pictures out")
        with path.open("rb") as stream:
            return stream.read(LARGEST_FILE)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise refused(f"the file cannot be read: {reason}", file, "check the path, and that you may read it") from None
