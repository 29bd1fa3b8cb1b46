"""The network page: picture and list are two faces of one address; it opens drawn, also when it is large."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from targetgraph.analysis.network import framework_network
from targetgraph.pipeline import open_coded_graph
from tests.web.servers import client

if TYPE_CHECKING:
    from targetgraph.analysis.network import Network

DRAWN = "() => document.documentElement.dataset.drawn"


@pytest.fixture(scope="module")
def network(built_store: Path) -> Network:
    return framework_network(open_coded_graph(built_store), "gfc")


def got(explorer: str, path: str) -> str:
    answer = client().request("GET", explorer + path)
    assert answer.status == 200, answer.data[:300]
    return answer.data.decode()


def on_canvas(page) -> int:
    """Nodes that vis-network does not hide, from its own data."""
    return int(page.evaluate("() => Object.values(TG.picture.body.nodes).filter(n => !n.options.hidden).length"))


def shown(page) -> list[str]:
    return [str(text) for text in page.locator("#listed tbody th a").all_inner_texts()]


def test_it_opens_drawn_and_holds_everything(explorer, page, network) -> None:
    page.goto(explorer + "/explore/network")
    page.wait_for_function(DRAWN)
    assert on_canvas(page) == len(network)
    heading = page.locator("#listed-title").inner_text()
    assert heading == f"{len(network)} of {len(network)} things, {network.number_of_edges()} ties"
    assert len(shown(page)) == len(network) <= 200
    # What is drawn is not one colour: pixels of several colours are on the canvas.
    colours = page.evaluate(
        """() => {
            const c = document.querySelector('#picture canvas'), seen = new Set();
            const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            for (let i = 0; i < d.length; i += 4) if (d[i + 3]) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]);
            return seen.size;
        }"""
    )
    assert colours > 20


# Heard where the canvas itself is told to write a name (only names have an outline): the text, and its place in pixels of the
# canvas, however it was moved and scaled.
HEAR_NAMES = """
window.names = [];
const outline = CanvasRenderingContext2D.prototype.strokeText;
CanvasRenderingContext2D.prototype.strokeText = function (text, x, y) {
  const size = this.measureText(text), at = this.getTransform(), place = (x, y) => at.transformPoint(new DOMPoint(x, y));
  const start = place(x - size.actualBoundingBoxLeft, y - size.actualBoundingBoxAscent);
  const end = place(x + size.actualBoundingBoxRight, y + size.actualBoundingBoxDescent);
  window.names.push({ text, left: start.x, top: start.y, right: end.x, bottom: end.y,
    wide: this.canvas.width, high: this.canvas.height });
  return outline.apply(this, arguments);
};
"""


@pytest.mark.parametrize("width", [1280, 360])
def test_no_name_is_cut_by_the_edge_of_the_picture(explorer, page, width) -> None:
    page.add_init_script(HEAR_NAMES)
    page.set_viewport_size({"width": width, "height": 800})
    heard = 0
    for view in ("", "?focus=target:A1", "?open=actor:governments"):
        page.goto(explorer + "/explore/network" + view)
        page.wait_for_function(DRAWN)
        # As it opens; and nearer, where things lie across every edge. (What is looked at has its name whatever comes.)
        for nearer in (1,) if "focus" in view else (1, 2, 2):
            page.evaluate(
                """by => {
                    TG.picture.moveTo({ scale: TG.picture.getScale() * by, animation: false });
                    window.names = [];
                    TG.picture.redraw();
                }""",
                nearer,
            )
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            names = page.evaluate("() => window.names")
            heard += len(names)
            cut = [
                n
                for n in names
                if n["left"] < -0.5 or n["top"] < -0.5 or n["right"] > n["wide"] + 0.5 or n["bottom"] > n["high"] + 0.5
            ]
            assert not cut, (view, nearer)
    assert heard >= 40, f"hardly a name was drawn: {heard}"


@pytest.mark.parametrize(("view", "most"), [("", 4), ("?focus=target:A1", 5)])
def test_printed_on_a4_it_is_the_picture_and_the_gravest(explorer, page, network, need, tmp_path, view, most) -> None:
    pdftotext = need("pdftotext")
    page.goto(explorer + "/explore/network" + view)
    page.wait_for_function(DRAWN)
    page.pdf(path=tmp_path / "network.pdf", prefer_css_page_size=True)
    told = subprocess.run(
        [pdftotext, "-bbox", str(tmp_path / "network.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    sizes = re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', told)
    assert 2 <= len(sizes) <= most
    wide = float(sizes[0][0])
    assert wide == pytest.approx(842, abs=2), "A4, lying"
    assert max(float(n) for n in re.findall(r'xMax="([\d.]+)"', told)) <= wide - 20, "a column is cut"
    # Where the list stops on paper it says so, and the rows printed are the first of the screen.
    words = " ".join(re.findall(r">([^<]+)</word>", told))
    assert f"On paper: the first 36 of {len(network)}." in words
    page.emulate_media(media="print")
    printed = page.locator("#listed tbody tr:visible th a").all_inner_texts()
    page.emulate_media(media="screen")
    assert printed == shown(page)[:36] and len(shown(page)) > 36


def test_neighbours_are_opened_step_by_step(explorer, page, network) -> None:
    page.goto(explorer + "/explore/network?focus=actor:governments&open=actor:governments")
    page.wait_for_function(DRAWN)
    plain: nx.Graph[str] = nx.Graph(network)
    iri = next(n for n, d in network.nodes(data=True) if (d["kind"], d["code"]) == ("actor", "governments"))
    first = {iri, *plain[iri]}
    assert on_canvas(page) == len(first) == len(shown(page))
    target = next(n for n in plain[iri] if network.nodes[n]["kind"] == "target")
    name = f"{network.nodes[target]['code']} {network.nodes[target]['label']}"
    page.get_by_role("link", name=f"Open its neighbours: {name}").click()
    page.wait_for_url(re.compile(r"open=.*open="))
    page.wait_for_function(
        f"() => document.querySelectorAll('#listed tbody tr').length === {len(first | {*plain[target]})}"
    )
    assert on_canvas(page) == len(first | {*plain[target]})
    page.go_back()
    page.wait_for_function(f"() => document.querySelectorAll('#listed tbody tr').length === {len(first)}")


def test_a_way_is_as_short_as_networkx_finds_it(explorer, page, network) -> None:
    codes = {f"{d['kind']}:{d['code']}": n for n, d in network.nodes(data=True)}
    plain: nx.Graph[str] = nx.Graph(network)
    for end in ("goal:12", "actor:poison-centres", "sector:energy"):
        text = got(explorer, f"/explore/network?start=target:D5&end={end}")
        way = text.partition('id="way"')[2].partition("</section>")[0]
        assert way.count("<li>") == nx.shortest_path_length(plain, codes["target:D5"], codes[end]) + 1
    page.goto(explorer + "/explore/network")
    page.wait_for_function(DRAWN)
    page.locator("select[name=start]").select_option("target:D5")
    page.locator("select[name=end]").select_option("actor:poison-centres")
    page.locator("#way").wait_for()
    assert "start=target" in page.url and on_canvas(page) == page.locator("#way li").count()


def test_kinds_and_ties_are_hidden_in_list_and_picture(explorer, page, network) -> None:
    page.goto(explorer + "/explore/network")
    page.wait_for_function(DRAWN)
    page.locator("input[name=hide][value=indicator]").check()
    page.wait_for_url("**hide=indicator**")
    left = sum(d["kind"] != "indicator" for _, d in network.nodes(data=True))
    page.wait_for_function(f"() => document.querySelectorAll('#listed tbody tr').length === {left}")
    assert on_canvas(page) == left
    page.locator("input[name=without][value=goals]").check()
    page.wait_for_url("**without=goals**")
    kinds = nx.get_node_attributes(network, "kind")
    edges = sum(kinds[b] not in ("goal", "indicator") for _, b in network.edges())
    page.wait_for_function(f"() => document.getElementById('listed-title').textContent.includes('{edges} ties')")


def test_the_list_leads_by_keyboard_and_the_address_holds_it(explorer, page) -> None:
    page.goto(explorer + "/explore/network")
    page.wait_for_function(DRAWN)
    link = page.locator("#listed tbody th a").first
    name = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**focus=**")
    page.locator("#details-title").wait_for()
    assert page.locator("#details-title").inner_text() == name
    assert page.locator("#details .claim").count() > 3
    told = page.locator("#details").inner_text()
    page.reload()
    assert page.locator("#details").inner_text() == told
    page.wait_for_function(DRAWN)
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "focus=" not in url)


def test_without_script_there_is_a_still_picture_and_the_list(explorer, browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(explorer + "/explore/network?open=target:A1")
    assert page.locator("img.still").evaluate("i => i.complete && i.naturalWidth > 100")
    assert page.locator("#listed tbody tr").count() > 5
    context.close()


def test_files_of_the_view(explorer, network) -> None:
    rows = list(csv.DictReader(io.StringIO(got(explorer, "/explore/network.csv"))))
    assert len(rows) == network.number_of_edges()
    assert sorted((r["from_iri"], r["to_iri"]) for r in rows) == sorted(network.edges())
    drawn = ET.fromstring(got(explorer, "/explore/network.svg?hide=indicator"))
    data = json.loads(
        re.search(r'id="network-data">(.*?)</script>', got(explorer, "/explore/network"), re.S)[1]  # type: ignore[index]
    )
    assert (
        len(data["keys"]) == len(set(data["keys"])) == len(network) and len(data["source"]) == network.number_of_edges()
    )
    lines = "".join(e.get("d", "") for e in drawn.iter() if e.get("fill") == "none" and e.tag.endswith("path"))
    hidden = {n for n, d in network.nodes(data=True) if d["kind"] == "indicator"}
    assert lines.count("M") == sum(b not in hidden for _, b in network.edges())


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("network?focus=nobody", 404, "nobody"),
        ("network?hide=everyone", 400, "“hide” cannot be “everyone”"),
        ("network?open=target:Z9", 404, "target:Z9"),
        ("network.gif", 404, "the network is not given as “gif”"),
    ],
)
def test_addresses_that_mean_nothing(explorer, path, status, words) -> None:
    answer = client().request("GET", f"{explorer}/explore/{path}", headers={"Accept": "text/html"})
    assert answer.status == status and words in answer.data.decode()


def test_positions_are_those_of_the_layout(explorer, built_store) -> None:
    from targetgraph.analysis.coded_network import coded_network
    from targetgraph.analysis.placing import network_positions

    data = json.loads(
        re.search(r'id="network-data">(.*?)</script>', got(explorer, "/explore/network"), re.S)[1]  # type: ignore[index]
    )
    points = network_positions(coded_network(open_coded_graph(built_store), "gfc"))
    assert np.allclose(np.column_stack([data["x"], data["y"]]), points)
