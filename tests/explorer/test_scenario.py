"""The scenario page: what it says against the command and the simulation, and the journey of an actor who leaves."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from targetgraph.analysis.scenarios import Scenario, simulate
from targetgraph.analysis.scenarios.rdf import read_turtle
from targetgraph.namespaces import TG
from targetgraph.pipeline import open_coded_graph
from tests.web.servers import client


def test_journey_an_actor_leaves(explorer, page, axe, built_store) -> None:
    """By keyboard alone: suppose it, see what opens and closes, and go on to the matrix against today."""
    page.goto(explorer + "/explore/scenario")
    box = page.locator("input[name=without][value=governments]")
    box.focus()
    page.keyboard.press("Space")
    page.locator("button.strong").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore/scenario?scenario=without%3Dgovernments**")
    found = simulate(open_coded_graph(built_store), Scenario.parse("without=governments"), "gfc")
    lead = page.locator("#outcome .lead-in").inner_text()
    assert f"{len(found.opened)} gaps open" in lead and f"{len(found.closed)} close" in lead
    assert f"{len(found.before.gaps)} gaps today, {len(found.after.gaps)} then" in lead
    opened = page.locator("li.opens a").all_inner_texts()
    assert sorted(opened) == sorted(gap.sentence for gap in found.opened) and opened
    closed = page.locator("li.closes a").all_inner_texts()
    assert sorted(closed) == sorted(gap.sentence for gap in found.closed)
    assert axe(page) == []
    page.locator("summary").click()
    assert box.is_checked(), "the form holds what is supposed"
    page.get_by_role("link", name="Matrix against today").click()
    page.wait_for_url("**/explore/matrix?**")
    assert int(page.locator(".d-key.d-worse strong").inner_text()) > 0
    assert "without=governments" in page.locator(".supposed").inner_text()
    page.go_back()
    page.locator("#outcome").wait_for()


def test_the_command_says_the_same(explorer, page, built_store) -> None:
    page.goto(explorer + "/explore/scenario?scenario=brackets%3Ddeleted&framework=beyond2020")
    command = page.locator(".share code").nth(1).inner_text()
    found = re.fullmatch(r"targetgraph simulate --framework beyond2020 --scenario '(.*)'", command)
    assert found
    text = found[1]
    done = subprocess.run(
        [sys.executable, "-m", "targetgraph", "simulate", "-F", "beyond2020", "--scenario", text, "--format", "json",
         "--store", str(built_store)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    said = json.loads(done.stdout)
    assert len(said["opened"]) == page.locator("li.opens").count()
    assert len(said["closed"]) == page.locator("li.closes").count()


def test_it_is_saved_as_rdf_and_as_tables(explorer, built_store, tmp_path: Path) -> None:
    query = "scenario=without%3Dgovernments"
    turtle = client().request("GET", f"{explorer}/explore/scenario.ttl?{query}").data
    saved = tmp_path / "scenario.ttl"
    saved.write_bytes(turtle)
    graph = open_coded_graph(built_store)
    scenario, framework = read_turtle(saved, graph)
    assert (str(scenario), framework) == ("without=governments", "gfc")
    found = simulate(graph, scenario, framework)
    read = Graph().parse(saved)
    assert set(map(str, read.objects(None, URIRef(TG.opensGap)))) == {
        *(g.iri for g in found.opened), *(c.after.iri for c in found.changed)
    }  # fmt: skip
    rows = list(
        csv.DictReader(io.StringIO(client().request("GET", f"{explorer}/explore/scenario.csv?{query}").data.decode()))
    )
    assert {r["gap_iri"] for r in rows if r["what"] == "opens"} == {g.iri for g in found.opened}


def test_the_form_leads_to_the_canonical_form(explorer) -> None:
    query = "without=governments&without=companies&brackets=kept&without_basis=judged&dates=A1:2030+B2:none&min_confidence=0.5"
    answer = client().request("GET", f"{explorer}/explore/scenario/suppose?{query}", redirect=False)
    assert answer.status == 303
    from urllib.parse import parse_qs, urlsplit

    text = parse_qs(urlsplit(answer.headers["location"]).query)["scenario"][0]
    assert str(Scenario.parse(text)) == text
    assert (
        text
        == "without=companies,governments;without-basis=judged;min-confidence=0.5;brackets=kept;date=A1:2030,B2:none"
    )
    others = "brackets=kept&others=add%3DA1:actors:farmers"
    kept = client().request("GET", f"{explorer}/explore/scenario/suppose?{others}", redirect=False)
    assert "add%3DA1" in kept.headers["location"], "what the form has no field for is kept"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("scenario?scenario=colour%3Dred", 400, "no part"),
        ("scenario?scenario=without%3Dnobody-here", 400, "nobody-here"),
        ("scenario/suppose?without_basis=guessed", 400, "without_basis"),
        ("scenario/suppose?dates=soon", 400, "due when"),
        ("scenario.ttl", 400, "nothing is supposed"),
        ("scenario.pdf", 404, "pdf"),
    ],
)
def test_what_cannot_be_supposed(explorer, path, status, words) -> None:
    answer = client().request("GET", f"{explorer}/explore/{path}", headers={"Accept": "text/html"})
    assert answer.status == status
    assert words in answer.data.decode()


def test_printed_on_a4_it_is_the_outcome_and_the_gravest(explorer, page, need, tmp_path, built_store) -> None:
    pdftotext = need("pdftotext")
    page.goto(explorer + "/explore/scenario?scenario=without%3Dgovernments&show=gaps")
    page.pdf(path=tmp_path / "scenario.pdf", prefer_css_page_size=True)
    told = subprocess.run(
        [pdftotext, "-bbox", str(tmp_path / "scenario.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    sizes = re.findall(r'<page width="([\d.]+)"', told)
    assert 2 <= len(sizes) <= 6
    assert max(float(n) for n in re.findall(r'xMax="([\d.]+)"', told)) <= float(sizes[0]) - 20, "a column is cut"
    numbers = [int(n) for n in re.findall(r">(\d+)\.</word>", told)]
    assert [n for n in numbers if n <= 30] == list(range(1, 31)), "a number of the list is cut"
    words = " ".join(re.findall(r">([^<]+)</word>", told))
    then = simulate(open_coded_graph(built_store), Scenario.parse("without=governments"), "gfc").after.gaps
    assert f"On paper: the first 30 of {len(then)}." in words
    assert "".join(then[29].sentence.split()) in "".join(html.unescape(words).split())
    assert "".join(then[60].sentence.split()) not in "".join(html.unescape(words).split())
