"""The matrix page: what it says against the tables and against links counted one by one; how it is used in a browser."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.comparison import Side, compare
from targetgraph.analysis.comparison.matrices import Delta, matrix_delta
from targetgraph.analysis.coverage import coverage
from targetgraph.analysis.scenarios import Scenario, apply
from targetgraph.analysis.segments import segments
from targetgraph.analysis.states import State, contributions
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline import open_coded_graph
from targetgraph.views.explorer.matrix_layers import Question
from targetgraph.web.explorer import matrix
from targetgraph.web.explorer.visit import Refused, Visit
from tests.web.servers import client


@pytest.fixture(scope="module")
def graph(built_store: Path) -> CodedGraph:
    return open_coded_graph(built_store)


def got(explorer: str, path: str) -> str:
    answer = client().request("GET", explorer + path)
    assert answer.status == 200, answer.data[:300]
    return answer.data.decode()


def test_every_cell_says_its_state_and_its_number(explorer, page, graph) -> None:
    page.goto(explorer + "/explore/matrix?rows=targets&columns=actors")
    found = coverage(graph, "targets", "actors", "gfc")
    rows = page.locator("table.cells tbody tr").evaluate_all(
        "rows => rows.map(r => [...r.querySelectorAll('button')].map(b => b.getAttribute('aria-label')))"
    )
    assert (len(rows), len(rows[0])) == found.states.shape
    told = 0
    for texts, states, counts in zip(rows, found.states, found.counts, strict=True):
        for text, state, count in zip(texts, states.tolist(), counts.tolist(), strict=True):
            assert text == State(state).word + (f", {count}" if count else "")
            told += 1
    assert told == found.states.size
    foot = page.locator("table.cells tfoot tr").last.locator("td.total").all_inner_texts()
    gaps = (found.states == State.GAP).sum(axis=0).tolist()
    assert foot[: len(gaps)] == [str(n) for n in gaps] and foot[-1] == str(sum(gaps))
    shares = page.locator("table.cells tfoot tr").nth(2).locator("td.total").first.inner_text()
    assert re.fullmatch(r"[<>]?\d+ %", shares)


def test_a_matrix_with_more_cells_than_can_be_of_use_is_refused(graph: CodedGraph, monkeypatch) -> None:
    """The bound is lowered below the bundled matrix: a registry with a quarter of a million cells takes minutes to build."""
    cells = coverage(graph, "targets", "actors", "gfc").states.size
    monkeypatch.setattr(matrix, "_MOST_CELLS", cells - 1)
    monkeypatch.setattr(matrix, "graph_under", lambda *_: graph)
    asked = SimpleNamespace(rows="targets", columns="actors", scenario=None)
    with pytest.raises(Refused, match=f"the matrix would have {cells:,} cells") as told:
        matrix._laid(cast(Visit, SimpleNamespace(framework="gfc")), cast(Question, asked))
    assert told.value.status == 400 and "choose fewer rows" in str(told.value)


def test_states_are_told_apart_without_colour(explorer, page) -> None:
    page.goto(explorer + "/explore/matrix?rows=targets&columns=sectors")
    looks = page.locator("table.cells tbody td:not(.total)").evaluate_all(
        """cells => cells.map(c => { const s = getComputedStyle(c);
             const sign = c.innerText.replace(/[0-9]/g, '').trim();
             return [c.className.split(' ')[0], sign, s.borderTopStyle + s.backgroundImage.slice(0, 9)]; })"""
    )
    by_state: dict[str, set[tuple[str, str]]] = {}
    for state, text, look in looks:
        by_state.setdefault(state, set()).add((text, look))
    assert {"s-implied", "s-umbrella", "s-gap"} <= set(by_state)
    symbols = {state: {text for text, _ in seen} for state, seen in by_state.items()}
    assert all(len(texts) == 1 for texts in symbols.values())
    assert len({next(iter(t)) for t in symbols.values()}) == len(symbols), "each state has a sign of its own"


def test_sorted_by_gaps_and_only_gaps(explorer, page, graph) -> None:
    page.goto(explorer + "/explore/matrix?rows=sectors&columns=stages&order=gaps&only=yes")
    shown = [int(t) for t in page.locator("table.cells tbody td.total:last-child").all_inner_texts()]
    gaps = (coverage(graph, "sectors", "stages", "gfc").states == State.GAP).sum(axis=1)
    assert shown == sorted((n for n in gaps.tolist() if n), reverse=True)
    page.get_by_label("Rows").select_option("objectives")
    page.wait_for_url("**rows=objectives**")
    assert page.locator("h1").inner_text().startswith("Matrix: Objectives")


def test_a_cell_opens_to_its_links_and_what_would_cover_it(explorer, page, graph) -> None:
    page.goto(explorer + "/explore/matrix?rows=targets&columns=actors")
    stop = page.locator("table.cells button[tabindex='0']")
    assert stop.count() == 1
    stop.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    value = page.evaluate("() => document.activeElement.value")
    assert value.startswith("A2~")
    page.keyboard.press("Enter")
    page.locator("#cell").wait_for()
    assert value.split("~")[0] in page.locator("#cell-title").inner_text()
    assert "cell=" in page.url
    assert page.locator("#cell a[href*='/explore/scenario?scenario=']").count()
    assert page.locator("#cell a[href^='/explore/targets/gfc/A2']").count()
    first = page.locator("#cell").inner_text()
    page.reload()
    assert page.locator("#cell").inner_text() == first, "the address holds the open cell"
    page.keyboard.press("Escape")
    assert page.locator("#cell").count() == 0 and "cell=" not in page.url
    page.go_back()
    page.locator("#cell").wait_for()


def test_links_of_a_cell_are_those_that_reach_it(explorer, graph) -> None:
    text = got(explorer, "/explore/matrix?rows=targets&columns=actors&cell=A1~governments")
    dimension = graph.dimension("actors")
    column = list(dimension.concepts.notation).index("governments")
    target = list(graph.targets.notation).index("A1", int(graph.targets_of(graph.framework_number("gfc"))[0]))
    reach = contributions(dimension, np.flatnonzero(dimension.links.target == target))
    expected = {dimension.links.iri[int(n)] for n in reach.link[reach.concept == column]}
    assert len(expected) > 1
    shown = set(re.findall(r'href="/([^"]*/link/[^"]*)">the claim', text))
    assert shown == {iri.removeprefix("https://w3id.org/targetgraph/") for iri in expected}


def test_crossed_cells_name_the_targets_behind_them(explorer, graph) -> None:
    found = coverage(graph, "sectors", "stages", "gfc")
    i, j = np.unravel_index(int(found.counts.argmax()), found.counts.shape)
    cell = f"{found.rows[i].code}~{found.columns[j].code}"
    text = got(explorer, f"/explore/matrix?rows=sectors&columns=stages&cell={cell}")
    assert f"{found.counts[i, j]} targets reach both" in text
    assert text.count('class="claim"') == found.counts[i, j]


def test_segments_are_counted_target_by_target(graph) -> None:
    found = segments(graph, "sectors", "stages", "actors", "gfc")
    matrices = {d: coverage(graph, "targets", d, "gfc").reached() for d in ("sectors", "stages", "actors")}
    counted = 0
    for a in range(0, found.counts.shape[0], 3):
        for b in range(found.counts.shape[1]):
            for c in range(0, found.counts.shape[2], 4):
                expected = sum(
                    bool(x[a] and y[b] and z[c])
                    for x, y, z in zip(matrices["sectors"], matrices["stages"], matrices["actors"], strict=True)
                )
                assert found.counts[a, b, c] == expected
                counted += expected
    assert counted > 50
    objectives = segments(graph, "objectives", "stages", "actors", "gfc")
    assert objectives.counts.sum() == segments(graph, "targets", "stages", "actors", "gfc").counts.sum()
    with pytest.raises(TargetGraphError, match="side of the matrix"):
        segments(graph, "sectors", "stages", "stages", "gfc")


def test_a_comparison_of_frameworks_is_that_of_compare(graph) -> None:
    before, after = Side(graph, "beyond2020"), Side(graph, "gfc")
    compared = compare(before, after)
    tried = 0
    for code in ("actors", "stages", "sectors"):
        delta = matrix_delta(before, after, "targets", code)
        rows = {
            (delta.before.rows[a].iri, delta.after.rows[b].iri): n for n, (a, b) in enumerate(delta.rows) if a >= 0 <= b
        }
        columns = {delta.after.columns[d].iri: n for n, (_, d) in enumerate(delta.columns) if d >= 0}
        expected = {(c.before.iri, c.after.iri, c.concept.iri): c.states for c in compared.cells if c.dimension == code}
        deltas = delta.deltas()
        found = {}
        for (one, other), i in rows.items():
            for concept, j in columns.items():
                if deltas[i, j] != Delta.SAME:
                    found[one, other, concept] = delta.states(i, j)
        assert found == expected
        tried += len(found)
        assert {n for n, (a, b) in enumerate(delta.rows) if a < 0 or b < 0} == {
            n for n in range(len(delta.rows)) if set(deltas[n].tolist()) <= {Delta.ONLY_BEFORE, Delta.ONLY_AFTER}
        }
    assert tried > 20


def test_better_and_worse_by_hand(graph) -> None:
    today, then = Side(graph, "gfc"), apply(graph, Scenario.parse("without=governments"), "gfc").graph
    delta = matrix_delta(today, Side(then, "gfc", Scenario.parse("without=governments")), "targets", "actors")
    counts = np.bincount(delta.deltas().ravel(), minlength=len(Delta))
    assert counts[Delta.WORSE] > 10 and counts[Delta.BETTER] == 0 and counts[Delta.ONLY_AFTER] == 0
    back = matrix_delta(Side(then, "gfc", Scenario.parse("without=governments")), today, "targets", "actors")
    reverse = np.bincount(back.deltas().ravel(), minlength=len(Delta))
    assert (reverse[Delta.BETTER], reverse[Delta.WORSE]) == (counts[Delta.WORSE], 0)
    with pytest.raises(TargetGraphError, match="both sides"):
        matrix_delta(today, today, "targets", "actors")


def test_journey_two_versions_are_compared(explorer, page, axe) -> None:
    """From the matrix of the framework to that of the proposals before it, and to a cell that changed."""
    page.goto(explorer + "/explore/matrix?columns=actors")
    page.get_by_label("Compare with").select_option("beyond2020")
    page.wait_for_url("**against=beyond2020**")
    assert "From beyond2020 to gfc" in page.locator(".lead-in").inner_text()
    better = page.locator("td.d-better button")
    number = int(page.locator(".d-key.d-better strong").inner_text())
    assert better.count() == number > 0
    assert "▲" in better.first.inner_text() and "better" in better.first.get_attribute("aria-label")
    better.first.click()
    page.locator("#cell").wait_for()
    assert "before" in page.locator("#cell").inner_text()
    assert axe(page) == []
    page.get_by_label("only what differs").check()
    page.wait_for_url("**only=yes**")
    assert page.locator("td .same").count() < page.locator("table.cells tbody td:not(.total)").count()


def test_files_of_the_view(explorer, graph) -> None:
    found = coverage(graph, "targets", "stages", "gfc")
    rows = list(csv.DictReader(io.StringIO(got(explorer, "/explore/matrix.csv?columns=stages"))))
    assert len(rows) == found.states.size
    assert [r["state"] for r in rows] == [State(s).word for s in found.states.ravel().tolist()]
    answer = client().request("GET", explorer + "/explore/matrix.xlsx?columns=stages&against=beyond2020")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert isinstance(sheet, Worksheet)
    assert [c.value for c in sheet[1]][-3:] == ["before", "after", "difference"] and sheet.max_row > found.states.size
    assert "sandbox" in answer.headers["content-security-policy"]
    drawn = ET.fromstring(got(explorer, "/explore/matrix.svg?columns=stages"))
    tags = [element.tag.rpartition("}")[2] for element in drawn.iter()]
    boxes = [e for e in drawn.iter() if e.tag.endswith("rect") and e.get("class", "").startswith("s-")]
    assert len(boxes) == found.states.size + len(set(found.states.ravel().tolist())), "cells and legend"
    assert not {"script", "style", "image", "foreignObject"} & set(tags)
    whole = got(explorer, "/explore/matrix.html?columns=stages")
    assert "<script" in whole and 'src="' not in whole


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("rows=stages&columns=stages", 400, "both"),
        ("rows=nothing", 400, "“rows” cannot be “nothing”"),
        ("third=stages&columns=stages", 400, "side of the matrix"),
        ("cell=Z9~production", 404, "no cell"),
        ("scenario=x", 400, "no part"),
        ("scenario=without=nobody-at-all", 400, "nobody-at-all"),
        ("against=gfc", 400, "same"),
        ("against=plastics", 400, "cannot be"),
        ("page=0", 400, "number"),
        ("sideways=1", 400, "this page knows no “sideways” in its address"),
        ("rows=targets&rows=stages", 400, "“rows” is given 2 times"),
    ],
)
def test_addresses_that_mean_nothing(explorer, query, status, words) -> None:
    answer = client().request("GET", f"{explorer}/explore/matrix?{query}", headers={"Accept": "text/html"})
    assert answer.status == status
    assert words in answer.data.decode() and "Traceback" not in answer.data.decode()


def test_the_picture_is_saved_as_png(explorer, page) -> None:
    page.goto(explorer + "/explore/matrix?columns=stages")
    with page.expect_download() as download:
        page.locator("a.png").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\x89PNG") and len(content) > 20_000


def test_printed_on_a4_no_column_is_cut(explorer, page, graph, need, tmp_path) -> None:
    pdftotext = need("pdftotext")
    page.goto(explorer + "/explore/matrix?columns=actors")
    page.pdf(path=tmp_path / "matrix.pdf", prefer_css_page_size=True)
    text = subprocess.run(
        [pdftotext, "-bbox", str(tmp_path / "matrix.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    size = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', text)
    assert size
    wide, high = float(size[1]), float(size[2])
    assert wide == pytest.approx(842, abs=2) and high == pytest.approx(595, abs=2), "A4, lying"
    ends = [float(n) for n in re.findall(r'xMax="([\d.]+)"', text)]
    assert len(ends) > 1000 and max(ends) <= wide - 10
    words = set(re.findall(r">([^<]+)</word>", text))
    assert {h.code for h in coverage(graph, "targets", "actors", "gfc").rows} <= words
    assert "gaps" in words, "the last column"
