"""The bundled tables, against counts made with the csv module alone."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from targetgraph import records, resources
from targetgraph.reading import read_collection, read_manifest

TABLES = resources.tables()


def raw(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def in_frameworks(name: str) -> list[tuple[str, dict[str, str]]]:
    return [(f["id"], row) for f in raw("frameworks.csv") for row in raw(f"{f['id']}/{name}")]


@pytest.fixture(scope="module")
def bundled() -> records.Collection:
    return read_collection([TABLES])


def test_the_counts_that_were_promised(bundled: records.Collection) -> None:
    targets = Counter(target.framework for target in bundled.targets)
    assert targets == {"beyond2020": 5, "gfc": 28}
    levels = Counter(entry.level for entry in bundled.sdgs)
    assert levels == {"goal": 17, "target": 169}
    assert len(bundled.sdg_indicators) == 253
    assert sum(indicator.current for indicator in bundled.sdg_indicators) == 248
    assert (len(bundled.actors), len(bundled.sectors), len(bundled.stages)) == (83, 31, 19)
    assert (len(bundled.documents), len(bundled.indicators)) == (58, 44)


def test_every_row_becomes_a_record(bundled: records.Collection) -> None:
    by_table = {
        "actors": bundled.actors,
        "sectors": bundled.sectors,
        "stages": bundled.stages,
        "issues": bundled.issues,
        "sdgs": bundled.sdgs,
        "sdg_indicators": bundled.sdg_indicators,
        "indicators": bundled.indicators,
        "documents": bundled.documents,
        "frameworks": bundled.frameworks,
        "objectives": bundled.objectives,
        "lineage": bundled.lineage,
        "dependencies": bundled.dependencies,
        "assessments": bundled.assessments,
    }
    for name, read in by_table.items():
        assert len(read) == len(raw(f"{name}.csv")) > 0, name
    for name, found in (
        ("targets", bundled.targets),
        ("wordings", bundled.wordings),
        ("passages", bundled.passages),
    ):
        assert len(found) == len(in_frameworks(f"{name}.csv")) > 0, name
    assert len(bundled.links) == len(in_frameworks("links.csv")) + len(raw("issue_links.csv")) >= 625


def test_every_table_is_listed_with_its_hash(bundled: records.Collection) -> None:
    on_disk = {str(path.relative_to(TABLES)): path for path in TABLES.rglob("*.csv")}
    assert {table.name for table in bundled.tables} == set(on_disk)
    for table in bundled.tables:
        assert table.sha256 == hashlib.sha256(on_disk[table.name].read_bytes()).hexdigest()
        assert table.title
        assert table.licence == "CC-BY-4.0"
        assert table.date
        assert not table.changed


def test_the_bundled_manifest_is_fresh() -> None:
    manifest = read_manifest(TABLES)
    on_disk = {str(path.relative_to(TABLES)) for path in TABLES.rglob("*.csv")}
    assert set(manifest) == on_disk, "run: python -m targetgraph.reading"
    for name, entry in manifest.items():
        fresh = hashlib.sha256((TABLES / name).read_bytes()).hexdigest()
        assert entry.sha256 == fresh, f"{name} changed: run python -m targetgraph.reading"
        assert entry.source, name


def test_passages_are_where_they_say(bundled: records.Collection) -> None:
    texts = {(w.framework, w.target, w.document, w.language): w.text for w in bundled.wordings}
    placed = 0
    for passage in bundled.passages:
        text = texts[passage.framework, passage.target, passage.document, passage.language]
        if text:
            assert text[passage.start : passage.end] == passage.quote
            placed += 1
        else:
            assert passage.start is None and passage.end is None
    assert placed == len(raw("beyond2020/passages.csv")) == 13


def test_links_say_what_the_tables_say(bundled: records.Collection) -> None:
    expected = Counter(
        (framework, row["target"], row["dimension"], row["concept"], row["role"], row["basis"], row["status"])
        for framework, row in in_frameworks("links.csv")
    )
    expected.update(
        ("", row["issue"], row["dimension"], row["concept"], "", row["basis"], row["status"])
        for row in raw("issue_links.csv")
    )
    found = Counter(
        (link.framework, link.subject, link.kind, link.concept, link.role, link.basis, link.verification)
        for link in bundled.links
    )
    assert found == expected


def test_targets_say_what_the_tables_say(bundled: records.Collection) -> None:
    for target, (framework, row) in zip(bundled.targets, in_frameworks("targets.csv"), strict=True):
        assert (target.framework, target.id) == (framework, row["id"])
        assert target.deadline == (int(row["deadline"]) if row["deadline"] else None)
        assert list(target.sources) == [part for part in row["source"].split(" ; ") if part]
        assert list(target.scope_phrases) == [part for part in row["scope_phrase"].split(";") if part]
    for framework in ("gfc", "beyond2020"):
        orders = [target.order for target in bundled.targets if target.framework == framework]
        assert orders == list(range(1, len(orders) + 1))
    assert [t.id for t in bundled.targets if t.deadline is None and t.framework == "gfc"] == ["C1", "E4"]


def test_labels_by_language(bundled: records.Collection) -> None:
    rows = {row["id"]: row for row in raw("actors.csv")}
    for actor in bundled.actors:
        row = rows[actor.id]
        expected = {key[6:]: value for key, value in row.items() if key.startswith("label_") and value}
        assert dict(actor.labels) == expected


def test_places_point_at_the_rows(bundled: records.Collection) -> None:
    for link in bundled.links:
        assert link.place.row is not None
        lines = (TABLES / link.place.file).read_text(encoding="utf-8").splitlines()
        assert next(csv.reader([lines[link.place.row - 1]]))[:3] == [link.subject, link.kind, link.concept]


def test_progress_names_every_table(tmp_path: Path) -> None:
    lines: list[str] = []
    collection = read_collection([TABLES], lines.append)
    assert lines == [f"reading {table.name}" for table in collection.tables]
