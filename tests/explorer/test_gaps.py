"""The list of gaps, the page of one, and decisions about it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from targetgraph.analysis.closing.needs import ROW_KINDS
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.explanation.cell import links_of_target
from targetgraph.analysis.explanation.explaining import explain
from targetgraph.analysis.explanation.gap_closing import closes, ways_to_close
from targetgraph.analysis.gaps import gap_report
from targetgraph.analysis.gaps.selection import GapTable
from targetgraph.analysis.scenarios import apply
from targetgraph.analysis.scenarios.scenario import Scenario
from targetgraph.store import StoreFolder
from tests.web.servers import client, serving

GAP = "gfc/gap/no-deadline/C1"


@pytest.fixture(scope="module")
def graph(built_store: Path) -> CodedGraph:
    version = StoreFolder(built_store).current()
    return CodedGraph.load(version.arrays, version.data_version)


@pytest.fixture(scope="module")
def told(built_store: Path) -> Any:
    """What the command tells of the same gaps."""
    command = [sys.executable, "-m", "targetgraph", "gaps", "--store", str(built_store), "--format", "json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_every_gap_is_listed_once_and_in_order(explorer, told):
    found: list[str] = []
    start = 0
    while True:
        text = client().request("GET", f"{explorer}/explore/gaps?start={start}").data.decode()
        found += re.findall(r'<p class="sentence"><a href="/explore/gaps/([^"?]*)', text)
        if 'rel="next"' not in text:
            break
        start += 50
    assert [f"https://w3id.org/targetgraph/{path}" for path in found] == [g["iri"] for g in told["gaps"]]


@pytest.mark.parametrize(
    ("choices", "fits"),
    [
        ({"kind": ["hedged-wording"]}, lambda g: g["kind"] == "hedged-wording"),
        (
            {"certainty": ["low"], "dimension": ["sectors"]},
            lambda g: g["certainty"]["level"] == "low" and g["dimension"] == "sectors",
        ),
        ({"severity": ["high"]}, lambda g: g["severity"] >= 0.7),
        ({"severity": ["low", "medium"]}, lambda g: g["severity"] < 0.7),
        ({"target": ["A1", "B2"]}, lambda g: g["subject"] in ("A1", "B2") and "/target/" in g["subject_iri"]),
        (
            {"objective": ["C"]},
            lambda g: g["subject"][:1] == "C" and g["subject_iri"].split("/")[-2] in ("target", "objective"),
        ),
        ({"status": ["accepted"]}, lambda g: g["status"] == "accepted"),
        ({}, lambda g: True),
    ],
)  # fmt: skip
def test_choosing_and_counting_agree_with_looking_at_each(graph, told, choices, fits):
    report = gap_report(graph, "gfc")
    table = GapTable(graph, "gfc", report.gaps)
    if choices == {"status": ["accepted"]}:
        with pytest.raises(Exception, match="no gap has the status"):
            table.select(choices)
        return
    expected = [g for g in told["gaps"] if fits(g)]
    assert [g.iri for g in table.select(choices)] == [g["iri"] for g in expected]
    kinds = {f.name: f for f in table.facets(choices)}["kind"].counts
    if "kind" not in choices:
        assert kinds == {k: n for k in kinds if (n := sum(g["kind"] == k for g in expected))}


def test_bases_are_those_of_the_links_a_gap_rests_on(graph):
    report = gap_report(graph, "gfc")
    table = GapTable(graph, "gfc", report.gaps)
    words = ("named", "implied", "judged")
    links = [(d.links, n) for d in graph.dimensions.values() for n in range(d.links.rows())]
    basis = {table.iri[n]: words[int(table.basis[n])] for table, n in links}
    for wanted in ("named", "implied", "judged", "none"):
        found = {g.iri for g in table.select({"basis": [wanted]})}
        expected = set()
        for gap in report.gaps:
            bases = {basis[e.iri] for e in gap.evidence if e.iri in basis} or {"none"}
            if wanted in bases:
                expected.add(gap.iri)
        assert found == expected and found


def test_every_way_to_close_a_gap_closes_it(graph):
    """One gap of each kind; the scenario is applied anew and the gaps are searched for anew."""
    seen: set[str] = set()
    tried = 0
    for gap in gap_report(graph, "gfc").gaps:
        if gap.kind in seen or gap.kind == "empty-crossing":
            continue
        seen.add(gap.kind)
        found = ways_to_close(graph, gap)
        assert bool(found.ways) != bool(found.obstacle)
        for way in found.ways[:1]:
            then = gap_report(apply(graph, way.scenario, "gfc").graph, "gfc")
            assert gap.iri not in {g.iri for g in then.gaps}, (gap.iri, str(way.scenario))
            tried += 1
    assert tried > 10
    c1 = next(g for g in gap_report(graph, "gfc").gaps if g.iri.endswith("no-deadline/C1"))
    assert not closes(graph, c1, type(ways_to_close(graph, c1).ways[0].scenario)())


def test_changes_tried_in_a_row_alone_do_what_they_do_in_the_whole_graph(graph):
    """Half of the changes of each row are tried, and that nothing be changed, which closes no gap."""
    row_gaps = [g for g in gap_report(graph, "gfc").gaps if g.kind in ROW_KINDS]
    closed = tried = 0
    for gap in row_gaps[::4]:
        target = graph.targets.iri.index(gap.subject_iri)
        alone = links_of_target(graph, target)
        changes = explain(graph, gap.subject_iri, gap.dimension, gap.dimension, "gfc").counterfactuals
        for scenario in (Scenario(), *(c.scenario for c in changes[::2])):
            answers = {closes(alone, gap, scenario, target), closes(graph, gap, scenario)}
            assert len(answers) == 1, (gap.iri, str(scenario))
            closed += answers == {True}
            tried += 1
    assert closed > 10 and tried - closed > 10


def test_exports_hold_what_is_chosen_and_run_nothing(explorer, told):
    http = client()
    answer = http.request("GET", explorer + "/explore/gaps.csv?kind=no-deadline")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert {r["address"] for r in rows} == {g["iri"] for g in told["gaps"] if g["kind"] == "no-deadline"}
    assert "attachment" in answer.headers["content-disposition"]
    book = load_workbook(io.BytesIO(http.request("GET", explorer + "/explore/gaps.xlsx").data))
    sheet = book.worksheets[0]
    assert sheet.max_row == len(told["gaps"]) + 1
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert told["data_version"] in [row[1].value for row in book["About"].iter_rows()]
    assert http.request("GET", explorer + "/explore/gaps.pdf").status == 404


@pytest.mark.parametrize(
    "query", ["kind=nonsense", "colour=red", "start=-1", "start=x", "severity=9", "kind=" + "x" * 2000]
)
def test_what_means_nothing_is_said_to(explorer, query):
    answer = client().request("GET", f"{explorer}/explore/gaps?{query}")
    assert answer.status == 400 and b"Traceback" not in answer.data


def test_journey_explain_one_gap(explorer, page):
    """From the list to the words in the wording that show it: two clicks."""
    page.goto(explorer + "/explore/gaps?kind=hedged-wording")
    page.get_by_role("link", name=re.compile("softened by")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("is softened by")
    expect(page.get_by_text("Why it counts", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="What would close it")).to_be_visible()
    words = page.get_by_role("region", name="What it rests on").get_by_role("link").first
    said = words.inner_text()
    words.click()
    fragment = page.url.partition("#")[2]
    assert fragment.startswith("passage-hedge")
    expect(page.locator(f'[id="{fragment}"]')).to_contain_text(said)
    expect(page.locator(f'[id="{fragment}"]')).to_be_in_viewport()


def test_what_would_close_a_gap_closes_it_on_the_page_of_scenarios(explorer, page):
    page.goto(f"{explorer}/explore/gaps/{GAP}")
    page.get_by_role("link", name=re.compile("Try it as a scenario")).click()
    expect(page.locator(".outcome")).to_contain_text(re.compile(r"[12] closes?"))
    expect(page.locator(".outcome")).to_contain_text("C1")


def test_a_passage_of_a_text_that_is_held_is_marked_in_it(explorer, page):
    page.goto(explorer + "/explore/targets/beyond2020/P2#passage-bracket-1")
    marked = "() => document.getElementById('passage-bracket-1').nextElementSibling.textContent"
    assert page.evaluate(marked) == "[and waste]"


def test_journey_by_keyboard_alone(explorer, page):
    page.goto(explorer + "/explore/gaps")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to the content
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.closest('ol.gaps') && document.activeElement.tagName === 'A'"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What would close it")).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if "/explore/targets/" in (page.evaluate("() => document.activeElement.href || ''")):
            break
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wording")).to_be_visible()


# -- decisions -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def editing(built_store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("my-tables")
    with serving(built_store, "--processes", "2", "--edit", str(folder)) as running:
        yield running.url.rstrip("/"), folder


def _rows(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "acceptances.csv").read_text(encoding="utf-8"))))


def _post(base: str, fields: dict[str, str], **headers: str):
    given = {"Origin": base, **{k.replace("_", "-"): v for k, v in headers.items()}}
    return client().request(
        "POST", f"{base}/explore/gaps/{GAP}", fields=fields, encode_multipart=False, headers=given, redirect=False
    )


def test_without_editing_nothing_can_be_accepted(explorer):
    assert b"<textarea" not in client().request("GET", f"{explorer}/explore/gaps/{GAP}").data
    assert _post(explorer, {"do": "accept", "reason": "x", "seen": "none"}).status in (404, 405)


def test_a_gap_is_accepted_in_the_browser_and_taken_up_by_a_build(editing, page, tmp_path, built_store):
    base, folder = editing
    page.goto(f"{base}/explore/gaps/{GAP}")
    page.get_by_label("Reason").fill("The committee wants it open-ended.")
    page.get_by_label("Decided by").fill("Ana")
    page.get_by_role("button", name="Accept this gap").click()
    expect(page.get_by_text("accepted, in the graph from the next build on").first).to_be_visible()
    (row,) = _rows(folder)
    assert (row["gap"], row["reason"], row["accepted_by"]) == (GAP, "The committee wants it open-ended.", "Ana")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"])
    # somebody edits the file by hand while the page is open: nothing is lost, and it is said
    (folder / "acceptances.csv").write_text(f"gap,reason\n{GAP},by hand\ngfc/gap/no-deadline/E4,another\n")
    page.get_by_label("Reason").fill("Not any more.")
    page.get_by_role("button", name="Change the acceptance").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "somebody else has changed this acceptance meanwhile; it now says: by hand"
    )
    expect(page.get_by_label("Reason")).to_have_value("Not any more.")
    assert "by hand" in (folder / "acceptances.csv").read_text()
    page.get_by_role("button", name="Change the acceptance").click()  # now knowing what it says
    expect(page.get_by_text("Not any more.").first).to_be_visible()
    rows = {r["gap"]: r["reason"] for r in _rows(folder)}
    assert rows == {GAP: "Not any more.", "gfc/gap/no-deadline/E4": "another"}
    page.get_by_role("button", name="Withdraw the acceptance").click()
    expect(page.get_by_role("button", name="Accept this gap")).to_be_visible()
    assert GAP not in (folder / "acceptances.csv").read_text()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "null"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
)
def test_a_form_of_another_site_is_refused(editing, headers):
    base, folder = editing
    before = (folder / "acceptances.csv").read_bytes() if (folder / "acceptances.csv").exists() else None
    assert _post(base, {"do": "accept", "reason": "forged", "seen": "none"}, **headers).status in (403, 421)
    after = (folder / "acceptances.csv").read_bytes() if (folder / "acceptances.csv").exists() else None
    assert before == after


def test_a_reason_that_a_spreadsheet_would_run_is_refused(editing):
    base, folder = editing
    answer = _post(base, {"do": "accept", "reason": "=HYPERLINK(1)", "seen": "none"})
    assert answer.status == 200 and b"begins like a formula" in answer.data and b"=HYPERLINK(1)" in answer.data
    assert "HYPERLINK" not in (
        (folder / "acceptances.csv").read_text() if (folder / "acceptances.csv").exists() else ""
    )


def test_with_a_token_the_form_asks_for_it(built_store, tmp_path):
    token = tmp_path / "token"
    token.write_text("very secret\n")
    folder = tmp_path / "tables"
    folder.mkdir()
    with serving(built_store, "--edit", str(folder), "--token-file", str(token)) as running:
        base = running.url.rstrip("/")
        assert b'type="password"' in client().request("GET", f"{base}/explore/gaps/{GAP}").data
        wrong = _post(base, {"do": "accept", "reason": "x", "seen": "none", "token": "guess"})
        assert wrong.status == 200 and b"the token is wrong" in wrong.data and not (folder / "acceptances.csv").exists()
        assert _post(base, {"do": "accept", "reason": "x", "seen": "none", "token": "very secret"}).status == 303
        assert (folder / "acceptances.csv").exists()


def test_editing_for_others_needs_a_token(built_store, tmp_path):
    command = [
        sys.executable,
        "-m",
        "targetgraph",
        "serve",
        "--store",
        str(built_store),
        "--host",
        "0.0.0.0",
        "--edit",
        str(tmp_path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2 and "needs a token" in done.stderr
