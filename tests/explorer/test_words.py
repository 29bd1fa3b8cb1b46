from __future__ import annotations

import re

import pytest

from targetgraph import resources
from targetgraph.phrases import recognised
from targetgraph.views.explorer.urls import INTERFACE_LANGUAGES
from targetgraph.views.explorer.words import Words, of_page, pages_with_words, placeholders

PAGES = pages_with_words()


def test_there_are_words():
    assert {"common", "overview", "state", "help"} <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_say_the_same_things(page):
    words = of_page(page)
    assert set(words) == set(INTERFACE_LANGUAGES)
    assert set(words["en"]) == set(words["fr"])
    for key, text in words["en"].items():
        assert placeholders(text) == placeholders(words["fr"][key]), key
        assert text.strip() and words["fr"][key].strip(), key


def test_templates_hold_no_words_of_their_own():
    """What stands between tags comes from the words, but for signs and the name of the software."""
    folder = resources.templates() / "explorer"
    templates = sorted(folder.glob("*.html"))
    assert len(templates) >= 4
    for template in templates:
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", template.read_text(encoding="utf-8"), flags=re.S)
        text = re.sub(
            r"<!doctype html>|<code\b.*?</code>|<pre\b.*?</pre>|<kbd>.*?</kbd>|<[^>]*>", " ", text, flags=re.S
        )
        found = [
            word
            for word in re.findall(r"[A-Za-z]{2,}", text)
            if word not in {"TargetGraph", "CC", "BY", "CSV", "XLSX", "DOCX", "HTML"}
        ]
        assert not found, f"{template.name}: {found[:5]}"


def test_places_are_escaped_and_counts_have_their_number():
    words = Words("overview", "fr")
    assert "&lt;b&gt;" in words("by_columns", plural="<b>")
    assert words.n("more", 0) == "0 autre" and words.n("more", 2) == "2 autres"
    assert Words("overview", "en").n("more", 0) == "0 more"
    assert words.number(12345) == "12\u202f345"


def test_dates_and_numbers_have_the_form_of_the_language():
    french, english = Words("overview", "fr"), Words("overview", "en")
    assert french.date("2026-11-01") == "1er novembre 2026" and english.date("2026-11-01") == "2026-11-01"
    assert french.date("2026-08-26T09:15:30Z") == "26 août 2026 à 09:15"
    assert english.date("2026-08-26T09:15:30Z") == "2026-08-26 09:15"
    assert french.date("") == "" and french.date("not recorded") == "not recorded"
    assert french.decimal(0.6) == "0,60" and english.decimal(0.6) == "0.60" and french.figure("0.85") == "0,85"


def test_french_signs_stay_with_the_word_before_them_and_commands_are_code():
    words = Words("state", "fr")
    assert words("what_to_do") == "Que faire\u00a0:"
    assert str(words.told("nobody said this")) == '<span lang="en">nobody said this</span>'
    assert str(words.told(recognised("nothing in the vocabularies is called '<b>'"))) == (
        "rien dans les vocabulaires ne s’appelle «\u00a0&lt;b&gt;\u00a0»"
    )
    assert str(words.told(recognised("change the tables and run `targetgraph build`"))).endswith(
        "lancez <code>targetgraph build</code>"
    )
    assert str(Words("state", "en").told("run `a`; why ?")) == "run <code>a</code>; why ?"
