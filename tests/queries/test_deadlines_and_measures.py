"""Answers on deadlines, indicators and SDGs, against the tables as the csv module reads them and numbers typed in."""

from __future__ import annotations

from collections import Counter

from tests.queries.curated import by_concept, by_target, deadline, links, table, targets
from tests.queries.engines import Engines

ALL = set(targets())
GOALS = {row["id"] for row in table("sdgs") if row["level"] == "goal"}
SDG_TARGETS = {row["id"] for row in table("sdgs") if row["level"] == "target"}


def _goal(sdg: str) -> str:
    return sdg.split(".")[0]


def test_no_date(engines: Engines) -> None:
    rows = engines.rows("deadlines/targets-without-deadline")
    assert {r["number"] for r in rows} == {t for t in ALL if deadline(t) is None} == {"C1", "E4"}
    assert {r["number"]: r["dated_siblings"] for r in rows} == {"C1": "0", "E4": "5"}
    assert engines.column("deadlines/objectives-without-deadline", "code") == ["C"]


def test_orders_that_cannot_work(engines: Engines) -> None:
    expected = set()
    for row in table("dependencies"):
        due, needed = deadline(row["target"]), deadline(row["needs"])
        if due is not None and (needed is None or needed > due):
            expected.add((row["target"], row["needs"]))
    rows = engines.rows("deadlines/orders-that-cannot-work")
    assert {(r["number"], r["needed_number"]) for r in rows} == expected
    assert len(rows) == 9
    assert {r["needed_number"] for r in rows} == {"B1", "B3", "B7", "E1", "E3", "D2"}
    in_good_time = [r for r in engines.rows("deadlines/needs-and-dates") if r["verdict"] == "in good time"]
    assert [(r["number"], r["needed_number"]) for r in in_good_time] == [("A7", "D5")]
    assert engines.agreed("deadlines/any-order-that-cannot-work") == [(("truth", "True"),)]


def test_targets_by_objective_and_year(engines: Engines) -> None:
    expected = Counter((row["objective"], str(deadline(t) or "no date")) for t, row in targets().items())
    rows = engines.rows("deadlines/targets-by-objective-and-year")
    assert {(r["code"], r["due"]): int(r["targets"]) for r in rows} == expected


def test_due_by(engines: Engines) -> None:
    expected = {t for t in ALL if (deadline(t) or 9999) <= 2030}
    assert set(engines.column("deadlines/due-by", "number")) == expected
    assert len(expected) == 18


def test_no_adopted_indicator(engines: Engines) -> None:
    adopted = {row["id"] for row in table("indicators") if row["adoption"] == "adopted"}
    expected = {t for t in ALL if not by_target(links("indicator"))[t] & adopted}
    rows = engines.rows("indicators/targets-without-adopted-indicator")
    assert {r["number"] for r in rows} == expected == ALL
    assert {r["number"]: int(r["candidates"]) for r in rows} == {t: len(by_target(links("indicator"))[t]) for t in ALL}
    assert engines.column("indicators/targets-without-candidate", "number") == ["B4"]


def test_end_states(engines: Engines) -> None:
    expected = {t for t, row in targets().items() if row["measurable"] == "no"}
    assert set(engines.column("indicators/targets-without-end-state", "number")) == expected == {"B4", "D4", "E2", "E6"}
    checkable = [r for r in engines.rows("indicators/measurability-by-objective") if r["measurability"] == "measurable"]
    assert sum(int(r["targets"]) for r in checkable) == 5


def test_adoption_status(engines: Engines) -> None:
    expected = Counter(row["adoption"] for row in table("indicators"))
    words = {
        "AdoptedIndicator": "adopted",
        "AdoptedElsewhere": "adopted-elsewhere",
        "ProposedIndicator": "proposed",
        "UnderDevelopment": "under-development",
        "CandidateProxy": "candidate-proxy",
        "StructureOnly": "structure-only",
    }
    rows = engines.rows("indicators/indicators-by-status")
    assert {words[r["status"]]: int(r["indicators"]) for r in rows} == {**expected, "adopted": 0}


