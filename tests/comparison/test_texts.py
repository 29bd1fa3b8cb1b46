"""Versions of a list of texts: alignment against a list whose history is known, word diffs put together again, drift."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetgraph.analysis.comparison.texts import align, difference, drift
from targetgraph.records.wordings import TargetText
from tests.reading.quality import reader

OLD = {
    "1": "By 2030, Governments shall adopt laws on pesticides [and waste] and report on emissions from mining.",
    "2": "Companies commit to disclose the chemicals in their products by 2028.",
    "3": "Farmers are trained in the safe use of pesticides.",
    "4": "Universities publish data on nanomaterials every year.",
    "5": "Donors fund poison centres in developing countries.",
    "6": "Customs stop illegal traffic in mercury, and retailers take back lamps that contain mercury.",
    "7": "Ministries of labour inspect tanneries.",
}
NEW = {
    "1": "By 2035, Governments should, as appropriate, adopt laws on pesticides and waste and report on emissions.",
    "2": "Companies are encouraged to disclose the chemicals in their products.",
    "3": "Farmers are trained in the safe use of pesticides, and donors fund poison centres in developing countries.",
    "5": "Universities publish data on nanomaterials every year.",
    "6": "Customs stop illegal traffic in mercury.",
    "7": "Retailers take back lamps that contain mercury.",
    "8": "Banks integrate climate risk into lending.",
}


def _texts(said: dict[str, str]) -> list[TargetText]:
    return [TargetText(code=code, text=text) for code, text in said.items()]


def test_alignment_tells_a_history_that_is_known() -> None:
    found = {
        (a.before.code if a.before else "", a.after.code if a.after else ""): a for a in align(_texts(OLD), _texts(NEW))
    }
    assert {pair: a.relation for pair, a in found.items()} == {
        ("1", "1"): "reworded",
        ("2", "2"): "reworded",
        ("3", "3"): "reworded",
        ("4", "5"): "moved",
        ("5", "3"): "merged",
        ("6", "6"): "reworded",
        ("6", "7"): "split",
        ("7", ""): "dropped",
        ("", "8"): "added",
    }
    assert "same number 1" in found["1", "1"].similarity.because
    assert "“nanomaterials”" in found["4", "5"].similarity.because


def test_renumbered_texts_find_each_other_whatever_their_numbers() -> None:
    texts = _texts(OLD)
    shuffled = list(OLD.values())
    random.Random(4).shuffle(shuffled)
    again = [TargetText(code=str(n), text=text) for n, text in enumerate(shuffled, start=1)]
    pairs = [(a.before, a.after) for a in align(texts, again)]
    assert len(pairs) == len(texts)
    assert all(b is not None and a is not None and a.text == b.text for b, a in pairs)


def _words(text: str) -> list[str]:
    return re.findall(r"[\u3400-\u9fff]|\w+(?:[’'-]\w+)*|[^\w\s]", text.replace("[", " ").replace("]", " "))


_BITS = st.lists(
    st.sampled_from(["shall", "should", "[", "]", "waste", ",", "and", "2030", "d’ici", "政府", "x-y", "(", "“"]),
    max_size=20,
)


@given(_BITS.map(" ".join), _BITS.map(" ".join))
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    parts = difference(before, after)
    old = [w for p in parts if p.kind != "inserted" for w in _words(p.text)]
    new = [w for p in parts if p.kind not in ("deleted", "not chosen") for w in _words(p.text)]
    assert old == _words(before) and new == _words(after)


def test_a_lifted_bracket_is_no_deletion() -> None:
    parts = difference("chemicals [and waste] [by 2030] now", "chemicals and waste now [in full]")
    assert [(p.kind, p.text, p.disputed) for p in parts] == [
        ("kept", "chemicals", False),
        ("lifted", "and waste", False),
        ("deleted", "by 2030", True),
        ("kept", "now", False),
        ("inserted", "in full", True),
    ]
    assert [p.kind for p in difference("a b", "a [b]")] == ["kept", "bracketed"]


DECISIONS = [
    # before, after, the parts by hand (k kept, d deleted, i inserted, l lifted, b bracketed, c chosen, n not chosen), relation
    ("Firms [shall][should] act.", "Firms should act.", "k:Firms n:shall c:should k:act.", "brackets decided"),
    ("Firms [shall/should] act.", "Firms shall act.", "k:Firms c:shall n:should k:act.", "brackets decided"),
    ("Firms act by [2030] or [2035].", "Firms act by 2035.", "k:Firms act by n:2030 c:2035 k:.", "brackets decided"),
    # What alternatives have in common is matched in the one that stays.
    (
        "[take steps][take steps now] here",
        "take steps here",
        "c:take steps n:take steps now k:here",
        "brackets decided",
    ),
    # The group that proposed the words is no word of the text, whether it goes or comes.
    ("chemicals [and waste – EU]", "chemicals and waste", "k:chemicals l:and waste", "brackets decided"),
    ("chemicals [and waste]", "chemicals [and waste – EU]", "k:chemicals and waste", "reworded"),
    ("Option 1: Firms act.\nOption 2: Firms talk.", "Firms talk.", "n:Firms act. c:Firms talk.", "brackets decided"),
    # Fewer alternatives, and still open.
    ("by [2030][2035][2040]", "by [2030][2035]", "k:by 2030 2035 d*:2040", "brackets decided"),
    # A nested bracket lifted with the one around it deleted in part.
    (
        "firms [and [their] banks] act",
        "firms and banks act",
        "k:firms l:and d*:their l:banks k:act",
        "brackets decided",
    ),
    # Neither alternative: something was lost, and something came.
    ("Firms [shall][should] act.", "Firms may act.", "k:Firms d*:shall should i:may k:act.", "reworded"),
    ("Firms should act.", "Firms [shall][should] act.", "k:Firms i*:shall b:should k:act.", "reworded"),
]


@pytest.mark.parametrize(("before", "after", "parts", "relation"), DECISIONS)
def test_decisions_about_brackets(before: str, after: str, parts: str, relation: str) -> None:
    said = [f"{p.kind[0]}{'*' * (p.disputed and p.kind != 'not chosen')}:{p.text}" for p in difference(before, after)]
    assert " ".join(said) == parts
    (found,) = align([TargetText(code="1", text=before)], [TargetText(code="1", text=after)])
    assert found.relation == relation


CHOICES = [
    # The least that was open stays the least: a choice, and no loss.
    ("Governments [shall][should] act.", "Governments should act.", {("duty", "other")}),
    ("Governments [shall][should] act.", "Governments shall act.", {("duty", "firmer")}),
    ("Governments should act.", "Governments [shall][should] act.", {("duty", "other")}),
    ("Governments shall act.", "Governments [shall][should] act.", {("duty", "softer")}),
    ("Governments [shall][should] act.", "Governments may act.", {("duty", "softer")}),
    ("Governments act by [2030][2035].", "Governments act by 2035.", {("date", "other")}),
    ("Governments act by [2030][2035].", "Governments act by 2030.", {("date", "firmer")}),
    ("Governments act by [2030][2035].", "Governments act by 2040.", {("date", "softer")}),
    ("Governments act [by 2030].", "Governments act.", {("date", "other")}),
    ("Governments act within five years.", "Governments act within ten years.", {("span", "softer")}),
    ("Governments [and farmers] shall act.", "Governments shall act.", {("actor", "other")}),
    ("Governments [and farmers] shall act.", "Governments and farmers shall act.", {("actor", "firmer")}),
    ("Governments and farmers shall act.", "Governments [and farmers] shall act.", {("actor", "softer")}),
    ("Governments shall act[, as appropriate].", "Governments shall act.", {("hedge", "firmer")}),
    ("Governments shall act[, as appropriate].", "Governments shall act, as appropriate.", {("hedge", "other")}),
    ("Governments cut emissions by [20%][40%].", "Governments cut emissions by 40%.", {("quantity", "other")}),
    ("Governments act [on mercury – EU].", "Governments act [on mercury].", set()),
]


@pytest.mark.parametrize(("before", "after", "expected"), CHOICES)
def test_a_choice_between_what_was_open_is_no_loss(before: str, after: str, expected: set[tuple[str, str]]) -> None:
    old, new = TargetText(code="1", text=before), TargetText(code="1", text=after)
    assert {(d.kind, d.direction) for d in drift(old, new, reader())} == expected


def test_many_brackets_are_compared_in_bounded_time() -> None:
    text = "Governments " + "[shall][should] act on [mercury][lead] and " * 60 + "report by [2030][2035]."
    (found,) = align(
        [TargetText(code="1", text=text)], [TargetText(code="1", text=text.replace("[2030]", ""))], reader()
    )
    assert found.diff


@pytest.mark.parametrize(
    ("before", "after", "kind", "direction"),
    [
        ("Governments shall act.", "Governments should act.", "duty", "softer"),
        ("Companies commit to report.", "Companies are encouraged to report.", "duty", "softer"),
        ("Companies may report.", "Companies must report.", "duty", "firmer"),
        ("Firms act by 2030.", "Firms act by 2035.", "date", "softer"),
        ("Firms act by 2030.", "Firms act.", "date", "softer"),
        ("Firms act by [2030].", "Firms act by 2030.", "date", "firmer"),
        ("Firms act.", "Firms act as appropriate.", "hedge", "softer"),
        ("Governments and firms act.", "Governments act.", "actor", "softer"),
        ("All firms act.", "Firms act.", "absolute", "softer"),
        ("Firms cut waste by 40%.", "Firms cut waste by 20%.", "quantity", "other"),
        ("Les pays doivent agir.", "Les pays devraient agir.", "duty", "softer"),
    ],
)
def test_drift(before: str, after: str, kind: str, direction: str) -> None:
    language = "fr" if before.startswith("Les") else "en"
    old, new = (TargetText(code="1", text=text, language=language) for text in (before, after))
    assert (kind, direction) in [(d.kind, d.direction) for d in drift(old, new, reader())]
    if kind not in ("actor",):
        back = [(d.kind, d.direction) for d in drift(new, old, reader())]
        opposite = {"softer": "firmer", "firmer": "softer", "other": "other"}[direction]
        assert (kind, opposite) in back


def test_the_same_text_does_not_drift() -> None:
    for text in OLD.values():
        same = TargetText(code="1", text=text)
        assert not list(drift(same, same, reader()))


@pytest.mark.parametrize("unit", ["a ", "[a ", "[a][b ", "[a] ", "Option 1: a\n", "a b [c] "])
def test_texts_that_repeat_themselves_are_compared_in_bounded_time(unit: str) -> None:
    """Matching all equal words with each other would be 10^8 pairs, and hours."""
    import time

    began = time.process_time()
    one, other = unit * 10_000, "x " + unit * 10_000
    parts = difference(one, other)
    assert any(part.kind == "inserted" and part.text.startswith("x") for part in parts)
    assert time.process_time() - began < 30  # 1 s on an idle machine
