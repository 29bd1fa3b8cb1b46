"""Closing sets of real and of random frameworks; the oracle says what the gaps are once the links are there."""

from __future__ import annotations

from itertools import combinations
from math import comb
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import Graph

from targetgraph import iris
from targetgraph.analysis.closing import ClosingSet, Pricing, closing_set
from targetgraph.analysis.closing.applying import with_links
from targetgraph.analysis.closing.needs import COLUMN_KINDS, ROW_KINDS, counts_in
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps import Gap, gap_report
from targetgraph.errors import TargetGraphError
from targetgraph.pipeline import open_coded_graph
from targetgraph.pipeline.extracting import extract
from targetgraph.store import StoreFolder, load_memory
from tests.analysis.strategies import Sample, small_frameworks
from tests.closing.adding import keys, predicted, predicted_crossings, with_triples
from tests.oracle.crossings import empty_crossings
from tests.oracle.frameworks import read, union
from tests.oracle.gaps import expected_gaps


@pytest.fixture(scope="module")
def coded(built_store: Path) -> CodedGraph:
    return open_coded_graph(built_store)


@pytest.fixture(scope="module")
def triples(built_store: Path) -> Graph:
    return read(StoreFolder(built_store).current().dataset)


@pytest.mark.parametrize("framework", ["gfc", "beyond2020"])
@pytest.mark.parametrize("method", ["exact", "greedy"])
def test_bundled_gaps_close_as_said(coded: CodedGraph, triples: Graph, framework: str, method: str) -> None:
    found = closing_set(coded, framework, method=method)
    assert len(found.chosen) >= 10
    assert not found.left
    assert {g.iri for g in found.chosen} <= {g.iri for g in found.closed}
    after = expected_gaps(with_triples(triples, coded, found), iris.framework(framework))
    assert after == predicted(coded, framework, found)
    assert predicted_crossings(coded, framework, found) == empty_crossings(
        with_triples(triples, coded, found), iris.framework(framework)
    )
    assert not keys(coded, framework, found.chosen) & after - keys(coded, framework, found.opened)
    # The curve adds up.
    assert sum(len(s.closes) for s in found.steps) == len(found.chosen) == found.steps[-1].closed
    assert found.steps[-1].spent == pytest.approx(found.cost)


def test_no_link_is_to_a_catch_all_or_there_already(coded: CodedGraph) -> None:
    found = closing_set(coded, "gfc")
    for step in found.steps:
        table = coded.dimension(step.link.dimension).concepts
        number = list(table.iri).index(step.link.concept_iri)
        assert not table.umbrella[number]
        assert table.column[number]
    assert len({s.link.code for s in found.steps}) == len(found.steps) > 50


def test_ties_are_as_good(coded: CodedGraph) -> None:
    """Every alternative that is named really closes the same gaps in place of the link."""
    found = closing_set(coded, "gfc", kinds=["umbrella-only-column", "scope-phrase-only"], dimensions=["stages"])
    chosen = {g.iri for g in found.chosen}
    codes = [s.link.code for s in found.steps]
    tried = 0
    for position, step in enumerate(found.steps):
        for other in step.link.alternatives[:2]:
            replaced = [*codes[:position], other, *codes[position + 1 :]]
            graph = with_links(coded, [_numbers(coded, c) for c in replaced])
            assert not chosen & {g.iri for g in gap_report(graph, "gfc").gaps}
            tried += 1
    assert tried >= 4


def _numbers(coded: CodedGraph, code: str) -> tuple[str, int, int]:
    target, dimension, concept = code.split(":", 2)
    table = coded.dimension(dimension).concepts
    targets = coded.targets_of(coded.framework_number("gfc")).tolist()
    number = next(t for t in targets if coded.targets.notation[t] == target)
    return dimension, number, list(table.notation).index(concept)


def test_a_responsible_actor_is_mentioned_but_not_the_other_way_round(coded: CodedGraph) -> None:
    assert counts_in(coded, "actors") == ("actors", "mentions")
    assert counts_in(coded, "mentions") == ("mentions",)
    assert set(counts_in(coded, "goals")) == {"goals", "sdgs"}
    assert counts_in(coded, "stages") == ("stages",)


