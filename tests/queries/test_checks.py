"""Queries that rightly find nothing in good data must find what is planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from targetgraph.namespaces import PREFIXES, TG
from tests.queries.engines import Engines, library_questions

GFC = PREFIXES["gfc"]
SECTOR = PREFIXES["sector"]
RDF_TYPE = PREFIXES["rdf"] + "type"
WORDING = "https://w3id.org/targetgraph/gfc/wording/A1/gfc/en"
REVISED = "https://example.org/wording/A1/revised"
LOST = "https://example.org/link/lost"
GRAPH = "https://example.org/graph/planted"


def _quads(*triples: tuple[str, str, str]) -> str:
    return "".join(f"<{s}> <{p}> <{o}> <{GRAPH}> .\n" for s, p, o in triples)


PLANTED = {
    "quality/dependency-cycles": (
        _quads((GFC + "B1", TG.dependsOn, GFC + "A1")),
        {("A1", "B1"), ("B1", "A1")},
    ),
    "quality/stale-links": (
        _quads((REVISED, PREFIXES["prov"] + "wasRevisionOf", WORDING)),
        None,
    ),
    "quality/any-link-to-nothing": (
        _quads((LOST, RDF_TYPE, TG.Link), (LOST, TG.concerns, "https://example.org/nothing")),
        None,
    ),
}


def test_every_check_has_something_planted() -> None:
    # Checks of vocabularies and of the ontology have theirs in tests/checking.
    elsewhere = ("skos-quality", "ontology-quality")
    checks = {q.name for q in library_questions() if "check" in q.tags and q.theme not in elsewhere}
    assert set(PLANTED) == checks


@pytest.fixture(scope="module")
def planted(dataset: Path) -> Engines:
    return Engines.over(dataset, "".join(quads for quads, _ in PLANTED.values()))


@pytest.mark.parametrize("name", PLANTED)
def test_check_finds_what_is_planted(name: str, planted: Engines) -> None:
    assert planted.agreed(name) not in ([], [(("truth", "False"),)])


def test_cycles_are_named_and_nothing_else(planted: Engines) -> None:
    found = {(r["target"], r["next"]) for r in planted.rows("quality/dependency-cycles")}
    assert found == PLANTED["quality/dependency-cycles"][1]


def test_stale_links_are_those_of_the_revised_wording(planted: Engines) -> None:
    rows = planted.rows("quality/stale-links", {"framework": "gfc"})
    assert {r["target"] for r in rows} == {"A1"}
    assert {r["newer"] for r in rows} == {"revised"}
    of_a1 = {
        r["link"] for r in planted.rows("evidence/fact-sheet", {"target": "gfc/A1"}) if "dependency" not in r["kind"]
    }
    assert {r["link"] for r in rows} == of_a1
    assert planted.rows("quality/stale-links", {"framework": "beyond2020"}) == []


def test_an_actor_named_through_a_narrower_one_is_not_lost(dataset: Path) -> None:
    """E4 names the Fund, so a proposal that named funding mechanisms, or one that named youth, differ."""
    quads = ""
    for actor in ("funding-mechanisms", "youth"):
        link = f"https://example.org/link/P1/{actor}"
        quads += _quads(
            (link, RDF_TYPE, TG.ResponsibilityLink),
            (link, TG.linkSubject, PREFIXES["b2020"] + "P1"),
            (link, TG.actor, PREFIXES["actor"] + actor),
            (link, TG.role, TG.Responsible),
            (link, TG.basis, TG.NamedInText),
        )
    before = set(Engines.over(dataset).column("lineage/actors-lost", "actor"))
    after = set(Engines.over(dataset, quads).column("lineage/actors-lost", "actor"))
    assert after - before == {"youth"}
