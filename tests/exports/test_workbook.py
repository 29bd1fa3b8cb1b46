"""The workbook, read back by openpyxl."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest
from openpyxl import Workbook

from targetgraph import iris
from targetgraph.analysis.coverage import coverage
from targetgraph.analysis.states import State
from targetgraph.namespaces import TG
from targetgraph.publish.coverage import as_json as coverage_json
from targetgraph.publish.exports.source import Source
from targetgraph.publish.exports.workbook import REACHED, write_workbook
from targetgraph.publish.exports.workbook_style import Field, Linked, SheetWriter, sheet_name, state_text
from targetgraph.publish.gaps import as_json as gaps_json
from tests.once import once

FRAMEWORK = "gfc"


@pytest.fixture(scope="session")
def path(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        write_workbook(source, FRAMEWORK, folder / "gfc.xlsx")

    return once(tmp_path_factory, "workbook", make) / "gfc.xlsx"


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def rows(book: Any, name: str) -> list[dict[str, object]]:
    head, *body = book[name].iter_rows(values_only=True)
    return [dict(zip([str(h) for h in head], row, strict=True)) for row in body]


def test_the_sheets(book: Any, source: Source) -> None:
    codes = [d.code for d in source.coded.declarations.dimensions]
    expected = ["Read me", "Targets", *(REACHED[c] for c in codes if c in REACHED)]
    assert book.sheetnames == [*expected, *(f"Coverage {c}" for c in codes), "Gaps", "Links"]
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_gaps_are_those_of_the_report(book: Any, source: Source) -> None:
    told = json.loads(gaps_json(source.gaps(FRAMEWORK)))["gaps"]
    found = rows(book, "Gaps")
    assert len(found) == len(told) > 100
    for row, gap in zip(found, told, strict=True):
        assert (row["Kind"], row["What is missing"]) == (gap["kind"], gap["sentence"])
        assert row["Rank"] == pytest.approx(gap["rank"])
        assert row["Certainty"] == pytest.approx(gap["certainty"]["weight"])
        assert row["First seen"] == datetime.fromisoformat(gap["first_seen"])
        assert str(row["Shown by"]).startswith(f"targetgraph query {gap['query']}")
        assert all(str(e["text"]) in str(row["Evidence"]) for e in gap["evidence"])


def test_coverage_is_that_of_the_command(book: Any, source: Source) -> None:
    for dimension in source.coded.declarations.dimensions:
        told = json.loads(coverage_json(coverage(source.coded, "targets", dimension.code, FRAMEWORK)))
        head, *body = book[f"Coverage {dimension.code}"].iter_rows(values_only=True)
        assert list(head[2:]) == [c["label"] for c in told["columns"]]
        words = {s.word: s for s in State}
        for row, heading, cells in zip(body, told["rows"], told["cells"], strict=False):
            assert row[0] == heading["code"]
            assert list(row[2:]) == [state_text(words[c["state"]], c["count"]) for c in cells]


def test_links_are_all_there(book: Any, quads: list[Any]) -> None:
    graph = ox.NamedNode(iris.graph("framework", FRAMEWORK))
    links = sum(q.graph_name == graph and q.object == ox.NamedNode(TG.Link) for q in quads)
    found = rows(book, "Links")
    assert len(found) == links > 500
    assert {row["Basis"] for row in found} == {"named in text", "implied", "curator judgement"}
    assert all(isinstance(row["Confidence"], float | int) and row["Is tied to"] for row in found)


def test_targets_and_who_must_act(book: Any, source: Source) -> None:
    targets = rows(book, "Targets")
    assert len(targets) == 28
    assert {t["Due"] for t in targets} >= {2030, 2035}
    assert sum(t["Wording"] == "recalled" for t in targets) == source.gaps(FRAMEWORK).unverified
    who = {str(r["Actor"] if "Actor" in r else list(r.values())[1]): r for r in rows(book, "Who must act")}
    assert "A1" in str(who["Governments"]["Which"]) or who["Governments"]["Targets, named in the text"]


def test_the_first_sheet_warns(book: Any, source: Source) -> None:
    text = "\n".join(str(c) for row in book["Read me"].iter_rows(values_only=True) for c in row if c)
    assert "17 of 28 wordings are recalled" in text
    assert source.data_version in text
    assert "CC BY 4.0" in text
    assert all(state_text(state) in text for state in State)


def test_every_sheet_can_be_read_and_printed(book: Any) -> None:
    for sheet in book:
        assert sheet.freeze_panes, sheet.title
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (9, 1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.title == "Read me" or sheet.auto_filter.ref.startswith("A1:")


def test_nothing_is_a_formula_and_links_lead_to_the_web(book: Any) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) > 10_000
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    addresses = [cell.hyperlink.target for cell in cells if cell.hyperlink]
    assert len(addresses) > 500
    assert all(a.startswith(("http://", "https://")) for a in addresses)


def test_states_differ_in_pattern_and_not_in_colour_alone(book: Any) -> None:
    patterns = {
        str(cell.value).split(" (")[0]: cell.fill.patternType
        for row in book["Read me"].iter_rows()
        for cell in row[:1]
        if cell.value in {state_text(s) for s in State}
    }
    assert len(patterns) == len(State)
    assert len(set(patterns.values())) == len(State)


def test_the_same_data_give_the_same_bytes(source: Source, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_workbook(source, "beyond2020", tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


HOSTILE = ("=cmd|' /C calc'!A1", "+1", "-1", "@SUM(A1)", "=1+1", "#N/A", "\t=x", "a\x00b\x0bc", "x" * 40_000, "é😀")


def test_hostile_texts_stay_texts() -> None:
    book = Workbook(write_only=True)
    writer = SheetWriter(book, "bad:name/[x]*?\\'", (Field("a"), Field("b")), len(HOSTILE), frozen=1)
    for text in HOSTILE:
        writer.add((text, Linked(text, "javascript:alert(1)")))
    writer.add((Linked("file", "file:///etc/passwd"), Linked("web", "https://a.example/x")))
    writer.add((date(2026, 1, 2), 0.5, None))
    saved = io.BytesIO()
    book.save(saved)
    sheet: Any = openpyxl.load_workbook(io.BytesIO(saved.getvalue())).worksheets[0]
    assert sheet.title == "bad name  x"
    for number, text in enumerate(HOSTILE, 2):
        cell = sheet.cell(number, 1)
        assert cell.data_type == "s"
        assert cell.hyperlink is None
        assert str(cell.value)[:20] == text.replace("\x00", "\ufffd").replace("\x0b", "\ufffd")[:20]
        assert len(str(cell.value)) <= 32_767
        assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))
        assert sheet.cell(number, 2).hyperlink is None
    last = len(HOSTILE) + 2
    assert sheet.cell(last, 1).hyperlink is None
    assert sheet.cell(last, 2).hyperlink.target == "https://a.example/x"
    assert sheet.cell(last + 1, 1).is_date


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("a/b", (), "a b"),
        ("'", (), "Sheet"),
        ("x" * 40, (), "x" * 31),
        ("A", ("a",), "A 2"),
        ("x" * 31, ("x" * 31,), "x" * 29 + " 2"),
    ],
)
def test_names_of_sheets(wanted: str, taken: tuple[str, ...], name: str) -> None:
    assert sheet_name(wanted, taken) == name
