"""OWL axioms as sets of triples: what reasoners are handed, and what explanations are made of.

An axiom is a triple together with everything that hangs below its blank nodes (OWL 2 Mapping to RDF Graphs, W3C
Recommendation of 2012). Annotations are none, nor are statements whose property nobody declares, nor values of
a datatype outside the OWL 2 datatype map (``xsd:gYear``, ``xsd:date``), which description-logic reasoners refuse, nor what is
said of individuals without names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from targetgraph.namespaces import PREFIXES

Triple3 = tuple[Node, Node, Node]

_DATATYPES = frozenset(
    {None, XSD.string, XSD.boolean, XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.dateTime, XSD.anyURI}
)
DECLARED = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual, OWL.AnnotationProperty)
_BUILT_IN = frozenset({
    RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.disjointWith,
    OWL.inverseOf, OWL.propertyChainAxiom, OWL.differentFrom, OWL.sameAs, OWL.members, OWL.distinctMembers,
    OWL.equivalentProperty, OWL.propertyDisjointWith, OWL.hasKey,
})  # fmt: skip
_VOCABULARY = tuple(PREFIXES[p] for p in ("owl", "rdf", "rdfs", "xsd"))
_GENERAL = frozenset({RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith})
"""Properties of which a class without a name may be the subject: a general class axiom."""
_A: Node = RDF.type
_ONTOLOGY: Node = OWL.Ontology
_NOTHING: frozenset[Triple3] = frozenset()
_ROOTS = frozenset({
    OWL.AllDisjointClasses, OWL.AllDifferent, OWL.AllDisjointProperties, OWL.NegativePropertyAssertion,
})  # fmt: skip
CHARACTERISTICS: frozenset[Node] = frozenset({
    OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.SymmetricProperty, OWL.AsymmetricProperty,
    OWL.TransitiveProperty, OWL.IrreflexiveProperty, OWL.ReflexiveProperty,
})  # fmt: skip
"""What a property can be."""


@dataclass(frozen=True, slots=True)
class Axiom:
    """One axiom.

    Parameters
    ----------
    subject, prop, value : its main triple.
    triples : the main triple and all below its blank nodes.
    closing : it was not asserted, but states that what is not said is not so (`targetgraph.reasoning.closing`).
    """

    subject: Node
    prop: Node
    value: Node
    triples: frozenset[Triple3]
    closing: bool = False

    def signature(self) -> frozenset[Node]:
        """Names in it, those of OWL, RDF and RDFS apart."""
        return frozenset(
            term
            for triple in self.triples
            for term in triple
            if isinstance(term, URIRef) and not str(term).startswith(_VOCABULARY)
        )

    def is_hard(self) -> bool:
        """Whether there is a property chain or a self-restriction in it, for which tableaux take minutes."""
        return any(p in (OWL.propertyChainAxiom, OWL.hasSelf) for _, p, _ in self.triples)


@dataclass(frozen=True)
class Theory:
    """What a reasoner is handed: declarations, which are always there, and axioms.

    Parameters
    ----------
    declarations : which names are classes and properties.
    axioms : in a stable order.
    left_out : how many statements were left out: years and dates, and what is said of individuals without names.
    """

    declarations: frozenset[Triple3]
    axioms: tuple[Axiom, ...]
    left_out: int = 0

    def ntriples(self, axioms: Iterable[Axiom] | None = None, more: Iterable[Triple3] = ()) -> bytes:
        """Declarations and axioms (all, or those given) as N-Triples."""
        graph = Graph()
        for triple in self.declarations:
            graph.add(triple)
        for axiom in self.axioms if axioms is None else axioms:
            for triple in axiom.triples:
                graph.add(triple)
        for triple in more:
            graph.add(triple)
        return bytes(graph.serialize(format="nt", encoding="utf-8"))


class Names:
    """Names that are declared, and which statements about individuals are read with them.

    Parameters
    ----------
    statements : declarations among them; those of names of OWL, RDF, RDFS and XML Schema are passed over.
    """

    def __init__(self, statements: Iterable[Triple3]) -> None:
        self.declarations = frozenset(
            triple
            for triple in statements
            if triple[1] == _A
            and triple[2] in DECLARED[:3]
            and isinstance(triple[0], URIRef)
            and not str(triple[0]).startswith(_VOCABULARY)
        )
        self.classes = frozenset(s for s, _, kind in self.declarations if kind == OWL.Class)
        self.properties = frozenset(s for s, _, kind in self.declarations if kind != OWL.Class)

    def reads(self, prop: Node, value: Node) -> bool:
        """Whether a statement about an individual, and with no blank node, is read."""
        if prop == _A:
            return value in self.classes and value not in DECLARED and value != _ONTOLOGY
        return prop in self.properties and not self.leaves_out(prop, value)

    def leaves_out(self, prop: Node, value: Node) -> bool:
        """Whether a statement would be read if reasoners knew the datatype of its value, or the value had a name."""
        unknown = isinstance(value, BNode) or (isinstance(value, Literal) and value.datatype not in _DATATYPES)
        return unknown and prop in self.properties


def theory(ontology: Graph, statements: Iterable[Triple3] = ()) -> Theory:
    """Axioms of an ontology, and of statements about individuals in its terms.

    Parameters
    ----------
    ontology : terms and their axioms.
    statements : assertions, and further terms and axioms; what has a property or class that nobody declares is passed over.
    """
    stated = dict.fromkeys([*ontology, *statements])
    read = Names(stated)
    hanging: dict[Node, list[Triple3]] = {}
    below: set[Node] = set()
    for triple in stated:
        if isinstance(triple[0], BNode):
            hanging.setdefault(triple[0], []).append(triple)
        if isinstance(triple[2], BNode) and (triple[1] in _BUILT_IN or triple[1] in read.properties):
            below.add(triple[2])
    found, left_out = [], 0
    for triple in stated:
        s, p, o = triple
        if isinstance(s, BNode):
            if s not in below and p == _A and o in _ROOTS:
                found.append(Axiom(s, p, o, _hanging(hanging, s)))
            elif s not in below and p in _GENERAL:
                itself = [t for t in hanging[s] if t[1] not in _GENERAL]
                parts = (_hanging(hanging, part) for _, _, part in (triple, *itself))
                found.append(Axiom(s, p, o, frozenset({triple}.union(itself, *parts))))
            elif p in read.properties or (p == _A and o in read.classes):
                left_out += 1
        elif p == _A:
            characteristic = o in CHARACTERISTICS and s in read.properties
            if characteristic or (o not in DECLARED and o != _ONTOLOGY and (o in read.classes or isinstance(o, BNode))):
                found.append(Axiom(s, p, o, _hanging(hanging, o) | {triple}))
        elif read.leaves_out(p, o):
            left_out += 1
        elif p in _BUILT_IN or p in read.properties:
            found.append(Axiom(s, p, o, _hanging(hanging, o) | {triple}))
    found.sort(key=lambda a: (str(a.subject) if isinstance(a.subject, URIRef) else "~", str(a.prop), str(a.value)))
    return Theory(read.declarations, tuple(found), left_out)


def distinct(axioms: Iterable[Axiom]) -> tuple[Axiom, ...]:
    """Axioms, one of those that differ in nothing but their blank nodes: the ontology stands in the graph as well."""
    found: dict[object, Axiom] = {}
    for axiom in axioms:
        below: dict[Node, list[Triple3]] = {}
        for triple in axiom.triples:
            below.setdefault(triple[0], []).append(triple)
        nodes = (axiom.subject, axiom.prop, axiom.value)
        found.setdefault((*(_shape(node, below) for node in nodes), axiom.closing), axiom)
    return tuple(found.values())


def _shape(node: Node, below: Mapping[Node, list[Triple3]]) -> object:
    """A node with all that hangs below it, without the labels of blank nodes; what hangs there is a tree."""
    if not isinstance(node, BNode):
        return node
    return frozenset((p, _shape(o, below)) for _, p, o in below.get(node, ()))


def is_about_terms(prop: Node, value: Node) -> bool:
    """Whether a statement with this property and this object is about terms, and not just about an individual."""
    if prop == RDF.type:
        return isinstance(value, BNode) or str(value).startswith(_VOCABULARY)
    return prop in _BUILT_IN


def term_axioms(whole: Theory) -> list[Axiom]:
    """Axioms about classes and properties; what is said of individuals is left out."""
    about = frozenset({
        RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.disjointWith, OWL.inverseOf,
        OWL.propertyChainAxiom, OWL.equivalentProperty, OWL.propertyDisjointWith, OWL.hasKey,
    })  # fmt: skip
    values = (OWL.AllDifferent, OWL.AllDisjointClasses, OWL.AllDisjointProperties, *CHARACTERISTICS)
    return [axiom for axiom in whole.axioms if axiom.prop in about or axiom.value in values]


def _hanging(triples: Mapping[Node, list[Triple3]], node: Node) -> frozenset[Triple3]:
    """Everything below a blank node."""
    if not isinstance(node, BNode):
        return _NOTHING
    found: set[Triple3] = set()
    waiting = [node]
    while waiting:
        for triple in triples.get(waiting.pop(), ()):
            if triple not in found:
                found.add(triple)
                if isinstance(triple[2], BNode):
                    waiting.append(triple[2])
    return frozenset(found)
