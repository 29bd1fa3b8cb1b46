"""SMART verdicts: worked cases, the submission, the held-back half, terms that do not agree, lists of one's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from targetgraph import resources
from targetgraph.cli import group
from targetgraph.errors import InputError
from targetgraph.pipeline.texts import reader as texts_reader
from targetgraph.reading.collection import read_collection
from targetgraph.reading.mentions import Reader
from targetgraph.reading.mentions.word_lists import WordLists
from targetgraph.reading.smart import inconsistencies, judge
from targetgraph.records.smart import CRITERIA
from tests.components import CHECKOUT
from tests.reading.corpus_reading import HELD_BACK, read
from tests.reading.quality import reader, smart_figures


@pytest.mark.parametrize(
    ("text", "criterion", "verdict", "words"),
    [
        ("By 2030, Governments ban lead paint.", "specific", "met", "Governments"),
        ("By 2030, stakeholders ban lead paint.", "specific", "partly", "stakeholders"),
        ("Lead paint is banned as appropriate.", "specific", "not", "as appropriate"),
        ("Companies cut releases by 40% compared with 2020.", "measurable", "met", "40%"),
        ("Companies cut releases by 40%.", "measurable", "partly", "40%"),
        ("Companies strengthen safety.", "measurable", "not", "strengthen"),
        ("Companies raise awareness.", "measurable", "not", "raise awareness"),
        ("Companies act by 2030.", "time-bound", "met", "by 2030"),
        ("Companies act by [2030][2035].", "time-bound", "partly", "by [2030][2035]"),
        ("Companies act within five years.", "time-bound", "partly", "within five years"),
        ("Companies act.", "time-bound", "not", ""),
        ("Companies act.", "achievable", "cannot tell", ""),
        ("Companies act to protect human health.", "relevant", "met", "to protect"),
    ],
)
def test_verdicts(text: str, criterion: str, verdict: str, words: str) -> None:
    found = judge(reader(), text).of(criterion)
    assert found.verdict == verdict
    assert words in found.because


def test_every_fault_has_a_hint_and_a_source_and_says_where() -> None:
    checked = 0
    for sentence in read(HELD_BACK):
        for finding in judge(reader(), sentence.text, sentence.language).findings:
            assert sentence.text[finding.start : finding.end] == finding.quote or finding.start == -1
            if finding.is_fault:
                assert finding.source and finding.says
                checked += 1
    assert checked > 80


def test_verdicts_on_the_submission_agree_with_what_the_curators_judged() -> None:
    collection = read_collection([resources.tables()])
    judged = {t.id: t for t in collection.targets if t.framework == "beyond2020"}
    texts = {w.target: w.text for w in collection.wordings if w.framework == "beyond2020"}
    for code, text in texts.items():
        found = judge(reader(), text)
        assert found.of("time-bound").verdict == ("met" if judged[code].deadline else "not")
        assert found.of("measurable").verdict != "met" and judged[code].measurable != "yes"
        assert all(found.of(c).because for c in CRITERIA)
    # The curators: no actor is named in P5; P2 gives nothing but "strengthened"; P4 facilitates.
    assert "Nobody is said to act" in judge(reader(), texts["P5"]).of("specific").because
    assert "strengthened" in judge(reader(), texts["P2"]).of("measurable").because
    assert "facilitate change" in judge(reader(), texts["P4"]).of("specific").because
    hedges = {(p.target, p.quote) for p in collection.passages if p.framework == "beyond2020" and p.kind == "hedge"}
    said = {(code, f.quote) for code, text in texts.items() for f in judge(reader(), text).findings if f.is_fault}
    missing = {(c, q) for c, q in hedges if not any(c == d and q in r for d, r in said)}
    assert missing == {("P4", "including")}, "an open list is a curator's hedge, and no listed word"


def test_the_held_back_half() -> None:
    figures = smart_figures(read(HELD_BACK))
    for kind, least in (("hedge", 0.9), ("vague", 0.85), ("verdict T", 0.95), ("verdict M", 0.9), ("verdict S", 0.8)):
        assert figures[kind].f1 >= least, kind


def test_without_a_text_nothing_is_told() -> None:
    found = judge(reader(), " ", "en")
    assert found.basis == "absent" and {v.verdict for v in found.verdicts} == {"cannot tell"}
    assert {v.verdict for v in judge(reader(), "Regierungen handeln.", "de").verdicts} == {"cannot tell"}


def test_terms_that_do_not_agree() -> None:
    texts = {"A": "Companies act.", "B": "Firms act.", "C": "Farmers act on transport and storage."}
    found = inconsistencies({code: reader().read(text) for code, text in texts.items()})
    assert [i.sentence for i in found if i.kind == "terms"] == [
        "actor companies goes under 2 names: “Companies” (A); “Firms” (B)."
    ]
    assert [i.about for i in found if i.kind == "concepts"] == ["transport and storage"]


def test_a_word_of_ones_own_counts(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        '<https://w3id.org/targetgraph/scheme/wording/vague-quality> skos:altLabel "blue-sky"@en .\n'
        '<https://w3id.org/targetgraph/scheme/actor/farmers> skos:altLabel "tillers"@en .\n',
        encoding="utf-8",
    )
    mine = Reader.of(read_collection([resources.tables()]), (own,))
    assert [f.quote for f in judge(mine, "By 2030 tillers have blue-sky plans.").findings if f.kind == "vague"] == [
        "blue-sky"
    ]
    assert [m.concept for m in mine.read("Tillers act.").mentions] == ["farmers"]


def test_the_lists_say_what_they_are_and_speak_english_and_french() -> None:
    lists = WordLists().lists
    faulty = ("vague-quality", "hedge-condition", "hedge-effort", "activity", "degree", "absolute")
    for code in faulty:
        known = lists[code]
        assert known.definition and known.hint and known.source
        assert {"en", "fr"} <= set(known.words)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit on processor time here")
def test_endless_repetition_takes_time_that_grows_with_the_text_and_no_faster() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.reading.endless"], cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=True
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 16
    assert [line for line in lines if not line.startswith("within ")] == []


ISSUES = "id,kind,label_en,status,source\nblue-paint,issue of concern,Blue paint,sourced,https://example.org/meeting\n"
OWN = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wording: <https://w3id.org/targetgraph/scheme/wording/>
<https://w3id.org/targetgraph/scheme/actor/farmers> skos:altLabel "tillers"@en, "laboureurs"@fr .
wording:vague-quality skos:altLabel "blue-sky"@en, "tout azimut"@fr .
wording:binding skos:hiddenLabel "have got to"@en .
"""


