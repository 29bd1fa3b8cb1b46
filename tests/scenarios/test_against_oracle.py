"""Simulated coverage and gaps against the oracle on rewritten triples."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from targetgraph import iris
from targetgraph.analysis.scenarios import Scenario, apply, simulate
from targetgraph.analysis.scenarios.scenario import Addition
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline.extracting import extract
from targetgraph.store import load_memory
from tests.analysis.strategies import small_frameworks
from tests.analysis.test_against_oracle import BY_TARGETS, found_gaps, same_coverage, same_rows
from tests.oracle.frameworks import TG, is_umbrella, union
from tests.oracle.gaps import expected_gaps
from tests.scenarios.rewriting import ends, links_of, rewritten
from tests.scenarios.strategies import has_named, scenarios

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_random_scenarios(data: st.DataObject) -> None:
    sample = data.draw(small_frameworks())
    graph = union(sample.dataset)
    scenario = data.draw(scenarios(graph, sample.framework))
    coded = extract(load_memory(sample.nquads()), "sample")
    then = rewritten(graph, sample.framework, scenario)
    try:
        applied = apply(coded, scenario, sample.framework)
    except TargetGraphError as error:
        if "no link" in str(error) and "is left" in str(error):
            assert links_of(graph, sample.framework) and not links_of(then, sample.framework)
        elif "already there" in str(error):
            plain = rewritten(graph, sample.framework, scenario_without_additions(scenario))
            repeated = [has_named(plain, a) for a in scenario.add]
            assert any(repeated) or len({(a.target, a.concept) for a in scenario.add}) < len(scenario.add)
        elif "takes it away as" in str(error):
            assert any(same_link(graph, link, a) for link in scenario.without_links for a in scenario.add)
        else:
            assert "takes all links to" in str(error) and scenario.add and scenario.without
        return
    for dimension in BY_TARGETS:
        same_coverage(applied.graph, then, sample.framework, dimension)
    same_rows(applied.graph, then, sample.framework)
    assert found_gaps(applied.graph, sample.framework) == expected_gaps(then, sample.framework)
    if sample.earlier:
        assert expected_gaps(graph, sample.earlier) == found_gaps(applied.graph, sample.earlier)
    # The original was not touched, and opened and closed are the plain difference by IRI.
    assert found_gaps(coded, sample.framework) == expected_gaps(graph, sample.framework)
    result = simulate(coded, scenario, sample.framework)
    before, after = ({g.iri for g in r.gaps} for r in (result.before, result.after))
    assert {g.iri for g in result.opened} | {c.after.iri for c in result.changed} == after - before
    gone = {g.iri for g in (*result.closed, *result.absorbed)} | {c.before.iri for c in result.changed}
    assert gone == before - after
    assert {g.kind for g in result.absorbed} <= {"empty-crossing"}


def same_link(graph: Graph, link: str, addition: Addition) -> bool:
    """Whether a link ties the target to the concept that an addition names."""
    node = URIRef(link)
    return (node, TG.linkSubject, URIRef(addition.target)) in graph and URIRef(addition.concept) in ends(graph, node)


def scenario_without_additions(scenario: Scenario) -> Scenario:
    from dataclasses import replace

    return replace(scenario, add=frozenset())


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(small_frameworks())
def test_catch_alls_that_cover(sample: object) -> None:
    """The classes of links to catch-alls become those of their basis; the oracle's reach stays what it is."""
    from targetgraph.analysis.coverage import dimension_states
    from targetgraph.analysis.states import LinkClass
    from tests.analysis.strategies import Sample
    from tests.oracle.frameworks import broader, columns, dimension, link_class, links

    assert isinstance(sample, Sample)
    graph = union(sample.dataset)
    coded = extract(load_memory(sample.nquads()), "sample")
    if not links_of(graph, sample.framework):
        return
    then = apply(coded, Scenario(umbrella="covering"), sample.framework).graph
    number = then.framework_number(sample.framework)
    targets = then.targets_of(number)
    compared = 0
    for code in ("mentions", "sectors", "stages"):
        declared = dimension(graph, coded.dimension(code).declaration.iri)
        _, counts = dimension_states(then, then.dimension(code), number, targets)
        index = {iri: n for n, iri in enumerate(then.dimension(code).concepts.iri)}
        members = columns(graph, declared)
        for row, target in enumerate(targets.tolist()):
            expected = {c: dict.fromkeys(("named", "implied", "contingent", "stale"), 0) for c in members}
            for link, concept in links(graph, declared, URIRef(coded.targets.iri[target])):
                kind = link_class(graph, link, concept)
                if kind == "umbrella":
                    is_named = (link, URIRef("https://w3id.org/targetgraph/ontology#basis"),
                                URIRef("https://w3id.org/targetgraph/ontology#NamedInText")) in graph  # fmt: skip
                    kind = "named" if is_named else "implied"
                for column in members:
                    caught = is_umbrella(graph, concept) and concept in broader(graph, declared, column)
                    if column == concept or column in broader(graph, declared, concept) or caught:
                        expected[column][kind] += 1
            for column, numbers in expected.items():
                found = counts[row, index[str(column)]]
                assert {k: int(found[LinkClass[k.upper()]]) for k in numbers} == numbers
                assert not found[LinkClass.UMBRELLA]
                compared += 1
    assert compared


def test_rewriting_says_something() -> None:
    """The rewriting is no identity: it drops, renames and adds."""
    from rdflib import Graph

    from tests.oracle.frameworks import TG

    graph = Graph()
    graph.parse(
        data="""
        @prefix tg: <https://w3id.org/targetgraph/ontology#> . @prefix : <urn:x:> .
        :f a tg:Framework . :t a tg:Target ; tg:inFramework :f .
        :a tg:linkSubject :t ; tg:sector :s ; tg:basis tg:Implied ; tg:confidence 0.6 .
        :b tg:linkSubject :t ; tg:sector :s ; tg:basis tg:NamedInText ; tg:confidence 0.9 .
        """,
        format="turtle",
    )
    assert [ends(graph, link) for link in links_of(graph, "urn:x:f")] != []
    left = rewritten(graph, "urn:x:f", Scenario(without_basis=frozenset({"implied"})))
    assert [str(link) for link in links_of(left, "urn:x:f")] == ["urn:x:b"]
    left = rewritten(graph, "urn:x:f", Scenario(min_confidence=0.9, name=frozenset({"urn:x:a"})))
    assert [str(link) for link in links_of(left, "urn:x:f")] == ["urn:x:b"]
    assert len(set(left.subjects(TG.basis, TG.NamedInText))) == 1


@pytest.mark.parametrize("framework", ["gfc", "beyond2020"])
@pytest.mark.parametrize(
    "text", ["without-basis=implied", "brackets=deleted", "brackets=kept", "umbrella=dropped", "min-confidence=0.7",
             "as-named=implied", "without-status=recalled"]
)  # fmt: skip
def test_bundled_scenarios(bundled, framework: str, text: str) -> None:
    coded, graph = bundled
    scenario = Scenario.parse(text)
    iri = iris.framework(framework)
    then = rewritten(graph, iri, scenario)
    applied = apply(coded, scenario, framework)
    assert found_gaps(applied.graph, iri) == expected_gaps(then, iri)
