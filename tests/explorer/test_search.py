"""Search over names in all languages: what it finds, and its suggestions in a browser by the keyboard alone."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetgraph.analysis.description.name_index import NameIndex, folded, kind_of
from tests.web.servers import client

_AGRICULTURE = "https://w3id.org/targetgraph/scheme/sector/agriculture"


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("agricultURE and food", "en"),
        ("الزراعة والغذاء", "ar"),
        ("农业", "zh"),
        ("agricultura", "es"),
        ("сельск", "ru"),
    ],
)
def test_a_sector_is_found_in_any_language(explorer, asked, language):
    answer = client().request("GET", explorer + "/explore/search", fields={"q": asked, "lang": language})
    assert answer.status == 200
    assert "/scheme/sector/agriculture" in answer.data.decode()


def test_a_suggestion_is_taken_by_keys(explorer, page):
    page.goto(explorer + "/explore")
    page.keyboard.press("/")
    page.keyboard.type("GHS applied")
    page.wait_for_selector("#suggestions[data-of='GHS applied'] [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search-all", "aria-activedescendant") == "suggestion-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore/targets/gfc/B6*")


def test_nothing_is_taken_from_suggestions_for_fewer_letters(explorer, page):
    page.goto(explorer + "/explore")
    page.fill("#search-all", "g")
    page.wait_for_selector("#suggestions[data-of=g] [role=option]")
    page.evaluate("""() => {
        const input = document.getElementById("search-all");
        input.focus();
        input.value = "GHS applied";
        input.dispatchEvent(new Event("input"));
        input.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", cancelable: true }));
        window.taken = input.getAttribute("aria-activedescendant");
    }""")
    assert page.evaluate("window.taken") is None
    page.wait_for_selector("#suggestions[data-of='GHS applied'] [aria-selected=true]")  # the first, when it is there
    assert page.get_attribute("#search-all", "aria-activedescendant") == "suggestion-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore/targets/gfc/B6*")


def test_escape_closes_and_enter_searches(explorer, page):
    page.goto(explorer + "/explore?lang=ar")
    page.fill("#search-all", "زراع")
    page.wait_for_selector("#suggestions [role=option] bdi[dir=rtl]")
    page.press("#search-all", "Escape")
    assert page.is_hidden("#suggestions")
    page.press("#search-all", "Enter")
    page.wait_for_url("**/explore/search?*lang=ar*")
    assert page.locator("ul.results bdi[lang=ar][dir=rtl]").count() >= 2


def test_suggestions_are_data_and_not_markup(explorer):
    answer = client().request("GET", explorer + "/explore/suggest", fields={"q": "gov"})
    assert answer.headers["content-type"].startswith("application/json")
    assert 1 <= len(json.loads(answer.data)) <= 8


@given(st.text(max_size=20), st.text(min_size=1, max_size=8), st.text(max_size=20))
def test_whatever_stands_in_a_name_finds_it(before, middle, after):
    name = before + middle + after
    index = NameIndex([(_AGRICULTURE, name, "en")])
    wanted = folded(middle)
    if wanted and wanted in folded(name):
        assert [f.iri for f in index.find(middle)] == [_AGRICULTURE]


def test_accents_and_vowel_signs_do_not_matter():
    assert folded("Économie ÉLECTRIQUE") == "economie electrique"
    assert folded("الصِّناعة") == folded("الصناعة")
    index = NameIndex([("https://w3id.org/targetgraph/gfc/target/A1", "Législation", "fr")])
    assert index.find("legislation")[0].fit == 0
    assert kind_of("https://w3id.org/targetgraph/gfc/target/A1") == "target"
