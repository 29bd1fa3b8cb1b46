"""The oracle's states against small cases worked out by hand."""

from __future__ import annotations

import pytest
from rdflib import Dataset, URIRef

from tests.oracle.coverage import (
    STATES,
    Crossing,
    cell_states,
    column_states,
    crossed_states,
    objective_states,
    row_states,
)
from tests.oracle.hand_written import (
    ACTORS,
    ADOPTED,
    INDICATORS,
    MEANT,
    NAMED,
    STAGES,
    actor_link,
    record,
    world,
    x,
)

NAMED_TWICE = actor_link("l1", "states") + actor_link("l2", "states", NAMED.replace("Responsible", "Provider"))
CASES = [
    ("covered", NAMED_TWICE, 2, {"named": 2}),
    ("thin", actor_link("l1", "states"), 2, {"named": 1}),
    # An implied link beside a named one changes nothing in the state.
    ("thin", actor_link("l1", "states") + actor_link("l2", "states", MEANT), 2, {"named": 1, "implied": 1}),
    ("implied", actor_link("l1", "states", MEANT), 1, {"implied": 1}),
    ("umbrella", actor_link("l1", "everybody"), 1, {"umbrella": 1}),
    ("umbrella", actor_link("l1", "everybody", MEANT), 1, {"umbrella": 1}),
    ("contingent", actor_link("l1", "states", NAMED + "; tg:restsOn :bracket"), 1, {"contingent": 1}),
    ("contingent", actor_link("l1", "everybody", NAMED + "; tg:restsOn :bracket"), 1, {"contingent": 1}),
    ("covered", actor_link("l1", "states", NAMED + "; tg:restsOn :stress"), 1, {"named": 1}),
    ("covered", actor_link("l1", "states", NAMED + "; tg:madeAgainst :new"), 1, {"named": 1}),
    ("stale", actor_link("l1", "states", NAMED + "; tg:madeAgainst :old"), 1, {"stale": 1}),
    (
        "stale",
        actor_link("l1", "states", NAMED + "; tg:madeAgainst :old ; tg:restsOn :bracket"),
        1,
        {"stale": 1},
    ),
    ("gap", "", 1, {}),
    ("gap", actor_link("l1", "states", "tg:role tg:Beneficiary ; tg:basis tg:NamedInText"), 1, {}),
    ("gap", actor_link("l1", "states", target="T2"), 1, {}),
    ("gap", actor_link("l1", "alone"), 1, {}),
    ("not-applicable", record("r1", "F", "NotApplicable"), 1, {}),
    ("not-assessed", record("r1", "F", "NotAssessed"), 1, {}),
    ("gap", record("r1", "F", "Covered"), 1, {}),
    # The narrower record wins, in the order: target and concept, target, framework and concept, framework.
    ("not-assessed", record("r1", "F", "NotApplicable") + record("r2", "F", "NotAssessed", "states"), 1, {}),
    ("gap", record("r1", "F", "NotApplicable", "states") + record("r2", "T1", "Covered"), 1, {}),
    ("not-applicable", record("r1", "T1", "Covered") + record("r2", "T1", "NotApplicable", "states"), 1, {}),
    ("gap", record("r1", "T2", "NotApplicable") + record("r2", "F", "NotApplicable", "firms"), 1, {}),
    # A record says nothing about a cell that has a link.
    ("covered", actor_link("l1", "states") + record("r1", "T1", "NotApplicable", "states"), 1, {"named": 1}),
]


@pytest.mark.parametrize(("state", "triples", "minimum", "counts"), CASES)
def test_state_of_one_cell(state: str, triples: str, minimum: int, counts: dict[str, int]):
    cell = cell_states(world(triples), x("F"), ACTORS, minimum)[(x("T1"), x("states"))]
    assert (cell.state, {k: n for k, n in cell.counts.items() if n}) == (state, counts)


def test_the_cases_show_every_state():
    assert {case[0] for case in CASES} == set(STATES)
    assert len(CASES) == 24


def test_an_unassessed_dimension_has_no_gaps():
    assert set(column_states(world(""), x("F"), STAGES).values()) == {"not-assessed"}


def states_of_t1(triples: str) -> dict[str, str]:
    cells = cell_states(world(triples), x("F"), ACTORS)
    return {c.removeprefix("urn:x:"): cell.state for (t, c), cell in cells.items() if t == x("T1")}


def test_a_link_covers_what_is_broader_and_a_body_is_no_column():
    assert states_of_t1(actor_link("l1", "acme")) == {
        "everybody": "covered",
        "business": "covered",
        "firms": "covered",
        "states": "gap",
        "alone": "gap",
    }


