"""How sheets look and print, and how values become cells that no spreadsheet runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from targetgraph.analysis.states import State
from targetgraph.publish.exports.xml_text import xml_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_LONGEST: Final = 32_767  # characters that a cell of a workbook holds
_CUT: Final = " […]"
_LINE, _TALLEST = 13.0, 260.0  # points
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_MOST_LINKS: Final = 65_000  # Excel opens 65,530 hyperlinks a sheet
_ADDRESS: Final = re.compile(r"https?://[^\s]{1,2000}")
_FORBIDDEN_IN_NAME: Final = re.compile(r"[\[\]:*?/\\]")
# Pattern, colour of its lines, ground: a state is told by symbol and word first, by pattern next, by colour last.
_FILLS: Final[dict[State, tuple[Any, str, str]]] = {
    State.COVERED: ("solid", "CFE8D5", "CFE8D5"),
    State.THIN: ("gray125", "3C7D4F", "E9F5EC"),
    State.IMPLIED: ("lightUp", "8FB4D9", "FFFFFF"),
    State.UMBRELLA: ("lightHorizontal", "C9B27C", "FFFFFF"),
    State.CONTINGENT: ("lightVertical", "B39DDB", "FFFFFF"),
    State.STALE: ("lightDown", "BDBDBD", "FFFFFF"),
    State.NOT_APPLICABLE: ("none", "FFFFFF", "FFFFFF"),
    State.NOT_ASSESSED: ("gray0625", "9E9E9E", "FFFFFF"),
    State.GAP: ("lightTrellis", "E39A8B", "FFFFFF"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a sheet: its header and its width in characters."""

    header: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class Linked:
    """A text that leads somewhere when it is clicked, if the address is one of the web."""

    text: str
    address: str


def state_text(state: State, count: int = 0) -> str:
    """A state as a cell says it: symbol, word, and a number where there is something to count."""
    return f"{state.symbol} {state.word}" + (f" ({count})" if count else "")


class Styles:
    """The styles of a workbook, each made once: setting them cell by cell would take ten times as long.

    Parameters
    ----------
    sheet : any sheet of the workbook.
    """

    def __init__(self, sheet: WriteOnlyWorksheet) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self._sheet = sheet
        thin = Side(style="thin", color="D0D0D0")
        framed = {
            "border": Border(top=thin, bottom=thin, left=thin, right=thin),
            "alignment": Alignment(vertical="top", wrap_text=True),
        }
        ground = PatternFill("solid", start_color="E7ECF2", end_color="E7ECF2")
        head = framed | {"font": Font(name="Calibri", size=11, bold=True), "fill": ground}
        centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self.plain = self._made(**framed)
        self.quoted = self._made(**framed, quotePrefix=True)  # stays a text when somebody edits the cell
        self.number = self._made(**framed, number_format="0.00")
        self.day = self._made(**framed, number_format="yyyy-mm-dd")
        self.link = self._made(**framed, font=Font(name="Calibri", size=11, color="0B5394", underline="single"))
        self.head = self._made(**head | {"alignment": Alignment(wrap_text=True, vertical="bottom")})
        self.turned = self._made(**head | {"alignment": Alignment(wrap_text=True, vertical="bottom", text_rotation=90)})
        self.state = {
            state: self._made(
                **framed | {"alignment": centred, "fill": PatternFill(pattern, start_color=lines, end_color=back)}
            )
            for state, (pattern, lines, back) in _FILLS.items()
        }

    def _made(self, **properties: Any) -> Any:
        from openpyxl.cell import WriteOnlyCell

        cell: Any = WriteOnlyCell(self._sheet)
        for name, value in properties.items():
            setattr(cell, name, value)
        return cell._style


