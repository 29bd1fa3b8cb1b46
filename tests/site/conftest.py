from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from targetgraph.analysis.description.neighbourhood import Neighbourhoods
from targetgraph.pipeline.opening import open_store
from tests.once import once

BASE_URL = "https://example.org/some/where/"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, built_store: Path) -> Path:
    """The site of the bundled graph, written once a run by the command itself. For reading only."""

    def write(folder: Path) -> None:
        command = [sys.executable, "-m", "targetgraph", "site", "--store", str(built_store), "--base-url", BASE_URL]
        done = subprocess.run([*command, "-o", str(folder / "site")], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        (folder / "said.json").write_text(json.dumps(done.stdout))

    return once(tmp_path_factory, "site", write) / "site"


@pytest.fixture(scope="session")
def neighbourhoods(built_store: Path) -> Iterator[Neighbourhoods]:
    with open_store(built_store) as store:
        yield Neighbourhoods(store, limits=None)
