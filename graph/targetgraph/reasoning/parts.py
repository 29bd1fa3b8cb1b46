"""What the rules derive from a large graph, part by part.

Time and memory of the engine grow faster than the statements do: ten times as many take some fifty times as long. But rules
read little: what follows about an individual follows from its module (`targetgraph.reasoning.modules`). So the individuals are
taken in the order of their names, in which those that lead to each other stand close together, some thousands at a time; the
module of each such part is closed alone, and what follows about its own individuals is taken from it. Axioms that this cannot
be shown for are refused.

(Partitioning by modules is how reasoning is spread over machines, for instance: Y. Guo, J. Heflin, *A scalable approach for
partitioning OWL knowledge bases*, SSWS 2006; here the parts are closed one after another.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Final

from rdflib import RDF, BNode, Graph, URIRef
from rdflib.term import Node

from targetgraph.reasoning.axioms import Triple3, is_about_terms
from targetgraph.reasoning.flows import Flows, flows
from targetgraph.reasoning.modules import Closed, Module, Terms, closed

SIZE: Final = 20_000
"""Statements about individuals that a part has, about."""
_REACH: Final = 100_000


@dataclass(frozen=True, slots=True)
class Part:
    """The closure of a part.

    Parameters
    ----------
    own : individuals about which it says everything that follows.
    closed : the closure of their modules.
    """

    own: frozenset[Node]
    closed: Closed


class Parted:
    """An ontology, and statements about individuals that are closed part by part.

    Parameters
    ----------
    ontology : terms and axioms.
    statements : assertions, and further terms and axioms; what has a property or class that nobody declares is passed over.

    Attributes
    ----------
    terms : axioms about terms, those among the statements included.
    left_out : how many statements were left out (see `targetgraph.reasoning.axioms.Theory`).

    Raises
    ------
    NotProven : parts may not give what the whole gives; the message says why.
    """

    def __init__(self, ontology: Graph, statements: Collection[Triple3]) -> None:
        self._about_terms: list[Triple3] = []
        others: set[Triple3] = set()
        for triple in statements:
            s, p, o = triple
            if isinstance(s, BNode) or isinstance(o, BNode) or is_about_terms(p, o):
                self._about_terms.append(triple)
            else:
                others.add(triple)
        self.terms = Terms(ontology, self._about_terms)
        self.left_out = self.terms.alone.left_out + self.terms.left_out(others)
        self._flows = flows(self.terms.alone)
        self._stated = _InMemory(self.terms.read(others), self._flows, self.terms)

    def __iter__(self) -> Iterator[Part]:
        """Part by part, of about `SIZE` statements."""
        return self.parts(SIZE)

    def parts(self, size: int) -> Iterator[Part]:
        """Parts with modules of at least so many statements, but for the last.

        Raises
        ------
        NotProven : very much hangs together, or it cannot be told.
        """
        done: set[Node] = set()
        module = self._module()
        for thing in self._stated.individuals():
            if thing not in done:
                module.take([thing])
                if len(module.statements) >= size:
                    yield self._part(module, done)
                    module = self._module()
        if module.members - done:
            yield self._part(module, done)

    def around(self, part: Part) -> list[Triple3]:
        """Statements about terms, and all in which a member of the part's module has a place."""
        return [*self._about_terms, *self._stated.around(part.closed.members)]

    def _module(self) -> Module:
        return Module(self._flows, self._stated, _REACH)

    def _part(self, module: Module, done: set[Node]) -> Part:
        own = frozenset(module.members - done)
        done |= own
        return Part(own, closed(self.terms, self._flows, module))


class _InMemory:
    """Statements about individuals, indexed as modules ask for them."""

    def __init__(self, statements: Iterable[Triple3], flows: Flows, terms: Terms) -> None:
        # Individuals that only axioms about terms speak of, such as members of an enumeration.
        self._named = {
            t for axiom in terms.alone.axioms for s, _, o in axiom.triples for t in (s, o) if isinstance(t, URIRef)
        }
        self._about: dict[Node, list[Triple3]] = {}
        self._from: dict[Node, dict[Node, list[Node]]] = {prop: {} for prop in flows.inverse}
        self._led_to: Mapping[Node, set[Node]] = {prop: set() for prop in flows.ranged}
        for triple in statements:
            s, p, o = triple
            self._about.setdefault(s, []).append(triple)
            if p in self._from:
                self._from[p].setdefault(o, []).append(s)
            if p in self._led_to:
                self._led_to[p].add(o)

    def about(self, subject: Node) -> Collection[Triple3]:
        return self._about.get(subject, ())

    def subjects(self, prop: Node, value: Node) -> Iterator[Node]:
        yield from self._from[prop].get(value, ())

    def leads_to(self, prop: Node, value: Node) -> bool:
        return value in self._led_to[prop]

    def around(self, members: Set[Node]) -> Iterator[Triple3]:
        return (t for about in self._about.values() for t in about if t[0] in members or t[2] in members)

    def individuals(self) -> list[Node]:
        """All that statements are about or lead to, and those of the terms, in the order of their names."""
        led = {o for about in self._about.values() for _, p, o in about if p != RDF.type and isinstance(o, URIRef)}
        return sorted(self._about.keys() | led | self._named, key=str)
