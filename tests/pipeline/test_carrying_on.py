"""A build that carries on from the current version gives what a full build gives, to the byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from targetgraph.pipeline import build_from_dataset
from targetgraph.pipeline.generating import generate
from targetgraph.store import StoreFolder, Version, canonical_nquads
from tests.copies import copy_of
from tests.pipeline.registry_edits import F0, LABEL, LOCAL, Lines, about, at_random

CARRIED_ON = "taking over the rest"
TOGETHER = int(os.environ.get("TARGETGRAPH_EDITS_TOGETHER", "6"))
"""Changes made between two builds; 1 finds which change it is that goes wrong."""


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> tuple[Lines, Path]:
    """Statements of a small registry, and a store built from them."""
    folder = tmp_path_factory.mktemp("registry")
    generate(14_000, 3, folder / "registry.nq")
    build_from_dataset(folder / "registry.nq", folder / "store")
    return frozenset((folder / "registry.nq").read_bytes().splitlines(keepends=True)), folder / "store"


def build(lines: Lines, folder: Path, store: str, full: bool) -> tuple[Version, str]:
    """The version built from lines, and what was said meanwhile."""
    dataset = folder / "dataset.nq"
    dataset.write_bytes(b"".join(sorted(lines)))
    said: list[str] = []
    return build_from_dataset(dataset, folder / store, said.append, full=full).version, "\n".join(said)


def assert_same(found: Version, expected: Version) -> None:
    assert found.data_version == expected.data_version
    assert found.dataset.read_bytes() == expected.dataset.read_bytes()
    files = [
        {p.relative_to(v.arrays).as_posix(): p.read_bytes() for p in v.arrays.rglob("*") if p.is_file()}
        for v in (found, expected)
    ]
    assert [name for name in files[1] if files[0].get(name) != files[1][name]] == []
    assert len(files[0]) == len(files[1]) > 100
    # The store holds these statements and no others: whatever it is asked, it answers as one loaded afresh.
    store = ox.Store.read_only(str(found.oxigraph))
    assert canonical_nquads(store.dump(format=ox.RdfFormat.N_QUADS) or b"") == found.dataset.read_bytes()
    fresh = ox.Store.read_only(str(expected.oxigraph))
    assert set(store.named_graphs()) == set(fresh.named_graphs())
    for key in ("statements", "plain", "method", "inferred"):
        assert found.manifest[key] == expected.manifest[key]


def test_one_change_after_the_other(registry: tuple[Lines, Path], tmp_path: Path) -> None:
    lines, store = registry
    copy_of(store, tmp_path / "store")
    assert len(LOCAL) == 23
    names = list(LOCAL)
    for start in range(0, len(names), TOGETHER):
        together = names[start : start + TOGETHER]
        for name in together:
            changed = LOCAL[name](lines)
            assert changed != lines, name
            lines = changed
        version, said = build(lines, tmp_path, "store", full=False)
        assert CARRIED_ON in said, (together, said)
        assert "building in full" not in said, (together, said)
        expected, _ = build(lines, tmp_path, "full", full=True)
        assert_same(version, expected)


def test_the_version_before_is_left_as_it_was(registry: tuple[Lines, Path], tmp_path: Path) -> None:
    lines, store = registry
    copy_of(store, tmp_path / "store")
    before = StoreFolder(tmp_path / "store").current()
    files = {p: p.read_bytes() for p in before.path.rglob("*") if p.is_file()}
    reader = ox.Store.read_only(str(before.oxigraph))
    after, _ = build(LOCAL["a target less"](lines), tmp_path, "store", full=False)
    assert after.path != before.path
    shared = [p for p in after.oxigraph.iterdir() if p.stat().st_nlink > 1]
    assert shared and {p.suffix for p in shared} == {".sst"}
    assert {p: p.read_bytes() for p in before.path.rglob("*") if p.is_file()} == files
    for store_before in (reader, ox.Store.read_only(str(before.oxigraph))):
        assert canonical_nquads(store_before.dump(format=ox.RdfFormat.N_QUADS) or b"") == before.dataset.read_bytes()


@pytest.mark.parametrize("step", ["1 statement changed", "coding the links", "publishing"])
def test_a_build_killed_while_it_carries_on(step: str, registry: tuple[Lines, Path], tmp_path: Path) -> None:
    lines, store = registry
    copy_of(store, tmp_path / "store")
    before = StoreFolder(tmp_path / "store").current()
    dataset = tmp_path / "dataset.nq"
    dataset.write_bytes(b"".join(sorted(LOCAL["no deadline"](lines))))
    command = [
        sys.executable,
        "-m",
        "targetgraph",
        "build",
        "--dataset",
        str(dataset),
        "--store",
        str(tmp_path / "store"),
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stderr is not None
        seen = any(line.strip().startswith(step) for line in process.stderr)
        process.send_signal(signal.SIGKILL)
    assert seen, f"the build never said {step!r}"
    current = StoreFolder(tmp_path / "store").current()
    # Publishing may have got through before the signal did.
    assert current.data_version == before.data_version or step == "publishing"
    content = ox.Store.read_only(str(current.oxigraph)).dump(format=ox.RdfFormat.N_QUADS) or b""
    assert canonical_nquads(content) == current.dataset.read_bytes()
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert not list((tmp_path / "store").glob("building-*"))


def test_what_cannot_be_carried_on_is_built_in_full(registry: tuple[Lines, Path], tmp_path: Path) -> None:
    lines, store = registry
    copy_of(store, tmp_path / "store")
    dataset = tmp_path / "unsorted.nq"
    misplaced = about(lines, f"{F0}/target/T1", LABEL)
    dataset.write_bytes(b"".join([*sorted(lines - misplaced), *misplaced]))
    heard: list[str] = []
    version = build_from_dataset(dataset, tmp_path / "store", heard.append).version
    assert "building in full: the file is not sorted" in heard
    assert version.data_version == StoreFolder(store).current().data_version
    declared = frozenset(line.replace(b'#because> "', b'#because> "Since ') for line in lines)
    _, said = build(declared, tmp_path, "store", full=False)
    assert "building in full: the ontology has changed" in said
    _, said = build(declared, tmp_path, "store", full=False)
    assert said.endswith("nothing has changed")


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), count=st.integers(1, 5))
def test_changes_at_random(registry: tuple[Lines, Path], seed: int, count: int) -> None:
    lines, store = registry
    random = Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_of(store, folder / "store")
        for _ in range(count):
            lines = at_random(lines, random)
        version, _ = build(lines, folder, "store", full=False)
        expected, _ = build(lines, folder, "full", full=True)
        assert_same(version, expected)
