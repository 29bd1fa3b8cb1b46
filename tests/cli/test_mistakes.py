"""Mistakes on the command line itself, told in our words: what, where, what to do, exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from targetgraph.cli import main

WRONG: list[tuple[str, str, str]] = [
    ("gaps --format foo", "the value of --format cannot be used", "use one of: text, json, csv, markdown"),
    (
        "gaps --fromat json",
        "there is no option --fromat",
        "did you mean --format? `targetgraph gaps --help` lists the options",
    ),
    ("--versoin", "there is no option --versoin", "did you mean --version?"),
    ("gap", "there is no command 'gap'", "did you mean gaps? `targetgraph --help` lists the commands"),
    ("gasp --nothing", "there is no command 'gasp'", "did you mean gaps?"),
    ("query --limit-rows many -", "the value of --limit-rows cannot be used", "give a whole number from 0"),
    ("close --seconds 0", "the value of --seconds cannot be used: 0.0", "give a number from 0.01"),
    ("smart --terms nowhere.ttl x", "the value of --terms cannot be used", "check the path"),
    ("gaps --framework", "requires an argument", " --help` shows"),
    ("gaps extra", "extra", "write it as `targetgraph gaps --help` shows"),
    ("accept", "GAP is missing", "give it as `targetgraph accept --help` shows"),
    ("accept gap --into .", "a gap is accepted for a reason", "give --reason, or --withdraw"),
    ("query kinds-of-gap --param nonsense", "'nonsense' gives no parameter a value", "write NAME=VALUE"),
    ("query kinds-of-gap --param a=1 --param a=2", "the parameter 'a' is given twice", "give it once"),
    ("ontology --markdown", "--markdown is given without --changes", "give both, or neither"),
    ("reason --full", "--full needs --keep", "`targetgraph reason --help` shows"),
    ("reason --forget --all", "--forget and --all do not go together", "`targetgraph reason --help` shows"),
]


@pytest.mark.parametrize(("line", "what", "remedy"), WRONG)
def test_each_is_told_with_a_remedy(
    line: str,
    what: str,
    remedy: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(line.split())
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    first, _, rest = said.err.partition("\n  what to do: ")
    assert first.startswith("error: ") and what in first
    assert remedy in rest and "Usage:" not in said.err and "Traceback" not in said.err


def test_no_query_at_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    with pytest.raises(SystemExit) as ended:
        main(["query"])
    said = capsys.readouterr().err
    assert ended.value.code == 2 and "no query is given\n  what to do: name a question (--list shows them)" in said


@pytest.mark.parametrize(("line", "code"), [("", 2), ("--help", 0), ("gaps --help", 0), ("--version", 0)])
def test_help_is_help(line: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(line.split())
    said = capsys.readouterr()
    assert ended.value.code == code and "error:" not in said.err
    assert "targetgraph" in said.out + said.err
