"""The value: canonical form, contradictions, and the same as RDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetgraph.analysis.coding import CodedDimension
from targetgraph.analysis.columnar import Table, Texts
from targetgraph.analysis.scenarios import Addition, Dating, Scenario, apply, simulate
from targetgraph.analysis.scenarios.rdf import as_turtle, read_turtle
from targetgraph.errors import TargetGraphError

words = st.text(min_size=1, max_size=8).filter(lambda s: s == s.strip() and s.isprintable())
names = st.frozensets(words, max_size=3)
values = st.builds(
    Scenario,
    without=names,
    without_links=st.just(frozenset()),
    without_basis=st.sampled_from((frozenset(), frozenset({"implied"}))),
    without_status=st.sampled_from((frozenset(), frozenset({"recalled", "judged"}))),
    min_confidence=st.floats(0, 1),
    only_sources=names,
    brackets=st.sampled_from(("as-is", "kept", "deleted")),
    umbrella=st.sampled_from(("as-is", "covering", "dropped")),
    as_named=st.sampled_from((frozenset(), frozenset({"judged"}))),
    add=st.frozensets(st.builds(Addition, words, words, words, st.one_of(st.just(""), words)), max_size=3),
    name=names,
    lift=names,
    renew=names,
    date=st.dictionaries(words, st.sampled_from((0, 1999, 2030)), max_size=3).map(
        lambda dates: frozenset(Dating(target, year) for target, year in dates.items())
    ),
    hedges=st.sampled_from(("as-is", "dropped")),
)


@given(values)
def test_canonical_form_reads_back(scenario: Scenario) -> None:
    text = str(scenario)
    assert Scenario.parse(text) == scenario
    assert str(Scenario.parse(text)) == text
    assert "\n" not in text


@given(values, values)
def test_equal_texts_mean_equal_scenarios(one: Scenario, other: Scenario) -> None:
    assert (str(one) == str(other)) == (one == other)


def test_order_and_repetition_do_not_matter() -> None:
    one = Scenario.parse("brackets=deleted;without=governments,companies,governments")
    assert str(one) == "without=companies,governments;brackets=deleted"
    assert one == Scenario.parse(" without=companies, governments ; brackets=deleted;")
    assert str(Scenario()) == "today" and Scenario.parse("today") == Scenario() == Scenario.parse("")


IMPOSSIBLE = [
    ("nonsense=1", "no part 'nonsense'"),
    ("without", "no part"),
    ("without=a;without=b", "twice"),
    ("without=", "needs a value"),
    ("brackets=kept,deleted", "one value"),
    ("brackets=lifted", "no treatment of brackets 'lifted'"),
    ("umbrella=open", "no treatment of catch-alls 'open'"),
    ("without-basis=hearsay", "no basis 'hearsay'"),
    ("without-status=guessed", "no verification status 'guessed'"),
    ("as-named=named", "no basis to count as named"),
    ("min-confidence=1.2", "not from 0 to 1"),
    ("min-confidence=-0.1", "not from 0 to 1"),
    ("min-confidence=nan", "not from 0 to 1"),
    ("min-confidence=much", "no confidence"),
    ("without-basis=named,implied,judged", "no link is left"),
    ("without-status=sourced,recalled,judged", "no link is left"),
    ("without-basis=implied;as-named=implied", "contradicts itself"),
    ("without-links=x;name=x", "contradicts itself"),
    ("add=A1:sectors:health;without-basis=named", "adds links named in the text and takes"),
    ("add=A1:sectors", "does not say which link"),
    ("add=A1::health", "does not say which link"),
    ("date=A1", "does not say which target is due when"),
    ("date=A1:20300", "does not say which target is due when"),
    ("date=:2030", "does not say which target is due when"),
    ("date=A1:2030,A1:none", "'A1' has two dates, none and 2030"),
    ("hedges=kept", "no treatment of hedges 'kept'"),
]


@pytest.mark.parametrize(("text", "said"), IMPOSSIBLE)
def test_impossible_in_itself(text: str, said: str) -> None:
    with pytest.raises(TargetGraphError, match=said):
        Scenario.parse(text)


UNFITTING = [
    ("without=nobody", "nothing in the vocabularies is called 'nobody'"),
    ("without=goverments", "did you mean governments"),
    ("without-links=gfc/link/Z9/actor/x", "gfc has no link"),
    ("name=beyond2020/link/P2/actor/stakeholders/participant", "gfc has no link"),
    ("only-sources=hearsay.example", "no target rests on the source"),
    ("only-sources=submission", "no link of gfc is left"),
    ("without-status=sourced,recalled;without-basis=judged,implied", "no link of gfc is left"),
    ("without=governments;add=A1:actors:environment-ministries", "takes all links to governments away"),
    ("without-links=gfc/link/A1/stage/waste;add=A1:stages:waste", "takes it away as <.*gfc/link/A1/stage/waste>"),
    ("add=Z9:sectors:health", "gfc has no target 'Z9'"),
    ("add=A1:nowhere:health", "no dimension 'nowhere'"),
    ("add=A1:sectors:cheese", "nothing in the vocabularies"),
    ("add=A1:actors:farmers:king", "no role 'king'"),
    ("add=A1:actors:farmers:beneficiary", "does not count the role 'beneficiary'"),
    ("add=A1:actors:governments", "already there"),
    ("add=A7:sectors:agriculture", "already there"),
]


@pytest.mark.parametrize(("text", "said"), UNFITTING)
def test_impossible_in_the_graph(bundled, text: str, said: str) -> None:
    with pytest.raises(TargetGraphError, match=said):
        apply(bundled[0], Scenario.parse(text), "gfc")


def test_joined() -> None:
    both = Scenario.parse("without=a;brackets=kept").joined(Scenario.parse("without=b;min-confidence=0.5"))
    assert str(both) == "without=a,b;min-confidence=0.5;brackets=kept"
    with pytest.raises(TargetGraphError, match="brackets is given as kept and as deleted"):
        both.joined(Scenario.parse("brackets=deleted"))


SAVED = [
    "without=companies;without-basis=implied;min-confidence=0.7;umbrella=covering;add=A1:actors:smes,A1:sectors:health",
    "brackets=deleted",
    "only-sources=e-voary.mg;as-named=implied",
    "without-links=gfc/link/A1/actor/governments/responsible",
    "name=gfc/link/A1/actor/health-ministries/unstated;min-confidence=1e-05",
]


@pytest.mark.parametrize("text", SAVED)
def test_saved_and_read_back(bundled, tmp_path: Path, text: str) -> None:
    from rdflib import Graph

    coded, _ = bundled
    scenario = Scenario.parse(text)
    result = simulate(coded, scenario, "gfc")
    path = tmp_path / "scenario.ttl"
    path.write_text(as_turtle(coded, result), encoding="utf-8")
    assert read_turtle(path, coded) == (scenario, "gfc")
    term = "https://w3id.org/targetgraph/ontology#"
    found = {(str(p).removeprefix(term), str(o)) for _, p, o in Graph().parse(path)}
    assert {o for p, o in found if p == "opensGap"} >= {g.iri for g in result.opened}
    assert {o for p, o in found if p == "closesGap"} >= {g.iri for g in result.closed}
    assert ("dataVersion", coded.version) in found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.replace("bracketTreatment", "bracketTreatmen"), "do not say what its canonical form says"),
        (lambda t: t.replace('"brackets=deleted"', '"brackets=kept"'), "does not belong to its canonical form"),
        (lambda t: t.replace("tg:Scenario", "tg:Framework"), "holds no scenario"),
        (lambda t: "this is no turtle at all {", "no Turtle"),
        (lambda t: t[:80], "no Turtle|holds no scenario"),
        (lambda t: "", "holds no scenario"),
    ],
)
def test_changed_files(bundled, tmp_path: Path, change, said: str) -> None:
    coded, _ = bundled
    text = as_turtle(coded, simulate(coded, Scenario.parse("brackets=deleted"), "beyond2020"))
    path = tmp_path / "scenario.ttl"
    path.write_text(change(text), encoding="utf-8")
    with pytest.raises(TargetGraphError, match=said):
        read_turtle(path, coded)


def test_a_name_of_several_things(bundled) -> None:
    """A sector that shares the code of an actor: the scenario must say which of the two it means."""
    coded, _ = bundled
    sectors = coded.dimension("sectors")
    codes = ["governments", *list(sectors.concepts.notation)[1:]]
    twin = CodedDimension(
        declaration=sectors.declaration,
        concepts=Table({**sectors.concepts, "notation": Texts.of(codes)}),
        closure=sectors.closure,
        links=sectors.links,
        qualifying=sectors.qualifying,
    )
    graph = replace(coded, dimensions={**coded.dimensions, "sectors": twin})
    with pytest.raises(TargetGraphError, match="is the name of several things"):
        apply(graph, Scenario.parse("without=governments"), "gfc")
    applied = apply(graph, Scenario.parse("without=sectors:governments"), "gfc")
    assert applied.graph.dimension("actors").links.rows() == coded.dimension("actors").links.rows()
