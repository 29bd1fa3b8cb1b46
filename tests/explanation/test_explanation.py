"""Explanations: states and reasons against the oracle, every counterfactual tried out on the triples."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from targetgraph.analysis.explanation import explain
from targetgraph.analysis.scenarios import Scenario
from targetgraph.analysis.states import LinkClass, State
from targetgraph.errors import TargetGraphError
from targetgraph.namespaces import TG as TERMS
from targetgraph.pipeline.extracting import extract
from targetgraph.store import load_memory
from tests.analysis.strategies import small_frameworks
from tests.oracle.coverage import cell_states, row_states
from tests.oracle.frameworks import broader, columns, dimension, targets, union
from tests.scenarios.rewriting import dimensions, rewritten

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
CODES = ("actors", "mentions", "sectors", "stages", "goals", "issues")


def word(state: State) -> str:
    return state.word.replace(" ", "-")


def cell_of(graph: Graph, framework: str, code: str, target: str, concept: str, minimum: int):
    return cell_states(graph, framework, dimensions(graph)[code], minimum)[(target, concept)]


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_random_cells(data: st.DataObject) -> None:
    sample = data.draw(small_frameworks(most_targets=4))
    graph, framework = union(sample.dataset), sample.framework
    coded = extract(load_memory(sample.nquads()), "sample")
    code = data.draw(st.sampled_from(CODES))
    declared = dimension(graph, dimensions(graph)[code])
    members = [str(c) for c in columns(graph, declared)]
    if not members:
        return
    target = data.draw(st.sampled_from([str(t) for t in targets(graph, framework)]))
    concept, minimum = data.draw(st.sampled_from(members)), data.draw(st.sampled_from((1, 1, 2, 3)))
    found = explain(coded, target, concept, code, framework, minimum)
    expected = cell_of(graph, framework, code, target, concept, minimum)
    assert word(found.state) == expected.state
    assert {k.name.lower(): n for k, n in found.counts.items()} == expected.counts
    assert len(found.reaches) == sum(expected.counts.values())
    for reach in found.reaches:
        assert (reach.path[0].iri, reach.path[-1].iri) in (
            (reach.path[0].iri, concept),
            (concept, concept),
        )
        above = {str(b) for b in broader(graph, declared, URIRef(reach.path[0].iri))}
        below = {str(b) for b in broader(graph, declared, URIRef(concept))}
        assert reach.downward == (concept not in above | {reach.path[0].iri})
        if reach.downward:
            assert reach.path[0].iri in below
        for step, up in zip(reach.path[:-1], reach.path[1:], strict=True):
            low, high = (up, step) if reach.downward else (step, up)
            assert URIRef(high.iri) in broader(graph, declared, URIRef(low.iri))
    assert (found.kept is not None) == (expected.counts["contingent"] > 0)
    for brackets, state in (("kept", found.kept), ("deleted", found.deleted)):
        if state is not None:
            then = rewritten(graph, framework, Scenario(brackets=brackets))
            assert word(state) == cell_of(then, framework, code, target, concept, minimum).state
    for change in found.counterfactuals:
        then = rewritten(graph, framework, change.scenario)
        assert cell_of(then, framework, code, target, concept, minimum).state == "covered"
        assert Scenario.parse(str(change.scenario)) == change.scenario
    sizes = {len(change.sentences) for change in found.counterfactuals}
    assert len(sizes) <= 1
    assert bool(found.counterfactuals) == (found.state != State.COVERED and not found.obstacle)
    if sizes and max(sizes) > 1:
        assert no_single_change_covers(graph, framework, code, target, concept, minimum)


def no_single_change_covers(graph: Graph, framework: str, code: str, target: str, concept: str, minimum: int) -> bool:
    """No link that is there, taken as named, lifted or renewed on its own, makes the cell covered."""
    from tests.oracle.frameworks import links

    declared = dimension(graph, dimensions(graph)[code])
    for link, _ in links(graph, declared, URIRef(target)):
        for part in ("name", "lift", "renew"):
            then = rewritten(graph, framework, Scenario(**{part: frozenset({str(link)})}))  # type: ignore[arg-type]
            if cell_of(then, framework, code, target, concept, minimum).state == "covered":
                return False
    return True


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_random_rows(data: st.DataObject) -> None:
    sample = data.draw(small_frameworks(most_targets=4))
    graph, framework = union(sample.dataset), sample.framework
    coded = extract(load_memory(sample.nquads()), "sample")
    code = data.draw(st.sampled_from(("actors", "sectors", "stages", "indicators")))
    target = data.draw(st.sampled_from([str(t) for t in targets(graph, framework)]))
    found = explain(coded, target, code, "", framework)
    obligations = [o for o in coded.obligations(TERMS.Target, code) if not o.particular]
    required, iri = obligations[0].required_value or None, dimensions(graph)[code]
    expected = row_states(graph, framework, iri, found.minimum, required)[target]
    assert found.minimum == obligations[0].minimum
    assert word(found.state) == expected.state
    assert {k.name.lower(): n for k, n in found.counts.items()} == expected.counts
    for change in found.counterfactuals:
        then = rewritten(graph, framework, change.scenario)
        assert row_states(then, framework, iri, found.minimum, required)[target].state == "covered"


def test_farmers_in_a1(bundled) -> None:
    found = explain(bundled[0], "A1", "farmers")
    assert (found.dimension, found.state, found.reaches) == ("actors", State.GAP, ())
    assert "looked at" in found.rule and found.records[0].decides
    [change] = found.counterfactuals
    assert str(change.scenario) == "add=A1:actors:farmers"
    assert any(m.kind == "sibling" and "Companies" in m.sentence for m in found.near_misses)
    assert "mentions" in found.note


def test_governments_in_a1_roll_up(bundled) -> None:
    found = explain(bundled[0], "a1", "GOVERNMENTS")
    assert found.state == State.COVERED and not found.counterfactuals
    assert found.counts[LinkClass.NAMED] == 1
    ways = [reach.how for reach in found.reaches]
    assert ways[0] == "directly" and "rolled up from Health authorities" in ways
    deep = explain(bundled[0], "A1", "stakeholders", "mentions")
    assert "rolled up from Health authorities via Governments" in [reach.how for reach in deep.reaches]


def test_waste_in_p2(bundled) -> None:
    """The catch-all reaches waste whatever happens to the brackets; kept, the waste is implied."""
    found = explain(bundled[0], "P2", "waste", framework="beyond2020")
    assert found.state == State.UMBRELLA
    assert {r.how for r in found.reaches} == {"downward from the catch-all Whole life cycle", "directly"}
    assert any(r.quote == "[and waste]" for r in found.reaches)
    assert (found.kept, found.deleted) == (State.IMPLIED, State.UMBRELLA)
    assert "implied at best, umbrella at worst" in found.cases


def test_no_indicator_is_adopted(bundled) -> None:
    found = explain(bundled[0], "A1", "indicators")
    assert found.state == State.IMPLIED and not found.counterfactuals
    assert "AdoptedIndicator" in found.obstacle
    assert [g.kind for g in found.gaps if g.subject == "A1"] == ["no-adopted-indicator"]


def test_a_role_that_does_not_count(bundled) -> None:
    found = explain(bundled[0], "P4", "smes", "actors", "beyond2020")
    assert found.state == State.GAP or found.state == State.IMPLIED
    assert any(m.kind == "role" and "beneficiary" in m.sentence for m in found.near_misses)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Z9", "health"), "gfc has no target 'Z9'"),
        (("A1", "cheese"), "nothing in the vocabularies is called 'cheese'"),
        (("A1", "health", "nowhere"), "no dimension 'nowhere'"),
        (("A1", "health", "stages"), "nothing in the vocabularies is called 'health'"),
        (("A1", "health", "", "atlantis"), "no framework 'atlantis'"),
        (("A1", "health", "", "gfc", -1), "below 0"),
    ],
)
def test_unknown_things(bundled, arguments, said: str) -> None:
    with pytest.raises(TargetGraphError, match=said):
        explain(bundled[0], *arguments)
