"""OWL 2 RL: what its rules derive, by reasonable (https://github.com/gtfierro/reasonable, BSD-3-Clause, in Rust); no Java.

The rules (OWL 2 Profiles, section 4.3) know neither self-restrictions nor complements. What both would give in our ontology,
which links are named in agreed text, implied, a duty or a succession, is therefore stated beforehand (`tied`), so that the
property chains can do the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import combinations
from typing import Final

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from targetgraph.namespaces import TG
from targetgraph.reasoning.axioms import Axiom, Theory, Triple3

_ACTS: Final = (TG.Responsible, TG.Provider)
_LIVES_ON: Final = (TG.Became, TG.Shortened)


def name_and_version() -> str:
    """The reasoner as provenance names it."""
    return f"OWL 2 RL by reasonable {version('reasonable')}"


def materialise(theory: Theory, axioms: Iterable[Axiom] | None = None) -> Graph:
    """The closure of a theory, or of some of its axioms, under the rules: given and derived statements."""
    import reasonable

    given = Graph()
    for triple in theory.declarations:
        given.add(triple)
    for axiom in theory.axioms if axioms is None else axioms:
        for triple in axiom.triples:
            given.add(triple)
    for triple in tied(given):
        given.add(triple)
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(given)
    del given  # of a large graph the memory is needed
    found = Graph()
    for triple in reasoner.reason():
        found.add(triple)
    for triple in list(_chained(found)):
        found.add(triple)
    return found


def _chained(closure: Graph) -> Iterator[Triple3]:
    """What property chains give (rule prp-spo2, which reasonable lacks); no chain of ours builds on another's result."""
    for prop, head in closure.subject_objects(OWL.propertyChainAxiom):
        first, *others = Collection(closure, head)
        pairs = set(_pairs(closure, first))
        for step in others:
            onward: dict[Node, list[Node]] = {}
            for start, end in _pairs(closure, step):
                onward.setdefault(start, []).append(end)
            pairs = {(start, end) for start, middle in pairs for end in onward.get(middle, ())}
        yield from ((start, prop, end) for start, end in pairs)


def _pairs(closure: Graph, step: Node) -> Iterator[tuple[Node, Node]]:
    inverse = closure.value(step, OWL.inverseOf) if isinstance(step, BNode) else None
    if inverse is None:
        yield from closure.subject_objects(step)
    else:
        yield from ((end, start) for start, end in closure.subject_objects(inverse))


def tied(given: Graph) -> list[Triple3]:
    """What ties targets and kinds of links to themselves, read from the graph as closed."""
    found: list[Triple3] = [(t, URIRef(TG.isTarget), t) for t in given.subjects(RDF.type, URIRef(TG.Target))]
    for link in set(given.subjects(URIRef(TG.linkSubject), None)):
        bracketed = any(
            (passage, RDF.type, URIRef(TG.BracketedPassage)) in given
            for passage in given.objects(link, URIRef(TG.restsOn))
        )
        if (link, URIRef(TG.basis), URIRef(TG.NamedInText)) in given and not bracketed:
            found.append((link, URIRef(TG.isNamedLink), link))
        if (link, URIRef(TG.basis), URIRef(TG.Implied)) in given:
            found.append((link, URIRef(TG.isImpliedLink), link))
        if any((link, URIRef(TG.role), URIRef(role)) in given for role in _ACTS):
            found.append((link, URIRef(TG.isDutyLink), link))
        if any((link, URIRef(TG.lineageRelation), URIRef(fate)) in given for fate in _LIVES_ON):
            found.append((link, URIRef(TG.isSuccession), link))
    return found


def derived(theory: Theory, closure: Graph) -> list[Triple3]:
    """What a closure adds about individuals, in terms of the ontology: types and values of properties."""
    classes = {s for s, _, kind in theory.declarations if kind == OWL.Class}
    properties = {s for s, _, kind in theory.declarations if kind == OWL.ObjectProperty}
    given = {t for axiom in theory.axioms for t in axiom.triples}
    hidden = {URIRef(p) for p in (TG.isTarget, TG.isNamedLink, TG.isImpliedLink, TG.isDutyLink, TG.isSuccession)}
    return sorted(
        (
            (s, p, o)
            for s, p, o in closure
            if (s, p, o) not in given
            and not isinstance(s, BNode)
            and not isinstance(o, BNode)
            and (
                (p == RDF.type and o in classes) or (p in properties and p not in hidden and not isinstance(o, Literal))
            )
        ),
        key=str,
    )


def contradictions(theory: Theory, closure: Graph) -> list[tuple[Node, str]]:
    """Individuals about which a closure says what cannot be, with a few words.

    Disjoint classes (rules cax-dw, cax-adc), different things that are one (eq-diff), two values where one is allowed
    (cls-maxc2), members of nothing (cls-nothing2).
    """
    found: list[tuple[Node, str]] = []
    pairs: set[tuple[Node, Node]] = set()
    for a, b in closure.subject_objects(OWL.disjointWith):
        pairs |= {(a, b), (b, a)}
    for group in closure.subjects(RDF.type, OWL.AllDisjointClasses):
        for head in closure.objects(group, OWL.members):
            for a, b in combinations(Collection(closure, head), 2):
                pairs |= {(a, b), (b, a)}
    types: dict[Node, set[Node]] = {}
    above = {s for s, _, _ in theory.declarations}
    for thing, kind in closure.subject_objects(RDF.type):
        types.setdefault(thing, set()).add(kind)
    for thing, kinds in types.items():
        if thing in above:
            continue
        if any((a, b) in pairs for a, b in combinations(sorted(kinds, key=str), 2)):
            found.append((thing, "is in classes that share no member"))
        if OWL.Nothing in kinds:
            found.append((thing, "is in the empty class"))
    different: set[tuple[Node, Node]] = set(closure.subject_objects(OWL.differentFrom))
    for group in closure.subjects(RDF.type, OWL.AllDifferent):
        for head in closure.objects(group, OWL.distinctMembers):
            for a, b in combinations(Collection(closure, head), 2):
                different |= {(a, b), (b, a)}
    found += [
        (a, "is one with what it differs from") for a, b in closure.subject_objects(OWL.sameAs) if (a, b) in different
    ]
    found += _too_many(closure, types, different)
    return sorted(set(found), key=str)


def _too_many(
    closure: Graph, types: dict[Node, set[Node]], different: set[tuple[Node, Node]]
) -> list[tuple[Node, str]]:
    """Things with two values, known to be different, where one is allowed."""
    found: list[tuple[Node, str]] = []
    limits: list[tuple[Node, Node]] = []
    for kind, above in closure.subject_objects(RDFS.subClassOf):
        for most in (OWL.cardinality, OWL.maxCardinality):
            number = closure.value(above, most)
            if number is not None and int(str(number)) == 1:
                limits += [(kind, prop) for prop in closure.objects(above, OWL.onProperty)]
    for kind, prop in limits:
        for thing in closure.subjects(RDF.type, kind):
            values = sorted(set(closure.objects(thing, prop)), key=str)
            if any(
                (isinstance(a, Literal) and isinstance(b, Literal) and a != b) or (a, b) in different
                for a, b in combinations(values, 2)
            ):
                found.append((thing, "has two values where one is allowed"))
    return found
