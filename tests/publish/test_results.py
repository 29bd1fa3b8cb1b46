from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Literal as RdflibLiteral
from rdflib.query import Result as RdflibResult

from targetgraph.errors import QueryError
from targetgraph.library import BlankNode, Iri, Literal, Term, Triple
from targetgraph.library.terms import RDF_LANG_STRING, XSD
from targetgraph.publish.cells import width
from targetgraph.publish.results import FORMATS, GRAPH_FORMATS, TABLE_FORMATS, default_format, rendered
from targetgraph.publish.tables import fitted
from targetgraph.store import Solutions, Statements, Truth
from tests.library.engines import from_rdflib

TG = "https://w3id.org/targetgraph/ontology#"
ROWS: tuple[tuple[Term | None, ...], ...] = (
    (Iri(TG + "Target"), Literal('a "b", c'), Literal("3", XSD + "integer")),
    (Iri("https://example.org/a(b)"), Literal("zwei\nZeilen\t|", RDF_LANG_STRING, "de"), None),
    (BlankNode("b0"), Literal("=1+1"), Literal("12", XSD + "integer")),
    (None, Literal("<img src=x onerror=alert(1)>"), Literal("0.5", XSD + "decimal")),
)
TABLE = Solutions(("thing", "text", "n"), ROWS)
TRIPLES = Statements((Triple(Iri(TG + "a"), Iri(TG + "b"), Literal("c\nd")),))

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
terms = st.one_of(
    st.none(),
    st.from_regex(r"https://[a-z]{1,5}/[a-zé#?&=.()'-]{0,8}", fullmatch=True).map(Iri),
    text.map(Literal),
    st.builds(Literal, text, st.just(RDF_LANG_STRING), st.sampled_from(["en", "zh-hans"])),
    st.builds(Literal, text, st.just("urn:datatype")),
)


def tables(least: int = 0) -> st.SearchStrategy[Solutions]:
    rows = st.lists(st.tuples(terms, terms), min_size=least, max_size=5).map(tuple)
    return rows.map(lambda r: Solutions(("a", "b"), r))


def read_by_rdflib(document: str, form: str) -> list[tuple[Term | None, ...]]:
    result = RdflibResult.parse(io.BytesIO(document.encode()), format=form)
    assert result.vars is not None
    return [tuple(from_rdflib(row.get(v)) for v in result.vars) for row in result.bindings]


@settings(deadline=None)
@given(tables())
def test_json_is_read_by_rdflib(table: Solutions) -> None:
    assert read_by_rdflib(rendered(table, "json"), "json") == list(table.rows)


@settings(deadline=None)
@given(tables())
def test_csv_holds_exactly_the_values(table: Solutions) -> None:
    document = rendered(table, "csv")
    rows = list(csv.reader(io.StringIO(document, newline=""), strict=True))
    assert rows[0] == ["a", "b"]
    assert rows[1:] == [["" if t is None else t.value for t in row] for row in table.rows]  # type: ignore[union-attr]


@settings(deadline=None)
@given(tables())
def test_tsv_has_a_line_a_row_and_terms_as_in_turtle(table: Solutions) -> None:
    head, *lines = rendered(table, "tsv").removesuffix("\n").split("\n")
    assert head == "?a\t?b"
    assert len(lines) == len(table.rows)
    for line, row in zip(lines, table.rows, strict=True):
        cells = line.split("\t")
        assert len(cells) == 2
        for cell, term in zip(cells, row, strict=True):
            if term is None:
                assert cell == ""
            elif isinstance(term, Iri):
                assert cell == f"<{term.value}>"
            else:
                assert isinstance(term, Literal)
                inner = re.match(r'"(.*)"', cell, re.DOTALL)
                assert inner
                assert unescaped(inner[1]) == term.value


def unescaped(quoted: str) -> str:
    """Turtle's string escapes undone, written independently of how we escape."""
    escapes = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", '"': '"', "\\": "\\"}
    found = re.compile(r"\\(?:U([0-9A-F]{8})|(.))")
    return found.sub(lambda m: chr(int(m[1], 16)) if m[1] else escapes[m[2]], quoted)


def test_csv_and_tsv_by_the_letter_of_the_standard() -> None:
    assert rendered(TABLE, "csv") == (
        "thing,text,n\r\n"
        f'{TG}Target,"a ""b"", c",3\r\n'
        'https://example.org/a(b),"zwei\nZeilen\t|",\r\n'
        "_:b0,=1+1,12\r\n"
        ",<img src=x onerror=alert(1)>,0.5\r\n"
    )
    assert rendered(TABLE, "tsv").split("\n")[2] == '<https://example.org/a(b)>\t"zwei\\nZeilen\\t|"@de\t'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_safe_cells_are_no_formulas(start: str) -> None:
    table = Solutions(("a", "b"), ((Literal(start + "cmd|' /C calc'!A0"), Literal("x" + start)),))
    for form, separator in (("csv", ","), ("tsv", "\t")):
        row = list(csv.reader(io.StringIO(rendered(table, form, safe=True), newline=""), delimiter=separator))[1]
        assert not row[0].startswith(tuple("=+-@\t\r＝"))
        assert "cmd" in row[0]
    assert list(csv.reader(io.StringIO(rendered(table, "csv"), newline="")))[1][0].startswith(start)


