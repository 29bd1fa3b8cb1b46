"""The commands ``gaps`` and ``coverage``: every format, and every mistake a user can make."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.copies import copy_of


def targetgraph(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "targetgraph", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
    )


def output(*arguments: str | Path) -> str:
    done = targetgraph(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_gaps_in_all_formats_agree(built_store: Path) -> None:
    common = ("gaps", "--framework", "gfc", "--store", built_store)
    report = json.loads(output(*common, "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(output(*common, "--format", "csv"))))
    assert [r["iri"] for r in rows] == [g["iri"] for g in report["gaps"]]
    assert [r["sentence"].lstrip("'") for r in rows] == [g["sentence"] for g in report["gaps"]]
    text = output(*common, "--all")
    assert all(g["iri"] in text for g in report["gaps"])
    assert sum(h["count"] for h in report["headlines"]) == len(report["gaps"])
    markdown = output(*common, "--format", "markdown", "--all")
    assert markdown.count("\n## ") == len(report["gaps"])
    ranks = [g["rank"] for g in report["gaps"]]
    assert ranks == sorted(ranks, reverse=True)


def test_headlines_fit_the_terminal_and_name_the_unverified(built_store: Path) -> None:
    text = output("gaps", "--store", built_store)
    assert "17 of 28 wordings not verified" in text
    assert max(map(len, text.splitlines())) <= 110
    assert re.search(r"^ 1\. [█░]{5} ", text, re.MULTILINE)


def test_gaps_of_one_kind_come_in_full(built_store: Path) -> None:
    text = output("gaps", "--store", built_store, "--kind", "no-deadline")
    assert text.count("why it counts:") == text.count("how sure:") == text.count("shown by:") == 2
    assert "C1 (Work programmes for issues of concern) gives no date." in text


def test_coverage_in_all_formats_agrees(built_store: Path) -> None:
    common = ("coverage", "targets", "stages", "--store", built_store)
    report = json.loads(output(*common, "--format", "json"))
    cells = {
        (r["code"], c["code"]): (cell["state"], str(cell["count"]))
        for r, line in zip(report["rows"], report["cells"], strict=True)
        for c, cell in zip(report["columns"], line, strict=True)
    }
    rows = list(csv.DictReader(io.StringIO(output(*common, "--format", "csv"))))
    assert {(r["row"], r["column"]): (r["state"], r["count"]) for r in rows} == cells
    assert len(cells) == 28 * 19
    assert cells["B3", "production"] == ("covered", "1")
    assert cells["A1", "production"][0] == "umbrella"
    assert cells["A6", "remediation"][0] == "gap"
    assert sum(report["tally"].values()) == len(cells)
    assert output(*common, "--format", "markdown").count("\n| ") >= 28
    assert "☂ umbrella" in output(*common)


def test_output_goes_to_a_file_whole(built_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "gaps.json"
    assert output("gaps", "--store", built_store, "--format", "json", "--output", file) == ""
    assert json.loads(file.read_text(encoding="utf-8"))["framework"] == "gfc"
    assert list(tmp_path.iterdir()) == [file]


MISTAKES = {
    "unknown framework": (("gaps", "--framework", "gcf"), "use one of: beyond2020, gfc"),
    "unknown kind": (("gaps", "--kind", "no-such"), "use one of:"),
    "unknown dimension": (("gaps", "--dimension", "stage"), "use one of:"),
    "unknown column": (("coverage", "targets", "stage"), "use one of:"),
    "unknown row": (("coverage", "target", "stages"), "use one of:"),
    "same twice": (("coverage", "stages", "stages"), "choose two different ones"),
    "minimum of nothing": (("coverage", "targets", "stages", "--minimum", "0"), "at least one link"),
    "no folder for the output": (("gaps", "--output", "/nowhere/at/all/x.txt"), "give another --output"),
}


def test_number_of_mistakes() -> None:
    assert len(MISTAKES) == 8


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_told_with_its_remedy(case: str, built_store: Path) -> None:
    arguments, remedy = MISTAKES[case]
    done = targetgraph(*arguments, "--store", built_store)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert remedy in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", [("gaps",), ("coverage", "targets", "stages"), ("query", "who-must-act")])
def test_without_a_graph_the_remedy_is_to_build_one(command: tuple[str, ...], tmp_path: Path) -> None:
    done = targetgraph(*command, cwd=tmp_path)
    assert done.returncode == 2
    assert "targetgraph build" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_columns_of_another_version_are_refused(built_store: Path, tmp_path: Path) -> None:

    from targetgraph.store import StoreFolder

    store = tmp_path / "store"
    copy_of(built_store, store)
    index = StoreFolder(store).current().arrays / "index.json"
    content = index.read_text(encoding="utf-8")
    version = StoreFolder(store).current().data_version
    # Same length, so that only the version stamp can give it away.
    index.write_text(content.replace(version, version[::-1]), encoding="utf-8")
    done = targetgraph("gaps", "--store", store)
    assert done.returncode == 2
    assert "belong to another version" in done.stderr


def test_a_reader_that_leaves_early_is_no_error(built_store: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "targetgraph", "gaps", "--all", "--store", str(built_store)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_help_lists_every_command_without_loading_any() -> None:
    from targetgraph.cli import COMMANDS

    text = output("--help")
    assert all(re.search(rf"^  {name} ", text, re.MULTILINE) for name in COMMANDS)
