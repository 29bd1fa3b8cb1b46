"""Answers on coverage, against the tables as the csv module reads them and numbers typed in by hand."""

from __future__ import annotations

from collections import Counter
from itertools import product

from tests.queries.curated import (
    Grouped,
    by_concept,
    by_target,
    caught,
    links,
    rolled_up,
    table,
    targets,
    umbrellas,
    upward,
)
from tests.queries.engines import Engines

ALL = set(targets())


def test_stages_that_only_the_whole_life_cycle_reaches(engines: Engines) -> None:
    reached = {s for _, s in rolled_up("stages", [p for p in links("stage") if p[1] not in umbrellas("stages")])}
    expected = {row["id"] for row in table("stages")} - reached - umbrellas("stages")
    found = set(engines.column("coverage/concepts-reached-by-umbrella-only", "concept"))
    assert found == expected == {"raw-materials", "treatment-disposal", "remediation"}


def test_stages_never_named(engines: Engines) -> None:
    found = set(engines.column("coverage/concepts-never-named", "concept", {"dimension": "tg:StageDimension"}))
    assert found == {"transport-storage", "distribution-retail", "consumer-use", "reuse-recycling"}


def test_sectors_never_named(engines: Engines) -> None:
    named = {s for _, s in rolled_up("sectors", links("sector", "named")) if s not in umbrellas("sectors")}
    implied = by_concept(rolled_up("sectors", [p for p in links("sector") if p[1] not in umbrellas("sectors")]))
    expected = {s: len(t) for s, t in implied.items() if s not in named | umbrellas("sectors")}
    rows = engines.rows("coverage/concepts-never-named")
    assert {r["concept"]: int(r["implied_in"]) for r in rows} == expected
    assert {"textiles", "electronics", "construction", "pharmaceuticals", "energy", "retail"} <= set(expected)


def test_sectors_reached_by_nobody(engines: Engines) -> None:
    everything = rolled_up("sectors", links("sector")) + caught("sectors", links("sector"))
    expected = {row["id"] for row in table("sectors")} - {s for _, s in everything}
    rows = engines.rows("coverage/concepts-reached-by-no-target")
    assert {r["concept"] for r in rows} == expected == {"water"}
    assert {r["looked_at"] for r in rows} == {"true"}


def test_issues_were_not_looked_for_and_that_is_no_gap(engines: Engines) -> None:
    rows = engines.rows("coverage/concepts-reached-by-no-target", {"dimension": "tg:IssueDimension"})
    assert len(rows) == len(table("issues")) - 1
    assert {r["looked_at"] for r in rows} == {"false"}


def test_named_links_per_target(engines: Engines) -> None:
    rows = engines.rows("coverage/named-links-per-target")
    named, everything = by_target(links("stage", "named")), by_target(links("stage"))
    for row in rows:
        number, catch_alls = row["number"], umbrellas("stages")
        assert int(row["named"]) == len(named[number] - catch_alls)
        assert int(row["implied"]) == len(everything[number] - named[number] - catch_alls)
        assert int(row["catch_alls"]) == len(everything[number] & catch_alls)
    # The note: 15 of 28 targets name no stage, not even the whole life cycle.
    assert len(rows) == 28
    assert len(ALL - set(named)) == 15


def test_targets_reaching_nothing(engines: Engines) -> None:
    assert set(engines.column("coverage/targets-reaching-nothing", "number")) == ALL - set(
        by_target(links("indicator"))
    )


def test_targets_whose_sectors_are_implied_only(engines: Engines) -> None:
    implied = by_target(p for p in links("sector", "implied") if p[1] not in umbrellas("sectors"))
    expected = {t: len(s) for t, s in implied.items() if t not in by_target(links("sector", "named"))}
    rows = engines.rows("coverage/targets-implied-only")
    assert {r["number"]: int(r["implied"]) for r in rows} == expected
    assert len(rows) == 19


def _particular(dimension: str) -> Grouped:
    """Targets by concept, reached otherwise than by a catch-all."""
    vocabulary = dimension + "s"
    return by_concept(rolled_up(vocabulary, [p for p in links(dimension) if p[1] not in umbrellas(vocabulary)]))


def _at_all(dimension: str) -> Grouped:
    """Targets by concept, reached in whatever way."""
    vocabulary = dimension + "s"
    return by_concept([*rolled_up(vocabulary, links(dimension)), *caught(vocabulary, links(dimension))])


