"""Every command of ``docs/exports.md`` runs on the bundled graph and writes what it says."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from targetgraph.cli import group

PAGE = Path(__file__).parents[2] / "docs" / "exports.md"
LINES = PAGE.read_text(encoding="utf-8").splitlines()
COMMANDS = [(line[2:], LINES[number + 1]) for number, line in enumerate(LINES) if line.startswith("$ ")]


def test_the_commands_run(built_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(COMMANDS) == 7
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TARGETGRAPH_STORE", str(built_store))
    for command, output in COMMANDS:
        name, *arguments = shlex.split(command)
        assert name == "targetgraph"
        done = CliRunner().invoke(group, arguments)
        assert (done.exit_code, done.output) == (0, f"{output}\n"), command
    assert {p.name for p in tmp_path.iterdir()} == {output for _, output in COMMANDS}
