from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset, Graph
from rdflib.compare import to_isomorphic

from targetgraph.errors import StoreError
from targetgraph.store import canonical_nquads, data_version, repeated_statements, write_canonical

WITH_BLANKS = """\
_:x <urn:knows> _:y <urn:g> .
_:y <urn:knows> _:x <urn:g> .
_:x <urn:name> "a" <urn:g> .
_:y <urn:name> "b" <urn:g> .
<urn:s> <urn:p> _:list1 <urn:g> .
_:list1 <urn:first> "1" <urn:g> .
_:list1 <urn:rest> _:list2 <urn:g> .
_:list2 <urn:first> "2" <urn:g> .
"""


def test_the_example_of_the_standard() -> None:
    # RDFC-1.0, worked out by hand after section 4.4: each node has a first-degree hash of its own; they are
    # numbered in the order of these hashes: SHA-256 of the node's quads, itself written _:a, others _:z
    def first_degree(*lines: str) -> str:
        return hashlib.sha256("".join(sorted(line + "\n" for line in lines)).encode()).hexdigest()

    one = first_degree("<urn:s> <urn:p> _:a .", '_:a <urn:name> "one" .')
    two = first_degree("<urn:s> <urn:q> _:a .", '_:a <urn:name> "two" .')
    names = {label: f"_:c14n{i}" for i, (_, label) in enumerate(sorted([(one, "one"), (two, "two")]))}
    lines = []
    for label, predicate in (("one", "p"), ("two", "q")):
        lines += [f"<urn:s> <urn:{predicate}> {names[label]} .", f'{names[label]} <urn:name> "{label}" .']
    source = '<urn:s> <urn:p> _:q .\n_:q <urn:name> "one" .\n<urn:s> <urn:q> _:p .\n_:p <urn:name> "two" .\n'
    assert canonical_nquads(source).decode().splitlines() == sorted(lines)


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_labels_and_repetition_do_not_matter(chance: random.Random) -> None:
    text = WITH_BLANKS
    for label in ("x", "y", "list1", "list2"):
        text = text.replace(f"_:{label} ", f"_:n{label}{chance.randrange(10**6)} ")
    lines = text.splitlines() * 2
    chance.shuffle(lines)
    assert canonical_nquads("\n".join(lines) + "\n") == canonical_nquads(WITH_BLANKS)


def test_lines_are_sorted_and_ended() -> None:
    written = canonical_nquads(WITH_BLANKS)
    lines = written.decode().split("\n")
    assert lines.pop() == ""
    assert lines == sorted(lines)
    assert len(lines) == 8


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_it_means_the_same(values: list[str]) -> None:
    graph = Graph()
    from rdflib import BNode, Literal, URIRef

    for value in values:
        graph.add((BNode(), URIRef("urn:p"), Literal(value)))
    dataset = Dataset()
    graph_in = dataset.graph(URIRef("urn:g"))
    graph_in += graph
    back = Dataset()
    source = dataset.serialize(format="nquads", encoding="utf-8")
    back.parse(data=canonical_nquads(source), format="nquads")
    assert to_isomorphic(back.graph(URIRef("urn:g"))) == to_isomorphic(graph)


def test_the_version_is_the_hash_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "dataset.nq"
    version = write_canonical(WITH_BLANKS, path)
    assert version == hashlib.sha256(path.read_bytes()).hexdigest()[:16] == data_version(path)
    assert canonical_nquads(path) == path.read_bytes() == canonical_nquads(path.read_bytes())
    assert write_canonical(WITH_BLANKS.replace('"b"', '"c"'), path) != version


def test_what_is_not_nquads_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.nq").write_text("hello")
    with pytest.raises(StoreError, match=r"x\.nq"):
        canonical_nquads(tmp_path / "x.nq")


def test_repeated_statements_are_found(tmp_path: Path) -> None:
    path = tmp_path / "dataset.nq"
    write_canonical(
        '<urn:s> <urn:p> "x" <urn:g1> .\n<urn:s> <urn:p> "x"@en <urn:g2> .\n<urn:s> <urn:p> "x" <urn:g2> .\n'
        '<urn:s> <urn:p> "xy" <urn:g3> .\n<urn:s> <urn:p> "x" .\n<urn:s> <urn:q> "x" <urn:g1> .\n',
        path,
    )
    assert [graphs for _, graphs in repeated_statements(path)] == [["", "urn:g1", "urn:g2"]]