def test_sector_stage_cells(engines: Engines) -> None:
    by_sector, any_sector = _particular("sector"), _at_all("sector")
    by_stage, any_stage = _particular("stage"), _at_all("stage")
    particular = [{r["id"] for r in table(v)} - umbrellas(v) for v in ("sectors", "stages")]
    cells = list(product(*particular))
    empty = {
        (sector, stage): len(any_sector[sector] & any_stage[stage])
        for sector, stage in cells
        if not by_sector[sector] & by_stage[stage]
    }
    rows = engines.rows("coverage/sector-stage-cells-nobody-reaches")
    assert {(r["sector"], r["stage"]): int(r["targets_by_catch_all"]) for r in rows} == empty
    assert ("textiles", "remediation") in empty
    filled = engines.rows("coverage/sector-by-stage")
    assert {(r["sector"], r["stage"]): int(r["targets"]) for r in filled} == {
        (sector, stage): len(by_sector[sector] & by_stage[stage])
        for sector, stage in cells
        if (sector, stage) not in empty
    }


def test_targets_per_sector(engines: Engines) -> None:
    rows = engines.rows("coverage/targets-per-concept")
    for word, basis in (("named in the text", "named"), ("implied", "implied")):
        own, rolled = by_concept(links("sector", basis)), by_concept(rolled_up("sectors", links("sector", basis)))
        found = {
            r["concept"]: (int(r["targets_itself"]), int(r["targets_with_narrower"]))
            for r in rows
            if r["basis"] == word
        }
        assert found == {s: (len(own[s]), len(t)) for s, t in rolled.items()}


def test_stages_by_objective(engines: Engines) -> None:
    rows = engines.rows("coverage/objectives-by-concept")
    for word, basis in (("named in the text", "named"), ("implied", "implied")):
        pairs = {(targets()[t]["objective"], stage, t) for t, stage in rolled_up("stages", links("stage", basis))}
        found = {(r["objective"], r["concept"]): int(r["targets"]) for r in rows if r["basis"] == word}
        assert found == Counter((objective, stage) for objective, stage, _ in pairs)


def test_what_was_looked_at(engines: Engines) -> None:
    expected = Counter(row["framework"] for row in table("assessments"))
    rows = engines.rows("coverage/what-was-looked-at")
    found: Counter[str] = Counter()
    for row in rows:
        found[row["framework"]] += int(row["assessments"])
    assert found == expected
    nobody = {(r["framework"], r["dimension"]) for r in rows if r["assessments"] == "0"}
    assert nobody == {
        ("gfc", "IssueDimension"),
        ("beyond2020", "IssueDimension"),
        ("beyond2020", "IndicatorDimension"),
    }


def test_catch_alls(engines: Engines) -> None:
    rows = {r["catch_all"]: r for r in engines.rows("vocabularies/catch-alls")}
    for dimension, vocabulary in (("actor", "actors"), ("sector", "sectors"), ("stage", "stages")):
        for umbrella in umbrellas(vocabulary):
            row = rows.pop(umbrella)
            assert int(row["naming"]) == len(by_concept(links(dimension, "named"))[umbrella])
            assert int(row["implying"]) == len(by_concept(links(dimension, "implied"))[umbrella])
            below = [r for r in table(vocabulary) if umbrella in upward(vocabulary, r["id"])]
            assert int(row["concepts_below"]) == len(below) - 1
    assert not rows


def test_targets_reaching_agriculture(engines: Engines) -> None:
    rows = engines.rows("evidence/targets-reaching-a-concept")
    assert {(r["number"], r["through"]) for r in rows} == {
        (t, s) for t, s in links("sector") if "agriculture" in upward("sectors", s)
    }
    # Upward only: what reaches manufacturing at large does not reach paints.
    found = engines.rows("evidence/targets-reaching-a-concept", {"concept": "sector:paints"})
    assert {r["through"] for r in found} == {"paints"}


def test_obligation_counts_who_must_act_and_not_who_is_mentioned(engines: Engines) -> None:
    rows = engines.rows("coverage/obligation-and-targets", {"obligation": "tg:ActorObligation"})
    named = by_target(p for p in links("actor", "named", acting=True) if p[1] not in umbrellas("actors"))
    assert {r["number"]: int(r["named"]) for r in rows} == {t: len(named[t]) for t in ALL}
