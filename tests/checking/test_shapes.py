"""Shapes: what they must catch, traced to the row that has to be mended."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef

from targetgraph.checking import Violation, check_graph
from targetgraph.errors import Place
from targetgraph.modelling import ontology
from targetgraph.namespaces import TG
from targetgraph.pipeline import check_tables
from targetgraph.store import StoreFolder
from tests.oracle.frameworks import read
from tests.own_tables import write_own_tables

GFC = "https://w3id.org/targetgraph/gfc/"
STAGE = URIRef("https://w3id.org/targetgraph/scheme/stage/use")

# What is planted: (subject, property, value to remove or None for all, value to add or None) and the shape to catch it. Each
# has a subject of its own, so that all are found in one go.
PLANTED = {
    name: (URIRef(GFC + subject), prop, removed, added, rule)
    for name, (subject, prop, removed, added, rule) in {
        "two statuses": ("target/A1", TG.status, None, URIRef(TG.Dropped), "Target"),
        "status of another scheme": ("target/A2", TG.status, "all", URIRef(TG.NamedInText), "Target"),
        "no summary": ("target/A3", "http://purl.org/dc/terms/description", "all", None, "Target"),
        "sourced without a source": ("target/A5", "http://purl.org/dc/terms/source", "all", None, "Sourced"),
        "confidence above one": ("link/A1/sector/health", TG.confidence, "all", Literal("1.5", datatype=XSD.decimal), "Link"),
        "no basis": ("link/A2/sector/labour", TG.basis, "all", None, "Link"),
        "named and judged": ("link/A7/sector/agriculture", TG.verification, "all", URIRef(TG.Judged), "Link"),
        "a sector link to a stage": ("link/A4/sector/trade", TG.sector, "all", STAGE, "SectorLink"),
        "nobody made the claim": ("link/A5/sector/trade", "http://www.w3.org/ns/prov#wasAttributedTo", "all", None, "Link"),
    }.items()
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
    assert len(PLANTED) == len({subject for subject, *_ in PLANTED.values()}) == 9
    assert len(set(ontology.read("shapes/data.ttl").subjects(RDF.type, SH.NodeShape))) >= 30


@pytest.fixture(scope="module")
def found(bundled: Graph) -> Sequence[Violation]:
    """What is found where all is planted: what was planted, and nothing more."""
    data = Graph()
    for triple in bundled:
        data.add(triple)
    for subject, prop, removed, added, _ in PLANTED.values():
        assert (subject, URIRef(prop), None) in data
        if removed:
            data.remove((subject, URIRef(prop), None))
        if added is not None:
            data.add((subject, URIRef(prop), added))
    places = {str(subject): Place("a.csv", 7 + row) for row, (subject, *_) in enumerate(PLANTED.values())}
    found = check_graph(data, ontology.read("shapes/data.ttl"), places)
    assert {v.focus for v in found} == {str(subject) for subject, *_ in PLANTED.values()}
    return found


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_violation_is_caught_and_traced(case: str, found: Sequence[Violation]) -> None:
    subject, _, _, _, rule = PLANTED[case]
    row = 7 + list(PLANTED).index(case)
    mine = [v for v in found if v.focus == str(subject)]
    assert rule in {v.rule for v in mine}
    problem = next(v for v in mine if v.rule == rule).problem()
    assert problem.where.file == "a.csv"
    assert problem.where.row == row
    # By hand, from docs/tables.md: what several columns say together, or none, is a matter of the row.
    column = COLUMN.get(case, "")
    assert problem.where.column == column
    assert problem.remedy == f"mend row {row} of a.csv" + (f", column {column!r}" if column else "")


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
