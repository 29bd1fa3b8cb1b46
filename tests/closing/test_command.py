"""``targetgraph close`` on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from targetgraph import cli


@pytest.fixture
def run(built_store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(cli.COMMANDS, "close", "")

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.main(["close", "--store", str(built_store), *arguments])
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    return call


def test_every_form(run) -> None:
    kind = ("--kind", "umbrella-only-column", "--dimension", "stages")
    code, text, _ = run(*kind)
    text = " ".join(text.split())  # lines are folded to the width of the terminal
    assert code == 0
    assert "3 new links close 3 of the 3 chosen gaps of gfc." in text
    assert "Proved best" in text
    assert "Gaps that only then appear:" in text
    data = json.loads(run(*kind, "--format", "json")[1])
    assert (data["cost"], data["proved_optimal"], data["bound"], len(data["links"])) == (3, True, 3, 3)
    rows = list(csv.DictReader(io.StringIO(run(*kind, "--format", "csv")[1])))
    assert [r["link"] for r in rows] == [link["code"] for link in data["links"]]
    markdown = run(*kind, "--format", "markdown")[1]
    assert markdown.startswith("# Closing set: gfc")
    assert "H(" in run(*kind, "--greedy")[1]


def test_costs_and_prohibitions_from_files(run, tmp_path: Path) -> None:
    costs, forbidden = tmp_path / "costs.csv", tmp_path / "forbidden.txt"
    costs.write_text("target,dimension,concept,cost\n*,sectors,water,4\nB7,sectors,water,2\n", encoding="utf-8")
    forbidden.write_text("# not these\nB7:sectors:water\n", encoding="utf-8")
    asked = ("--kind", "empty-column", "--dimension", "sectors", "--format", "json", "--costs", str(costs))
    assert json.loads(run(*asked)[1])["cost"] == 2
    assert json.loads(run(*asked, "--forbid", str(forbidden))[1])["cost"] == 4


@pytest.mark.parametrize(
    "arguments",
    [
        ("--framework", "nowhere"),
        ("--kind", "no-deadline"),
        ("--kind", "unknown"),
        ("--dimension", "unknown"),
        ("--gaps", "https://example.org/none"),
        ("--forbid", "*:sectors:water"),
        ("--forbid", "A1:sectors:watr"),
        ("--kind", "empty-crossing", "--forbid", "*:sectors:*", "--forbid", "*:stages:*"),
        ("--forbid", "A1:sectors"),
        ("--forbid", "no-such-file"),
        ("--costs", "no-such-file.csv"),
        ("--budget", "-1"),
        ("--budget", "many"),
        ("--seconds", "0"),
    ],
)
def test_mistakes_end_with_code_2(run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert code == 2
    assert out == ""
    assert "rror: " in err
    assert "Traceback" not in err


def test_costs_that_are_no_table(run, tmp_path: Path) -> None:
    for number, content in enumerate(
        (b"\xff\xfe\x00", b"target,cost\nA1,1\n", b"", b"target,dimension,concept,cost\nA1\n")
    ):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(content)
        code, _, err = run("--costs", str(path))
        assert code == 2
        assert str(path) in err
