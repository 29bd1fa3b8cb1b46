"""Scenarios on the bundled data, worked out by reading the tables."""

from __future__ import annotations

from targetgraph.analysis.scenarios import Scenario, simulate

GAP = "https://w3id.org/targetgraph/gfc/gap/"


def iris_of(gaps) -> set[str]:
    return {gap.iri for gap in gaps}


def test_without_governments_a1_has_nobody(bundled) -> None:
    """A1 makes Governments responsible and implies ministries, which are narrower; companies are implied beside."""
    result = simulate(bundled[0], Scenario.parse("without=Governments"), "gfc")
    assert GAP + "single-actor/actors/A1" in iris_of(result.closed)
    assert GAP + "implied-only-row/actors/A1" in iris_of(result.opened)
    assert result.by_target["A1"][0] and result.by_target["A1"][1]
    links = bundled[0].dimension("actors").links
    assert links.rows() == bundled[0].dimension("actors").links.rows()
    assert any("concern Governments or what is narrower: " in effect for effect in result.effects)


def test_naming_health_in_a1(bundled) -> None:
    """A1 only implies the health sector: naming it gives A1 a sector, and Health a second target."""
    result = simulate(bundled[0], Scenario.parse("add=A1:sectors:health"), "gfc")
    assert not result.opened and not result.changed
    assert iris_of(result.closed) == {
        GAP + "implied-only-row/sectors/A1",
        GAP + "single-target-column/sectors/health",
    }


def test_an_actor_added_is_mentioned_too(bundled) -> None:
    result = simulate(bundled[0], Scenario.parse("add=A1:actors:farmers"), "gfc")
    assert iris_of(result.closed) >= {GAP + "single-actor/actors/A1"}
    [change] = result.changed
    assert change.before.iri == GAP + "implied-only-column/actors/farmers"
    assert change.after.iri == GAP + "single-target-column/actors/farmers"
    shifted = {shift.dimension: shift for shift in result.shifts if shift.differs}
    assert set(shifted) == {"actors", "mentions"}


def test_brackets_of_the_proposals(bundled) -> None:
    """P2 and P4 reach waste by words in brackets; the whole life cycle, a catch-all, reaches it anyhow."""
    result = simulate(bundled[0], Scenario.parse("brackets=deleted"), "beyond2020")
    assert any(effect.endswith(": 2 taken away.") for effect in result.effects)
    assert not result.opened and not result.closed
    kept = simulate(bundled[0], Scenario.parse("brackets=kept"), "beyond2020")
    stages = next(shift for shift in kept.shifts if shift.dimension == "stages")
    assert stages.differs


def test_other_frameworks_stay_as_they_are(bundled) -> None:
    result = simulate(bundled[0], Scenario.parse("without=industry-associations"), "beyond2020")
    assert any("P4" in gap.iri for gap in result.opened)
    same = simulate(bundled[0], Scenario.parse("without=industry-associations"), "gfc")
    # The proposals still name them: the actor is as lost to the framework as it was.
    assert GAP + "lost-actor/mentions/industry-associations" in iris_of(same.before.gaps)
    assert GAP + "lost-actor/mentions/industry-associations" in iris_of(same.after.gaps)


def test_implied_links_dropped_change_no_named_gap(bundled) -> None:
    result = simulate(bundled[0], Scenario.parse("without-basis=implied"), "gfc")
    assert {g.kind for g in result.opened} == {"empty-crossing"} and not result.closed
    # What is reached by nothing at all without its implied links is told as an empty column and not crossing by crossing.
    emptied = {g.subject_iri for g in result.after.gaps if g.kind == "empty-column"}
    assert result.absorbed
    for gap in result.absorbed:
        other = f"{gap.subject_iri.rpartition('/')[0]}/{gap.iri.rpartition('/')[2]}".replace("/sector/", "/stage/")
        assert {gap.subject_iri, other} & emptied
    kinds = {(c.before.kind, c.after.kind) for c in result.changed}
    assert ("implied-only-row", "empty-row") in kinds and ("implied-only-column", "empty-column") in kinds
