"""The comparison of answers, on cases worked by hand: it must see what is different and nothing else."""

from __future__ import annotations

import pytest

from tests.w3c.answers import READERS, Table, difference, literal, same_rows
from tests.w3c.queries import without_comments

A, B, C = ("bnode", "a"), ("bnode", "b"), ("bnode", "c")
X = ("iri", "urn:x")
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [
        ([(A, A)], [(B, B)], True),
        ([(A, A)], [(B, C)], False),
        ([(A, B)], [(C, C)], False),
        ([(A, B), (B, A)], [(B, C), (C, B)], True),
        ([(A, B), (B, A)], [(A, B), (A, B)], False),
        ([(A, B), (B, C), (C, A)], [(C, A), (A, B), (B, C)], True),
        ([(A, B), (B, C), (C, A)], [(A, B), (B, A), (C, C)], False),
        ([(X, None), (None, X)], [(None, X), (X, None)], True),
        ([(X, None)], [(None, X)], False),
        ([(A, X), (A, X)], [(A, X), (B, X)], False),
        ([(A, X), (B, X)], [(C, X), (A, X)], True),
    ],
)
def test_blank_nodes_are_renamed_as_one(expected: list, got: list, same: bool) -> None:
    assert same_rows(expected, got) is same
    assert same_rows(got, expected) is same


def test_rows_are_a_multiset_and_columns_have_names() -> None:
    one = Table(("a", "b"), ((X, None), (X, None), (A, X)))
    assert not difference(one, Table(("b", "a"), ((X, A), (None, X), (None, X))))
    assert difference(one, Table(("b", "a"), ((X, A), (X, A), (None, X))))
    assert difference(one, Table(("a", "c"), one.rows))
    assert difference(one, True)
    assert difference(True, False)
    assert difference(one, Table(("a", "b"), one.rows[:2]))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (literal("2.0", f"{INTEGER[:-7]}decimal"), literal("2", f"{INTEGER[:-7]}decimal"), True),
        (literal("2", INTEGER), literal("2", f"{INTEGER[:-7]}decimal"), False),
        (literal("1.0E6", f"{INTEGER[:-7]}double"), literal("1000000", f"{INTEGER[:-7]}double"), True),
        (literal("NaN", f"{INTEGER[:-7]}double"), literal("NaN", f"{INTEGER[:-7]}double"), True),
        (literal("INF", f"{INTEGER[:-7]}double"), literal("-INF", f"{INTEGER[:-7]}double"), False),
        (literal("1", f"{INTEGER[:-7]}boolean"), literal("true", f"{INTEGER[:-7]}boolean"), True),
        (literal("x"), literal("x", f"{INTEGER[:-7]}string"), True),
        (literal("x", language="EN"), literal("x", language="en"), True),
        (literal("x", language="en"), literal("x"), False),
        (literal("01"), literal("1"), False),
    ],
)
def test_terms(one: tuple, other: tuple, same: bool) -> None:
    assert (one == other) is same


def test_one_answer_reads_alike_in_three_formats() -> None:
    xml = """<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="a"/><variable name="b"/></head>
      <results><result><binding name="a"><uri>urn:x</uri></binding><binding name="b"><literal xml:lang="en">a"
b</literal></binding></result><result><binding name="b"><bnode>n</bnode></binding></result>
      <result><binding name="a"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">7</literal></binding></result>
      </results></sparql>"""
    json = """{"head":{"vars":["a","b"]},"results":{"bindings":[{"a":{"type":"uri","value":"urn:x"},
      "b":{"type":"literal","value":"a\\"\\nb","xml:lang":"en"}},{"b":{"type":"bnode","value":"m"}},
      {"a":{"type":"literal","value":"7","datatype":"http://www.w3.org/2001/XMLSchema#integer"}}]}}"""
    tsv = '?a\t?b\n<urn:x>\t"a\\"\\nb"@en\n\t_:k\n7\t\n'
    answers = [
        READERS[form](text)
        for form, text in (
            ("application/sparql-results+xml", xml),
            ("application/sparql-results+json", json),
            ("text/tab-separated-values", tsv),
        )
    ]
    assert isinstance(answers[0], Table) and len(answers[0].rows) == 3
    assert not difference(answers[0], answers[1])
    assert not difference(answers[1], answers[2])


def test_words_in_strings_iris_and_comments_are_no_keywords() -> None:
    text = "SELECT * # FROM here\n{ ?s <urn:FROM> \"FROM\" , 'FROM \\' FROM' }"
    assert "FROM" not in without_comments(text)
    assert "FROM" in without_comments("ASK FROM <urn:x> {}")
