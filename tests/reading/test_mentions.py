"""Mentions, roles and deadlines: worked cases, the submission against the curated facts, and properties of any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetgraph import resources
from targetgraph.reading.collection import read_collection
from targetgraph.reading.mentions.deadlines import deadlines
from targetgraph.reading.mentions.rules import RULES
from targetgraph.reading.mentions.stemming import stem
from targetgraph.records.mentions import Deadline, Mention
from tests.reading.corpus_reading import DEVELOPED_ON, HELD_BACK, read
from tests.reading.quality import PAGE, bracket_figures, mention_figures, reader, table


def _named(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    return [(m.concept, m.role, m.quote) for m in reader().read(text, language).of_kind("actor")]


def test_the_corpus_is_large_enough_and_in_six_languages() -> None:
    sentences = read(DEVELOPED_ON) + read(HELD_BACK)
    assert len(sentences) == 133 and len({s.id for s in sentences}) == 133
    assert {s.language for s in read(HELD_BACK)} == {"en", "fr", "es", "ar", "zh", "ru"}


def test_the_held_back_half_is_read_within_the_bounds() -> None:
    figures = mention_figures(read(HELD_BACK))
    assert figures["mentions"].f1 >= 0.9
    assert figures["deadlines"].f1 >= 0.98
    assert figures["roles"].precision >= 0.8


def test_brackets_of_the_held_back_half_are_exact() -> None:
    figures = bracket_figures(read(HELD_BACK))
    assert figures.right >= 19 and figures.f1 >= 0.99


def test_the_page_shows_the_figures_as_they_are() -> None:
    assert table() in PAGE.read_text(encoding="utf-8"), "run: python -m tests.reading.quality --write"


def test_who_is_named_in_the_submission_is_what_the_curators_recorded() -> None:
    collection = read_collection([resources.tables()])
    checked = 0
    for wording in collection.wordings:
        if not wording.text:
            continue
        links = [k for k in collection.links if k.framework == wording.framework and k.subject == wording.target]
        curated = {(k.kind, k.concept, k.role) for k in links if k.basis == "named" and k.kind != "sdg"}
        found = reader().read(wording.text, wording.language)
        read_off = {(m.kind, m.concept, m.role) for m in found.mentions if m.is_candidate}
        assert read_off == curated, wording.target
        checked += len(curated)
    assert checked == 19


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Non-governmental organizations act.", [("public-interest-ngos", "responsible")]),
        ("Governments and industry act.", [("governments", "responsible"), ("private-sector", "responsible")]),
        ("Small, medium and micro-sized enterprises act.", [("smes", "responsible")]),
        ("Laws are adopted by Governments for workers.", [("governments", "responsible"), ("workers", "beneficiary")]),
        ("Companies, excluding SMEs, report.", [("companies", "responsible"), ("smes", "excluded")]),
        (
            "Health and labour authorities act.",
            [("health-ministries", "responsible"), ("labour-ministries", "responsible")],
        ),
        ("[Governments][Companies] act.", [("governments", "responsible"), ("companies", "responsible")]),
        ("The guidelines of WHO apply; who knows.", [("who", "owner")]),
    ],
)
def test_roles(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(concept, role) for concept, role, _ in _named(text)] == expected


def test_an_abbreviation_holds_from_where_it_is_defined() -> None:
    glossary: dict = {}
    reader().read("Multi-stakeholder partnerships (MSPs) pay farmers.", "en", glossary)
    assert [m.concept for m in reader().read("The MSP pays.", "en", glossary).mentions] == [
        "multi-stakeholder-partnerships"
    ]
    assert not reader().read("The MSP pays.", "en").mentions


@pytest.mark.parametrize(
    ("language", "text", "years", "months"),
    [
        ("en", "by 2030", (2030,), 0),
        ("en", "by [2030][2035]", (2030, 2035), 0),
        ("en", "no later than 31 December 2028", (2028,), 0),
        ("en", "within five years", (), 60),
        ("fr", "d’ici à la fin de 2031", (2031,), 0),
        ("es", "a más tardar el 31 de diciembre de 2030", (2030,), 0),
        ("ru", "к концу 2030 года", (2030,), 0),
        ("ar", "بحلول نهاية عام ٢٠٣٠", (2030,), 0),
        ("zh", "不迟于2030年", (2030,), 0),
    ],
)
def test_deadlines(language: str, text: str, years: tuple[int, ...], months: int) -> None:
    (found,) = deadlines(text, language)
    assert (found.years, found.months) == (years, months)


@pytest.mark.parametrize(
    "text",
    ["Resolution 73/2015", "Beyond 2020", "ISO 14001", "the 2030 Agenda", "Directive 2010/75/EU", "below 2015 levels",
     "adopted in 2023", "the Montreal Protocol of 1987", "ISO 9001:2015", "by 2015 levels", "by 2020/21 figures"],
)  # fmt: skip
def test_no_deadline(text: str) -> None:
    assert not deadlines(text, "en")


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["Government", "governments"]), ("en", ["woman", "women"]), ("en", ["authority", "authorities"]),
        ("fr", ["gouvernement", "gouvernements"]), ("fr", ["agricole", "agricoles"]), ("fr", ["national", "nationaux"]),
        ("es", ["gobierno", "gobiernos"]), ("es", ["autoridad", "autoridades"]), ("es", ["país", "países"]),
        ("ru", ["правительство", "правительства", "правительствами"]), ("ru", ["компания", "компаний", "компаниям"]),
        ("ar", ["المزارعون", "المزارعين", "والمزارعين", "للمزارعين"]),
    ],
)  # fmt: skip
def test_inflected_forms_have_one_stem(language: str, forms: list[str]) -> None:
    assert len({stem(form, language) for form in forms}) == 1


_WORDS = ["Governments", "[", "]", "WHO", "and", ",", "by 2030", "(", ")", ".", "authorities", "health", "非政府组织",
          "الحكومات", "d’ici", "20", "\u200b", "use of chemicals", "excluding", "SDG 12.4", "\n",
          "в течение трёх лет"]  # fmt: skip
_LANGUAGES = ["en", "fr", "es", "ru", "ar", "zh", "xx"]


@given(
    st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join) | st.text(max_size=80),
    st.sampled_from(["en", "fr", "es", "ru", "ar", "zh", "xx"]),
)
def test_any_text_is_read_and_every_place_is_what_it_quotes(text: str, language: str) -> None:
    found = reader().read(text, language)
    items: list[Mention | Deadline] = [*found.mentions, *found.deadlines]
    for item in items:
        assert 0 <= item.start < item.end <= len(text)
        assert item.quote == text[item.start : item.end]
        assert item.rule in RULES
    for mention in found.mentions:
        assert not mention.role_rule or mention.role_rule in RULES
        assert not mention.label or not re.search("[<>]", mention.label)
