"""``targetgraph view`` as a user meets it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def view(store: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "targetgraph", "view", "--store", str(store), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_by_default_three_pages_and_their_paths(built_store: Path, tmp_path: Path) -> None:
    done = view(built_store, tmp_path)
    assert done.returncode == 0, done.stderr
    paths = done.stdout.splitlines()
    assert paths == [f"targetgraph-views/{n}.html" for n in ("network", "matrix", "coverage-map")]
    for path in paths:
        assert (tmp_path / path).read_text(encoding="utf-8").startswith("<!doctype html>")
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == sorted(Path(p).name for p in paths)


def test_one_page_of_another_framework_into_a_file(built_store: Path, tmp_path: Path) -> None:
    done = view(built_store, tmp_path, "map", "--framework", "beyond2020", "--output", "new/proposals.html")
    assert done.stdout.splitlines() == ["new/proposals.html"], done.stderr
    assert "Beyond 2020 proposals" in (tmp_path / "new" / "proposals.html").read_text(encoding="utf-8")


def test_the_pair_asked_for_is_the_first_matrix(built_store: Path, tmp_path: Path) -> None:
    done = view(built_store, tmp_path, "matrix", "--rows", "objectives", "--columns", "actors", "-o", "m.html")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "m.html").read_text(encoding="utf-8")
    assert text.index("Objectives by responsible actors") < text.index("Targets by life-cycle stages")


MISTAKES = [
    (["--output", "one.html"], "only one file"),
    (["matrix", "--rows", "targets"], "rows and columns go together"),
    (["network", "--rows", "targets", "--columns", "stages"], "belong to the matrix"),
    (["map", "--framework", "plastics"], "there is no framework 'plastics'"),
    (["matrix", "--rows", "targets", "--columns", "colours"], "there is no dimension 'colours'"),
    (["network", "--output", "taken/x.html"], "cannot be made"),
    (["pie"], "pie"),
]


@pytest.mark.parametrize(("arguments", "said"), MISTAKES)
def test_a_mistake_is_explained_and_leaves_nothing(arguments, said, built_store: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    done = view(built_store, tmp_path, *arguments)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]


def test_without_a_built_graph_it_says_what_to_do(tmp_path: Path) -> None:
    done = view(tmp_path / "nothing", tmp_path)
    assert done.returncode == 2
    assert "targetgraph build" in done.stderr and "Traceback" not in done.stderr


def test_pages_are_the_same_whatever_the_locale(built_store: Path, tmp_path: Path) -> None:
    import os

    first = view(built_store, tmp_path, "--output", "a")
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "1"}
    command = [sys.executable, "-m", "targetgraph", "view", "--store", str(built_store), "--output", "b"]
    second = subprocess.run(command, cwd=tmp_path, env=plain, capture_output=True, check=False)
    assert first.returncode == second.returncode == 0
    for name in ("network", "matrix", "coverage-map"):
        one, other = ((tmp_path / folder / f"{name}.html").read_bytes() for folder in "ab")
        assert one == other