def test_a_link_does_not_cover_what_is_narrower():
    assert states_of_t1(actor_link("l1", "business"))["firms"] == "gap"


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (NAMED, "umbrella"),
        (NAMED + "; tg:restsOn :bracket", "contingent"),
        (NAMED + "; tg:madeAgainst :old", "stale"),
    ],
)
def test_a_catch_all_reaches_everything_below_it(facts: str, state: str):
    assert states_of_t1(actor_link("l1", "everybody", facts)) == {
        "everybody": state,
        "business": state,
        "firms": state,
        "states": state,
        "alone": "gap",
    }


def test_rows_count_distinct_concepts_in_their_best_class():
    triples = actor_link("l1", "states", MEANT) + actor_link("l2", "states") + actor_link("l3", "acme", MEANT)
    row = row_states(world(triples), x("F"), ACTORS, minimum=2)[x("T1")]
    assert row.state == "thin"
    assert row.counts == {"named": 1, "implied": 1, "umbrella": 0, "contingent": 0, "stale": 0}


def test_rows_do_not_roll_up_and_ignore_records_on_concepts():
    triples = record("r1", "T1", "NotApplicable", "states") + actor_link("l1", "firms", target="T2")
    rows = row_states(world(triples), x("F"), ACTORS)
    assert rows[x("T1")].state == "gap"
    assert rows[x("T2")].counts["named"] == 1


@pytest.mark.parametrize(("indicator", "state"), [("count", "covered"), ("guess", "implied")])
def test_a_required_value_makes_a_named_link_implied(indicator: str, state: str):
    triples = f":l1 tg:linkSubject :T1 ; tg:indicator :{indicator} ; tg:basis tg:NamedInText ."
    rows = row_states(world(triples), x("F"), INDICATORS, required_value=ADOPTED)
    assert rows[x("T1")].state == state


def test_a_required_value_does_not_lift_a_stale_link():
    triples = ":l1 tg:linkSubject :T1 ; tg:indicator :guess ; tg:basis tg:NamedInText ; tg:madeAgainst :old ."
    assert row_states(world(triples), x("F"), INDICATORS, required_value=ADOPTED)[x("T1")].state == "stale"


def test_columns_and_objectives_take_the_best_target():
    outsider = ":T3 a tg:Target ; tg:inFramework :F .\n"
    triples = actor_link("l1", "states", MEANT) + actor_link("l2", "firms", target="T3") + outsider
    graph = world(triples + record("r1", "T2", "NotApplicable"))
    columns = column_states(graph, x("F"), ACTORS)
    assert (columns[x("states")], columns[x("firms")], columns[x("alone")]) == (
        "implied",
        "covered",
        "not-applicable",
    )
    objectives = objective_states(graph, x("F"), ACTORS)
    assert (objectives[(x("O"), x("states"))], objectives[(x("O"), x("firms"))]) == (
        "implied",
        "not-applicable",
    )


def test_crossings():
    stage = ":{} tg:linkSubject :{} ; tg:stage :{} ; tg:basis tg:{} .\n"
    triples = (
        actor_link("l1", "states")
        + actor_link("l2", "states", MEANT, target="T2")
        + actor_link("l3", "firms", target="T2")
        + stage.format("l4", "T1", "making", "Implied")
        + stage.format("l5", "T2", "making", "NamedInText")
        + stage.format("l6", "T2", "burning", "NamedInText")
    )
    crossings = crossed_states(world(triples), x("F"), ACTORS, STAGES)
    # T1: covered and implied; T2: implied and covered.
    assert crossings[(x("states"), x("making"))] == Crossing("implied", 2)
    assert crossings[(x("firms"), x("making"))] == Crossing("covered", 1)
    assert crossings[(x("firms"), x("waste"))] == Crossing("covered", 1)
    # T2 is linked to waste and looked at for actors: an empty crossing.
    assert crossings[(x("alone"), x("waste"))] == Crossing("gap", 0)
    # Nobody looked at waste in T1, and T1 is all there is without T2.
    lonely = world(stage.format("l4", "T1", "making", "Implied"))
    assert crossed_states(lonely, x("F"), ACTORS, STAGES)[(x("alone"), x("waste"))] == Crossing("not-assessed", 0)


def test_a_dataset_is_read_as_the_union_of_its_graphs():
    dataset = Dataset()
    for number, triple in enumerate(world(actor_link("l1", "states"))):
        dataset.graph(URIRef(f"urn:graph:{number % 3}")).add(triple)
    assert cell_states(dataset, x("F"), ACTORS)[(x("T1"), x("states"))].state == "covered"
