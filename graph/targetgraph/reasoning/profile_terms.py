"""What checks of the profiles of OWL 2 share: violations, what is built in, what is declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

SPECIFICATION: Final = "OWL 2 Structural Specification"


@dataclass(frozen=True, slots=True)
class ProfileViolation:
    """A condition of a profile that is not kept to.

    Parameters
    ----------
    rule : short name of the condition.
    term : IRI of the term concerned; empty where there is none.
    what : a sentence.
    reference : the section that demands it.
    """

    rule: str
    term: str
    what: str
    reference: str


BUILT_IN: Final = {
    OWL.Class: frozenset({OWL.Thing, OWL.Nothing}),
    OWL.ObjectProperty: frozenset({OWL.topObjectProperty, OWL.bottomObjectProperty}),
    OWL.DatatypeProperty: frozenset({OWL.topDataProperty, OWL.bottomDataProperty}),
    OWL.AnnotationProperty: frozenset({
        RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.deprecated, OWL.versionInfo, OWL.priorVersion,
        OWL.backwardCompatibleWith, OWL.incompatibleWith,
    }),
    OWL.NamedIndividual: frozenset(),
}  # fmt: skip
CHARACTERISTICS: Final = frozenset({
    OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.TransitiveProperty, OWL.SymmetricProperty,
    OWL.AsymmetricProperty, OWL.ReflexiveProperty, OWL.IrreflexiveProperty,
})  # fmt: skip


def violation(rule: str, term: Node | None, what: str, section: str) -> ProfileViolation:
    """A violation of a numbered section of the specification."""
    return ProfileViolation(rule, str(term) if isinstance(term, URIRef) else "", what, f"{SPECIFICATION}, {section}")


def declared(graph: Graph, kind: URIRef) -> set[Node]:
    """Names declared to be of a kind, and those that are built in."""
    found: set[Node] = {s for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
    found |= BUILT_IN.get(kind, frozenset())
    if kind == OWL.ObjectProperty:
        # These make a property an object property (Mapping to RDF Graphs, table 6).
        for implied in CHARACTERISTICS - {OWL.FunctionalProperty}:
            found |= {s for s in graph.subjects(RDF.type, implied) if isinstance(s, URIRef)}
    return found
