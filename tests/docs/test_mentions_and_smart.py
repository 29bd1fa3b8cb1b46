"""Every command of ``docs/mentions-and-smart.md`` runs on the bundled graph, and its Python does what it says."""

from __future__ import annotations

import contextlib
import io
import json
import shlex
from pathlib import Path

import click.testing
import pytest

from targetgraph.cli import group
from tests.docs.markdown import CHECKOUT, blocks

PAGE = (CHECKOUT / "docs" / "mentions-and-smart.md").read_text(encoding="utf-8")
COMMANDS = [line[2:] for line in PAGE.splitlines() if line.startswith("$ ")]


def _run(arguments: list[str]) -> str:
    done = click.testing.CliRunner().invoke(group, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_number_of_commands() -> None:
    assert len(COMMANDS) == 5


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_runs(command: str, built_store: Path) -> None:
    output = _run([*shlex.split(command)[1:], "--store", str(built_store)])
    assert len(output.splitlines()) > 20
    if "gfc" in command:
        assert "paraphrase" in output, "the official wording is not held, and that has to be said"


def test_a_document_is_judged_and_aligned(tmp_path: Path) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(
        "# Targets\n\n- By 2030, Governments shall ban lead paint [and toys].\n- Farmers are trained in the use of lindane.\n"
    )
    new.write_text(
        "# Targets\n\n- By 2035, Governments should ban lead paint and toys.\n- Farmers are trained in the use of lindane.\n"
    )
    judged = json.loads(_run(["smart", str(old), "--format", "json"]))
    assert [t["verdicts"][4]["verdict"] for t in judged["targets"]] == ["met", "not"]
    aligned = json.loads(_run(["align", str(old), str(new), "--format", "json"]))
    first, second = aligned["alignments"]
    assert (first["relation"], second["relation"]) == ("reworded", "same")
    assert {d["kind"] for d in first["drift"]} >= {"duty", "date"}
    assert {"kind": "lifted", "text": "and toys", "disputed": False} in first["diff"]


def test_a_place_that_is_nothing_is_told(built_store: Path) -> None:
    from targetgraph.errors import TargetGraphError

    for arguments in (["smart", "nowhere.docx"], ["smart", "nowhere"], ["align", "gfc", "nowhere"]):
        with pytest.raises(TargetGraphError):
            click.testing.CliRunner().invoke(group, [*arguments, "--store", str(built_store)], catch_exceptions=False)


def test_the_python_runs() -> None:
    (code,) = (b.text for b in blocks(PAGE) if "reader().read(" in b.text)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "page", "exec"), {})
    assert [line.split()[:2] for line in out.getvalue().splitlines()] == [
        ["governments", "responsible"],
        ["private-sector", "responsible"],
        ["farmers", "beneficiary"],
    ]
