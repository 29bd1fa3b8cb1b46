"""Answers on actors, against the tables as the csv module reads them and numbers typed in by hand."""

from __future__ import annotations

from collections import Counter

from tests.queries.curated import Grouped, by_concept, by_target, deadline, links, rolled_up, table, targets, umbrellas
from tests.queries.engines import Engines

ALL = set(targets())
CATEGORIES = {row["id"] for row in table("actors") if row["kind"] == "category"}


def _acting() -> Grouped:
    """Actors that the text makes responsible, by target."""
    return by_target(links("actor", "named", acting=True))


def test_governments_alone(engines: Engines) -> None:
    expected = {t for t, actors in _acting().items() if actors == {"governments"}}
    found = engines.column("actors/targets-naming-only", "number")
    assert sorted(found) == sorted(expected) == ["A1", "A5", "B6", "D2", "D5", "E1", "E5"]


def test_companies_as_such_carry_two(engines: Engines) -> None:
    found = engines.column("actors/targets-naming-only", "number", {"actor": "companies"})
    assert found == ["A3", "D1"]


def test_catch_all_only(engines: Engines) -> None:
    expected = {t for t, actors in _acting().items() if actors and actors <= umbrellas("actors")}
    rows = engines.rows("actors/umbrella-only-targets")
    assert {r["number"] for r in rows} == expected
    assert sorted(expected) == ["A4", "A7", "B2", "B3", "B4", "B7", "D4", "D7", "E3", "E6"]
    implied = by_target(links("actor", "implied"))
    assert {r["number"]: int(r["implied_actors"]) for r in rows} == {t: len(implied[t]) for t in expected}


def test_naming_nobody_who_must_act(engines: Engines) -> None:
    rows = engines.rows("actors/targets-naming-nobody")
    assert {r["number"] for r in rows} == ALL - set(_acting())
    # The note counts four that name nobody at all; E2 and E4 name somebody, but not as having to act.
    assert {r["number"] for r in rows if r["mentioned_otherwise"] == "0"} == {"B1", "B5", "C1", "D6"}
    assert {r["number"] for r in rows if r["mentioned_otherwise"] != "0"} == {"E2", "E4"}


def test_single_actor(engines: Engines) -> None:
    expected = {
        (t, next(iter(particular)))
        for t, actors in _acting().items()
        if len(particular := actors - umbrellas("actors")) == 1
    }
    rows = engines.rows("actors/targets-naming-one-actor-only")
    assert {(r["number"], r["actor"]) for r in rows} == expected
    assert len(rows) == 11


def test_actors_named_in_no_target(engines: Engines) -> None:
    named = {a for _, a in rolled_up("actors", links("actor", "named"))}
    implied = by_concept(rolled_up("actors", links("actor", "implied")))
    rows = engines.rows("actors/actors-named-in-no-target")
    assert {r["actor"] for r in rows} == CATEGORIES - named - umbrellas("actors")
    assert all(int(r["implied_in"]) == len(implied[r["actor"]]) for r in rows)
    lost = {"civil-society", "workers", "academia", "farmers", "retailers-brands", "consumers-public"}
    assert lost | {"indigenous-peoples", "industry-associations", "smes", "waste-operators"} <= {
        r["actor"] for r in rows
    }


def test_actor_by_role(engines: Engines) -> None:
    expected = Counter(
        (row["concept"], row["role"], row["basis"]) for row in table("gfc/links") if row["dimension"] == "actor"
    )
    words = {"role not stated": "unstated", "named in the text": "named"}
    rows = engines.rows("actors/actor-by-role")
    found = {
        (r["actor"], words.get(r["role"], r["role"]), words.get(r["basis"], r["basis"])): int(r["targets"])
        for r in rows
    }
    assert found == expected


def test_roll_up_of_actors_goes_upward_only(engines: Engines) -> None:
    own = by_concept(links("actor", "named", acting=True))
    rolled = by_concept(rolled_up("actors", links("actor", "named", acting=True)))
    rows = {r["actor"]: r for r in engines.rows("actors/targets-per-actor")}
    for actor, row in rows.items():
        assert int(row["named_itself"]) == len(own[actor]), actor
        assert int(row["named_with_narrower"]) == len(rolled[actor]), actor
    assert (rows["private-sector"]["named_itself"], rows["private-sector"]["named_with_narrower"]) == ("1", "3")
    assert rows["chemical-industry"]["named_with_narrower"] == "0", "a duty of companies is not one of its kinds"


def test_workload(engines: Engines) -> None:
    def due(target: str) -> str:
        return str(deadline(target) or "no date")

    named = Counter((a, due(t)) for t, actors in _acting().items() for a in actors)
    implied = Counter((a, due(t)) for t, a in links("actor", "implied") if a not in _acting()[t])
    rows = engines.rows("actors/workload-by-deadline")
    assert {(r["actor"], r["due"]): int(r["named"]) for r in rows if r["named"] != "0"} == named
    assert {(r["actor"], r["due"]): int(r["implied"]) for r in rows if r["implied"] != "0"} == implied


def test_who_must_act_keeps_basis_apart(engines: Engines) -> None:
    rows = engines.rows("actors/who-must-act")
    named = {(r["number"], r["actor"]) for r in rows if r["basis"] == "named in the text"}
    implied = {(r["number"], r["actor"]) for r in rows if r["basis"] == "implied"}
    assert named == set(links("actor", "named", acting=True))
    assert implied == set(links("actor", "implied"))
    assert len(rows) == len(named) + len(implied)


def test_beneficiaries_and_bystanders(engines: Engines) -> None:
    named = [row for row in table("gfc/links") if row["dimension"] == "actor" and row["basis"] == "named"]
    gaining = {(r["target"], r["concept"]) for r in named if r["role"] == "beneficiary"}
    acting = {(t, a) for t, actors in _acting().items() for a in actors}
    rows = engines.rows("actors/beneficiaries-who-need-not-act")
    assert {(r["number"], r["actor"]) for r in rows} == gaining - acting
    rows = engines.rows("actors/named-but-without-duty")
    expected = {(r["concept"], r["role"]) for r in named if r["concept"] not in {a for _, a in acting}}
    assert {(r["actor"], r["role"]) for r in rows} == expected


def test_organisations_stand_under_their_nearest_category(engines: Engines) -> None:
    broader = {row["id"]: row["broader"] for row in table("actors")}
    expected = {}
    for organisation in set(broader) - CATEGORIES:
        above = broader[organisation]
        while above not in CATEGORIES:
            above = broader[above]
        expected[organisation] = above
    rows = engines.rows("actors/organisations")
    assert {r["organisation"]: r["category"] for r in rows} == expected
    assert expected["who"] == "intergovernmental-organizations", "through the IOMC, which is a body itself"
    assert {r["organisation"] for r in rows if r["named_in"] != "0"} == {"iomc", "gfc-fund"}
