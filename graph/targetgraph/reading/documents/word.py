"""Word documents (WordprocessingML, ISO/IEC 29500-1, 17): paragraphs, lists, tables, looks and tracked changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from targetgraph.reading.documents.beside_the_text import beside, referred, text_boxes
from targetgraph.reading.documents.limits import MOST_BLOCKS, MOST_COLUMNS, refused, too_much
from targetgraph.reading.documents.packaged import Package
from targetgraph.reading.documents.runs import gathered, readable
from targetgraph.reading.documents.word_numbers import Numbering
from targetgraph.records.documents import Block, Location, Notice, Run

_HEADING = re.compile(r"heading\s?([1-9])", re.IGNORECASE)
_OFF = frozenset(("0", "false", "off", "none"))
_LOOKS = {"w_b": "bold", "w_i": "italic", "w_u": "underline", "w_strike": "strike", "w_dstrike": "strike"}
_INSERTED = frozenset(("w_ins", "w_moveTo"))
_DELETED = frozenset(("w_del", "w_moveFrom"))
_PASSED_THROUGH = frozenset(
    ("w_hyperlink", "w_smartTag", "w_fldSimple", "w_sdt", "w_sdtContent", "w_customXml", "w_dir", "w_bdo")
)
_IN_CELLS = _PASSED_THROUGH | _INSERTED | {"w_tr", "w_tc", "w_tbl"}
_BREAKS = {"w_tab": "\t", "w_br": "\n", "w_cr": "\n", "w_noBreakHyphen": "\u2011", "w_softHyphen": "\u00ad"}


@dataclass(slots=True)
class _Style:
    based_on: str
    heading: int
    number: str
    deep: int | None
    looks: dict[str, bool]


def read(data: bytes, file: str, notices: list[Notice]) -> tuple[list[Block], str]:
    """The blocks of a document and its language; raises InputError when it cannot be read."""
    package = Package(data, file)
    root = package.xml("word/document.xml")
    body = root.find("w_body") if root is not None else None
    if body is None:
        raise refused("the document has no body", file, "open it in a word processor and save it anew")
    where = Location(file=file)
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        notices.append(Notice(what="the document holds macros; they were not looked at and not run", where=where))
    walk = _Walk(file, package.xml("word/styles.xml"), Numbering(package.xml("word/numbering.xml")))
    blocks = list(walk.blocks(body))
    notices.extend(beside(package, file, walk.references))
    if walk.boxes:
        what = f"the text of {walk.boxes} text boxes was read behind the paragraph or cell that each is anchored to"
        notices.append(Notice(what=what, where=where, remedy="check the order"))
    notices.extend(walk.notices)
    if walk.changes:
        what = f"the document has tracked changes that nobody has accepted or rejected yet ({walk.changes} stretches)"
        remedy = "insertions are read as text, deletions are kept beside it; both are listed with each target"
        notices.append(Notice(what=what, where=where, remedy=remedy))
    return blocks, walk.language


class _Walk:
    def __init__(self, file: str, styles: Element | None, numbering: Numbering) -> None:
        self._file = file
        self._numbering = numbering
        self._styles: dict[str, _Style] = {}
        self._paragraphs = self._tables = self._count = 0
        self.changes = self.boxes = 0
        self.language = ""
        self.notices: list[Notice] = []
        self.references: list[tuple[str, str, Location]] = []
        """Where the text refers to what stands beside it: kind of note, its number, and the place."""
        self._here = Location(file=file)
        for style in styles.iterfind("w_style") if styles is not None else ():
            self._styles[style.get("w_styleId", "")] = _style(style)
        lang = styles.find("w_docDefaults/w_rPrDefault/w_rPr/w_lang") if styles is not None else None
        if lang is not None and re.fullmatch(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*", lang.get("w_val", "")):
            self.language = lang.get("w_val", "").split("-")[0].lower()

    def blocks(self, parent: Element) -> Iterator[Block]:
        """The blocks of a body, or of what wraps a part of it."""
        for child in parent:
            if child.tag == "w_p":
                block = self._paragraph(child)
                if block.runs:
                    yield block
                for box in text_boxes(child):
                    self.boxes += 1
                    yield from self.blocks(box)
            elif child.tag == "w_tbl":
                yield from self._table(child)
            elif child.tag in _PASSED_THROUGH or child.tag in _INSERTED:
                yield from self.blocks(child)

    def _counted(self) -> None:
        self._count += 1
        if self._count > MOST_BLOCKS:
            raise too_much(f"more than {MOST_BLOCKS:,} paragraphs and cells", self._file)

    def _paragraph(self, element: Element) -> Block:
        self._counted()
        self._here = Location(file=self._file, paragraph=self._paragraphs + 1)
        runs = gathered(self._runs(element))
        if runs:
            self._paragraphs += 1
        style = self._named(element)
        heading = next((s.heading for s in self._chain(style) if s.heading), 0)
        number, deep = self._list_of(element, style)
        marker = self._numbering.next(number, deep) if number else ""
        return Block(
            kind="heading" if heading else "list-item" if number else "paragraph",
            runs=runs,
            location=Location(file=self._file, paragraph=self._paragraphs),
            level=heading or deep,
            marker="" if heading and marker == "•" else marker,
        )

    def _named(self, element: Element) -> str:
        style = element.find("w_pPr/w_pStyle")
        return style.get("w_val", "") if style is not None else ""

    def _chain(self, name: str) -> Iterator[_Style]:
        for _ in range(20):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.based_on

    def _list_of(self, element: Element, style: str) -> tuple[str, int]:
        """The list a paragraph is in, by itself or by its style, and its level from 0; without a list ``("", 0)``."""
        own, deep = element.find("w_pPr/w_numPr/w_numId"), element.find("w_pPr/w_numPr/w_ilvl")
        named = next((s for s in self._chain(style) if s.number), None)
        number = own.get("w_val", "") if own is not None else named.number if named else ""
        if number in ("", "0"):  # 0 takes a paragraph out of the list of its style
            return "", 0
        if deep is not None:
            return number, _value(deep, 0)
        if named is not None and named.deep is not None:
            return number, named.deep
        return number, self._numbering.depth_of_style(number, style)

    def _looks(self, style: str) -> dict[str, bool]:
        looks: dict[str, bool] = {}
        for link in self._chain(style):
            for name, on in link.looks.items():
                looks.setdefault(name, on)
        return looks

    def _runs(self, paragraph: Element) -> Iterator[Run]:
        base = Run("")
        style = self._named(paragraph)
        if style and not any(s.heading for s in self._chain(style)):
            base = replace(base, **self._looks(style))  # type: ignore[arg-type]
        yield from self._inside(paragraph, base)

    def _inside(self, parent: Element, base: Run) -> Iterator[Run]:
        for child in parent:
            if child.tag == "w_r":
                self.references.extend((kind, number, self._here) for kind, number in referred(child))
                yield from self._run(child, base)
            elif child.tag in _INSERTED or child.tag in _DELETED:
                self.changes += 1
                inserted = child.tag in _INSERTED
                changed = replace(base, inserted=base.inserted or inserted, deleted=base.deleted or not inserted)
                yield from self._inside(child, replace(changed, author=child.get("w_author", "")[:100]))
            elif child.tag in _PASSED_THROUGH:
                yield from self._inside(child, base)

    def _run(self, element: Element, base: Run) -> Iterator[Run]:
        looks: dict[str, bool] = {}
        properties = element.find("w_rPr")
        if properties is not None:
            style = properties.find("w_rStyle")
            if style is not None:
                looks.update(self._looks(style.get("w_val", "")))
            looks.update(_looks_of(properties))
            if properties.find("w_vanish") is not None:
                return
        text = "".join(
            child.text or "" if child.tag in ("w_t", "w_delText") else _BREAKS.get(child.tag, "") for child in element
        )
        if text:
            yield replace(base, text=readable(text), **looks)  # type: ignore[arg-type]

    def _table(self, element: Element) -> Iterator[Block]:
        self._tables += 1
        table = self._tables
        inner: list[tuple[Element, Location]] = []
        for row, line in enumerate(_through(element, "w_tr"), 1):
            change = self._changed(line.find("w_trPr"), "w_ins", "w_del")
            column = 1 + _value(line.find("w_trPr/w_gridBefore"), 0)
            for cell in _through(line, "w_tc"):
                self._counted()
                span = _value(cell.find("w_tcPr/w_gridSpan"), 1)
                if column + span > MOST_COLUMNS:
                    raise too_much(f"a table of more than {MOST_COLUMNS:,} columns", self._file)
                merged = cell.find("w_tcPr/w_vMerge")
                continued = merged is not None and merged.get("w_val", "continue") == "continue"
                where = self._here = Location(file=self._file, table=table, row=row, column=column)
                mine = change or self._changed(cell.find("w_tcPr"), "w_cellIns", "w_cellDel")
                runs = () if continued else gathered(self._cell(cell, mine))
                yield Block(kind="cell", runs=runs, location=where, span=span, continued=continued)
                inner += [(nested, where) for nested in _through(cell, "w_tbl") if _is_grid(nested)]
                column += span
        for nested, where in inner:
            what = f"table {self._tables + 1} stands inside this cell; it is read as a table of its own"
            self.notices.append(Notice(what=what, where=where))
            yield from self._table(nested)

    def _changed(self, properties: Element | None, inserted: str, deleted: str) -> Run | None:
        """How a tracked change of a whole row or cell looks on its text, or ``None`` without one."""
        for tag in (deleted, inserted):
            mark = properties.find(tag) if properties is not None else None
            if mark is not None:
                self.changes += 1
                author = mark.get("w_author", "")[:100]
                return Run("", inserted=tag == inserted, deleted=tag == deleted, author=author)
        return None

    def _cell(self, cell: Element, change: Run | None) -> Iterator[Run]:
        """The runs of all paragraphs of a cell, with line feeds between; tables inside that are grids are read apart."""
        first = True
        for paragraph in self._lines(cell):
            runs = gathered(self._runs(paragraph))
            number, deep = self._list_of(paragraph, self._named(paragraph))
            marker = self._numbering.next(number, deep) if number else ""
            if not runs and marker not in ("", "•"):  # a column of numbers that Word counts holds no text at all
                runs = (Run(marker),)
            if runs and not first:
                yield replace(runs[0], text="\n", bold=False, italic=False, underline=False, strike=False)
            for run in runs:
                if change:
                    gone, new = run.deleted or change.deleted, run.inserted or change.inserted
                    run = replace(run, deleted=gone, inserted=new, author=run.author or change.author)
                yield run
            first = first and not runs

    def _lines(self, parent: Element) -> Iterator[Element]:
        for child in parent:
            if child.tag == "w_p":
                yield child
                for box in text_boxes(child):
                    self.boxes += 1
                    yield from self._lines(box)
            elif child.tag in _IN_CELLS and not (child.tag == "w_tbl" and _is_grid(child)):
                yield from self._lines(child)


def _is_grid(table: Element) -> bool:
    """Whether a table inside a cell has rows and columns; a frame or a single row or column is part of the cell's text."""
    widths = [sum(1 for _ in _through(row, "w_tc")) for row in _through(table, "w_tr")]
    return len(widths) > 1 and max(widths) > 1


