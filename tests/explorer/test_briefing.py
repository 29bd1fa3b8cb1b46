"""The briefing: chosen from page to page, read in the browser, on paper and in a word processor."""

from __future__ import annotations

import io
import re
from urllib.parse import urlencode

from docx import Document
from playwright.sync_api import expect

from tests.web.servers import client

PARTS = [
    "overview",
    "gap:gfc/gap/no-deadline/C1",
    "target:beyond2020/P2",
    "actor:governments",
    "matrix:rows=targets&columns=stages",
    "query:name=wording/hedges-per-target",
    "lineage:beyond2020/gfc",
    "scenario:without=governments",
]


def _address(explorer: str, items: list[str], **more: str) -> str:
    return f"{explorer}/explore/briefing{more.pop('form', '')}?" + urlencode({"item": items, **more}, doseq=True)


def _document(explorer: str, items: list[str], **more: str):
    answer = client().request("GET", _address(explorer, items, form=".docx", **more))
    assert answer.status == 200 and "wordprocessingml" in answer.headers["content-type"]
    return Document(io.BytesIO(answer.data))


def test_parts_are_gathered_from_page_to_page(explorer, page):
    page.goto(explorer + "/explore/gaps/gfc/gap/no-deadline/C1")
    page.get_by_role("link", name="Add to the briefing").click()
    expect(page.get_by_role("heading", name="C1 (Work programmes")).to_be_visible()
    page.goto(explorer + "/explore/targets/gfc/A1")
    page.get_by_role("link", name="Add to the briefing").click()
    expect(page.get_by_role("heading", name="A1 Chemicals laws")).to_be_visible()
    expect(page.get_by_role("heading", name="C1 (Work programmes")).to_be_visible()
    assert page.url.count("item=") == 2
    page.goto(explorer + "/explore/briefing")
    page.get_by_role("link", name="Go on with the 2 parts").click()
    page.get_by_role("link", name=re.compile("^Down ?: C1")).click()
    headings = page.locator("article.briefing > section > h2")
    assert headings.nth(0).inner_text().startswith("A1") and headings.nth(1).inner_text().startswith("C1")
    page.get_by_role("link", name=re.compile("^Take out ?: A1")).click()
    expect(headings).to_have_count(2)  # the part that is left, and the method


def test_page_and_document_say_the_same(explorer, page):
    page.goto(_address(explorer, PARTS))
    document = _document(explorer, PARTS)
    shown = page.locator("article.briefing h2").all_inner_texts()
    written = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert written == shown and len(shown) == len(PARTS) + 1
    text = page.locator("article.briefing").inner_text()
    for table in document.tables:
        for row in table.rows[:3]:
            for cell in row.cells[:2]:
                assert cell.text in text
    said = "\n".join(p.text for p in document.paragraphs)
    assert "[and waste]" in said and "recalled, not checked against the official text" in said
    assert re.search(r"\d{4}-\d\d-\d\d · data version [0-9a-f]{16}", said)
    assert "targetgraph gaps --framework gfc --all" in said
    assert round(document.sections[0].page_width.mm) == 210


def test_a_briefing_prints_without_cut_columns(explorer, page):
    page.goto(_address(explorer, PARTS))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})  # A4 less its margins, at 96 to the inch
    cut = page.evaluate(
        "() => [...document.querySelectorAll('article.briefing *')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert cut == 0
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_one_file_stands_alone(explorer, page, tmp_path):
    answer = client().request("GET", _address(explorer, PARTS, form=".html"))
    assert answer.status == 200 and "attachment" in answer.headers["content-disposition"]
    file = tmp_path / "briefing.html"
    file.write_bytes(answer.data)
    page.goto(_address(explorer, PARTS))
    shown = page.locator("article.briefing h2").all_inner_texts()
    page.goto(file.as_uri())
    assert page.locator("article.briefing h2").all_inner_texts() == shown
    assert page.evaluate("() => getComputedStyle(document.querySelector('table.data td')).borderBottomStyle") == "solid"
    assert not re.search(rb'(?:src|href)="/|<script|<link', answer.data)


def test_what_cannot_be_shown_says_so(explorer):
    wrong = [
        "gap:gfc/gap/none/X",
        "target:gfc/Z9",
        "nonsense:1",
        "query:query=SELEKT",
        "matrix:rows=x&columns=y",
        "lineage:gfc/nope",
    ]
    answer = client().request("GET", _address(explorer, wrong))
    assert answer.status == 200 and len(re.findall(r'<h2 id="part-\d">This part cannot', answer.data.decode())) == len(
        wrong
    )
    assert len(_document(explorer, wrong).paragraphs) > len(wrong)
    many = [f"target:gfc/{n}" for n in range(41)]
    assert client().request("GET", _address(explorer, many)).status == 400


def test_hostile_words_are_words(explorer, page):
    title = "<script>alert(1)</script>\x0b & Co"
    page.goto(_address(explorer, ["overview"], title=title))
    assert page.locator("article h1").inner_text().startswith("<script>alert(1)</script>")
    document = _document(explorer, ["overview"], title=title)
    assert document.paragraphs[0].text.startswith("<script>alert(1)</script>\ufffd & Co")
    assert "& Co" in document.core_properties.title


def test_a_briefing_in_french_has_french_headings(explorer):
    document = _document(explorer, ["gap:gfc/gap/no-deadline/C1"], ui="fr")
    assert "Méthode et données" in [p.text for p in document.paragraphs]
    assert "Pourquoi cela compte" in [c.text for t in document.tables for r in t.rows for c in r.cells]


def test_the_coverage_map_is_a_picture_on_the_page_and_in_the_file_and_a_table_in_the_document(
    explorer, page, tmp_path
):
    page.goto(_address(explorer, ["map"]))
    picture = page.locator("article.briefing figure img")
    assert picture.evaluate("async image => { await image.decode(); return image.naturalWidth; }") > 400
    holes = page.locator("article.briefing table tbody tr").count()
    document = _document(explorer, ["map"])
    assert len(document.tables[0].rows) == holes + 1 > 5
    assert any("/explore/map.svg" in paragraph.text for paragraph in document.paragraphs)
    whole = client().request("GET", _address(explorer, ["map"], form=".html")).data.decode()
    alone = tmp_path / "briefing.html"
    alone.write_text(whole, encoding="utf-8")
    page.goto(alone.as_uri())
    assert page.locator("figure svg").evaluate("svg => svg.getBoundingClientRect().width") > 300
