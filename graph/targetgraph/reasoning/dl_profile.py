"""Whether an ontology is one of OWL 2 DL: what its terms are, how they are used, and the global restrictions on its axioms.

Sections are those of *OWL 2 Web Ontology Language: Structural Specification and Functional-Style Syntax* (second edition, W3C
Recommendation of 11 December 2012). The ontology is read as RDF by the *Mapping to RDF Graphs*; restrictions on the roles are
in `targetgraph.reasoning.role_box`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from targetgraph.reasoning.profile_terms import BUILT_IN, CHARACTERISTICS, ProfileViolation, declared, violation
from targetgraph.reasoning.role_box import role_violations

_RESERVED: Final = tuple(map(str, (OWL, RDF, RDFS, XSD)))
DATATYPES: Final = frozenset({
    OWL.real, OWL.rational, XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.nonPositiveInteger, XSD.positiveInteger,
    XSD.negativeInteger, XSD.long, XSD.int, XSD.short, XSD.byte, XSD.unsignedLong, XSD.unsignedInt, XSD.unsignedShort,
    XSD.unsignedByte, XSD.double, XSD.float, XSD.string, XSD.normalizedString, XSD.token, XSD.language, XSD.Name, XSD.NCName,
    XSD.NMTOKEN, XSD.boolean, XSD.hexBinary, XSD.base64Binary, XSD.anyURI, XSD.dateTime, XSD.dateTimeStamp, RDF.XMLLiteral,
    RDF.PlainLiteral, RDFS.Literal, RDF.langString,
})  # fmt: skip
"""The OWL 2 datatype map (section 4), with what literals with a language are in RDF 1.1."""
_OWN: Final = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDFS.Datatype)
_CLASS_VALUED: Final = (
    RDFS.subClassOf,
    RDFS.domain,
    OWL.equivalentClass,
    OWL.disjointWith,
    OWL.complementOf,
    OWL.onClass,
)
_CLASS_LISTS: Final = (OWL.intersectionOf, OWL.unionOf, OWL.disjointUnionOf)
_SYNTAX: Final = frozenset({
    OWL.Ontology, OWL.Class, OWL.Restriction, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty,
    OWL.NamedIndividual, OWL.AllDifferent, OWL.AllDisjointClasses, OWL.AllDisjointProperties, OWL.Axiom, OWL.Annotation,
    OWL.NegativePropertyAssertion, RDFS.Datatype, RDF.List, *CHARACTERISTICS,
})  # fmt: skip
_CARDINALITIES: Final = (
    OWL.cardinality, OWL.minCardinality, OWL.maxCardinality, OWL.qualifiedCardinality, OWL.minQualifiedCardinality,
    OWL.maxQualifiedCardinality,
)  # fmt: skip
_FORMS: Final = (*_CARDINALITIES, OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue, OWL.hasSelf)
_STRUCTURE: Final = frozenset({
    RDF.type, RDF.first, RDF.rest, *_CLASS_VALUED, *_CLASS_LISTS, *_FORMS, RDFS.subPropertyOf, RDFS.range, OWL.onProperty,
    OWL.onDataRange, OWL.inverseOf, OWL.propertyChainAxiom, OWL.equivalentProperty, OWL.propertyDisjointWith, OWL.oneOf,
    OWL.members, OWL.distinctMembers, OWL.sameAs, OWL.differentFrom, OWL.hasKey, OWL.imports, OWL.versionIRI,
    OWL.onDatatype, OWL.withRestrictions, OWL.datatypeComplementOf, OWL.annotatedSource, OWL.annotatedProperty,
    OWL.annotatedTarget, OWL.sourceIndividual, OWL.assertionProperty, OWL.targetIndividual, OWL.targetValue,
})  # fmt: skip


def dl_violations(graph: Graph) -> list[ProfileViolation]:
    """Everything that keeps an ontology from being one of OWL 2 DL.

    Parameters
    ----------
    graph : the statements of the ontology.
    """
    found: list[ProfileViolation] = []
    for check in (
        _header,
        _reserved,
        _mixed,
        _undeclared,
        _values,
        _expressions,
        _datatypes,
        _anonymous,
        role_violations,
    ):
        found += check(graph)
    return sorted(set(found), key=lambda v: (v.rule, v.term, v.what))


def _header(graph: Graph) -> Iterator[ProfileViolation]:
    ontologies = set(graph.subjects(RDF.type, OWL.Ontology))
    if len(ontologies) != 1:
        yield violation("header", None, f"There are {len(ontologies)} ontology headers, and not one.", "3")
    for ontology in ontologies:
        versions = set(graph.objects(ontology, OWL.versionIRI))
        if len(versions) > 1 or (versions and isinstance(ontology, BNode)):
            yield violation("header", ontology, "It has versions that no one IRI stands for.", "3.1")


def _is_reserved(node: Node) -> bool:
    return isinstance(node, URIRef) and str(node).startswith(_RESERVED)


def _reserved(graph: Graph) -> Iterator[ProfileViolation]:
    """Names of OWL, RDF, RDFS and XSD stand for what they stand for, and for nothing else (section 2.4, table 3)."""
    annotations = BUILT_IN[OWL.AnnotationProperty]
    entities: dict[Node, frozenset[URIRef]] = {RDFS.Datatype: DATATYPES}
    entities.update((kind, names) for kind, names in BUILT_IN.items())
    for subject, kind in graph.subject_objects(RDF.type):
        if _is_reserved(subject) and kind in entities and subject not in entities[kind]:
            yield violation("reserved", subject, "A name of the reserved vocabulary is declared as a term.", "2.4")
        if _is_reserved(kind) and kind not in _SYNTAX and kind not in BUILT_IN[OWL.Class]:
            yield violation("reserved", kind, "A name of the reserved vocabulary is used as a class.", "5.1")
    for prop in set(graph.predicates()):
        tops = BUILT_IN[OWL.ObjectProperty] | BUILT_IN[OWL.DatatypeProperty]
        if _is_reserved(prop) and prop not in _STRUCTURE and prop not in annotations and prop not in tops:
            yield violation("reserved", prop, "A name of the reserved vocabulary is used as a property.", "2.4")


def _mixed(graph: Graph) -> Iterator[ProfileViolation]:
    """No name for two kinds of property, none for a class and a datatype; other puns are allowed (section 5.8.1)."""
    pairs = (
        (OWL.ObjectProperty, OWL.DatatypeProperty),
        (OWL.ObjectProperty, OWL.AnnotationProperty),
        (OWL.DatatypeProperty, OWL.AnnotationProperty),
        (OWL.Class, RDFS.Datatype),
    )
    for one, other in pairs:
        for term in {t for t in declared(graph, one) & declared(graph, other) if not _is_reserved(t)}:
            words = f"It is both {_word(one)} and {_word(other)}."
            yield violation("mixed", term, words, "5.8.1")


def _word(kind: Node) -> str:
    return str(kind).rpartition("#")[2]


def _undeclared(graph: Graph) -> Iterator[ProfileViolation]:
    """Every name is declared as what it is used for (section 5.8.1)."""
    uses: dict[URIRef, set[Node]] = {kind: set() for kind in _OWN}
    of_data = set(graph.subjects(RDF.type, RDFS.Datatype))
    for prop in _CLASS_VALUED:
        uses[OWL.Class] |= {o for s, o in graph.subject_objects(prop) if s not in of_data}
    uses[OWL.Class] |= {s for s in graph.subjects(RDFS.subClassOf) if isinstance(s, URIRef)}
    for prop in _CLASS_LISTS:
        for node, head in graph.subject_objects(prop):
            if node not in of_data:
                uses[OWL.Class] |= set(Collection(graph, head))
    uses[OWL.Class] |= {kind for kind in graph.objects(None, RDF.type) if kind not in _SYNTAX}
    data, objects = declared(graph, OWL.DatatypeProperty), declared(graph, OWL.ObjectProperty)
    for filler in (RDFS.range, OWL.someValuesFrom, OWL.allValuesFrom):
        for node, value in graph.subject_objects(filler):
            of = node if filler == RDFS.range else graph.value(node, OWL.onProperty)
            uses[RDFS.Datatype if of in data else OWL.Class].add(value)
    datatypes = declared(graph, RDFS.Datatype) | DATATYPES
    for kind, names in ((OWL.Class, declared(graph, OWL.Class)), (RDFS.Datatype, datatypes)):
        for term in {t for t in uses[kind] if isinstance(t, URIRef) and t not in names}:
            # What else is reserved is told by `_reserved` and `_datatypes`.
            if not _is_reserved(term) or (kind == OWL.Class and term in DATATYPES):
                yield _missing(term, kind)
    named = data | objects | declared(graph, OWL.AnnotationProperty)
    used = {p for p in graph.predicates() if p not in _STRUCTURE}
    for prop in (OWL.onProperty, RDFS.subPropertyOf, OWL.equivalentProperty, OWL.inverseOf, OWL.propertyDisjointWith):
        used |= {o for o in graph.objects(None, prop) if isinstance(o, URIRef)}
        if prop != OWL.onProperty:
            used |= {s for s in graph.subjects(prop) if isinstance(s, URIRef)}
    for head in graph.objects(None, OWL.propertyChainAxiom):
        used |= {step for step in Collection(graph, head) if isinstance(step, URIRef)}
    for name in used - named:
        if not _is_reserved(name):
            yield _missing(name, OWL.ObjectProperty)


def _missing(term: Node, kind: Node) -> ProfileViolation:
    kinds: dict[Node, str] = {OWL.Class: "a class", RDFS.Datatype: "a datatype"}
    words = f"It is used as {kinds.get(kind, 'a property')} and declared as none."
    return violation("undeclared", term, words, "5.8.1")


def _values(graph: Graph) -> Iterator[ProfileViolation]:
    """Object properties join things, data properties give literals (sections 9.6.4 and 9.6.6)."""
    for prop in declared(graph, OWL.ObjectProperty):
        if any(isinstance(o, Literal) for o in graph.objects(None, prop)):
            words = "An object property has a literal for a value."
            yield violation("values", prop, words, "9.6.4")
    for prop in declared(graph, OWL.DatatypeProperty):
        if any(not isinstance(o, Literal) for o in graph.objects(None, prop)):
            words = "A data property has a thing for a value."
            yield violation("values", prop, words, "9.6.6")


def _expressions(graph: Graph) -> Iterator[ProfileViolation]:
    """Restrictions are whole: one property, one form, a number that is none below nought (section 8)."""
    for node in graph.subjects(RDF.type, OWL.Restriction):
        owner = next((s for s in graph.subjects(None, node) if isinstance(s, URIRef)), None)
        if len(set(graph.objects(node, OWL.onProperty))) != 1:
            yield violation("expression", owner, "A restriction is on no single property.", "8")
        forms = [form for form in _FORMS for _ in graph.objects(node, form)]
        if len(forms) != 1:
            words = f"A restriction says {len(forms)} things, and not one."
            yield violation("expression", owner, words, "8")
        for form in _CARDINALITIES:
            for number in graph.objects(node, form):
                if not isinstance(number, Literal) or number.datatype != XSD.nonNegativeInteger:
                    words = "A cardinality is no xsd:nonNegativeInteger."
                    yield violation("expression", owner, words, "8.3")


def _datatypes(graph: Graph) -> Iterator[ProfileViolation]:
    """Datatypes of axioms are those of the datatype map, or defined from them without a circle (section 11.2)."""
    section = "11.2"
    allowed = DATATYPES | {s for s in graph.subjects(OWL.equivalentClass) if (s, RDF.type, RDFS.Datatype) in graph}
    for prop in declared(graph, OWL.DatatypeProperty):
        for value in graph.objects(None, prop):
            if isinstance(value, Literal) and value.datatype is not None and value.datatype not in allowed:
                yield violation("datatype", prop, f"A value is of {value.datatype}, outside OWL 2.", section)
        for value in graph.objects(prop, RDFS.range):
            if isinstance(value, URIRef) and value not in allowed:
                yield violation("datatype", prop, f"Its range is {value}, outside OWL 2.", section)
    for node in set(graph.subjects(OWL.onDatatype)):
        for base in graph.objects(node, OWL.onDatatype):
            if base not in allowed:
                yield violation("datatype", base, "Facets restrict what is outside OWL 2.", section)
    for term in allowed - DATATYPES:
        if _circular(graph, term):
            yield violation("datatype", term, "Its definition leads back to itself.", section)


def _circular(graph: Graph, term: Node) -> bool:
    seen: set[Node] = set()
    waiting = list(graph.objects(term, OWL.equivalentClass))
    while waiting:
        node = waiting.pop()
        if node == term:
            return True
        if node in seen:
            continue
        seen.add(node)
        waiting += list(graph.objects(node, None)) if isinstance(node, BNode) else []
        waiting += list(graph.objects(node, OWL.equivalentClass)) if isinstance(node, URIRef) else []
    return False


def _anonymous(graph: Graph) -> Iterator[ProfileViolation]:
    """Individuals without a name form trees tied to names at their roots, and stand where no name is dispensable (11.2)."""
    section = "11.2"
    for prop, nodes in _named_only(graph):
        if any(isinstance(node, BNode) for node in nodes):
            words = f"An individual without a name stands in {str(prop).rpartition('#')[2]}."
            yield violation("anonymous", prop, words, section)
    parent: dict[Node, Node] = {}

    def root(node: Node) -> Node:
        while parent.get(node, node) != node:
            node = parent[node]
        return node

    tied: dict[Node, Node] = {}
    for link in declared(graph, OWL.ObjectProperty):
        for s, o in graph.subject_objects(link):
            if isinstance(s, BNode) != isinstance(o, BNode):
                tied[s if isinstance(s, BNode) else o] = link
            elif isinstance(s, BNode):
                one, other = root(s), root(o)
                if one == other:
                    yield violation("anonymous", link, "Individuals without names form a circle.", section)
                parent[one] = other
    for tree in {root(node) for node in tied}:
        held = sorted((str(link), link) for node, link in tied.items() if root(node) == tree)
        if len(held) > 1:
            words = "A tree of individuals without names is tied to names at more than its root."
            yield violation("anonymous", held[-1][1], words, section)


def _named_only(graph: Graph) -> Iterator[tuple[Node, list[Node]]]:
    """What stands where only individuals with a name may: equality, difference, one-of, has-value, what is denied."""
    for prop in (OWL.sameAs, OWL.differentFrom):
        for pair in graph.subject_objects(prop):
            yield prop, list(pair)
    for prop in (OWL.hasValue, OWL.sourceIndividual, OWL.targetIndividual):
        yield prop, list(graph.objects(None, prop))
    groups = {(OWL.oneOf, head) for head in graph.objects(None, OWL.oneOf)}
    for group in graph.subjects(RDF.type, OWL.AllDifferent):
        groups |= {(p, head) for p in (OWL.members, OWL.distinctMembers) for head in graph.objects(group, p)}
    for prop, head in groups:
        yield prop, list(Collection(graph, head))
