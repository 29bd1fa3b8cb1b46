"""The submission from the file to mentions, brackets and verdicts with no hand help, against what the curators recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from targetgraph import resources
from targetgraph.pipeline.document_reading import DocumentReading, Read
from targetgraph.reading.collection import read_collection
from targetgraph.records import Collection
from targetgraph.records.smart import CRITERIA
from tests.reading.documents.submission import SUBMISSION


@pytest.fixture(scope="module")
def read() -> Read:
    return DocumentReading().read(Path(SUBMISSION))


@pytest.fixture(scope="module")
def curated() -> Collection:
    return read_collection([resources.tables()])


def test_every_actor_sector_and_stage_that_is_named(read: Read, curated: Collection) -> None:
    for number, target in enumerate(read.targets, start=1):
        named = {
            (k.kind, k.concept, k.role)
            for k in curated.links
            if (k.framework, k.subject, k.basis) == ("beyond2020", f"P{number}", "named")
            and k.kind in ("actor", "sector", "stage")
        }
        assert target.reading is not None
        found = {(m.kind, m.concept, m.role) for m in target.reading.mentions if m.is_candidate}
        assert found == named, f"P{number}"
        for mention in target.reading.mentions:
            assert target.found.text[mention.start : mention.end] == mention.quote
    assert len(read.targets) == 5


def test_brackets(read: Read, curated: Collection) -> None:
    passages = {
        (int(p.target[1:]), p.quote, p.start)
        for p in curated.passages
        if p.framework == "beyond2020" and p.kind == "bracket"
    }
    found = {
        (number, target.found.text[s.start : s.end], s.start)
        for number, target in enumerate(read.targets, start=1)
        for s in target.negotiation.segments
    }
    assert found == passages and len(passages) == 2


def test_verdicts_come_with_reasons_and_stand_in_the_review(read: Read) -> None:
    for target in read.targets:
        assert target.smart is not None and target.smart.basis == "wording"
        assert [v.criterion for v in target.smart.verdicts] == list(CRITERIA)
        assert all(v.because.endswith(".") for v in target.smart.verdicts)
    notes = [note for note in read.review.notes if note["kind"] == "SMART"]
    assert len(notes) == 25
    assert any("Nobody is said to act" in note["what"] and note["remedy"] for note in notes)
