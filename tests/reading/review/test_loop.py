"""The review loop, by the command itself, with edits made by another program (openpyxl)."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from targetgraph import resources
from targetgraph.cli import group
from targetgraph.errors import InputError
from targetgraph.reading import read_collection
from targetgraph.reading.review.files import read_review, write_review
from tests.reading.documents.submission import SUBMISSION


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(group, [str(a) for a in arguments])
    if isinstance(result.exception, InputError):
        assert code == 2, result.exception
    else:
        assert result.exit_code == code, (result.output, result.exception)
    return result


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("review")
    run("read", SUBMISSION, "-o", folder / "review.xlsx", "--framework", "mine", "--document", "my-paper")
    return folder / "review.xlsx"


Edit = Callable[[str, dict[str, str]], dict[str, str]]


def edited(source: Path, target: Path, edit: Edit) -> Path:
    """A copy of a workbook in which a function of sheet and row has changed cells, saved by openpyxl."""
    book = load_workbook(source)
    for sheet in book:
        heading = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            cells = {str(name): str(cell.value or "") for name, cell in zip(heading, row, strict=True)}
            for name, value in edit(sheet.title, dict(cells)).items():
                if value != cells[name]:
                    row[heading.index(name)].value = value
    book.save(target)
    return target


def accept_all(sheet: str, cells: dict[str, str]) -> dict[str, str]:
    return {"decision": "accept"} if sheet in ("targets", "links") else {}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def accepted(exported, tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("accepted")
    book = edited(exported, folder / "done.xlsx", accept_all)
    run("review", "accept", book, "--into", folder / "plan")
    return book, folder / "plan"


def test_accepted_rows_are_tables_that_the_build_reads(accepted):
    _, plan = accepted
    collection = read_collection([resources.tables(), plan])
    targets = [target for target in collection.targets if target.framework == "mine"]
    wordings = {w.text for w in collection.wordings if w.framework == "mine"}
    curated = {w.text for w in collection.wordings if w.framework == "beyond2020"}
    assert len(targets) == 5
    assert wordings == curated
    ours = {(p.target[1:], p.kind, p.quote, p.start) for p in collection.passages if p.framework == "mine"}
    theirs = {
        (p.target[1:], p.kind, p.quote, p.start)
        for p in collection.passages
        if p.framework == "beyond2020" and p.kind in ("bracket", "emphasis")
    }
    assert ours == theirs
    assert len([quote for _, kind, quote, _ in ours if kind == "bracket"]) == 2
    assert {quote for _, kind, quote, _ in ours if kind == "bracket"} == {"[and waste]"}


def test_every_actor_sector_and_stage_that_the_text_names_is_a_candidate(accepted):
    collection = read_collection([resources.tables(), accepted[1]])
    named = {
        (link.subject[1:], link.kind, link.concept, link.role)
        for link in collection.links
        if link.framework == "beyond2020" and link.basis == "named" and link.kind in ("actor", "sector", "stage")
    }
    found = {(k.subject[1:], k.kind, k.concept, k.role) for k in collection.links if k.framework == "mine"}
    assert len(named) == 19
    assert named <= found, named - found


def test_without_an_edit_nothing_changes(exported, accepted, tmp_path):
    run("review", "accept", exported, "--into", tmp_path / "plan")
    assert not (tmp_path / "plan").exists()
    book, plan = accepted
    before = contents(plan)
    output = run("review", "accept", book, "--into", plan).output
    assert "nothing to write" in output
    assert contents(plan) == before


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_review_written_again_is_the_same(exported, tmp_path, form):
    review = read_review(exported)
    target = tmp_path / ("again.xlsx" if form == "xlsx" else "again")
    write_review(review, target)
    assert read_review(target) == review


def test_one_cell_edited_changes_one_cell(accepted, tmp_path):
    book, _ = accepted
    copy = tmp_path / "plan"
    run("review", "accept", book, "--into", copy)
    before = contents(copy)

    def edit(sheet, cells):
        return {"label": "Leaders pledge"} if sheet == "targets" and cells["row"] == "T1" else {}

    run("review", "accept", edited(book, tmp_path / "e.xlsx", edit), "--into", copy)
    after = contents(copy)
    assert {name for name in after if after[name] != before.get(name)} == {"mine/targets.csv", ".review-imported.csv"}
    old = before["mine/targets.csv"].decode().splitlines()
    new = after["mine/targets.csv"].decode().splitlines()
    assert [i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b] == [1]
    assert "Leaders pledge" in new[1]


def test_edits_in_the_tables_and_in_the_review_are_merged_or_told(accepted, tmp_path):
    book, _ = accepted
    plan = tmp_path / "plan"
    run("review", "accept", book, "--into", plan)
    path = plan / "mine" / "targets.csv"
    path.write_bytes(
        path.read_bytes().replace(b"The highest levels of stakeholder organizations,", b"Leaders of all kinds,", 1)
    )

    def deadline(sheet, cells):
        return {"deadline": "2030"} if sheet == "targets" and cells["row"] == "T1" else {}

    run("review", "accept", edited(book, tmp_path / "a.xlsx", deadline), "--into", plan)
    first = rows(path)[0]
    assert first["deadline"] == "2030"
    assert first["label"].startswith("Leaders of all kinds,")

    def label(sheet, cells):
        return {"label": "Another label"} if sheet == "targets" and cells["row"] == "T1" else {}

    before = contents(plan)
    told = run("review", "accept", edited(tmp_path / "a.xlsx", tmp_path / "b.xlsx", label), "--into", plan, code=2)
    assert "Another label" in str(told.exception) and "Leaders of all kinds" in str(told.exception)
    assert contents(plan) == before


def test_copies_of_two_reviewers_become_one(exported, tmp_path):
    def one(sheet, cells):
        return {"decision": "accept", "label": "From one"} if (sheet, cells.get("row")) == ("targets", "T1") else {}

    def other(sheet, cells):
        if (sheet, cells.get("row")) == ("targets", "T1"):
            return {"deadline": "2035", "label": "From other"}
        return {"decision": "reject"} if (sheet, cells.get("row")) == ("targets", "T2") else {}

    first, second = edited(exported, tmp_path / "1.xlsx", one), edited(exported, tmp_path / "2.xlsx", other)
    output = run("review", "merge", first, second, "-o", tmp_path / "both.xlsx", code=1).output
    assert "1 conflicts" in output
    merged = read_review(tmp_path / "both.xlsx").sheets["targets"]
    assert merged["T1"]["deadline"] == "2035"
    assert merged["T1"]["label"] == "From one"
    assert "From other" in merged["T1"]["changed"]
    assert merged["T1"]["decision"] == ""
    assert merged["T2"]["decision"] == "reject"
    assert merged["T3"] == read_review(exported).sheets["targets"]["T3"]


def test_a_new_version_of_the_document_asks_only_about_what_changed(exported, tmp_path):
    book = edited(exported, tmp_path / "done.xlsx", accept_all)
    text = SUBMISSION.read_text(encoding="utf-8")
    text = text.replace("Companies consistently **invest", "By 2030, companies consistently **invest")
    lines = [line for line in text.split("\n") if not line.startswith("- **Partnerships")]
    position = next(i for i, line in enumerate(lines) if line.startswith("- The highest"))
    lines.insert(position, "- Governments provide training for customs officers in every region by 2032.")
    version = tmp_path / "v2.md"
    version.write_text("\n".join(lines), encoding="utf-8")
    run("read", version, "--review", book, "-o", tmp_path / "v2.xlsx")
    now = read_review(tmp_path / "v2.xlsx").sheets
    decisions = {key: cells["decision"] for key, cells in now["targets"].items()}
    assert decisions == {"T6": "", "T1": "accept", "T3": "", "T4": "accept", "T5": "accept", "T2": ""}
    assert "2030" in now["targets"]["T3"]["deadline"]
    assert "Companies consistently" in now["targets"]["T3"]["changed"]
    assert now["targets"]["T2"]["changed"] == "no longer in the document"
    assert all(c["decision"] == "accept" for c in now["links"].values() if c["target"] in ("T1", "T4", "T5"))
    # the same document again: nothing is asked
    again = run("read", SUBMISSION, "--review", book, "-o", tmp_path / "v1.xlsx").output
    assert "0 changed, 0 new, 0 gone" in again
    assert read_review(tmp_path / "v1.xlsx").sheets == read_review(book).sheets


def test_formulas_are_refused_on_the_way_back_and_inert_on_the_way_out(exported, tmp_path):
    def formula(sheet, cells):
        return {"label": "=HYPERLINK(1)"} if (sheet, cells.get("row")) == ("targets", "T1") else {}

    with pytest.raises(InputError, match="formulas"):
        read_review(edited(exported, tmp_path / "f.xlsx", formula))
    hostile = tmp_path / "h.csv"
    hostile.write_text("Target,Actors\n\"=cmd|' /C calc'!A0 governments adopt laws and rules\",+1\n", encoding="utf-8")
    run("read", hostile, "-o", tmp_path / "h.xlsx")
    run("read", hostile, "-o", tmp_path / "h")
    book = load_workbook(tmp_path / "h.xlsx")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    for path in (tmp_path / "h").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            assert all(cell[:1] not in ("=", "+", "-", "@") for row in csv.reader(stream) for cell in row)
    accepted = edited(
        tmp_path / "h.xlsx", tmp_path / "ha.xlsx", lambda s, c: {"decision": "accept"} if s == "targets" else {}
    )
    # openpyxl takes the text for a formula when it saves; whoever reads it has to refuse it, at one door or the other
    run("review", "accept", accepted, "--into", tmp_path / "plan", code=2)
    assert not (tmp_path / "plan").exists()


def test_mistakes_are_told_by_sheet_and_row(exported, tmp_path):
    def wrong(sheet, cells):
        if sheet == "links" and cells["target"] == "T1":
            return {"decision": "accept"}
        if sheet != "targets":
            return {}
        return {"T1": {"decision": "yes"}, "T2": {"decision": "accept", "deadline": "soon"}}.get(cells["row"], {})

    result = run("review", "accept", edited(exported, tmp_path / "w.xlsx", wrong), "--into", tmp_path / "plan", code=2)
    assert "'yes' is no decision" in str(result.exception)
    assert "it is accepted, and its target 'T1' is not" in str(result.exception)
    assert "targets, row 3, column 'deadline': 'soon' is not a year" in str(result.exception)
    assert not (tmp_path / "plan").exists()
    run("review", "accept", SUBMISSION, "--into", tmp_path / "plan", code=2)


def test_turtle_is_annotations_that_another_parser_reads(exported):
    from rdflib import Graph, Namespace

    graph = Graph().parse(exported.with_suffix(".ttl"), format="turtle")
    oa = Namespace("http://www.w3.org/ns/oa#")
    text = {str(o) for o in graph.objects(None, oa.exact)}
    assert "[and waste]" in text
    bodies = {str(o) for o in graph.objects(None, oa.hasBody)}
    assert "https://w3id.org/targetgraph/scheme/actor/governments" in bodies
    assert not any("ontology#" in str(term) for triple in graph for term in triple)


_STOPPED = """
import os, sys
import targetgraph.__main__
left = int(sys.argv.pop(1))
how = sys.argv.pop(1)
def hook(event, arguments):
    global left
    if event == "os.rename" and str(arguments[1]).startswith(sys.argv[-1]):
        left -= 1
        if left == -1 and how == "fails":
            raise OSError(28, "No space left on device", str(arguments[1]))
        if left < 0 and how == "killed":
            os._exit(9)
