"""How many values members of a class can have: restrictions to none or one, of which alone the OWL 2 RL rules tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from rdflib import OWL, BNode
from rdflib.term import Node

from targetgraph.reasoning.closure import Closure

_BOUNDS: Final = (OWL.maxCardinality, OWL.cardinality, OWL.maxQualifiedCardinality, OWL.qualifiedCardinality)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many values members of a class can have.

    Parameters
    ----------
    kind : the class, by the restriction itself.
    prop : the property; a blank node: the inverse of one.
    most : 0 or 1, of which alone the rules tell.
    of : the class of the values that count; None: all do.
    """

    kind: Node
    prop: Node
    most: int
    of: Node | None

    def counted(self, closure: Closure, types: Mapping[Node, Set[Node]]) -> Iterator[tuple[Node, Sequence[Node]]]:
        """Members of the class with more values than that."""
        for thing, values in _values(closure, self.prop, self.most + 1):
            if self.kind in types.get(thing, ()):
                counting = [v for v in values if self.of is None or self.of in types.get(v, ())]
                if len(counting) > self.most:
                    yield thing, counting


def limits(closure: Closure) -> list[Limit]:
    """Restrictions to none or one."""
    found = []
    for bound in _BOUNDS:
        for node, number in closure.pairs(bound):
            if str(number) in ("0", "1"):
                of = closure.value(node, OWL.onClass)
                counting = None if of == OWL.Thing else of
                found += [
                    Limit(node, prop, int(str(number)), counting) for prop in closure.objects(node, OWL.onProperty)
                ]
    return found


def _values(closure: Closure, prop: Node, least: int) -> Iterator[tuple[Node, Sequence[Node]]]:
    """Things with at least so many values, and these."""
    inverse = closure.value(prop, OWL.inverseOf) if isinstance(prop, BNode) else None
    if inverse is None and least > 1:
        yield from closure.several(prop)
        return
    found: dict[Node, list[Node]] = {}
    for s, o in closure.pairs(prop if inverse is None else inverse):
        if inverse is None:
            found.setdefault(s, []).append(o)
        else:
            found.setdefault(o, []).append(s)
    yield from ((thing, values) for thing, values in found.items() if len(values) >= least)
