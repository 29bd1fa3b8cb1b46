"""What a description says, on the bundled graph and on a few statements made up for the purpose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetgraph import iris
from targetgraph.analysis.description.describing import Describer
from targetgraph.analysis.description.statements import RDFS_LABEL, TYPE, Quad, Statements
from targetgraph.analysis.description.wordings import stretches
from targetgraph.library.terms import XSD, Iri, Literal
from targetgraph.namespaces import PREFIXES, TG

LANG = PREFIXES["rdf"] + "langString"


@pytest.fixture(scope="module")
def described(whole, terms):
    describer = Describer(whole, terms, 1000)
    return lambda *parts: describer.describe(iris.BASE + "/".join(parts))


def test_brackets_are_marked_in_the_wording(described) -> None:
    (wording,) = described("beyond2020/target/P2").sheet.wordings
    text = "".join(s.text for s in wording.stretches)
    assert text.endswith("the sound management of chemicals [and waste].")
    assert [s.text for s in wording.stretches if "bracketed" in s.marks] == ["[and waste]"]
    assert wording.document is not None and wording.document.paged


def test_a_text_that_is_not_held_is_said_to_be_absent(described) -> None:
    (wording,) = described("gfc/target/A1").sheet.wordings
    assert wording.stretches == ()
    assert wording.status == "text not reproduced" and "may not be reproduced" in wording.definition
    assert {p.kind for p in wording.passages} == {"hedge"}


def test_recalled_targets_carry_a_warning_and_others_none(whole, terms) -> None:
    describer = Describer(whole, terms)
    targets = [t for t in whole if TG.Target in whole.types(t)]
    recalled = {t for t in targets if TG.Recalled in whole.iris(t, TG.verification)}
    assert 0 < len(recalled) < len(targets) == 33
    for target in targets:
        warnings = describer.describe(target).warnings
        assert bool(warnings) is (target in recalled)
        assert all("recalled, not checked" in w for w in warnings)


def test_claims_say_their_basis(described) -> None:
    claims = described("gfc/target/A1").sheet.claims
    actors = {c.other.text: c for c in claims["Who: actors"]}
    assert (actors["Governments"].basis, actors["Governments"].role) == ("named", "responsible")
    assert actors["Companies"].basis == "implied"
    assert all(c.basis == "judged" for c in claims["Towards: Sustainable Development Goals"])
    indicators = claims["Measured how: indicators"]
    assert all(c.remarks for c in indicators), "an indicator says how far it is adopted"
    umbrella = described("scheme/actor/stakeholders").groups[0].claims
    assert all(c.remarks == ("a catch-all",) for c in umbrella)


def test_a_claim_in_brackets_says_so(described) -> None:
    (waste, _) = described("beyond2020/target/P2").sheet.claims["When: life-cycle stages"]
    assert waste.bracketed and waste.quotes == ("[and waste]",)


def test_a_gap_shows_reason_evidence_and_query(described) -> None:
    gap = described("gfc/gap/umbrella-only-column/actors/subnational-governments")
    words = {f.words for f in gap.facts}
    assert {"Why it counts", "How sure, and why", "Severity, from 0 to 1", "First seen", "Query that shows it"} <= words
    assert len(gap.evidence) == 11 and all(c.other.text == "All stakeholders" for c in gap.evidence)
    assert gap.command.startswith("targetgraph query coverage/concepts-reached-by-umbrella-only --param ")


def test_every_command_of_a_gap_can_be_called(whole, terms) -> None:
    import shlex

    from targetgraph.library import Library

    library = Library()
    describer = Describer(whole, terms)
    commands = {describer.describe(g).command for g in whole if TG.Gap in whole.types(g)}
    assert len(commands) > 30
    for command in commands:
        words = shlex.split(command)
        asked = {p.partition("=")[0] for p in words[4::2]}
        assert asked <= {p.name for p in library.find(words[2]).parameters}


def test_labels_in_six_languages(described) -> None:
    labels = described("scheme/sector/agriculture").labels
    assert set(labels) == {"en", "fr", "es", "ru", "zh", "ar"}


def test_framework_lists_objectives_and_targets_in_order(described) -> None:
    members = described("gfc").members
    assert [objective.number for objective, _ in members] == list("ABCDE")
    assert [t.number for t in members[0][1]] == [f"A{n}" for n in range(1, 8)]
    (gaps,) = [g for g in described("gfc").groups if g.words == "Gaps"]
    assert gaps.total == len(gaps.gaps) > 200


@given(
    st.text(min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70), st.sampled_from("abc")), max_size=6),
)
def test_stretches_give_the_text_back_with_the_marks_of_each_character(text, spans) -> None:
    cut = stretches(text, spans)
    assert "".join(s.text for s in cut) == text
    marks = [set(s.marks) for s in cut for _ in s.text]
    for place in range(len(text)):
        assert marks[place] == {mark for start, end, mark in spans if start <= place < end}


def test_a_name_is_made_up_for_what_has_no_label() -> None:
    link, target = iris.link("x", "T1", "actor", "a"), iris.target("x", "T1")
    quads: list[Quad] = [
        (link, TYPE, Iri(TG.Link), ""),
        (link, TG.linkSubject, Iri(target), ""),
        (target, RDFS_LABEL, Literal("Цель", LANG, "ru"), ""),
    ]
    name = Describer(Statements(quads), Statements()).words.name
    assert name(link).text == "Цель → nothing"
    assert name(target).language == "ru"
    assert name(iris.document("lost")).text == "document/lost" and not name(iris.document("lost")).paged


def test_said_twice_is_held_once_with_its_graph() -> None:
    thing, graph = iris.framework("x"), iris.graph("inferred")
    value = Literal("1", XSD + "integer")
    held = Statements([(thing, TG.order, value, "")])
    held.add([(thing, TG.order, value, graph)])
    assert [s.graph for s in held.said(thing)] == [graph]
