"""Collected statements against an rdflib graph that took the same ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, BNode, Dataset, Literal, URIRef

from targetgraph.modelling.collecting import Collected, Triple
from targetgraph.store.canonical import canonical_nquads

GRAPH = "https://example.org/graph"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["\\u0041", '"', "a\nb\r\t", "\\"]
)
THINGS = st.sampled_from([URIRef(f"https://example.org/{n}") for n in ("a", "b", "é", "c#d")])
LITERALS = (
    TEXT.map(Literal)
    | st.builds(Literal, TEXT, lang=st.sampled_from(["en", "fr", "zh-Hant"]))
    | st.builds(Literal, TEXT, datatype=st.sampled_from([XSD.string, URIRef("https://example.org/type")]))
    | st.integers().map(Literal)
    | st.booleans().map(Literal)
    | st.decimals(-10, 10, places=2).map(Literal)
    | st.dates().map(Literal)
)


@given(st.lists(st.tuples(THINGS, THINGS, THINGS | LITERALS), max_size=8))
def test_the_same_statements_as_rdflib(statements: list[Triple]) -> None:
    collected, dataset = Collected(GRAPH), Dataset()
    for triple in [*statements, *statements[:3]]:
        collected.add(triple)
        dataset.graph(URIRef(GRAPH)).add(triple)
    assert len(collected) == len(set(collected.nquads())) == len(dataset.graph(URIRef(GRAPH)))
    lines = "".join(collected.nquads()).encode()
    assert canonical_nquads(lines) == canonical_nquads(dataset.serialize(format="nquads", encoding="utf-8"))


def test_blank_nodes_stay_apart_and_an_iri_that_ends_early_is_refused() -> None:
    collected = Collected(GRAPH)
    one, other, thing = BNode(), BNode(), URIRef("https://example.org/a")
    collected.add((one, thing, other))
    collected.add((other, thing, one))
    read = Dataset()
    read.parse(data="".join(collected.nquads()), format="nquads")
    assert len(collected) == 2 and len({s for s, _, _, _ in read.quads()}) == 2
    with pytest.raises(ValueError, match="not an IRI"):
        collected.add((thing, thing, URIRef("https://example.org/> <b")))
    assert len(collected) == 2
