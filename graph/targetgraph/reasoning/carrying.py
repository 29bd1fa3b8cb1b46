"""What follows after a change, worked out anew for the individuals that the change can reach, and for no others.

The closure under rules is known for the statements before. For an individual the rules are applied to its *module*: all
statements about it and about those whose knowledge flows to it (`targetgraph.reasoning.flows`), and, for every property that
leads to one of them from elsewhere, one statement from a stand-in, which is all that the rules read of it. What they derive
about the individual from its module is what they derive about it from everything: no rule reads more. The modules before and
after are closed by the same engine, and where what is known of an individual differs, those that it flows to are looked at as
well, until nothing differs any more. What is derived about an individual before must be what was kept of it, or the change is
not carried on.

So what is deleted needs no bookkeeping of derivations, as in the classical algorithms (A. Gupta, I. Mumick, V. Subrahmanian,
*Maintaining views incrementally*, SIGMOD 1993; B. Motik, Y. Nenov, R. Piro, I. Horrocks, *Incremental update of datalog
materialisation: the backward/forward algorithm*, AAAI 2015), which keep the whole closure at hand and need the rules
themselves. The price is that a module is closed as a whole, which is small here: a target, its links and their passages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Final

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from targetgraph.reasoning import rules
from targetgraph.reasoning.axioms import DECLARED, Theory, Triple3, theory
from targetgraph.reasoning.flows import Flows, flows
from targetgraph.store.asserted import Asserted
from targetgraph.store.changing import NotProven

_MOST: Final = 20_000
_STAND_IN: Final = "urn:targetgraph:stand-in:"
_Known = set[tuple[Node, Node]]


@dataclass(frozen=True, slots=True)
class Difference:
    """How what follows differs.

    Parameters
    ----------
    looked_at : individuals about which everything was derived anew.
    before, after : what follows about them, given statements left out, before the change and after it.
    """

    looked_at: frozenset[Node]
    before: frozenset[Triple3]
    after: frozenset[Triple3]


class Terms:
    """Axioms about terms, which the change leaves as they are.

    Parameters
    ----------
    ontology : terms and axioms; its names are those that a theory is made of.
    more : further statements of the ontology graph of the store.
    """

    def __init__(self, ontology: Graph, more: Graph) -> None:
        self.alone = theory(ontology, more)
        self._names = Graph()
        for kind in DECLARED:
            for name in ontology.subjects(RDF.type, kind):
                self._names.add((name, RDF.type, kind))

    def theory(self, statements: Iterable[Triple3]) -> Theory:
        """These and statements about individuals, as `targetgraph.reasoning.axioms.theory` makes it of everything."""
        stated = theory(self._names, statements)
        return Theory(self.alone.declarations, (*self.alone.axioms, *stated.axioms), stated.left_out)


def difference(
    terms: Terms, before: Asserted, after: Asserted, touched: Collection[Node], most: int = _MOST
) -> Difference:
    """How what the rules derive differs between two graphs, from the individuals on that changed statements are about.

    Parameters
    ----------
    terms : the same before and after.
    before, after : what is asserted.
    touched : subjects and objects of all statements that only one of them asserts.
    most : individuals that may have to be looked at.

    Raises
    ------
    NotProven : it cannot be told in this way, or there is a contradiction now; the message says why.
    """
    work = _Work(terms, flows(terms.alone), most)
    waiting, looked_at = set(touched), set[Node]()
    found: tuple[set[Triple3], set[Triple3]] = (set(), set())
    while waiting:
        old, new = work.closed(before, waiting), work.closed(after, waiting)
        for side, closure in zip(found, (old, new), strict=True):
            side |= {triple for triple in closure.derived if triple[0] in waiting}
        if new.contradicts:
            raise NotProven("something contradicts something now")
        looked_at |= waiting
        differing = {thing for thing in waiting if old.known.get(thing) != new.known.get(thing)}
        waiting = {d for side in (before, after) for d in work.dependents(side, differing)} - looked_at
        if len(looked_at) + len(waiting) > most:
            raise NotProven("the changes reach very much")
    return Difference(frozenset(looked_at), frozenset(found[0]), frozenset(found[1]))


@dataclass(frozen=True, slots=True)
class _Closed:
    known: Mapping[Node, _Known]
    derived: list[Triple3]
    contradicts: bool


@dataclass(frozen=True, slots=True)
class _Work:
    terms: Terms
    flows: Flows
    most: int

    def closed(self, side: Asserted, things: Iterable[Node]) -> _Closed:
        """The closure of the modules of individuals."""
        whole = self.terms.theory(self._module(side, things))
        closure = rules.materialise(whole)
        if any((v, RDF.type, kind) not in closure for v, kinds in self.flows.values.items() for kind in kinds):
            raise NotProven("to be a value by definition may say something of an individual")
        known = _known(closure, set(things))
        return _Closed(known, rules.derived(whole, closure), bool(rules.contradictions(whole, closure)))

    def _module(self, side: Asserted, things: Iterable[Node]) -> list[Triple3]:
        """Statements about individuals and those whose knowledge flows to them, and who else leads to these."""
        found: set[Triple3] = set()
        members: set[Node] = set()
        # Whoever is defined to have a value may read what is known of it.
        waiting = [*things, *self.flows.values]
        while waiting:
            thing = waiting.pop()
            if thing in members:
                continue
            members.add(thing)
            if len(members) > self.most:
                raise NotProven("the changes reach very much")
            about = side.about(thing)
            if any(p == RDF.type and isinstance(o, BNode) for _, p, o in about):
                raise NotProven("an individual is in a class without a name")
            found |= about
            waiting += [o for _, p, o in about if p in self.flows.forward and isinstance(o, URIRef)]
            for prop in self.flows.inverse:
                waiting += [s for s in side.subjects(prop, thing) if isinstance(s, URIRef)]
        number = 0
        for thing in members:
            for prop in self.flows.ranged:
                if side.leads_to(prop, thing):
                    found.add((URIRef(f"{_STAND_IN}{number}"), prop, thing))
                    number += 1
        return list(found)

    def dependents(self, side: Asserted, things: Iterable[Node]) -> set[Node]:
        """To whom knowledge of individuals flows, through chains from however far."""
        found: set[Node] = set()
        flowing = self.flows
        for thing in things:
            if thing in flowing.values:
                raise NotProven("a value by definition has changed")
            found |= self._onward(side, thing, flowing.forward, flowing.inverse)
        passed: set[Node] = set()
        waiting = list(things)
        while waiting:
            thing = waiting.pop()
            if thing not in passed:
                passed.add(thing)
                waiting += self._onward(side, thing, flowing.passed_forward, flowing.passed_inverse)
                if len(passed) > self.most:
                    raise NotProven("the changes reach very much")
        return found | passed

    def _onward(self, side: Asserted, thing: Node, forward: Set[Node], inverse: Set[Node]) -> set[Node]:
        found: set[Node] = set()
        for prop in forward:
            for subject in side.subjects(prop, thing):
                found.add(subject)
                if len(found) > self.most:
                    raise NotProven("the changes reach very much")
        if inverse:
            found |= {o for _, p, o in side.about(thing) if p in inverse}
        return {thing for thing in found if isinstance(thing, URIRef)}


def _known(closure: Graph, things: Collection[Node]) -> dict[Node, _Known]:
    """What a closure says of individuals, stand-ins left out."""
    return {
        thing: {
            (p, o)
            for p, o in closure.predicate_objects(thing)
            if isinstance(o, Literal) or not str(o).startswith(_STAND_IN)
        }
        for thing in things
    }
