"""Which statements the derived statements and the coded rows of a target rest on, and whom a change touches.

A *step* leads from a thing to one that queries may read when they ask about the first: from a target to its links and
wordings, from a wording to the passages in it and to the wording that revised it, from a link to the passages it rests on.
The neighbourhood of a target is what steps lead to. The derivation queries tagged ``from-links`` and the extraction
queries about targets read, of each target, only statements whose subjects are in its neighbourhood (tests compare them with
asking everything). So a changed statement matters to the targets from which steps lead to its subject, and to no others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from targetgraph.namespaces import PREFIXES, TG
from targetgraph.store.changing import NotProven
from targetgraph.store.embedded import EmbeddedStore

_INVERSE = frozenset({TG.linkSubject, TG.wordingOf, f"{PREFIXES['oa']}hasSource", f"{PREFIXES['prov']}wasRevisionOf"})
_FORWARD = frozenset({TG.restsOn, TG.madeAgainst})
_MOST = 100_000


@dataclass(frozen=True)
class Steps:
    """By which properties steps lead on.

    Parameters
    ----------
    inverse : from an object to its subjects.
    forward : from a subject to its objects.
    """

    inverse: frozenset[str] = field(default=_INVERSE)
    forward: frozenset[str] = field(default=_FORWARD)

    def with_more(self, inverse: Iterable[str], forward: Iterable[str]) -> Steps:
        """These and further ones."""
        return Steps(self.inverse | set(inverse), self.forward | set(forward))

    def onward(self, store: EmbeddedStore, roots: Iterable[str]) -> set[str]:
        """Everything that steps lead to from the roots, and the roots.

        Raises
        ------
        NotProven : there is a blank node among it, or it is very much.
        """
        return _reached(store, roots, self.inverse, self.forward)

    def back(self, store: EmbeddedStore, things: Iterable[str]) -> set[str]:
        """Everything from which steps lead to one of the things, and the things (errors: see `onward`)."""
        return _reached(store, things, self.forward, self.inverse)


def _reached(store: EmbeddedStore, roots: Iterable[str], inverse: frozenset[str], forward: frozenset[str]) -> set[str]:
    reached: set[str] = set()
    waiting = list(roots)
    while waiting:
        thing = waiting.pop()
        if thing in reached:
            continue
        if thing.startswith("_:"):
            raise NotProven("blank nodes are concerned")
        reached.add(thing)
        if len(reached) > _MOST:
            raise NotProven("too much is concerned")
        for prop in inverse:
            waiting.extend(store.subjects(prop, thing))
        for prop in forward:
            waiting.extend(store.objects(thing, prop))
    return reached
