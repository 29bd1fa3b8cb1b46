"""A real build, and what `targetgraph changes` says of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from targetgraph.publish.changes.steps import Feed
from targetgraph.store import StoreFolder
from tests.changes.harvester import Harvester
from tests.changes.test_feed import harvested, patched
from tests.copies import copy_of
from tests.own_tables import write_own_tables


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "targetgraph", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def grown(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled graph, built again with a framework of somebody's own beside it."""
    folder = tmp_path_factory.mktemp("grown")
    copy_of(built_store, folder / "store")
    tables = write_own_tables(folder / "own")
    done = run("build", "--store", folder / "store", "--tables", tables, "--quiet")
    assert done.returncode == 0, done.stderr
    return folder / "store"


def test_the_first_build_is_kept_whole_without_a_copy(built_store: Path) -> None:
    (step,) = Feed(built_store).steps
    assert step.begins
    assert step.ground().samefile(StoreFolder(built_store).current().dataset)


def test_the_note_tells_what_came(grown: Path) -> None:
    first, second = Feed(grown).versions()
    told = run("changes", "--store", grown, "--since", first[0])
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith(f"{second[0]}, built ")
    assert "  plan: framework\n    framework plan (National plan): added\n" in told.stdout
    assert (
        "target N1 (Pesticide registers): added; 3 links added (Farmers and growers as responsible, Agriculture and food "
        "production, Use in agriculture)"
    ) in told.stdout
    assert "  plan: gaps opened\n" in told.stdout
    assert "N2 (Clean water) gives no date." in told.stdout
    assert "withdrawn (" not in told.stdout
    markdown = run("changes", "--store", grown, "--format", "markdown").stdout
    assert markdown.startswith("# Changes\n\n## ") and "### plan: targets\n\n- target N1" in markdown
    data = json.loads(run("changes", "--store", grown, "--format", "json").stdout)
    assert [step["number"] for step in data] == [1, 2]
    assert data[1]["counts"]["added"] > 20 and data[1]["counts"]["withdrawn"] == 0
    assert run("changes", "--store", grown, "--since", second[0]).stdout == "nothing has changed\n"


def test_patch_and_stream_lead_from_the_bundled_graph_to_the_grown(built_store: Path, grown: Path) -> None:
    old = StoreFolder(built_store).current()
    new = StoreFolder(grown).current().dataset.read_bytes()
    patch = run("changes", "--store", grown, "--since", old.data_version, "--format", "patch").stdout
    assert patched(old.dataset.read_bytes(), patch.encode()) == new
    harvester: Harvester = harvested(grown, 1 << 18, old.dataset.read_bytes(), old.data_version)
    assert harvester.nquads() == new
    assert 20 < harvester.members < 200
    assert len(harvester.pages) == 3, "the first page, one of statements, one of blank nodes"


def test_an_earlier_version_is_restored(built_store: Path, grown: Path, tmp_path: Path) -> None:
    old = StoreFolder(built_store).current()
    done = run("changes", "--store", grown, "--restore", old.data_version[:8], "--output", tmp_path / "old.nq")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "old.nq").read_bytes() == old.dataset.read_bytes()


def test_a_version_that_is_none_is_refused(grown: Path, tmp_path: Path) -> None:
    done = run("changes", "--store", grown, "--since", "fedcba")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "'fedcba' is no version that was recorded here" in done.stderr
    assert all(name in done.stderr for name, _ in Feed(grown).versions())
    empty = run("changes", "--store", tmp_path / "nothing")
    assert empty.returncode == 2 and "run `targetgraph build`" in empty.stderr
    assert run("changes", "--store", grown, "--restore", "12").returncode == 2
