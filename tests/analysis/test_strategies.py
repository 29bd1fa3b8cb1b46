"""The random frameworks are worth testing with: every state and every kind of gap turns up in them."""

from __future__ import annotations

from collections import Counter
from functools import cache

from hypothesis import HealthCheck, Phase, given, seed, settings
from rdflib import RDF, Dataset, Graph
from rdflib.compare import isomorphic

from tests.analysis.strategies import Sample, small_frameworks
from tests.oracle.coverage import STATES, cell_states, row_states
from tests.oracle.frameworks import TG, targets, union
from tests.oracle.gaps import COLUMN_KINDS, ROW_KINDS, expected_gaps

SAMPLES = 40
OTHER_KINDS = {
    *(
        "concentration",
        "hedged-wording",
        "lineage-loss",
        "lost-actor",
        "no-adopted-indicator",
        "no-deadline",
        "no-end-state",
        "objective-without-deadline",
    ),
    *("order-cannot-work", "scope-phrase-only", "single-actor", "single-target-column", "unverified-wording"),
}


@cache
def samples() -> list[tuple[Sample, Graph]]:
    """Samples, each with the union of its graphs; the same in every run of one version of Hypothesis."""
    found: list[tuple[Sample, Graph]] = []

    @seed(1)
    @settings(
        max_examples=SAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(small_frameworks())
    def collect(sample: Sample) -> None:
        found.append((sample, union(sample.dataset)))

    collect()
    return found


def test_every_state_of_a_cell_is_common():
    seen: Counter[str] = Counter()
    for sample, graph in samples():
        dims = (str(TG.ActorDimension), str(TG.SectorDimension), str(TG.StageDimension))
        cells = [c for dim in dims for c in cell_states(graph, sample.framework, dim, minimum=2).values()]
        seen.update({cell.state for cell in cells})
    assert len(samples()) == SAMPLES
    assert set(seen) == set(STATES)
    # In one framework of seven at least, so that a handful of examples meets each.
    assert min(seen.values()) >= SAMPLES // 7, seen


def test_every_state_of_a_row_is_common():
    seen: Counter[str] = Counter()
    for sample, graph in samples():
        for dim in graph.subjects(RDF.type, TG.Dimension):
            seen.update({row.state for row in row_states(graph, sample.framework, str(dim), minimum=2).values()})
    assert set(seen) == set(STATES)
    assert min(seen.values()) >= SAMPLES // 7, seen


def test_every_kind_of_gap_turns_up():
    kinds = {kind for sample, graph in samples() for kind, _, _ in expected_gaps(graph, sample.framework)}
    assert kinds == {*ROW_KINDS.values(), *COLUMN_KINDS.values(), *OTHER_KINDS}
    assert len(kinds) == 23


def test_samples_vary_in_size_and_keep_to_it():
    sizes = Counter(len(targets(graph, sample.framework)) for sample, graph in samples())
    assert set(sizes) <= set(range(2, 9))
    assert len(sizes) > 3
    assert {bool(sample.earlier) for sample, _ in samples()} == {True, False}


def test_a_sample_survives_being_written_out():
    sample, graph = samples()[-1]
    again = Dataset(default_union=True)
    again.parse(data=sample.nquads(), format="nquads")
    assert isomorphic(union(again), graph)
