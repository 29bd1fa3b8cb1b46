"""A user's own data as a store of its own beside the bundled frameworks: taken in, checked, built, in a process of its own.

Folder layout, below ``own/<id>`` of the store folder::

    title            the name of the file that was given
    input/           what was in it
    status.json      how far it is: see `Status`
    store/           a store folder, when it is whole
"""

from __future__ import annotations

import io
import json
import os
import re
import secrets
import shutil
import sys
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from targetgraph.errors import InputError, Place, Problem, TargetGraphError

OWN: Final = "own"
RUNNING, DONE, FAILED, CANCELLED = "running", "done", "failed", "cancelled"
MOST_BYTES: Final = 32 * 1024 * 1024
"""Largest file that is taken."""
MOST_UNPACKED: Final = 96 * 1024 * 1024
MOST_FILES: Final = 300
_NAME = re.compile(r"[0-9a-f]{12}")
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}")
_RDF: Final = {".ttl": "turtle", ".nq": "nquads", ".nt": "nt", ".trig": "trig"}
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


@dataclass(frozen=True, slots=True)
class Status:
    """How far a store of the user's own data is.

    Parameters
    ----------
    state : ``running``, ``done``, ``failed`` or ``cancelled``.
    step : what is being done, or was last.
    process : number of the process that does it.
    problems : what is wrong: sentence, place, remedy.
    read : what was read: name of the file and how many rows or statements.
    version, statements : of the store, when it is done.
    """

    state: str
    step: str = ""
    process: int = 0
    problems: tuple[tuple[str, str, str], ...] = ()
    read: tuple[tuple[str, int], ...] = ()
    version: str = ""
    statements: int = 0


