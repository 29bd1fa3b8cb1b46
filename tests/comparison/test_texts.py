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
    new = [w for p in parts if p.kind != "deleted" for w in _words(p.text)]
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
