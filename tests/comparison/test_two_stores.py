"""Two versions of a plan, built from tables that were edited in between, compared on the command line and by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.once import once
from tests.own_tables import FRAMEWORK, write_own_tables

GAP = f"https://w3id.org/targetgraph/{FRAMEWORK}/gap/"

# N1 loses its actor and its bracket, gets a hedge and a later date; N2 gets a date, an actor, and its sector into the text; N3
# is new.
EDITS = {
    "plan/targets.csv": (
        ("N1,1,adopted,2031,", "N1,1,adopted,2035,"),
        ("N2,1,adopted,,", "N3,1,adopted,2030,Waste law,A law on waste,yes,Countable,,,sourced,high,https://example.org/plan,,\n"
                           "N2,1,adopted,2030,"),
    ),
    "plan/wordings.csv": (
        ("Farmers shall keep registers of pesticides [by 2031].", "Registers shall be kept as far as possible."),
        ("Water shall be clean.,", "Governments see to it that water is clean.,\nN3,en,gfc,,There shall be a law on waste.,"),
    ),
    "plan/passages.csv": (("bracket-1,N1,bracket,[by 2031]", "hedge-1,N1,hedge,as far as possible"),),
    "plan/links.csv": (
        ("N1,actor,farmers,responsible,named,high,,,sourced,\n", ""),
        ("named,high,bracket-1,", "named,high,,"),
        ("N2,sector,water,,implied,medium,,,judged,", "N2,sector,water,,named,high,,,sourced,\n"
         "N2,actor,governments,responsible,named,high,,,sourced,\nN3,stage,waste,,named,high,,,sourced,"),
    ),
}  # fmt: skip


def targetgraph(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "targetgraph", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the stores ``first`` and ``second``."""

    def make(folder: Path) -> None:
        for name in ("first", "second"):
            tables = write_own_tables(folder / f"{name}-tables")
            for file, edits in EDITS.items() if name == "second" else ():
                text = (tables / file).read_text(encoding="utf-8")
                for old, new in edits:
                    assert text.count(old) == 1
                    text = text.replace(old, new)
                (tables / file).write_text(text, encoding="utf-8")
            built = targetgraph("build", "--tables", tables, "--store", folder / name)
            assert built.returncode == 0, built.stderr

    return once(tmp_path_factory, "two-versions", make)


