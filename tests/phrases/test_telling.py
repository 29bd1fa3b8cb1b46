from __future__ import annotations

import copy
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetgraph.phrases import Telling, counted, declared, few, joined, listed, say

FRENCH = Telling(
    "fr", {"Farmers and growers": "Agriculteurs et producteurs", "Whole life cycle": "Cycle de vie entier"}
)


def test_a_phrase_is_its_english_text_for_everybody_else():
    said = say("{target} gives no date.", target="C1")
    assert said == "C1 gives no date." and json.loads(json.dumps([said])) == ["C1 gives no date."]
    assert type(str(said)) is str and hash(said) == hash("C1 gives no date.")
    for copied in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):
        assert copied == said and FRENCH(copied) == FRENCH(said) == "C1 ne donne pas de date."
    many = listed(["A1", "B2"])
    assert FRENCH(pickle.loads(pickle.dumps(many))) == "A1 et B2"


@pytest.mark.parametrize(
    ("words", "limit", "english", "french"),
    [
        ([], 8, "none", "aucun"),
        (["A1"], 8, "A1", "A1"),
        (["A1", "B2", "C1"], 8, "A1, B2 and C1", "A1, B2 et C1"),
        (["A1", "B2", "C1"], 2, "A1, B2 and C1", "A1, B2 et C1"),
        (["A1", "B2", "C1", "D1"], 2, "A1, B2 and 2 others", "A1, B2 et 2 autres"),
    ],
)
def test_lists(words, limit, english, french):
    assert listed(words, limit) == english and FRENCH(listed(words, limit)) == french


def test_numbers_genders_elision_and_plural():
    sector = say("names and implies no {singular}", singular="sector")
    stage = say("names and implies no {singular}", singular="life-cycle stage")
    assert FRENCH(sector) == "ne nomme ni n’implique aucun secteur"
    assert FRENCH(stage) == "ne nomme ni n’implique aucune étape du cycle de vie"
    fewer = "{count} of {targets} targets name fewer {plural} than they are obliged to: {names}."
    told = {"count": 2, "targets": 1200, "names": listed(["A1", "B2"])}
    assert FRENCH(declared(fewer, {**told, "plural": "issues of concern"})).startswith(
        "2 des 1\u202f200 cibles nomment moins de questions préoccupantes qu’elles"
    )
    assert "moins d’indicateurs" in FRENCH(declared(fewer, {**told, "plural": "indicators"}))
    share = say("Reported from {share:.0%} of the targets on.", share=0.9)
    assert share == "Reported from 90% of the targets on."
    assert FRENCH(share) == "Signalé à partir de 90\u202f% des cibles."
    more = [FRENCH(counted("and {n} more link", "and {n} more links", n)) for n in (1, 2)]
    assert more == ["et 1 autre lien", "et 2 autres liens"]


def test_what_has_no_french_is_said_to_be_english():
    said = say("{target} makes {actor} alone responsible.", target="A1 (Chemicals laws)", actor="Farmers and growers")
    assert FRENCH.pieces(said) == [
        ("A1 (Chemicals laws)", "en"),
        (" rend « Agriculteurs et producteurs » seul responsable.", "fr"),
    ]
    assert FRENCH.pieces("a sentence of somebody else") == [("a sentence of somebody else", "en")]
    assert FRENCH.pieces("A1") == [("A1", "")] and FRENCH.knows(say("{target} gives no date.", target="C1"))
    assert Telling("en").pieces(said) == [(str(said), "en")]


def test_sentences_one_after_the_other():
    both = joined([say("{target} gives no date.", target="C1"), "Their own words."], " ")
    assert both == "C1 gives no date. Their own words."
    assert FRENCH.pieces(both) == [("C1 ne donne pas de date. ", "fr"), ("Their own words.", "en")]


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_put_in_is_never_read_as_a_template(target, actor):
    said = say("{target} makes {actor} alone responsible.", target=target, actor=actor)
    assert said == target + " makes " + actor + " alone responsible."
    known = Telling("fr")
    assert known(said) == known(target) + " rend « " + known(actor) + " » seul responsable."
    data = declared(target, {"count": 2})
    assert str(data) == target.replace("{count}", "2")


def test_what_is_left_out_of_a_row_is_counted_in_either_language():
    names = ["air", "water", "soil"]
    assert few(names, 2) == "air, water and 1 more"
    assert few(names, 3) == "air, water and soil"
    assert Telling("fr", {"air": "air", "water": "eau"})(few(names, 2)) == "air, eau et 1 de plus"


def test_alternatives_are_told_with_the_word_for_them():
    assert joined(["a1", "b2"], " or ") == "a1 or b2"
    assert Telling("fr")(joined(["a1", "b2"], " or ")) == "a1 ou b2"
