from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from targetgraph.errors import StoreError
from targetgraph.store import EmbeddedStore, StoreFolder
from tests.store.builds import build, statements

ROOT = Path(__file__).parents[2]


def words(root: Path) -> set[str]:
    """The objects a reader finds now."""
    with EmbeddedStore.open(StoreFolder(root).current().oxigraph) as store:
        return {str(row[0]) for row in store.values("SELECT ?o { ?s ?p ?o }")}


def test_a_build_becomes_current(tmp_path: Path) -> None:
    version = build(tmp_path / "store", statements(10), counts={"quads": 10})
    current = StoreFolder(tmp_path / "store").current()
    assert current.path == version.path
    assert current.path.name == current.data_version
    assert current.manifest["counts"] == {"quads": 10}
    assert current.manifest["format"] == 1
    assert words(tmp_path / "store") == {f"v{i}" for i in range(10)}
    assert current.arrays.is_dir() and current.dataset.read_text().count("\n") == 10
    assert not list((tmp_path / "store").glob("building-*"))


def test_a_reader_keeps_its_version_while_others_are_built(tmp_path: Path) -> None:
    root = tmp_path / "store"
    old = build(root, statements(10, "old"))
    with EmbeddedStore.open(old.oxigraph) as reader:
        for word in ("new", "newer", "newest"):
            build(root, statements(10, word))
        assert len(reader.select("SELECT ?s { ?s ?p ?o }")) == 10
    assert words(root) == {f"newest{i}" for i in range(10)}


def test_the_two_newest_versions_are_kept(tmp_path: Path) -> None:
    root = tmp_path / "store"
    made = []
    for word in ("a", "b", "c"):
        version = build(root, statements(3, word))
        made.append(version.path)
        os.utime(version.path, ns=(len(made) * 10**9, len(made) * 10**9))
    assert sorted(p.name for p in (root / "versions").iterdir()) == sorted(p.name for p in made[1:])


def test_the_same_build_again_keeps_the_folder(tmp_path: Path) -> None:
    root = tmp_path / "store"
    first = build(root, statements(10), note="x")
    made = first.path.stat().st_ino
    assert build(root, statements(10), note="x").path == first.path
    assert first.path.stat().st_ino == made
    assert [p.name for p in (root / "versions").iterdir()] == [first.path.name]


def test_the_same_statements_otherwise_built_replace_it(tmp_path: Path) -> None:
    root = tmp_path / "store"
    first = build(root, statements(10), package_version="1")
    with EmbeddedStore.open(first.oxigraph) as reader:
        second = build(root, statements(10), package_version="2")
        assert second.path != first.path
        assert second.data_version == first.data_version
        assert StoreFolder(root).current().manifest["package_version"] == "2"
        assert len(reader.select("SELECT ?s { ?s ?p ?o }")) == 10
    build(root, statements(10), package_version="1")
    assert StoreFolder(root).current().manifest["package_version"] == "1"


@pytest.mark.parametrize("harm", ["truncated", "missing", "changed array", "no manifest"])
def test_a_damaged_folder_of_the_same_version_is_not_kept(tmp_path: Path, harm: str) -> None:
    root = tmp_path / "store"
    first = build(root, statements(10))
    table = next(first.oxigraph.glob("*.sst"))
    if harm == "truncated":
        table.write_bytes(table.read_bytes()[:-1])
    elif harm == "missing":
        table.unlink()
    elif harm == "changed array":
        (first.arrays / "index.json").write_text("[]")
    else:
        (first.path / "manifest.json").unlink()
    if harm != "changed array":  # of equal size: seen by the thorough look of a build, not by a reader
        with pytest.raises(StoreError, match="damaged"):
            StoreFolder(root).current()
    again = build(root, statements(10))
    assert again.path != first.path
    assert StoreFolder(root).current().path == again.path
    assert words(root) == {f"v{i}" for i in range(10)}


