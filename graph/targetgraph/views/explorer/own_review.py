"""What a document of the user's was read as: targets and what their texts name, to be accepted or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from targetgraph.analysis.coding import CodedGraph
from targetgraph.records.review import ACCEPT, OPEN, REJECT, Cells, Review
from targetgraph.views.explorer.names import Label, Names

PAGE: Final = 25
CHOICES: Final = (OPEN, ACCEPT, REJECT)
_DIMENSIONS: Final = {
    "actor": ("actors",), "sector": ("sectors",), "stage": ("stages",), "sdg": ("goals", "sdgs"), "issue": ("issues",),
}  # fmt: skip
"""Dimensions by the kind of thing that a text names."""

_VERDICT: Final = "SMART"
"""Kind of the notes that hold verdicts: they belong to fact sheets."""

Concepts = Mapping[tuple[str, str], tuple[str, str]]
"""IRI and label of what can be named, by its kind and its identifier in the tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedThing:
    """Something that the text of a target names.

    Parameters
    ----------
    field : name of its decision in the form.
    kind : ``actor``, ``sector``, ``stage``, ``sdg`` or ``issue``.
    words : on what it rests: the words of the text, or the column of a table.
    """

    field: str
    name: Label
    kind: str
    role: str
    basis: str
    confidence: str
    words: str
    why: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """A target that was found: its text, where it stands, why it was taken for one, and what it names."""

    field: str
    code: str
    text: str
    where: str
    why: str
    deadline: str
    note: str
    decision: str
    brackets: int
    named: tuple[NamedThing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """What there is to decide on.

    Parameters
    ----------
    rows : targets of this page; ``targets`` how many there are, ``candidates`` how many things their texts name.
    accepted, taken : how many of either are accepted.
    notes : what was left out, passed over or doubtful: kind, where, what.
    page, pages : from 1.
    """

    rows: tuple[FoundRow, ...]
    targets: int
    candidates: int
    passages: int
    accepted: int
    taken: int
    notes: tuple[tuple[str, str, str], ...]
    language: str
    page: int
    pages: int


def concept_names(graph: CodedGraph) -> Concepts:
    """What can be named in a text, out of the vocabularies of a graph."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for kind, codes in _DIMENSIONS.items():
        for code in codes:
            if code in graph.dimensions:
                table = graph.dimension(code).concepts
                for iri, notation, label in zip(table.iri, table.notation, table.label, strict=True):
                    found.setdefault((kind, notation), (iri, label))
    return found


def review_view(review: Review, page: int, concepts: Concepts, names: Names) -> ReviewView:
    """A page of a review.

    Parameters
    ----------
    page : from 1; one beyond the last is the last.
    concepts, names : what things are called.
    """
    targets, links = review.sheets["targets"], review.sheets["links"]
    named: dict[str, list[NamedThing]] = {}
    for n, cells in enumerate(links.values()):
        named.setdefault(cells["target"], []).append(_named(n, cells, concepts, names))
    brackets: dict[str, int] = {}
    for cells in review.sheets["passages"].values():
        brackets[cells["target"]] = brackets.get(cells["target"], 0) + (cells["kind"] == "bracket")
    pages = max(1, -(-len(targets) // PAGE))
    first = (min(page, pages) - 1) * PAGE
    rows = tuple(
        FoundRow(
            field=f"targets.{n}",
            code=cells["id"],
            text=cells["summary"],
            where=cells["where"],
            why=cells["why"],
            deadline=cells.get("deadline", ""),
            note=cells.get("note", ""),
            decision=cells.get("decision", "").strip(),
            brackets=brackets.get(cells["id"], 0),
            named=tuple(named.get(cells["id"], ())),
        )
        for n, cells in list(enumerate(targets.values()))[first : first + PAGE]
    )
    return ReviewView(
        rows=rows,
        targets=len(targets),
        candidates=len(links),
        passages=len(review.sheets["passages"]),
        accepted=_accepted(targets),
        taken=_accepted(links),
        notes=tuple(
            (note.get("kind", ""), note.get("where", ""), note.get("what", ""))
            for note in review.notes
            if note.get("kind") != _VERDICT
        ),
        language=review.about.get("language", "en"),
        page=min(page, pages),
        pages=pages,
    )


def decisions_in(review: Review, form: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Decisions in a form, by sheet and row.

    ``do=accept-targets`` accepts every target that is open, ``do=accept-named`` also whatever is open of what the texts name.
    """
    found: dict[tuple[str, str], str] = {}
    targets = list(review.sheets["targets"])
    everything = form.get("do", "")
    for sheet in ("targets", "links"):
        for n, (row, cells) in enumerate(review.sheets[sheet].items()):
            given = form.get(f"{sheet}.{n}")
            decision = cells.get("decision", "").strip() if given is None else given
            if not decision and (
                everything == "accept-named" or (everything == "accept-targets" and sheet == "targets")
            ):
                decision = ACCEPT
            found[sheet, row] = decision
    # What a target that is not taken names is not taken either.
    taken = {review.sheets["targets"][row]["id"] for row in targets if found["targets", row] == ACCEPT}
    for row, cells in review.sheets["links"].items():
        if found["links", row] == ACCEPT and cells["target"] not in taken:
            found["links", row] = OPEN
    return found


def _accepted(rows: Mapping[str, Cells]) -> int:
    return sum(cells.get("decision", "").strip() == ACCEPT for cells in rows.values())


def _named(number: int, cells: Cells, concepts: Concepts, names: Names) -> NamedThing:
    iri, label = concepts.get((cells["dimension"], cells["concept"]), ("", cells["concept"]))
    return NamedThing(
        field=f"links.{number}",
        name=names.of(iri, label),
        kind=cells["dimension"],
        role=cells.get("role", ""),
        basis=cells.get("basis", ""),
        confidence=cells.get("confidence", ""),
        words=cells.get("rationale", ""),
        why=cells.get("why", ""),
        decision=cells.get("decision", "").strip(),
    )