def test_words_of_ones_own_in_a_folder_of_tables_or_a_file_count_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "labels.ttl").write_text(OWN, encoding="utf-8")
    (tmp_path / "mine" / "issues.csv").write_text(ISSUES, encoding="utf-8")
    (tmp_path / "one.md").write_text("- Target 1: By 2030, tillers adopt blue-sky plans.\n", encoding="utf-8")
    (tmp_path / "un.md").write_text("- Cible 1 : Les laboureurs adoptent des plans tout azimut.\n", encoding="utf-8")
    places = (["--tables", str(tmp_path / "mine")], ["--terms", str(tmp_path / "mine" / "labels.ttl")])
    for name, language, vague, own in (
        ("one.md", "en", "blue-sky", places[0]),
        ("un.md", "fr", "tout azimut", places[1]),
        ("one.md", "en", "blue-sky", []),
    ):
        read_it = CliRunner().invoke(group, ["read", str(tmp_path / name), "--language", language, *own])
        assert ("names: farmers" in read_it.output) == bool(own), read_it.output
        judged = CliRunner().invoke(group, ["smart", str(tmp_path / name), "--language", language, *own])
        assert (f"“{vague}”" in judged.output) == bool(own), judged.output
    drifted = CliRunner().invoke(group, ["align", str(tmp_path / "one.md"), str(tmp_path / "un.md"), *places[1]])
    assert drifted.exit_code == 0, drifted.output


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            '<https://w3id.org/targetgraph/scheme/actor/farmer> skos:altLabel "x"@en .',
            "'x' is a label of a concept that is in no vocabulary\n.*did you mean <https://w3id.org/target",
        ),
        (
            'wording:vague-qualtiy skos:altLabel "x"@en .',
            "'x' is in a list of words that nothing reads\n.*vague-quality",
        ),
        ('wording:vague-quality skos:altLabel "x" .', "has no language"),
        ("wording:vague-quality skos:altLabel .", "not Turtle"),
    ],
)
def test_words_that_would_have_no_effect_are_refused(tmp_path: Path, line: str, told: str) -> None:
    own = tmp_path / "own.ttl"
    own.write_text("\n".join(OWN.splitlines()[:2]) + "\n" + line, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        texts_reader((), (own,))


def test_labels_of_ones_own_concepts(tmp_path: Path) -> None:
    (tmp_path / "issues.csv").write_text(ISSUES, encoding="utf-8")
    (tmp_path / "labels.ttl").write_text(
        OWN + '<https://w3id.org/targetgraph/scheme/issue/blue-paint> skos:altLabel "azure coating"@en .',
        encoding="utf-8",
    )
    assert [m.concept for m in texts_reader((tmp_path,)).read("Stop azure coatings.").mentions] == ["blue-paint"]
