"""Statements in memory, looked up in the few ways in which rules read them.

An rdflib graph keeps three indexes, contexts and events for every statement, which costs some ten times what the rules need;
of a closure, half of which is never asked about again, that is most of the time that reasoning takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rdflib import RDF
from rdflib.term import Node

from targetgraph.reasoning.axioms import Triple3


class Closure:
    """A set of statements.

    Parameters
    ----------
    statements : one that comes again counts once.
    """

    def __init__(self, statements: Iterable[Triple3]) -> None:
        self._known = set(statements)
        self._values: dict[Node, dict[Node, list[Node]]] = {}

    def add(self, statements: Iterable[Triple3]) -> None:
        """Take further statements in."""
        new = set(statements) - self._known
        self._known |= new
        for s, p, o in new:
            self._values.pop(p, None)
            if "_pairs" in self.__dict__:
                self._pairs.setdefault(p, []).append((s, o))

    def __contains__(self, statement: object) -> bool:
        return statement in self._known

    def __iter__(self) -> Iterator[Triple3]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def pairs(self, prop: Node) -> Sequence[tuple[Node, Node]]:
        """Subjects and objects of a property."""
        return self._pairs.get(prop, ())

    def objects(self, subject: Node, prop: Node) -> Sequence[Node]:
        """Where a property leads to from a subject."""
        return self._by_subject(prop).get(subject, ())

    def several(self, prop: Node) -> Iterator[tuple[Node, Sequence[Node]]]:
        """Subjects from which a property leads to more than one object, and where."""
        return ((s, values) for s, values in self._by_subject(prop).items() if len(values) > 1)

    def value(self, subject: Node, prop: Node) -> Node | None:
        """One of these, or None."""
        return next(iter(self.objects(subject, prop)), None)

    def subjects(self, prop: Node, value: Node) -> list[Node]:
        """From where a property leads to an object."""
        return [s for s, o in self.pairs(prop) if o == value]

    def members(self, head: Node) -> list[Node]:
        """Members of an RDF list, as far as it is one."""
        found: list[Node] = []
        seen: set[Node] = set()
        here: Node | None = head
        while here is not None and here != RDF.nil and here not in seen:
            seen.add(here)
            found += self.objects(here, RDF.first)[:1]
            here = self.value(here, RDF.rest)
        return found

    def _by_subject(self, prop: Node) -> Mapping[Node, list[Node]]:
        values = self._values.get(prop)
        if values is None:
            values = self._values[prop] = {}
            for s, o in self.pairs(prop):
                values.setdefault(s, []).append(o)
        return values

    @cached_property
    def _pairs(self) -> dict[Node, list[tuple[Node, Node]]]:
        found: dict[Node, list[tuple[Node, Node]]] = {}
        for s, p, o in self._known:
            found.setdefault(p, []).append((s, o))
        return found
