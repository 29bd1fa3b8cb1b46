"""The quick graph of the oracle beside rdflib's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from targetgraph.store import StoreFolder
from tests.oracle.frameworks import union
from tests.oracle.triples import Triples, read_quads, remembered

_NODES = [URIRef("urn:x:a"), URIRef("urn:x:b"), BNode("b"), URIRef("urn:x:p"), URIRef("urn:x:q")]
_VALUES = [*_NODES, Literal("a"), Literal("a", lang="en"), Literal("1", datatype=XSD.integer), Literal(1)]
subjects, properties, values = (st.sampled_from(s) for s in (_NODES, _NODES[-2:], _VALUES))
statements = st.tuples(subjects, properties, values)
patterns = st.tuples(st.none() | subjects, st.none() | properties, st.none() | values)
changes = st.lists(st.tuples(st.just("add"), statements) | st.tuples(st.just("remove"), patterns), max_size=30)


@given(changes, patterns)
def test_it_answers_as_rdflib_does(made: list[tuple[str, Any]], pattern: tuple[Any, Any, Any]) -> None:
    ours, theirs = Triples(), Graph()
    before = Triples([(_NODES[0], _NODES[3], _VALUES[5])])
    copy = before.copy()
    for graph in (ours, theirs, copy):
        for change, what in made:
            getattr(graph, change)(what)
    assert len(before) == 1
    s, p, o = pattern
    assert sorted(ours.triples(pattern)) == sorted(theirs.triples(pattern))
    assert sorted(map(repr, ours.objects(s, p))) == sorted(map(repr, theirs.objects(s, p)))
    assert sorted(map(repr, ours.subjects(p, o))) == sorted(map(repr, theirs.subjects(p, o)))
    assert sorted(map(repr, ours.predicates(s, o))) == sorted(map(repr, theirs.predicates(s, o)))
    assert (pattern in ours) == (pattern in theirs)
    assert len(ours) == len(theirs)
    assert set(ours) == set(theirs)


def test_what_was_remembered_is_forgotten_when_the_graph_changes() -> None:
    asked = []

    @remembered
    def number(graph: Graph, of: str, twice: bool = False) -> int:
        asked.append(of)
        return len(graph) * (2 if twice else 1)

    graph = Triples([(_NODES[0], _NODES[3], _NODES[1])])
    assert [number(graph, "x"), number(graph, "x"), number(graph, "x", twice=True), number(graph, "y")] == [1, 1, 2, 1]
    assert asked == ["x", "x", "y"]
    graph.remove((_NODES[0], None, None))
    assert number(graph, "x") == 0
    assert [number(Graph(), "x"), number(Graph(), "x")] == [0, 0] and len(asked) == 6


def test_quads_are_read_as_rdflib_reads_them(built_store: Path) -> None:
    path = StoreFolder(built_store).current().dataset
    theirs = Dataset(default_union=True)
    theirs.parse(path, format="nquads")
    ours = read_quads(path)
    assert len(ours) > 15_000
    assert isomorphic(ours, union(theirs))


def test_signs_that_are_written_in_another_way(tmp_path: Path) -> None:
    text = 'a \\"b\\" \\\\n \\n \\t \\u00e9 \\U0001F600 ü'
    (tmp_path / "x.nq").write_text(f'<urn:a> <urn:p> "{text}"@en-GB <urn:g> .\n_:x <urn:p> "1" .\n', encoding="utf-8")
    theirs = Dataset(default_union=True)
    theirs.parse(tmp_path / "x.nq", format="nquads")
    ours = read_quads(tmp_path / "x.nq")
    assert isomorphic(ours, union(theirs))
    assert Literal('a "b" \\n \n \t é 😀 ü', lang="en-GB") in set(ours.objects())
    (tmp_path / "y.nq").write_text("<urn:a> <urn:p> urn:o .\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="no statement"):
        read_quads(tmp_path / "y.nq")
