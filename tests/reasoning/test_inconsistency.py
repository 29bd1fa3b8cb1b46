"""Contradictions that only HermiT sees: against all subsets, by hand, and within limits."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from targetgraph.cli import group
from targetgraph.pipeline.contradiction_explaining import Contradiction, why_inconsistent
from targetgraph.reasoning import clashes, rules
from targetgraph.reasoning.axioms import Axiom, Theory, theory
from targetgraph.reasoning.description_logic import Limits, first_inconsistent
from targetgraph.reasoning.inconsistency import Inquiry, OutOfTime, is_stated, outwards, smallest_contradiction
from tests.components import need

KINDS = [URIRef(f"urn:x#{letter}") for letter in "ABCD"]
THINGS = [URIRef(f"urn:x#{letter}") for letter in "xy"]
KNOWS = URIRef("urn:x#knows")
SEEDS = (0, 1, 3, 26)
"""Theories by chance: one without a contradiction, two with several that the rules see, one with one that they do not."""
HEAD = """
PREFIX : <urn:x#> PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
:A a owl:Class . :B a owl:Class . :C a owl:Class . :D a owl:Class . :knows a owl:ObjectProperty .
"""


def parsed(text: str) -> Theory:
    return theory(Graph().parse(data=HEAD + text, format="turtle"))


# A world gives each thing the kinds it is of, and says who knows whom; an axiom is a test of worlds.
World = tuple[tuple[frozenset[URIRef], ...], frozenset[tuple[int, int]]]


def made(seed: int) -> tuple[Theory, dict[Axiom, object]]:
    """Axioms by chance over two things and four kinds, each with what it says of a world.

    Forms: a thing is a C; it is no C; it is a C or a D; x knows y; every C is a D; every C is a D or an E; who knows
    somebody is a C; whoever a C knows is a D. Things may be one and the same: worlds in which they are have one thing.
    """
    chance = random.Random(seed)
    graph = Graph()
    for kind in KINDS:
        graph.add((kind, RDF.type, OWL.Class))
    graph.add((KNOWS, RDF.type, OWL.ObjectProperty))
    meant: dict[tuple[Node, Node, Node], object] = {}

    def either(*kinds: URIRef) -> BNode:
        node, members = BNode(), BNode()
        Collection(graph, members, list[Node](kinds))
        graph.add((node, RDF.type, OWL.Class))
        graph.add((node, OWL.unionOf, members))
        return node

    def no(kind: URIRef) -> BNode:
        node = BNode()
        graph.add((node, RDF.type, OWL.Class))
        graph.add((node, OWL.complementOf, kind))
        return node

    def state(triple: tuple[Node, Node, Node], meaning: object) -> None:
        graph.add(triple)
        meant[triple] = meaning

    for n, thing in enumerate(THINGS):
        a, b, c = chance.sample(KINDS, 3)
        state((thing, RDF.type, a), lambda w, n=n, a=a: a in w[0][n % len(w[0])])
        if chance.random() < 0.7:
            state((thing, RDF.type, no(b)), lambda w, n=n, b=b: b not in w[0][n % len(w[0])])
        else:
            state((thing, RDF.type, either(b, c)), lambda w, n=n, b=b, c=c: {b, c} & w[0][n % len(w[0])])
    state((THINGS[0], KNOWS, THINGS[1]), lambda w: (0, 1 % len(w[0])) in w[1])
    for _ in range(3):
        a, b, c = chance.sample(KINDS, 3)
        if chance.random() < 0.5:
            state((a, RDFS.subClassOf, b), lambda w, a=a, b=b: all(b in t for t in w[0] if a in t))
        else:
            state((a, RDFS.subClassOf, either(b, c)), lambda w, a=a, b=b, c=c: all({b, c} & t for t in w[0] if a in t))
    a, b = chance.sample(KINDS, 2)
    state((KNOWS, RDFS.domain, a), lambda w, a=a: all(a in w[0][i] for i, _ in w[1]))
    only = BNode()
    graph.add((only, RDF.type, OWL.Restriction))
    graph.add((only, OWL.onProperty, KNOWS))
    graph.add((only, OWL.allValuesFrom, b))
    state((a, RDFS.subClassOf, only), lambda w, a=a, b=b: all(b in w[0][j] for i, j in w[1] if a in w[0][i]))
    found = theory(graph)
    assert len(found.axioms) == len(meant)
    return found, {axiom: meant[axiom.subject, axiom.prop, axiom.value] for axiom in found.axioms}


def worlds() -> list[World]:
    """All with one or two things: none of the forms asks for a further one, so others satisfy no more."""
    kinds = [frozenset(c) for n in range(len(KINDS) + 1) for c in combinations(KINDS, n)]
    one = [((k,), knows) for k in kinds for knows in (frozenset(), frozenset({(0, 0)}))]
    two = [((k, m), knows) for k in kinds for m in kinds for knows in (frozenset(), frozenset({(0, 1)}))]
    return [*one, *two]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sets_found_are_the_smallest_of_all_subsets(seed: int) -> None:
    """Which subsets have a world that satisfies them is worked out by trying all worlds."""
    need("java")
    given, meaning = made(seed)
    axioms = list(given.axioms)
    satisfied = {frozenset(a for a in axioms if meaning[a](world)) for world in worlds()}  # type: ignore[operator]
    least: list[frozenset[Axiom]] = []
    for size in range(1, len(axioms) + 1):
        for subset in map(frozenset, combinations(axioms, size)):
            if not any(less <= subset for less in least) and not any(subset <= each for each in satisfied):
                least.append(subset)
    terms = {s for s, _, _ in given.declarations}
    with Inquiry(given) as hermit:
        for near in ((), (THINGS[1],), (KINDS[0],)):
            found = smallest_contradiction(axioms, hermit.contradict, terms, near)
            assert (frozenset(found) in least) if found is not None else not least
    by_rules = bool(clashes.contradictions(given, rules.materialise(given)))
    told = why_inconsistent(given, "hermit", most=50, by_rules=by_rules) if least else Contradiction((), complete=True)
    assert told.complete and not told.unfinished
    assert len(told.sets) == len(least)
    assert sorted(map(len, told.sets)) == sorted(map(len, least))


def test_the_seeds_are_of_all_sorts() -> None:
    """Some have no contradiction, some have one that the rules see, and some one that they do not."""
    seen = []
    for seed in SEEDS:
        given, meaning = made(seed)
        possible = any(all(test(world) for test in meaning.values()) for world in worlds())  # type: ignore[operator]
        seen.append((possible, bool(clashes.contradictions(given, rules.materialise(given)))))
    assert {possible for possible, _ in seen} == {True, False}
    assert {(False, True), (False, False)} < set(seen) and (True, True) not in seen


UNSEEN = [
    # Not a C, and all that it can be is a C.
    (":x a [ owl:unionOf ( :A :B ) ] . :A rdfs:subClassOf :C . :B rdfs:subClassOf :C . :x a [ owl:complementOf :C ] .", 4),
    # Three values that differ where two are allowed: with two there is none.
    (
        """:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :knows ; owl:maxCardinality "2"^^xsd:nonNegativeInteger ] .
        :x a :A ; :knows :a , :b , :c . [] a owl:AllDifferent ; owl:distinctMembers ( :a :b :c ) .""",
        6,
    ),
    # It is a or b, and differs from both.
    (":x a [ owl:oneOf ( :a :b ) ] . :x owl:differentFrom :a , :b .", 3),
    # About terms alone: everything is one thing, and there are two.
    ("owl:Thing rdfs:subClassOf [ owl:oneOf ( :a ) ] . :x owl:differentFrom :a .", 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "size"), UNSEEN)
def test_unions_cardinalities_and_enumerations(text: str, size: int) -> None:
    """By hand: all of what is said is needed, and none of :y's statements. HermiT confirms each way of asking."""
    need("java")
    text = re.sub(r"\[ (owl:(?:unionOf|complementOf|oneOf))", r"[ a owl:Class ; \1", text)
    whole = parsed(text + " :y a :D . :y :knows :y . :z :knows :y . :D rdfs:subClassOf :B .")
    terms = {s for s, _, _ in whole.declarations}
    assert not clashes.contradictions(whole, rules.materialise(whole))
    with Inquiry(whole) as hermit:
        found = smallest_contradiction(whole.axioms, hermit.contradict, terms)
    assert found is not None and len(found) == size
    sets = [[a for a in found if a is not left_out] for left_out in found]
    assert first_inconsistent([whole.ntriples(axioms) for axioms in (*sets, found)]) == len(found)


