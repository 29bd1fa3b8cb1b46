"""Reviews that cannot be used: what, where, and what to do, in these words."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from targetgraph.errors import InputError, TargetGraphError
from targetgraph.pipeline.document_reading import DocumentReading, merge_reviews
from targetgraph.reading.review.files import read_review, write_review
from targetgraph.records.review import Review
from targetgraph.store.turtle_files import literal_statements

Rows = list[list[str]]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("document") / "plan.md"
    path.write_text("# Plan\n\n- Target A1: By 2030 waste is treated.\n- Target A2: By 2031 water is clean.\n")
    return path


@pytest.fixture(scope="module")
def review(document: Path) -> Review:
    return DocumentReading(mentions=False).read(document).review


def _edited(folder: Path, sheet: str, edit: Callable[[Rows], object]) -> Path:
    path = folder / f"review-{sheet}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    edit(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return folder


def _twice(rows: Rows) -> None:
    rows.append(rows[1])


def _nameless(rows: Rows) -> None:
    rows[1][0] = ""


def _damaged(rows: Rows) -> None:
    rows[1][3] = "{"


EDITS: dict[str, tuple[str, Callable[[Rows], None], str, str, str]] = {
    "a row twice": (
        "targets", _twice, "two rows are called 'A1'", "targets, row 4, column 'row'",
        "leave this column as it was exported",
    ),
    "a row without a name": (
        "targets", _nameless, "the row has no name in the column 'row'", "targets, row 2, column 'row'", "give it one",
    ),
    "what was exported": (
        "exported", _damaged, "what was exported is damaged", ":exported", "export the review again",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", EDITS)
def test_edits_that_cannot_be_read(case: str, review: Review, tmp_path: Path) -> None:
    sheet, edit, message, place, remedy = EDITS[case]
    write_review(review, tmp_path / "review")
    with pytest.raises(InputError) as caught:
        read_review(_edited(tmp_path / "review", sheet, edit))
    (problem,) = caught.value.problems
    assert problem.what == message
    assert place in str(problem.where)
    assert problem.remedy.startswith(remedy)


def test_a_workbook_with_a_formula(review: Review, tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    write_review(review, path)
    book = openpyxl.load_workbook(path)
    book["targets"]["C2"] = "=1+1"
    book.save(path)
    with pytest.raises(InputError) as caught:
        read_review(path)
    (problem,) = caught.value.problems
    assert problem.what == "the workbook holds formulas, and a review is text"
    assert "review.xlsx" in str(problem.where) and "targets" in str(problem.where)
    assert problem.remedy == "paste their values instead"


def test_a_workbook_with_a_cell_far_below(review: Review, tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    write_review(review, path)
    book = openpyxl.load_workbook(path)
    book["targets"]["A200000"] = "lost"
    book.save(path)
    with pytest.raises(InputError, match="a cell stands far below the others\n  what to do: delete it") as caught:
        read_review(path)
    assert "row 200000" in str(caught.value)


def test_copies_of_different_exports(review: Review, document: Path, tmp_path: Path) -> None:
    other = DocumentReading(mentions=False).read(document, framework="other").review
    write_review(review, tmp_path / "one")
    write_review(other, tmp_path / "two")
    _edited(tmp_path / "two", "exported", lambda rows: rows.pop())
    with pytest.raises(InputError) as caught:
        merge_reviews(tmp_path / "one", tmp_path / "two", tmp_path / "both")
    (problem,) = caught.value.problems
    assert problem.what == "the two are not copies of the same review: what was exported differs"
    assert str(problem.where) == f"{tmp_path / 'one'} and {tmp_path / 'two'}"
    assert problem.remedy == "merge copies of one export"
    assert not (tmp_path / "both").exists()


def test_names_that_do_not_fit(document: Path) -> None:
    reading = DocumentReading(mentions=False)
    with pytest.raises(InputError) as caught:
        reading.read(document, framework="My Plan")
    (problem,) = caught.value.problems
    assert (problem.what, str(problem.where)) == ("'My Plan' cannot be the identifier of a framework", str(document))
    assert problem.remedy == "give another with --framework: small letters, digits, hyphens"
    with pytest.raises(InputError, match=r"'no tag!' is no language tag\n  what to do: give one such as en or fr"):
        reading.read(document, language="no tag!")


def test_a_place_where_nothing_can_be_written(review: Review, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(TargetGraphError, match=r"the folder cannot be made: .*\n  what to do: give another --output"):
        write_review(review, tmp_path / "file" / "review")
    assert (tmp_path / "file").read_text() == "in the way"


def test_terms_that_are_no_turtle(tmp_path: Path) -> None:
    (tmp_path / "terms.ttl").write_text("<a:b> <a:c>\n\n  oops .\n")
    with pytest.raises(InputError) as caught:
        list(literal_statements(tmp_path / "terms.ttl"))
    (problem,) = caught.value.problems
    assert problem.what.startswith("this is not Turtle: ") and problem.where.row == 3
    assert problem.remedy == "correct the file at that line"