def _through(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _PASSED_THROUGH or child.tag in _INSERTED:
            yield from _through(child, tag)


def _style(element: Element) -> _Style:
    name, base = element.find("w_name"), element.find("w_basedOn")
    found = _HEADING.fullmatch(name.get("w_val", "")) if name is not None else None
    properties, deep = element.find("w_rPr"), element.find("w_pPr/w_numPr/w_ilvl")
    return _Style(
        based_on=base.get("w_val", "") if base is not None else "",
        heading=int(found.group(1)) if found else 0,
        number=_text(element.find("w_pPr/w_numPr/w_numId")),
        deep=_value(deep, 0) if deep is not None else None,
        looks=_looks_of(properties) if properties is not None else {},
    )


def _looks_of(properties: Element) -> dict[str, bool]:
    return {
        _LOOKS[child.tag]: child.get("w_val", "1").lower() not in _OFF for child in properties if child.tag in _LOOKS
    }


def _text(element: Element | None) -> str:
    return element.get("w_val", "") if element is not None else ""


def _value(element: Element | None, default: int) -> int:
    return _number(element.get("w_val") if element is not None else None, default, 10_000)


def _number(text: str | None, default: int, most: int) -> int:
    return min(int(text), most) if text and text.isascii() and text.isdigit() and len(text) < 10 else default
