"""OWL 2 RL: what its rules derive, by reasonable (https://github.com/gtfierro/reasonable, BSD-3-Clause, in Rust); no Java.

Which of the rules (OWL 2 Profiles, section 4.3) are applied, `docs/reasoning.md` tells; contradictions are found in what is
derived (`targetgraph.reasoning.clashes`). The rules derive nothing by self-restrictions or complements. What both would give in
our ontology, which links are named in agreed text, implied, a duty or a succession, is therefore stated beforehand (`tied`), so
that the property chains can do the rest.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Set
from importlib.metadata import version
from itertools import product
from typing import Final

from rdflib import OWL, RDF, BNode, Literal, URIRef
from rdflib.term import Node

from targetgraph.namespaces import TG
from targetgraph.reasoning.axioms import CHARACTERISTICS, Axiom, Theory, Triple3
from targetgraph.reasoning.closure import Closure

_ACTS: Final = (TG.Responsible, TG.Provider)
_LIVES_ON: Final = (TG.Became, TG.Shortened)


def name_and_version() -> str:
    """The reasoner as provenance names it."""
    return f"OWL 2 RL by reasonable {version('reasonable')}"


def materialise(theory: Theory, axioms: Iterable[Axiom] | None = None) -> Closure:
    """The closure of a theory, or of some of its axioms, under the rules: given and derived statements."""
    stated = set(theory.declarations)
    for axiom in theory.axioms if axioms is None else axioms:
        stated |= axiom.triples
    return closed(stated)


def closed(stated: Iterable[Triple3]) -> Closure:
    """The closure of statements under the rules: given and derived statements.

    Python's cyclic garbage collector rests meanwhile, for the whole process: statements are in no cycles, and to walk through
    hundreds of thousands of them time and again takes as long as deriving them.
    """
    import reasonable

    collecting = gc.isenabled()
    gc.disable()
    try:
        given = Closure(stated)
        given.add([*tied(given), *_enumerated(given)])
        more = any(o in CHARACTERISTICS for _, o in given.pairs(RDF.type))
        while True:
            reasoner = reasonable.PyReasoner()
            reasoner.from_graph(list(given))
            found = Closure(_with_own_terms(given, reasoner.reason()))
            size = len(found)
            found.add(list(_chained(found)))
            equal = _keyed(found)
            found.add(equal)
            # What chains give is read again only where an axiom may say more of it; reading it once takes as long as the rest.
            if not equal and (not more or len(found) == size):
                break
            given = found
    finally:
        if collecting:
            gc.enable()
    return found


def _keyed(closure: Closure) -> set[Triple3]:
    """That members of a class with the same key are one (rule prp-key, which reasonable lacks), unless it is known."""
    found: set[Triple3] = set()
    for kind, head in closure.pairs(OWL.hasKey):
        first: dict[tuple[Node, ...], Node] = {}
        props = closure.members(head)
        for thing in closure.subjects(RDF.type, kind):
            for key in product(*(closure.objects(thing, prop) for prop in props)):
                other = first.setdefault(key, thing)
                if other != thing and (other, OWL.sameAs, thing) not in closure:
                    found.add((other, OWL.sameAs, thing))
    return found


def _enumerated(given: Closure) -> Iterator[Triple3]:
    """Members of enumerations (rule cls-oo, which reasonable lacks)."""
    for kind, head in given.pairs(OWL.oneOf):
        yield from ((member, RDF.type, kind) for member in given.members(head) if not isinstance(member, Literal))


def _with_own_terms(given: Iterable[Triple3], statements: Iterable[Triple3]) -> Iterator[Triple3]:
    """Statements whose terms are the same objects as those given, which makes comparing them cheap: each comes as a copy."""
    own = {term: term for triple in given for term in triple}
    one = own.setdefault
    for s, p, o in statements:
        yield one(s, s), one(p, p), one(o, o)


def _chained(closure: Closure) -> Iterator[Triple3]:
    """What property chains give (rule prp-spo2, which reasonable lacks); no chain of ours builds on another's result."""
    for prop, head in closure.pairs(OWL.propertyChainAxiom):
        steps = closure.members(head)
        pairs = set(_pairs(closure, steps[0])) if steps else set()
        for step in steps[1:]:
            onward: dict[Node, list[Node]] = {}
            for start, end in _pairs(closure, step):
                onward.setdefault(start, []).append(end)
            pairs = {(start, end) for start, middle in pairs for end in onward.get(middle, ())}
        yield from ((start, prop, end) for start, end in pairs)


def _pairs(closure: Closure, step: Node) -> Iterator[tuple[Node, Node]]:
    inverse = closure.value(step, OWL.inverseOf) if isinstance(step, BNode) else None
    if inverse is None:
        yield from closure.pairs(step)
    else:
        yield from ((end, start) for start, end in closure.pairs(inverse))


def tied(given: Closure) -> list[Triple3]:
    """What ties targets and kinds of links to themselves, read from the graph as closed."""
    found: list[Triple3] = [(t, URIRef(TG.isTarget), t) for t in given.subjects(RDF.type, URIRef(TG.Target))]
    for link in {link for link, _ in given.pairs(URIRef(TG.linkSubject))}:
        bracketed = any(
            (passage, RDF.type, URIRef(TG.BracketedPassage)) in given
            for passage in given.objects(link, URIRef(TG.restsOn))
        )
        bases = given.objects(link, URIRef(TG.basis))
        if URIRef(TG.NamedInText) in bases and not bracketed:
            found.append((link, URIRef(TG.isNamedLink), link))
        if URIRef(TG.Implied) in bases:
            found.append((link, URIRef(TG.isImpliedLink), link))
        if any(URIRef(role) in given.objects(link, URIRef(TG.role)) for role in _ACTS):
            found.append((link, URIRef(TG.isDutyLink), link))
        if any(URIRef(fate) in given.objects(link, URIRef(TG.lineageRelation)) for fate in _LIVES_ON):
            found.append((link, URIRef(TG.isSuccession), link))
    return found


def derived(theory: Theory, closure: Closure, stated: Set[Triple3] | None = None) -> list[Triple3]:
    """What a closure adds about individuals, in terms of the ontology: types and values of properties.

    Parameters
    ----------
    theory : what was closed; where ``stated`` is given, only its declarations count.
    closure : of it.
    stated : what it adds to.
    """
    classes = {s for s, _, kind in theory.declarations if kind == OWL.Class}
    hidden = {URIRef(p) for p in (TG.isTarget, TG.isNamedLink, TG.isImpliedLink, TG.isDutyLink, TG.isSuccession)}
    properties = {s for s, _, kind in theory.declarations if kind == OWL.ObjectProperty} - hidden
    given = {t for axiom in theory.axioms for t in axiom.triples} if stated is None else stated
    a: Node = RDF.type
    found = [
        triple
        for triple in closure
        if (triple[2] in classes if triple[1] == a else triple[1] in properties and not isinstance(triple[2], Literal))
        and triple not in given
        and not isinstance(triple[0], BNode)
        and not isinstance(triple[2], BNode)
    ]
    return sorted(found, key=str)


def equated(closure: Closure) -> bool:
    """Whether a closure makes one thing of two."""
    return any(a != b for a, b in closure.pairs(OWL.sameAs))
