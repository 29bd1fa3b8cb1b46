"""Shapes: what they must catch, traced to the row that has to be mended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef

from targetgraph.checking import check_graph
from targetgraph.errors import Place
from targetgraph.modelling import ontology
from targetgraph.namespaces import TG
from targetgraph.pipeline import check_tables
from targetgraph.store import StoreFolder
from tests.oracle.frameworks import read
from tests.own_tables import write_own_tables

A1 = URIRef("https://w3id.org/targetgraph/gfc/target/A1")
LINK = URIRef("https://w3id.org/targetgraph/gfc/link/A7/sector/agriculture")

# What is planted: (subject, property, value to remove or None for all, value to add or None) and the shape to catch it.
PLANTED = {
    "two statuses": (A1, TG.status, None, URIRef(TG.Dropped), "Target"),
    "status of another scheme": (A1, TG.status, "all", URIRef(TG.NamedInText), "Target"),
    "no summary": (A1, "http://purl.org/dc/terms/description", "all", None, "Target"),
    "sourced without a source": (A1, "http://purl.org/dc/terms/source", "all", None, "Sourced"),
    "confidence above one": (LINK, TG.confidence, "all", Literal("1.5", datatype=XSD.decimal), "Link"),
    "no basis": (LINK, TG.basis, "all", None, "Link"),
    "named and judged": (LINK, TG.verification, "all", URIRef(TG.Judged), "Link"),
    "a sector link to a stage": (LINK, TG.sector, "all", URIRef("https://w3id.org/targetgraph/scheme/stage/use"), "SectorLink"),
    "nobody made the claim": (LINK, "http://www.w3.org/ns/prov#wasAttributedTo", "all", None, "Link"),
}  # fmt: skip

COLUMN = {
    "two statuses": "status",
    "status of another scheme": "status",
    "no summary": "summary",
    "confidence above one": "confidence",
    "no basis": "basis",
    "a sector link to a stage": "concept",
}


@pytest.fixture(scope="module")
def bundled(built_store: Path) -> Graph:
    return read(StoreFolder(built_store).current().dataset)


def test_the_bundled_tables_break_no_rule() -> None:
    report = check_tables()
    assert report.found == ()
    assert report.changed_tables == ()


def test_number_of_planted_violations_and_shapes() -> None:
    assert len(PLANTED) == 9
    assert len(set(ontology.read("shapes/data.ttl").subjects(RDF.type, SH.NodeShape))) >= 30


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_violation_is_caught_and_traced(case: str, bundled: Graph) -> None:
    subject, prop, removed, added, rule = PLANTED[case]
    data = Graph()
    for triple in bundled:
        data.add(triple)
    if removed:
        data.remove((subject, URIRef(prop), None))
    if added is not None:
        data.add((subject, URIRef(prop), added))
    found = check_graph(data, ontology.read("shapes/data.ttl"), {str(subject): Place("a.csv", 7)})
    mine = [v for v in found if v.focus == str(subject)]
    assert rule in {v.rule for v in mine}
    problem = next(v for v in mine if v.rule == rule).problem()
    assert problem.where.file == "a.csv"
    assert problem.where.row == 7
    # By hand, from docs/tables.md: what several columns say together, or none, is a matter of the row.
    column = COLUMN.get(case, "")
    assert problem.where.column == column
    assert problem.remedy == "mend row 7 of a.csv" + (f", column {column!r}" if column else "")
    assert {v.focus for v in found} == {str(subject)}


def run_check(*folders: Path) -> subprocess.CompletedProcess[str]:
    tables = [part for folder in folders for part in ("--tables", str(folder))]
    return subprocess.run(
        [sys.executable, "-m", "targetgraph", "check", *tables], capture_output=True, encoding="utf-8", check=False
    )


def test_the_command_says_row_and_remedy_and_leaves_with_1(tmp_path: Path) -> None:
    tables = write_own_tables(tmp_path / "tables")
    links = tables / "plan" / "links.csv"
    # Row 3 says the text names agriculture and at the same time that this is a judgement.
    links.write_text(
        links.read_text(encoding="utf-8").replace(
            "agriculture,,named,high,,,sourced", "agriculture,,named,high,,,judged"
        ),
        encoding="utf-8",
    )
    done = run_check(tables)
    assert done.returncode == 1
    assert "plan/links.csv, row 3" in done.stdout
    assert "set status to sourced or recalled" in done.stdout
    assert "1 to mend" in done.stdout


def test_the_command_leaves_with_0_when_nothing_is_wrong(tmp_path: Path) -> None:
    done = run_check(write_own_tables(tmp_path / "tables"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "0 to mend, 0 to consider, 0 waived\n"


def test_the_command_leaves_with_2_when_a_table_cannot_be_read(tmp_path: Path) -> None:
    tables = write_own_tables(tmp_path / "tables")
    (tables / "plan" / "links.csv").write_text("nonsense\n", encoding="utf-8")
    done = run_check(tables)
    assert done.returncode == 2
    assert "plan/links.csv" in done.stderr
    assert "Traceback" not in done.stderr
