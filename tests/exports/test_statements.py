"""The reader of statements against Oxigraph's."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetgraph.errors import StoreError
from targetgraph.library.terms import BlankNode, Iri, Literal
from targetgraph.publish.exports.statements import node, parts, things

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ['" <http://a/g>', "> .", '"^^<http://a/t> <x>', "\\u0041", "_:b <http://a/g>", "ends <http://x>"]
)
IRIS = st.sampled_from(["http://a/s", "http://a/p#x", "urn:x:é", "https://w3id.org/targetgraph/gfc"]).map(ox.NamedNode)
BLANKS = st.sampled_from(["c14n0", "b1"]).map(ox.BlankNode)
LITERALS = (
    TEXTS.map(ox.Literal)
    | st.builds(lambda t, tag: ox.Literal(t, language=tag), TEXTS, st.sampled_from(["en", "zh-hans"]))
    | st.builds(lambda t: ox.Literal(t, datatype=ox.NamedNode("http://a/t")), TEXTS)
)
QUADS = st.builds(ox.Quad, IRIS | BLANKS, IRIS, IRIS | BLANKS | LITERALS, IRIS | BLANKS | st.just(ox.DefaultGraph()))


def same(ours: Iri | BlankNode | Literal, theirs: object) -> bool:
    if isinstance(theirs, ox.NamedNode):
        return ours == Iri(theirs.value)
    if isinstance(theirs, ox.BlankNode):
        return ours == BlankNode(theirs.value)
    assert isinstance(theirs, ox.Literal)
    return ours == Literal(theirs.value, theirs.datatype.value, theirs.language or "")


@given(QUADS)
def test_a_line_is_read_as_oxigraph_reads_it(quad: ox.Quad) -> None:
    line = ox.serialize([quad], format=ox.RdfFormat.N_QUADS)
    assert line is not None
    subject, predicate, value, graph = parts(line)
    [meant] = ox.parse(line, format=ox.RdfFormat.N_QUADS)
    assert same(node(subject), meant.subject)
    assert same(node(predicate), meant.predicate)
    assert same(node(value), meant.object)
    is_default = isinstance(meant.graph_name, ox.DefaultGraph)
    assert graph == b"" if is_default else same(node(graph), meant.graph_name)


@pytest.mark.parametrize("line", [b"nonsense\n", b"<http://a/s> <http://a/p>\n"])
def test_no_statement_is_told(line: bytes) -> None:
    with pytest.raises(StoreError, match="no statement"):
        parts(line)


def test_statements_about_a_thing_come_together() -> None:
    lines = [
        b'<http://a/s> <http://a/p> "x"@en <http://a/g> .\n',
        b'<http://a/s> <http://a/p> "y" <http://a/h> .\n',
        b"<http://a/t> <http://a/p> <http://a/s> <http://a/g> .\n",
    ]
    first, second = things(lines)
    assert (first.iri, first.graphs) == ("http://a/s", {"http://a/g", "http://a/h"})
    assert first.texts("http://a/p") == ["x", "y"]
    assert first.text("http://a/p", "") == "y"
    assert second.iri_of("http://a/p") == "http://a/s"
    assert second.text("http://a/p") == ""
