"""Reading folders of tables into one collection of records."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from targetgraph import records
from targetgraph.errors import Place, TargetGraphError
from targetgraph.reading.building import build_collection
from targetgraph.reading.checks import check_consistency
from targetgraph.reading.files import read_bytes
from targetgraph.reading.files import records as csv_records
from targetgraph.reading.layout import check_strangers, framework_folders, framework_tables, root_tables
from targetgraph.reading.manifest import MANIFEST, Entry, read_manifest
from targetgraph.reading.problems import Problems, shown, suggestion
from targetgraph.reading.references import Registers
from targetgraph.reading.schema import TableSchema
from targetgraph.reading.schemas import FRAMEWORK_TABLES, ROOT_TABLES
from targetgraph.reading.tables import ImportedTable, import_table
from targetgraph.reading.wordings import check_wordings
from targetgraph.store.file_set import unfinished


def read_collection(
    folders: Sequence[Path],
    progress: Callable[[str], None] | None = None,
    *,
    dimensions: Collection[str] = (),
) -> records.Collection:
    """Read the tables of some folders as one whole.

    Parameters
    ----------
    folders : the bundled tables (:func:`targetgraph.resources.tables`) first, as a rule, then folders of the
        user's own. Each may hold any of the tables; identifiers must differ, and references may lead from any
        folder to any other.
    progress : called with a line for people whenever a table is about to be read.
    dimensions : codes of the dimensions there are; if given, an assessment must name one of them.

    Returns
    -------
    records.Collection
        All records, in the order of folders, tables and rows, references checked.

    Raises
    ------
    InputError
        With everything that is wrong (at most fifty problems and the number of the others). Places name files
        by their path inside the folder, preceded by the folder's name for the second folder and after.
    """
    reading = _Reading(progress or (lambda line: None))
    labelled = reading.label(folders)
    for folder, prefix in labelled:
        reading.read_root(folder, prefix)
    for folder, prefix in labelled:
        reading.read_frameworks(folder, prefix)
        reading.check_manifest(folder, prefix)
    reading.check(dimensions)
    return build_collection(reading.registers, reading.tables)


class _Reading:
    """One run: what was read so far and what was wrong with it."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self.registers = Registers()
        self.tables: list[records.Table] = []
        self._problems = Problems()
        self._progress = progress
        self._manifests: dict[str, dict[str, Entry]] = {}

    def label(self, folders: Sequence[Path]) -> list[tuple[Path, str]]:
        """The folders that are there, each with what its files' names are to begin with."""
        if not folders:
            self._problems.add("no folder of tables is given", Place(), "name at least one folder")
        found: list[tuple[Path, str]] = []
        taken: set[str] = set()
        for number, folder in enumerate(folders):
            if not folder.is_dir():
                what = "this is not a folder" if os.path.lexists(folder) else "there is no such folder"
                remedy = "give the path of a folder that holds tables (CSV files)"
                self._problems.add(what, Place(str(folder)), remedy)
                self._lose(ROOT_TABLES + FRAMEWORK_TABLES)
                continue
            if unfinished(folder):
                what = "its tables are being written, or somebody was stopped writing them"
                remedy = "run `targetgraph review accept` again: it puts back first what was there"
                self._problems.add(what, Place(str(folder)), remedy)
            name = folder.resolve().name or "folder"
            prefix = f"{name}/" if number else ""
            while prefix in taken:
                prefix = f"{name}-{number + 1}/"
                name += "-"
            taken.add(prefix)
            found.append((folder, prefix))
        return found

    def _lose(self, schemas: Sequence[TableSchema]) -> None:
        self.registers.incomplete.update(schema.register for schema in schemas)

    def read_root(self, folder: Path, prefix: str) -> None:
        """Read the manifest and the tables that lie directly in a folder."""
        self._manifests[prefix] = {}
        try:
            self._manifests[prefix] = read_manifest(folder, prefix + MANIFEST)
        except TargetGraphError as error:
            self._problems.absorb(error)
        tables = list(root_tables(folder))
        for schema, path in tables:
            self._read_table(schema, path, prefix, path.name)
        check_strangers(folder, prefix, False, self._problems)
        if not tables and not framework_folders(folder):
            what = "the folder holds no tables"
            remedy = f"put at least one of these into it: {', '.join(schema.file for schema in ROOT_TABLES)}"
            self._problems.add(what, Place(prefix.rstrip("/") or str(folder)), remedy)

    def read_frameworks(self, folder: Path, prefix: str) -> None:
        """Read the tables in the folders of frameworks."""
        known = {key[0]: row for key, row in self.registers.index["framework"].items()}
        for inside in framework_folders(folder):
            name, where = inside.name, f"{prefix}{inside.name}"
            if inside.is_symlink():
                remedy = "put the folder itself in its place"
                self._problems.add("this is a symbolic link, not the folder of a framework", Place(where), remedy)
                self._lose(FRAMEWORK_TABLES)
            elif name in known:
                for schema, path in framework_tables(inside):
                    self._read_table(schema, path, prefix, f"{name}/{path.name}", framework=name)
                check_strangers(inside, f"{where}/", True, self._problems)
            else:
                self._lose(FRAMEWORK_TABLES)
                if "framework" not in self.registers.incomplete:
                    remedy = suggestion(name, known) + "name the folder after a framework of frameworks.csv"
                    self._problems.add(f"there is no framework {shown(name)}", Place(where), remedy)

    def _read_table(self, schema: TableSchema, path: Path, prefix: str, inside: str, framework: str = "") -> None:
        name = prefix + inside
        self._progress(f"reading {name}")
        try:
            data = read_bytes(path, name)
        except TargetGraphError as error:
            self._problems.absorb(error)
            table = ImportedTable(schema, name, whole=False)
        else:
            table = import_table(schema, name, csv_records(data, name), self._problems, framework)
            entry = self._manifests[prefix].get(inside, Entry(inside))
            self.tables.append(
                records.Table(
                    name=name,
                    sha256=hashlib.sha256(data).hexdigest(),
                    title=entry.title,
                    licence=entry.licence,
                    date=entry.date,
                    recorded_sha256=entry.sha256,
                    folder=prefix.rstrip("/"),
                )
            )
        self.registers.enter(table, self._problems)

    def check_manifest(self, folder: Path, prefix: str) -> None:
        """Note tables that the manifest promises and the folder lacks."""
        for name in self._manifests[prefix]:
            if not os.path.lexists(folder / name):
                what = f"the manifest lists {shown(name)}, which is not there"
                remedy = "bring the table back, or take its entry out of the manifest"
                self._problems.add(what, Place(prefix + MANIFEST), remedy)

    def check(self, dimensions: Collection[str]) -> None:
        """Look at everything together, and raise what was found."""
        self.registers.check_uniqueness(self._problems)
        self.registers.check_references(self._problems)
        for row in self.registers.rows["assessment"]:
            code = row.text("dimension")
            if dimensions and code and code not in dimensions:
                remedy = suggestion(code, dimensions) + f"use one of: {', '.join(sorted(dimensions))}"
                self._problems.add(f"there is no dimension {shown(code)}", row.place("dimension"), remedy)
        check_consistency(self.registers, self._problems)
        check_wordings(self.registers, self._problems)
        self._problems.raise_if_any()
