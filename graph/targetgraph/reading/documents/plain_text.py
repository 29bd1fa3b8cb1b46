"""Markdown and plain text: paragraphs, headings, lists and tables drawn with bars."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from targetgraph.reading.documents.inline import inline_runs
from targetgraph.reading.documents.limits import MOST_BLOCKS, MOST_COLUMNS, too_much
from targetgraph.reading.documents.runs import gathered, readable
from targetgraph.reading.targets.numbering import begins_anew
from targetgraph.records.documents import Block, Location, Run

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?=\S)")
_UNDERLINING = re.compile(r" {0,3}(=+|-+)[ \t]*")
_ITEM = re.compile(
    r"([ \t]*)([-*+•▪◦‣–·o]|\(?(?:[0-9]{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|[0-9]{1,2}(?:\.[0-9]{1,2})+\.?)[ \t]+(?=\S)"
)
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_QUOTE = re.compile(r" {0,3}> ?")
_TABLE_RULE = re.compile(r"[-|: \t]+")


@dataclass(slots=True)
class _Open:
    """The block being gathered."""

    kind: str
    line: int
    offset: int
    level: int = 0
    marker: str = ""
    lines: list[str] = field(default_factory=list)


def text_blocks(text: str, file: str, *, marked: bool) -> Iterator[Block]:
    """The blocks of a text file.

    Parameters
    ----------
    text : its content.
    file : its name.
    marked : whether it is Markdown, whose signs mean emphasis, or plain text, where they mean themselves.

    Raises
    ------
    InputError
        If it has more blocks, or a table more columns, than may be.
    """
    yield from _Reader(readable(text), file, marked).blocks()


class _Reader:
    def __init__(self, text: str, file: str, marked: bool) -> None:
        self._lines = text.split("\n")
        self._file = file
        self._marked = marked
        self._open: _Open | None = None
        self._paragraphs = 0
        self._tables = 0
        self._count = 0

    def blocks(self) -> Iterator[Block]:
        offset = index = 0
        fence = ""
        while index < len(self._lines):
            line = self._lines[index]
            here = (index + 1, offset)
            taken = 1
            if fence:
                fence = "" if line.strip().startswith(fence) else fence
                yield from self._add(line.strip(), here, fresh=True)
            elif self._marked and (mark := _FENCE.match(line)):
                yield from self._close()
                fence = mark.group(1)
            elif self._is_table(index):
                yield from self._close()
                taken = yield from self._table(index, offset)
            else:
                yield from self._line(line, here)
            offset += sum(len(passed) + 1 for passed in self._lines[index : index + taken])
            index += taken
        yield from self._close()

    def _line(self, line: str, here: tuple[int, int]) -> Iterator[Block]:
        quoted = _QUOTE.match(line) if self._marked else None
        if quoted:
            here, line = (here[0], here[1] + quoted.end()), line[quoted.end() :]
        if not line.strip():
            yield from self._close()
            return
        if self._marked:
            heading = _HEADING.match(line)
            if heading:
                number, start = here
                yield from self._begin("heading", (number, start + heading.end()), level=len(heading.group(1)))
                yield from self._add(line[heading.end() :].rstrip().rstrip("#"), here)
                yield from self._close()
                return
            if _UNDERLINING.fullmatch(line) and self._open and self._open.kind == "paragraph":
                self._open.kind, self._open.level = "heading", 1 if "=" in line else 2
                yield from self._close()
                return
            if _RULE.fullmatch(line):
                yield from self._close()
                return
        item = _ITEM.match(line)
        if item and self._may_begin_item(item):
            yield from self._close()
            indent = len(item.group(1).expandtabs(4))
            at = (here[0], here[1] + item.end())
            yield from self._begin("list-item", at, level=indent // 2, marker=item.group(2))
            yield from self._add(line[item.end() :], at)
            return
        # Lines of a paragraph are one text, but for those with which another target or option begins.
        anew = self._open is not None and self._open.kind == "paragraph" and begins_anew(line)
        yield from self._add(line, here, fresh=anew)

    def _may_begin_item(self, item: re.Match[str]) -> bool:
        """A number or letter in the middle of a paragraph is no item; a bullet is."""
        sign = item.group(2)
        if sign == "o" or (sign in "–·" and self._marked):
            return self._open is None or self._open.kind == "list-item"
        return not sign[0].isalnum() or self._open is None or self._open.kind != "paragraph"

    def _begin(self, kind: str, here: tuple[int, int], level: int = 0, marker: str = "") -> Iterator[Block]:
        yield from self._close()
        self._open = _Open(kind, here[0], here[1], level, marker)

    def _add(self, line: str, here: tuple[int, int], fresh: bool = False) -> Iterator[Block]:
        if fresh:
            yield from self._close()
        if self._open is None:
            if not line.strip():
                return
            indent = len(line) - len(line.lstrip())
            yield from self._begin("paragraph", (here[0], here[1] + indent))
        assert self._open is not None
        self._open.lines.append(line)

    def _close(self) -> Iterator[Block]:
        opened, self._open = self._open, None
        if opened is None:
            return
        runs = gathered(self._runs(_joined(opened.lines)))
        if not runs:
            return
        self._paragraphs += 1
        self._counted()
        where = Location(file=self._file, paragraph=self._paragraphs, line=opened.line, offset=opened.offset)
        yield Block(kind=opened.kind, runs=runs, location=where, level=opened.level, marker=opened.marker)

    def _runs(self, text: str) -> list[Run]:
        return inline_runs(text) if self._marked else [Run(text)]

    def _counted(self) -> None:
        self._count += 1
        if self._count > MOST_BLOCKS:
            raise too_much(f"more than {MOST_BLOCKS:,} paragraphs and cells", self._file)

    def _is_table(self, index: int) -> bool:
        if not self._marked or "|" not in self._lines[index] or index + 1 >= len(self._lines):
            return False
        rule = self._lines[index + 1]
        return "|" in rule and "-" in rule and _TABLE_RULE.fullmatch(rule[:5_000]) is not None

    def _table(self, index: int, offset: int) -> Generator[Block, None, int]:
        """Yield the cells of a table that begins on a line; the value is the number of its lines."""
        self._tables += 1
        row = taken = 0
        while index + taken < len(self._lines) and "|" in (line := self._lines[index + taken]):
            if taken != 1:
                row += 1
                for column, (start, cell) in enumerate(_cells(line), 1):
                    if column > MOST_COLUMNS:
                        raise too_much(f"a table of more than {MOST_COLUMNS:,} columns", self._file)
                    self._counted()
                    where = Location(
                        file=self._file,
                        table=self._tables,
                        row=row,
                        column=column,
                        line=index + taken + 1,
                        offset=offset + start,
                    )
                    yield Block(kind="cell", runs=gathered(self._runs(cell)), location=where)
            offset += len(line) + 1
            taken += 1
        return taken


def _joined(lines: list[str]) -> str:
    """Lines of a paragraph as one: a break is a space, except where two spaces or a backslash at the end ask for it."""
    parts: list[str] = []
    for line in lines:
        hard = line.endswith("  ") or (line.endswith("\\") and not line.endswith("\\\\"))
        parts.append(line.strip().removesuffix("\\") if hard else line.strip())
        parts.append("\n" if hard else " ")
    return "".join(parts[:-1])


def _cells(line: str) -> Iterator[tuple[int, str]]:
    """The cells of a row with the offsets at which their words begin."""
    start = len(line) - len(line.lstrip())
    if line[start : start + 1] == "|":
        start += 1
    position = start
    end = len(line.rstrip())
    while position <= end:
        bar = _bar(line, position, end)
        if bar < 0 and position == end and position > start:
            return
        cell = line[position : bar if bar >= 0 else end]
        yield position + len(cell) - len(cell.lstrip()), cell.replace("\\|", "|").strip()
        if bar < 0:
            return
        position = bar + 1


def _bar(line: str, position: int, end: int) -> int:
    bar = line.find("|", position, end)
    while bar > 0 and line[bar - 1] == "\\":
        bar = line.find("|", bar + 1, end)
    return bar
