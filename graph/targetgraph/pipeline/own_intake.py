"""A user's file laid beside a store, so that it can be built from: archives unpacked, a table of targets completed."""

from __future__ import annotations

import csv
import io
import re
import secrets
import zipfile
from pathlib import Path
from time import time
from typing import Any, Final

from targetgraph.pipeline.own_data import OWN, RUNNING, WAITING, OwnData, Status, wrong

MOST_BYTES: Final = 32 * 1024 * 1024
"""Largest file that is taken."""
MOST_UNPACKED: Final = 96 * 1024 * 1024
MOST_FILES: Final = 300
STATEMENTS: Final = {".ttl": "turtle", ".nq": "nquads", ".nt": "nt", ".trig": "trig"}
"""Endings of files of statements, and their formats."""
DOCUMENTS: Final = (
    ".docx", ".pdf", ".html", ".htm", ".md", ".markdown", ".txt", ".xlsx", ".ods", ".csv", ".tsv",
)  # fmt: skip
"""Endings of documents that targets are read out of, for review."""
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}")
_TARGET_COLUMNS: Final = (
    "id",
    "objective",
    "status",
    "deadline",
    "label",
    "summary",
    "measurable",
    "measurable_note",
    "scope_phrase",
    "official_number",
    "verification",
    "confidence",
    "source",
    "partial_evidence",
    "note",
)


def take_in(root: Path, file_name: str, content: bytes) -> OwnData:
    """Lay what was given beside a store, for `own_building` to build from.

    Parameters
    ----------
    root : the store folder.
    file_name : as the user calls it; its ending says what it is.
    content : the file, at most `MOST_BYTES`.

    Raises
    ------
    InputError : it is none of the kinds that are read, too large, or an archive that is not as it should be.
    """
    suffix, home = Path(file_name).suffix.lower(), "input"
    if len(content) > MOST_BYTES:
        raise wrong(file_name, f"the file is larger than {MOST_BYTES >> 20} MiB", "use `targetgraph build`")
    if not content.strip():
        raise wrong(file_name, "the file is empty", "give the file itself")
    if suffix == ".zip":
        files = _unpacked(file_name, content)
    elif suffix == ".csv" and _is_table_of_targets(content):
        files = _targets_as_tables(file_name, content)
    elif suffix in STATEMENTS:
        files = {f"data{suffix}": content}
    elif suffix in DOCUMENTS:
        home, files = "document", {f"{_code(file_name)}{suffix}": content}
    else:
        kinds = f".zip (a folder of tables), {', '.join((*STATEMENTS, *DOCUMENTS))}"
        raise wrong(file_name, f"files ending in {suffix or 'nothing'} are not read here", f"give {kinds}")
    made = OwnData(root / OWN / secrets.token_hex(6))
    for path, data in files.items():
        where = made.folder / home / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_bytes(data)
    (made.folder / "title").write_text(Path(file_name).name[:120], encoding="utf-8")
    made.write(Status(RUNNING, WAITING, since=time()))
    return made


