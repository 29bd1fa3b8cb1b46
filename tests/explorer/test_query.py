"""The query page: forms, editor with and without Yasqe, views of an answer, sharing."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import math
import re
import shutil
import subprocess
import sys
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from targetgraph.library.terms import XSD, Iri, Literal
from targetgraph.store.results import Solutions
from targetgraph.views.explorer.answer_charts import chart
from targetgraph.views.explorer.answer_maps import answer_map
from targetgraph.views.explorer.answers import Columns, cell, chosen_columns, matrix
from targetgraph.views.explorer.assets import has_editor
from targetgraph.views.explorer.query import share
from targetgraph.views.explorer.urls import Urls
from tests.components import CHECKOUT
from tests.web.servers import client

TO = Urls("gfc")


def number(value: object) -> Literal:
    return Literal(str(value), XSD + "integer")


@pytest.fixture(scope="session")
def hatch_build():
    spec = importlib.util.spec_from_file_location("hatch_build", CHECKOUT / "hatch_build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def editor(hatch_build) -> None:
    """The editor, fetched as a build of the wheel does; a skip where it cannot be."""
    if not has_editor():
        said = hatch_build.fetch(CHECKOUT / hatch_build.FOLDER)
        if not has_editor():
            pytest.skip(said)


# -- answers ---------------------------------------------------------------------------------------------------


def test_only_addresses_of_the_web_become_links():
    for iri in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "urn:x:y"):
        assert cell(TO, Iri(iri)).address == ""
    assert cell(TO, Iri("https://w3id.org/targetgraph/gfc/target/A1")).address.startswith("/explore/targets/gfc/A1")
    assert cell(TO, Iri("https://example.org/x")).outside


def test_a_chart_is_to_scale():
    rows = tuple((Literal(f"n{v}"), number(v)) for v in (-3, 0, 4, 10))
    answer = Solutions(("name", "count"), rows)
    columns = chosen_columns(answer, Columns(), "bar")
    assert (columns.across, columns.value) == ("name", "count")
    bars = chart(answer, columns, "bar")
    assert bars is not None
    widths = {m.value: m.width for m in bars.marks}
    assert math.isclose(widths[10] / widths[4], 2.5) and math.isclose(widths[4] / widths[-3], 4 / 3) and widths[0] == 0
    assert all(m.x + 1e-6 >= bars.zero if m.value >= 0 else m.x < bars.zero for m in bars.marks)
    line = chart(
        Solutions(("year", "n"), ((number(2035), number(2)), (number(2030), number(6)))),
        Columns("year", value="n"),
        "line",
    )
    assert line is not None
    assert [m.label for m in line.marks] == ["2030", "2035"] and line.marks[0].y < line.marks[1].y
    assert chart(Solutions(("a",), ((Literal("x"),),)), Columns("a"), "bar") is None


def test_a_matrix_counts_rows_and_a_map_draws_each_pair_once():
    rows = tuple((Literal(a), Literal(b)) for a, b in (("x", "1"), ("x", "1"), ("y", "2"), ("x", "2")))
    answer = Solutions(("a", "b"), rows)
    found = matrix(TO, answer, Columns(across="b", down="a", value="count"))
    assert found is not None
    assert [r.text for r in found.rows] == ["x", "y"] and found.cells == (("2", "1"), ("", "1"))
    drawn = answer_map(TO, answer, Columns(across="b", down="a"))
    assert drawn is not None
    assert {t.title: t.number for t in drawn.ties} == {"x → 1": 2, "y → 2": 1, "x → 2": 1}


# -- the page --------------------------------------------------------------------------------------------------


def test_every_question_can_be_asked_from_its_link(explorer):
    """A form of each is there, with its defaults or examples filled in, and it is answered."""
    text = client().request("GET", explorer + "/explore/query").data.decode()
    names = re.findall(r'href="/explore/query\?name=([^&"]*)', text)
    assert len(names) > 100
    for name in sorted(set(names))[3::30]:
        page = client().request("GET", f"{explorer}/explore/query?name={name}").data.decode()
        assert 'id="problem"' not in page and 'id="answer"' in page, name


def test_parameters_are_chosen_from_what_there_is(explorer, page):
    page.goto(explorer + "/explore/query?name=evidence/fact-sheet&p.target=gfc/A1")
    field = page.get_by_label("target", exact=True)
    assert field.evaluate("f => f.selectedOptions[0].textContent").startswith("A1")
    assert field.locator("option").count() == 33
    field.select_option(label="B1 Full data on chemical properties")
    page.get_by_role("button", name="Ask").first.click()
    expect(page).to_have_url(re.compile("p.target=%3Chttps"))
    expect(page.get_by_role("region", name="table").last).to_contain_text("gfc/link/B1/")


def test_names_are_asked_for_in_the_language_of_the_labels(explorer):
    address = explorer + "/explore/query?name=coverage/sector-stage-cells-nobody-reaches"
    for given, tag, english in (("", "en", True), ("&lang=fr", "fr", False), ("&lang=fr&p.language=en", "en", True)):
        page = client().request("GET", address + given).data.decode()
        choice = page.partition('id="p.language"')[2].partition("</select>")[0]
        assert f'<option value="{tag}" selected>' in choice, given
        answer = page.partition('id="answer"')[2]
        assert ("Use by consumers" in answer) is english, given


def test_a_gap_leads_to_the_query_that_shows_it(explorer, page):
    page.goto(explorer + "/explore/gaps/gfc/gap/empty-column/sectors/water")
    page.get_by_role("link", name=re.compile("Open and run")).click()
    expect(page.get_by_role("heading", name="Answer")).to_be_visible()
    expect(page.get_by_role("region", name="table")).to_contain_text("Water supply and sanitation")


def test_journey_query_chart_and_share(explorer, page):
    page.goto(explorer + "/explore/query")
    page.locator("summary", has_text="Wording").click()
    page.get_by_role("link", name="How many softening words each target carries").click()
    page.get_by_label("Show as").select_option("bar")
    page.get_by_role("button", name="Show").last.click()
    expect(page.locator("figure.chart rect.bar")).to_have_count(28)
    shared = page.get_by_label("As an address").input_value()
    page.goto("about:blank")
    page.goto(shared)
    expect(page.locator("figure.chart rect.bar")).to_have_count(28)
    page.go_back()
    page.go_forward()
    expect(page.locator("figure.chart rect.bar")).to_have_count(28)
    page.locator("summary", has_text="As a command").click()
    command = page.locator("pre.copy").first.inner_text()
    curl = shutil.which("curl")
    if curl:
        done = subprocess.run(["sh", "-c", command + " -s"], capture_output=True, text=True, check=True)
        assert len(done.stdout.split()) > 28 and done.stdout.count("/gfc/target/") == 28
    page.locator("summary", has_text="As Python").click()
    program = page.locator("pre.copy").last.inner_text()
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.count("/gfc/target/") == 28


@pytest.mark.parametrize(
    "text", ["SELECT * { ?s ?p 'it''s' }", 'ASK { ?a ?b """x""" }', "ASK { ?a ?b 'back\\\\slash' } # \"", "é\n中"]
)
def test_what_is_shared_is_quoted(text):
    made = share("http://127.0.0.1:1", "/explore/query", text, "ASK")
    program = made.python.partition("\naddress")[0] + "\nimport sys; sys.stdout.buffer.write(query.encode())"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout.decode() == text
    echoed = made.curl.replace("curl -G", "printf '%s\\n'", 1)
    shown = subprocess.run(["sh", "-c", echoed], capture_output=True, check=True).stdout.decode()
    assert shown.endswith("query=" + text + "\n")


def test_what_stands_in_an_answer_runs_nothing(explorer, page):
    """Markup, addresses with scripts and formulas, as text."""
    hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    formula = "=cmd|' /C calc'!A0"
    bound = f'BIND({json.dumps(hostile)} AS ?a) BIND(<javascript:alert(1)> AS ?b) BIND("{formula}" AS ?c)'
    query = f"SELECT ?a ?b ?c {{ {bound} }}"
    page.goto(explorer + "/explore/query?" + urlencode({"query": query}))
    expect(page.get_by_role("region", name="table")).to_contain_text(hostile)
    assert page.locator("table.answer a").count() == 0 and page.title().startswith("Query")
    for view in ("matrix", "map"):
        page.goto(explorer + "/explore/query?" + urlencode({"query": query, "view": view, "down": "a", "across": "b"}))
        assert page.locator("main img, main script:not([type='application/json'])").count() == 0
    http = client()
    text = http.request("GET", explorer + "/explore/query.csv?" + urlencode({"query": query})).data.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1][2].startswith("'=")
    book = load_workbook(
        io.BytesIO(http.request("GET", explorer + "/explore/query.xlsx?" + urlencode({"query": query})).data)
    )
    assert [c.data_type for c in book.worksheets[0][2]] == ["s", "s", "s"]


def test_limits_and_mistakes_are_told(built_store, page):
    from tests.web.servers import serving

    with serving(built_store, "--processes", "1", "--limit-rows", "7", "--limit-seconds", "1") as running:
        base = running.url.rstrip("/")
        page.goto(base + "/explore/query?" + urlencode({"query": "SELECT ?s { ?s ?p ?o }"}))
        expect(page.get_by_text("The answer was cut at 7 rows")).to_be_visible()
        expect(page.get_by_text(re.compile("may run 1 seconds and answers with up to 7 rows")).first).to_be_attached()
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STR(?c) < STR(?f) && STR(?i) < STR(?a)) }"
        page.goto(base + "/explore/query?" + urlencode({"query": slow}))
        expect(page.get_by_role("heading", name="This query was not answered")).to_be_visible()
        expect(page.locator("#problem + pre")).to_contain_text(re.compile("second|time"))
        page.goto(
            base + "/explore/query?" + urlencode({"query": "SELECT ?s { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"})
        )
        expect(page.get_by_role("heading", name="This query was not answered")).to_be_visible()


def test_complete_knows_vocabulary_and_data(explorer):
    def asked(typed: str) -> Any:
        answer = client().request("GET", f"{explorer}/explore/query/complete?q={quote(typed)}")
        return json.loads(answer.data)

    assert [c["insert"] for c in asked("tg:respons")[:2]] == ["tg:responsibleActor", "tg:ResponsibilityLink"]
    assert any(c["insert"] == "sector:agriculture" or "sector/agriculture" in c["insert"] for c in asked("agricult"))
    assert any(c["insert"] == "gfc:A1" for c in asked("chemicals laws"))
    assert asked("OPT")[0]["insert"] == "OPTIONAL"
    assert asked("zzzzzz") == []


def test_the_plain_text_area_completes(explorer, page, axe):
    page.goto(explorer + "/explore/query?editor=plain")
    area = page.get_by_role("textbox", name="SPARQL query")
    area.fill("SELECT ?target { ?target tg:respons")
    area.press("Control+Space")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("tg:responsibleActor")
    assert axe(page) == []
    area.press("Enter")
    expect(area).to_have_value("SELECT ?target { ?target tg:responsibleActor")
    area.press_sequentially(" ?act")
    area.press("Escape")
    area.fill("SELECT ?target { ?target tg:responsibleActor ?actor . ?ta")
    area.press("Control+Space")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("?target")
    area.fill("SELECT (COUNT(?target) AS ?n) { ?target a tg:Target }")
    area.press("Control+Enter")
    expect(page.get_by_role("region", name="table")).to_contain_text("33")


@pytest.mark.usefixtures("editor")
def test_the_editor_highlights_completes_and_lets_go(explorer, page, axe):
    page.goto(explorer + "/explore/query")
    expect(page.locator("#editor")).to_have_attribute("data-ready", "yasqe")
    expect(page.locator(".cm-keyword", has_text="SELECT")).to_be_visible()
    expect(page.locator(".parseErrorIcon")).to_have_count(0)  # our prefixes are known
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?target { ?target tg:respons")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hint").first).to_contain_text("tg:responsibleActor")
    page.keyboard.press("Enter")
    page.keyboard.type(" ?actor }")
    assert "tg:responsibleActor ?actor }" in page.locator(".CodeMirror-code").inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.textContent.trim()") == "Ask"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Answer")).to_be_visible()
    assert "responsibleActor" in page.url
    assert axe(page) == []
    # what is wrong is marked, and its explanation breaks no policy
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?a { ?a tg:x }")
    page.locator(".parseErrorIcon").first.hover()
    expect(page.locator(".parseErrorIcon").first).to_be_visible()
    assert page.evaluate("() => Object.keys(localStorage).length") == 0


@pytest.mark.usefixtures("editor")
def test_without_the_editor_the_page_has_the_text_area(tmp_path, built_store, page):
    """A copy of the package without the files that npm brings."""
    copy = tmp_path / "graph" / "targetgraph"
    shutil.copytree(CHECKOUT / "graph" / "targetgraph", copy, ignore=shutil.ignore_patterns("editor", "__pycache__"))
    for name in ("tables",):
        (tmp_path / "graph" / name).symlink_to(CHECKOUT / "graph" / name)
    for name in ("ontology", "queries"):
        (tmp_path / name).symlink_to(CHECKOUT / name)
    from tests.web.servers import serving

    with serving(built_store, "--processes", "1", environment={"PYTHONPATH": str(tmp_path / "graph")}) as running:
        page.goto(running.url.rstrip("/") + "/explore/query")
        expect(page.locator("#editor")).to_have_attribute("data-ready", "plain")
        area = page.get_by_role("textbox", name="SPARQL query")
        area.fill("ASK { ?a tg:respons")
        area.press("Control+Space")
        expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("tg:responsibleActor")


def test_without_npm_or_with_another_file_the_build_goes_on(hatch_build, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "no npm" in hatch_build.fetch(tmp_path / "editor")
    npm = tmp_path / "npm"
    npm.write_text('#!/bin/sh\nprintf "not the package" > "$PWD/fake-1.tgz"\n')
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert "not the file it should be" in hatch_build.fetch(tmp_path / "editor")
    npm.write_text("#!/bin/sh\nexit 1\n")
    assert "could not be fetched" in hatch_build.fetch(tmp_path / "editor")
    assert not (tmp_path / "editor").exists()


def test_pages_read_without_scripts(explorer, browser):
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(explorer + "/explore/query?name=wording/hedges-per-target&view=bar")
        assert page.locator("rect.bar").count() == 28
        page.goto(explorer + "/explore/query?editor=plain")
        page.locator("#query").fill("ASK {}")
        page.get_by_role("button", name="Ask").click()
        assert page.get_by_text("Yes", exact=True).is_visible()
    finally:
        context.close()


def test_unknown_questions_are_answered_with_what_comes_closest(explorer):
    answer = client().request("GET", explorer + "/explore/query?name=hedges-per-targe")
    assert answer.status == 400 and b"hedges-per-target" in answer.data
    answer = client().request("GET", explorer + "/explore/query?name=evidence/fact-sheet&p.target=nobody")
    assert answer.status == 200 and b"nothing here is called" in answer.data
