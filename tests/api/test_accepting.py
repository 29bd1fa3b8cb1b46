"""Accepting a gap from Python and by the command: the same row, read back by the csv module and by a build."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import targetgraph as tg

GAP = "ncap/gap/single-actor/actors/2.2"
ACCEPTED = "ncap/gap/single-actor/actors/2.3"
MINE = Path(__file__).parents[2] / "docs" / "examples" / "my-plan"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Tables of one's own, with one gap accepted."""
    return Path(shutil.copytree(MINE, tmp_path / "mine"))


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "acceptances.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "targetgraph", "accept", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_and_python_write_the_same_row(tables: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(tables, tmp_path / "other"))
    written = tg.accept(GAP, "one  body\nis enough", into=tables, accepted_by=" Committee ", date="2026-11-26")
    done = run(GAP, "--reason", "one body is enough", "--into", other, "--by", "Committee", "--date", "2026-11-26")
    assert (done.returncode, done.stdout) == (0, f"accepted: {GAP} (2026-11-26)\n")
    assert written == tables / "acceptances.csv"
    assert written.read_bytes() == (other / "acceptances.csv").read_bytes()
    assert rows(tables)[1] == {
        "gap": GAP, "reason": "one body is enough", "accepted_by": "Committee", "date": "2026-11-26",
    }  # fmt: skip


def test_what_is_accepted_is_replaced_only_when_asked(tables: Path) -> None:
    before = (tables / "acceptances.csv").read_bytes()
    with pytest.raises(tg.TargetGraphError, match="accepted already by Steering committee: Only the agency can report"):
        tg.accept(ACCEPTED, "otherwise", into=tables)
    refused = run(ACCEPTED, "--reason", "otherwise", "--into", tables)
    assert refused.returncode == 2 and "--replace" in refused.stderr
    assert (tables / "acceptances.csv").read_bytes() == before
    tg.accept(ACCEPTED, "otherwise", into=tables, replace=True, date="2026-11-26")
    assert [r["reason"] for r in rows(tables) if r["gap"] == ACCEPTED] == ["otherwise"]
    assert run(ACCEPTED, "--reason", "again", "--into", tables, "--replace").returncode == 0
    assert [r["reason"] for r in rows(tables) if r["gap"] == ACCEPTED] == ["again"]


def test_withdrawn_it_is_open_again(tables: Path) -> None:
    tg.accept(GAP, "for now", into=tables)
    tg.withdraw(GAP, into=tables)
    assert [r["gap"] for r in rows(tables)] == [ACCEPTED]
    with pytest.raises(tg.TargetGraphError, match="this gap is not accepted here"):
        tg.withdraw(GAP, into=tables)
    assert run(ACCEPTED, "--withdraw", "--into", tables).stdout.startswith(f"withdrawn: {ACCEPTED} (Only the agency")
    assert run(ACCEPTED, "--withdraw", "--into", tables).returncode == 2
    assert rows(tables) == []


@pytest.mark.parametrize(
    "gap, reason, date, why",
    [
        (GAP, "", "2026-11-26", "reason"),
        (GAP, "because", "yesterday", "date"),
    ],
)
def test_what_the_table_would_not_read_is_not_written(tables: Path, gap: str, reason: str, date: str, why: str) -> None:
    before = (tables / "acceptances.csv").read_bytes()
    with pytest.raises(tg.InputError, match=why):
        tg.accept(gap, reason, into=tables, date=date)
    assert (tables / "acceptances.csv").read_bytes() == before


@pytest.mark.parametrize("name", ["no gap at all", "gfc/target/A1", "https://example.org/gap/a/b", "ncap/gap/x"])
def test_what_is_no_gap_is_refused(tables: Path, name: str) -> None:
    with pytest.raises(tg.TargetGraphError, match="no name of a gap"):
        tg.accept(name, "because", into=tables)


def test_what_the_command_refuses(tables: Path, tmp_path: Path) -> None:
    assert "for a reason" in run(GAP, "--into", tables).stderr
    assert run(GAP, "--reason", "x", "--into", tmp_path / "nowhere").returncode == 2
    with pytest.raises(tg.InputError, match="cannot be written to"):
        tg.accept(GAP, "x", into=tmp_path / "nowhere")


def test_a_gap_of_the_graph_is_accepted_and_told_so_by_the_next_build(tables: Path, tmp_path: Path) -> None:
    """Round: the object of a gap goes in, and the report of a build that follows says what was decided."""
    with tg.build(tables, store=tmp_path / "store") as graph:
        gap = graph.framework("ncap").gaps()[0]
        tg.accept(gap, "we live with it", into=tables, accepted_by="we")
    with tg.build(tables, store=tmp_path / "store") as graph:
        accepted = {g.iri: g for g in graph.framework("ncap").gaps(status="accepted")}
    assert gap.iri in accepted and len(accepted) == 2
