"""Columns of a table, and the kinds of value their cells may hold.

Cells that a spreadsheet would run
----------------------------------
A cell whose first character (after white space) is ``=``, ``+``, ``-``, ``@`` or the full-width form of one
of them, or that begins with a tab or a carriage return, is taken for a formula by some spreadsheet, and what
we publish goes back into spreadsheets. Such a cell is refused in every column that is not numeric, as OWASP's
advice on CSV injection has it, with one exception: a plain number (``-5``, ``+3.2``) computes nothing and may
stay. Text that merely begins with a dash is refused too; the remedy tells how to write it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from targetgraph.reading import identifiers
from targetgraph.reading.identifiers import tidy
from targetgraph.reading.problems import shown, suggestion

Value = str | int | bool | tuple[str, ...] | None

LONGEST_CELL = 32_767
"""Characters a spreadsheet keeps in a cell; more would be cut on the way through one."""

FIRST_YEAR, LAST_YEAR = 1900, 2200

_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?%?")
_FORMULA_SIGNS = "=+-@＝＋－＠"  # the last four are the full-width forms
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class CellError(ValueError):
    """A cell that cannot be read: the fact and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class CellType:
    """How the cells of a column are read.

    Parameters
    ----------
    parse : from the text of a cell that is not empty to its value; raises :class:`CellError`.
    empty : the value of an empty cell.
    numeric : a leading sign cannot be a formula here, since only digits pass.
    """

    parse: Callable[[str], Value]
    empty: Value = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """What the values of a column refer to.

    Parameters
    ----------
    registers : tables whose identifiers are meant; any of them will do.
    scope : columns of the same row that complete the key (the framework of a target).
    chosen_by : column whose value names the register, instead of ``registers``.
    or_iri : whether a web address may stand instead of an identifier.
    """

    registers: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    chosen_by: str = ""
    or_iri: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    name : its heading.
    type : how its cells are read.
    required : no cell may be empty.
    may_be_absent : the heading may be missing; every cell then counts as empty.
    refers : what its values refer to, if anything.
    """

    name: str
    type: CellType
    required: bool = False
    may_be_absent: bool = False
    refers: Reference | None = None


def read_cell(column: Column, cell: str) -> Value:
    """The value of a cell.

    Raises
    ------
    CellError
        If the cell is too long, empty though required, looks like a formula, or is not of the column's type.
    """
    if len(cell) > LONGEST_CELL:
        raise too_long(len(cell))
    if not cell or not cell.strip():
        if column.required:
            raise CellError("the cell is empty", f"fill it in: every row needs a value for {column.name!r}")
        return column.type.empty
    if not column.type.numeric:
        _refuse_formula(cell)
    unwritable = _UNWRITABLE.search(cell)
    if unwritable:
        where = identifiers.hidden_character(unwritable.group()) or f"U+{ord(unwritable.group()):04X}"
        raise CellError(f"the cell contains the control character {where}", "delete that character and type it anew")
    return column.type.parse(cell)


def too_long(length: int | None = None) -> CellError:
    """The error for a cell that no spreadsheet could hold."""
    size = f"{length:,} characters" if length is not None else "very many characters"
    return CellError(
        f"the cell holds {size}, more than the {LONGEST_CELL:,} a spreadsheet can keep",
        "shorten the text, or look for a quotation mark that was opened and never closed",
    )


def _refuse_formula(cell: str) -> None:
    first = cell.lstrip()[:1]
    if cell[0] not in "\t\r" and first not in _FORMULA_SIGNS:
        return
    if _NUMBER.fullmatch(cell.strip()):
        return
    raise CellError(
        f"the cell {shown(cell)} begins like a formula, and a spreadsheet would run it",
        "begin with a letter, a digit or a quotation mark; write a leading dash as a word or as –",
    )


def _text(cell: str) -> str:
    return cell


def _matching(pattern: re.Pattern[str], example: str) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        value = tidy(cell)
        fault = identifiers.fault_in_identifier(value, pattern)
        if fault:
            raise CellError(f"{shown(value)} {fault}", f"use {example}")
        return value

    return parse


def _year(cell: str) -> int | None:
    value = tidy(cell)
    if value == "none":
        return None
    if not re.fullmatch("[0-9]{4}", value) or not FIRST_YEAR <= int(value) <= LAST_YEAR:
        remedy = f"write four digits from {FIRST_YEAR} to {LAST_YEAR}, or leave the cell empty if there is no year"
        raise CellError(f"{shown(value)} is not a year", remedy)
    return int(value)


def _date(cell: str) -> str:
    value = tidy(cell)
    parts = _DATE.fullmatch(value)
    try:
        if not parts:
            raise ValueError(value)
        year, month, day = (int(part or 1) for part in parts.groups())
        datetime.date(year, month, day)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(value)
    except ValueError:
        remedy = f"write 2023, 2023-09 or 2023-09-30, with a year from {FIRST_YEAR} to {LAST_YEAR}"
        raise CellError(f"{shown(value)} is not a date", remedy) from None
    return value


def _integer(cell: str) -> int:
    value = tidy(cell)
    if not re.fullmatch("[0-9]{1,6}", value):
        raise CellError(f"{shown(value)} is not a whole number", "write digits only, for example 3")
    return int(value)


def _yes_no(cell: str) -> bool:
    value = tidy(cell)
    if value not in ("yes", "no"):
        raise CellError(f"{shown(value)} is neither yes nor no", "write yes or no")
    return value == "yes"


def _iri(cell: str) -> str:
    value = tidy(cell)
    fault = identifiers.fault_in_iri(value)
    if fault:
        raise CellError(f"{shown(value)} {fault}", "give the full address, such as https://www.example.org/page")
    return value


def _sources(cell: str) -> tuple[str, ...]:
    return tuple(_source(part) for part in cell.split(" ; "))


def _source(part: str) -> str:
    value = tidy(part)
    remedy = 'give full addresses (https://…) or identifiers from documents.csv, separated by " ; "'
    if not identifiers.is_web_address(value):
        fault = identifiers.fault_in_identifier(value, identifiers.VOCABULARY)
        if fault:
            raise CellError(f"the source {shown(value)} is neither a web address nor a document: it {fault}", remedy)
        return value
    fault = identifiers.fault_in_iri(value)
    if fault:
        raise CellError(f"the source {shown(value)} {fault}", remedy)
    return value


def _identifiers(cell: str) -> tuple[str, ...]:
    parts = tuple(_IDENTIFIER_OF_VOCABULARY(part) for part in cell.split(";"))
    twice = next((part for part in parts if parts.count(part) > 1), None)
    if twice is not None:
        raise CellError(f"{shown(twice)} is listed twice", "name each entry once")
    return parts


def choice(*options: str) -> CellType:
    """One of a few words."""

    def parse(cell: str) -> str:
        value = tidy(cell)
        if value not in options:
            remedy = suggestion(value, options) + "use one of: " + ", ".join(options)
            raise CellError(f"{shown(value)} is not one of the values allowed here", remedy)
        return value

    return CellType(parse)


_IDENTIFIER_OF_VOCABULARY = _matching(
    identifiers.VOCABULARY,
    "small letters a to z, digits, hyphens and full stops, beginning with a letter or digit",
)

TEXT = CellType(_text)
IDENTIFIER = CellType(_IDENTIFIER_OF_VOCABULARY)
IDENTIFIERS = CellType(_identifiers, empty=())
NAME = CellType(_matching(identifiers.NAME, "letters A to Z and a to z, digits, hyphens and full stops, no spaces"))
WIKIDATA = CellType(_matching(re.compile("Q[1-9][0-9]*"), "the letter Q and digits, such as Q7817"))
LANGUAGE = CellType(_matching(identifiers.LANGUAGE, "a language tag such as en, fr or pt-BR"))
YEAR = CellType(_year, empty=None, numeric=True)
DATE = CellType(_date, numeric=True)
INTEGER = CellType(_integer, empty=None, numeric=True)
YES_NO = CellType(_yes_no, empty=False)
IRI = CellType(_iri)
SOURCES = CellType(_sources, empty=())
