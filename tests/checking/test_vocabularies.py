"""Checks of vocabularies: each finds what is planted, and all agree with loops, on spoilt data and on the bundled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph

from targetgraph.checking import check_vocabularies, read_waivers
from targetgraph.checking.vocabularies import THEME
from targetgraph.errors import Place
from targetgraph.library import Library
from targetgraph.modelling import ontology
from targetgraph.store import EmbeddedStore, StoreFolder
from tests.checking.skos_by_loops import CHECKS, Vocabulary
from tests.own_tables import write_own_tables

CONDITIONS = {name for name in CHECKS if name.startswith("s") and name.split("-")[0][1:].isdigit()}
SPOILT = Graph().parse(Path(__file__).with_name("spoilt.ttl"))


def found_by_queries(nquads: bytes) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {name: set() for name in CHECKS}
    for violation in check_vocabularies(EmbeddedStore.in_memory(nquads), Library(), {}):
        found[violation.rule].add((violation.focus, violation.value))
    return found


@pytest.fixture(scope="module")
def spoilt() -> dict[str, set[tuple[str, str]]]:
    return found_by_queries(SPOILT.serialize(format="nt").encode())


def test_every_check_is_there() -> None:
    assert {q.short_name for q in Library().in_theme(THEME)} == set(CHECKS)
    assert len(CHECKS) == 28
    assert {
        "s9-scheme-that-is-a-concept",
        "s13-one-text-as-two-kinds-of-label",
        "s14-two-preferred-labels",
        "s27-related-and-broader",
        "s37-collection-that-is-a-concept",
        "s46-exact-and-other-match",
    } == CONDITIONS
    tags = {q.short_name: q.tags for q in Library().in_theme(THEME)}
    assert all("violation" in tags[name] for name in CONDITIONS)


@pytest.mark.parametrize("name", CHECKS)
def test_what_is_planted_is_found_as_by_loops(name: str, spoilt: dict[str, set[tuple[str, str]]]) -> None:
    expected = set(CHECKS[name](Vocabulary(SPOILT)))
    assert spoilt[name] == expected
    assert expected, "nothing is planted"
    sound = ("https://example.org/v/sound", "https://example.org/v/top", "https://example.org/v/leaf")
    assert not [resource for resource, _ in expected if resource in sound]


def test_the_bundled_vocabularies_keep_every_condition(built_store: Path) -> None:
    content = StoreFolder(built_store).current().dataset.read_bytes()
    # The transitive closure that a build derives is told by broaderTransitive: an asserted one is what the check means.
    asserted = b"".join(line for line in content.splitlines(keepends=True) if b"/graph/inferred> ." not in line)
    graph = Graph()
    said = [
        line[: line.rindex(b" <")] + b" .\n" for line in asserted.splitlines(keepends=True) if b"skos/core#" in line
    ]
    graph.parse(data=b"".join(said), format="nt")
    queried = found_by_queries(asserted)
    vocabulary = Vocabulary(graph)
    for name, check in CHECKS.items():
        assert queried[name] == set(check(vocabulary)), name
    assert {name for name in CHECKS if queried[name]} == {
        "languages-incomplete",
        "concepts-undocumented",
        "concepts-unrelated",
        "schemes-flat",
    }


def test_findings_carry_place_severity_and_waiver(built_store: Path) -> None:
    store = EmbeddedStore.open(StoreFolder(built_store).current().oxigraph)
    waivers = read_waivers(ontology.read("waivers.ttl"))
    place = Place("sectors.csv", 2)
    found = check_vocabularies(store, Library(), {"https://w3id.org/targetgraph/scheme/sector": place}, waivers)
    assert found and all(v.waived for v in found), [v for v in found if not v.waived]
    assert {v.severity for v in found} == {"note", "warning"}
    assert {v.place for v in found if v.focus.endswith("/sector")} == {place}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "targetgraph", "check", "--vocabularies", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_command_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    tables = write_own_tables(tmp_path / "tables")
    (tables / "actors.csv").write_text(
        "id,kind,broader,label_en,umbrella,status\nbeekeepers,category,,Farmers and growers,no,recalled\n",
        encoding="utf-8",
    )
    done = run("--tables", tables)
    assert done.stderr == ""
    assert done.returncode == 0
    assert "warning: tables/actors.csv, row 2" in done.stdout
    assert "Two concepts of a scheme with the same label. (value Farmers and growers)" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("0 to mend, ")
