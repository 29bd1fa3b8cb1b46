"""Inferences carried on from those kept of the version before are those of reasoning over everything, quad for quad."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

import targetgraph as tg
from targetgraph.cli import group
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.pipeline import carrying_inferences
from targetgraph.pipeline.carrying_inferences import carried_on
from targetgraph.pipeline.generating import generate
from targetgraph.pipeline.keeping import keep
from targetgraph.pipeline.reasoning_run import Conclusions, as_nquads, reason, statements_of
from targetgraph.store import StoreFolder, Version, load_folder
from tests.api.small import BASE, STATEMENTS, TYPE, nquads
from tests.pipeline.registry_edits import LOCAL, Lines, at_random

MOMENT = "2026-11-26T10:00:00Z"
ROUNDS = int(os.environ.get("TARGETGRAPH_EDITS_ROUNDS", "1"))
"""How many times statements are changed at random after all changes that have a name."""
TOGETHER = int(os.environ.get("TARGETGRAPH_EDITS_TOGETHER", "12"))


def publish(root: Path, lines: Iterable[bytes]) -> Version:
    """Statements as the current version of a store; nothing is made of them."""
    with StoreFolder(root).build() as building:
        building.dataset.write_bytes(b"".join(sorted(lines)))
        load_folder(building.dataset, building.oxigraph)
        return building.publish({})


def in_full(root: Path) -> Conclusions:
    return reason(*statements_of(root), "rl")


def assert_carried(root: Path, keeping: bool = True) -> list[str]:
    """What is carried on is what reasoning over everything gives; it is kept for the next time."""
    said: list[str] = []
    found, expected = carried_on(root, said.append), in_full(root)
    assert found is not None, said
    assert as_nquads(found, "rl", MOMENT) == as_nquads(expected, "rl", MOMENT)
    assert found == expected
    if keeping:
        keep(found, "rl", root)
    return said


def test_change_after_change_of_a_registry(tmp_path: Path) -> None:
    generate(10_000, 3, tmp_path / "registry.nq")
    lines: Lines = frozenset((tmp_path / "registry.nq").read_bytes().splitlines(keepends=True))
    root = tmp_path / "store"
    publish(root, lines)
    first = in_full(root)
    assert len(first.inferred) > 500 and first.left_out > 5
    keep(first, "rl", root)
    names, random = list(LOCAL), Random(5)
    for start in range(0, len(names), TOGETHER):
        for name in names[start : start + TOGETHER]:
            lines = LOCAL[name](lines)
        publish(root, lines)
        said = assert_carried(root)
        assert said[-1].startswith("carrying on from what is kept of version ")
    for _ in range(ROUNDS):
        for _ in range(5):
            lines = at_random(lines, random)
        publish(root, lines)
        assert_carried(root)


# Of Governments it is stated that they are an actor: a definition asks for them, and might say it of them.
SMALL = nquads("scheme/actor/governments a tg:Actor", *STATEMENTS).encode().splitlines(keepends=True)
MORE, OTHER = (nquads(f"my/target/{name} tg:inFramework my").encode() for name in ("N1", "N3"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """One target that names a stage, with what follows from it kept."""
    publish(tmp_path / "store", SMALL)
    keep(in_full(tmp_path / "store"), "rl", tmp_path / "store")
    return tmp_path / "store"


def test_where_nothing_has_changed_nothing_is_inferred(small: Path) -> None:
    assert assert_carried(small) == ["nothing has changed since what is kept was inferred"]


def test_a_target_gone_and_one_come(small: Path) -> None:
    """By hand: what follows from the one link is gone, and what follows from the other is there."""
    before = set(in_full(small).inferred)
    publish(small, [line.replace(b"/N1", b"/N2") for line in SMALL])
    assert "individuals looked at" in assert_carried(small)[-1]
    found = carried_on(small)
    assert found is not None
    assert [str(s) for s, p, _ in found.inferred if str(p) == TG.atStage] == [f"{BASE}my/target/N2"]
    assert len(found.inferred) == len(before)


def kept_as(**changed: object) -> Callable[[Path], None]:
    """Keep the same again, with something else said of it."""

    def put(root: Path) -> None:
        found = in_full(root)
        for name, value in changed.items():
            setattr(found, name, value)
        keep(found, "rl", root)

    return put


def of(*statements: str) -> list[bytes]:
    return nquads(*statements).encode().splitlines(keepends=True)


def line(subject: str, predicate: str, value: str, graph: str = "framework/my") -> bytes:
    return f"{subject} <{predicate}> {value} <{PREFIXES['graph']}{graph}> .\n".encode()


RDFS = PREFIXES["rdfs"]
REASONS: dict[str, tuple[Callable[[Path], object], list[bytes]]] = {
    "nothing is kept": (lambda root: [publish(root, SMALL[:n]) for n in (3, 2)], SMALL),
    "made by another version": (kept_as(engine="OWL 2 RL by hand"), [MORE, *SMALL]),
    "does not say that it can be": (kept_as(terms=""), [MORE, *SMALL]),
    "axioms about terms have changed": (kept_as(terms="0" * 16), [MORE, *SMALL]),
    "is not what follows": (kept_as(inferred=[]), SMALL[:-1]),
    "the ontology has changed": (lambda _: None, [*SMALL, line(f"<{TG.Link}>", f"{RDFS}label", '"x"', "ontology")]),
    "a statement about terms": (lambda _: None, [*SMALL, line("<urn:a>", f"{RDFS}subClassOf", f"<{TG.Link}>")]),
    "a blank node": (lambda _: None, [*SMALL, line("_:c14n0", TYPE, f"<{TG.Link}>")]),
    "contradicts": (lambda _: None, [*SMALL, *of("scheme/stage/waste a tg:Sector")]),
    "much has changed": (lambda _: None, [*SMALL, *of(*(f"my/target/N{n} a tg:Target" for n in range(2, 9)))]),
}


@pytest.mark.parametrize("why", REASONS)
def test_everything_is_reasoned_over_again_where_it_has_to_be(
    small: Path, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying_inferences, "MOST", 6)
    prepare, lines = REASONS[why]
    prepare(small)
    publish(small, lines)
    said: list[str] = []
    assert carried_on(small, said.append) is None
    assert len(said) == 1 and said[0].startswith("reasoning over everything: ") and why in said[0]


def test_the_command_and_python_say_which_way_was_taken(small: Path) -> None:
    publish(small, [MORE, *SMALL])
    run = CliRunner()
    command = ["reason", "--store", str(small), "--engine", "rl", "--keep"]
    full = run.invoke(group, [*command, "--full"], catch_exceptions=False)
    assert "OWL 2 RL rules over" in full.stderr and "carrying on" not in full.stderr
    publish(small, [OTHER, *SMALL])
    carried = run.invoke(group, command, catch_exceptions=False)
    assert "carrying on from what is kept of version" in carried.stderr and "rules over" not in carried.stderr
    assert carried.exit_code == full.exit_code == 0
    publish(small, [OTHER, MORE, *SMALL])
    said: list[str] = []
    found = tg.reason(small, engine="rl", keep=True, progress=said.append)
    assert [s.split(" of ")[0] for s in said] == ["carrying on from what is kept"]
    again = tg.reason(small, engine="rl")
    assert found.to_dict() == again.to_dict() and str(found) == str(again)
    assert found.why("my/target/N1", "tg:atStage", "scheme/stage/waste")
    assert StoreFolder(small).current().inferred["rl"]["terms"]
