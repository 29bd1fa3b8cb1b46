"""Accepted rows on their way into a folder of tables, through the importer that reads every other table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from targetgraph.errors import InputError, Place, Problem
from targetgraph.reading.framework_tables import FRAMEWORKS, LINKS, PASSAGES, TARGETS, WORDINGS
from targetgraph.reading.problems import Problems, shown
from targetgraph.reading.review.merging import merge_rows
from targetgraph.reading.schema import TableSchema
from targetgraph.reading.tables import import_table
from targetgraph.reading.vocabulary_tables import DOCUMENTS
from targetgraph.records.review import ACCEPT, FOLLOW, OPEN, REJECT, Cells, Conflict, Review, Rows

TABLES: Mapping[str, TableSchema] = {"targets": TARGETS, "wordings": WORDINGS, "passages": PASSAGES, "links": LINKS}
LAST_IMPORT = ".review-imported.csv"
"""What the last import put into a folder, so that edits made there since are seen."""


@dataclass(frozen=True, slots=True)
class Import:
    """What an import makes of a folder: files by path inside it (only those that change), and counts for people."""

    files: Mapping[str, bytes]
    accepted: int
    open: int
    rejected: int
    conflicts: tuple[Conflict, ...] = ()


def accepted_rows(review: Review, source: str) -> tuple[dict[str, dict[str, Cells]], int, int]:
    """The accepted rows by table and key, and how many are open and rejected.

    Each passes the importer of its table, so that whatever it would refuse is told by sheet and row.

    Raises
    ------
    InputError
        If a decision is none, or a cell cannot be read.
    """
    problems = Problems()
    taken = {row["id"] for row in review.sheets["targets"].values() if row.get("decision", "").strip() == ACCEPT}
    found: dict[str, dict[str, Cells]] = {}
    undecided = rejected = 0
    for name, schema in TABLES.items():
        columns = [column.name for column in schema.columns]
        lines: list[tuple[int, Sequence[str]]] = [(1, columns)]
        rows: list[Cells] = []
        for number, cells in enumerate(review.sheets.get(name, {}).values(), 2):
            decision = cells.get("decision", "").strip()
            if decision not in (ACCEPT, REJECT, FOLLOW, OPEN):
                remedy = f"write {ACCEPT}, {REJECT}, {FOLLOW}, or nothing"
                problems.add(f"{shown(decision)} is no decision", Place(f"{source}:{name}", number, "decision"), remedy)
            if decision == ACCEPT and name != "targets" and cells.get("target", "") not in taken:
                what = f"it is accepted, and its target {shown(cells.get('target', ''))} is not"
                problems.add(what, Place(f"{source}:{name}", number, "decision"), "accept the target too")
            follows = decision == FOLLOW and cells.get("target", "") in taken
            if decision == ACCEPT or follows:
                rows.append({column: cells.get(column, "") for column in columns})
                lines.append((number, list(rows[-1].values())))
            else:
                undecided += decision in (OPEN, FOLLOW)
                rejected += decision == REJECT
        if rows:
            import_table(schema, f"{source}:{name}", lines, problems, review.about.get("framework", ""))
        found[name] = {_key(schema, row): row for row in rows}
    problems.raise_if_any()
    return found, undecided, rejected


def plan_import(review: Review, source: str, folder: Path) -> Import:
    """What accepting a review makes of a folder of tables; nothing is written.

    Three sides meet: what the last import wrote, what the review says now, and what the tables hold now.

    Parameters
    ----------
    review : with its decisions.
    source : its name, for messages.
    folder : where the tables lie or will lie.
    """
    accepted, undecided, rejected = accepted_rows(review, source)
    framework = review.about["framework"]
    base = _last_import(folder / LAST_IMPORT)
    files: dict[str, bytes] = {}
    conflicts: list[Conflict] = []
    remembered = [["table", "row", "column", "value"]]
    for name, schema in TABLES.items():
        inside = f"{framework}/{schema.file}"
        heading, current = _current(folder / inside, schema)
        before = base.get(name, {})
        # Rows written by hand, which no import knows, are nobody's business here.
        ours = {key: row for key, row in current.items() if key in before or key in accepted[name]}
        merged = merge_rows(name, before, accepted[name], ours)
        conflicts.extend(merged.conflicts)
        rows = {key: merged.rows.get(key, row) for key, row in current.items() if key not in ours or key in merged.rows}
        rows.update({key: row for key, row in merged.rows.items() if key not in rows})
        if rows != current:
            files[inside] = _table(schema, heading, rows)
        remembered += [
            [name, k, column, value] for k, row in accepted[name].items() for column, value in row.items() if value
        ]
    if any(accepted.values()) or base:
        files.update(_head(review, folder))
        _put(files, folder, LAST_IMPORT, _csv(remembered))
    many = sum(len(rows) for rows in accepted.values())
    return Import(files, many, undecided, rejected, tuple(conflicts))


def _key(schema: TableSchema, row: Cells) -> str:
    return "|".join(row.get(column, "") for column in schema.key if column != "framework")


def _current(path: Path, schema: TableSchema) -> tuple[list[str], dict[str, Cells]]:
    if not path.exists():
        return [], {}
    rows = _read(path)
    heading = rows[0] if rows else []
    found = [dict(zip(heading, row, strict=False)) for row in rows[1:] if any(row)]
    return heading, {_key(schema, row): {c.name: row.get(c.name, "") for c in schema.columns} for row in found}


def _read(path: Path) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError([Problem(f"the table cannot be read: {error}", Place(str(path)), "mend it first")]) from None


def _last_import(path: Path) -> dict[str, Rows]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in _read(path)[1:] if path.exists() else []:
        name, key, column, value = row
        schema = TABLES[name]
        cells = found.setdefault(name, {}).setdefault(key, {c.name: "" for c in schema.columns})
        cells[column] = value
    return {name: dict(rows) for name, rows in found.items()}


def _table(schema: TableSchema, heading: Sequence[str], rows: Mapping[str, Cells]) -> bytes:
    used = {column for row in rows.values() for column, value in row.items() if value}
    columns = [c.name for c in schema.columns if c.name in used or c.name in heading or not c.may_be_absent]
    return _csv([columns, *([row.get(column, "") for column in columns] for row in rows.values())])


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode("utf-8")


def _put(files: dict[str, bytes], folder: Path, inside: str, data: bytes) -> None:
    path = folder / inside
    if not path.exists() or path.read_bytes() != data:
        files[inside] = data


def _head(review: Review, folder: Path) -> dict[str, bytes]:
    """The rows of the framework and of the document, where the folder has none of that name yet."""
    about = review.about
    title = about.get("title") or about["file"]
    framework = {
        "id": about["framework"],
        "label": title,
        "short_label": about["framework"],
        "status": "proposed",
        "document": about["document"],
        "verification": "sourced",
        "source": about["document"],
    }
    document = {
        "id": about["document"],
        "kind": "document",
        "title": title,
        "status": "recalled",
        "note": f"read from the file {about['file']}, SHA-256 {about['sha256']}",
    }
    files: dict[str, bytes] = {}
    for schema, row in ((FRAMEWORKS, framework), (DOCUMENTS, document)):
        heading, current = _current(folder / schema.file, schema)
        if row["id"] not in current:
            files[schema.file] = _table(schema, heading, {**current, row["id"]: row})
    return files
