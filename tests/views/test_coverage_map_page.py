"""The coverage map: every box, every curve, and the holes among them."""

from __future__ import annotations

import numpy as np
import pytest

from targetgraph.analysis.coding import NAMED
from targetgraph.analysis.coverage import coverage
from targetgraph.analysis.gaps import gap_report
from targetgraph.views.ordering import by_barycentre
from tests.views.pages import opened


@pytest.fixture
def map_page(page, addresses):
    page.set_viewport_size({"width": 1440, "height": 900})
    return opened(page, addresses["map"])


def test_ghosts_hold_the_targets_that_the_gap_report_finds(map_page, graph) -> None:
    found = 0
    for kind, state in (("umbrella-only-row", 3), ("implied-only-row", 2), ("empty-row", 8)):
        for dimension in ("actors", "sectors", "stages"):
            expected = {g.subject for g in gap_report(graph, "gfc", kind, dimension).gaps}
            ghost = map_page.locator(f"[data-key='{dimension}-ghost-{state}']")
            assert ghost.count() == bool(expected)
            if expected:
                found += 1
                assert ghost.locator(".n").inner_text().split()[0] == str(len(expected))
                ghost.click()
                said = map_page.locator("#details").inner_text()
                assert set(said.partition("Targets: ")[2].splitlines()[0].split(", ")) == expected
    assert found >= 5


def test_columns_and_unreached_items(map_page, graph) -> None:
    headings = [h.split()[-1] for h in map_page.locator(".column h2").all_inner_texts()]
    sizes = [len(coverage(graph, "targets", d, "gfc").columns) for d in ("actors", "sectors", "stages", "goals")]
    assert [int(h) for h in headings] == [sizes[0], 28, *sizes[1:]]
    empty = {h.label for d in ("sectors", "goals") for h in coverage(graph, "targets", d, "gfc").empty_columns()}
    shown = set(map_page.locator(".holes .box.s-gap:not(.ghost) > span:not(.visually-hidden)").all_inner_texts())
    assert shown == empty
    style = map_page.locator(".holes .box.s-gap:not(.ghost)").first.evaluate("e => getComputedStyle(e).borderTopStyle")
    assert style == "dashed"


def test_a_curve_for_each_tie_solid_only_where_the_text_names_it(map_page, graph) -> None:
    map_page.locator("#show-folded").check()
    classes = map_page.locator("#curves path").evaluate_all("paths => paths.map(p => p.classList[0])")
    assert set(classes) == {"named", "implied", "missing"}
    # Solid curves to goals do not exist: nobody's text names one.
    goals = graph.dimension("goals").links
    assert not (goals.basis == NAMED).any()
    map_page.locator("[data-key='goals-12']").hover()
    on = map_page.locator("#curves path.on").evaluate_all("paths => paths.map(p => p.classList[0])")
    reached = int((np.asarray(coverage(graph, "targets", "goals", "gfc").states) <= 5)[:, _goal_12(graph)].sum())
    assert on == ["implied"] * reached


def _goal_12(graph) -> int:
    columns = coverage(graph, "targets", "goals", "gfc").columns
    return next(j for j, h in enumerate(columns) if h.code == "12")


def test_curves_end_at_their_boxes_on_screen_and_on_paper(map_page) -> None:
    ends = """() => {
      const frame = document.querySelector('#map').getBoundingClientRect();
      const edges = [...document.querySelectorAll('.box')].map(b => b.getBoundingClientRect()).filter(r => r.width)
        .flatMap(r => [r.left, r.right].map(x => [x - frame.left, r.top - frame.top + r.height / 2]));
      const paths = [...document.querySelectorAll('#curves path')];
      const stray = paths.filter(p => {
        const n = p.getAttribute('d').match(/-?[\\d.]+/g).map(Number);
        return ![[n[0], n[1]], [n[6], n[7]]].every(([x, y]) => edges.some(([a, b]) => Math.hypot(a - x, b - y) < 1.5));
      });
      return [paths.length, stray.length];
    }"""
    count, stray = map_page.evaluate(ends)
    assert count > 200 and stray == 0
    map_page.emulate_media(media="print")
    map_page.wait_for_function(f"() => ({ends})()[1] === 0")


def test_focus_dims_the_rest_and_escape_lights_it_again(map_page) -> None:
    map_page.locator("[data-key='t-A4']").focus()
    lit = set(map_page.locator(".box.on").evaluate_all("boxes => boxes.map(b => b.dataset.key)"))
    assert {"t-A4", "actors-ghost-3", "actors-stakeholders"} <= lit and "t-A1" not in lit
    assert map_page.locator("[data-key='t-A1']").evaluate("e => getComputedStyle(e).opacity") == "0.3"
    map_page.keyboard.press("Enter")
    assert map_page.locator("[data-key='t-A4']").get_attribute("aria-pressed") == "true"
    map_page.keyboard.press("Escape")
    assert map_page.locator("#details").is_hidden()


def test_arrow_keys_go_along_and_across_columns(map_page) -> None:
    map_page.locator("[data-key='t-A1']").focus()
    map_page.keyboard.press("ArrowDown")
    assert map_page.evaluate("document.activeElement.dataset.key") == "t-A2"
    map_page.keyboard.press("ArrowRight")
    assert map_page.evaluate("document.activeElement.dataset.key").startswith("sectors-")
    map_page.keyboard.press("ArrowLeft")
    assert map_page.evaluate("document.activeElement.dataset.key").startswith("t-")


def test_what_is_only_implied_unfolds(map_page) -> None:
    before = map_page.locator(".box:visible").count()
    map_page.locator(".unfold").first.click()
    assert map_page.locator(".box:visible").count() == map_page.locator(".box").count() > before
    assert "all=1" in map_page.url


def test_columns_stack_without_curves_on_a_phone(page, addresses) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    opened(page, addresses["map"])
    assert page.locator("#curves").is_hidden()
    lefts = page.locator(".column").evaluate_all("columns => columns.map(c => c.getBoundingClientRect().left)")
    assert len(set(lefts)) == 1
    heights = page.locator(".box:visible").evaluate_all("boxes => boxes.map(b => b.getBoundingClientRect().height)")
    assert min(heights) >= 44, "a finger can hit every box"


def test_barycentre_order_uncrosses_what_can_be_uncrossed() -> None:
    ties = [("a", "z"), ("b", "y"), ("c", "x"), ("c", "y")]
    assert by_barycentre(["x", "y", "lonely", "z"], ["a", "b", "c"], ties) == ["z", "y", "x", "lonely"]
