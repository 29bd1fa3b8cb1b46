"""Documents read from Python: against what the command writes, and against what stands in them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

import targetgraph as tg
from targetgraph.cli import group

PLAN = """# National plan

## Objective A: Fewer pesticides

- Target A1: By 2031, [all] farmers keep registers of the pesticides that they [apply][use].
- Target A2: Governments ensure, as appropriate, that **waste** is treated.
"""
SHEETS = ("targets", "wordings", "passages", "links", "columns")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "plan.md"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reading(plan: Path) -> tg.Reading:
    return tg.read(plan, framework="farms", document="plan-2026", language="en")


def test_same_as_the_command(plan: Path, reading: tg.Reading, tmp_path: Path) -> None:
    """Summary, every sheet of the workbook, and the Turtle, read back by others."""
    arguments = ["--framework", "farms", "--document", "plan-2026", "--language", "en", "-o", tmp_path / "by.xlsx"]
    done = CliRunner().invoke(group, ["read", str(plan), *map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[:-1] == str(reading).splitlines()
    by_command = openpyxl.load_workbook(tmp_path / "by.xlsx")
    ours = openpyxl.load_workbook(reading.save(tmp_path / "ours.xlsx"))
    assert by_command.sheetnames == ours.sheetnames
    for name in by_command.sheetnames:
        assert list(by_command[name].values) == list(ours[name].values), name
    turtle = Graph().parse(tmp_path / "by.ttl")
    assert isomorphic(turtle, reading.to_rdflib()) and isomorphic(turtle, Graph().parse(tmp_path / "ours.ttl"))
    rows = 0
    for name in SHEETS:
        table = reading.sheet(name)
        head, *body = by_command[name].values
        for told, made in zip(body, table.to_dicts(), strict=True):
            rows += 1
            assert {str(h): v or "" for h, v in zip(head, told, strict=True) if h in table.columns} == made
    assert rows > 8
    assert {path.name for path in tmp_path.iterdir()} == {"by.xlsx", "by.ttl", "ours.xlsx", "ours.ttl"}


def test_what_stands_in_it(reading: tg.Reading) -> None:
    """By hand: numbers, places, brackets (all or not, times apply, use or neither), emphasis, actors and verdicts."""
    assert (len(reading), reading.format, reading.about["framework"]) == (2, "markdown", "farms")
    one, two = reading.to_pandas().to_dict("records")
    assert (one["id"], one["where"], one["objective"]) == ("A1", "paragraph 3, line 5", "Objective A: Fewer pesticides")
    assert one["in_brackets"] == pytest.approx(3 / 13) and one["readings"] == "6"
    assert one["names"] == "farmers (responsible), pesticides" and one["time-bound"] == "met"
    assert (two["emphasised"], two["in_brackets"], two["readings"]) == ("waste", 0, "1")
    assert two["time-bound"] == "not" and two["names"].startswith("governments (responsible)")
    annotations = reading.to_rdflib()
    assert URIRef("https://w3id.org/targetgraph/scheme/actor/farmers") in set(annotations.objects())
    assert reading.notes.column("what")
    told = reading.to_dict()
    assert [t["id"] for t in told["targets"]] == ["A1", "A2"] and "rerun" not in told
    assert "nobody has accepted them" in reading._repr_html_()


def test_without_mentions_and_against_an_earlier_review(plan: Path, reading: tg.Reading, tmp_path: Path) -> None:
    reading.save(tmp_path / "review")
    later = tmp_path / "plan.md"
    later.write_text(PLAN.replace("2031", "2035"), encoding="utf-8")
    again = tg.read(later, review=tmp_path / "review", mentions=False)
    assert again.about["framework"] == "farms", "kept from the review"
    assert [row["specific"] for row in again.to_dicts()] == [None, None]
    assert [row["names"] for row in tg.read(plan, mentions=False).to_dicts()] == ["", ""]
    assert any("A1" in row for row in again.to_dict()["rerun"]["changed"])


def test_mistakes_say_what_to_do(plan: Path, reading: tg.Reading, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 and then nothing")
    mistakes = [
        lambda: tg.read(tmp_path / "none.pdf"),
        lambda: tg.read(broken),
        lambda: tg.read(plan, framework="Not An Identifier"),
        lambda: tg.read(plan, language="no language", mentions=False),
        lambda: tg.read(plan, review=plan, mentions=False),
        lambda: reading.sheet("colours"),
        lambda: reading.save(broken / "x.xlsx"),
    ]
    for number, mistake in enumerate(mistakes):
        with pytest.raises(tg.TargetGraphError) as caught:
            mistake()
        assert all(problem.remedy for problem in caught.value.problems), (number, str(caught.value))
    with pytest.raises(
        tg.TargetGraphError, match=r"a review has no sheet 'colours'\n  what to do: use one of: targets, word"
    ):
        reading.sheet("colours")
    assert [path.name for path in tmp_path.iterdir()] == ["broken.docx"]
