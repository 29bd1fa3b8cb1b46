from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from targetgraph.errors import QueryError
from targetgraph.library import Column, Parameter, parse_header, question_from_text

GOOD = """\
# summary: Targets without a date
# question: Which targets have no date,
#   and who would act?
#
# param: framework iri(tg:Framework) = gfc -- the framework -- whichever
# param: word string = a b=c -- a text
# param: before year optional -- only these
# param: target iri example gfc/A1 -- this one
# column: target -- the target
# column: n -- how many
# tags: gaps, open-questions

SELECT ?target ?n { }
"""


def test_a_good_header() -> None:
    header = parse_header(GOOD, "x.rq")
    assert header.summary == "Targets without a date"
    assert header.question == "Which targets have no date, and who would act?"
    assert header.parameters == (
        Parameter("framework", "iri", "the framework -- whichever", among="tg:Framework", default="gfc"),
        Parameter("word", "string", "a text", default="a b=c"),
        Parameter("before", "year", "only these", optional=True),
        Parameter("target", "iri", "this one", example="gfc/A1"),
    )
    assert header.columns == (Column("target", "the target"), Column("n", "how many"))
    assert header.tags == ("gaps", "open-questions")
    assert header.lines == 11


BAD = [
    ("# summary: Targets without a date\n", "", 1, "summary"),
    ("# tags: gaps, open-questions\n", "", 1, "tags"),
    ("# tags: gaps, open-questions", "# tags: Gaps", 11, "Gaps"),
    ("# tags: gaps, open-questions", "# tags: a,,b", 11, "tag"),
    ("# column: n -- how many", "# column: n how many", 10, "NAME -- MEANING"),
    ("# column: n -- how many", "# column: target -- again", 10, "second"),
    ("# column: n -- how many", "# colum: n -- how many", 10, "KEY"),
    ("# column: n -- how many", "#column: n -- how many", 10, "KEY"),
    ("# column: n -- how many", "# param: n string optional -- late", 10, "comes before"),
    ("before year optional", "before date optional", 7, "date"),
    ("before year optional", "before year", 7, "NAME TYPE"),
    ("before year optional", "Before year optional", 7, "lower-case"),
    ("before year optional", "before year = soon", 7, "soon"),
    ("before year optional", "before year(tg:X) optional", 7, "only iri"),
    ("iri(tg:Framework)", "iri(nope:Framework)", 5, "prefixed name"),
    ("word string", "framework string", 6, "second"),
    ("without a date", "without a date.", 1, "full stop"),
    ("without a date", "without a date " * 9, 1, "100"),
    ("# summary: Targets without a date", "# summary:", 1, "no value"),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), BAD, ids=[f"{b[0][:20]}→{b[1][:20]}" for b in BAD])
def test_a_bad_header_names_file_and_line(old: str, new: str, line: int, said: str) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(QueryError) as caught:
        parse_header(GOOD.replace(old, new), "themes/x.rq")
    problem = caught.value.problems[0]
    assert (problem.where.file, problem.where.row) == ("themes/x.rq", line)
    assert said in problem.what
    assert problem.remedy


def test_there_are_as_many_bad_headers_as_rules() -> None:
    assert len(BAD) == 19


def test_a_file_of_header_only_is_an_error() -> None:
    with pytest.raises(QueryError, match="no query below"):
        question_from_text(GOOD.split("SELECT", maxsplit=1)[0], "x.rq")


def test_the_example_of_the_readme_keeps_its_own_rules() -> None:
    text = (Path(__file__).parents[2] / "queries" / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"```sparql\n(# summary:.*?)```", text, re.DOTALL)
    assert len(found) == 1
    question = question_from_text(found[0], "README.md")
    assert question.complaints() == []
    assert [p.name for p in question.parameters] == ["framework", "objective", "language"]


_plain = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1)


@settings(deadline=None)
@given(_plain, _plain, st.from_regex(r"[a-z][a-z0-9_]*", fullmatch=True), _plain)
def test_what_is_written_is_read(summary: str, meaning: str, name: str, default: str) -> None:
    summary = summary.rstrip(".")[:100].rstrip(".") or "s"
    param = f"# param: {name} string = {default} -- {meaning}"
    text = f"# summary: {summary}\n# question: q\n{param}\n# tags: t\nASK {{}}\n"
    header = parse_header(text, "x.rq")
    assert header.summary == summary
    assert header.parameters == (Parameter(name, "string", meaning, default=default),)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        parse_header(text, "x.rq")
    except QueryError as error:
        assert error.problems[0].where.file == "x.rq"
        assert error.problems[0].where.row
