"""Every command of the pages on exchange runs on the bundled graph and says something."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"catalogue.md": 3, "changes.md": 6}
COMMANDS = [
    line[2:]
    for page in PAGES
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines()
    if line.startswith("$ targetgraph")
]


def test_number_of_commands() -> None:
    assert len(COMMANDS) == sum(PAGES.values())


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_runs(command: str, built_store: Path, tmp_path: Path) -> None:
    name, *arguments = shlex.split(command)
    assert name == "targetgraph"
    done = subprocess.run(
        [sys.executable, "-m", "targetgraph", *arguments],
        cwd=tmp_path,
        env={**os.environ, "TARGETGRAPH_STORE": str(built_store)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout
    assert list(tmp_path.iterdir()) == []
