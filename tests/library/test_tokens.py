from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from targetgraph.errors import QueryError
from targetgraph.library.terms import quoted_string
from targetgraph.library.tokens import position, tokenize

CASES = [
    ("?x", [("variable", "?x")]),
    ("$x", [("variable", "$x")]),
    ("tg:Target", [("name", "tg:Target")]),
    (":a", [("name", ":a")]),
    ("tg:", [("name", "tg:")]),
    ("tg:a.b.", [("name", "tg:a.b"), ("mark", ".")]),
    (r"tg:a\-b\#c", [("name", r"tg:a\-b\#c")]),
    ("tg:%20", [("name", "tg:%20")]),
    ("sdg:12.4 .", [("name", "sdg:12.4"), ("mark", ".")]),
    ("a tg:B", [("word", "a"), ("name", "tg:B")]),
    ("_:b0.", [("blank", "_:b0"), ("mark", ".")]),
    ("<http://a/b#c>", [("iri", "<http://a/b#c>")]),
    ("?a < ?b", [("variable", "?a"), ("mark", "<"), ("variable", "?b")]),
    ("?a<=?b", [("variable", "?a"), ("mark", "<="), ("variable", "?b")]),
    ('"a#b"', [("string", '"a#b"')]),
    (r'"a\"b"', [("string", r'"a\"b"')]),
    ('""', [("string", '""')]),
    ('"" ""', [("string", '""'), ("string", '""')]),
    ('"""a"b""c"""', [("string", '"""a"b""c"""')]),
    ("'''a\n'b'''", [("string", "'''a\n'b'''")]),
    ("'it'", [("string", "'it'")]),
    ('"x"@zh-Hans', [("string", '"x"'), ("language", "@zh-Hans")]),
    ('"1"^^xsd:int', [("string", '"1"'), ("mark", "^^"), ("name", "xsd:int")]),
    ("1.5e3 .5 7.", [("number", "1.5e3"), ("number", ".5"), ("number", "7"), ("mark", ".")]),
    ("tg:a/tg:b*|^tg:c+", [("name", "tg:a"), ("mark", "/"), ("name", "tg:b"), ("mark", "*"), ("mark", "|"),
                            ("mark", "^"), ("name", "tg:c"), ("mark", "+")]),
    ("tg:a? ?x", [("name", "tg:a"), ("mark", "?"), ("variable", "?x")]),
    ("# SERVICE\nASK", [("word", "ASK")]),
    ("?x # ?y\r\n.", [("variable", "?x"), ("mark", ".")]),
    ("été:ö", [("name", "été:ö")]),
]  # fmt: skip


def test_every_case_is_there() -> None:
    assert len(CASES) == 29


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_tokens(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(t.kind, t.text) for t in tokenize(text) if not t.silent] == expected


@settings(deadline=None)
@given(st.text(alphabet="?$x tg:<>\"'#{}()[]\\.\n1aé@_%^|&=", max_size=40))
def test_nothing_is_lost_and_starts_are_right(text: str) -> None:
    try:
        tokens = tokenize(text)
    except QueryError:
        return
    assert "".join(t.text for t in tokens) == text
    for token in tokens:
        assert text[token.start :].startswith(token.text)


@settings(deadline=None)
@given(st.text())
def test_a_quoted_string_is_one_token(value: str) -> None:
    assert [t.kind for t in tokenize(quoted_string(value))] == ["string"]


@pytest.mark.parametrize("text", ['SELECT "a', "SELECT 'a\n'", 'ASK { ?s ?p "a }', "ASK { ?s ?p \\u0041 }", "ASK € {}"])
def test_what_cannot_be_read_is_an_error_with_its_place(text: str) -> None:
    with pytest.raises(QueryError, match=r"line 1, column \d+"):
        tokenize(text)


def test_less_than_that_may_hide_something_is_refused() -> None:
    # to Oxigraph this is a comparison, then SERVICE :x, then a comment; by the longest match an IRI
    hidden = "SELECT * { ?s ?p ?a FILTER(?a<1)SERVICE:x#>\n{ ?x ?y ?z } }"
    with pytest.raises(QueryError, match="less than"):
        tokenize(hidden)
    assert tokenize("SELECT * { ?s ?p ?a FILTER(?a < 1) }")
    assert tokenize("SELECT * { ?s ?p ?a FILTER(?a = <http://a/b>) }")
    assert tokenize("SELECT * { ?s ?p ?a FILTER(?a IN (?x, <urn:b>)) }")


def test_position_counts_from_one() -> None:
    assert position("ab\ncd", 0) == (1, 1)
    assert position("ab\ncd", 4) == (2, 2)
