"""The library that comes with the package keeps the rules of its own README."""

from __future__ import annotations

import pytest

from targetgraph import resources
from targetgraph.library import Library, Question

QUESTIONS = list(Library())
BY_NAME = {q.name: q for q in QUESTIONS}


def test_every_file_is_a_question() -> None:
    files = [p for p in resources.queries().rglob("*") if p.suffix in (".rq", ".sparql", ".ru")]
    assert len(files) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=list(BY_NAME))
def test_rules(question: Question) -> None:
    assert question.complaints() == []
