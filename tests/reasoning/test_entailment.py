"""Smallest sets of axioms against all subsets, worked out by an engine of a few lines; and the dialogue with HermiT."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Sequence
from itertools import combinations, permutations

import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from targetgraph.reasoning.axioms import Axiom, Theory, theory
from targetgraph.reasoning.description_logic import Limits, ReasonerStopped
from targetgraph.reasoning.dialogue import Dialogue
from targetgraph.reasoning.entailment import every_smallest, smallest
from targetgraph.reasoning.justification import contracted, justifications
from tests.components import need

KINDS = [URIRef(f"urn:x#{letter}") for letter in "ABCDEF"]
X = URIRef("urn:x#x")
# (parts, whole): who is each of the parts is the whole; with `both`, the whole is also each of the parts.
Rule = tuple[frozenset[URIRef], URIRef, bool]


def made(seed: int) -> tuple[Theory, dict[Axiom, Rule]]:
    """Axioms of three forms, by chance, and each as rules: x is a C; every C is a D; C is the intersection of D and E."""
    chance = random.Random(seed)
    graph, rules = Graph(), {}
    for kind in KINDS:
        graph.add((kind, RDF.type, OWL.Class))
    stated: dict[tuple[object, object, object], Rule] = {}
    for _ in range(2):
        kind = chance.choice(KINDS[:3])
        stated[X, RDF.type, kind] = (frozenset(), kind, False)
    for _ in range(6):
        lower, upper = chance.sample(KINDS, 2)
        stated[lower, RDFS.subClassOf, upper] = (frozenset({lower}), upper, False)
    for triple in stated:
        graph.add(triple)  # type: ignore[arg-type]
    whole = chance.choice(KINDS[2:])
    parts = chance.sample([k for k in KINDS if k != whole], 2)
    node, members = BNode(), BNode()
    Collection(graph, members, list[Node](parts))
    graph.add((node, RDF.type, OWL.Class))
    graph.add((node, OWL.intersectionOf, members))
    graph.add((whole, OWL.equivalentClass, node))
    both: Rule = (frozenset(parts), whole, True)
    found = theory(graph)
    for axiom in found.axioms:
        rules[axiom] = stated.get((axiom.subject, axiom.prop, axiom.value), both)
    assert len(found.axioms) == len(stated) + 1
    return found, rules


def kinds_of_x(rules: list[Rule]) -> set[URIRef]:
    """What x is, by applying rules until nothing is new."""
    known: set[URIRef] = set()
    while True:
        new = {whole for parts, whole, _ in rules if parts <= known}
        new |= {part for parts, whole, both in rules if both and whole in known for part in parts}
        if new <= known:
            return known
        known |= new


@pytest.mark.parametrize("seed", range(4))
def test_the_set_found_is_one_of_the_smallest_of_all_subsets(seed: int) -> None:
    need("java")
    given, rules = made(seed)
    axioms = list(given.axioms)
    derived = [k for k in KINDS if k in kinds_of_x(list(rules.values())) and (X, RDF.type, k) not in {
        (a.subject, a.prop, a.value) for a in axioms}]  # fmt: skip
    wanted = derived[-1] if derived else KINDS[5]
    enough: list[frozenset[Axiom]] = []
    for size in range(len(axioms) + 1):
        for subset in map(frozenset, combinations(axioms, size)):
            if not any(less <= subset for less in enough) and wanted in kinds_of_x([rules[a] for a in subset]):
                enough.append(subset)
    found = every_smallest(given, (X, RDF.type, wanted), most=50)
    assert {frozenset(axioms_) for axioms_ in found.found} == set(enough)
    assert found.complete and len(found.found) == len(enough)
    assert all(list(each) == [a for a in axioms if a in set(each)] for each in found.found)
    first = smallest(given, (X, RDF.type, wanted))
    assert first == (list(found.found[0]) if enough else None)


@pytest.mark.parametrize("seed", range(30))
def test_all_smallest_sets_by_the_tree_are_those_of_all_subsets(seed: int) -> None:
    """Without HermiT: axioms are enough where they hold one of some sets made by chance."""
    chance = random.Random(seed)
    graph = Graph()
    for kind in KINDS:
        graph.add((kind, RDF.type, OWL.Class))
    for lower, upper in list(permutations(KINDS, 2))[:9]:
        graph.add((lower, RDFS.subClassOf, upper))
    axioms = theory(graph).axioms
    wanted = [frozenset(chance.sample(axioms, chance.randrange(1, 5))) for _ in range(chance.randrange(6))]
    smallest_ones = {a for a in wanted if not any(b < a for b in wanted)}

    def one(given: Sequence[Axiom]) -> list[Axiom] | None:
        return contracted(list(given), enough) if enough(given) else None

    def enough(given: Sequence[Axiom]) -> bool:
        return any(each <= set(given) for each in wanted)

    found = justifications(axioms, one, 50, 60)
    assert {frozenset(each) for each in found.found} == smallest_ones and len(found.found) == len(smallest_ones)
    assert found.complete
    for most, seconds in ((1, 60), (50, 0)):
        cut = justifications(axioms, one, most, seconds)
        assert cut.found == found.found[:1]
        assert cut.complete == (not smallest_ones)


def test_the_seeds_are_of_all_sorts() -> None:
    """Without HermiT: some have several smallest sets, some have none."""
    numbers = []
    for seed in range(4):
        _, rules = made(seed)
        numbers.append(len(kinds_of_x(list(rules.values()))))
    assert min(numbers) < max(numbers)


HEAD = "".join(f"<{k}> <{RDF.type}> <{OWL.Class}> .\n" for k in KINDS).encode()
EMPTY = (
    HEAD
    + f"<{KINDS[0]}> <{RDFS.subClassOf}> <{KINDS[1]}> .\n<{KINDS[0]}> <{OWL.disjointWith}> <{KINDS[1]}> .\n".encode()
)
CONTRADICTION = EMPTY + f"<{X}> <{RDF.type}> <{KINDS[0]}> .\n".encode()


def test_questions_are_answered_one_after_the_other_and_after_a_contradiction_anew() -> None:
    need("java")
    with Dialogue(str(KINDS[0]), questions=3) as hermit:
        asked = [HEAD, EMPTY, HEAD, HEAD, CONTRADICTION, HEAD]
        assert [hermit.possible(question) for question in asked] == [True, False, True, True, False, True]


def test_nothing_is_left_running() -> None:
    need("java")
    with Dialogue(str(KINDS[0])) as hermit:
        assert hermit.possible(HEAD)
        assert hermit._run is not None
        process, port = hermit._run._process, hermit._run._server.server_address[1]
    assert process.poll() is not None
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", port), 1):
        pass


def test_only_who_knows_the_name_is_answered() -> None:
    need("java")
    import urllib.error
    import urllib.request

    with Dialogue(str(KINDS[0])) as hermit:
        assert hermit.possible(HEAD)
        assert hermit._run is not None
        port = hermit._run._server.server_address[1]
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/guessed/0", timeout=5)
        assert caught.value.code == 404
        caught.value.close()


def test_a_question_that_takes_too_long_or_makes_no_sense_is_told() -> None:
    need("java")
    begun = time.monotonic()
    with (
        Dialogue(str(KINDS[0]), Limits(seconds=0.05)) as hermit,
        pytest.raises(ReasonerStopped, match=r"hermit was stopped after 0\.05 seconds"),
    ):
        hermit.possible(HEAD)
    assert time.monotonic() - begun < 10
    with (
        Dialogue(str(KINDS[0])) as hermit,
        pytest.raises(ReasonerStopped, match=r"HermiT failed: .*(Unparsable|Exception)"),
    ):
        hermit.possible(b"this is no RDF")
