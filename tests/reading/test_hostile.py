"""Broken and hostile tables: each gets an error that names file, row and column, and says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from targetgraph.errors import InputError, Problem
from targetgraph.reading import read_collection
from tests.reading.folders import Folder
from tests.reading.hostile_cases import CASES, Case


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_collection([folder])
    assert caught.value.exit_code == 2
    return list(caught.value.problems)


def test_the_small_folder_is_right(tmp_path: Path) -> None:
    collection = read_collection([Folder().write(tmp_path / "tables")])
    assert [target.id for target in collection.targets] == ["T1", "T2", "T3"]
    assert [target.deadline for target in collection.targets] == [2030, None, None]
    assert [(p.document, p.start) for p in collection.passages] == [("draft", 56), ("act", 68), ("act", None)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile(case: Case, tmp_path: Path) -> None:
    folder = Folder()
    case.spoil(folder)
    problems = problems_of(folder.write(tmp_path / "tables"))
    listed = "\n".join(map(str, problems))
    matching = [
        p for p in problems if (p.where.file, p.where.row, p.where.column) == (case.file, case.row, case.column)
    ]
    assert matching, listed
    assert case.what in matching[0].what, listed
    assert case.remedy in matching[0].remedy, listed
    assert matching[0].remedy
    # One mistake is one problem; it is not echoed by everything that refers to the row.
    assert len(problems) == 1, listed


def test_number_of_cases() -> None:
    assert len(CASES) == 114
    assert len({case.name for case in CASES}) == len(CASES)
