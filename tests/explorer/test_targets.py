"""The list of targets, fact sheets, actors and lineage."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.duties import Actors
from targetgraph.analysis.gaps import gap_report
from targetgraph.analysis.scenarios import Scenario, apply
from targetgraph.store import StoreFolder
from tests.web.servers import client


@pytest.fixture(scope="module")
def graph(built_store) -> CodedGraph:
    version = StoreFolder(built_store).current()
    return CodedGraph.load(version.arrays, version.data_version)


def _rows(explorer: str, path: str) -> list[dict[str, str]]:
    answer = client().request("GET", explorer + path)
    assert answer.status == 200, answer.data[:500]
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_states_in_the_list_are_those_the_gaps_tell_of(explorer, graph):
    rows = {r["target"]: r for r in _rows(explorer, "/explore/targets.csv")}
    assert len(rows) == 28
    words = {"umbrella-only-row": "umbrella", "implied-only-row": "implied", "empty-row": "gap", "thin-row": "thin"}
    column = {"actors": "Who must act", "sectors": "In which sector", "stages": "When in the life cycle"}
    looked = 0
    for gap in gap_report(graph, "gfc").gaps:
        if gap.kind in words and gap.dimension in column:
            assert rows[gap.subject][column[gap.dimension]] == words[gap.kind], gap.iri
            looked += 1
    assert looked > 40
    of_targets = [g for g in gap_report(graph, "gfc").gaps if "/gfc/target/" in g.subject_iri]
    assert sum(int(r["gaps"]) for r in rows.values()) == len(of_targets)


def test_choosing_a_state_leaves_just_those(explorer):
    every = _rows(explorer, "/explore/targets.csv")
    chosen = _rows(explorer, "/explore/targets.csv?dimension=actors&state=umbrella&sort=gaps")
    assert {r["target"] for r in chosen} == {r["target"] for r in every if r["Who must act"] == "umbrella"} != set()
    counts = [int(r["gaps"]) for r in chosen]
    assert counts == sorted(counts, reverse=True)
    assert client().request("GET", explorer + "/explore/targets?state=umbrella").status == 400
    assert client().request("GET", explorer + "/explore/targets/gfc/Z9").status == 404


def test_a_sheet_marks_brackets_where_they_stand(explorer, page):
    page.goto(explorer + "/explore/targets/beyond2020/P2")
    text = page.locator("article.wording blockquote").first
    expect(text).to_have_text(
        "Partnerships and networks amongst sectors and stakeholders are strengthened to achieve the sound management of "
        "chemicals [and waste]."
    )
    expect(text.locator("mark.bracketed")).to_have_text("[and waste]")
    expect(text.locator("mark.emphasised")).to_have_text("Partnerships and networks")


def test_a_sheet_never_shows_a_reading_as_what_the_text_says(explorer):
    """The badge of every claim on every sheet is that of the links table."""
    import re as expression

    from targetgraph import resources

    checked = 0
    for framework, targets in (("gfc", ("A1", "D4", "E3")), ("beyond2020", ("P1", "P4"))):
        with (resources.tables() / framework / "links.csv").open(encoding="utf-8") as file:
            links = list(csv.DictReader(file))
        for target in targets:
            text = client().request("GET", f"{explorer}/explore/targets/{framework}/{target}").data.decode()
            for row in (r for r in links if r["target"] == target and r["dimension"] in ("sector", "stage")):
                shown = expression.search(
                    rf'<li id="claim-{row["dimension"]}-{row["concept"]}">.*?<span class="badge (named|implied|judged)">',
                    text,
                    expression.S,
                )
                assert shown, (target, row)
                assert shown[1] == {"named": "named", "implied": "implied"}.get(row["basis"], "judged"), row
                checked += 1
    assert checked > 15


def test_a_sheet_tells_lineage_once_with_how_it_is_known(explorer):
    for code in ("P1", "P2", "P3", "P4", "P5"):
        text = client().request("GET", f"{explorer}/explore/targets/beyond2020/{code}").data.decode()
        assert len(re.findall(r"<h2[^>]*>Lineage</h2>", text)) == 1, code
        kin = text.partition('id="kin"')[2].partition("</section>")[0]
        claims = re.findall(rf'href="/beyond2020/link/{code}/lineage/([^"?]+)', text)
        assert claims and sorted(claims) == sorted(set(claims)), f"{code}: a claim is told twice or not at all"
        for claim in claims:
            entry = re.search(rf'<li id="claim-lineage-{re.escape(claim)}">.*?</li>', kin, re.S)
            assert entry and re.search(r'class="badge (named|implied|judged)"', entry[0]), (code, claim)


def test_a_sheet_fits_two_pages(explorer, page):
    for target in ("gfc/A1", "gfc/D1", "beyond2020/P1"):
        page.goto(f"{explorer}/explore/targets/{target}")
        pdf = page.pdf(format="A4", print_background=True)
        pages = len(re.findall(rb"/Type\s*/Page[^s]", pdf))
        assert 1 <= pages <= 2, f"{target} takes {pages} pages"


def test_the_smart_verdicts_are_those_of_the_command(explorer, page, built_store):
    command = [
        sys.executable,
        "-m",
        "targetgraph",
        "smart",
        "beyond2020",
        "--store",
        str(built_store),
        "--format",
        "json",
    ]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["targets"]
    words = {"met": "met", "partly": "partly", "not": "not met", "cannot tell": "cannot tell"}
    for target in told[:3]:
        page.goto(f"{explorer}/explore/targets/beyond2020/{target['code']}")
        part = page.get_by_role("region", name="How SMART it is")
        assert part.locator("dt .badge").all_inner_texts() == [words[v["verdict"]] for v in target["verdicts"]]
        quoted = part.locator("q.fails").all_inner_texts()
        assert all(quote in target["text"] for quote in quoted)
    page.goto(explorer + "/explore/targets/gfc/A1")
    expect(page.get_by_role("region", name="How SMART it is")).to_contain_text("Judged on our paraphrase")


def test_duties_are_the_rows_of_the_links_table(explorer, graph):
    from targetgraph import resources

    with (resources.tables() / "gfc" / "links.csv").open(encoding="utf-8") as file:
        mine = [r for r in csv.DictReader(file) if r["dimension"] == "actor" and r["concept"] == "companies"]
    rows = [r for r in _rows(explorer, "/explore/actors/companies/duties.csv") if r["linked actor"] == "Companies"]
    assert sorted((r["target"], r["role"]) for r in rows) == sorted(
        (r["target"], r["role"] or "unstated") for r in mine
    )
    dates = [int(r["deadline"] or 9999) for r in _rows(explorer, "/explore/actors/companies/duties.csv")]
    assert dates == sorted(dates)


def test_counts_of_actors_include_narrower_ones(graph):
    every = {a.actor.code: a for a in Actors(graph, "gfc").all()}
    acting = graph.dimension("actors")
    for code in ("governments", "private-sector", "academia"):
        number = list(acting.concepts.notation).index(code)
        below = set(acting.descendants(number).tolist())
        named, acts = set(), set()
        for n in range(acting.links.rows()):
            target = int(acting.links.target[n])
            if int(acting.links.concept[n]) in below and target in graph.targets_of(graph.framework_number("gfc")):
                acts.add(target)
                if acting.links.basis[n] == 0:
                    named.add(target)
        assert (every[code].named, every[code].must_act) == (len(named), len(acts))


def test_what_falls_if_an_actor_leaves(explorer, page, graph):
    page.goto(explorer + "/explore/actors/governments")
    part = page.get_by_role("region", name="What falls if it leaves")
    expect(part).to_contain_text("targets would have no named actor left")
    iri = "https://w3id.org/targetgraph/scheme/actor/governments"
    then = gap_report(apply(graph, Scenario(without=frozenset({iri})), "gfc").graph, "gfc")
    expect(part).to_contain_text(f"{len(then.gaps)} then")
    page.get_by_role("link", name="A1 Chemicals laws").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A1")


def test_lineage_tells_of_every_proposal_and_leads_on(explorer, page):
    rows = _rows(explorer, "/explore/lineage.csv")
    became = {(r["target"], r["became"], r["successor"]) for r in rows if r["target"]}
    assert ("P1", "dropped", "") in became and ("P2", "became", "E2") in became
    assert len({r["target"] for r in rows if r["target"]}) == 5
    taken = {r["successor"] for r in rows if r["target"] and r["successor"]}
    added = {r["successor"] for r in rows if r["became"] == "added"}
    assert not taken & added and len(taken | added) == 28
    page.goto(explorer + "/explore/lineage")
    assert page.locator("figure.lineage path.whole").count() == 3 + 1  # and the one in the key
    page.get_by_role("row", name=re.compile("^P2")).get_by_role("link", name=re.compile("^E2")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("E2")
    expect(page.get_by_role("region", name="Lineage")).to_contain_text("P2")
