"""The oracle's gaps against a small framework worked out by hand, and against changes of it."""

from __future__ import annotations

import pytest

from tests.oracle.gaps import FINDERS, expected_gaps
from tests.oracle.hand_written import world, x

OBLIGATIONS = """
:ob1 a tg:Obligation ; tg:appliesTo tg:Target ; tg:onDimension tg:ActorDimension ; tg:minimum 2 .
:ob2 a tg:Obligation ; tg:appliesTo tg:Target ; tg:onDimension tg:GoalDimension ; tg:minimum 1 .
:ob3 a tg:Obligation ; tg:appliesTo tg:Target ; tg:onDimension tg:IndicatorDimension ; tg:minimum 1 ;
    tg:requiredValue tg:AdoptedIndicator .
:ob4 a tg:Obligation ; tg:appliesTo tg:ActorCategory ; tg:onDimension tg:ActorDimension ; tg:minimum 1 .
:ob5 a tg:Obligation ; tg:appliesTo tg:SdgGoal ; tg:onDimension tg:GoalDimension ; tg:minimum 1 .
"""
# T1 has all there is to have, but for a second actor; T2 has nothing and is judged as badly as can be.
WHOLE = """
:O a tg:Objective ; tg:inFramework :F . :P a tg:Objective ; tg:inFramework :F .
:T1 a tg:Target ; tg:inFramework :F ; tg:underObjective :O ; tg:deadlineYear "2030"^^xsd:gYear ;
    tg:measurability tg:Measurable ; tg:verification tg:Sourced ; tg:scopePhrase :waste .
:T2 a tg:Target ; tg:inFramework :F ; tg:underObjective :P ; tg:measurability tg:NotMeasurable ;
    tg:verification tg:Recalled ; tg:scopePhrase :waste .
:w2 tg:wordingOf :T2 . :h2 a tg:Hedge ; oa:hasSource :w2 .
:a1 tg:linkSubject :T1 ; tg:actor :firms ; tg:role tg:Responsible ; tg:basis tg:NamedInText .
:a2 tg:linkSubject :T1 ; tg:actor :alone ; tg:role tg:Responsible ; tg:basis tg:Implied .
:s1 tg:linkSubject :T1 ; tg:stage :burning ; tg:basis tg:NamedInText .
:g1 tg:linkSubject :T1 ; tg:sdg :sdg12.4 ; tg:basis tg:CuratorJudgement .
:i1 tg:linkSubject :T1 ; tg:indicator :count ; tg:basis tg:NamedInText .
:i2 tg:linkSubject :T2 ; tg:indicator :guess ; tg:basis tg:NamedInText .
:d1 a tg:DependencyLink ; tg:linkSubject :T1 ; tg:prerequisite :T2 .
:d2 a tg:DependencyLink ; tg:linkSubject :T2 ; tg:prerequisite :T1 .
:X1 a tg:Target ; tg:inFramework :E . :X2 a tg:Target ; tg:inFramework :E .
:b1 tg:linkSubject :X1 ; tg:actor :business ; tg:role tg:Owner ; tg:basis tg:NamedInText .
:b2 tg:linkSubject :X1 ; tg:actor :acme ; tg:role tg:Owner ; tg:basis tg:NamedInText .
:b3 tg:linkSubject :X1 ; tg:actor :states ; tg:role tg:Owner ; tg:basis tg:Implied .
:m1 a tg:LineageLink ; tg:linkSubject :X1 ; tg:successor :T1 ; tg:lineageRelation tg:Became .
:m2 a tg:LineageLink ; tg:linkSubject :X2 ; tg:lineageRelation tg:DroppedAsTarget .
"""


def gaps_of(framework: str, extra: str = "") -> set[str]:
    found = expected_gaps(world(OBLIGATIONS + extra, WHOLE), x(framework))
    return {" ".join(part for part in gap if part).replace("urn:x:", "") for gap in found}


def test_gaps_of_a_small_framework():
    assert gaps_of("F") == {
        "thin-row T1 actors",
        "empty-row T2 actors",
        "empty-row T2 goals",
        "no-adopted-indicator T2 indicators",
        "single-target-column firms actors",
        "single-target-column business actors",
        "empty-column states actors",
        "implied-only-column alone actors",
        "single-target-column sdg12 goals",
        "empty-column sdg7 goals",
        "no-deadline T2",
        "objective-without-deadline P",
        "no-end-state T2",
        "hedged-wording T2",
        "scope-phrase-only T2",
        "unverified-wording T2",
        "single-actor T1 actors",
        "order-cannot-work T1 T2",
        "lineage-loss X2",
        "lost-actor acme mentions",
    }


