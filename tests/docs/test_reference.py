"""The reference tables say what the project does."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from targetgraph.reading.schemas import FRAMEWORK_TABLES, ROOT_TABLES
from tests.docs import reference

STATES, TABLES = reference.FILES


@pytest.mark.parametrize("path", reference.FILES, ids=lambda path: path.name)
def test_tables_are_up_to_date(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert reference.rewritten(text) == text, "run `python -m tests.docs.reference`"


def test_every_table_is_there() -> None:
    assert reference.marked(TABLES.read_text(encoding="utf-8")) == [s.file for s in (*ROOT_TABLES, *FRAMEWORK_TABLES)]
    assert set(reference.marked(STATES.read_text(encoding="utf-8"))) == {
        "states",
        "dimensions",
        "obligations",
        "kinds of gap",
    }


def test_every_column_has_a_meaning() -> None:
    said = reference.meanings(TABLES.read_text(encoding="utf-8"))
    assert len(said) == sum(len(s.columns) for s in (*ROOT_TABLES, *FRAMEWORK_TABLES))
    assert not [column for column, meaning in said if not meaning]


def test_bundled_tables_have_no_other_columns() -> None:
    """An independent look: the headings in use are those described, but for labels in further languages."""
    from targetgraph import resources

    text = TABLES.read_text(encoding="utf-8")
    looked = 0
    for path in resources.tables().rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            headings = next(csv.reader(stream))
        part = text.partition(f"<!-- table: {path.name} -->")[2].partition("<!-- end -->")[0]
        described = {column for column, _ in reference.meanings(part)}
        assert {h for h in headings if not h.startswith("label_")} <= described, path
        looked += 1
    assert looked >= 18


def test_a_stale_table_is_noticed() -> None:
    text = STATES.read_text(encoding="utf-8")
    spoilt = text.replace("| `no-deadline` |", "| `no-date` |")
    assert spoilt != text
    assert reference.rewritten(spoilt) == text
