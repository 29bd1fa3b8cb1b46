"""The interface and the command line give the same answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import targetgraph as tg
from targetgraph.cli import group

Made = Callable[[tg.Graph], dict[str, Any]]

CASES: dict[str, tuple[str, Made]] = {
    "gaps": ("gaps -f json", lambda g: g.framework("gfc").gaps().to_dict()),
    "gaps of a kind": ("gaps --kind no-deadline -f json", lambda g: g.framework("gfc").gaps("no-deadline").to_dict()),
    "coverage": (
        "coverage sectors stages -f json",
        lambda g: g.framework("gfc").coverage("sectors", "stages").to_dict(),
    ),
    "explain": (
        "explain A4 agricultural-use -f json",
        lambda g: g.framework("gfc").explain("A4", "agricultural-use").to_dict(),
    ),
    "simulate": (
        "simulate --without governments --brackets deleted --date A1=2026 --add A1:stages:waste -f json",
        lambda g: (
            g.framework("gfc")
            .simulate(without="governments", brackets="deleted", date={"A1": 2026}, add=["A1:stages:waste"])
            .to_dict()
        ),
    ),
    "simulate by text": (
        "simulate --scenario umbrella=dropped;min-confidence=0.6 -f json",
        lambda g: g.framework("gfc").simulate("umbrella=dropped", min_confidence=0.6).to_dict(),
    ),
    "close": (
        "close --dimension stages --kind empty-row --kind implied-only-row --greedy -f json",
        lambda g: (
            g.framework("gfc")
            .close_gaps(dimensions="stages", kinds=["empty-row", "implied-only-row"], method="greedy")
            .to_dict()
        ),
    ),
    "compare": ("compare beyond2020 gfc -f json", lambda g: g.framework("beyond2020").compare("gfc").to_dict()),
    "compare under": (
        "compare gfc gfc?umbrella=dropped -f json",
        lambda g: g.framework("gfc").compare(scenario="umbrella=dropped").to_dict(),
    ),
    "structure": ("structure --implied -f json", lambda g: g.framework("gfc").structure(implied=True).to_dict()),
    "surprise": (
        "surprise targets sectors --draws 49 -f json",
        lambda g: g.framework("gfc").surprise("targets", "sectors", draws=49).to_dict(),
    ),
    "robustness": (
        "simulate --robustness -F beyond2020 -f json",
        lambda g: g.framework("beyond2020").robustness().to_dict(),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_same(case: str, graph: tg.Graph, built_store: Path) -> None:
    command, made = CASES[case]
    done = CliRunner().invoke(group, [*command.split(), "--store", str(built_store)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert json.loads(json.dumps(made(graph))) == json.loads(done.stdout)


def test_number_of_cases() -> None:
    assert len(CASES) == 12


def test_queries(graph: tg.Graph, built_store: Path) -> None:
    command = ["query", "targets-naming-only", "-p", "actor=governments", "-f", "json", "--store", str(built_store)]
    told = json.loads(CliRunner().invoke(group, command, catch_exceptions=False).stdout)
    answer = graph.query("targets-naming-only", actor="governments")
    assert [[b[v]["value"] for v in answer.columns] for b in told["results"]["bindings"]] == [
        [str(value) for value in row] for row in answer.rows()
    ]
    assert len(answer) == 7 and answer and not answer.truncated
    assert graph.query("targets-naming-only", actor="governments", limit_rows=2).truncated
    with pytest.raises(tg.LimitExceeded):
        graph.sparql("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", limit_seconds=0.2)


def test_text_is_the_command_s(gfc: tg.Framework, built_store: Path) -> None:
    done = CliRunner().invoke(group, ["gaps", "--store", str(built_store)], catch_exceptions=False)
    assert str(gfc.gaps()) == done.stdout.rstrip("\n")


def test_every_gap_is_shown_by_its_query(gfc: tg.Framework) -> None:
    """The first gap of each kind: its query has an answer."""
    first = {gap.kind: gap for gap in reversed(gfc.gaps())}
    assert len(first) > 15
    assert not [kind for kind, gap in first.items() if not gap.ask()]


def test_a_supposed_framework_has_the_gaps_of_the_simulation(gfc: tg.Framework) -> None:
    simulated = gfc.simulate(without="governments")
    supposed = gfc.suppose(without="governments")
    assert {g.iri for g in supposed.gaps()} == {
        g.iri for g in gfc.gaps() if g.iri not in {c.iri for c in simulated.closed}
        and g.iri not in {before.iri for before, _ in simulated.changed}
        and g.iri not in {a.iri for a in simulated.record.absorbed}
    } | {g.iri for g in simulated.opened} | {after.iri for _, after in simulated.changed}  # fmt: skip
    assert "without=governments" in supposed.standing
    assert supposed.coverage("targets", "actors")["A1", "governments"].state == "gap"
    assert gfc.coverage("targets", "actors")["A1", "governments"].state == "covered"
    assert supposed.suppose(brackets="deleted").scenario == "without=governments;brackets=deleted"


def test_changes_of_an_explanation_are_scenarios(gfc: tg.Framework) -> None:
    explained = gfc.coverage("targets", "stages").explain("A5", "waste")
    assert explained.state == "gap" and explained.scenarios
    assert gfc.suppose(explained.scenarios[0]).coverage("targets", "stages")["A5", "waste"].state == "covered"
    links = gfc.close_gaps(kinds="implied-only-row", dimensions="stages").links
    assert not gfc.suppose(add=links).gaps("implied-only-row", "stages")
