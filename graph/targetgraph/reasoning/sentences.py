"""Axioms in sentences that people can read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal
from rdflib.collection import Collection
from rdflib.term import Node

from targetgraph.reasoning.axioms import Axiom


def labels(graph: Graph) -> dict[Node, str]:
    """English labels of things."""
    prefer = (RDFS.label, *(n for n in graph.predicates() if str(n).endswith("#prefLabel")))
    found: dict[Node, str] = {}
    for prop in dict.fromkeys(prefer):
        for thing, label in graph.subject_objects(prop):
            if isinstance(label, Literal) and label.language in (None, "en"):
                found.setdefault(thing, str(label))
    return found


def told(axiom: Axiom, names: Mapping[Node, str]) -> str:
    """An axiom as a sentence, with a note where it states that what is not recorded is not so."""
    graph = Graph()
    for triple in axiom.triples:
        graph.add(triple)
    teller = _Teller(graph, names)
    sentence = teller.sentence(axiom)
    return f"{sentence} (taken as closed: nothing else is recorded)" if axiom.closing else sentence


class _Teller:
    def __init__(self, graph: Graph, names: Mapping[Node, str]) -> None:
        self._graph, self._names = graph, names

    def name(self, node: Node) -> str:
        if isinstance(node, Literal):
            return f"“{node}”"
        if isinstance(node, BNode):
            return self.expression(node)
        text = str(node)
        tail = text.rpartition("#")[2] if "#" in text else text.partition("w3id.org/targetgraph/")[2] or text
        return f"“{self._names[node]}”" if node in self._names and "#" in text else tail

    def members(self, head: Node) -> list[str]:
        return [self.name(member) for member in Collection(self._graph, head)]

    def prop(self, node: Node | None) -> str:
        if isinstance(node, BNode) and (inner := self._graph.value(node, OWL.inverseOf)):
            return f"the inverse of {self.name(inner)}"
        return self.name(node) if node is not None else "?"

    def expression(self, node: Node) -> str:
        value = self._graph.value
        for kind, word in ((OWL.intersectionOf, " and "), (OWL.unionOf, " or ")):
            if head := value(node, kind):
                return word.join(self.members(head))
        if head := value(node, OWL.oneOf):
            members = self.members(head)
            return f"one of {', '.join(members)}"
        if inner := value(node, OWL.complementOf):
            return f"not ({self.name(inner)})"
        prop = self.prop(value(node, OWL.onProperty))
        forms: tuple[tuple[Node, Callable[[str], str]], ...] = (
            (OWL.someValuesFrom, lambda x: f"a thing with at least one {prop} that is {x}"),
            (OWL.allValuesFrom, lambda x: f"a thing of which every {prop} is {x}"),
            (OWL.hasValue, lambda x: f"a thing whose {prop} is {x}"),
            (OWL.cardinality, lambda x: f"a thing with exactly {x.strip('“”')} {prop}"),
            (OWL.maxCardinality, lambda x: f"a thing with at most {x.strip('“”')} {prop}"),
            (OWL.minCardinality, lambda x: f"a thing with at least {x.strip('“”')} {prop}"),
            (OWL.hasSelf, lambda _: f"tied to itself by {prop}"),
        )
        for shape, form in forms:
            if (inner := value(node, shape)) is not None:
                return form("nothing" if inner == OWL.Nothing else self.name(inner))
        return "something"

    def sentence(self, axiom: Axiom) -> str:
        s, p, o = axiom.subject, axiom.prop, axiom.value
        if p == RDF.type and isinstance(s, BNode):
            head = self._graph.value(s, OWL.members) or self._graph.value(s, OWL.distinctMembers)
            members = ", ".join(self.members(head)) if head is not None else ""
            if o == OWL.AllDifferent:
                return f"These all differ: {members}."
            return f"No two of these share a member: {members}."
        if p == OWL.propertyChainAxiom:
            return f"Who follows {', then '.join(self.prop(n) for n in Collection(self._graph, o))} arrives at {self.name(s)}."
        forms: dict[Node, str] = {
            RDF.type: "{s} is {o}.",
            RDFS.subClassOf: "Every {s} is {o}.",
            RDFS.subPropertyOf: "Whatever {s} holds of, {o} holds of.",
            OWL.equivalentClass: "To be {s} is to be {o}.",
            OWL.disjointWith: "No {s} is {o}.",
            RDFS.domain: "Only a {o} has {s}.",
            RDFS.range: "Every value of {s} is {o}.",
        }
        return forms.get(p, "{s} has {p} {o}.").format(s=self.name(s), p=self.name(p), o=self.name(o))
