"""The library as a whole: enough questions, each complete, each parsed by both engines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.sparql import prepareQuery

from targetgraph import resources
from targetgraph.library import Question
from targetgraph.modelling import ontology
from targetgraph.namespaces import TG
from targetgraph.store import EmbeddedStore
from tests.queries.engines import INTERNAL, examples, library_questions

QUESTIONS = library_questions()
NAMES = [q.name for q in QUESTIONS]
by_question = pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)

#: Themes that a list of questions is expected to have, and no others.
THEMES = {
    "actors",
    "coverage",
    "deadlines",
    "documents",
    "evidence",
    "exchange",
    "indicators",
    "issues",
    "lineage",
    "ontology-quality",
    "quality",
    "sdgs",
    "skos-quality",
    "vocabularies",
    "wording",
}


def _files() -> list[Path]:
    return [p for p in resources.queries().glob("*/*.rq") if p.parent.name not in INTERNAL]


def test_every_file_is_found_and_there_are_enough() -> None:
    assert len(QUESTIONS) == len(_files()) == len(set(NAMES))
    assert len(QUESTIONS) >= 40
    assert {q.theme for q in QUESTIONS} == THEMES
    assert {q.form for q in QUESTIONS} == {"SELECT", "CONSTRUCT", "ASK"}


@by_question
def test_header_is_complete(question: Question) -> None:
    assert question.complaints() == []
    assert question.question.endswith("?"), "a question is a question"
    assert question.summary[0].isupper()
    assert question.tags
    for parameter in question.parameters:
        given = [parameter.default is not None, parameter.optional, parameter.example is not None]
        assert sum(given) == 1, parameter.name


@by_question
def test_tidy(question: Question) -> None:
    lines = question.content.split("\n")
    assert lines[-1] == "" and lines[-2] != "", "the file ends with one line feed"
    assert all(len(line) <= 120 for line in lines)
    assert not any(line != line.rstrip() or "\t" in line for line in lines)


@by_question
def test_select_is_ordered(question: Question) -> None:
    if question.form == "SELECT":
        assert "ORDER BY" in question.content


@by_question
def test_no_path_of_which_both_ends_float(question: Question) -> None:
    """Virtuoso refuses ``?a p* ?b`` when nothing else says what ``?a`` or ``?b`` is."""
    body = re.sub(r"#[^\n]*", "", "\n".join(question.content.split("\n")[question.header.lines :]))
    parameters = {p.name for p in question.parameters if not p.optional}
    for left, right in re.findall(r"\?(\w+) [\w:/]*:\w+[*+] \?(\w+)", body):
        outside = re.sub(rf"\?{left} [\w:/]*:\w+[*+] \?{right}", "", body)
        anchored = [v for v in (left, right) if v in parameters or re.search(rf"\?{v}\b", outside)]
        assert anchored, (left, right)


@by_question
def test_both_engines_parse_it(question: Question) -> None:
    store = EmbeddedStore.in_memory()
    values = {
        p.name: "<https://example.org/x>" if p.type == "iri" else value
        for p in question.parameters
        if (value := p.default if p.default is not None else examples(question).get(p.name)) is not None
    }
    text = question.text(values)
    prepareQuery(text)
    store.query(text, limits=None)


def test_every_kind_of_gap_names_a_query_that_exists() -> None:
    graph: Graph = ontology.read("gaps.ttl")
    shown = {str(o).partition("/query/")[2] for o in graph.objects(None, URIRef(TG.shownBy))}
    assert len(shown) >= 20
    assert shown <= set(NAMES)
    by_name = {q.name: q for q in QUESTIONS}
    assert all("framework" in {p.name for p in by_name[name].parameters} for name in shown)
