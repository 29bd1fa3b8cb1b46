"""What the rules derive part by part, against the rules over everything, and the look-ups of a closure against rdflib's."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

import owlrl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import XSD

from targetgraph.modelling import ontology
from targetgraph.namespaces import TG
from targetgraph.pipeline.reasoning_by_rules import followed
from targetgraph.pipeline.reasoning_run import as_graph, statements_of
from targetgraph.reasoning import clashes, rules
from targetgraph.reasoning.axioms import Triple3, theory
from targetgraph.reasoning.closure import Closure
from targetgraph.reasoning.parts import Parted
from targetgraph.store.changing import NotProven
from tests.reasoning.test_carrying import CLASSES, PROPS, STATED, THINGS, closed, made_up, restriction, statement

SIZES = (1, 8, 1000)


def made_up_in_general(random: Random) -> Graph:
    """An ontology by chance, in which classes without names have a place above or beside others."""
    model = made_up(random)
    for _ in range(2):
        kind, above = random.choices(CLASSES, k=2)
        some = restriction(model, random.choice(PROPS), OWL.someValuesFrom, kind)
        model.add((some, RDFS.subClassOf, above))
    return model


def in_parts(model: Graph, statements: set[Triple3], size: int) -> tuple[set[Triple3], int]:
    """What follows, and in how many parts; every individual belongs to one of them."""
    found: set[Triple3] = set()
    owned: list[object] = []
    parts = list(Parted(model, statements).parts(size))
    for part in parts:
        derived = part.closed.derived(part.own)
        assert {t[0] for t in derived} <= part.own and found.isdisjoint(derived)
        found.update(derived)
        owned += part.own
    assert len(owned) == len(set(owned))
    assert set(owned) >= {s for s, _, _ in statements} | {o for _, p, o in statements if p != RDF.type}
    return found, len(parts)


@settings(max_examples=int(os.environ.get("TARGETGRAPH_AXIOMS_BY_CHANCE", "20")))
@given(st.integers(0, 10**9))
def test_random_statements_under_random_axioms_follow_in_parts_as_at_once(seed: int) -> None:
    random = Random(seed)
    model = made_up_in_general(random)
    statements = {statement(random) for _ in range(random.randrange(40))} | STATED
    whole = closed(model, statements)
    for size in SIZES:
        with suppress(NotProven):
            assert in_parts(model, statements, size)[0] == whole


def test_most_random_statements_are_read_in_more_than_one_part() -> None:
    """So that the test above tests something."""
    several = 0
    for seed in range(20):
        random = Random(seed)
        model = made_up(random)
        statements = {statement(random) for _ in range(20)} | STATED
        with suppress(NotProven):
            several += in_parts(model, statements, 1)[1] > 1
    assert several >= 12


@pytest.mark.parametrize("seed", range(4))
def test_owlrl_derives_the_same(seed: int) -> None:
    """An engine of others, over everything at once."""
    random = Random(seed)
    model = made_up_in_general(random)
    statements = {statement(random) for _ in range(20)} | STATED
    theirs = as_graph([*model, *statements])
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(theirs)
    known = {*THINGS, *(s for s, _, _ in STATED)}
    properties = set(model.subjects(RDF.type, OWL.ObjectProperty))
    told = {
        (s, p, o)
        for s, p, o in theirs
        if s in known and ((p == RDF.type and o in CLASSES) or (p in properties and o in known))
    }
    said: list[str] = []
    found = followed(model, statements, said.append, size=1)
    assert {t for t in found.inferred if t[0] in known} == told - statements


def test_the_bundled_graph_follows_in_parts_as_at_once(built_store: Path) -> None:
    statements, _ = statements_of(built_store)
    model = ontology.read("targetgraph.ttl")
    said: list[str] = []
    found = followed(model, statements, said.append, size=600)
    whole = theory(model, statements)
    assert found.inferred == rules.derived(whole, rules.materialise(whole))
    assert found.left_out == whole.left_out > 0 and found.terms and found.around is None
    assert not any("at once" in sentence for sentence in said)
    assert "10 parts done" in said


def test_members_of_an_enumeration_that_nothing_is_said_of_have_their_part() -> None:
    """An individual that only axioms name follows from them all the same."""
    model = made_up(Random(1))
    head = BNode()
    Collection(model, head, [URIRef("urn:x#only-named"), THINGS[0]])
    node = BNode()
    model.add((node, RDF.type, OWL.Class))
    model.add((node, OWL.oneOf, head))
    model.add((CLASSES[0], OWL.equivalentClass, node))
    owned = {thing for part in Parted(model, STATED).parts(1) for thing in part.own}
    assert {URIRef("urn:x#only-named"), THINGS[0]} <= owned


def contradicting(seed: int) -> tuple[Graph, set[Triple3]]:
    random = Random(seed)
    model = made_up(random)
    for _ in range(2):
        model.add((random.choice(CLASSES[:3]), OWL.disjointWith, random.choice(CLASSES[3:])))
    # Nothing is said of the value of definitions here: it would be in every class, the disjoint ones among them.
    for node in list(model.subjects(OWL.hasValue, None)):
        model.remove((None, None, node))
    return model, {statement(random) for _ in range(12)}


def test_a_part_contradicts_where_the_whole_does_and_its_axioms_are_enough() -> None:
    counts = {True: 0, False: 0}
    for seed in range(40):
        model, statements = contradicting(seed)
        whole = theory(model, statements)
        known = clashes.contradictions(whole, rules.materialise(whole))
        found = followed(model, statements, lambda _: None, size=1)
        assert (found.around is not None) == bool(known), seed
        if found.around is not None:
            around = theory(model, found.around)
            mine = clashes.contradictions(around, rules.materialise(around))
            assert mine and set(mine) <= set(known) and not found.inferred
        counts[bool(known)] += 1
    assert min(counts.values()) >= 5


@pytest.mark.parametrize(
    ("triple", "why"),
    [
        ((THINGS[0], OWL.sameAs, THINGS[1]), "equates things"),
        ((PROPS[0], OWL.inverseOf, PROPS[1]), "has inverse properties"),
        ((THINGS[0], RDF.type, BNode("some")), "a class without a name"),
    ],
)
def test_what_cannot_be_told_in_parts_is_reasoned_over_at_once_and_said(triple: Triple3, why: str) -> None:
    model = made_up(Random(3))
    statements = STATED | {triple, (THINGS[0], PROPS[0], THINGS[1]), (THINGS[0], RDF.type, CLASSES[0])}
    said: list[str] = []
    found = followed(model, statements, said.append)
    whole = theory(model, statements)
    assert found.inferred == rules.derived(whole, rules.materialise(whole)) and not found.terms
    assert len(said) == 1 and "at once" in said[0] and why in said[0]


def test_counting_what_leads_to_an_individual_needs_the_whole() -> None:
    """Two that differ lead to a third, to which only one may: they would be in parts of their own."""
    model = made_up(Random(1))
    turned = BNode()
    model.add((turned, OWL.inverseOf, PROPS[0]))
    node = BNode()
    for prop, value in (
        (RDF.type, OWL.Restriction),
        (OWL.onProperty, turned),
        (OWL.maxCardinality, Literal("1", datatype=XSD.nonNegativeInteger)),
    ):
        model.add((node, prop, value))
    model.add((CLASSES[0], RDFS.subClassOf, node))
    one, two, three = THINGS[:3]
    statements: set[Triple3] = {
        *((thing, PROPS[0], three) for thing in (one, two)),
        (three, RDF.type, CLASSES[0]),
        (one, OWL.differentFrom, two),
    }
    said: list[str] = []
    found = followed(model, statements, said.append, size=1)
    assert found.around is not None
    assert len(said) == 1 and "counts what leads to an individual" in said[0]


def test_years_are_counted_as_left_out_once() -> None:
    model = ontology.read("targetgraph.ttl")
    year = (THINGS[0], URIRef(TG.deadlineYear), Literal("2030", datatype=XSD.gYear))
    assert Parted(model, [year, year]).left_out == theory(model, [year]).left_out == 1


def test_what_is_said_of_things_without_names_is_counted_as_left_out() -> None:
    model = ontology.read("targetgraph.ttl")
    someone = BNode()
    statements: list[Triple3] = [
        (someone, RDF.type, URIRef(TG.Target)),
        (someone, URIRef(TG.isUmbrella), Literal(True)),
        (THINGS[0], URIRef(TG.linkSubject), someone),
        (someone, RDFS.label, Literal("no reasoner would read this of anybody")),
    ]
    assert Parted(model, statements).left_out == theory(model, statements).left_out == 3


NODES = st.sampled_from([*THINGS[:4], BNode("b"), RDF.nil, RDF.first, RDF.rest, RDF.type])
TRIPLES = st.tuples(NODES, st.sampled_from([RDF.first, RDF.rest, RDF.type, RDFS.label]), NODES)


@given(st.lists(TRIPLES, max_size=30), st.lists(TRIPLES, max_size=10), st.booleans())
def test_a_closure_is_looked_up_as_a_graph_of_rdflib(first: list[Triple3], then: list[Triple3], asked: bool) -> None:
    mine, theirs = Closure(first), as_graph([*first, *then])
    if asked:  # so that indexes exist before statements are added
        for s, p, _ in first:
            assert mine.pairs(p) and mine.objects(s, p)
    mine.add(then)
    assert set(mine) == set(theirs) and len(mine) == len(theirs)
    for s, p, o in [*first, *then]:
        assert (s, p, o) in mine
        assert Counter(mine.pairs(p)) == Counter(theirs.subject_objects(p))
        assert Counter(mine.objects(s, p)) == Counter(theirs.objects(s, p))
        assert Counter(mine.subjects(p, o)) == Counter(theirs.subjects(p, o))
        assert mine.value(s, p) in set(theirs.objects(s, p))
        assert {thing for thing, _ in mine.several(p)} == {
            thing for thing in theirs.subjects(p) if len(set(theirs.objects(thing, p))) > 1
        }
    assert (THINGS[5], RDF.type, THINGS[6]) not in mine
    assert mine.value(THINGS[5], RDF.type) is None


@given(st.lists(st.sampled_from(THINGS), max_size=6))
def test_members_of_a_list_are_those_rdflib_reads(things: list[URIRef]) -> None:
    graph, head = Graph(), BNode()
    Collection(graph, head, list(things))
    assert Closure(graph).members(head) == list(Collection(graph, head)) == things


def test_a_list_that_leads_to_itself_has_an_end() -> None:
    head = BNode()
    assert Closure([(head, RDF.first, THINGS[0]), (head, RDF.rest, head)]).members(head) == [THINGS[0]]