def _unpacked(file_name: str, content: bytes) -> dict[str, bytes]:
    """The tables of an archive, by path below its top; nothing else is taken, and no more than is allowed is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise wrong(file_name, f"this is no zip archive: {error}", "pack the folder of tables again") from error
    entries = [e for e in archive.infolist() if e.filename.endswith(".csv") and "__MACOSX" not in e.filename]
    if not entries or len(archive.infolist()) > MOST_FILES:
        what = "there is no table (.csv) in it" if not entries else f"it holds more than {MOST_FILES} files"
        raise wrong(file_name, what, "pack the folder of tables")
    paths = [e.filename.replace("\\", "/").split("/") for e in entries]
    top = paths[0][0]
    inside = len(paths[0]) > 1 and all(len(p) > 1 and p[0] == top for p in paths) and [top, "targets.csv"] not in paths
    files: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for entry, parts in zip(entries, paths, strict=True):
        kept = parts[1:] if inside else parts
        if len(kept) > 3 or not all(_PART.fullmatch(part) for part in kept):
            raise wrong(file_name, f"the path {entry.filename[:100]!r} is not that of a table", "see docs/tables.md")
        try:
            with archive.open(entry) as stream:
                data = stream.read(left + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
            raise wrong(file_name, f"{entry.filename[:100]!r} cannot be unpacked: {error}", "pack it again") from error
        left -= len(data)
        if left < 0:
            raise wrong(file_name, f"unpacked it is larger than {MOST_UNPACKED >> 20} MiB", "use `targetgraph build`")
        files["/".join(kept)] = data
    return files


def _code(file_name: str) -> str:
    """Code of a framework from the name of a file."""
    plain = re.sub(r"[^a-z0-9]+", "-", Path(file_name).stem.lower()).strip("-") or "data"
    return f"own-{plain}"[:40].rstrip("-")


def _rows(text: str) -> list[dict[str | None, Any]]:
    """The rows of a CSV file by their headings."""
    head = text[:2000]
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ","))


def _is_table_of_targets(content: bytes) -> bool:
    """Whether a CSV file has the columns that make a framework as it stands; any other is read as a document."""
    rows = _rows(content.decode("utf-8-sig", "replace"))
    return bool(rows) and {"id", "label"} <= {(name or "").strip().lower() for name in rows[0]}


def _targets_as_tables(file_name: str, content: bytes) -> dict[str, bytes]:
    """One table of targets as a framework: what a table of targets has no place for is recalled, and says so."""
    try:
        rows = _rows(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise wrong(file_name, "the table is not UTF-8", "save it as CSV in UTF-8") from error
    code = _code(file_name)
    out = io.StringIO()
    writer = csv.DictWriter(out, _TARGET_COLUMNS, lineterminator="\n")
    writer.writeheader()
    ids: list[str] = []
    for row in rows:
        given = {(k or "").strip().lower(): v.strip() if isinstance(v, str) else "" for k, v in row.items()}
        ids.append(given.get("id", ""))
        told = {c: given[c] for c in _TARGET_COLUMNS if given.get(c)}
        writer.writerow({**_DEFAULTS, "summary": given.get("label", ""), **told})
    title = Path(file_name).stem.replace('"', "'")[:80]
    frameworks = io.StringIO()
    table = csv.writer(frameworks, lineterminator="\n")
    table.writerow(["id", "label", "short_label", "status", "document", "date", "note", "verification", "source"])
    note = "From a table of targets; nobody has linked them to actors, sectors or stages"
    table.writerow([code, title, title, "adopted", "", "", note, "recalled", ""])
    objectives = "framework,id,label,status\n" + f'{code},1,"{title}",recalled\n'
    documents, wordings = io.StringIO(), io.StringIO()
    table = csv.writer(documents, lineterminator="\n")
    table.writerow(["id", "kind", "title", "symbol", "date_start", "date_end", "place", "note", "status", "source"])
    table.writerow([code, "document", title, "", "", "", "", "A table given in the explorer", "recalled", ""])
    table = csv.writer(wordings, lineterminator="\n")
    table.writerow(["target", "language", "document", "revises", "text", "note"])
    table.writerows([row_id, "en", code, "", "", ""] for row_id in ids)
    return {
        "documents.csv": documents.getvalue().encode(),
        f"{code}/wordings.csv": wordings.getvalue().encode(),
        "frameworks.csv": frameworks.getvalue().encode(),
        "objectives.csv": objectives.encode(),
        f"{code}/targets.csv": out.getvalue().encode(),
    }


_DEFAULTS: Final = {
    "objective": "1",
    "status": "adopted",
    "measurable": "partly",
    "measurable_note": "nobody has judged it",
    "verification": "recalled",
    "confidence": "medium",
}