def test_the_same_every_time(coded: CodedGraph) -> None:
    first, second = (closing_set(coded, "gfc", dimensions=["sectors"]).to_json() for _ in range(2))
    assert first == second


def test_costs_are_heeded(coded: CodedGraph) -> None:
    free = closing_set(coded, "gfc", kinds=["umbrella-only-column"], dimensions=["stages"])
    assert free.cost == 3
    pricing = Pricing(coded, "gfc")
    pricing.price("*", "stages", "*", "5")
    pricing.price("B7", "stages", "*", "2.5")
    pricing.price("B7", "stages", "remediation", "9")
    priced = closing_set(coded, "gfc", kinds=["umbrella-only-column"], dimensions=["stages"], pricing=pricing)
    assert priced.cost == 2.5 + 2.5 + 5
    by_concept = {s.link.concept: s.link.target for s in priced.steps}
    assert by_concept["raw-materials"] == by_concept["treatment-disposal"] == "B7" != by_concept["remediation"]


def test_forbidden_links_are_not_proposed(coded: CodedGraph) -> None:
    kept = closing_set(coded, "gfc", kinds=["empty-column"], dimensions=["sectors"])
    assert [s.link.concept for s in kept.steps] == ["water"]
    pricing = Pricing(coded, "gfc")
    pricing.forbid(kept.steps[0].link.code)
    other = closing_set(coded, "gfc", kinds=["empty-column"], dimensions=["sectors"], pricing=pricing)
    assert other.cost == 1
    assert other.steps[0].link.code != kept.steps[0].link.code


def test_a_gap_that_prohibitions_leave_open_is_named(coded: CodedGraph) -> None:
    pricing = Pricing(coded, "gfc")
    pricing.forbid("*:sectors:water")
    with pytest.raises(TargetGraphError, match=r"(?s)empty-column/sectors/water.*Water supply.*\*:sectors:water"):
        closing_set(coded, "gfc", kinds=["empty-column"], pricing=pricing)
    with pytest.raises(TargetGraphError, match=r"\*:sectors:water"):
        closing_set(coded, "gfc", method="greedy", pricing=pricing)


def test_a_budget_closes_what_it_can(coded: CodedGraph) -> None:
    whole = closing_set(coded, "gfc", dimensions=["stages"])
    closed = [
        len(r.chosen) - len(r.left)
        for r in (closing_set(coded, "gfc", dimensions=["stages"], budget=float(b)) for b in (0, 1, 2, 4))
    ]
    assert closed[0] == 0
    assert closed == sorted(closed)
    assert closed[1] >= len(whole.steps[0].closes)
    assert closing_set(coded, "gfc", dimensions=["stages"], budget=whole.cost).left == ()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"gaps": ["https://w3id.org/targetgraph/gfc/gap/empty-row/stages/A1"]}, "no open gap of this name"),
        ({"gaps": ["https://w3id.org/targetgraph/gfc/gap/no-deadline/C1"]}, "a date is missing"),
        ({"kinds": ["no-deadline"]}, "a date is missing"),
        ({"kinds": ["no-adopted-indicator"]}, "there is no indicator that a link could be to"),
        ({"kinds": ["nothing"]}, "no kind of gap"),
        ({"dimensions": ["nothing"]}, "no dimension"),
        ({"kinds": ["empty-row"], "dimensions": ["stages"]}, "nothing to close"),
        ({"budget": -1.0}, "budget"),
        ({"budget": float("nan")}, "budget"),
    ],
)
def test_impossible_requests_are_told(coded: CodedGraph, asked: dict, message: str) -> None:
    with pytest.raises(TargetGraphError, match=message):
        closing_set(coded, "gfc", **asked)


@pytest.mark.parametrize(
    ("link", "message"),
    [
        (("A1", "stages", "remediation", "-1"), "no number from 0 up"),
        (("A1", "stages", "remediation", "nan"), "no number from 0 up"),
        (("A1", "stages", "remediation", "inf"), "no number from 0 up"),
        (("A1", "stages", "remediation", "dear"), "no number from 0 up"),
        (("A9", "stages", "remediation", "1"), "no target 'A9'"),
        (("A1", "stage", "remediation", "1"), "no dimension 'stage'"),
        (("A1", "stages", "remedation", "1"), "did you mean remediation"),
        (("A4", "actors", "stakeholders", "1"), "catch-all"),
    ],
)
def test_prices_that_make_no_sense(coded: CodedGraph, link: tuple[str, str, str, str], message: str) -> None:
    with pytest.raises(TargetGraphError, match=message):
        Pricing(coded, "gfc").price(*link)


