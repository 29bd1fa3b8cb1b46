"""Axioms in sentences that people can read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

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


_CHARACTERISTICS: Final[dict[Node, str]] = {
    OWL.FunctionalProperty: "Nothing has more than one {s}.",
    OWL.InverseFunctionalProperty: "Nothing is {s} of more than one.",
    OWL.SymmetricProperty: "Where {s} leads, it leads back.",
    OWL.AsymmetricProperty: "Where {s} leads, it does not lead back.",
    OWL.TransitiveProperty: "Where {s} leads on from where it leads, it leads at once.",
    OWL.IrreflexiveProperty: "Nothing has {s} to itself.",
    OWL.ReflexiveProperty: "Everything has {s} to itself.",
}

_QUALIFIED: Final = (
    (OWL.qualifiedCardinality, "exactly"), (OWL.maxQualifiedCardinality, "at most"), (OWL.minQualifiedCardinality, "at least"),
)  # fmt: skip


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

    def denied(self, node: Node) -> str:
        value = self._graph.value
        target = value(node, OWL.targetIndividual) or value(node, OWL.targetValue)
        source, prop = (self.name(n) if n else "?" for n in (value(node, OWL.sourceIndividual), target))
        return f"{source} does not have {self.prop(value(node, OWL.assertionProperty))} {prop}."

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
            *((bound, partial(self.counted, node, word)) for bound, word in _QUALIFIED),
            (OWL.hasSelf, lambda _: f"tied to itself by {prop}"),
        )
        for shape, form in forms:
            if (inner := value(node, shape)) is not None:
                return form("nothing" if inner == OWL.Nothing else self.name(inner))
        return "something"

    def counted(self, node: Node, word: str, number: str) -> str:
        """A restriction of how many values of a kind there are."""
        kind = self._graph.value(node, OWL.onClass)
        what = f" that is {self.name(kind)}" if kind is not None else ""
        return f"a thing with {word} {number.strip('“”')} {self.prop(self._graph.value(node, OWL.onProperty))}{what}"

    def sentence(self, axiom: Axiom) -> str:
        s, p, o = axiom.subject, axiom.prop, axiom.value
        if p == RDF.type and isinstance(s, BNode):
            head = self._graph.value(s, OWL.members) or self._graph.value(s, OWL.distinctMembers)
            members = ", ".join(self.members(head)) if head is not None else ""
            if o == OWL.AllDifferent:
                return f"These all differ: {members}."
            if o == OWL.AllDisjointProperties:
                return f"No two of these tie the same things: {members}."
            if o == OWL.NegativePropertyAssertion:
                return self.denied(s)
            return f"No two of these share a member: {members}."
        if p == OWL.propertyChainAxiom:
            return f"Who follows {', then '.join(self.prop(n) for n in Collection(self._graph, o))} arrives at {self.name(s)}."
        if p == OWL.hasKey:
            keys = " and ".join(self.prop(n) for n in Collection(self._graph, o))
            return f"Who are {self.name(s)} and have the same {keys} are one."
        if p == RDF.type and o in _CHARACTERISTICS:
            return _CHARACTERISTICS[o].format(s=self.name(s))
        forms: dict[Node, str] = {
            RDF.type: "{s} is {o}.",
            RDFS.subClassOf: "Whatever is {s} is {o}." if isinstance(s, BNode) else "Every {s} is {o}.",
            RDFS.subPropertyOf: "Whatever {s} holds of, {o} holds of.",
            OWL.equivalentClass: "To be {s} is to be {o}.",
            OWL.disjointWith: "No {s} is {o}.",
            RDFS.domain: "Only a {o} has {s}.",
            RDFS.range: "Every value of {s} is {o}.",
            OWL.equivalentProperty: "{s} holds of whatever {o} holds of, and the other way round.",
            OWL.propertyDisjointWith: "Nothing has both {s} and {o} to the same.",
            OWL.inverseOf: "{s} leads back where {o} leads.",
            OWL.sameAs: "{s} and {o} are one.",
            OWL.differentFrom: "{s} is not {o}.",
        }
        return forms.get(p, "{s} has {p} {o}.").format(s=self.name(s), p=self.name(p), o=self.name(o))