def test_nothing_is_lost_where_nothing_came_before():
    assert not any(gap.startswith("lineage-loss") for gap in gaps_of("E"))


@pytest.mark.parametrize(
    ("extra", "gone", "come"),
    [
        # A second target beside the first: the column no longer hangs on one.
        (
            ":a9 tg:linkSubject :T2 ; tg:actor :firms ; tg:role tg:Provider ; tg:basis tg:NamedInText .",
            {
                "single-target-column firms actors",
                "single-target-column business actors",
                "empty-row T2 actors",
            },
            {"thin-row T2 actors", "single-actor T2 actors"},
        ),
        # A catch-all for T2 reaches states, yet does not name them; it is no second actor of T1.
        (
            ":a9 tg:linkSubject :T2 ; tg:actor :everybody ; tg:role tg:Provider ; tg:basis tg:NamedInText .",
            {"empty-row T2 actors", "empty-column states actors"},
            {"umbrella-only-row T2 actors", "umbrella-only-column states actors"},
        ),
        # Two named actors: enough, and no longer alone.
        (
            ":a9 tg:linkSubject :T1 ; tg:actor :acme ; tg:role tg:Provider ; tg:basis tg:NamedInText .",
            {"thin-row T1 actors", "single-actor T1 actors", "lost-actor acme mentions"},
            set(),
        ),
        # In brackets: contingent, row and column alike.
        (
            ":a9 tg:linkSubject :T2 ; tg:actor :states ; tg:role tg:Provider ; tg:basis tg:NamedInText ;"
            " tg:restsOn :br . :br a tg:BracketedPassage .",
            {"empty-row T2 actors", "empty-column states actors"},
            {"contingent-row T2 actors", "contingent-column states actors"},
        ),
        # Stale: the row has a kind of its own, the column shares that of what is not settled.
        (
            ":a9 tg:linkSubject :T2 ; tg:actor :states ; tg:role tg:Provider ; tg:basis tg:NamedInText ;"
            " tg:madeAgainst :w2 . :w3 prov:wasRevisionOf :w2 .",
            {"empty-row T2 actors", "empty-column states actors"},
            {"stale-row T2 actors", "contingent-column states actors"},
        ),
        # Implied: in the row a gap of its own.
        (
            ":a9 tg:linkSubject :T2 ; tg:actor :alone ; tg:role tg:Provider ; tg:basis tg:Implied .",
            {"empty-row T2 actors"},
            {"implied-only-row T2 actors"},
        ),
        # Judgement is enough for goals; and now every target has the same SDG target.
        (
            ":g9 tg:linkSubject :T2 ; tg:sdg :sdg12.4 ; tg:basis tg:Implied .",
            {"empty-row T2 goals", "single-target-column sdg12 goals"},
            {"concentration sdg12.4 sdgs"},
        ),
        # Who merely owns something does not act, named or not.
        (
            ":a9 tg:linkSubject :T1 ; tg:actor :states ; tg:role tg:Owner ; tg:basis tg:NamedInText .",
            set(),
            set(),
        ),
        # One dated target is enough for an objective.
        (":T1 tg:underObjective :P .", {"objective-without-deadline P"}, set()),
        # Dates: the objective has one again, but T2 still comes too late for T1.
        (
            ':T2 tg:deadlineYear "2035"^^xsd:gYear .',
            {"no-deadline T2", "objective-without-deadline P"},
            set(),
        ),
        (
            ':T2 tg:deadlineYear "2030"^^xsd:gYear .',
            {"no-deadline T2", "objective-without-deadline P", "order-cannot-work T1 T2"},
            set(),
        ),
    ],
)
def test_what_a_change_does_to_the_gaps(extra: str, gone: set[str], come: set[str]):
    before, after = gaps_of("F"), gaps_of("F", extra)
    assert (before - after, after - before) == (gone, come)


def test_every_finder_finds_something_by_hand():
    extra = ":g9 tg:linkSubject :T2 ; tg:sdg :sdg12.4 ; tg:basis tg:Implied ."
    graph = world(OBLIGATIONS + extra, WHOLE)
    idle = [find.__name__ for find in FINDERS if not find(graph, x("F"))]
    assert (idle, len(FINDERS)) == ([], 11)