class SheetWriter:
    """A sheet with a header that stays, filters, and a page set-up.

    Parameters
    ----------
    book : a workbook in write-only mode.
    name : wanted name; made valid and unique.
    fields : columns.
    rows : how many rows the filter is for.
    frozen : columns that stay when the sheet is scrolled.
    turned : first column whose header is turned upwards; none when negative.
    """

    def __init__(
        self, book: Workbook, name: str, fields: Sequence[Field], rows: int, frozen: int = 0, turned: int = -1
    ) -> None:
        from openpyxl.utils import get_column_letter

        self.sheet: Any = book.create_sheet(sheet_name(name, book.sheetnames))
        self._styles = Styles(self.sheet)
        self._links = 0
        self._rows = 1
        self._widths = [field.width for field in fields]
        for number, field in enumerate(fields, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = field.width
        self.sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
        if rows:
            self.sheet.auto_filter.ref = f"A1:{get_column_letter(len(fields))}{rows + 1}"
        self._set_page(get_column_letter(frozen) if frozen else "")
        if turned >= 0:
            self.sheet.row_dimensions[1].height = 150
        else:
            self.sheet.row_dimensions[1].height = self._height([field.header for field in fields])
        head = []
        for number, field in enumerate(fields):
            cell = self._cell(field.header)
            cell._style = self._styles.turned if 0 <= turned <= number else self._styles.head
            head.append(cell)
        self.sheet.append(head)

    def _set_page(self, last_frozen: str) -> None:
        sheet: Any = self.sheet
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top = sheet.page_margins.bottom = 0.6
        sheet.print_title_rows = "1:1"
        if last_frozen:
            sheet.print_title_cols = f"A:{last_frozen}"
        sheet.oddFooter.left.text = "&A"
        sheet.oddFooter.right.text = "&P / &N"

    def add(self, values: Iterable[object]) -> None:
        """Append a row: texts, numbers, days, `Linked` texts, a `State` alone or with a number; nothing for ``None``."""
        cells = [None if value is None or value == "" else self._cell(value) for value in values]
        self._rows += 1
        # Written out: not every program fits rows to wrapped text when it opens a file.
        self.sheet.row_dimensions[self._rows].height = self._height([c.value if c else None for c in cells])
        self.sheet.append(cells)

    def _height(self, values: Sequence[object]) -> float:
        """Points that a row needs for its longest text, up to what a screen shows at once."""
        lines = 1
        for value, width in zip(values, self._widths, strict=False):
            if isinstance(value, str) and (len(value) >= width or "\n" in value):
                lines = max(lines, sum(-(-len(part) // max(1, width - 1)) or 1 for part in value.split("\n")))
        return min(_TALLEST, _LINE * lines + 3)

    def _cell(self, value: object) -> Any:
        """A cell that holds a value and never a formula."""
        from openpyxl.cell import WriteOnlyCell

        styles, style = self._styles, self._styles.plain
        address = ""
        if isinstance(value, State):
            value = (value, 0)
        if isinstance(value, tuple):
            style, value = styles.state[value[0]], state_text(*value)
        if isinstance(value, Linked):
            address, value = value.address, value.text
        if not isinstance(value, str):
            cell: Any = WriteOnlyCell(self.sheet, value=value)  # type: ignore[arg-type]  # numbers and days
            cell._style = (
                styles.number if isinstance(value, float) else styles.day if isinstance(value, date) else style
            )
            return cell
        cell = WriteOnlyCell(self.sheet, value=_fitting(value))
        cell.data_type = "s"
        if _ADDRESS.fullmatch(address) and self._links < _MOST_LINKS:
            self._links += 1
            cell.hyperlink, style = address, styles.link
        elif value.startswith(_FORMULA):
            style = styles.quoted
        cell._style = style
        return cell


def _fitting(value: str) -> str:
    text = xml_text(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """A valid name of a sheet that no other has: at most 31 characters, none of ``[]:*?/\\``, no apostrophe at an end."""
    used = {name.casefold() for name in taken}
    stem = _FORBIDDEN_IN_NAME.sub(" ", xml_text(wanted)).strip().strip("'")[:31].strip() or "Sheet"
    name, number = stem, 1
    while name.casefold() in used:
        number += 1
        name = f"{stem[: 31 - len(str(number)) - 1]} {number}"
    return name
