"""Comments on cells of a spreadsheet: no text of a target, but told with their cell, as those of Word documents are.

Excel writes a thread of replies into its older form as well (ISO/IEC 29500-1, 18.7), so that one is enough to read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from targetgraph.reading.documents.packaged import Package
from targetgraph.reading.documents.runs import readable
from targetgraph.records.documents import Location, Notice

_LONGEST = 500
_MOST = 300
"""Comments of a sheet told one by one; of the others there is a count."""

#: What a comment says, who wrote it, and where.
Comment = tuple[str, str, Location]


def told(comments: Iterator[Comment], sheet: Location) -> Iterator[Notice]:
    """A notice for each comment with words; of more than 300 in a sheet the rest is counted."""
    count = 0
    for words, author, where in comments:
        words = " ".join(readable(words).split())
        if not words:
            continue
        count += 1
        if count <= _MOST:
            words = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
            by = f" by {author[:100]}" if author else ""
            yield Notice(what=f"a comment{by} is no part of the text: {words!r}", where=where)
    if count > _MOST:
        yield Notice(what=f"{count - _MOST:,} more comments are no part of the text", where=sheet)


def of_sheet(package: Package, part: str) -> Iterator[tuple[str, str, str]]:
    """Words, author and cell (“B3”) of the comments on a sheet of an Excel workbook.

    Parameters
    ----------
    part : name of the sheet's part, as ``xl/worksheets/sheet1.xml``.
    """
    folder, _, name = part.rpartition("/")
    relations = package.xml(f"{folder}/_rels/{name}.rels")
    for relation in relations.iterfind("rel_Relationship") if relations is not None else ():
        if relation.get("Type", "").rpartition("/")[2] != "comments":
            continue
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        root = package.xml(path)
        if root is None:
            continue
        authors = [author.text or "" for author in root.iterfind("s_authors/s_author")]
        for comment in root.iterfind("s_commentList/s_comment"):
            index = comment.get("authorId", "")
            known = index.isascii() and index.isdigit() and len(index) < 6 and int(index) < len(authors)
            author = authors[int(index)] if known else ""
            words = "".join(text.text or "" for text in comment.iter("s_t"))
            # Excel begins a comment with its author's name and a colon, in bold.
            yield words.removeprefix(f"{author}:") if author else words, author, comment.get("ref", "")


def of_cell(cell: Element) -> Iterator[tuple[str, str]]:
    """Words and author of the annotations in a cell of an OpenDocument spreadsheet (OpenDocument 1.3, part 3, 14.1)."""
    for annotation in cell.iterfind("office_annotation"):
        words = " ".join("".join(paragraph.itertext()) for paragraph in annotation.iter("text_p"))
        yield words, annotation.findtext("dc_creator") or ""
