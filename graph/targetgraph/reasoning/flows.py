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

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from targetgraph import resources
from targetgraph.namespaces import TG
from targetgraph.reasoning.axioms import Axiom, Theory, is_about_terms
from targetgraph.store.changing import NotProven


@dataclass(frozen=True, slots=True)
class Flows:
    """Where knowledge flows.

    Parameters
    ----------
    forward : of ``u p v`` what is known of v matters to u.
    inverse : of ``u p v`` what is known of u matters to v.
    ranged : that something is led to by these properties says something of it.
    values : by individual, the classes that it is in for being somebody's value by definition (cls-hv1): nobody says whose.
    """

    forward: frozenset[Node]
    inverse: frozenset[Node]
    ranged: frozenset[Node]
    values: Mapping[Node, frozenset[Node]]


def about_terms(theory: Theory) -> list[Axiom]:
    """Axioms that are not just a type or a link of an individual."""
    return [
        axiom for axiom in theory.axioms if isinstance(axiom.subject, BNode) or is_about_terms(axiom.prop, axiom.value)
    ]


def fingerprint(theory: Theory) -> str:
    """A hash that changes when the axioms about terms do; blank nodes in them are counted, not compared."""
    model = resources.ontology() / "targetgraph.ttl"
    ground, other = [], 0
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
        if isinstance(axiom.subject, URIRef) and axiom.prop in (OWL.sameAs, OWL.inverseOf):
            raise NotProven("the ontology equates things, or has inverse properties")
        if axiom.prop == RDF.type and not isinstance(axiom.subject, BNode):
            raise NotProven("an individual is in a class without a name")
        for triple in axiom.triples:
            graph.add(triple)
    forward: set[Node] = {URIRef(TG.restsOn)}
    inverse: set[Node] = set()
    for prop, turned in (*_restricted(graph, OWL.someValuesFrom), *_steps(graph)):
        (inverse if turned else forward).add(prop)
    for prop, turned in _restricted(graph, OWL.allValuesFrom):
        (forward if turned else inverse).add(prop)
    ranged = set(graph.subjects(RDFS.range, None))
    return Flows(_below(graph, forward), _below(graph, inverse), _below(graph, ranged), _values(graph, inverse))


def _values(graph: Graph, inverse: Set[Node]) -> dict[Node, frozenset[Node]]:
    found: dict[Node, frozenset[Node]] = {}
    for node, value in graph.subject_objects(OWL.hasValue):
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
