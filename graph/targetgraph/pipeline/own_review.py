"""What a document of the user's was read as, and what is decided about it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from targetgraph.errors import InputError
from targetgraph.pipeline.own_data import OwnData, wrong
from targetgraph.reading.review.files import read_review, write_review
from targetgraph.records.review import ACCEPT, OPEN, REJECT, Cells, Review

DECIDED: Final = ("targets", "links")
"""Sheets whose rows are decided one by one; wordings and passages go with their target."""


def review_of(own: OwnData) -> Review:
    """The review as it stands.

    Raises
    ------
    InputError : there is none, or it is damaged.
    """
    if not own.review.is_dir():
        raise wrong(own.title, "there is nothing to decide on", "give a document")
    return read_review(own.review)


def decide(own: OwnData, decisions: Mapping[tuple[str, str], str]) -> Review:
    """Write decisions down.

    Parameters
    ----------
    decisions : by sheet and row: ``accept``, ``reject`` or empty. Rows that do not exist are passed over.

    Raises
    ------
    InputError : a decision is none of these, or there is no review.
    """
    review = review_of(own)
    bad = next((d for d in decisions.values() if d not in (ACCEPT, REJECT, OPEN)), None)
    if bad is not None:
        raise wrong(own.title, f"{bad[:40]!r} is no decision", f"choose {ACCEPT}, {REJECT}, or neither")
    sheets: dict[str, Mapping[str, Cells]] = dict(review.sheets)
    for sheet in DECIDED:
        sheets[sheet] = {
            row: {**cells, "decision": decisions.get((sheet, row), cells.get("decision", ""))}
            for row, cells in review.sheets[sheet].items()
        }
    return _kept(own, replace(review, sheets=sheets))


def take_back(own: OwnData, content: bytes) -> Review:
    """Take a workbook that was decided on elsewhere in the place of the review.

    Raises
    ------
    InputError : it is no review, not one of this document, or holds formulas.
    """
    ours = review_of(own)
    with tempfile.TemporaryDirectory(prefix="targetgraph-review-") as folder:
        path = Path(folder) / "review.xlsx"
        path.write_bytes(content)
        try:
            theirs = read_review(path)
        except InputError as error:
            problem = error.problems[0]
            raise wrong("review.xlsx", problem.what, problem.remedy) from error
    if any(ours.about.get(key) != theirs.about.get(key) for key in ("sha256", "framework", "document")):
        raise wrong("review.xlsx", "it is the review of another document", "give the one downloaded here")
    return _kept(own, theirs)


def workbook(own: OwnData) -> bytes:
    """The review as a workbook (XLSX)."""
    with tempfile.TemporaryDirectory(prefix="targetgraph-review-") as folder:
        path = Path(folder) / "review.xlsx"
        write_review(review_of(own), path)
        return path.read_bytes()


def _kept(own: OwnData, review: Review) -> Review:
    """Write a review in the place of the one before, whole."""
    beside = own.folder / "review.part"
    shutil.rmtree(beside, ignore_errors=True)
    write_review(review, beside)
    before = own.folder / "review.before"
    shutil.rmtree(before, ignore_errors=True)
    own.review.rename(before)
    beside.rename(own.review)
    shutil.rmtree(before, ignore_errors=True)
    return review
