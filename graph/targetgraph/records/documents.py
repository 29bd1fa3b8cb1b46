"""Documents as they were read: blocks of marked text, each with its place; and the targets found in them.

Offsets are everywhere code points into the text they are said to refer to, beginning at 0, the end exclusive, as in the
selectors of the Web Annotation Data Model (W3C 2017, 4.2.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from operator import attrgetter


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a block stands in its file. Everything is counted from 1, as people count.

    Parameters
    ----------
    file : the name of the file as the user gave it.
    page : page of a PDF.
    sheet : sheet of a workbook.
    table, row, column : table in the document (in a workbook: always 1), row and column of the cell. A cell that spans
        several has the first of them.
    paragraph : number of the paragraph, among those outside tables.
    line : line of a text file on which the block begins.
    offset : offset of the first character of the block in the text of the file, for files that are text.
    """

    file: str = ""
    page: int | None = None
    sheet: str = ""
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    line: int | None = None
    offset: int | None = None

    def __str__(self) -> str:
        return ", ".join(part for part in (self.file, self.within) if part)

    @property
    def within(self) -> str:
        """The place inside the file, in words: ``page 2, table 1, row 3, column 2``."""
        parts = [f"sheet {self.sheet!r}"] if self.sheet else []
        for name in ("page", "table", "row", "column", "paragraph", "line"):
            number = getattr(self, name)
            if number is not None and not (name == "table" and self.sheet):
                parts.append(f"{name} {number}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look.

    Parameters
    ----------
    text : the characters.
    bold, italic, underline, strike : how it looks.
    inserted, deleted : a tracked change that nobody has accepted yet.
    author : who made that change, where the file says so.
    """

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    inserted: bool = False
    deleted: bool = False
    author: str = ""

    def looks_like(self, other: Run) -> bool:
        """Whether two runs differ in nothing but their characters."""
        return _look(self) == _look(other)


_look = attrgetter(*(f.name for f in fields(Run) if f.name != "text"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of a text that stands out: ``start`` and ``end`` are offsets into that text.

    ``kind`` is ``bold``, ``italic``, ``underline``, ``strike``, ``inserted`` or ``deleted``. The text of a tracked
    deletion is no part of the block's text: ``start == end`` is where it stood, and ``words`` is what it said.
    """

    kind: str
    start: int
    end: int
    words: str
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, item of a list or cell of a table.

    Parameters
    ----------
    kind : ``heading``, ``paragraph``, ``list-item`` or ``cell``.
    runs : its text, in order.
    location : where it stands.
    level : of a heading from 1; of a list item its depth from 0.
    marker : what a list item begins with in the file (``-``, ``1.``, ``(a)``); a bullet a program draws is ``•``.
    span : columns that a cell spans.
    height : rows that a cell spans, where the format says so with its first row.
    continued : whether a cell goes on with the one above it, with which it is merged; its own text is then empty.
    """

    kind: str
    runs: tuple[Run, ...]
    location: Location
    level: int = 0
    marker: str = ""
    span: int = 1
    height: int = 1
    continued: bool = False

    @property
    def text(self) -> str:
        """The text with every tracked change accepted: insertions are in it, deletions are not. Struck-through words are."""
        return "".join(run.text for run in self.runs if not run.deleted)

    @property
    def earlier_text(self) -> str:
        """The text with every tracked change rejected."""
        return "".join(run.text for run in self.runs if not run.inserted)

    def marks(self) -> Iterator[Mark]:
        """What stands out, in the order in which it begins; offsets into :attr:`text`."""
        found: list[Mark] = []
        for kind in ("bold", "italic", "underline", "strike", "inserted", "deleted"):
            found.extend(self._marks(kind))
        return iter(sorted(found, key=lambda mark: (mark.start, mark.end, mark.kind)))

    def _marks(self, kind: str) -> Iterator[Mark]:
        position, start, words, author = 0, 0, "", ""
        for run in self.runs:
            here = getattr(run, kind) and (kind == "deleted" or not run.deleted)
            passed_by = run.deleted and kind != "deleted"
            if words and not passed_by and (not here or run.author != author):
                yield Mark(kind=kind, start=start, end=position, words=words, author=author)
                words = ""
            if here:
                if not words:
                    start, author = position, run.author
                words += run.text
            if not run.deleted:
                position += len(run.text)
        if words:
            yield Mark(kind=kind, start=start, end=position, words=words, author=author)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something a reader of the result should know: the fact, where, and what to do about it if anything."""

    what: str
    where: Location = field(default_factory=Location)
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.where}: " if str(self.where) else ""
        return f"{where}{self.what}" + (f" ({self.remedy})" if self.remedy else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as it was read.

    Parameters
    ----------
    file : its name as the user gave it.
    format : ``docx``, ``pdf``, ``html``, ``markdown``, ``text``, ``csv``, ``xlsx`` or ``ods``.
    sha256 : of its bytes.
    blocks : in reading order; the cells of a table one row after the other.
    notices : what was passed over, repaired or doubtful.
    language : what the file says its language is (a tag), or empty.
    """

    file: str
    format: str
    sha256: str
    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A stretch of a block: ``block`` is its index in the document, offsets refer to its text."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What a table says of a target besides its text: the cell below a heading such as “Indicators”.

    ``role`` is ``actors``, ``indicators``, ``milestones``, ``sectors``, ``deadline``, ``comments`` or ``other``;
    ``heading`` is how the table calls it.
    """

    role: str
    heading: str
    text: str
    extent: Extent


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTarget:
    """A target found in a document, for somebody to confirm.

    Parameters
    ----------
    id : its number in the document (``A1``), or ``T1``, ``T2`` … where it bears none.
    numbered : whether the document gives that number.
    text : its wording; the extents' texts joined by line feeds.
    extents : where that stands.
    location : where the first of these stands.
    marks : what stands out in it; offsets into ``text``.
    objective : the heading it stands under, or empty.
    fields : what the table says of it.
    rule : why it was taken for a target, in words.
    confidence : from 0 to 1.
    """

    id: str
    numbered: bool
    text: str
    extents: tuple[Extent, ...]
    location: Location
    marks: tuple[Mark, ...] = ()
    objective: str = ""
    fields: tuple[Field, ...] = ()
    rule: str = ""
    confidence: float = 1.0

    @property
    def emphases(self) -> tuple[Mark, ...]:
        """The words an author set off: bold, italic or underlined, where that is not the whole text."""
        looks = (m for m in self.marks if m.kind in ("bold", "italic", "underline") and m.words.strip())
        by_place: dict[tuple[int, int], Mark] = {}
        for mark in looks:
            if mark.end - mark.start < len(self.text.strip()):
                by_place.setdefault((mark.start, mark.end), mark)
        return tuple(by_place.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnReading:
    """How a column of a table was understood: its heading, the role taken for it, and how alike they are (0 to 1)."""

    table: int
    sheet: str
    column: int
    heading: str
    role: str
    matched: str
    score: float
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What was recognised in a document.

    Parameters
    ----------
    targets : in the order of the document.
    columns : how the columns of its tables were understood, to be confirmed.
    left_out : list items and rows that were looked at and not taken, with the reason.
    notices : what is doubtful.
    """

    targets: tuple[FoundTarget, ...]
    columns: tuple[ColumnReading, ...] = ()
    left_out: tuple[Notice, ...] = ()
    notices: tuple[Notice, ...] = ()
