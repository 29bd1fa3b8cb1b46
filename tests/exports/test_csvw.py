"""The tables, read back by the csvw package and as statements by the rules of csv2rdf."""

from __future__ import annotations

import csv
import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from csvw import CSVW  # type: ignore[import-untyped]

from targetgraph import iris
from targetgraph.analysis.coverage import coverage
from targetgraph.library.terms import RDF_LANG_STRING, Iri, Literal
from targetgraph.namespaces import TG
from targetgraph.publish.coverage import as_json
from targetgraph.publish.exports.csvw import (
    COVERAGE,
    FURTHER_VALUES,
    METADATA,
    NAMES,
    RowWriter,
    header,
    write_tables,
    write_thing,
)
from targetgraph.publish.exports.source import Source
from targetgraph.publish.exports.statements import Node, Thing
from targetgraph.publish.exports.table_schemas import TABLES, TARGETS
from tests.exports.csv2rdf import statements
from tests.once import once


@pytest.fixture(scope="session")
def tables(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "csvw-tables", lambda folder: write_tables(source, folder))


def complaints(folder: Path) -> list[str]:
    """What the csvw package finds wrong; keys that are empty are allowed, as a target need not have an objective."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = CSVW(str(folder / METADATA), validate=True, strict=False)
        try:
            return [] if read.is_valid else [str(w.message) for w in read.warnings]
        except ValueError as error:
            return [str(error)]


def test_the_tables_are_valid_csvw(tables: Path, tmp_path: Path) -> None:
    metadata = json.loads((tables / METADATA).read_text())
    assert {t["url"] for t in metadata["tables"]} == {f"{name}.csv" for name in NAMES}
    assert len(NAMES) == 19
    folder = tmp_path / "tables"
    shutil.copytree(tables, folder)
    # The package takes milliseconds a row: of the long tables, whose rows are all alike, the beginning is enough.
    for name in (COVERAGE, "further_links"):
        lines = (tables / f"{name}.csv").read_bytes().split(b"\r\n")
        (folder / f"{name}.csv").write_bytes(b"\r\n".join(lines[:200]) + b"\r\n")
    assert complaints(folder) == []


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [("framework", "https://w3id.org/targetgraph/nobody", "Key"), ("confidence", "much", "much"), ("iri", "", "iri")],
)
def test_a_wrong_cell_is_found(tables: Path, tmp_path: Path, column: str, value: str, why: str) -> None:
    metadata = json.loads((tables / METADATA).read_text())
    kept = ("frameworks.csv", "objectives.csv", "targets.csv")
    metadata["tables"] = [t for t in metadata["tables"] if t["url"] in kept]
    for table in metadata["tables"]:
        keys = table["tableSchema"].get("foreignKeys", [])
        table["tableSchema"]["foreignKeys"] = [k for k in keys if k["reference"]["resource"] in kept]
        shutil.copy(tables / table["url"], tmp_path)
    (tmp_path / METADATA).write_text(json.dumps(metadata))
    assert complaints(tmp_path) == []
    found = rows(tmp_path, "targets")
    found[0][column] = value
    with (tmp_path / "targets.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(found)
    assert any(why in c for c in complaints(tmp_path)), complaints(tmp_path)


def rows(tables: Path, name: str) -> list[dict[str, str]]:
    with (tables / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_the_tables_say_exactly_what_the_graph_says_of_what_has_a_row(tables: Path, quads: list[Any]) -> None:
    asserted = [q for q in quads if not q.graph_name.value.endswith("/inferred")]
    classes = {ox.NamedNode(kind) for table in TABLES for kind in table.types}
    with_rows = {q.subject for q in asserted if q.object in classes and q.predicate.value.endswith("#type")}
    expected = {q.triple for q in asserted if q.subject in with_rows}
    generated = list(statements(tables / METADATA))
    further = {
        ox.Triple(ox.NamedNode(r["thing"]), ox.NamedNode(r["property"]), _literal(r))
        for r in rows(tables, FURTHER_VALUES)
    }
    assert set(generated) | further == expected
    assert len(generated) == len(set(generated)), "a statement is made twice"
    assert not set(generated) & further
    assert len(further) < 40, "a property with many values wants a column"
    assert len(expected) > 15_000


def _literal(row: dict[str, str]) -> ox.Literal:
    if row["language"]:
        return ox.Literal(row["value"], language=row["language"])
    return ox.Literal(row["value"], datatype=ox.NamedNode(row["datatype"]))


def test_numbers_of_rows(tables: Path, quads: list[Any]) -> None:
    """Counted by class in the graph, without the code that sorts things into tables."""
    of_class = {
        "targets": TG.Target, "frameworks": TG.Framework, "sectors": TG.Sector, "stages": TG.LifeCycleStage,
        "indicators": TG.Indicator, "gaps": TG.Gap, "wordings": TG.Wording, "sdg_indicators": TG.SdgIndicator,
    }  # fmt: skip
    for name, kind in of_class.items():
        wanted = {q.subject for q in quads if q.object == ox.NamedNode(kind) and q.predicate.value.endswith("#type")}
        assert len(rows(tables, name)) == len(wanted) > 1, name
    links = {q.subject for q in quads if q.object == ox.NamedNode(TG.Link) and q.predicate.value.endswith("#type")}
    assert len(rows(tables, "links")) + len(rows(tables, "issue_links")) == len(links)


def test_cells_of_coverage_are_those_of_the_command(tables: Path, source: Source) -> None:
    found = rows(tables, COVERAGE)
    framework = iris.framework("gfc")
    for dimension in source.coded.declarations.dimensions:
        told = json.loads(as_json(coverage(source.coded, "targets", dimension.code, "gfc")))
        mine = [r for r in found if r["framework"] == framework and r["dimension"] == dimension.iri]
        cells = {(r["target"], r["concept"]): (r["state"], int(r["links"])) for r in mine}
        assert len(cells) == len(mine) == len(told["rows"]) * len(told["columns"])
        for row, line in zip(told["rows"], told["cells"], strict=True):
            for column, cell in zip(told["columns"], line, strict=True):
                assert cells[row["iri"], column["iri"]] == (cell["state"], cell["count"])


def test_formulas_stay_exact(tmp_path: Path) -> None:
    """CSVW keeps values; whoever wants a spreadsheet without formulas takes the workbook."""
    labels = ["=cmd()", ' "quoted", and\r\nbroken ', "\ttab", "é😀", "+1"]
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    target: list[Node] = [Iri(TG.Target)]
    made = [
        Thing(f"http://a/{n}", {rdf_type: target, label: [Literal(text, RDF_LANG_STRING, "en")]})
        for n, text in enumerate(labels)
    ]  # fmt: skip
    with (tmp_path / "targets.csv").open("w", encoding="utf-8", newline="") as file:
        writers: dict[str, RowWriter] = dict.fromkeys(NAMES, csv.writer(file))
        writers["targets"].writerow(header(TARGETS))
        for thing in made:
            write_thing(thing, writers)
    assert [row["label"] for row in rows(tmp_path, "targets")] == labels
