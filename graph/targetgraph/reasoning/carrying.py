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

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef
from rdflib.term import Node

from targetgraph.reasoning.axioms import Triple3
from targetgraph.reasoning.flows import Flows, flows
from targetgraph.reasoning.modules import Closed, Module, Stated, Terms, closed
from targetgraph.store.changing import NotProven

_MOST: Final = 20_000


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


def difference(terms: Terms, before: Stated, after: Stated, touched: Collection[Node], most: int = _MOST) -> Difference:
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
        old, new = (work.closed(side, waiting) for side in (before, after))
        for side, closure in zip(found, (old, new), strict=True):
            side |= set(closure.derived(waiting))
        if new.contradictions():
            raise NotProven("something contradicts something now")
        looked_at |= waiting
        known = old.known(waiting), new.known(waiting)
        differing = {thing for thing in waiting if known[0][thing] != known[1][thing]}
        waiting = {d for side in (before, after) for d in work.dependents(side, differing)} - looked_at
        if len(looked_at) + len(waiting) > most:
            raise NotProven("the changes reach very much")
    return Difference(frozenset(looked_at), frozenset(found[0]), frozenset(found[1]))


@dataclass(frozen=True, slots=True)
class _Work:
    terms: Terms
    flows: Flows
    most: int

    def closed(self, side: Stated, things: Set[Node]) -> Closed:
        """The closure of the module of individuals."""
        module = Module(self.flows, side, self.most)
        module.take(things)
        return closed(self.terms, self.flows, module)

    def dependents(self, side: Stated, things: Iterable[Node]) -> set[Node]:
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

    def _onward(self, side: Stated, thing: Node, forward: Set[Node], inverse: Set[Node]) -> set[Node]:
        found: set[Node] = set()
        for prop in forward:
            for subject in side.subjects(prop, thing):
                found.add(subject)
                if len(found) > self.most:
                    raise NotProven("the changes reach very much")
        if inverse:
            found |= {o for _, p, o in side.about(thing) if p in inverse}
        return {thing for thing in found if isinstance(thing, URIRef)}