def test_all_mistakes_in_a_table_of_costs_are_told_at_once(coded: CodedGraph) -> None:
    text = "target,dimension,concept,cost\nA1,stages,use,1\nA1,stages,nowhere,1\nA2,stages,use,-3\n"
    with pytest.raises(TargetGraphError) as caught:
        Pricing(coded, "gfc").read_costs(text, "costs.csv")
    assert [p.where.row for p in caught.value.problems] == [3, 4]
    with pytest.raises(TargetGraphError, match="lacks the column 'cost'"):
        Pricing(coded, "gfc").read_costs("target,dimension,concept\n", "costs.csv")


@settings(max_examples=18, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_frameworks(5))
def test_random_frameworks_close_as_said(sample: Sample) -> None:
    coded = extract(load_memory(sample.nquads()), "sample")
    try:
        found = closing_set(coded, sample.framework)
    except TargetGraphError as error:
        assert "gap" in str(error)
        return
    assert found.solution.optimal
    assert not found.left
    graph = union(sample.dataset)
    then = with_triples(graph, coded, found)
    assert expected_gaps(then, sample.framework) == predicted(coded, sample.framework, found)
    assert empty_crossings(then, sample.framework) == predicted_crossings(coded, sample.framework, found)
    quick = closing_set(coded, sample.framework, method="greedy")
    assert quick.cost >= found.cost >= quick.solution.bound - 1e-9


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_frameworks(3))
def test_no_smaller_set_of_links_closes_all(sample: Sample) -> None:
    """Every smaller set of links there could be is put into the graph, and the gaps are told anew."""
    coded = extract(load_memory(sample.nquads()), "sample")
    for dimension in ("stages", "sectors"):
        try:
            found = closing_set(coded, sample.framework, dimensions=[dimension])
        except TargetGraphError:
            continue
        size = len(found.steps)
        table = coded.dimension(dimension).concepts
        targets = coded.targets_of(coded.framework_number(sample.framework)).tolist()
        possible = [
            (dimension, t, c) for t in targets for c in range(table.rows()) if table.column[c] and not table.umbrella[c]
        ]
        if size > 3 or len(possible) > 12:
            continue
        chosen = {lack(g) for g in found.chosen}
        for fewer in combinations(possible, size - 1):
            left = {lack(g) for g in gap_report(with_links(coded, fewer), sample.framework).gaps}
            assert chosen & left, fewer


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_frameworks(3))
def test_no_smaller_set_of_links_closes_all_crossings(sample: Sample) -> None:
    """Every smaller set of links to sectors and stages is written as triples, and the oracle tells the crossings anew."""
    coded = extract(load_memory(sample.nquads()), "sample")
    try:
        found = closing_set(coded, sample.framework, kinds=["empty-crossing"])
    except TargetGraphError as error:
        assert "nothing to close" in str(error)
        return
    targets = coded.targets_of(coded.framework_number(sample.framework)).tolist()
    possible = [
        (code, t, c)
        for code in ("sectors", "stages")
        for table in (coded.dimension(code).concepts,)
        for t in targets
        for c in range(table.rows())
        if table.column[c] and not table.umbrella[c]
    ]
    chosen = {g.iri for g in found.chosen}
    assert not chosen & {g.iri for g in gap_report(with_links(coded, links_of(coded, found)), sample.framework).gaps}
    fewer = len(found.steps) - 1
    if comb(len(possible), fewer) <= 250:
        for smaller in combinations(possible, fewer):
            left = gap_report(with_links(coded, smaller), sample.framework, "empty-crossing").gaps
            assert chosen & {g.iri for g in left}, smaller


def links_of(coded: CodedGraph, found: ClosingSet) -> list[tuple[str, int, int]]:
    """The proposed links by number."""
    numbers = []
    for link in (step.link for step in found.steps):
        concepts = list(coded.dimension(link.dimension).concepts.iri)
        numbers.append(
            (link.dimension, list(coded.targets.iri).index(link.target_iri), concepts.index(link.concept_iri))
        )
    return numbers


