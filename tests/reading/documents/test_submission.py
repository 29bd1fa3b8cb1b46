"""The submission read with no hand help, against the facts that curators took from it."""

import csv
from collections import Counter

import pytest

from targetgraph import resources
from targetgraph.reading.documents import read_document
from targetgraph.reading.targets import recognise
from targetgraph.records.documents import Recognition
from tests.reading.documents.submission import SUBMISSION


def curated(table: str) -> list[dict[str, str]]:
    with (resources.tables() / "beyond2020" / table).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def recognition() -> Recognition:
    return recognise(read_document(SUBMISSION))


def test_the_five_targets_word_for_word(recognition):
    wordings = [row["text"] for row in curated("wordings.csv")]
    assert len(wordings) == 5
    assert [target.text for target in recognition.targets] == wordings
    assert not recognition.left_out
    assert not recognition.notices


def test_every_emphasised_phrase(recognition):
    expected = Counter(
        (int(row["target"][1:]), row["quote"]) for row in curated("passages.csv") if row["kind"] == "emphasis"
    )
    assert expected.total() == 7
    found = Counter(
        (number, mark.words) for number, target in enumerate(recognition.targets, 1) for mark in target.emphases
    )
    assert found == expected
    for target in recognition.targets:
        for mark in target.emphases:
            assert target.text[mark.start : mark.end] == mark.words


def test_places_lead_back_to_the_file(recognition):
    lines = SUBMISSION.read_text(encoding="utf-8").split("\n")
    whole = SUBMISSION.read_text(encoding="utf-8")
    for target in recognition.targets:
        first = target.text.split()[0]
        assert first in lines[target.location.line - 1]
        assert whole[target.location.offset :].lstrip("*").startswith(first)
