"""The comment header of a query file. Its grammar is laid down in ``queries/README.md``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from targetgraph.errors import Place, QueryError
from targetgraph.library.parameters import TYPES, Parameter
from targetgraph.namespaces import PREFIXES

KEYS: Final = ("summary", "question", "param", "column", "tags")
SUMMARY_LENGTH: Final = 100

_KEY = re.compile(r"# ([a-z]+): ?(.*)")
_CONTINUATION = re.compile(r"# {3,}(\S.*)")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PARAM = re.compile(
    r"(?P<name>\S+) (?P<type>[a-z]+)(?:\((?P<among>[^()\s]*)\))?"
    r"(?: = (?P<default>.+?)| (?P<optional>optional)| example (?P<example>.+?)) -- (?P<meaning>\S.*)"
)
_COLUMN = re.compile(r"(?P<name>\S+) -- (?P<meaning>\S.*)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer and what it means."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a query file says of itself; ``lines`` is the number of its lines."""

    summary: str
    question: str
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    tags: tuple[str, ...] = ()
    lines: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    value: str
    line: int


def parse_header(text: str, source: str) -> Header:
    """Read the header of a query file.

    Parameters
    ----------
    text : the whole file.
    source : the file as the user knows it, for messages.

    Raises
    ------
    QueryError
        naming file and line, for anything the grammar does not allow.
    """
    lines = text.split("\n")
    length = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    entries = _entries(lines[:length], source)
    _check_order(entries, source)
    summary = _only("summary", entries, source)
    if len(summary.value) > SUMMARY_LENGTH or summary.value.endswith("."):
        raise _wrong(source, summary.line, f"the summary has at most {SUMMARY_LENGTH} characters and no full stop")
    parameters = tuple(_parameter(e, source) for e in entries if e.key == "param")
    columns = tuple(_column(e, source) for e in entries if e.key == "column")
    for kind, names in (("param", [p.name for p in parameters]), ("column", [c.name for c in columns])):
        _check_unique(kind, names, entries, source)
    return Header(
        summary=summary.value,
        question=_only("question", entries, source).value,
        parameters=parameters,
        columns=columns,
        tags=_tags(_only("tags", entries, source), source),
        lines=length,
    )


def _wrong(source: str, line: int, what: str) -> QueryError:
    remedy = "the header's grammar is in queries/README.md"
    return QueryError(f"the header of the query is wrong: {what}", Place(file=source, row=line), remedy)


def _entries(lines: list[str], source: str) -> list[_Entry]:
    entries: list[_Entry] = []
    for number, line in enumerate(lines, start=1):
        if line.strip() == "#":
            continue
        continuation = _CONTINUATION.fullmatch(line)
        if continuation and entries:
            last = entries[-1]
            entries[-1] = _Entry(last.key, f"{last.value} {continuation[1].strip()}".strip(), last.line)
            continue
        match = _KEY.fullmatch(line)
        if match is None or match[1] not in KEYS:
            raise _wrong(source, number, f"expected '# KEY: VALUE', KEY one of {', '.join(KEYS)}, not {line!r}")
        entries.append(_Entry(match[1], match[2].strip(), number))
    for entry in entries:
        if not entry.value:
            raise _wrong(source, entry.line, f"{entry.key!r} has no value")
    return entries


def _check_order(entries: list[_Entry], source: str) -> None:
    for before, after in pairwise(entries):
        if KEYS.index(after.key) < KEYS.index(before.key):
            raise _wrong(source, after.line, f"{after.key!r} comes before {before.key!r}")


def _only(key: str, entries: list[_Entry], source: str) -> _Entry:
    found = [e for e in entries if e.key == key]
    if not found:
        raise _wrong(source, 1, f"there is no line '# {key}: …'")
    if len(found) > 1:
        raise _wrong(source, found[1].line, f"a second {key!r}")
    return found[0]


def _check_unique(kind: str, names: list[str], entries: list[_Entry], source: str) -> None:
    lines = [e.line for e in entries if e.key == kind]
    for i, (name, line) in enumerate(zip(names, lines, strict=True)):
        if name in names[:i]:
            raise _wrong(source, line, f"a second {kind} {name!r}")


def _parameter(entry: _Entry, source: str) -> Parameter:
    match = _PARAM.fullmatch(entry.value)
    if match is None:
        form = "'NAME TYPE = VALUE -- MEANING' (or 'optional', or 'example VALUE', instead of '= VALUE')"
        raise _wrong(source, entry.line, f"a parameter is written {form}, not {entry.value!r}")
    name, kind, among = match["name"], match["type"], match["among"]
    if not _NAME.fullmatch(name):
        raise _wrong(source, entry.line, f"{name!r} is no lower-case variable name")
    if kind not in TYPES:
        raise _wrong(source, entry.line, f"the type {kind!r} is none of {', '.join(TYPES)}")
    if among is not None and (kind != "iri" or among.split(":")[0] not in PREFIXES or ":" not in among):
        raise _wrong(source, entry.line, f"'{kind}({among})': only iri takes a class, as a prefixed name")
    parameter = Parameter(
        name=name,
        type=kind,
        meaning=match["meaning"].strip(),
        among=among or "",
        default=match["default"],
        optional=match["optional"] is not None,
        example=match["example"],
    )
    value = parameter.default if parameter.default is not None else parameter.example
    if value is not None and kind != "iri":
        try:
            parameter.term(value)
        except QueryError as error:
            raise _wrong(source, entry.line, f"{value!r} is no {kind}") from error
    return parameter


def _column(entry: _Entry, source: str) -> Column:
    match = _COLUMN.fullmatch(entry.value)
    if match is None or not re.fullmatch(r"\w+", match["name"]):
        raise _wrong(source, entry.line, f"a column is written 'NAME -- MEANING', not {entry.value!r}")
    return Column(match["name"], match["meaning"].strip())


def _tags(entry: _Entry, source: str) -> tuple[str, ...]:
    tags = tuple(tag.strip() for tag in entry.value.split(","))
    for tag in tags:
        if not _WORD.fullmatch(tag):
            raise _wrong(source, entry.line, f"the tag {tag!r} is not lower-case words joined by hyphens")
    return tags
