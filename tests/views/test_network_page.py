"""The network page: picture and list are two faces of one state."""

from __future__ import annotations

import json
import re

import pytest

from targetgraph.analysis.network import framework_network
from targetgraph.analysis.standing import Standing
from targetgraph.views.network import SHAPES, drawn
from tests.views.pages import opened
from tests.views.test_documents import Document, read


@pytest.fixture
def network(page, addresses):
    return opened(page, addresses["network"])


def shown(page):
    return page.locator("#nodes tr:visible").evaluate_all("rows => rows.map(r => r.dataset.key)")


def on_canvas(page):
    """Nodes that vis-network does not hide, from its own data."""
    return page.evaluate("() => Object.values(TG.picture.body.nodes).filter(n => !n.options.hidden).map(n => n.id)")


def test_pyvis_made_the_model_and_the_caller_s_graph_is_untouched(graph, addresses) -> None:
    standing = Standing.of(graph, "gfc")
    given = framework_network(graph, "gfc", standing)
    before = given.copy()
    assert drawn(given, standing) == read(addresses["network"])
    assert list(given.nodes(data=True)) == list(before.nodes(data=True))
    assert list(given.edges(keys=True, data=True)) == list(before.edges(keys=True, data=True))


def test_the_picture_is_placed_still_and_says_what_is_named(graph, addresses) -> None:
    document = Document(read(addresses["network"]))
    data = {a["id"]: json.loads(c) for _, a, c in document.code if a.get("type") == "application/json"}
    assert data["options"]["physics"]["enabled"] is False
    nodes, edges = data["picture-data"]["nodes"], data["picture-data"]["edges"]
    network = framework_network(graph, "gfc")
    assert (len(nodes), len(edges)) == (network.number_of_nodes(), network.number_of_edges())
    assert {n["shape"] for n in nodes} == {shape for _, shape in SHAPES.values()}
    assert all("x" in n and "y" in n for n in nodes)
    assert {e["basis"] for e in edges} == {"named", "implied", "judged"}
    assert all(e["dashes"] == (e["basis"] != "named") for e in edges)


def test_the_search_finds_codes_and_labels_in_list_and_picture(network) -> None:
    total = len(shown(network))
    network.keyboard.press("/")
    assert network.locator("#search").evaluate("e => e === document.activeElement")
    network.keyboard.type("POISON")
    found = shown(network)
    assert "target:A6" in found and "actor:poison-centres" in found and len(found) < 8
    assert sorted(on_canvas(network)) == sorted(found)
    assert "q=POISON" in network.url
    network.locator("#search").fill("b2 ")
    assert "target:B2" in shown(network)
    network.locator("#search").fill("no such thing anywhere")
    assert shown(network) == []
    assert "Nothing fits" in network.locator("#told").inner_text()
    network.locator("#clear").click()
    assert len(shown(network)) == total


def test_kinds_and_bases_filter_list_and_picture(network) -> None:
    everything = shown(network)
    network.locator("[name=kind][value=actor]").uncheck()
    left = shown(network)
    assert left == [key for key in everything if not key.startswith("actor:")]
    assert sorted(on_canvas(network)) == sorted(left)
    for basis in ("implied", "judged"):
        network.locator(f"[name=basis][value={basis}]").uncheck()
    visible = network.evaluate(
        "() => [...new Set(TG.picture.body.data.edges.get({ filter: e => !e.hidden }).map(e => e.dashes))]"
    )
    assert visible == [False], "only what the text names, and its lines are not dashed"
    network.reload()
    network.wait_for_function("() => typeof TG.picture === 'object'")
    assert shown(network) == left
    assert not network.locator("[name=basis][value=implied]").is_checked()


def test_only_what_has_gaps_keeps_the_holes(network, graph) -> None:
    network.locator("#only-gaps").check()
    found = shown(network)
    assert {"sector:water", "goal:1", "goal:7", "target:A4", "actor:youth"} <= set(found)
    assert "target:A1" not in found and "actor:governments" not in found
    network.locator("#mark").select_option("indicators")
    marked = [key for key in shown(network) if key.startswith("target:")]
    assert len(marked) == 28, "no target has an adopted indicator"


def test_details_show_evidence_and_gaps(network) -> None:
    network.locator("tr[data-key='target:A4'] button").click()
    said = network.locator("#details").inner_text()
    assert "https://w3id.org/targetgraph/gfc/target/A4" in said
    assert "names only a catch-all" in said and "Certainty high" in said
    assert "https://w3id.org/targetgraph/gfc/link/A4/actor/stakeholders/responsible" in said
    for word in ("named", "implied", "responsible", "confidence 0."):
        assert word in said
    links = network.locator("#details .claim a[href^='https://w3id.org/']").count()
    assert links >= 10
    network.locator("#details .claim a.go", has_text="Governments").click()
    assert network.locator("#details h2").inner_text() == "Governments"


def test_a_recalled_target_says_so(network) -> None:
    network.locator("tr[data-key='target:D1'] button").click()
    assert "not checked against the official text" in network.locator("#details").inner_text()
    network.locator("tr[data-key='target:A1'] button").click()
    panel = network.locator("#details")
    assert panel.locator(".badge.recalled").count() == 0


def test_a_click_on_the_canvas_chooses_the_node(network) -> None:
    at = network.evaluate("() => TG.picture.canvasToDOM(TG.picture.getPositions(['target:A6'])['target:A6'])")
    frame = network.locator("#picture").bounding_box()
    network.mouse.click(frame["x"] + at["x"], frame["y"] + at["y"])
    network.wait_for_function("() => document.querySelector('#details h2')?.textContent.startsWith('A6')")
    assert network.locator("tr.chosen").get_attribute("data-key") == "target:A6"
    assert re.search(r"node=target%3AA6", network.url)


def test_a_journey_by_keyboard_alone(network) -> None:
    network.keyboard.press("/")
    network.keyboard.type("sanitation")
    network.keyboard.press("ArrowDown")
    keys = shown(network)
    focused = "() => document.activeElement.closest('tr').dataset.key"
    assert network.evaluate(focused) == keys[0]
    network.keyboard.press("ArrowDown")
    assert network.evaluate(focused) == keys[1]
    network.keyboard.press("End")
    network.keyboard.press("ArrowUp")
    network.keyboard.press("Home")
    assert network.evaluate(focused) == keys[0]
    ring = network.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid", "the focus can be seen"
    network.keyboard.press("Enter")
    assert network.locator("#details h2").inner_text()
    network.keyboard.press("Escape")
    assert network.locator("#details").is_hidden()
    network.keyboard.press("Escape")
    assert len(shown(network)) > 100


def test_the_canvas_is_no_stop_for_the_tab_key(network) -> None:
    assert network.locator("#picture [tabindex]").count() == 0
    assert network.locator("#nodes button[tabindex='0']").count() == 1


def test_dark_mode_recolours_the_canvas(page, addresses) -> None:
    page.emulate_media(color_scheme="light")
    opened(page, addresses["network"])
    read_edge = "() => TG.picture.body.data.edges.get()[0].color.color"
    light = page.evaluate(read_edge)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"light => ({read_edge})() !== light", arg=light)