def test_the_fewest_links_for_crossings_by_hand(coded: CodedGraph) -> None:
    """A target that names the whole life cycle reaches every stage: one link to each of the four sectors is enough."""
    found = closing_set(coded, "gfc", kinds=["empty-crossing"])
    assert (len(found.chosen), found.cost, found.left) == (48, 4, ())
    assert found.solution.optimal
    assert {s.link.concept for s in found.steps} == {"construction", "emergency-response", "mining", "transport"}
    assert [len(s.closes) for s in found.steps] == [16, 13, 12, 7]
    quick = closing_set(coded, "gfc", kinds=["empty-crossing"], method="greedy")
    assert quick.cost >= 4 >= quick.solution.bound
    assert "linear relaxation" in quick.solution.statement


def test_one_crossing_that_needs_two_links(coded: CodedGraph) -> None:
    """With links to the sector forbidden wherever one would do, and to stages altogether but for one target: a pair."""
    one = "https://w3id.org/targetgraph/gfc/gap/empty-crossing/sectors-stages/mining/remediation"
    pricing = Pricing(coded, "gfc")
    pricing.price("*", "sectors", "*", "9")
    pricing.price("*", "stages", "*", "9")
    stages = coded.dimension("stages").links
    named = {coded.targets.notation[int(t)] for t in stages.target}
    free = next(t for t in ("E5", "D3", "C1", "B5", "A4", "E3", "E4") if t not in named or t == "D3")
    pricing.price(free, "sectors", "*", "1")
    pricing.price(free, "stages", "*", "1")
    found = closing_set(coded, "gfc", gaps=[one], pricing=pricing)
    assert found.cost == len(found.steps)
    assert {s.link.target for s in found.steps} == {free}
    assert [len(s.closes) for s in found.steps][-1] == 1


def test_forbidden_crossings_are_named(coded: CodedGraph) -> None:
    pricing = Pricing(coded, "gfc")
    for sector in ("mining", "metals"):
        if sector in coded.dimension("sectors").concepts.notation:
            pricing.forbid(f"*:sectors:{sector}")
    pricing.forbid("*:stages:*")
    pricing.forbid("*:sectors:*")
    for method in ("exact", "greedy"):
        with pytest.raises(TargetGraphError, match=r"(?s)empty-crossing/sectors-stages/.*brings together.*\*:s"):
            closing_set(coded, "gfc", kinds=["empty-crossing"], method=method, pricing=pricing)


def test_many_targets_are_represented_by_those_that_reach_most() -> None:
    import numpy as np

    from targetgraph.analysis.closing.meetings import greatest

    random = np.random.default_rng(1)
    reached = random.random((60, 7)) < 0.4
    kept = greatest(reached)
    assert kept == sorted(set(kept)) and len(kept) < 60
    for row in range(60):
        assert any((reached[row] <= reached[other]).all() for other in kept)
    for one, other in combinations(kept, 2):
        assert not (reached[one] <= reached[other]).all() and not (reached[other] <= reached[one]).all()


def test_the_same_answer_when_targets_are_represented(coded: CodedGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    from targetgraph.analysis.closing import meetings

    whole = closing_set(coded, "gfc", kinds=["empty-crossing"])
    pricing = Pricing(coded, "gfc")
    pricing.forbid("*:sectors:mining")
    other = closing_set(coded, "gfc", kinds=["empty-crossing"], pricing=pricing)
    monkeypatch.setattr(meetings, "MOST_WAYS", 0)
    assert closing_set(coded, "gfc", kinds=["empty-crossing"]).cost == whole.cost
    assert closing_set(coded, "gfc", kinds=["empty-crossing"], pricing=pricing).cost == other.cost


def lack(gap: Gap) -> tuple[str, str, str]:
    """A gap apart from its state: an empty row that has become a thin one is not closed."""
    kind = "row" if gap.kind in ROW_KINDS else "column" if gap.kind in COLUMN_KINDS else gap.kind
    return (kind, gap.subject_iri, gap.dimension)
