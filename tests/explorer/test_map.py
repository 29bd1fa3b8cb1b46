"""The coverage map: boxes, curves and ghosts against the matrices they come from, and its use in a browser."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.coverage import coverage
from targetgraph.analysis.states import State
from targetgraph.pipeline import open_coded_graph
from tests.web.servers import client


@pytest.fixture(scope="module")
def graph(built_store: Path) -> CodedGraph:
    return open_coded_graph(built_store)


def got(explorer: str, path: str) -> str:
    answer = client().request("GET", explorer + path)
    assert answer.status == 200, answer.data[:300]
    return answer.data.decode()


def test_boxes_are_targets_and_columns_and_lead_to_their_pages(explorer, page, graph) -> None:
    page.goto(explorer + "/explore/map?all=yes")
    keys = page.locator("#map-picture .node").evaluate_all("nodes => nodes.map(n => n.dataset.key)")
    targets = [k for k in keys if k.startswith("t-")]
    assert len(targets) == 28
    for code in ("actors", "sectors", "stages", "goals"):
        mine = {k for k in keys if k.startswith(f"{code}-") and "-ghost-" not in k}
        dimension = graph.dimension(code)
        assert mine == {f"{code}-{dimension.concepts.notation[int(c)]}" for c in dimension.columns}
    leads = page.locator("#map-picture a.thing").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert len(leads) == len(keys) and all(leads)
    assert sum("/explore/targets/gfc/" in href for href in leads) == 28
    assert sum(href.startswith("/explore/targets?") for href in leads) == len([k for k in keys if "-ghost-" in k]) > 0


def test_holes_are_what_the_matrix_says(explorer, page, graph) -> None:
    page.goto(explorer + "/explore/map?all=yes")
    found = coverage(graph, "targets", "sectors", "gfc")
    best = found.states.min(axis=0)
    for heading, state in zip(found.columns, best.tolist(), strict=True):
        box = page.locator(f"#map-picture .node[data-key='sectors-{heading.code}'] a.thing > rect")
        expected = State.UMBRELLA if heading.umbrella else State(state)
        assert box.get_attribute("class") == "s-" + expected.word.replace(" ", "-")
        if expected == State.GAP:
            assert box.get_attribute("stroke-dasharray")
    assert page.locator("#map-picture path.missing").count() > 10


def test_focus_is_in_the_address_and_closes_by_escape(explorer, page, graph) -> None:
    page.goto(explorer + "/explore/map")
    page.locator(".node[data-key='t-A1'] a.mark").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**focus=t-A1**")
    links = page.locator("#focus .claim").count()
    number = sum(
        int((np.asarray(graph.dimension(d).links.target) == list(graph.targets.iri).index("https://w3id.org/targetgraph/gfc/target/A1")).sum())
        for d in ("actors", "sectors", "stages", "goals")
    )  # fmt: skip
    assert 0 < links <= number
    faded = page.locator("#map-picture .node[opacity]").count()
    assert faded > 50
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "focus=" not in url)


def test_pointing_lights_what_a_box_is_tied_to(explorer, page) -> None:
    page.goto(explorer + "/explore/map")
    page.locator(".node[data-key='actors-governments'] a.thing").hover()
    lit = page.locator(".node.lit").count()
    lines = page.locator("path.lit").count()
    assert lit == lines + 1 > 3
    page.mouse.move(2, 2)
    assert page.locator(".node.lit").count() == 0 or page.locator("svg.pointing").count() == 0


def test_without_script_it_reads_all_the_same(explorer, browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(explorer + "/explore/map?focus=sectors-agriculture")
    assert page.locator("#map-picture .node").count() > 60
    assert page.locator("#focus .claim").count() > 0
    page.locator("details.lists summary").click()
    assert page.locator("details.lists li").count() == page.locator("#map-picture .node").count()
    context.close()


def test_on_a_phone_lists_take_the_place_of_the_picture(explorer, page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(explorer + "/explore/map?lang=ar&ui=fr")
    assert not page.locator(".map").is_visible()
    assert page.locator("details.lists li").first.is_visible()
    assert page.locator("details.lists bdi[dir=rtl]").count() > 20


def test_files_of_the_view(explorer) -> None:
    drawn = ET.fromstring(got(explorer, "/explore/map.svg?all=yes"))
    boxes = [e for e in drawn.iter() if e.get("class") == "node"]
    rows = list(csv.DictReader(io.StringIO(got(explorer, "/explore/map.csv"))))
    missing = [r for r in rows if r["thing_label"].startswith("⌀")]
    assert len(boxes) > 100 and missing
    paths = [e for e in drawn.iter() if e.get("data-t")]
    assert len(paths) == len([r for r in rows if r["target"]])
    assert len([p for p in paths if p.get("class") == "missing"]) == len(missing)
    assert not [e for e in drawn.iter() if e.tag.rpartition("}")[2] in ("script", "style", "a")]
    answer = client().request("GET", explorer + "/explore/map.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert isinstance(sheet, Worksheet) and sheet.max_row == len(rows) + 1
    assert "<script" in got(explorer, "/explore/map.html")


def test_printed_on_a4_the_picture_is_whole(explorer, page, need, tmp_path) -> None:
    pdftotext = need("pdftotext")
    page.goto(explorer + "/explore/map")
    page.pdf(path=tmp_path / "map.pdf", prefer_css_page_size=True)
    text = subprocess.run(
        [pdftotext, "-bbox", "-l", "2", str(tmp_path / "map.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    ends = [float(n) for n in re.findall(r'xMax="([\d.]+)"', text)]
    width = re.search(r'<page width="([\d.]+)"', text)
    assert width and float(width[1]) == pytest.approx(595, abs=2), "A4, upright"
    assert len(ends) > 200 and max(ends) <= float(width[1]) - 20
    assert "SDG" in text.partition("</page>")[0], "the picture is on the first page"
    words = re.findall(r">([^<]+)</word>", text)
    assert "SDGs" in words and "A1" in words


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("map?focus=nothing", 404, "nothing on the map is called “nothing”"),
        ("map.gif", 404, "the map is not given as “gif”"),
        ("map?all=perhaps", 400, "“all” cannot be “perhaps”"),
        ("map?scenario=x", 400, "no part"),
    ],
)
def test_addresses_that_mean_nothing(explorer, path, status, words) -> None:
    answer = client().request("GET", f"{explorer}/explore/{path}", headers={"Accept": "text/html"})
    assert answer.status == status and words in answer.data.decode()
