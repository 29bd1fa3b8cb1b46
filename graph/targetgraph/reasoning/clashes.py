"""Contradictions that the OWL 2 RL rules name, found in a closure: the rules of the tables whose conclusion is *false*.

OWL 2 Profiles, W3C Recommendation of 2012, section 4.3. Equality: eq-diff1 to eq-diff3. Properties: prp-irp, prp-asyp, prp-pdw,
prp-adp, prp-npa1, prp-npa2. Classes: cls-nothing2, cls-com, cls-maxc1, cls-maxqc1, cls-maxqc2, cax-dw, cax-adc. Values:
dt-not-type; that two values are the same or not (dt-eq, dt-diff) is told where it is asked for. Two values where one is allowed
are a contradiction where they are known to differ (cls-maxc2, cls-maxqc3, cls-maxqc4 and eq-diff1, or dt-diff, in one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from itertools import combinations
from typing import Final

from rdflib import OWL, RDF, XSD, Literal
from rdflib.term import Node

from targetgraph.reasoning.axioms import Theory
from targetgraph.reasoning.cardinalities import Limit, limits
from targetgraph.reasoning.closure import Closure

_WRITTEN: Final = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.nonNegativeInteger: re.compile(r"\+?[0-9]+|-0+"),
    XSD.decimal: re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
    XSD.boolean: re.compile(r"true|false|0|1"),
}
"""How values of some datatypes are written (XML Schema 1.1, part 2)."""
Clash = tuple[Node, str]
Types = Mapping[Node, Set[Node]]


def contradictions(theory: Theory, closure: Closure) -> list[Clash]:
    """Individuals about which a closure says what cannot be, with a few words.

    Parameters
    ----------
    theory : what was closed; its declarations tell what is no individual.
    closure : given and derived statements.
    """
    types: dict[Node, set[Node]] = {}
    for thing, kind in closure.pairs(RDF.type):
        types.setdefault(thing, set()).add(kind)
    terms = {s for s, _, _ in theory.declarations}
    different = _different(closure)
    found = {
        *_of_classes(closure, types, terms),
        *((a, "is one with what it differs from") for a, b in closure.pairs(OWL.sameAs) if (a, b) in different),
        *_of_properties(closure),
        *_negated(closure),
        *_ill_typed(closure),
    }
    for limit in limits(closure):
        found |= set(_beyond(limit, closure, types, different))
    return sorted(found, key=str)


def _of_classes(closure: Closure, types: Types, terms: Set[Node]) -> Iterator[Clash]:
    apart = {
        *closure.pairs(OWL.disjointWith),
        *closure.pairs(OWL.complementOf),
        *_listed(closure, OWL.AllDisjointClasses),
    }
    apart |= {(b, a) for a, b in apart}
    nothing: Node = OWL.Nothing
    clashing: dict[frozenset[Node], bool] = {}
    for thing, kinds in types.items():
        if thing in terms:
            continue
        same = frozenset(kinds)
        if same not in clashing:
            clashing[same] = any(pair in apart for pair in combinations(kinds, 2))
        if clashing[same]:
            yield thing, "is in classes that share no member"
        if nothing in kinds:
            yield thing, "is in the empty class"


def _of_properties(closure: Closure) -> Iterator[Clash]:
    for prop in closure.subjects(RDF.type, OWL.IrreflexiveProperty):
        yield from ((a, "is tied to itself where nothing is") for a, b in closure.pairs(prop) if a == b)
    for prop in closure.subjects(RDF.type, OWL.AsymmetricProperty):
        pairs = set(closure.pairs(prop))
        yield from ((a, "is tied both ways where that cannot be") for a, b in pairs if (b, a) in pairs)
    for one, other in {*closure.pairs(OWL.propertyDisjointWith), *_listed(closure, OWL.AllDisjointProperties)}:
        both = set(closure.pairs(one)) & set(closure.pairs(other))
        yield from ((a, "is tied to the same in two ways that exclude each other") for a, _ in both)


def _negated(closure: Closure) -> Iterator[Clash]:
    for node, source in closure.pairs(OWL.sourceIndividual):
        for prop in closure.objects(node, OWL.assertionProperty):
            for target in (*closure.objects(node, OWL.targetIndividual), *closure.objects(node, OWL.targetValue)):
                if any(target == value or same_value(target, value) for value in closure.objects(source, prop)):
                    yield source, "is said to have, and not to have, the same"


def _ill_typed(closure: Closure) -> Iterator[Clash]:
    for s, _, o in closure:
        if isinstance(o, Literal) and o.datatype in _WRITTEN and not _WRITTEN[o.datatype].fullmatch(str(o)):
            yield s, "has a value that is none of its datatype"


def _beyond(limit: Limit, closure: Closure, types: Types, different: Set[tuple[Node, Node]]) -> Iterator[Clash]:
    """Things with a value where none is allowed, and with two, known to be different, where one is."""
    for thing, values in limit.counted(closure, types):
        if limit.most == 0:
            yield thing, "has a value where none is allowed"
        elif any((a, b) in different or _differ(a, b) for a, b in combinations(values, 2)):
            yield thing, "has two values where one is allowed"


def _different(closure: Closure) -> set[tuple[Node, Node]]:
    """Things that are said to differ, both ways round."""
    found = {*closure.pairs(OWL.differentFrom), *_listed(closure, OWL.AllDifferent)}
    return found | {(b, a) for a, b in found}


def _listed(closure: Closure, kind: Node) -> Iterator[tuple[Node, Node]]:
    """Pairs of those that are together in an axiom about many."""
    for group in closure.subjects(RDF.type, kind):
        for head in (*closure.objects(group, OWL.members), *closure.objects(group, OWL.distinctMembers)):
            yield from combinations(closure.members(head), 2)


def same_value(a: Node, b: Node) -> bool:
    """Whether two literals have the same value, however they are written (dt-eq)."""
    return isinstance(a, Literal) and isinstance(b, Literal) and not _differ(a, b)


def _differ(a: Node, b: Node) -> bool:
    """Whether two literals have different values (dt-diff)."""
    if not isinstance(a, Literal) or not isinstance(b, Literal) or a == b:
        return False
    if (a.language or "").lower() != (b.language or "").lower():
        return True
    if a.value is None or b.value is None:
        return False
    return isinstance(a.value, bool) != isinstance(b.value, bool) or bool(a.value != b.value)
