"""Records as tables, by other means than the importer's: what a test wrote, the importer must read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from targetgraph.records import Collection, Passage

_NAMES = {
    "sources": "source", "place_held": "place", "measures_framework": "measures_framework",
    "sdg_indicators": "sdg_indicator", "scope_phrases": "scope_phrase", "permanent_code": "un_permanent_code",
    "repeats": "repeats_code", "current": "in_global_framework_2024",
}  # fmt: skip
_DROPPED = {"place", "order", "start", "end", "labels"}


def _cell(value: object, separator: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return separator.join(value)
    return "" if value is None else str(value)


def _cells(record: object, **renamed: str) -> dict[str, str]:
    cells: dict[str, str] = {}
    for kind in reversed(type(record).__mro__):
        for field in getattr(kind, "__slots__", ()):
            separator = " ; " if field in ("sources", "partial_evidence") else ";"
            column = renamed.get(field, _NAMES.get(field, field))
            if column and field not in _DROPPED:
                cells[column] = _cell(getattr(record, field), separator)
    if hasattr(record, "labels"):
        cells.update({f"label_{language}": label for language, label in record.labels.items()})
    return cells


def _write(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    listed = list(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not listed:
        return
    heading = list(dict.fromkeys(column for row in listed for column in row))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, heading, restval="")
        writer.writeheader()
        writer.writerows(listed)


def _plain_label(cells: dict[str, str]) -> dict[str, str]:
    return {("label" if column == "label_en" else column): cell for column, cell in cells.items()}


def _passage_cells(passage: Passage, collection: Collection) -> dict[str, str]:
    cells = _cells(passage, framework="")
    [wording] = [w for w in collection.wordings if w.target == passage.target]
    if passage.start is not None:
        starts = [at for at in range(len(wording.text)) if wording.text.startswith(passage.quote, at)]
        cells["occurrence"] = str(starts.index(passage.start) + 1)
    return cells


def write_tables(collection: Collection, folder: Path) -> None:
    """Write a collection as the tables of a folder."""
    [framework] = collection.frameworks
    plain_id = {"broader": "", "umbrella": ""}
    _write(folder / "actors.csv", (_cells(r) for r in collection.actors))
    _write(folder / "sectors.csv", (_cells(r) for r in collection.sectors))
    _write(folder / "stages.csv", ({**_cells(r), "order": str(r.order)} for r in collection.stages))
    _write(folder / "issues.csv", (_cells(r, **plain_id) for r in collection.issues))
    sdg = {**plain_id, "kind": "", "iri": "un_iri", "deadline": "deadline_year"}
    _write(folder / "sdgs.csv", (_plain_label(_cells(r, **sdg)) for r in collection.sdgs))
    _write(folder / "sdg_indicators.csv", (_cells(r, iri="un_iri") for r in collection.sdg_indicators))
    _write(folder / "indicators.csv", (_plain_label(_cells(r, **plain_id)) for r in collection.indicators))
    _write(folder / "documents.csv", (_cells(r) for r in collection.documents))
    _write(folder / "frameworks.csv", (_cells(r) for r in collection.frameworks))
    _write(folder / "objectives.csv", (_cells(r) for r in collection.objectives))
    _write(folder / "lineage.csv", (_cells(r) for r in collection.lineage))
    _write(folder / "dependencies.csv", (_cells(r) for r in collection.dependencies))
    _write(folder / "assessments.csv", (_cells(r) for r in collection.assessments))
    link = {"framework": "", "kind": "dimension", "verification": "status"}
    inside = folder / framework.id
    _write(inside / "targets.csv", (_cells(r, framework="") for r in collection.targets))
    _write(inside / "wordings.csv", (_cells(r, framework="") for r in collection.wordings))
    _write(inside / "passages.csv", (_passage_cells(r, collection) for r in collection.passages))
    of_targets = (_cells(r, subject="target", **link) for r in collection.links if r.framework)
    _write(inside / "links.csv", of_targets)
    issue_link = {**link, "subject": "issue", "rests_on": "", "made_against": "", "role": ""}
    _write(folder / "issue_links.csv", (_cells(r, **issue_link) for r in collection.links if not r.framework))
