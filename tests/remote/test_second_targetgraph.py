"""Another TargetGraph as the store: `build` publishes to a running server that takes a token, and everything is read there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from targetgraph.cli import main
from targetgraph.pipeline import open_coded_graph
from targetgraph.store import RemoteStore, StoreFolder
from tests.queries.engines import Engines, library_questions
from tests.queries.test_engines import OTHERWISE
from tests.remote.services import Service
from tests.remote.test_equal_answers import Cases, _differences
from tests.remote.test_serving import same_files
from tests.web.servers import serving

SECRET = "open sesame 42"


def build(url: str, token: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "targetgraph", "build", "--store", url],
        env={**os.environ, "TARGETGRAPH_STORE_TOKEN": token},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store folder of the second TargetGraph."""
    return tmp_path_factory.mktemp("second") / "store"


@pytest.fixture(scope="module")
def second(folder: Path) -> Iterator[Service]:
    """A server over a folder that was empty, with the bundled graph published to it by the command."""
    with serving(folder, environment={"TARGETGRAPH_TOKEN": SECRET}) as server:
        refused = build(server.sparql, "something else")
        assert (refused.returncode, "Traceback" in refused.stderr) == (2, False), refused.stderr
        done = build(server.sparql, SECRET)
        assert done.returncode == 0, done.stderr
        yield Service(server.sparql, f"{server.url}rdf-graph-store")


def test_every_question_is_answered_alike(second: Service, built_store: Path) -> None:
    from targetgraph.library import Library

    version = StoreFolder(built_store).current()
    embedded = Engines(version.dataset.read_bytes() + (version.path / "gaps.nq").read_bytes())
    library = Library()
    cases: Cases = [(question, {}) for question in library_questions()]
    cases += [(library.find(name), values) for name, values in OTHERWISE]
    assert len(cases) >= 125
    with RemoteStore.open(second.address) as store:
        assert _differences(store, embedded, cases) == []


def test_columns_have_the_same_version(second: Service, built_store: Path) -> None:
    assert open_coded_graph(second.address).version == open_coded_graph(built_store).version


@pytest.mark.parametrize(
    "command",
    [
        ["gaps", "--framework", "all", "--format", "json"],
        ["coverage", "targets", "stages", "--format", "json"],
        ["query", "who-must-act", "-p", "actor=companies", "--format", "csv"],
    ],
    ids=" ".join,
)
def test_commands_print_the_same(
    command: list[str], second: Service, built_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for place in (str(built_store), second.url):
        with pytest.raises(SystemExit) as ended:
            main([*command, "--store", place])
        printed.append((ended.value.code, *capsys.readouterr()))
    assert printed[0] == printed[1]
    assert printed[0][:1] == (0,) and len(printed[0][1]) > 500


def test_its_own_links_are_those_of_the_graphs_and_not_of_their_merged_copy(
    second: Service, folder: Path, built_store: Path
) -> None:
    """What was published becomes a version of the server's own, not half-way; its columns are those of the build."""
    end = time.monotonic() + 90
    while not (folder / "CURRENT").exists() or not StoreFolder(folder).current().manifest["coded"]:
        assert time.monotonic() < end, "what was published did not become a version"
        time.sleep(0.5)
    own, built = open_coded_graph(folder), open_coded_graph(built_store)
    assert own.targets.rows() == built.targets.rows() > 30
    links = {code: dimension.links.rows() for code, dimension in built.dimensions.items()}
    assert {code: dimension.links.rows() for code, dimension in own.dimensions.items()} == links
    graphs = [s for s in StoreFolder(folder).current().dataset.read_text().splitlines() if "/publication/staging/" in s]
    assert graphs == []


def test_it_can_be_served_by_a_third(second: Service, built_store: Path) -> None:
    with serving(second.url) as third:
        assert third.data_version == StoreFolder(built_store).current().data_version
    same_files(second, built_store)