sys.addaudithook(hook)
targetgraph.__main__.main()
"""


@pytest.mark.parametrize("how", ["fails", "killed"])
def test_an_import_that_is_stopped_at_a_rename_leaves_all_tables_as_they_were(exported, accepted, tmp_path, how):
    plan = tmp_path / "plan"
    shutil.copytree(accepted[1], plan)
    before = contents(plan)

    def shorter(sheet: str, cells: dict[str, str]) -> dict[str, str]:
        change = {"summary": "Shorter."} if sheet == "targets" else {"confidence": "low"} if sheet == "links" else {}
        return {**accept_all(sheet, cells), **change}

    book = edited(exported, tmp_path / "shorter.xlsx", shorter)
    stop = [sys.executable, "-c", _STOPPED, "2", how, "review", "accept", str(book), "--into", str(plan)]
    done = subprocess.run(stop, capture_output=True, text=True, check=False)
    if how == "fails":
        assert done.returncode == 2 and "No space left" in done.stderr and "Traceback" not in done.stderr
    else:
        assert done.returncode == 9
        # The build refuses what is half written, and the next import puts it back before it begins.
        with pytest.raises(InputError, match="its tables are being written, or somebody was stopped"):
            read_collection([resources.tables(), plan])
        run("review", "accept", accepted[0], "--into", plan)
    assert contents(plan) == before
    run("review", "accept", book, "--into", plan)
    changed = {name for name, data in contents(plan).items() if before.get(name) != data}
    assert changed == {"mine/targets.csv", "mine/links.csv", ".review-imported.csv"}
