"""The matrix page: its numbers are those of the coverage arrays, and every cell opens to its evidence."""

from __future__ import annotations

from html.parser import HTMLParser

import numpy as np
import pytest

from targetgraph.analysis.coverage import coverage
from targetgraph.analysis.states import State
from targetgraph.errors import TargetGraphError
from targetgraph.views.matrix import PAIRS, matrix_page
from tests.views.pages import opened
from tests.views.test_documents import read


class Cells(HTMLParser):
    """Body cells of the matrices: for each table its rows, for each row (classes, text) of its cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: list[list[list[tuple[str, str]]]] = []
        self._in_table = self._in_cell = self._in_body = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "table" and given.get("class") == "cells":
            self._in_table = True
            self.tables.append([])
        elif tag == "tbody" and self._in_table:
            self._in_body = True
        elif tag == "tr" and self._in_body:
            self.tables[-1].append([])
        elif tag == "td" and self._in_body:
            self._in_cell = True
            self.tables[-1][-1].append((given.get("class") or "", ""))

    def handle_endtag(self, tag):
        if tag == "table":
            self._in_table = False
        elif tag == "tbody":
            self._in_body = False
        elif tag == "td":
            self._in_cell = False

    def handle_data(self, data):
        if self._in_cell:
            classes, text = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (classes, text + data)


@pytest.fixture
def matrix(page, addresses):
    return opened(page, addresses["matrix"])


def shown_table(page):
    return page.locator(".matrix:not([hidden]) table.cells")


@pytest.mark.parametrize("framework", ["gfc", "beyond2020"])
def test_every_cell_has_the_state_and_count_of_the_arrays(framework, graph) -> None:
    tables = Cells(matrix_page(graph, framework)).tables
    assert len(tables) == len(PAIRS) == 5
    for (rows, columns), table in zip(PAIRS, tables, strict=True):
        found = coverage(graph, rows, columns, framework)
        assert len(table) == len(found.rows)
        for i, row in enumerate(table):
            cells = [c for c in row if "total" not in c[0].split()]
            totals = [text.strip() for classes, text in row if "total" in classes.split()]
            states = np.asarray(found.states[i])
            assert len(cells) == len(found.columns)
            for j, (classes, text) in enumerate(cells):
                state = State(int(states[j]))
                assert f"s-{state.name.lower().replace('_', '-')}" in classes.split()
                assert state.word in text
                count = int(found.counts[i, j])
                assert (str(count) in text) == (count > 0)
            reached = int((states <= State.STALE).sum())
            looked = int(((states != State.NOT_ASSESSED) & (states != State.NOT_APPLICABLE)).sum())
            gaps = int((states == State.GAP).sum())
            assert totals[:2] == [str(int((states <= State.THIN).sum())), f"{reached} of {looked}"]
            assert totals[3] == str(gaps)


def test_the_legend_has_every_state_with_its_symbol_and_tally(matrix, graph) -> None:
    tally = coverage(graph, "targets", "stages", "gfc").tally()
    legend = matrix.locator(".matrix:not([hidden]) .key li")
    said = [" ".join(text.split()) for text in legend.all_inner_texts()]
    for state in State:
        assert f"{state.symbol} {state.word} {tally[state]}" in said


def test_the_lead_names_what_nothing_reaches(graph) -> None:
    text = matrix_page(graph, "gfc")
    for heading in coverage(graph, "targets", "sectors", "gfc").empty_columns():
        assert f"Nothing reaches {heading.label}." in text
    assert "Nothing reaches SDG 1 No poverty" in text


def test_one_matrix_at_a_time_chosen_by_name(matrix) -> None:
    assert shown_table(matrix).count() == 1
    matrix.locator("#which").select_option("sectors-stages")
    assert shown_table(matrix).count() == 1
    assert "through the targets" in matrix.locator(".matrix:not([hidden]) h2").inner_text()
    matrix.go_back()
    matrix.wait_for_function("() => document.querySelector('#which').value === 'targets-stages'")


def test_rows_sort_by_gaps_and_filter_to_gaps(matrix) -> None:
    matrix.locator("#which").select_option("targets-stages")
    gaps = "rows => rows.filter(r => !r.hidden).map(r => Number(r.dataset.gaps))"
    rows = shown_table(matrix).locator("tbody tr")
    given = rows.evaluate_all(gaps)
    matrix.locator("#order").select_option("gaps")
    assert rows.evaluate_all(gaps) == sorted(given, reverse=True) != given
    matrix.locator("#only-gaps").check()
    assert rows.evaluate_all(gaps) == [n for n in sorted(given, reverse=True) if n]
    matrix.locator("#order").select_option("")
    assert rows.evaluate_all(gaps) == [n for n in given if n]


def test_arrow_keys_walk_the_grid_and_enter_opens_a_cell(matrix) -> None:
    table = shown_table(matrix)
    assert table.get_attribute("role") == "grid"
    matrix.locator("#only-gaps").focus()
    matrix.keyboard.press("Tab")
    where = "() => [document.activeElement.parentElement.dataset.row, document.activeElement.cellIndex - 1].join()"
    assert matrix.evaluate(where) == "0,0"
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp"):
        matrix.keyboard.press(key)
    assert matrix.evaluate(where) == "2,1"
    matrix.keyboard.press("End")
    matrix.keyboard.press("Control+Home")
    assert matrix.evaluate(where) == "0,0"
    matrix.keyboard.press("ArrowLeft")
    assert matrix.evaluate(where) == "0,0", "there is nothing beyond the edge"
    assert table.locator("td[tabindex='0']").count() == 1
    matrix.keyboard.press("Enter")
    assert matrix.locator("#details h2").inner_text().startswith("A1 ")


def test_a_cell_opens_to_the_links_it_counts(matrix, graph) -> None:
    found = coverage(graph, "targets", "stages", "gfc")
    row = next(i for i, h in enumerate(found.rows) if h.code == "A4")
    column = next(j for j, h in enumerate(found.columns) if "trade" in h.label.lower())
    shown_table(matrix).locator(f"tr[data-row='{row}'] td").nth(column).click()
    panel = matrix.locator("#details")
    assert panel.locator(".claim").count() == int(found.counts[row, column]) > 0
    said = panel.inner_text()
    assert "covered: as many links named in the text as are obliged" in said
    assert "https://w3id.org/targetgraph/gfc/link/A4/stage/" in said and "confidence" in said


def test_a_crossed_cell_names_its_targets(matrix, graph) -> None:
    found = coverage(graph, "sectors", "stages", "gfc")
    row, column = (int(n) for n in np.argwhere((found.counts > 0) & (found.counts < 4))[0])
    matrix.locator("#which").select_option("sectors-stages")
    shown_table(matrix).locator(f"tr[data-row='{row}'] td").nth(column).click()
    said = matrix.locator("#details .said").first.inner_text()
    assert said.startswith("Targets: ")
    assert len(said.removeprefix("Targets: ").split(", ")) == int(found.counts[row, column])


def test_where_most_is_empty_only_whole_rows_and_columns_are_hatched(graph, addresses) -> None:
    table = Cells(read(addresses["matrix"])).tables[2]
    found = coverage(graph, "targets", "sectors", "gfc")
    assert (found.states == State.GAP).mean() > 0.5
    empty = {found.columns.index(h) for h in found.empty_columns()}
    assert empty
    for i, row in enumerate(table):
        for j, (classes, _) in enumerate(row[: len(found.columns)]):
            if found.states[i, j] == State.GAP and j in empty:
                assert "still" not in classes
    quiet = sum("still" in classes for row in table for classes, _ in row)
    assert quiet > 300


def test_a_pair_asked_for_comes_first_and_a_half_pair_is_refused(graph) -> None:
    text = matrix_page(graph, "gfc", "objectives", "sectors")
    assert text.index("Objectives by sectors") < text.index("Targets by life-cycle stages")
    with pytest.raises(TargetGraphError, match="rows and columns go together"):
        matrix_page(graph, "gfc", rows="targets")
