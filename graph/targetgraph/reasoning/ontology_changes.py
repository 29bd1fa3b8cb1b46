"""What changed from one version of an ontology to another, term by term, and what of it can break data or queries.

A change is *breaking* where data or queries that were right may now be wrong: a term is gone or of another kind; an axiom
was added that restricts a term there was before (domain, range, disjointness, cardinality and other restrictions,
equivalence), so that data may contradict it; or an axiom is gone that gave inferences (superclass, superproperty, chain,
inverse, domain, range, equivalence), so that queries may find less. The distinction of strengthening and weakening is that of
B. Konev, D. Walther, F. Wolter, *The Logical Difference Problem for Description Logic Terminologies*, IJCAR 2008, told by
axioms and not by entailments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from targetgraph.reasoning.axioms import Axiom, theory
from targetgraph.reasoning.sentences import labels, told

KINDS: Final = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object property",
    OWL.DatatypeProperty: "datatype property",
    OWL.AnnotationProperty: "annotation property",
    OWL.NamedIndividual: "individual",
}
SORTS: Final = (
    "removed", "kind", "deprecated", "axiom added", "axiom removed", "definition", "label", "statement added",
    "statement removed", "added",
)  # fmt: skip
"""Sorts of change, the gravest first."""
_TEXTS: Final = {SKOS.definition: "definition", RDFS.label: "label", SKOS.prefLabel: "label"}
_RESTRICTING: Final = frozenset({RDFS.domain, RDFS.range, OWL.disjointWith, OWL.equivalentClass, OWL.differentFrom})
_INFERRING: Final = frozenset({
    RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.propertyChainAxiom, OWL.inverseOf, OWL.equivalentClass,
})  # fmt: skip

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class OntologyChange:
    """One change.

    Parameters
    ----------
    term : IRI of the term, of the ontology, or empty for an axiom about several terms.
    sort : one of `SORTS`.
    what : a sentence.
    breaking : data or queries that were right may now be wrong.
    """

    term: str
    sort: str
    what: str
    breaking: bool = False


@dataclass(frozen=True, slots=True)
class OntologyChanges:
    """All changes, by term; ``before`` and ``after`` are the versions as the ontologies state them."""

    before: str
    after: str
    changes: tuple[OntologyChange, ...]

    @property
    def breaking(self) -> tuple[OntologyChange, ...]:
        """Those by which data or queries may break."""
        return tuple(c for c in self.changes if c.breaking)


def ontology_changes(before: Graph, after: Graph) -> OntologyChanges:
    """Compare two versions of an ontology.

    Parameters
    ----------
    before, after : their statements; blank nodes are compared by what hangs below them.
    """
    old, new = _kinds(before), _kinds(after)
    found = [*_terms(old, new), *_said(before, after, old.keys() & new.keys()), *_axioms(before, after, old, new)]
    found.sort(key=lambda c: (c.term, SORTS.index(c.sort), c.what))
    return OntologyChanges(_version(before), _version(after), tuple(found))


def _version(graph: Graph) -> str:
    for ontology in graph.subjects(RDF.type, OWL.Ontology):
        for value in graph.objects(ontology, OWL.versionInfo):
            return str(value)
    return ""


def _kinds(graph: Graph) -> dict[Node, str]:
    found: dict[Node, str] = {}
    for kind, word in KINDS.items():
        for term in graph.subjects(RDF.type, kind):
            if isinstance(term, URIRef):
                found.setdefault(term, word)
    return found


def _terms(old: Mapping[Node, str], new: Mapping[Node, str]) -> Iterator[OntologyChange]:
    for term in old.keys() - new.keys():
        yield OntologyChange(str(term), "removed", f"The {old[term]} is gone.", breaking=True)
    for term in new.keys() - old.keys():
        yield OntologyChange(str(term), "added", f"A new {new[term]}.")
    for term in old.keys() & new.keys():
        if old[term] != new[term]:
            yield OntologyChange(str(term), "kind", f"Was {_a(old[term])}, is {_a(new[term])}.", breaking=True)


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _said(before: Graph, after: Graph, both: Iterable[Node]) -> Iterator[OntologyChange]:
    """Deprecations, definitions and labels."""
    for term in both:
        was, is_now = (_deprecated(graph, term) for graph in (before, after))
        if was != is_now:
            yield OntologyChange(str(term), "deprecated", "Deprecated." if is_now else "No longer deprecated.")
        for prop, sort in _TEXTS.items():
            one, other = (_texts(graph, term, prop) for graph in (before, after))
            for language in sorted(one.keys() | other.keys()):
                old, new = one.get(language, ""), other.get(language, "")
                if old != new:
                    tag = f" ({language})" if language not in ("", "en") else ""
                    told_as = f"“{old}” → “{new}”" if old and new else f"now “{new}”" if new else f"“{old}” is gone"
                    yield OntologyChange(str(term), sort, f"{sort.capitalize()}{tag}: {told_as}.")


def _deprecated(graph: Graph, term: Node) -> bool:
    return any(str(value).lower() in ("true", "1") for value in graph.objects(term, OWL.deprecated))


def _texts(graph: Graph, term: Node, prop: Node) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for value in graph.objects(term, prop):
        if isinstance(value, Literal):
            found.setdefault(value.language or "", []).append(str(value))
    return {language: " | ".join(sorted(texts)) for language, texts in found.items()}


def _axioms(before: Graph, after: Graph, old: Mapping[Node, str], new: Mapping[Node, str]) -> Iterator[OntologyChange]:
    one, other = (_by_key(graph) for graph in (before, after))
    names_before, names_after = labels(before), labels(after)
    for key in other.keys() - one.keys():
        axiom = other[key]
        there = _about(axiom, old)
        if there:
            breaking = _restricts(axiom)
            yield OntologyChange(_subject(axiom), f"{_what(axiom)} added", told(axiom, names_after), breaking)
    for key in one.keys() - other.keys():
        axiom = one[key]
        if _about(axiom, new):
            breaking = axiom.prop in _INFERRING and not _only_restricts(axiom)
            yield OntologyChange(_subject(axiom), f"{_what(axiom)} removed", told(axiom, names_before), breaking)


def _what(axiom: Axiom) -> str:
    return "axiom" if str(axiom.prop).startswith((str(OWL), str(RDF), str(RDFS))) else "statement"


def _only_restricts(axiom: Axiom) -> bool:
    """A number of values or a range of values, without which less is asked and nothing fewer follows for queries."""
    return axiom.prop == RDFS.subClassOf and isinstance(axiom.value, BNode)


def _subject(axiom: Axiom) -> str:
    return str(axiom.subject) if isinstance(axiom.subject, URIRef) else ""


def _about(axiom: Axiom, terms: Mapping[Node, str]) -> bool:
    """Whether an axiom is about terms of a version: its subject, or two members where it is about several."""
    if isinstance(axiom.subject, URIRef):
        return axiom.subject in terms
    return len(axiom.signature() & terms.keys()) > 1


def _restricts(axiom: Axiom) -> bool:
    if axiom.prop == RDFS.subClassOf:
        return isinstance(axiom.value, BNode)
    return axiom.prop in _RESTRICTING or isinstance(axiom.subject, BNode) or _characteristic(axiom)


def _characteristic(axiom: Axiom) -> bool:
    return axiom.prop == RDF.type and str(axiom.value).startswith(str(OWL))


def _by_key(graph: Graph) -> dict[Key, Axiom]:
    """Axioms by what they say, whatever their blank nodes are called."""
    found = {}
    for axiom in (*theory(graph).axioms, *_characteristics(graph)):
        below: dict[Node, list[tuple[Node, Node]]] = {}
        for s, p, o in axiom.triples:
            below.setdefault(s, []).append((p, o))
        key: Key = (_key(axiom.subject, below), str(axiom.prop), _key(axiom.value, below))
        found[key] = axiom
    return found


def _characteristics(graph: Graph) -> Iterator[Axiom]:
    """Functional, transitive and other characteristics of properties, of those too that are not declared to be properties."""
    for term, kind in graph.subject_objects(RDF.type):
        if str(kind).startswith(str(OWL)) and str(kind).endswith("Property") and kind not in KINDS:
            yield Axiom(term, RDF.type, kind, frozenset({(term, RDF.type, kind)}))


def _key(node: Node, below: Mapping[Node, list[tuple[Node, Node]]]) -> object:
    if not isinstance(node, BNode):
        return node.n3() if isinstance(node, (URIRef, Literal)) else str(node)
    return tuple(sorted(((str(p), _key(o, below)) for p, o in below.get(node, ())), key=repr))