def test_nothing_built(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph has been built here") as caught:
        StoreFolder(tmp_path / "none").current()
    assert "targetgraph build" in caught.value.problems[0].remedy


@pytest.mark.parametrize("content", ["", "nothing\n", "../versions\n", "..", "\x00", ".hidden", "a/b"])
def test_current_names_nonsense(tmp_path: Path, content: str) -> None:
    root = tmp_path / "store"
    build(root, statements(3))
    (root / "CURRENT").write_text(content)
    with pytest.raises(StoreError, match="damaged"):
        StoreFolder(root).current()
    build(root, statements(3))
    assert words(root) == {"v0", "v1", "v2"}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"format": "x", "data_version": "y", "files": {}}', b"\xff"]
)
def test_the_manifest_is_nonsense(tmp_path: Path, content: bytes) -> None:
    version = build(tmp_path / "store", statements(3))
    (version.path / "manifest.json").write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        StoreFolder(tmp_path / "store").current()


def test_a_newer_format(tmp_path: Path) -> None:
    version = build(tmp_path / "store", statements(3))
    path = version.path / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 2}))
    with pytest.raises(StoreError, match="newer targetgraph") as caught:
        StoreFolder(tmp_path / "store").current()
    assert "upgrade" in caught.value.problems[0].remedy


def test_one_build_at_a_time(tmp_path: Path) -> None:
    root = tmp_path / "store"
    build(root, statements(3))
    with StoreFolder(root).build() as running:
        with pytest.raises(StoreError, match=f"another build is under way here by process {os.getpid()}"):
            build(root, statements(4))
        assert running.path.is_dir(), "the second build must not sweep the first away"
        assert words(root) == {"v0", "v1", "v2"}  # readers need no lock
    build(root, statements(4))


def test_a_failing_build_leaves_nothing(tmp_path: Path) -> None:
    root = tmp_path / "store"
    build(root, statements(3))
    with pytest.raises(ZeroDivisionError), StoreFolder(root).build() as building:
        building.dataset.write_text("half")
        raise ZeroDivisionError
    assert not list(root.glob("building-*"))
    assert words(root) == {"v0", "v1", "v2"}


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")
    with pytest.raises(StoreError, match="cannot be written"), StoreFolder(tmp_path / "store").build():
        pass


def test_leftovers_of_the_dead_are_swept_and_those_of_the_living_are_not(tmp_path: Path) -> None:
    root = tmp_path / "store"
    build(root, statements(3))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead, living = root / f"building-{gone.pid}-aa", root / f"building-{os.getppid()}-bb"
    for folder in (dead, living):
        (folder / "oxigraph").mkdir(parents=True)
    build(root, statements(4))
    assert not dead.exists()
    assert living.exists()


# A build that kills itself with SIGKILL when it comes to a certain point for the n-th time.
_KILLED = """
import os, signal, sys
from pathlib import Path
from targetgraph.store import durable, layout
from tests.store.builds import build, statements

def dying(function, before):
    def call(*arguments, **named):
        if before:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)
    return call

point, root = sys.argv[1:]
where, name, when = point.split(".")
home = {"layout": layout, "durable": durable, "path": Path, "folder": layout.StoreFolder, "os": os}[where]
setattr(home, name, dying(getattr(home, name), when == "before"))
build(Path(root), statements(50, "new"))
"""
POINTS = {
    "folder._publish.before": "old",
    "layout.write_durably.before": "old",
    "layout.write_durably.after": "old",
    "layout.sync_tree.after": "old",
    "path.rename.before": "old",
    "path.rename.after": "old",
    "layout.replace_durably.before": "old",
    "os.replace.before": "old",
    "os.replace.after": "new",
    "folder._sweep_versions.before": "new",
    "folder._sweep_versions.after": "new",
}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
@pytest.mark.parametrize("point", POINTS)
def test_a_build_killed_at_any_point_leaves_a_whole_graph(tmp_path: Path, point: str) -> None:
    root = tmp_path / "store"
    build(root, statements(50, "old"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "graph")])}
    command = [sys.executable, "-c", _KILLED, point, str(root)]
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
    assert words(root) == {f"{POINTS[point]}{i}" for i in range(50)}
    build(root, statements(50, "next"))
    assert words(root) == {f"next{i}" for i in range(50)}
    assert not list(root.glob("building-*")) and not list(root.glob(".CURRENT.*"))


def test_there_are_points_before_and_after_the_change() -> None:
    assert len(POINTS) == 11
    assert set(POINTS.values()) == {"old", "new"}


def test_a_moved_store_still_works(tmp_path: Path) -> None:
    build(tmp_path / "store", statements(3))
    shutil.move(tmp_path / "store", tmp_path / "elsewhere")
    assert words(tmp_path / "elsewhere") == {"v0", "v1", "v2"}
