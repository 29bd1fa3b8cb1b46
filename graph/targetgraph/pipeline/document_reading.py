"""From a document to a review, and from a review to tables: the order of things."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from targetgraph import iris, resources
from targetgraph.errors import InputError, Place, Problem, TargetGraphError
from targetgraph.reading import read_collection
from targetgraph.reading.documents import read_document
from targetgraph.reading.identifiers import LANGUAGE, RESERVED_FRAMEWORKS
from targetgraph.reading.mentions import Reader
from targetgraph.reading.mentions.own_terms import terms_in
from targetgraph.reading.review.accepting import Import, plan_import
from targetgraph.reading.review.files import read_review, write_review
from targetgraph.reading.review.merging import merge_rows
from targetgraph.reading.review.proposing import ReadTarget, identifier, propose, read_targets
from targetgraph.reading.review.rerunning import rerun, with_earlier_ids
from targetgraph.reading.targets import recognise
from targetgraph.records.documents import Document, Recognition
from targetgraph.records.review import ACCEPT, OPEN, Cells, Conflict, Rerun, Review
from targetgraph.store import file_set
from targetgraph.store.durable import write_whole
from targetgraph.store.file_set import one_writer

if TYPE_CHECKING:
    from targetgraph.records import Collection


@dataclass(frozen=True, slots=True)
class Read:
    """A document read: what it holds, the review of it, and, on a rerun, what became of the earlier one."""

    document: Document
    recognition: Recognition
    targets: Sequence[ReadTarget]
    review: Review
    rerun: Rerun | None = None

    def summary(self) -> Iterator[str]:
        """What was read, line by line, for people."""
        from targetgraph.publish.readings import summary

        return summary(self.document, self.recognition, self.targets, self.review, self.rerun)


class DocumentReading:
    """Reads documents against the bundled vocabularies and those of some folders, which are read once.

    Parameters
    ----------
    folders : folders of tables of the user's own.
    mentions : whether to look for what the text names.
    terms : Turtle files with labels and listed words, beside those that lie in the folders.
    """

    def __init__(self, folders: Sequence[Path] = (), *, mentions: bool = True, terms: Sequence[Path] = ()) -> None:
        self._collection = read_collection([resources.tables(), *folders]) if mentions else None
        self._reader = Reader.of(self._collection, [*terms_in(folders), *terms]) if self._collection else None

    def read(
        self, path: Path, *, framework: str = "", document: str = "", language: str = "", earlier: Path | None = None
    ) -> Read:
        """Read a document.

        Parameters
        ----------
        framework, document : identifiers of the framework and of the document; made of the file's name by default.
        language : its language; what the file says, else English, by default.
        earlier : a review of an earlier version, whose decisions are kept where nothing changed.
        """
        before = read_review(earlier) if earlier else None
        found = read_document(path)
        about = _about(path, found, framework, document, language, before)
        recognition = recognise(found, _confirmed(before))
        if before:
            texts = {cells["target"]: cells.get("text", "") for cells in before.exported["wordings"].values()}
            recognition = replace(recognition, targets=tuple(with_earlier_ids(recognition.targets, texts)))
        targets = read_targets(recognition, self._reader, about["language"])
        review = propose(found, recognition, targets, about, self._reader)
        again = rerun(before, review) if before else None
        return Read(found, recognition, targets, again.review if again else review, again)

    def turtle(self, review: Review) -> str:
        """The candidates of a review as Turtle."""
        from targetgraph.publish.annotations import as_turtle

        return as_turtle(review, dict(_concepts(self._collection)) if self._collection else None)

    def write(self, review: Review, target: Path) -> Path:
        """Write a review, and its candidates as Turtle beside it.

        Parameters
        ----------
        target : a file that ends in ``.xlsx``, or a folder for CSV files.

        Returns
        -------
        The Turtle file.

        Raises
        ------
        TargetGraphError
            If one of the files cannot be written.
        """
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TargetGraphError(
                f"the folder cannot be made: {error.strerror}", str(target.parent), "give another path"
            ) from error
        write_review(review, target)
        turtle = target.with_suffix(".ttl") if target.suffix.lower() == ".xlsx" else target / "reading.ttl"
        write_whole(turtle, self.turtle(review).encode(), "give another path")
        return turtle


def _about(
    path: Path, found: Document, framework: str, document: str, language: str, before: Review | None
) -> Mapping[str, str]:
    known = dict(before.about) if before else {}
    about = {
        "framework": framework or known.get("framework", "") or identifier(path.stem, "framework"),
        "document": document or known.get("document", "") or identifier(path.stem, "document"),
        "language": language or known.get("language", "") or found.language or "en",
        "title": known.get("title", "") or path.stem,
    }
    if about["framework"] in RESERVED_FRAMEWORKS or identifier(about["framework"], "") != about["framework"]:
        what = f"{about['framework']!r} cannot be the identifier of a framework"
        raise InputError(
            [Problem(what, Place(str(path)), "give another with --framework: small letters, digits, hyphens")]
        )
    if not LANGUAGE.fullmatch(about["language"]):
        raise InputError([Problem(f"{about['language']!r} is no language tag", remedy="give one such as en or fr")])
    return about


def _confirmed(before: Review | None) -> dict[tuple[str, int, int], str]:
    """Roles of columns that a reviewer has accepted, or written in place of the one proposed."""
    confirmed: dict[tuple[str, int, int], str] = {}
    for key, cells in (before.sheets["columns"] if before else {}).items():
        proposed = before.exported["columns"].get(key, {}).get("role", "") if before else ""
        if cells.get("decision", "").strip() == ACCEPT or cells.get("role", "") != proposed:
            confirmed[cells.get("sheet", ""), int(cells.get("table") or 0), int(cells.get("column") or 0)] = cells[
                "role"
            ]
    return confirmed


def _concepts(collection: Collection) -> Iterator[tuple[tuple[str, str], str]]:
    for actor in collection.actors:
        iri = iris.organisation(actor.id) if actor.kind == "organisation" else iris.concept("actor", actor.id)
        yield ("actor", actor.id), iri
    for kind, concepts in (("sector", collection.sectors), ("stage", collection.stages), ("issue", collection.issues)):
        for concept in concepts:
            yield (kind, concept.id), iris.concept(kind, concept.id)
    for entry in collection.sdgs:
        yield ("sdg", entry.id), entry.iri


def accept_review(source: Path, folder: Path, folders: Sequence[Path] = ()) -> Import:
    """Bring the accepted rows of a review into a folder of tables, wholly or not at all.

    The tables are written beside, read as ``build`` would read them, and only then take their places, all together
    (:mod:`targetgraph.store.file_set`).

    Raises
    ------
    InputError
        If a cell cannot be read, somebody changed the same cell in the tables, or the tables would not fit together.
    TargetGraphError
        If the tables cannot be written, or somebody wrote them meanwhile; the folder is as it was.
    """
    review = read_review(source)
    was_there = folder.exists()
    try:
        with one_writer(folder):
            return _accept(review, source, folder, folders)
    finally:
        if not was_there:
            with contextlib.suppress(OSError):  # the folder stays where anything was written into it
                folder.rmdir()


def _accept(review: Review, source: Path, folder: Path, folders: Sequence[Path]) -> Import:
    before = _held(folder)
    planned = plan_import(review, source.name, folder)
    if planned.conflicts:
        raise InputError([_as_problem(conflict, folder) for conflict in planned.conflicts[:50]])
    if not planned.files:
        return planned
    with tempfile.TemporaryDirectory(prefix="targetgraph-review-") as place:
        trial = Path(place) / (folder.resolve().name or "tables")
        shutil.copytree(folder, trial, ignore=shutil.ignore_patterns(file_set.LOCK))
        for inside, data in planned.files.items():
            (trial / inside).parent.mkdir(parents=True, exist_ok=True)
            (trial / inside).write_bytes(data)
        read_collection([resources.tables(), *folders, trial])
    changed = sorted(inside for inside, data in _held(folder).items() if before.get(inside) != data)
    if changed:
        raise TargetGraphError(
            f"{', '.join(changed)} changed while the review was being imported", str(folder), "run the command again"
        )
    file_set.write_together(folder, planned.files)
    return planned


def _held(folder: Path) -> dict[str, bytes]:
    """What the tables of a folder hold, to see whether somebody writes them meanwhile."""
    paths = [*folder.glob("*.csv"), *folder.glob("*/*.csv")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def _as_problem(conflict: Conflict, folder: Path) -> Problem:
    where = Place(
        f"{folder}: {conflict.sheet}, {conflict.row}", column="" if conflict.column == "*" else conflict.column
    )
    if conflict.column == "*":
        what = f"the row was {conflict.mine} in the review and {conflict.theirs} in the tables since the last import"
    else:
        what = (
            f"changed on both sides since the last import: {conflict.mine!r} in the review, {conflict.theirs!r} in the "
            f"tables, {conflict.exported!r} before"
        )
    return Problem(what, where, "write the same into both, and import again; nothing was written")


def merge_reviews(first: Path, second: Path, output: Path) -> tuple[Review, tuple[Conflict, ...]]:
    """The edits that two people made to copies of the same review, as one review.

    Where both changed a cell in different ways the first one's value stands, the decision of the row is taken back, and what
    the second one wrote is told in the column ``changed``.

    Raises
    ------
    InputError
        If they are not copies of the same export.
    """
    one, other = read_review(first), read_review(second)
    if one.exported != other.exported:
        what = "the two are not copies of the same review: what was exported differs"
        raise InputError([Problem(what, Place(f"{first} and {second}"), "merge copies of one export")])
    sheets: dict[str, dict[str, Cells]] = {}
    conflicts: list[Conflict] = []
    for name, rows in one.sheets.items():
        merged = merge_rows(name, one.exported.get(name, {}), rows, other.sheets.get(name, {}))
        sheets[name] = dict(merged.rows)
        conflicts.extend(merged.conflicts)
        for conflict in merged.conflicts:
            cells = dict(sheets[name][conflict.row])
            told = f"{second.name} has {conflict.theirs!r} in {conflict.column!r}, {first.name} {conflict.mine!r}"
            cells.update(decision=OPEN, changed="; ".join(part for part in (cells.get("changed", ""), told) if part))
            sheets[name][conflict.row] = cells
    result = replace(one, sheets=sheets)
    write_review(result, output)
    return result, tuple(conflicts)
