"""What a folder says of its tables: title, licence, date, hash and origin (``manifest.toml``).

Run ``python -m targetgraph.reading [FOLDER]`` after changing a table, to record its new hash.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from targetgraph import resources
from targetgraph.errors import InputError, Place, Problem, TargetGraphError
from targetgraph.reading.columns import DATE, CellError
from targetgraph.reading.files import read_bytes
from targetgraph.reading.identifiers import NAME, fault_in_iri
from targetgraph.reading.layout import FILE_NAMES, tables_in

MANIFEST = "manifest.toml"
LICENCE = "CC-BY-4.0"

_HEADING = """\
# What is known of each table beside its content. The hashes are those of the files' bytes, in SHA-256;
# `python -m targetgraph.reading` records them anew after an edit.
"""
_HASH = re.compile("[0-9a-f]{64}")
_SPDX = re.compile("[A-Za-z0-9][A-Za-z0-9.+-]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a manifest says of one table.

    Parameters
    ----------
    name : path inside the folder, with ``/``.
    title : what the table holds.
    licence : SPDX identifier, or the address of a licence.
    date : day of the last change, as an ISO date.
    sha256 : hash of the bytes, 64 hexadecimal digits.
    source : where its content comes from, in a sentence.
    """

    name: str
    title: str = ""
    licence: str = ""
    date: str = ""
    sha256: str = ""
    source: str = ""


def read_manifest(folder: Path, shown_as: str = MANIFEST) -> dict[str, Entry]:
    """The entries of a folder's manifest by table; none if the folder has no manifest.

    Parameters
    ----------
    folder : a folder of tables.
    shown_as : what to call the manifest in messages.

    Raises
    ------
    InputError
        If the manifest cannot be read, or an entry is faulty.
    """
    path = folder / MANIFEST
    if not os.path.lexists(path):
        return {}
    entries = [_entry(item, shown_as) for item in _tables_of(read_bytes(path, shown_as), shown_as)]
    by_name = {entry.name: entry for entry in entries}
    if len(by_name) < len(entries):
        raise _error("a table is listed twice", shown_as, "keep one entry a table")
    return by_name


def _error(what: str, file: str, remedy: str, row: int | None = None) -> InputError:
    return InputError([Problem(what, Place(file, row), remedy)])


def _tables_of(data: bytes, file: str) -> list[Mapping[str, object]]:
    try:
        content = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _error("the file is not UTF-8", file, "save it as UTF-8", line) from None
    except (ValueError, RecursionError) as error:
        at = re.search(r"at line (\d+)", str(error))
        reason = str(error) if at else "it is nested too deeply or holds an impossible value"
        remedy = "correct the line, or write the file anew"
        raise _error(f"this is not TOML: {reason}", file, remedy, int(at.group(1)) if at else None) from None
    tables = content.get("table", [])
    if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
        raise _error("'table' is not a list of tables", file, "begin every entry with [[table]]")
    return tables


def _entry(item: Mapping[str, object], file: str) -> Entry:
    known = {name.name for name in fields(Entry)}
    values = {key: str(value) for key, value in item.items() if key in known and _is_simple(value)}
    if set(values) != set(item) or "name" not in values:
        odd = ", ".join(sorted(str(key)[:40] for key in item if key not in values)) or "no name"
        remedy = f"give the name and, as text, any of: {', '.join(sorted(known - {'name'}))}"
        raise _error(f"an entry cannot be understood: {odd}", file, remedy)
    entry = Entry(**values)
    for fault in _faults(entry):
        raise _error(f"the entry of {entry.name[:100]!r} has {fault}", file, "correct it, or leave it empty")
    return entry


def _is_simple(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, datetime.date) and not isinstance(value, datetime.datetime))


def _faults(entry: Entry) -> list[str]:
    found = []
    folder, _, file = entry.name.rpartition("/")
    if file not in FILE_NAMES or (folder and not NAME.fullmatch(folder)):
        found.append("a name that is not that of a table")
    if entry.sha256 and not _HASH.fullmatch(entry.sha256):
        found.append("a sha256 that is not 64 hexadecimal digits")
    if entry.licence and not _SPDX.fullmatch(entry.licence) and fault_in_iri(entry.licence):
        found.append("a licence that is neither an SPDX identifier nor an address")
    try:
        if entry.date:
            DATE.parse(entry.date)
    except CellError:
        found.append("a date that is not one")
    return found


def write_manifest(folder: Path, today: str = "") -> Path:
    """Record the tables of a folder as they are now, keeping what was said of them.

    Hashes are computed anew. A table whose hash changed gets the date ``today``, a new one also a title and
    our licence; entries of tables that are gone are dropped. The file is replaced in one step.

    Parameters
    ----------
    folder : a folder of tables.
    today : ISO date to write, by default that of the clock.

    Returns
    -------
    Path
        The manifest.

    Raises
    ------
    InputError
        If a table or the old manifest cannot be read, or the new one not be written.
    """
    recorded = read_manifest(folder)
    date = today or datetime.date.today().isoformat()
    entries = []
    for schema, path, name in tables_in(folder):
        digest = hashlib.sha256(read_bytes(path, name)).hexdigest()
        framework = f" ({path.parent.name})" if schema.in_framework else ""
        entry = recorded.get(name) or Entry(name, schema.title + framework, LICENCE)
        entries.append(entry if entry.sha256 == digest else replace(entry, sha256=digest, date=date))
    path = folder / MANIFEST
    beside = folder / f".{MANIFEST}.{os.getpid()}"
    try:
        beside.write_text(_HEADING + "".join(map(_as_toml, entries)), encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _error(f"the manifest cannot be written: {reason}", str(path), "name a folder you may write to") from None
    return path


def _as_toml(entry: Entry) -> str:
    lines = (f"{name.name} = {_quoted(getattr(entry, name.name))}" for name in fields(Entry))
    return "\n[[table]]\n" + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def main(arguments: list[str]) -> int:
    """Write the manifest of a folder, by default that of the bundled tables; returns the exit code."""
    try:
        print(write_manifest(Path(arguments[0]) if arguments else resources.tables()))
    except TargetGraphError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0
