"""ODS workbooks (OpenDocument 1.3, part 3): what cells show. Repeated rows and columns are counted, not unrolled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from targetgraph.reading.documents.cell_comments import Comment, of_cell, told
from targetgraph.reading.documents.limits import MOST_BLOCKS, MOST_COLUMNS, refused, too_much
from targetgraph.reading.documents.packaged import Package
from targetgraph.reading.documents.runs import gathered, readable
from targetgraph.records.documents import Block, Location, Notice, Run

_GROUPS = frozenset(("table_table-row-group", "table_table-header-rows", "table_table-rows"))


def read(data: bytes, file: str, notices: list[Notice]) -> tuple[Iterator[Block], str]:
    """The cells of all sheets; raises InputError when the workbook cannot be read."""
    package = Package(data, file)
    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise refused("the document is encrypted", file, "open it with its password and save a copy without one")
    root = package.xml("content.xml")
    if root is None:
        raise refused("the workbook has no content", file, "open it and save it anew")
    if any(name.startswith(("Basic/", "Scripts/")) for name in package.names):
        what = "the workbook holds macros; they were not looked at and not run"
        notices.append(Notice(what=what, where=Location(file=file)))
    looks = {s.get("style_name", ""): _looks(s) for s in root.iterfind("office_automatic-styles/style_style")}
    return _cells(root, file, looks, notices), ""


def _looks(style: Element) -> dict[str, bool]:
    properties = style.find("style_text-properties")
    if properties is None:
        return {}
    found = {
        "bold": properties.get("fo_font-weight", "") in ("bold", "600", "700", "800", "900"),
        "italic": properties.get("fo_font-style", "") in ("italic", "oblique"),
        "underline": properties.get("style_text-underline-style", "none") != "none",
        "strike": properties.get("style_text-line-through-style", "none") != "none",
    }
    return {name: on for name, on in found.items() if on}


def _cells(root: Element, file: str, looks: dict[str, dict[str, bool]], notices: list[Notice]) -> Iterator[Block]:
    count = 0
    for table in root.iterfind("office_body/office_spreadsheet/table_table"):
        name = table.get("table_name", "")[:100]
        row = formulas = 0
        sheet = Location(file=file, sheet=name)
        comments: list[Comment] = []
        for line in _rows(table):
            for column, cell in _numbered(line):
                where = replace(sheet, table=1, row=row + 1, column=column)
                comments += [(words, author, where) for words, author in of_cell(cell)]
            repeated = _times(line.get("table_number-rows-repeated"))
            cells = [cell for cell in _row(line, looks) if cell[2]]
            formulas += sum(1 for cell in line if cell.get("table_formula"))
            for again in range(repeated if cells else 0):
                for column, (span, height), runs in cells:
                    count += 1
                    if count > MOST_BLOCKS or column > MOST_COLUMNS:
                        raise too_much(f"more than {MOST_BLOCKS:,} cells, or {MOST_COLUMNS:,} columns", file)
                    where = Location(file=file, sheet=name, table=1, row=row + again + 1, column=column)
                    yield Block(kind="cell", runs=runs, location=where, span=span, height=height)
            row += repeated
        if formulas:
            what = f"{formulas} cells hold formulas; they were not computed, the values saved with them were read"
            notices.append(Notice(what=what, where=sheet))
        notices.extend(told(iter(comments), sheet))


def _rows(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == "table_table-row":
            yield child
        elif child.tag in _GROUPS:
            yield from _rows(child)


def _times(text: str | None) -> int:
    return max(1, int(text)) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1


def _row(line: Element, looks: dict[str, dict[str, bool]]) -> Iterator[tuple[int, tuple[int, int], tuple[Run, ...]]]:
    for first, cell in _numbered(line):
        repeated = _times(cell.get("table_number-columns-repeated"))
        base = replace(Run(""), **looks.get(cell.get("table_style-name", ""), {}))  # type: ignore[arg-type]
        runs: list[Run] = []
        for paragraph in cell.iterfind("text_p"):
            if runs:
                runs.append(Run("\n"))
            runs.extend(_inside(paragraph, base, looks))
        kept = gathered(runs)
        span = min(_times(cell.get("table_number-columns-spanned")), MOST_COLUMNS)
        for again in range(min(repeated, MOST_COLUMNS + 1) if kept else 0):
            yield first + again, (span, _times(cell.get("table_number-rows-spanned"))), kept


def _numbered(line: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row, each with its column from 1; of those that are repeated the first."""
    column = 1
    for cell in line:
        if cell.tag in ("table_table-cell", "table_covered-table-cell"):
            yield column, cell
            column += _times(cell.get("table_number-columns-repeated"))


def _inside(element: Element, base: Run, looks: dict[str, dict[str, bool]]) -> Iterator[Run]:
    yield replace(base, text=readable(element.text or ""))
    for child in element:
        if child.tag == "text_s":
            yield replace(base, text=" " * min(_times(child.get("text_c")), 100))
        elif child.tag in ("text_tab", "text_line-break"):
            yield replace(base, text="\t" if child.tag == "text_tab" else "\n")
        elif child.tag in ("text_span", "text_a"):
            own = looks.get(child.get("text_style-name", ""), {})
            yield from _inside(child, replace(base, **own), looks)  # type: ignore[arg-type]
        yield replace(base, text=readable(child.tail or ""))
