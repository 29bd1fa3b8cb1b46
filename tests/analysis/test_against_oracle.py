"""Coverage and gaps against an implementation written another way: sets and loops over triples (``tests/oracle``)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import Graph

from targetgraph import iris
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.coverage import coverage
from targetgraph.analysis.gaps import gap_report
from targetgraph.analysis.rows import row_states
from targetgraph.analysis.states import LinkClass, State
from targetgraph.namespaces import TG
from targetgraph.pipeline import open_coded_graph
from targetgraph.pipeline.extracting import extract
from targetgraph.store import StoreFolder, load_memory
from tests.analysis.strategies import registries
from tests.analysis.test_strategies import OTHER_KINDS
from tests.oracle import coverage as oracle
from tests.oracle.crossings import empty_crossings
from tests.oracle.frameworks import read, union
from tests.oracle.gaps import COLUMN_KINDS, ROW_KINDS, expected_gaps
from tests.oracle.triples import Quads

BY_TARGETS = ("actors", "mentions", "sectors", "stages", "goals", "sdgs", "indicators", "issues")
CROSSED = (("sectors", "stages"), ("actors", "stages"), ("sectors", "goals"), ("stages", "indicators"))


def word(state: int) -> str:
    return State(state).word.replace(" ", "-")


def same_coverage(coded: CodedGraph, graph: Graph, framework: str, dimension: str, minimum: int = 1) -> Counter[str]:
    """Compare every cell, column of objectives and count; returns how many cells there were in each state."""
    declared = coded.dimension(dimension).declaration.iri
    computed = coverage(coded, "targets", dimension, framework, minimum)
    expected = oracle.cell_states(graph, framework, declared, minimum=minimum)
    found = {
        (row.iri, column.iri): (word(int(computed.states[r, c])), int(computed.counts[r, c]))
        for r, row in enumerate(computed.rows)
        for c, column in enumerate(computed.columns)
    }
    assert found == {key: (cell.state, sum(cell.counts.values())) for key, cell in expected.items()}
    objectives = coverage(coded, "objectives", dimension, framework, minimum)
    assert {
        (row.iri, column.iri): word(int(objectives.states[r, c]))
        for r, row in enumerate(objectives.rows)
        for c, column in enumerate(objectives.columns)
    } == oracle.objective_states(graph, framework, declared, cells=expected)
    return Counter(state for state, _ in found.values())


def same_rows(coded: CodedGraph, graph: Graph, framework: str) -> None:
    number = coded.framework_number(framework)
    targets = coded.targets_of(number)
    for obligation in coded.declarations.obligations:
        if obligation.applies_to != TG.Target:
            continue
        declared = coded.dimension(obligation.dimension).declaration.iri
        expected = oracle.row_states(graph, framework, declared, obligation.minimum, obligation.required_value or None)
        states, counts = row_states(coded, number, targets, obligation)
        found = {
            coded.targets.iri[int(t)]: (word(int(s)), {k.name.lower(): int(c[k]) for k in LinkClass})
            for t, s, c in zip(targets, states, counts, strict=True)
        }
        assert found == {target: (cell.state, dict(cell.counts)) for target, cell in expected.items()}


def same_crossings(coded: CodedGraph, graph: Graph, framework: str, down: str, across: str) -> None:
    computed = coverage(coded, down, across, framework)
    expected = oracle.crossed_states(
        graph, framework, coded.dimension(down).declaration.iri, coded.dimension(across).declaration.iri
    )
    assert {
        (row.iri, column.iri): (word(int(computed.states[r, c])), int(computed.counts[r, c]))
        for r, row in enumerate(computed.rows)
        for c, column in enumerate(computed.columns)
    } == {key: (crossing.state, crossing.targets) for key, crossing in expected.items()}


def found_gaps(coded: CodedGraph, framework: str) -> set[tuple[str, str, str]]:
    """Our gaps in the oracle's terms."""
    by_code = {
        coded.targets.notation[i]: coded.targets.iri[i] for i in coded.targets_of(coded.framework_number(framework))
    }
    found = set()
    for gap in gap_report(coded, framework).gaps:
        if gap.kind in ("empty-crossing", "single-point-of-failure", "isolated-component"):
            continue  # compared by themselves, below and in tests/structure
        subject, dimension = gap.subject_iri, gap.dimension
        if gap.kind == "order-cannot-work":
            subject = f"{subject} {by_code[gap.iri.rpartition('/')[2]]}"
        if gap.kind == "scope-phrase-only":
            dimension = ""
        found.add((gap.kind, subject, dimension))
    return found


