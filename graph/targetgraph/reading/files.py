"""From a file on disk to its CSV records, whatever the file may be.

A table is a plain file, in UTF-8 with or without a byte order mark, its cells separated by commas and quoted
as RFC 4180 has it. Everything else ends in an error that names the row and, where one can be made out, the
column.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from targetgraph.errors import InputError, Place, Problem
from targetgraph.reading.columns import LONGEST_CELL, too_long

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes a table may have."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_QUOTED = re.compile(r'"[^"]*"?')
_BARE = re.compile(r"[^,\r\n]*")
_SAVE_AS = "save it as 'CSV UTF-8 (comma delimited)'"


def _error(what: str, where: Place, remedy: str) -> InputError:
    return InputError([Problem(what, where, remedy)])


def read_bytes(path: Path, file: str) -> bytes:
    """The bytes of a table.

    Parameters
    ----------
    path : where it lies.
    file : what to call it in messages.

    Raises
    ------
    InputError
        If it is not a plain file, too large, or cannot be opened.
    """
    where = Place(file)
    try:
        info = path.lstat()
        _refuse_oddities(info.st_mode, where)
        if info.st_size <= LARGEST_FILE:
            with path.open("rb") as stream:
                data = stream.read(LARGEST_FILE + 1)
            if len(data) <= LARGEST_FILE:
                return data
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _error(f"the file cannot be read: {reason}", where, "make it readable for you, or remove it") from None
    size, limit = info.st_size / 2**20, LARGEST_FILE // 2**20
    raise _error(
        f"the file has {size:.0f} MB, more than the {limit} MB a table may have",
        where,
        "split it into several folders",
    )


def _refuse_oddities(mode: int, where: Place) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISLNK(mode):
        raise _error("this is a symbolic link, not a table", where, "put the file itself in its place")
    if stat.S_ISDIR(mode):
        raise _error("this is a folder, not a table", where, "rename the folder; a table is a CSV file")
    raise _error("this is a device or pipe, not a table", where, "put a CSV file in its place")


def records(data: bytes, file: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a table with the line each begins on (the first line of the file is 1).

    Raises
    ------
    InputError
        If the bytes are not UTF-8, contain NUL, or are not CSV. Records before that are yielded.
    """
    _refuse_other_formats(data, file)
    lines = _Lines(data.removeprefix(codecs.BOM_UTF8), file)
    reader = csv.reader(lines, strict=True)
    while True:
        lines.begin_record(reader.line_num + 1)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise lines.broken(str(error)) from None
        lines.headings = lines.headings or cells
        yield lines.row, cells


def _refuse_other_formats(data: bytes, file: str) -> None:
    where = Place(file, row=1)
    if data.startswith(_WORKBOOKS):
        raise _error("this is a spreadsheet workbook, not CSV", where, f"open it in the spreadsheet and {_SAVE_AS}")
    sample = data[:4096]
    if data.startswith(_WIDE_MARKS) or sample.count(0) * 4 > len(sample):
        what = "the file is not UTF-8: it looks like UTF-16, from byte 1 of line 1 on"
        raise _error(what, where, f"open it as UTF-16 and {_SAVE_AS}")


class _Lines:
    """The lines of a table on their way into the CSV reader; remembers those of the current record."""

    def __init__(self, data: bytes, file: str) -> None:
        self._stream = io.BytesIO(data)
        self._file = file
        self._record: list[str] = []
        self._line = 0
        self.row = 1
        self.headings: list[str] = []

    def begin_record(self, row: int) -> None:
        self._record = []
        self.row = row

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        raw = self._stream.readline()
        if not raw:
            raise StopIteration
        self._line += 1
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise self._not_utf8(raw, error.start) from None
        nul = line.find("\0")
        if nul >= 0:
            self._record.append(line[:nul])
            what = f"line {self._line} contains a NUL byte"
            raise _error(what, self._place(), f"the file is damaged or not a text file: export it again and {_SAVE_AS}")
        self._record.append(line)
        return line

    def _place(self) -> Place:
        index = faulty_cell("".join(self._record))
        column = self.headings[index].strip() if index < len(self.headings) else ""
        return Place(self._file, self.row, column[:100])

    def _not_utf8(self, raw: bytes, start: int) -> InputError:
        self._record.append(raw[:start].decode("utf-8"))
        byte = raw[start : start + 1]
        meant = byte.decode("cp1252", "replace")
        where = f"position {start + 1} of line {self._line}"
        what = f"the file is not UTF-8: byte 0x{byte[0]:02X} at {where} is no text"
        known = meant.isprintable() and meant != "\ufffd"
        guess = f"it may be Latin-1 or Windows-1252 (the byte would be '{meant}'): " if known else ""
        return _error(what, self._place(), f"{guess}open it in that encoding and {_SAVE_AS}")

    def broken(self, reason: str) -> InputError:
        """The error for a record that the CSV reader could not make sense of."""
        if "field limit" in reason:
            fault = too_long()
            return _error(fault.what, self._place(), fault.remedy)
        if "end of data" in reason:
            what = "a quotation mark is opened here and never closed"
            return _error(what, self._place(), "close it; a quotation mark inside a quoted cell is written twice")
        if "expected after" in reason:
            what = "text follows a closing quotation mark"
            return _error(what, self._place(), "a quotation mark inside a quoted cell is written twice")
        if "new-line" in reason:
            what = "the line ends with a bare carriage return"
            return _error(what, self._place(), f"use the line ends of Windows or Unix: {_SAVE_AS}")
        return _error(f"this is not CSV: {reason}", self._place(), _SAVE_AS)


def faulty_cell(record: str) -> int:
    """Index of the cell in which a record ends or breaks off: too long, badly quoted, or simply the last."""
    index = position = 0
    while True:
        end = _end_of_cell(record, position)
        if end - position > LONGEST_CELL or record[end : end + 1] != ",":
            return index
        index, position = index + 1, end + 1


def _end_of_cell(record: str, start: int) -> int:
    end = start
    if record[start : start + 1] != '"':
        bare = _BARE.match(record, start)
        return bare.end() if bare else start
    while end - start <= LONGEST_CELL:
        piece = _QUOTED.match(record, end)
        if not piece:
            break
        end = piece.end()
    return end
