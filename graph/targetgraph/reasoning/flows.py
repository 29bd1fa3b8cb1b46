"""Along which statements the rules of OWL 2 RL carry what they know of one individual to another.

Most rules read statements about a single individual: its types, where its properties lead, by which properties one is led to
it. Of other individuals they read in a few cases only, which the axioms about terms tell:

- ``someValuesFrom`` (cls-svf1): of ``u p v`` the types of v matter to u;
- ``allValuesFrom`` (cls-avf): of ``u p v`` the types of u matter to v;
- property chains (prp-spo2): what v says matters to u, as far as the chain goes on;
- what ties a link to itself (`targetgraph.reasoning.rules.tied`): the types of the passages that it rests on.

Rules that equate individuals, inverse properties with a name, and whatever else makes matters less simple are not read: the
axioms are then refused, and whoever asked has to reason over everything. (Names of rules: OWL 2 Profiles, 4.3.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Final

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from targetgraph import resources
from targetgraph.namespaces import TG
from targetgraph.reasoning.axioms import CHARACTERISTICS, Axiom, Theory, is_about_terms
from targetgraph.store.changing import NotProven

_NOT_READ: Final = frozenset({
    OWL.equivalentProperty, OWL.propertyDisjointWith, OWL.hasKey, OWL.AllDisjointProperties, OWL.NegativePropertyAssertion,
})  # fmt: skip
_COUNTED: Final = (OWL.maxCardinality, OWL.cardinality)
_QUALIFIED: Final = frozenset({OWL.maxQualifiedCardinality, OWL.qualifiedCardinality})


@dataclass(frozen=True, slots=True)
class Flows:
    """Where knowledge flows.

    Parameters
    ----------
    forward : of ``u p v`` what is known of v matters to u.
    inverse : of ``u p v`` what is known of u matters to v.
    passed_forward, passed_inverse : those of them that are steps of chains: what is known of v matters also to those to whom
        what is known of u does, for a chain passes through u without saying anything of it.
    ranged : that something is led to by these properties says something of it.
    values : by individual, the classes that it is in for being somebody's value by definition (cls-hv1): nobody says whose.
    """

    forward: frozenset[Node]
    inverse: frozenset[Node]
    passed_forward: frozenset[Node]
    passed_inverse: frozenset[Node]
    ranged: frozenset[Node]
    values: Mapping[Node, frozenset[Node]]


def about_terms(theory: Theory) -> list[Axiom]:
    """Axioms that are not just a type or a link of an individual."""
    return [
        axiom for axiom in theory.axioms if isinstance(axiom.subject, BNode) or is_about_terms(axiom.prop, axiom.value)
    ]


def fingerprint(theory: Theory) -> str:
    """A hash that changes when axioms about terms or declarations do; blank nodes in them are counted, not compared."""
    model = resources.ontology() / "targetgraph.ttl"
    ground, other = [f"{s} {kind}\n" for s, _, kind in theory.declarations], 0
    for axiom in about_terms(theory):
        if any(isinstance(term, BNode) for triple in axiom.triples for term in triple):
            other += len(axiom.triples)
        else:
            ground.append(f"{axiom.subject} {axiom.prop} {axiom.value}\n")
    digest = hashlib.sha256(model.read_bytes())
    digest.update("".join([*sorted(ground), str(other)]).encode())
    return digest.hexdigest()[:16]


def flows(theory: Theory) -> Flows:
    """Where knowledge flows by the axioms of a theory.

    Raises
    ------
    NotProven : there are axioms that this module does not read.
    """
    graph = Graph()
    for axiom in about_terms(theory):
        if axiom.prop in _NOT_READ or axiom.value in CHARACTERISTICS or axiom.value in _NOT_READ:
            raise NotProven("the ontology says more of properties than carrying on reads")
        if any(p in _QUALIFIED for _, p, _ in axiom.triples):
            raise NotProven("the ontology counts values of a kind")
        if isinstance(axiom.subject, URIRef) and axiom.prop in (OWL.sameAs, OWL.inverseOf):
            raise NotProven("the ontology equates things, or has inverse properties")
        if axiom.prop == RDF.type and not isinstance(axiom.subject, BNode):
            raise NotProven("an individual is in a class without a name")
        for triple in axiom.triples:
            graph.add(triple)
    if any(
        isinstance(prop, BNode)
        for kind in _COUNTED
        for node in graph.subjects(kind)
        for prop in graph.objects(node, OWL.onProperty)
    ):
        raise NotProven("the ontology counts what leads to an individual")
    forward: set[Node] = {URIRef(TG.restsOn)}
    inverse: set[Node] = set()
    passed: tuple[set[Node], set[Node]] = (set(), set())
    for prop, turned in _steps(graph):
        passed[turned].add(prop)
    for prop, turned in _restricted(graph, OWL.someValuesFrom):
        (inverse if turned else forward).add(prop)
    for prop, turned in _restricted(graph, OWL.allValuesFrom):
        (forward if turned else inverse).add(prop)
    ranged = set(graph.subjects(RDFS.range, None))
    forward |= passed[0]
    inverse |= passed[1]
    on, back, far_on, far_back, led = (_below(graph, props) for props in (forward, inverse, *passed, ranged))
    return Flows(on, back, far_on, far_back, led, _values(graph, inverse))


def module(theory: Theory, subject: Node) -> list[Axiom]:
    """Axioms that statements about an individual can follow from by the rules; all where that cannot be told."""
    try:
        found = flows(theory)
    except NotProven:
        return list(theory.axioms)
    terms = set(about_terms(theory))
    stated: dict[Node, list[Axiom]] = {}
    led: dict[Node, list[Axiom]] = {}
    for axiom in theory.axioms:
        if axiom not in terms:
            stated.setdefault(axiom.subject, []).append(axiom)
            led.setdefault(axiom.value, []).append(axiom)
    members: set[Node] = set()
    waiting = [subject, *found.values]
    while waiting:
        thing = waiting.pop()
        if thing not in members:
            members.add(thing)
            waiting += [a.value for a in stated.get(thing, ()) if a.prop in found.forward]
            waiting += [a.subject for a in led.get(thing, ()) if a.prop in found.inverse]
    if any(found.values.get(thing) for thing in members):
        return list(theory.axioms)
    return [
        axiom
        for axiom in theory.axioms
        if axiom in terms or axiom.subject in members or (axiom.value in members and axiom.prop in found.ranged)
    ]


def _values(graph: Graph, inverse: Set[Node]) -> dict[Node, frozenset[Node]]:
    found: dict[Node, frozenset[Node]] = {}
    above_others = (RDFS.subClassOf, OWL.equivalentClass, OWL.allValuesFrom, RDFS.domain, RDFS.range)
    reached = {node for prop in above_others for node in graph.objects(None, prop)}
    reached |= set(graph.subjects(OWL.equivalentClass, None))
    reached |= {part for head in graph.objects(None, OWL.intersectionOf) for part in Collection(graph, head)}
    for node, value in graph.subject_objects(OWL.hasValue):
        if node not in reached:  # no rule puts anybody into this class but for having the value
            continue
        prop = graph.value(node, OWL.onProperty)
        above = {each for each in graph.transitive_objects(prop, RDFS.subPropertyOf) if each is not None}
        if prop is None or isinstance(prop, BNode) or above & inverse:
            raise NotProven("the ontology tells too much of values by definition")
        if isinstance(value, URIRef):
            kinds = (kind for each in above for kind in graph.objects(each, RDFS.range))
            found[value] = found.get(value, frozenset()) | frozenset(kinds)
    return found


def _restricted(graph: Graph, kind: Node) -> Iterator[tuple[Node, bool]]:
    """Properties of restrictions, and whether it is their inverse that is restricted."""
    for node in graph.subjects(kind, None):
        for prop in graph.objects(node, OWL.onProperty):
            yield _turned(graph, prop)


def _steps(graph: Graph) -> Iterator[tuple[Node, bool]]:
    """Steps of chains; not a last one that leads forward, for nothing is read of where it ends."""
    for head in graph.objects(None, OWL.propertyChainAxiom):
        steps = [_turned(graph, step) for step in Collection(graph, head)]
        yield from steps[:-1]
        yield from (step for step in steps[-1:] if step[1])


def _turned(graph: Graph, prop: Node) -> tuple[Node, bool]:
    inner = graph.value(prop, OWL.inverseOf) if isinstance(prop, BNode) else None
    return (prop, False) if inner is None else (inner, True)


def _below(graph: Graph, props: Iterable[Node]) -> frozenset[Node]:
    """Properties with all that are below them."""
    found: set[Node] = set(props)
    for prop in tuple(found):
        found.update(below for below in graph.transitive_subjects(RDFS.subPropertyOf, prop) if below is not None)
    return frozenset(found)
