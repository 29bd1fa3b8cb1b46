"""Mapping sets, validated and read back by the sssom library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from targetgraph import iris
from targetgraph.namespaces import TG
from targetgraph.pipeline import build
from targetgraph.pipeline.exporting import source_of
from targetgraph.publish.exports.source import Source
from targetgraph.publish.exports.sssom import NOT_FOUND, mapping_sets, write_mapping_set
from tests.components import need
from tests.own_tables import FRAMEWORK, write_own_tables

pytestmark = pytest.mark.filterwarnings("ignore")


def read(path: Path):
    """The mappings as the library reads them, after it has validated them."""
    need("sssom")
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    found = parse_sssom_table(path)
    reports = validate(found, fail_on_error=True)
    assert reports
    return found


def written(source: Source, name: str, folder: Path) -> Path:
    wanted = next(s for s in mapping_sets(source) if s.name == name)
    path = folder / f"{name}.sssom.tsv"
    write_mapping_set(source, wanted, path)
    return path


def test_links_to_the_sdgs_come_back(source: Source, quads: list[Any], tmp_path: Path) -> None:
    found = read(written(source, "gfc-sdg", tmp_path))
    own = [q for q in quads if q.graph_name.value == iris.graph("framework", "gfc")]
    ends = {q.subject.value: q.object.value for q in own if q.predicate.value == TG.sdg}
    starts = {q.subject.value: q.object.value for q in own if q.predicate.value == TG.linkSubject}
    sure = {q.subject.value: float(q.object.value) for q in own if q.predicate.value == TG.confidence}
    rows = found.df.to_dict("records")
    expand = found.converter.expand
    pairs = {(expand(r["subject_id"]), expand(r["object_id"]), float(r["confidence"])) for r in rows}
    assert pairs == {(starts[k], ends[k], sure[k]) for k in ends}
    assert len(rows) == len(ends) == 108
    assert {r["predicate_id"] for r in rows} == {"skos:relatedMatch"}
    assert {r["mapping_justification"] for r in rows} == {"semapv:ManualMappingCuration"}
    assert all(r["subject_label"] and r["object_label"] for r in rows)
    assert found.metadata["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert str(found.metadata["mapping_set_version"]) == source.data_version
    assert found.metadata["mapping_set_id"] == iris.mapping_set("gfc-sdg")


def test_matches_of_concepts_come_back(source: Source, quads: list[Any], tmp_path: Path) -> None:
    names = [s.name for s in mapping_sets(source) if not s.framework]
    assert sorted(names) == ["concepts-gemet", "concepts-isic", "concepts-sdgio", "concepts-wikidata"]
    pairs = set()
    for name in names:
        found = read(written(source, name, tmp_path))
        expand = found.converter.expand
        pairs |= {
            tuple(expand(r[c]) for c in ("subject_id", "predicate_id", "object_id"))
            for r in found.df.to_dict("records")
        }
        rows = found.df.fillna("").to_dict("records")
        assert all(0 < float(r["confidence"]) <= 1 and r["comment"] + r.get("see_also", "") for r in rows)
        assert {r["mapping_justification"] for r in found.df.to_dict("records")} == {"semapv:ManualMappingCuration"}
    mapped = ox.NamedNode(iris.graph("mapped"))
    assert pairs == {tuple(t.value for t in q.triple) for q in quads if q.graph_name == mapped}


def test_no_match_found_is_said_of_what_was_assessed_only(tmp_path: Path) -> None:
    """Of two targets without a link to an SDG, one that somebody looked through for SDGs, and one that nobody did."""
    tables = write_own_tables(tmp_path / "tables")
    assessments = tables / "assessments.csv"
    assessments.write_text(assessments.read_text() + f"{FRAMEWORK},N1,sdgs,,assessed,Looked for SDGs,2026-01-01\n")
    version = build([tables], tmp_path / "store").version
    found = read(written(source_of(version), f"{FRAMEWORK}-sdg", tmp_path))
    [row] = found.df.to_dict("records")
    assert found.converter.expand(row["subject_id"]) == iris.target(FRAMEWORK, "N1")
    assert row["object_id"] == NOT_FOUND
    assert "Curators of the TargetGraph" not in row["author_label"], "the claim is not ours"