def test_outwards_leads_from_individual_to_individual_and_not_through_classes() -> None:
    whole = parsed(":x a :A . :x :knows :y . :y a :B . :z a :A . :A rdfs:subClassOf :C . :C rdfs:subClassOf :D .")
    terms = {s for s, _, _ in whole.declarations}
    order = [(str(a.subject)[-1], is_stated(a)) for a in outwards(whole.axioms, [THINGS[0]], terms)]
    assert order == [("x", True), ("x", True), ("A", False), ("y", True), ("C", False), ("z", True)]


def test_what_takes_too_long_is_told_with_what_it_came_down_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The verdict stands; the set that was come to is told, and that it is not known to be smallest."""
    need("java")
    whole = parsed(UNSEEN[2][0].replace("[ owl:oneOf", "[ a owl:Class ; owl:oneOf"))
    told = why_inconsistent(whole, "hermit", Limits(seconds=0.01), by_rules=False)
    assert told.sets == () and not told.complete
    lines = list(told.lines(asked=True))
    assert len(lines) == 1
    assert lines[0].startswith(
        "inconsistent: 3 of 3 axioms cannot all be true, and no fewer were found: the time of 0.01 s"
    )
    assert "raise --time-limit" in lines[0]
    asked: list[int] = []
    before = Inquiry.contradict

    def late(self: Inquiry, axioms: Sequence[Axiom]) -> bool:
        asked.append(len(axioms))
        if len(asked) > 2:
            raise OutOfTime("the time came to an end", remedy="raise --time-limit")
        return before(self, axioms)

    monkeypatch.setattr(Inquiry, "contradict", late)
    more = parsed(UNSEEN[0][0].replace("[ owl:", "[ a owl:Class ; owl:") + "".join(f":y{n} a :D . " for n in range(40)))
    told = why_inconsistent(more, "hermit", near=[URIRef("urn:x#x")], by_rules=False)
    assert len(told.sets) == 1 and 4 <= len(told.sets[0]) < 44 and not told.complete
    assert next(told.lines()) == "inconsistent: these cannot all be true"
    assert list(told.lines(asked=True))[-1].startswith(
        "not known to be smallest: the time came to an end (what to do: raise"
    )


def test_little_memory_is_told() -> None:
    need("java")
    from targetgraph.reasoning.description_logic import failure

    told = failure(b'Exception in thread "main" java.lang.OutOfMemoryError: Java heap space\n')
    (problem,) = told.problems
    assert problem.what == "HermiT needed more memory than it was given" and "raise --memory" in problem.remedy


PLANTED = """
PREFIX tg: <https://w3id.org/targetgraph/ontology#> PREFIX owl: <http://www.w3.org/2002/07/owl#>
<https://w3id.org/targetgraph/gfc/target/A1> a [ a owl:Class ; owl:unionOf ( tg:Framework tg:Wording ) ] .
"""
SAID = [
    "- No “target” is “framework”.",
    "- No “target” is “wording”.",
    "- gfc/target/A1 is “framework” or “wording”.",
    "- gfc/target/A1 is “target”.",
]


def test_a_contradiction_that_only_hermit_sees_in_the_bundled_graph(built_store: Path, tmp_path: Path) -> None:
    """By hand: a target is no framework and no wording. The rules see nothing."""
    need("java")
    mistake = tmp_path / "mistake.ttl"
    mistake.write_text(PLANTED, encoding="utf-8")
    told = CliRunner().invoke(group, ["reason", "--store", str(built_store), "-q", "--with", str(mistake)])
    assert told.exit_code == 1, told.stderr
    assert "inconsistent: these cannot all be true" in told.stdout.splitlines()
    assert sorted(line for line in told.stdout.splitlines() if line.startswith("- ")) == SAID
