"""Which axioms lie outside OWL 2 RL, so that the rules do not see them.

*OWL 2 Web Ontology Language: Profiles* (second edition, W3C Recommendation of 11 December 2012), section 4.2: what may stand
on the left and on the right of a subclass axiom differs. An ontology need not be of RL to be reasoned over by the rules:
what they derive still holds, they only derive less. So these are no faults; they say what is left to HermiT.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from targetgraph.reasoning.profile_terms import ProfileViolation

SPECIFICATION: Final = "OWL 2 Profiles"
_SECTIONS: Final = {"left": "4.2.3", "right": "4.2.3", "both": "4.2.3", "datatype": "4.2.1", "axiom": "4.2.5"}


def rl_violations(graph: Graph) -> list[ProfileViolation]:
    """Axioms of an ontology that are outside OWL 2 RL, once each.

    Parameters
    ----------
    graph : the statements of the ontology.
    """
    found = {
        ProfileViolation(
            "rl", str(term) if isinstance(term, URIRef) else "", what, f"{SPECIFICATION}, {_SECTIONS[side]}"
        )
        for term, what, side in _outside(graph)
    }
    return sorted(found, key=lambda v: (v.term, v.what))


def _outside(graph: Graph) -> Iterator[tuple[Node, str, str]]:
    for low, high in graph.subject_objects(RDFS.subClassOf):
        if not _left(graph, low):
            yield low, f"On the left of a subclass axiom stands {_said(graph, low)}.", "left"
        if not _right(graph, high):
            yield low, f"Every one of it is {_said(graph, high)}.", "right"
    for one, other in graph.subject_objects(OWL.equivalentClass):
        if (one, RDF.type, RDFS.Datatype) not in graph and not (_both(graph, one) and _both(graph, other)):
            yield one, f"It is defined by {_said(graph, other)}.", "both"
    for prop in (RDFS.domain, RDFS.range):
        for term, kind in graph.subject_objects(prop):
            if (kind, RDF.type, RDFS.Datatype) not in graph and not _right(graph, kind):
                yield term, f"Its {str(prop).rpartition('#')[2]} is {_said(graph, kind)}.", "right"
    groups = [list(pair) for pair in graph.subject_objects(OWL.disjointWith)]
    for axiom in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        groups += [list(Collection(graph, head)) for head in graph.objects(axiom, OWL.members)]
    for group in groups:
        for kind in group:
            if not _left(graph, kind):
                yield group[0], f"Disjoint is {_said(graph, kind)}.", "left"
    for kind, _ in graph.subject_objects(OWL.hasKey):
        if not _left(graph, kind):
            yield kind, f"A key is given to {_said(graph, kind)}.", "left"
    for thing, kind in graph.subject_objects(RDF.type):
        if isinstance(kind, BNode) and not _right(graph, kind):
            yield thing, f"It is said to be {_said(graph, kind)}.", "right"
    for datatype in (OWL.real, OWL.rational):
        for term in graph.subjects(None, datatype):
            yield term, f"It uses {_said(graph, datatype)}.", "datatype"
    for term in graph.subjects(RDF.type, OWL.ReflexiveProperty):
        yield term, "It is declared reflexive.", "axiom"
    for term in graph.subjects(OWL.disjointUnionOf):
        yield term, "It is a union of disjoint classes.", "axiom"


def _named(node: Node) -> bool:
    return isinstance(node, URIRef) and node != OWL.Thing


def _members(graph: Graph, node: Node, form: Node) -> list[Node]:
    head = graph.value(node, form)
    return [] if head is None else list(Collection(graph, head))


def _left(graph: Graph, node: Node) -> bool:
    """A subclass expression: a class but owl:Thing, one-of, and, or, some, has-value."""
    if not isinstance(node, BNode):
        return _named(node)
    for form in (OWL.intersectionOf, OWL.unionOf):
        if members := _members(graph, node, form):
            return all(_left(graph, member) for member in members)
    filler = graph.value(node, OWL.someValuesFrom)
    if filler is not None:
        return filler == OWL.Thing or _left(graph, filler)
    return any((node, form, None) in graph for form in (OWL.oneOf, OWL.hasValue))


def _right(graph: Graph, node: Node) -> bool:
    """A superclass expression: a class but owl:Thing, and, not, all, has-value, at most nought or one."""
    if not isinstance(node, BNode):
        return _named(node)
    if members := _members(graph, node, OWL.intersectionOf):
        return all(_right(graph, member) for member in members)
    inner = graph.value(node, OWL.complementOf)
    if inner is not None:
        return _left(graph, inner)
    filler = graph.value(node, OWL.allValuesFrom)
    if filler is not None:
        return _right(graph, filler)
    if (node, OWL.hasValue, None) in graph:
        return True
    number = graph.value(node, OWL.maxCardinality) or graph.value(node, OWL.maxQualifiedCardinality)
    on = graph.value(node, OWL.onClass)
    return (
        isinstance(number, Literal)
        and str(number) in ("0", "1")
        and (on is None or on == OWL.Thing or _left(graph, on))
    )


def _both(graph: Graph, node: Node) -> bool:
    """An expression that may stand on both sides: a class but owl:Thing, and, has-value."""
    if not isinstance(node, BNode):
        return _named(node)
    if members := _members(graph, node, OWL.intersectionOf):
        return all(_both(graph, member) for member in members)
    return (node, OWL.hasValue, None) in graph


def _said(graph: Graph, node: Node) -> str:
    if not isinstance(node, BNode):
        return str(node).rpartition("#")[2] or str(node)
    forms = (
        OWL.intersectionOf, OWL.unionOf, OWL.complementOf, OWL.oneOf, OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue,
        OWL.hasSelf, OWL.cardinality, OWL.minCardinality, OWL.maxCardinality, OWL.qualifiedCardinality,
        OWL.minQualifiedCardinality, OWL.maxQualifiedCardinality,
    )  # fmt: skip
    form = next((form for form in forms if (node, form, None) in graph), None)
    name = "an expression" if form is None else f"an expression by {str(form).rpartition('#')[2]}"
    prop = graph.value(node, OWL.onProperty)
    inner = graph.value(prop, OWL.inverseOf) if isinstance(prop, BNode) else None
    if inner is not None:
        return f"{name} on the inverse of {str(inner).rpartition('#')[2]}"
    return f"{name} on {str(prop).rpartition('#')[2]}" if prop is not None else name
