"""Answers on wording, lineage and verification, against the tables as the csv module reads them."""

from __future__ import annotations

from collections import Counter

from tests.queries.curated import by_concept, by_target, links, rolled_up, table, targets
from tests.queries.engines import Engines

ALL = set(targets())


def test_hedges(engines: Engines) -> None:
    expected = Counter(row["target"] for row in table("gfc/passages") if row["kind"] == "hedge")
    rows = engines.rows("wording/hedges-per-target")
    assert {r["number"]: int(r["hedges"]) for r in rows} == {t: expected[t] for t in ALL}
    assert [r["number"] for r in rows if r["hedges"] == "0"] == ["B3"]
    assert Counter(engines.column("wording/softening-words", "number")) == expected


def test_brackets(engines: Engines) -> None:
    text = {row["target"]: row["text"] for row in table("beyond2020/wordings")}
    expected = {
        (row["target"], row["quote"], str(text[row["target"]].index(row["quote"])))
        for row in table("beyond2020/passages")
        if row["kind"] == "bracket"
    }
    rows = engines.rows("wording/passages-in-brackets")
    assert {(r["number"], r["words"], r["first_character"]) for r in rows} == expected
    resting = engines.rows("wording/links-resting-on-brackets")
    assert {(r["number"], r["concept"]) for r in resting} == {
        (row["target"], row["concept"]) for row in table("beyond2020/links") if row["rests_on"]
    }


def test_waste_in_name_only(engines: Engines) -> None:
    named = by_target(rolled_up("stages", links("stage", "named")))
    expected = {(t, s) for t, r in targets().items() for s in r["scope_phrase"].split(";") if s and s not in named[t]}
    rows = engines.rows("wording/scope-phrases")
    assert {(r["number"], r["concept"]) for r in rows} == expected
    assert len(rows) == 12
    # The note: a specific object only in A4 and B3.
    assert set(engines.column("wording/waste-as-an-object", "number")) == {"A4", "B3"}
    assert {t for t in ALL if "waste" in named[t]} == {"A4", "B3"}


def test_dropped_and_lost(engines: Engines) -> None:
    expected = {row["proposal"] for row in table("lineage") if row["relation"] == "dropped"}
    assert set(engines.column("lineage/dropped-proposals", "number")) == expected == {"P1", "P4"}
    still = {a for _, a in rolled_up("actors", links("actor", "named"))}
    before = {a for _, a in links("actor", "named", framework="beyond2020")}
    found = set(engines.column("lineage/actors-lost", "actor"))
    assert found == before - still == {"civil-society", "industry-associations", "smes"}


def test_fate_of_proposals(engines: Engines) -> None:
    rows = engines.rows("lineage/what-became-of-each-proposal")
    assert sorted((r["number"], r.get("successor_number", "")) for r in rows) == sorted(
        (row["proposal"], row["successor"]) for row in table("lineage")
    )
    became = engines.rows("lineage/proposal-and-successor-compared")
    assert [(r["number"], r["successor_number"]) for r in became] == [("P2", "E2"), ("P3", "D1"), ("P5", "D4")]
    inherited = {row["successor"] for row in table("lineage")}
    assert set(engines.column("lineage/targets-without-forerunner", "number")) == ALL - inherited


def test_verification(engines: Engines) -> None:
    kinds = {"actor": "responsibility link", "sdg": "SDG link"}
    expected = Counter(
        (kinds.get(row["dimension"], f"{row['dimension']} link"), row["status"]) for row in table("gfc/links")
    )
    expected[("dependency link", "judged")] = sum(row["framework"] == "gfc" for row in table("dependencies"))
    rows = engines.rows("quality/links-by-verification")
    found = {(r["kind_label"], r["verification_label"]): int(r["links"]) for r in rows}
    assert found == expected
    recalled = [row for row in table("gfc/links") if row["status"] == "recalled"]
    assert len(engines.rows("quality/links-never-verified")) == len(recalled) > 0


def test_unverified_targets(engines: Engines) -> None:
    expected = {t for t, row in targets().items() if row["verification"] == "recalled"}
    rows = engines.rows("quality/unverified-targets")
    assert {r["number"] for r in rows} == expected
    assert len(rows) == 17


def test_least_certain(engines: Engines) -> None:
    low = sum(row["confidence"] == "low" for row in table("gfc/links"))
    low += sum(row["confidence"] == "low" and row["framework"] == "gfc" for row in table("dependencies"))
    assert len(engines.rows("quality/least-certain-links")) == low


def test_what_the_text_gained(engines: Engines) -> None:
    before = {s for _, s in links("stage", "named", framework="beyond2020")}
    after = by_concept(links("stage", "named"))
    rows = engines.rows("lineage/concepts-lost-or-gained")
    assert {r["concept"]: int(r["targets"]) for r in rows if r["change"] == "gained"} == {
        s: len(t) for s, t in after.items() if s not in before
    }
    assert {r["concept"] for r in rows if r["change"] == "lost"} == before - set(after)


def test_verification_by_objective(engines: Engines) -> None:
    expected = Counter((row["objective"], row["verification"]) for row in targets().values())
    rows = engines.rows("quality/verification-by-objective")
    assert {(r["code"], r["verification"]): int(r["targets"]) for r in rows} == expected


def test_texts_held(engines: Engines) -> None:
    rows = engines.rows("wording/texts-held-and-missing")
    for framework in ("gfc", "beyond2020"):
        held = Counter(bool(row["text"]) for row in table(f"{framework}/wordings"))
        found = {r["text_status"] == "text held": int(r["targets"]) for r in rows if r["framework"] == framework}
        assert found == held
    emphasis = [row["quote"] for row in table("beyond2020/passages") if row["kind"] == "emphasis"]
    assert sorted(engines.column("wording/emphasised-words", "words")) == sorted(emphasis)