def found_crossings(coded: CodedGraph, framework: str) -> set[tuple[str, str, str]]:
    """Our empty crossings in the oracle's terms."""
    sides = {c.code: coded.dimension(c.columns).concepts for c in coded.declarations.crossings}
    by_code = {code: dict(zip(table.notation, table.iri, strict=True)) for code, table in sides.items()}
    return {
        (gap.subject_iri, by_code[gap.dimension][gap.iri.rpartition("/")[2]], gap.dimension)
        for gap in gap_report(coded, framework, "empty-crossing").gaps
    }


@pytest.fixture(scope="module")
def bundled(built_store: Path) -> tuple[CodedGraph, Graph]:
    return open_coded_graph(built_store), read(StoreFolder(built_store).current().dataset)


def test_number_of_dimensions_compared(bundled: tuple[CodedGraph, Graph]) -> None:
    assert set(BY_TARGETS) == set(bundled[0].dimensions)


@pytest.mark.parametrize("framework", ["gfc", "beyond2020"])
@pytest.mark.parametrize("dimension", BY_TARGETS)
def test_bundled_coverage(bundled: tuple[CodedGraph, Graph], framework: str, dimension: str) -> None:
    coded, graph = bundled
    assert same_coverage(coded, graph, iris.framework(framework), dimension).total() >= 5 * 8


@pytest.mark.parametrize("framework", ["gfc", "beyond2020"])
def test_bundled_rows_and_crossings(bundled: tuple[CodedGraph, Graph], framework: str) -> None:
    coded, graph = bundled
    same_rows(coded, graph, iris.framework(framework))
    for down, across in CROSSED:
        same_crossings(coded, graph, iris.framework(framework), down, across)


# In the proposals a catch-all reaches every pair that something reaches.
@pytest.mark.parametrize(("framework", "number"), [("gfc", 48), ("beyond2020", 0)])
def test_bundled_crossings_that_are_gaps(bundled: tuple[CodedGraph, Graph], framework: str, number: int) -> None:
    """Empty pairs, but for concepts that nothing reaches at all and for catch-alls."""
    coded, graph = bundled
    found = found_crossings(coded, iris.framework(framework))
    assert found == empty_crossings(graph, iris.framework(framework))
    assert len(found) == number


@pytest.mark.parametrize(("framework", "at_least"), [("gfc", 200), ("beyond2020", 50)])
def test_bundled_gaps(bundled: tuple[CodedGraph, Graph], framework: str, at_least: int) -> None:
    coded, graph = bundled
    found = found_gaps(coded, iris.framework(framework))
    assert found == expected_gaps(graph, iris.framework(framework))
    assert len(found) >= at_least


REGISTRIES = 60
AT_LEAST = 200
"""Frameworks that the property below compares in all, of all registries."""


def test_random_frameworks() -> None:
    """Hundreds of frameworks, several in a registry: every cell, row, crossing and gap, and every state and kind occurs."""
    compared: set[tuple[int, str]] = set()
    states: Counter[str] = Counter()
    kinds: set[str] = set()

    @settings(
        max_examples=REGISTRIES,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
    @given(registries())
    def compare(registry: tuple[Quads, list[str]]) -> None:
        dataset, frameworks = registry
        graph = union(dataset)
        statements = dataset.nquads()
        coded = extract(load_memory(statements), "sample")
        for number, framework in enumerate(frameworks):
            for dimension in BY_TARGETS:
                states.update(same_coverage(coded, graph, framework, dimension, minimum=1 + number % 2))
            same_rows(coded, graph, framework)
            for down, across in CROSSED[:2]:
                same_crossings(coded, graph, framework, down, across)
            expected = expected_gaps(graph, framework)
            assert found_gaps(coded, framework) == expected
            crossings = empty_crossings(graph, framework)
            assert found_crossings(coded, framework) == crossings
            kinds.update(kind for kind, _, _ in expected)
            kinds.update("empty-crossing" for _ in crossings)
            compared.add((hash(statements), framework))

    compare()
    assert len(compared) >= AT_LEAST
    assert set(states) == set(oracle.STATES)
    assert kinds == {*ROW_KINDS.values(), *COLUMN_KINDS.values(), *OTHER_KINDS, "empty-crossing"}
