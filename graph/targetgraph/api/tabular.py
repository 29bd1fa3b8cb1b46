"""Tables, and the ways to take them to other tools."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from targetgraph.errors import ResourceMissing
from targetgraph.store.durable import write_whole

if TYPE_CHECKING:
    import pandas
    import polars

Value = str | int | float | bool | None
_ELSEWHERE = "give another path"


class Tabular(ABC):
    """Anything with columns and rows. Values are texts, numbers, truths, or ``None`` where there is nothing."""

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""

    @abstractmethod
    def rows(self) -> Iterable[Sequence[Value]]:
        """The rows, each as long as :attr:`columns`."""

    def to_dicts(self) -> list[dict[str, Value]]:
        """One dictionary a row, by name of the column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows()]

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas ``DataFrame``, one row a row.

        Raises
        ------
        ResourceMissing : pandas is not installed.
        """
        return needed("pandas").DataFrame.from_records([list(r) for r in self.rows()], columns=list(self.columns))

    def to_polars(self) -> polars.DataFrame:
        """The table as a polars ``DataFrame``, one row a row.

        Raises
        ------
        ResourceMissing : polars is not installed.
        """
        rows = [list(r) for r in self.rows()]
        data = {name: [row[i] for row in rows] for i, name in enumerate(self.columns)}
        frame: polars.DataFrame = needed("polars").DataFrame(data, strict=False)
        return frame

    def to_csv(self, path: str | Path | None = None, *, safe: bool = True) -> str:
        """The table as CSV (RFC 4180), to a file where a path is given, whole or not at all.

        Parameters
        ----------
        path : the file to write; without it nothing is written.
        safe : lead a text that a spreadsheet would take for a formula by an apostrophe.

        Returns
        -------
        The text.

        Raises
        ------
        TargetGraphError : the file cannot be written.
        """
        text = _csv(self.columns, self.rows(), safe)
        if path is not None:
            write_whole(Path(path), text.encode(), _ELSEWHERE)
        return text

    def to_xlsx(self, path: str | Path) -> Path:
        """Write the table as a workbook with one sheet; texts stay texts, so that none is taken for a formula.

        Returns
        -------
        The path.

        Raises
        ------
        TargetGraphError : the file cannot be written.
        """
        write_whole(Path(path), _xlsx(self.columns, self.rows()), _ELSEWHERE)
        return Path(path)


def needed(package: str) -> Any:
    """An optional package.

    Raises
    ------
    ResourceMissing : it is not installed.
    """
    try:
        return import_module(package)
    except ModuleNotFoundError as error:
        if error.name != package:
            raise
        raise ResourceMissing(
            f"{package} is not installed", "this interpreter", f"install it: python -m pip install {package}"
        ) from error


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Value]], safe: bool) -> str:
    from targetgraph.publish.spreadsheets import csv_text

    if safe:
        return csv_text(columns, rows)
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _xlsx(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    import io

    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    from targetgraph.publish.exports.xml_text import xml_text

    book = Workbook(write_only=True)
    sheet = book.create_sheet("targetgraph")
    sheet.freeze_panes = "A2"

    def cell(value: Value, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=xml_text(value)[:_LONGEST] if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"  # never a formula, whatever it begins with
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(name, bold=True) for name in columns])
    for row in rows:
        sheet.append([cell(value) for value in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


_LONGEST = 32_767
"""Characters that a cell of a workbook holds (ECMA-376; the limit is the spreadsheet's)."""