def test_goals_without_link(engines: Engines) -> None:
    linked = {_goal(s) for _, s in links("sdg")}
    assert set(engines.column("sdgs/sdgs-without-link", "code")) == GOALS - linked == {"1", "7", "10", "11"}
    found = engines.column("sdgs/sdgs-without-link", "code", {"level": "tg:SdgTarget"})
    assert set(found) == SDG_TARGETS - {s for _, s in links("sdg")}


def test_goals_hanging_on_one_target(engines: Engines) -> None:
    by_goal = by_concept((t, _goal(s)) for t, s in links("sdg"))
    expected = {goal: next(iter(t)) for goal, t in by_goal.items() if len(t) == 1}
    rows = engines.rows("sdgs/goals-hanging-on-one-target")
    assert {r["code"]: r["target_number"] for r in rows} == expected
    assert set(expected) == {"4", "5", "13", "14"}
    generic = engines.rows("coverage/concepts-hanging-on-one-target")
    assert {r["concept"]: r["number"] for r in generic} == expected


def test_targets_per_sdg(engines: Engines) -> None:
    expected = {s: len(t) for s, t in by_concept(links("sdg")).items()}
    rows = engines.rows("sdgs/targets-per-sdg")
    assert {r["code"]: int(r["targets"]) for r in rows} == expected
    assert (rows[0]["code"], rows[0]["targets"], rows[0]["percent"]) == ("12.4", "26", "93")


def test_sdg_targets_past_their_date(engines: Engines) -> None:
    years = {r["id"]: int(r["deadline_year"]) for r in table("sdgs") if r["deadline_year"].isdigit()}
    served = by_concept(links("sdg"))
    expected = {s: len(served[s]) for s in served if s in years and years[s] < 2026}
    rows = engines.rows("sdgs/sdg-targets-past-their-date")
    assert {r["code"]: int(r["targets"]) for r in rows} == expected
    assert expected["12.4"] == 26


def test_what_must_come_first(engines: Engines) -> None:
    needs = by_target((row["target"], row["needs"]) for row in table("dependencies"))
    expected: set[str] = set()
    new = {"D6"}
    while new:
        new = {n for t in new for n in needs[t]} - expected
        expected |= new
    rows = engines.rows("deadlines/what-must-come-first", {"target": "gfc/D6"})
    assert {r["number"] for r in rows} == expected == {"B3", "D2"}
    assert {r["number"] for r in rows if r["directly"] == "true"} == needs["D6"]


def test_indicators_one_by_one(engines: Engines) -> None:
    rows = engines.rows("indicators/indicators-per-target")
    assert {(r["number"], r["indicator"]) for r in rows} == set(links("indicator"))
    based_on = {row["id"]: row["sdg_indicator"].split(";") for row in table("indicators") if row["sdg_indicator"]}
    proxies = by_concept((t, code) for t, i in links("indicator") for code in based_on.get(i, []))
    rows = engines.rows("indicators/sdg-indicators-as-proxies")
    assert {r["code"]: int(r["targets"]) for r in rows} == {code: len(t) for code, t in proxies.items()}
    # One indicator under three codes is still one.
    assert {r["code"]: r["codes"] for r in rows if r["codes"] != "1"} == {"12.8.1": "3"}
    linked = by_concept(links("indicator"))
    rows = engines.rows("indicators/where-adoption-stands")
    assert {r["indicator"]: int(r["targets"]) for r in rows} == {
        i["id"]: len(linked[i["id"]]) for i in table("indicators")
    }


def test_goals_by_objective(engines: Engines) -> None:
    pairs = {(_goal(s), targets()[t]["objective"], t) for t, s in links("sdg")}
    found = {(r["goal_number"], r["objective"]): int(r["targets"]) for r in engines.rows("sdgs/goals-by-objective")}
    assert found == Counter((goal, objective) for goal, objective, _ in pairs)


def test_targets_sharing_sdgs(engines: Engines) -> None:
    served = by_target(links("sdg"))
    expected = {
        (one, other): len(served[one] & served[other])
        for one in ALL
        for other in ALL
        if one < other and len(served[one] & served[other]) >= 3
    }
    rows = engines.rows("sdgs/targets-sharing-an-sdg")
    assert {(r["first_number"], r["second_number"]): int(r["shared"]) for r in rows} == expected