def compared(stores: Path, first: str, second: str, form: str = "json") -> str:
    done = targetgraph(
        "compare", FRAMEWORK, FRAMEWORK, "--store-a", stores / first, "--store-b", stores / second, "-f", form
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def found(stores: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(compared(stores, "first", "second"))
    return answer


def test_what_was_lost_added_and_softened(found: dict[str, Any]) -> None:
    n1, n2 = (fate["went_into"][0]["differences"] for fate in found["fates"])
    assert n1["lost"] == {"mentions": ["Farmers and growers"]} and n1["gained"] == {}
    assert (n1["hedges_added"], n1["hedges_removed"]) == (["as far as possible"], [])
    assert (n1["brackets_lifted"], n1["deadlines"]) == (["[by 2031]"], [2031, 2035])
    assert n1["softened"] == ["mentions named no more", "hedges added", "date later"]
    assert n2["firmer"] == ["mentions newly named", "sectors newly named", "date added"]
    assert n2["lost"] == {} and n2["deadlines"] == [None, 2030]
    assert n2["gained"] == {"mentions": ["Governments"], "sectors": ["Water supply and sanitation"]}
    assert not n2["softened"]
    assert [target["code"] for target in found["added"]] == ["N3"]
    versions = {found[side]["data_version"] for side in ("before", "after")}
    assert len(versions) == 2


def test_gaps_by_hand(found: dict[str, Any]) -> None:
    """Read off the tables: the plan was looked at for actors and stages only, and crossings do not bind it."""
    assert {gap["iri"] for gap in found["gaps_opened"]} == {
        GAP + "empty-row/actors/N1",  # nobody is named any more
        GAP + "empty-row/actors/N3",
        GAP + "single-actor/actors/N2",  # governments alone
        GAP + "hedged-wording/N1",
    }
    assert {gap["iri"] for gap in found["gaps_closed"]} == {
        GAP + "no-deadline/N2",
        GAP + "empty-row/actors/N2",
        GAP + "implied-only-row/sectors/N2",  # the text names water now
        GAP + "single-actor/actors/N1",
        GAP + "contingent-row/stages/N1",  # its stage rests on no bracket any more
    }


def test_coverage_by_hand(found: dict[str, Any]) -> None:
    """Links roll up: farmers are of the private sector and that of all stakeholders, use in agriculture is use, and so on."""
    shifts = {shift["dimension"]: (shift["before"], shift["after"]) for shift in found["coverage"]}
    for dimension, reached in {
        "actors": ({"covered": 3}, {"covered": 2}),  # governments are of all stakeholders
        "mentions": ({"covered": 3}, {"covered": 2}),
        "sectors": ({"covered": 1, "implied": 1}, {"covered": 2}),
        "stages": (
            {"contingent": 3},
            {"covered": 5},
        ),  # N1: use in agriculture, use, whole cycle; N3: waste, whole cycle
    }.items():
        told = [{state: n for state, n in side.items() if state not in UNREACHED} for side in shifts[dimension]]
        assert tuple(told) == reached
        before, after = (sum(side.values()) for side in shifts[dimension])
        assert before * 3 == after * 2  # two targets, then three, by as many columns
    stages = shifts["stages"]
    # N2 has no stage by a record, with its reason; what was looked at and is empty is a gap.
    width = sum(stages[0].values()) // 2
    assert stages[0]["not applicable"] == stages[1]["not applicable"] == width
    assert (stages[0]["gap"], stages[1]["gap"]) == (width - 3, 2 * width - 5)
    assert {
        (c["dimension"], c["before"], c["concept"].rpartition("/")[2], *c["states"]) for c in found["cells_changed"]
    } >= {
        ("actors", "N1", "farmers", "covered", "gap"),
        ("actors", "N2", "governments", "gap", "covered"),
        ("sectors", "N2", "water", "implied", "covered"),
        ("stages", "N1", "agricultural-use", "contingent", "covered"),
    }


UNREACHED = ("gap", "not assessed", "not applicable")


def test_the_way_back_is_the_mirror_image(stores: Path, found: dict[str, Any]) -> None:
    back = json.loads(compared(stores, "second", "first"))
    for one, other in (("gaps_opened", "gaps_closed"), ("gaps_closed", "gaps_opened")):
        # The gaps of a target that only one side has are gone with it.
        assert {g["iri"] for g in back[one]} == {g["iri"] for g in found[other]}
    assert [s["after"] for s in back["coverage"]] == [s["before"] for s in found["coverage"]]
    assert {f["target"]["code"]: f["dropped"] for f in back["fates"]} == {"N1": False, "N2": False, "N3": True}


def test_in_sentences(stores: Path) -> None:
    text = " ".join(compared(stores, "first", "second", "text").split())
    for sentence in (
        "N1 (Pesticide registers) is in both.",
        "A date is moved from 2031 to 2035.",
        "Named before and no more (mentions): Farmers and growers.",
        "Hedges added: “as far as possible”.",
        "A date is added: 2030.",
        "Named now and not before (sectors): Water supply and sanitation.",
        "Cells of sectors: covered 1 (2%) → 2 (2%), implied 1 (2%) → 0 (0%)",
    ):
        assert sentence in text
    same = targetgraph("compare", FRAMEWORK, FRAMEWORK, "--store", stores / "first")
    assert same.returncode == 2 and "both sides are plan" in same.stderr


def test_a_scenario_in_one_store_against_the_other(stores: Path) -> None:
    """Dates and hedges supposed in the first version are those of the second: nothing of that kind opens or closes."""
    done = targetgraph(
        "compare",
        "plan?date=N1:2035,N2:2030",
        "plan",
        "--store-a",
        stores / "first",
        "--store-b",
        stores / "second",
        "-f",
        "json",
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert not any("deadline" in g["iri"] for side in ("gaps_opened", "gaps_closed") for g in found[side])
    assert [f["went_into"][0]["differences"]["deadlines"] for f in found["fates"]] == [[2035, 2035], [2030, 2030]]
