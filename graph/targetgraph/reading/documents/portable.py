"""PDF: read by a child process that can be stopped, since what is in such a file decides how much work it is.

The child has bounds on time and, where the system knows them, on memory;
:mod:`targetgraph.reading.documents.portable_pages` says what it does.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from targetgraph.reading.documents.limits import refused
from targetgraph.reading.documents.ruled_tables import same_columns
from targetgraph.reading.documents.runs import gathered, readable
from targetgraph.records.documents import Block, Location, Notice, Run

SECONDS = 60
"""Time a PDF may take."""


def read(data: bytes, file: str, notices: list[Notice]) -> tuple[list[Block], str]:
    """The blocks of a document; raises InputError when it is encrypted, damaged, too much, or without a text layer."""
    answer = _asked(data, file)
    if "error" in answer:
        raise refused(answer["error"], file, answer["remedy"])
    pages = answer["pages"]
    empty = [number for number, page in enumerate(pages, 1) if not any(found["runs"] for found in page)]
    if len(empty) == len(pages):
        what = "the PDF has no text layer: its pages are pictures"
        raise refused(what, file, "run text recognition (OCR) on it and give the result")
    where = Location(file=file)
    if empty:
        listed = ", ".join(map(str, empty[:10])) + (" …" if len(empty) > 10 else "")
        notices.append(Notice(what=f"these pages have no text layer and were not read: {listed}", where=where))
    if b"%%EOF" not in data[-2_048:]:
        notices.append(Notice(what="the file breaks off before its end; what could be read was", where=where))
    notices.append(
        Notice(
            what="a PDF does not say what is a paragraph, a list or a table; they were made out by where words and lines "
            "stand. A table without lines between its cells was read as paragraphs",
            where=where,
            remedy="prefer the DOCX, if there is one",
        )
    )
    return list(_blocks(pages, file)), ""


def _blocks(pages: list[list[dict[str, Any]]], file: str) -> list[Block]:
    blocks: list[Block] = []
    paragraph = table = above = 0
    lines: list[float] = []
    for number, page in enumerate(pages, 1):
        begun = False
        for found in page:
            runs = gathered(Run(readable(text), *looks) for text, *looks in found["runs"])
            if found["kind"] == "cell":
                place = found["place"]
                if (place["row"], place["column"]) == (1, 1):
                    # The first table of a page goes on with the last one of the page before if its columns are as wide.
                    goes_on = not begun and table and same_columns(lines, found["lines"])
                    above = (blocks[-1].location.row or 0) if goes_on and blocks[-1].kind == "cell" else 0
                    table += not above
                    lines = found["lines"]
                begun = True
                where = Location(file=file, page=number, table=table, row=above + place["row"], column=place["column"])
                blocks.append(Block(kind="cell", runs=runs, location=where, span=place["span"], height=place["height"]))
            elif runs:
                paragraph += 1
                where = Location(file=file, page=number, paragraph=paragraph)
                kind, marker = found["kind"], found["marker"]
                blocks.append(Block(kind=kind, runs=runs, location=where, marker=marker))
    return blocks


def _asked(data: bytes, file: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "targetgraph.reading.documents.portable_pages"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        what = f"the PDF was not read within {SECONDS} seconds"
        raise refused(what, file, "split it, or print it to a new PDF") from None
    if done.returncode == 0:
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
    what = "the PDF cannot be read: it is damaged, or asks for more time or memory than a document may take"
    raise refused(what, file, "open it and print it to a new PDF, or give the DOCX")