def test_truth() -> None:
    assert json.loads(rendered(Truth(True), "json")) == {"head": {}, "boolean": True}
    assert rendered(Truth(False), "table") == "no\n"
    assert rendered(Truth(True), "csv") == "true\n"


def test_triples_in_every_format() -> None:
    assert rendered(TRIPLES, "ntriples") == f'<{TG}a> <{TG}b> "c\\nd" .\n'
    assert 'tg:a tg:b "c\\nd"' in rendered(TRIPLES, "turtle")
    assert "subject" in rendered(TRIPLES, "table")
    assert default_format(TRIPLES) == "turtle"
    for form in FORMATS:
        if form in ("csv", "tsv", "json"):
            with pytest.raises(QueryError, match="triples"):
                rendered(TRIPLES, form)
        else:
            assert rendered(TRIPLES, form)


@pytest.mark.parametrize("answer", [TABLE, Truth(True)])
@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_a_table_is_no_graph(answer: Solutions | Truth, form: str) -> None:
    with pytest.raises(QueryError) as caught:
        rendered(answer, form)
    assert "--format table" in caught.value.problems[0].remedy


def test_the_terminal_table() -> None:
    lines = rendered(TABLE, "table").splitlines()
    assert lines[0].split() == ["thing", "text", "n"]
    assert lines[2].startswith("tg:Target ") and lines[2].endswith("  3")
    assert "zwei Zeilen |" in lines[3]
    assert rendered(Solutions(("a",), ()), "table").splitlines()[-1] == "(no rows)"
    assert rendered(Solutions((), ((), ())), "table") == "(2 solutions without columns)\n"


@settings(deadline=None)
@given(tables(1), st.integers(20, 100))
def test_a_table_fits_the_terminal_and_loses_nothing(table: Solutions, columns: int) -> None:
    document = rendered(table, "table", columns=columns)
    for line in document.split("\n"):
        assert width(line) <= columns
    for character in "".join(str(t) for row in table.rows for t in row if isinstance(t, Literal)):
        assert character in document or not character.isprintable() or character.isspace()


@settings(deadline=None)
@given(tables())
def test_no_control_character_reaches_the_terminal(table: Solutions) -> None:
    for form in ("table", "markdown"):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", rendered(table, form))


def test_an_escape_sequence_is_written_out() -> None:
    table = Solutions(("a\x1b[2J",), ((Literal("\x1b]0;x\x07\u202eabc"),),))
    assert "\\x1b]0;x\\x07\\u202eabc" in rendered(table, "table")


def test_wide_and_combining_characters() -> None:
    assert [width(t) for t in ("abc", "化学品", "e\u0301", "a\u200db", "𝒳")] == [3, 6, 1, 2, 1]
    table = Solutions(("l", "x"), ((Literal("化学"), Literal("|")), (Literal("abcd"), Literal("|"))))
    ends = {width(line.split("|")[0]) for line in rendered(table, "table").splitlines()[2:]}
    assert ends == {6}
    arabic = rendered(Solutions(("l", "x"), ((Literal("النفايات"), Literal("y")),)), "table")
    assert "\u2068النفايات\u2069" in arabic


@settings(deadline=None)
@given(st.lists(st.integers(1, 200), min_size=1, max_size=6), st.integers(40, 200))
def test_widths_fit_and_are_not_wasted(natural: list[int], available: int) -> None:
    widths = fitted(natural, available)
    assert sum(widths) <= available
    assert all(w <= n for w, n in zip(widths, natural, strict=True))
    if sum(natural) >= available:
        assert sum(widths) == available
    else:
        assert widths == natural


def test_markdown() -> None:
    lines = rendered(TABLE, "markdown").splitlines()
    assert lines[:2] == ["| thing | text | n |", "| --- | --- | --- |"]
    assert lines[2] == f'| [tg:Target]({TG}Target) | a "b", c | 3 |'
    assert lines[3] == "| [&lt;https://example.org/a(b)&gt;](https://example.org/a%28b%29) | zwei<br>Zeilen \\| |  |"
    assert "&lt;img src=x onerror=alert(1)&gt;" in lines[5]


@settings(deadline=None)
@given(tables(1))
def test_markdown_rows_stay_rows(table: Solutions) -> None:
    document = rendered(table, "markdown")
    assert document.count("\n") == len(table.rows) + 2
    for line in document.split("\n")[:-1]:
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 3
        assert not re.search(r"<(?!br>)", line)


def test_only_web_addresses_become_links() -> None:
    assert "](" not in rendered(Solutions(("a",), ((Iri("javascript:alert(1)"),),)), "markdown")


def test_numbers_of_rdflib_and_ours_mean_the_same() -> None:
    assert from_rdflib(RdflibLiteral(3)) == Literal("3", XSD + "integer")


def test_formats_are_all_there() -> None:
    assert set(FORMATS) == {*TABLE_FORMATS, *GRAPH_FORMATS}
    assert len(FORMATS) == 9
