"""Brackets: worked cases, and trees made at random whose readings are known by enumerating them."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from targetgraph.reading.brackets import (
    all_deleted,
    all_kept,
    clean_reading,
    decisive_readings,
    each_alternative,
    number_of_readings,
    parse_brackets,
    share_in_brackets,
)
from tests.components import CHECKOUT

CASES = [
    # text, kinds of its segments, number of readings, all kept, all deleted
    ("management of chemicals [and waste].", "n", 2, "management of chemicals and waste.", "management of chemicals."),
    ("Governments [shall][should] act.", "nn", 2, "Governments shall act.", "Governments shall act."),
    ("By [2030] [2035] act", "nn", 2, "By 2030 act", "By 2030 act"),
    ("They [shall/should] act", "nnn", 2, "They shall act", "They shall act"),
    ("[sound][environmentally sound] management", "nn", 3, "sound management", "management"),
    ("chemicals [and waste][and products]", "nn", 4, "chemicals and waste and products", "chemicals"),
    ("[take [effective] measures] now", "nn", 3, "take effective measures now", "now"),
    ("reduce by [X] per cent by [TBD] [...]", "ppp", 1, "reduce by [X] per cent by [TBD] [...]", None),
    ("as shown [1, 2], see [A/RES/70/1] [sic] and [t]he", "ccee", 1, None, None),
    ("reduce by [50] per cent", "n", 2, "reduce by 50 per cent", "reduce by per cent"),
    ("polic[y][ies]", "nn", 3, "policy", "polic"),
    ("Option 1: Act.\nOption 2: Act [now].", "nnn", 3, "Act.", "Act."),
    ("[Alt 1: shall] [Alt 2: may] act", "nn", 2, "shall act", "shall act"),
    ("in the European Union [in the EU]", "n", 2, "in the European Union in the EU", "in the European Union"),
    ("no brackets at all (proposed by nobody)", "", 1, "no brackets at all (proposed by nobody)", None),
]


@pytest.mark.parametrize(("text", "kinds", "count", "kept", "deleted"), CASES)
def test_worked_cases(text, kinds, count, kept, deleted):
    read = parse_brackets(text)
    assert "".join(segment.kind[0] for segment in read.segments) == kinds
    assert number_of_readings(read) == count
    assert all_kept(read) == (text if kept is None else kept)
    assert all_deleted(read) == (text if deleted is None else deleted)
    assert not read.repairs


@pytest.mark.parametrize(
    ("text", "parties", "verb"),
    [
        ("[and waste EU]", ("EU",), ""),
        ("[and waste – EU, Norway]", ("EU", "Norway"), ""),
        ("[and waste (African Group)]", ("African Group",), ""),
        ("[EU: and waste]", ("EU",), ""),
        ("[and waste] (proposed by Norway and the African Group)", ("Norway", "African Group"), "proposed"),
        ("[and waste] (supported by Ruritania, EU)", ("Ruritania", "EU"), "supported"),
        ("[and waste] [GRULAC]", ("GRULAC",), ""),
    ],
)
def test_who_proposed_it(text, parties, verb):
    read = parse_brackets(f"chemicals {text} by 2030")
    first = read.segments[0]
    assert [(a.parties, a.verb) for a in first.attributions] == [(parties, verb)]
    assert all_kept(read) == "chemicals and waste by 2030"
    assert all_deleted(read) == "chemicals by 2030"
    assert share_in_brackets(read).in_brackets == 2
    assert share_in_brackets(read).words == 5


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("measures [and waste by 2030.", [("]", 27)]),
        ("measures and waste] by 2030.", [("[", 0)]),
        ("one\nmeasures and waste] by 2030.", [("[", 4)]),
        ("[a [b] c", [("]", 8)]),
        ("a] b [c", [("[", 0), ("]", 7)]),
    ],
)
def test_a_missing_bracket_is_supplied_and_flagged(text, repaired):
    read = parse_brackets(text)
    assert [(repair.sign, repair.position) for repair in read.repairs] == repaired
    assert sum(bool(segment.repaired) for segment in read.segments) == len(repaired)
    mended = text
    for repair in sorted(read.repairs, key=lambda r: -r.position):
        mended = mended[: repair.position] + repair.sign + mended[repair.position :]
    again = parse_brackets(mended)
    assert not again.repairs
    assert number_of_readings(again) == number_of_readings(read)
    assert all_kept(again) == all_kept(read)


def test_alternatives_are_shown_one_at_a_time():
    read = parse_brackets("By [2030][2035], Governments [shall][should] act [soon].")
    assert [text for _, text in each_alternative(read)] == [
        "By 2030, Governments shall act soon.",
        "By 2035, Governments shall act soon.",
        "By 2030, Governments shall act soon.",
        "By 2030, Governments should act soon.",
    ]


# --- trees made at random -----------------------------------------------------------------------------------

WORDS = st.sampled_from(["alpha", "beta", "gamma", "delta", "kappa"])
LEAF = WORDS.map(lambda word: ("word", word))


def trees(children):
    several = st.lists(children, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda parts: ("bracket", parts)),
        st.lists(several, min_size=2, max_size=3).map(lambda members: ("either", members)),
        st.sampled_from([("modal", ["shall", "should"]), ("modal", ["2030", "2035", "2040"])]),
    )


TEXTS = st.lists(st.recursive(LEAF, trees, max_leaves=7), min_size=1, max_size=4)


def written(parts) -> str:
    out = []
    for kind, content in parts:
        if kind == "word":
            out.append(content)
        elif kind == "bracket":
            out.append(f"[{written(content)}]")
        elif kind == "either":
            out.append("".join(f"[{written(member)}]" for member in content))
        else:
            out.append("".join(f"[{word}]" for word in content))
    return " as ".join(out)  # words between, so that neighbours are independent


def enumerated(parts) -> list[str]:
    choices = []
    for kind, content in parts:
        if kind == "word":
            choices.append([content])
        elif kind == "bracket":
            choices.append(["", *enumerated(content)])
        elif kind == "either":
            choices.append(["", *itertools.chain.from_iterable(enumerated(member) for member in content)])
        else:
            choices.append(list(content))
    return [" as ".join(combination) for combination in itertools.product(*choices)]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def readings_of(read):
    """Every reading, by trying every set of dropped segments that the rules allow."""
    found = []
    for dropped in itertools.product([False, True], repeat=len(read.segments)):
        gone = {index for index, goes in enumerate(dropped) if goes}
        inside = {i for i, s in enumerate(read.segments) if s.parent in gone}
        if inside - gone:
            continue  # a choice inside what is gone is not a choice
        if any(
            goes and s.group < 0 and not s.may_go and s.parent not in gone
            for goes, s in zip(dropped, read.segments, strict=True)
        ):
            continue
        fits = True
        for group in read.groups:
            if read.segments[group.members[0]].parent in gone:
                continue
            stay = [member for member in group.members if member not in gone]
            fits = fits and (len(stay) == 1 or (not stay and not group.required))
        if fits:
            found.append(squeezed(clean_reading(read, gone)))
    return found


@given(TEXTS)
@settings(max_examples=150)
def test_readings_are_those_one_gets_by_enumerating(parts):
    text = written(parts)
    expected = sorted(squeezed(reading) for reading in enumerated(parts))
    read = parse_brackets(text)
    assert number_of_readings(read) == len(expected)
    if len(read.segments) <= 11:
        assert sorted(readings_of(read)) == expected
    assert squeezed(all_kept(read)) in expected
    assert squeezed(all_deleted(read)) in expected
    for _, reading in each_alternative(read):
        # an alternative inside another that was not chosen is not seen; what is shown is a reading all the same
        assert squeezed(reading) in expected
    decisive = [squeezed(reading) for reading in decisive_readings(read)]
    assert set(decisive) <= set(expected)
    assert {w for reading in decisive for w in reading.split()} == {w for reading in expected for w in reading.split()}


@given(st.text(alphabet="[]ab /–:()\n1EU.,", max_size=60))
@settings(max_examples=400)
def test_whatever_stands_there_the_segments_nest_and_nothing_is_lost(text):
    read = parse_brackets(text)
    for index, segment in enumerate(read.segments):
        assert 0 <= segment.start <= segment.inner_start <= segment.inner_end <= segment.end <= len(text)
        if segment.parent >= 0:
            parent = read.segments[segment.parent]
            assert segment.parent < index
            assert parent.start <= segment.start and segment.end <= parent.end
    for one, other in itertools.combinations(read.segments, 2):
        assert other.start >= one.end or (one.start <= other.start and other.end <= one.end), (one, other)
    assert number_of_readings(read) >= 1
    letters = re.sub(r"[^ab]", "", text)
    assert len(re.sub(r"[^ab]", "", all_kept(read))) <= len(letters)
    all_deleted(read)
    share = share_in_brackets(read)
    assert 0 <= share.in_brackets <= share.words
    # as many brackets as the text has, plus those that were supplied
    brackets = [s for s in read.segments if s.form == "bracket"]
    assert 2 * len(brackets) == text.count("[") + text.count("]") + len(read.repairs)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit on processor time here")
def test_long_lines_take_time_in_proportion():
    # a million characters at most, each line with 15 s of processor time that the system itself counts
    done = subprocess.run(
        [sys.executable, "-m", "tests.reading.brackets.long_lines"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["read opened", "read closed", "read deep", "read many", "read spaces"]


def test_the_count_is_exact_however_large():
    read = parse_brackets("[and x] to " * 5_000)
    assert number_of_readings(read) == 2**5_000
    nested = parse_brackets("[a " * 400 + "]" * 400)
    assert number_of_readings(nested) == 401
