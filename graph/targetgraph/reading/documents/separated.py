"""CSV, whatever its separator: one table, cells without any look."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from targetgraph.reading.documents.formats import decoded
from targetgraph.reading.documents.limits import MOST_BLOCKS, MOST_COLUMNS, refused, too_much
from targetgraph.reading.documents.runs import of_text
from targetgraph.records.documents import Block, Location, Notice

_SEPARATORS = ",;\t|"


def read(data: bytes, file: str, notices: list[Notice]) -> tuple[Iterator[Block], str]:
    """The cells of a table; raises InputError, while they are taken, when it is none."""
    text, doubt = decoded(data, file)
    where = Location(file=file)
    if doubt:
        notices.append(Notice(what=doubt, where=where, remedy="save it as UTF-8"))
    first = text[:20_000].split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    if separator != ",":
        name = {";": "semicolons", "\t": "tabs", "|": "bars"}[separator]
        notices.append(Notice(what=f"the cells are separated by {name}", where=where))
    return _cells(text.replace("\0", ""), separator, file), ""


def _cells(text: str, separator: str, file: str) -> Iterator[Block]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    count = row = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise refused(f"line {reader.line_num} is not CSV: {error}", file, "save it as CSV anew") from None
        row += 1
        if len(cells) > MOST_COLUMNS:
            raise too_much(f"a row of more than {MOST_COLUMNS:,} cells", file)
        for column, cell in enumerate(cells, 1):
            count += 1
            if count > MOST_BLOCKS:
                raise too_much(f"more than {MOST_BLOCKS:,} cells", file)
            yield of_text(cell, Location(file=file, table=1, row=row, column=column, line=reader.line_num), "cell")
