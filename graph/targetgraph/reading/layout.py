"""Where the tables of a folder lie: some directly in it, those of a framework in a folder of its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from targetgraph.errors import Place
from targetgraph.reading.problems import Problems, shown, suggestion
from targetgraph.reading.schema import TableSchema
from targetgraph.reading.schemas import FRAMEWORK_TABLES, ROOT_TABLES

_IN_ROOT = {schema.file: schema for schema in ROOT_TABLES}
_IN_FRAMEWORK = {schema.file: schema for schema in FRAMEWORK_TABLES}
FILE_NAMES = frozenset((*_IN_ROOT, *_IN_FRAMEWORK))


def root_tables(folder: Path) -> Iterator[tuple[TableSchema, Path]]:
    """The tables that lie directly in a folder, in the order in which they are read."""
    names = _names(folder)
    return ((schema, folder / schema.file) for schema in ROOT_TABLES if schema.file in names)


def framework_folders(folder: Path) -> list[Path]:
    """The folders inside a folder that hold tables of a framework, by name."""
    inside = sorted(folder / name for name in _names(folder) if not _hidden(name))
    return [path for path in inside if path.is_dir() and _names(path).intersection(_IN_FRAMEWORK)]


def framework_tables(folder: Path) -> Iterator[tuple[TableSchema, Path]]:
    """The tables in the folder of a framework, in the order in which they are read."""
    names = _names(folder)
    return ((schema, folder / schema.file) for schema in FRAMEWORK_TABLES if schema.file in names)


def tables_in(folder: Path) -> Iterator[tuple[TableSchema, Path, str]]:
    """All tables of a folder, with their path inside it."""
    for schema, path in root_tables(folder):
        yield schema, path, path.name
    for inside in framework_folders(folder):
        for schema, path in framework_tables(inside):
            yield schema, path, f"{inside.name}/{path.name}"


def check_strangers(folder: Path, shown_as: str, in_framework: bool, problems: Problems) -> None:
    """Note CSV files that are no table of ours: most often a slip in the name that would lose content."""
    expected = _IN_FRAMEWORK if in_framework else _IN_ROOT
    for name in sorted(_names(folder)):
        if name in expected or _hidden(name) or not name.lower().endswith(".csv"):
            continue
        elsewhere = "it belongs into the folder of a framework. " if name in FILE_NAMES else ""
        remedy = elsewhere + suggestion(name, expected) + "rename it, or move it out of the folder"
        problems.add(f"{shown(name)} is not the name of a table", Place(f"{shown_as}{name}"), remedy)


def _names(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()}
    except OSError:
        return set()


def _hidden(name: str) -> bool:
    """Files that systems and spreadsheets leave beside one's own."""
    return name.startswith((".", "~$"))
