"""Robustness: removal counts by trying removals on the triples, verdicts against simulations."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from targetgraph.analysis.scenarios import Scenario, apply, robustness
from targetgraph.analysis.scenarios.robustness import ASSUMPTIONS
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline.extracting import extract
from targetgraph.store import load_memory
from tests.analysis.strategies import small_frameworks
from tests.analysis.test_against_oracle import found_gaps
from tests.oracle.coverage import REACHED, cell_states
from tests.oracle.frameworks import TG, dimension, links, union
from tests.oracle.gaps import expected_gaps
from tests.scenarios.rewriting import drop, rewritten

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def fewest_removals(graph: Graph, framework: str, code: str, target: str, concept: str, minimum: int, open_to) -> int:
    """The size of the smallest set of links without which the cell's state is one of those looked for."""
    iri = str(next(d for d in graph.subjects(TG.code, None) if str(graph.value(d, TG.code)) == code))
    nodes = sorted({link for link, _ in links(graph, dimension(graph, iri), URIRef(target))}, key=str)
    for size in range(len(nodes) + 1):
        for chosen in combinations(nodes, size):
            copy = union(graph).copy()
            for link in chosen:
                drop(copy, link)
            if open_to(cell_states(copy, framework, iri, minimum)[(target, concept)].state):
                return size
    raise AssertionError("no removal opens the cell")


@settings(max_examples=18, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_removals_by_brute_force(data: st.DataObject) -> None:
    sample = data.draw(small_frameworks(most_targets=3))
    graph = union(sample.dataset)
    coded = extract(load_memory(sample.nquads()), "sample")
    minimum = data.draw(st.sampled_from((1, 1, 2)))
    report = robustness(coded, sample.framework, minimum)
    cells = [(part.dimension, cell) for part in report.fragility for cell in part.cells]
    for part in report.fragility:
        expected = {
            key for key, cell in cell_states(graph, sample.framework, declared(graph, part.dimension), minimum).items()
            if cell.state == "covered"
        }  # fmt: skip
        assert {(c.target.iri, c.concept.iri) for c in part.cells} == expected
    if not cells:
        return
    for code, cell in data.draw(st.lists(st.sampled_from(cells), min_size=1, max_size=2, unique_by=id)):
        where = (graph, sample.framework, code, cell.target.iri, cell.concept.iri, minimum)
        assert cell.removals == fewest_removals(*where, lambda state: state != "covered")
        assert cell.to_empty == fewest_removals(*where, lambda state: state not in REACHED)


def declared(graph: Graph, code: str) -> str:
    return str(next(d for d in graph.subjects(TG.code, None) if str(graph.value(d, TG.code)) == code))


@pytest.mark.parametrize("framework", ["gfc", "beyond2020"])
def test_verdicts(bundled, framework: str) -> None:
    """A gap disappears or becomes another kind exactly where the oracle no longer finds it on the rewritten triples."""
    coded, graph = bundled
    report = robustness(coded, framework)
    assert len(report.assumptions) == len(ASSUMPTIONS) >= 8
    iri = f"https://w3id.org/targetgraph/{framework}"
    today = expected_gaps(graph, iri)
    compared = 0
    for assumption in report.assumptions:
        if assumption.problem or assumption.scenario.umbrella == "covering":
            continue
        then = expected_gaps(rewritten(graph, iri, assumption.scenario), iri)
        # The oracle has one gap for several phrases of a target, ours are told apart: no fewer verdicts than that.
        assert len(assumption.verdicts) >= len(today - then)
        gone = found_gaps(coded, iri) - found_gaps(apply(coded, assumption.scenario, framework).graph, iri)
        assert gone == today - then
        compared += 1
    assert compared >= 8
    assert 0 < len(report.robust) < len(report.gaps)


def test_implied_gaps_hang_on_what_is_implied(bundled) -> None:
    report = robustness(bundled[0], "gfc")
    gap = next(g for g in report.gaps if g.iri.endswith("implied-only-row/sectors/A1"))
    assert "as-named=implied" in {str(a.scenario) for a in report.hangs_on(gap)}
    dates = [g for g in report.gaps if g.kind == "no-deadline"]
    assert dates and not any(report.hangs_on(g) for g in dates)


def test_governments_in_a1_by_hand(bundled) -> None:
    """A1 names Governments once and implies five kinds of ministry below: one removal, and six until it is empty."""
    part = next(f for f in robustness(bundled[0], "gfc").fragility if f.dimension == "actors")
    cell = next(c for c in part.cells if c.target.code == "A1" and c.concept.label == "Governments")
    assert (cell.removals, cell.to_empty) == (1, 6)
    assert cell.links == ("https://w3id.org/targetgraph/gfc/link/A1/actor/governments/responsible",)
    assert sum(part.tally.values()) == len(part.cells)


def test_wrong_minimum(bundled) -> None:
    with pytest.raises(TargetGraphError, match="below 1"):
        robustness(bundled[0], "gfc", 0)
    with pytest.raises(TargetGraphError, match="no framework"):
        robustness(bundled[0], "atlantis")


def test_assumptions_are_scenarios_told_apart() -> None:
    parsed = [Scenario.parse(text) for _, text in ASSUMPTIONS]
    assert [str(scenario) for scenario in parsed] == [text for _, text in ASSUMPTIONS]
    assert len(set(parsed)) == len(parsed)
