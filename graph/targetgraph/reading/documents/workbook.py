"""Excel workbooks (SpreadsheetML, ISO/IEC 29500-1, 18): what cells show, with the look of their words.

What a sheet says of its own size is not believed; only cells that are there are read. Formulas are never computed: a cell
with one has the value that was saved with it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from targetgraph.reading.documents.cell_comments import of_sheet, told
from targetgraph.reading.documents.limits import MOST_BLOCKS, MOST_COLUMNS, refused, too_much
from targetgraph.reading.documents.packaged import Package
from targetgraph.reading.documents.runs import gathered, readable
from targetgraph.records.documents import Block, Location, Notice, Run

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LOOKS = {"s_b": "bold", "s_i": "italic", "s_u": "underline", "s_strike": "strike"}
_DATES = frozenset((14, 15, 16, 17, 22))
_FIRST_DAY = datetime.date(1899, 12, 30)


def read(data: bytes, file: str, notices: list[Notice]) -> tuple[Iterator[Block], str]:
    """The cells of all sheets; raises InputError when the workbook cannot be read."""
    package = Package(data, file)
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        what = "the workbook holds macros; they were not looked at and not run"
        notices.append(Notice(what=what, where=Location(file=file)))
    return _Workbook(package, file, notices).cells(), ""


class _Workbook:
    def __init__(self, package: Package, file: str, notices: list[Notice]) -> None:
        self._package, self._file, self._notices = package, file, notices
        self._count = 0
        self._shared = [tuple(_rich(item)) for item in _children(package.xml("xl/sharedStrings.xml"), "s_si")]
        styles = package.xml("xl/styles.xml")
        fonts = [_looks(font) for font in _children(styles, "s_fonts/s_font")]
        dates = {
            int(f.get("numFmtId", "0"))
            for f in _children(styles, "s_numFmts/s_numFmt")
            if f.get("numFmtId", "").isdigit() and re.search("[yY]", f.get("formatCode", ""))
        }
        self._styles: list[tuple[dict[str, bool], bool]] = []
        for form in _children(styles, "s_cellXfs/s_xf"):
            font, number = _index(form.get("fontId")), _index(form.get("numFmtId"))
            looks = fonts[font] if 0 <= font < len(fonts) else {}
            self._styles.append((looks, number in _DATES or number in dates))

    def cells(self) -> Iterator[Block]:
        relations = {
            r.get("Id", ""): r.get("Target", "")
            for r in _children(self._package.xml("xl/_rels/workbook.xml.rels"), "rel_Relationship")
        }
        for sheet in _children(self._package.xml("xl/workbook.xml"), "s_sheets/s_sheet"):
            name = sheet.get("name", "")[:100]
            target = relations.get(sheet.get("r_id", ""), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            root = self._package.xml(part)
            if root is None:
                continue
            if sheet.get("state", "visible") != "visible":
                self._note(f"the sheet {name!r} is hidden; it was read all the same", name)
            yield from self._sheet(root, name)
            here = Location(file=self._file, sheet=name)
            comments = ((words, by, _placed(here, cell)) for words, by, cell in of_sheet(self._package, part))
            self._notices.extend(told(comments, here))

    def _note(self, what: str, sheet: str, remedy: str = "") -> None:
        self._notices.append(Notice(what=what, where=Location(file=self._file, sheet=sheet), remedy=remedy))

    def _sheet(self, root: Element, name: str) -> Iterator[Block]:
        spans = dict(_merged(root))
        formulas = 0
        row = 0
        for line in root.iterfind("s_sheetData/s_row"):
            row = _index(line.get("r")) if _index(line.get("r")) > row else row + 1
            column = 0
            for cell in line.iterfind("s_c"):
                place = _PLACE.fullmatch(cell.get("r", ""))
                column = _column(place.group(1)) if place else column + 1
                if column > MOST_COLUMNS:
                    raise too_much(f"a row of more than {MOST_COLUMNS:,} cells in the sheet {name!r}", self._file)
                self._count += 1
                if self._count > MOST_BLOCKS:
                    raise too_much(f"more than {MOST_BLOCKS:,} cells", self._file)
                formulas += cell.find("s_f") is not None
                runs = gathered(self._value(cell))
                where = Location(file=self._file, sheet=name, table=1, row=row, column=column)
                if runs:
                    span, height = spans.get((row, column), (1, 1))
                    yield Block(kind="cell", runs=runs, location=where, span=span, height=height)
        if formulas:
            what = f"{formulas} cells hold formulas; they were not computed, the values saved with them were read"
            self._note(what, name)

    def _value(self, cell: Element) -> Iterator[Run]:
        looks, is_date = self._style(cell)
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find("s_is")
            yield from _with(looks, tuple(_rich(inline)) if inline is not None else ())
            return
        text = cell.findtext("s_v") or ""
        if kind == "s":
            index = _index(text)
            if not 0 <= index < len(self._shared):
                raise refused(
                    f"the cell {cell.get('r', '')} refers to a text that is not there", self._file, "save it anew"
                )
            yield from _with(looks, self._shared[index])
        elif kind == "b":
            yield Run("TRUE" if text == "1" else "FALSE")
        elif text:
            yield from _with(looks, (Run(readable(_date(text) if is_date and kind == "n" else _number(text))),))

    def _style(self, cell: Element) -> tuple[dict[str, bool], bool]:
        index = _index(cell.get("s"))
        return self._styles[index] if 0 <= index < len(self._styles) else ({}, False)


def _placed(sheet: Location, cell: str) -> Location:
    place = _PLACE.fullmatch(cell)
    return replace(sheet, table=1, row=int(place.group(2)), column=_column(place.group(1))) if place else sheet


def _children(root: Element | None, path: str) -> Iterator[Element]:
    return iter(()) if root is None else root.iterfind(path)


def _index(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _merged(root: Element) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Columns and rows of merged cells, by the place of the first."""
    for merged in root.iterfind("s_mergeCells/s_mergeCell"):
        first, _, last = merged.get("ref", "").partition(":")
        one, other = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
        if one and other:
            column = _column(one.group(1))
            row = int(one.group(2))
            yield (row, column), (max(1, _column(other.group(1)) - column + 1), max(1, int(other.group(2)) - row + 1))


def _looks(properties: Element | None) -> dict[str, bool]:
    return {
        _LOOKS[child.tag]: child.get("val", "1") not in ("0", "false", "none")
        for child in (properties if properties is not None else ())
        if child.tag in _LOOKS
    }


def _rich(item: Element) -> Iterator[Run]:
    """The runs of a text; readings in other scripts beside it (``rPh``) are left out."""
    for child in item:
        if child.tag == "s_t":
            yield Run(readable(child.text or ""))
        elif child.tag == "s_r":
            looks = _looks(child.find("s_rPr"))
            yield replace(Run(readable(child.findtext("s_t") or "")), **looks)  # type: ignore[arg-type]


def _with(looks: dict[str, bool], runs: tuple[Run, ...]) -> Iterator[Run]:
    """The runs, with the look of their cell where it has one and they have none of their own."""
    plain = not any(run.bold or run.italic or run.underline or run.strike for run in runs)
    return iter(replace(run, **looks) for run in runs) if plain and looks else iter(runs)  # type: ignore[arg-type]


def _number(text: str) -> str:
    if re.fullmatch(r"-?[0-9]{1,15}\.0+", text):
        return text.split(".")[0]
    return text


def _date(text: str) -> str:
    try:
        return (_FIRST_DAY + datetime.timedelta(days=int(float(text)))).isoformat()
    except (ValueError, OverflowError):
        return text