@dataclass(frozen=True)
class OwnData:
    """One store of the user's own.

    Parameters
    ----------
    folder : its folder; the last part is its name.
    """

    folder: Path

    @property
    def name(self) -> str:
        """Its name in addresses."""
        return self.folder.name

    @property
    def store(self) -> Path:
        """The store folder."""
        return self.folder / "store"

    @property
    def title(self) -> str:
        """The name of the file that was given."""
        try:
            return (self.folder / "title").read_text(encoding="utf-8")
        except OSError:
            return self.name

    @property
    def status(self) -> Status:
        """How far it is; a process that is gone without a word has failed."""
        try:
            known = json.loads((self.folder / "status.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Status(FAILED, problems=(("nothing is known of this build", "", "give the file again"),))
        found = Status(**{k: _tuples(v) for k, v in known.items()})
        if found.state == RUNNING and found.process and not _runs(found.process, self.name):
            return Status(FAILED, found.step, problems=(("the build ended without a word", "", "give the file again"),))
        return found

    def write(self, status: Status) -> None:
        """Say how far it is, all at once."""
        beside = self.folder / f"status.{os.getpid()}.tmp"
        beside.write_text(json.dumps(asdict(status), ensure_ascii=False), encoding="utf-8")
        beside.replace(self.folder / "status.json")

    def cancel(self) -> None:
        """Stop the build."""
        status = self.status
        if status.state == RUNNING:
            if status.process and _runs(status.process, self.name):
                os.kill(status.process, 9)
            self.write(Status(CANCELLED, status.step))

    def remove(self) -> None:
        """Stop the build and throw everything away."""
        self.cancel()
        shutil.rmtree(self.folder, ignore_errors=True)


def own_data(root: Path, name: str) -> OwnData | None:
    """The user's own data of that name beside a store; None where there is none."""
    folder = root / OWN / name
    return OwnData(folder) if _NAME.fullmatch(name) and folder.is_dir() else None


def all_own_data(root: Path) -> list[OwnData]:
    """All of them, by name."""
    folder = root / OWN
    return [OwnData(f) for f in sorted(folder.iterdir()) if _NAME.fullmatch(f.name)] if folder.is_dir() else []


def take_in(root: Path, file_name: str, content: bytes) -> OwnData:
    """Lay what was given beside a store, for `build_own` to build from.

    Parameters
    ----------
    root : the store folder.
    file_name : as the user calls it; its ending says what it is.
    content : the file, at most `MOST_BYTES`.

    Raises
    ------
    InputError : it is none of the kinds that are read, too large, or an archive that is not as it should be.
    """
    suffix = Path(file_name).suffix.lower()
    if len(content) > MOST_BYTES:
        raise _wrong(file_name, f"the file is larger than {MOST_BYTES >> 20} MiB", "use `targetgraph build`")
    if suffix == ".zip":
        files = _unpacked(file_name, content)
    elif suffix == ".csv":
        files = _targets_as_tables(file_name, content)
    elif suffix in _RDF:
        files = {f"data{suffix}": content}
    else:
        kinds = ".zip (a folder of tables), .csv (a table of targets), .ttl, .trig, .nq or .nt"
        raise _wrong(file_name, f"files ending in {suffix or 'nothing'} are not read here", f"give {kinds}")
    made = OwnData(root / OWN / secrets.token_hex(6))
    for path, data in files.items():
        where = made.folder / "input" / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_bytes(data)
    (made.folder / "title").write_text(Path(file_name).name[:120], encoding="utf-8")
    made.write(Status(RUNNING, "waiting"))
    return made


def build_own(own: OwnData, bundled: Path) -> None:
    """Build a store from what was taken in; how it went stands in its status.

    Parameters
    ----------
    bundled : canonical N-Quads of the bundled graph; statements that were given are laid beside them.
    """
    read = tuple(_counted(own.folder / "input"))

    def say(step: str) -> None:
        own.write(Status(RUNNING, step, os.getpid(), read=read))

    say("reading")
    try:
        version, statements = _built(own, bundled, say)
    except TargetGraphError as error:
        problems = tuple((p.what, _shown(str(p.where), own), p.remedy) for p in error.problems[:200])
        own.write(Status(FAILED, "", problems=problems, read=read))
    else:
        own.write(Status(DONE, "", read=read, version=version, statements=statements))


def _built(own: OwnData, bundled: Path, say: Callable[[str], None]) -> tuple[str, int]:
    given = own.folder / "input"
    rdf = next((f for f in given.iterdir() if f.suffix in _RDF), None)
    if rdf is None:
        from targetgraph.pipeline.building import build

        result = build((given,), own.store, say)
        return result.version.data_version, result.quads
    from targetgraph.pipeline.dataset_building import build_from_dataset

    dataset = own.folder / "dataset.nq"
    _joined(bundled, rdf, dataset)
    made = build_from_dataset(dataset, own.store, say, check=True)
    dataset.unlink(missing_ok=True)
    return made.version.data_version, made.quads


def _joined(bundled: Path, rdf: Path, dataset: Path) -> None:
    """The bundled statements and those of a file, as N-Quads; triples go into a graph named for the user's own data."""
    from rdflib import Dataset, URIRef

    from targetgraph import iris

    read = Dataset()
    home = URIRef(iris.graph("own"))
    try:
        if rdf.suffix in (".ttl", ".nt"):
            read.graph(home).parse(rdf, format=_RDF[rdf.suffix])
        else:
            read.parse(rdf, format=_RDF[rdf.suffix])
    except Exception as error:  # every parser of rdflib has exceptions of its own
        raise _wrong(rdf.name, f"it cannot be read: {str(error)[:300]}", "correct the file") from error
    with dataset.open("wb") as out:
        out.write(bundled.read_bytes())
        out.write(read.serialize(format="nquads", encoding="utf-8"))


def _unpacked(file_name: str, content: bytes) -> dict[str, bytes]:
    """The tables of an archive, by path below its top; nothing else is taken, and no more than is allowed is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _wrong(file_name, f"this is no zip archive: {error}", "pack the folder of tables again") from error
    entries = [e for e in archive.infolist() if e.filename.endswith(".csv") and "__MACOSX" not in e.filename]
    if not entries or len(archive.infolist()) > MOST_FILES:
        what = "there is no table (.csv) in it" if not entries else f"it holds more than {MOST_FILES} files"
        raise _wrong(file_name, what, "pack the folder of tables")
    paths = [e.filename.replace("\\", "/").split("/") for e in entries]
    top = paths[0][0]
    inside = len(paths[0]) > 1 and all(len(p) > 1 and p[0] == top for p in paths) and [top, "targets.csv"] not in paths
    files: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for entry, parts in zip(entries, paths, strict=True):
        kept = parts[1:] if inside else parts
        if len(kept) > 3 or not all(_PART.fullmatch(part) for part in kept):
            raise _wrong(file_name, f"the path {entry.filename[:100]!r} is not that of a table", "see docs/tables.md")
        try:
            with archive.open(entry) as stream:
                data = stream.read(left + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
            raise _wrong(file_name, f"{entry.filename[:100]!r} cannot be unpacked: {error}", "pack it again") from error
        left -= len(data)
        if left < 0:
            raise _wrong(file_name, f"unpacked it is larger than {MOST_UNPACKED >> 20} MiB", "use `targetgraph build`")
        files["/".join(kept)] = data
    return files


def _targets_as_tables(file_name: str, content: bytes) -> dict[str, bytes]:
    """One table of targets as a framework: what a table of targets has no place for is recalled, and says so."""
    import csv

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong(file_name, "the table is not UTF-8", "save it as CSV in UTF-8") from error
    rows = list(
        csv.DictReader(io.StringIO(text), delimiter=";" if text[:2000].count(";") > text[:2000].count(",") else ",")
    )
    code = re.sub(r"[^a-z0-9]+", "-", Path(file_name).stem.lower()).strip("-") or "own"
    code = f"own-{code}"[:40]
    if not rows or not {"id", "label"} <= {(k or "").strip().lower() for k in rows[0]}:
        raise _wrong(file_name, "the table has no columns “id” and “label”, or no rows", "name them in the first line")
    out = io.StringIO()
    writer = csv.DictWriter(out, _TARGET_COLUMNS, lineterminator="\n")
    writer.writeheader()
    ids: list[str] = []
    for row in rows:
        given = {(k or "").strip().lower(): (v or "").strip() if isinstance(v, str) else "" for k, v in row.items()}
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


def _counted(folder: Path) -> list[tuple[str, int]]:
    """Files and their rows or lines."""
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        with path.open("rb") as stream:
            lines = sum(1 for _ in stream)
        found.append((str(path.relative_to(folder)), max(lines - (path.suffix == ".csv"), 0)))
    return found


def _wrong(file_name: str, what: str, remedy: str) -> InputError:
    return InputError([Problem(what, Place(file=Path(file_name).name[:120]), remedy)])


def _shown(where: str, own: OwnData) -> str:
    """A place without the folder that the user never saw."""
    return where.replace(f"{own.folder / 'input'}/", "").replace(str(own.folder), "").removeprefix("input/")


def _tuples(value: Any) -> Any:
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value


def _runs(process: int, name: str) -> bool:
    """Whether a process is there and is the one that builds this (where the system does not say: whether it is there)."""
    try:
        return name.encode() in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        if Path("/proc/self").exists():
            return False
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    build_own(OwnData(Path(sys.argv[1])), Path(sys.argv[2]))
