"""The restrictions of OWL 2 DL on properties: composite ones are not counted, and chains make a regular hierarchy.

*OWL 2 Structural Specification*, section 11: *Property Hierarchy and Simple Object Property Expressions* (11.1),
*Restrictions on the Axiom Closure* (11.2). They keep reasoning decidable (I. Horrocks, O. Kutz, U. Sattler, *The Even More
Irresistible SROIQ*, KR 2006).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from targetgraph.reasoning.profile_terms import ProfileViolation, declared, violation

_SECTION: Final = "11.2"
_COUNTING: Final = (
    OWL.cardinality, OWL.minCardinality, OWL.maxCardinality, OWL.qualifiedCardinality, OWL.minQualifiedCardinality,
    OWL.maxQualifiedCardinality, OWL.hasSelf,
)  # fmt: skip
_SIMPLE_ONLY: Final = (
    OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.IrreflexiveProperty, OWL.AsymmetricProperty,
)  # fmt: skip


class Role(NamedTuple):
    """An object property, or its inverse."""

    name: Node
    inverse: bool = False

    def turned(self) -> Role:
        """Read the other way."""
        return Role(self.name, not self.inverse)


def role_violations(graph: Graph) -> Iterator[ProfileViolation]:
    """Composite properties where only simple ones may stand, chains that no order allows, and misused top properties."""
    steps = _hierarchy(graph)
    chains = _chains(graph)
    yield from _not_simple(graph, _composite(graph, steps, chains))
    yield from _irregular(steps, chains)
    top = OWL.topDataProperty
    said = {p for p, o in graph.predicate_objects(top) if (p, o) != (RDF.type, OWL.DatatypeProperty)}
    said |= {p for p in graph.predicates(None, top) if p != RDFS.subPropertyOf}
    if said or (None, top, None) in graph:
        yield violation("top-property", top, "owl:topDataProperty may only stand above other properties.", _SECTION)


def _role(graph: Graph, node: Node) -> Role:
    """The role a node stands for: a name, or a blank node with ``owl:inverseOf``."""
    inner = graph.value(node, OWL.inverseOf) if isinstance(node, BNode) else None
    return Role(node) if inner is None else _role(graph, inner).turned()


def _hierarchy(graph: Graph) -> dict[Role, set[Role]]:
    """What each role lies directly below (section 11.1), with the same of the inverses."""
    steps: dict[Role, set[Role]] = {}

    def add(low: Role, high: Role) -> None:
        steps.setdefault(low, set()).add(high)
        steps.setdefault(low.turned(), set()).add(high.turned())

    data = declared(graph, OWL.DatatypeProperty)
    for low, high in graph.subject_objects(RDFS.subPropertyOf):
        if low not in data:
            add(_role(graph, low), _role(graph, high))
    for one, other in graph.subject_objects(OWL.equivalentProperty):
        if one not in data:
            add(_role(graph, one), _role(graph, other))
            add(_role(graph, other), _role(graph, one))
    for one, other in graph.subject_objects(OWL.inverseOf):
        if isinstance(one, URIRef):
            add(_role(graph, one), _role(graph, other).turned())
            add(_role(graph, other).turned(), _role(graph, one))
    for prop in graph.subjects(RDF.type, OWL.SymmetricProperty):
        add(Role(prop), Role(prop, True))
    return steps


def _chains(graph: Graph) -> list[tuple[list[Role], Role]]:
    """Chains, and what each gives; a transitive property is a chain of itself."""
    found = [
        ([_role(graph, step) for step in Collection(graph, head)], _role(graph, prop))
        for prop, head in graph.subject_objects(OWL.propertyChainAxiom)
    ]
    return found + [([Role(p), Role(p)], Role(p)) for p in graph.subjects(RDF.type, OWL.TransitiveProperty)]


def _above(steps: Mapping[Role, set[Role]], low: Role) -> set[Role]:
    """The role and everything above it."""
    found: set[Role] = set()
    waiting = [low]
    while waiting:
        role = waiting.pop()
        if role not in found:
            found.add(role)
            waiting += steps.get(role, ())
    return found


def _composite(graph: Graph, steps: Mapping[Role, set[Role]], chains: list[tuple[list[Role], Role]]) -> set[Node]:
    """Names of properties that a chain gives, or that lie above one."""
    given = {role for _, role in chains} | {role.turned() for _, role in chains}
    given |= {Role(p) for p in (OWL.topObjectProperty, OWL.bottomObjectProperty)}
    return {role.name for start in given for role in _above(steps, start)}


def _not_simple(graph: Graph, composite: set[Node]) -> Iterator[ProfileViolation]:
    for form in _COUNTING:
        for node in graph.subjects(form):
            for prop in graph.objects(node, OWL.onProperty):
                if (name := _role(graph, prop).name) in composite:
                    words = f"A composite property stands in a restriction by {str(form).rpartition('#')[2]}."
                    yield violation("simple", name, words, _SECTION)
    for kind in _SIMPLE_ONLY:
        for prop in graph.subjects(RDF.type, kind):
            if _role(graph, prop).name in composite:
                words = f"A composite property is declared {str(kind).rpartition('#')[2]}."
                yield violation("simple", _role(graph, prop).name, words, _SECTION)
    disjoint = [{s, o} for s, o in graph.subject_objects(OWL.propertyDisjointWith)]
    for group in graph.subjects(RDF.type, OWL.AllDisjointProperties):
        disjoint += [set(Collection(graph, head)) for head in graph.objects(group, OWL.members)]
    for names in disjoint:
        for prop in {_role(graph, p).name for p in names} & composite:
            yield violation("simple", prop, "A composite property is said to be disjoint with another.", _SECTION)


def _irregular(steps: Mapping[Role, set[Role]], chains: list[tuple[list[Role], Role]]) -> Iterator[ProfileViolation]:
    """Chains need an order in which what is chained lies before what comes out; is there one?"""
    before: dict[Node, set[Node]] = {}
    for parts, given in chains:
        rest = list(parts)
        if given.name == OWL.topObjectProperty or parts == [given, given]:
            continue
        if rest[0] == given:
            rest = rest[1:]
        elif rest[-1] == given:
            rest = rest[:-1]
        for part in rest:
            before.setdefault(part.name, set()).add(given.name)
    for low in before:
        for high in _reached(before, low):
            upward = {role.name for turned in (False, True) for role in _above(steps, Role(high, turned))}
            if high == low or low in upward:
                words = "A chain builds on what it gives: no order of the properties allows it."
                yield violation("regular", high, words, _SECTION)


def _reached(before: Mapping[Node, set[Node]], low: Node) -> set[Node]:
    found: set[Node] = set()
    waiting = list(before.get(low, ()))
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += before.get(node, ())
    return found
