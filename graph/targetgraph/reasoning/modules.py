"""Modules of individuals: the few statements from which the rules derive about them what they derive from everything.

All statements about the individuals and about those whose knowledge flows to them (`targetgraph.reasoning.flows`), and, for
every property that leads to one of these from elsewhere, one statement from a stand-in, which is all that the rules read of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Final, Protocol

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from targetgraph.reasoning import clashes, rules
from targetgraph.reasoning.axioms import Names, Triple3, theory
from targetgraph.reasoning.closure import Closure
from targetgraph.reasoning.flows import Flows
from targetgraph.store.changing import NotProven

_STAND_IN: Final = "urn:targetgraph:stand-in:"
_Known = set[tuple[Node, Node]]


class Stated(Protocol):
    """What is asserted, looked up: in a store (`targetgraph.store.asserted.Asserted`) or in memory."""

    def about(self, subject: Node) -> Collection[Triple3]:
        """All statements about an individual."""

    def subjects(self, prop: Node, value: Node) -> Iterator[Node]:
        """From where a property leads to an individual; one may come more than once."""

    def leads_to(self, prop: Node, value: Node) -> bool:
        """Whether a property leads to an individual from anywhere."""


class Terms:
    """Axioms about terms, which are part of every module.

    Parameters
    ----------
    ontology : terms and axioms; its names are those that statements are read with.
    more : further statements about terms, such as those of the ontology graph of the store.

    Attributes
    ----------
    alone : the theory of these alone.
    """

    def __init__(self, ontology: Graph, more: Iterable[Triple3] = ()) -> None:
        more = list(more)
        self.names = Names([*ontology, *more])
        self.alone = theory(ontology, more)
        self._stated = self.alone.declarations.union(*(axiom.triples for axiom in self.alone.axioms))

    def read(self, statements: Iterable[Triple3]) -> list[Triple3]:
        """Those of some statements about individuals that `targetgraph.reasoning.axioms.theory` makes axioms of."""
        return [
            triple
            for triple in statements
            if self.names.reads(triple[1], triple[2])
            and not isinstance(triple[0], BNode)
            and not isinstance(triple[2], BNode)
        ]

    def left_out(self, statements: Iterable[Triple3]) -> int:
        """How many of them are left out (see `targetgraph.reasoning.axioms.Theory`)."""
        return sum(self.names.leaves_out(p, o) for s, p, o in statements if not isinstance(s, BNode))

    def stated_with(self, statements: Iterable[Triple3]) -> Set[Triple3]:
        """These axioms and statements that are read."""
        return self._stated.union(statements)


@dataclass(frozen=True, slots=True)
class Closed:
    """The closure of a module.

    Parameters
    ----------
    terms : axioms about terms.
    members : of the module.
    stated : what was closed.
    closure : given and derived statements; of individuals that are no members it may lack some.
    """

    terms: Terms
    members: Set[Node]
    stated: Set[Triple3]
    closure: Closure

    def derived(self, things: Set[Node]) -> list[Triple3]:
        """What follows about some of the members."""
        return [t for t in rules.derived(self.terms.alone, self.closure, self.stated) if t[0] in things]

    def contradictions(self) -> list[tuple[Node, str]]:
        """Individuals about which it says what cannot be, with a few words."""
        return clashes.contradictions(self.terms.alone, self.closure)

    def known(self, things: Iterable[Node]) -> dict[Node, _Known]:
        """What it says of individuals, stand-ins left out."""
        found: dict[Node, _Known] = {thing: set() for thing in things}
        for s, p, o in self.closure:
            about = found.get(s)
            if about is not None and (isinstance(o, Literal) or not str(o).startswith(_STAND_IN)):
                about.add((p, o))
        return found


class Module:
    """The statements from which the same follows about its members as from everything.

    Whoever knowledge flows to a member from is a member: what is said here holds of all of them.

    Parameters
    ----------
    flows : along which statements.
    side : what is asserted.
    most : members that it may have.

    Attributes
    ----------
    members : individuals.
    statements : about them.
    """

    def __init__(self, flows: Flows, side: Stated, most: int) -> None:
        self._flows, self._side, self._most = flows, side, most
        self.members: set[Node] = set()
        self.statements: set[Triple3] = set()
        self.take(flows.values)  # Whoever is defined to have a value may read what is known of it.

    def take(self, things: Iterable[Node]) -> None:
        """Take individuals in, and whoever knowledge flows to them from.

        Raises
        ------
        NotProven : very much hangs together, or it cannot be told.
        """
        waiting = list(things)
        while waiting:
            thing = waiting.pop()
            if thing in self.members:
                continue
            self.members.add(thing)
            if len(self.members) > self._most:
                raise NotProven("very much hangs together")
            about = self._side.about(thing)
            if any(isinstance(o, BNode) and p == RDF.type for _, p, o in about):
                raise NotProven("an individual is in a class without a name")
            self.statements.update(about)
            waiting += [o for _, p, o in about if p in self._flows.forward and isinstance(o, URIRef)]
            for prop in self._flows.inverse:
                waiting += [s for s in self._side.subjects(prop, thing) if isinstance(s, URIRef)]

    def led_to(self) -> Iterator[Triple3]:
        """For each property that leads to a member and says something of it: one statement, by a stand-in."""
        number = 0
        for thing in self.members:
            for prop in self._flows.ranged:
                if self._side.leads_to(prop, thing):
                    yield URIRef(f"{_STAND_IN}{number}"), prop, thing
                    number += 1


def closed(terms: Terms, flows: Flows, module: Module) -> Closed:
    """The closure of a module.

    Parameters
    ----------
    terms : axioms about terms.
    flows : of these.
    module : what to close with them.

    Raises
    ------
    NotProven : it cannot be told in this way; the message says why.
    """
    stated = terms.stated_with(terms.read([*module.statements, *module.led_to()]))
    closure = rules.closed(stated)
    if any((v, RDF.type, kind) not in closure for v, kinds in flows.values.items() for kind in kinds):
        raise NotProven("to be a value by definition may say something of an individual")
    if rules.equated(closure):
        raise NotProven("the rules make one thing of two")
    return Closed(terms, module.members, stated, closure)
