"""Why something follows: a smallest set of axioms from which it does.

Black-box: a reasoner is only asked whether a set of axioms is enough. First axioms are taken in, from those about the things
concerned outwards, until they are (the expansion of A. Kalyanpur, B. Parsia, M. Horridge, E. Sirin, *Finding All
Justifications of OWL DL Entailments*, ISWC 2007); then what is not needed is taken out by QuickXplain (U. Junker,
*QUICKXPLAIN: Preferred Explanations and Relaxations for Over-Constrained Problems*, AAAI 2004). No axiom can be left out of
the answer; there can be other answers.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass

from rdflib.term import Node

from targetgraph.reasoning.axioms import Axiom

Enough = Callable[[Sequence[Axiom]], bool]
One = Callable[[Sequence[Axiom]], list[Axiom] | None]


@dataclass(frozen=True, slots=True)
class Justifications:
    """Smallest sets of axioms that are enough: from none of them can an axiom be left out.

    Parameters
    ----------
    found : the sets, in the order in which they were found.
    complete : there is no other.
    """

    found: tuple[tuple[Axiom, ...], ...]
    complete: bool


def justifications(axioms: Sequence[Axiom], one: One, most: int, seconds: float) -> Justifications:
    """All smallest sets of axioms that are enough, by the hitting-set tree.

    The first set is the root; below each node its axioms are taken away, one at a time, and a smallest set of what is left is
    looked for. Where there is none, what was taken away meets every set. A set found earlier that is whole still serves again
    without a question; a path is not followed when it is known, or takes away more than one that left nothing (R. Reiter,
    *A theory of diagnosis from first principles*, AI 32, 1987; Kalyanpur and others, ISWC 2007).

    Parameters
    ----------
    axioms : all there are.
    one : a smallest set of some axioms; None where they are not enough.
    most : sets after which the search ends.
    seconds : time after which it ends; a question under way is finished first.
    """
    end = time.monotonic() + seconds
    found: list[frozenset[Axiom]] = []
    order = {axiom: n for n, axiom in enumerate(axioms)}
    known: set[frozenset[Axiom]] = {frozenset()}
    barren: list[frozenset[Axiom]] = []
    waiting: deque[frozenset[Axiom]] = deque(known)
    while waiting:
        taken = waiting.popleft()
        if any(path <= taken for path in barren):
            continue
        node = next((each for each in found if not each & taken), None)
        if node is None:
            if len(found) == most or (found and time.monotonic() > end):
                waiting.append(taken)
                break
            made = one([axiom for axiom in axioms if axiom not in taken])
            if made is None:
                barren.append(taken)
                continue
            node = frozenset(made)
            found.append(node)
        for axiom in sorted(node, key=order.__getitem__):
            path = taken | {axiom}
            if path not in known:
                known.add(path)
                waiting.append(path)
    sets = (tuple(sorted(each, key=order.__getitem__)) for each in found)
    return Justifications(tuple(sets), complete=not waiting)


def justification(
    axioms: Sequence[Axiom], enough: Enough, about: Iterable[Node] = (), terms: Set[Node] = frozenset()
) -> list[Axiom] | None:
    """A smallest set of axioms that is enough; None where all of them are not.

    Parameters
    ----------
    axioms : all there are.
    enough : whether axioms are; more axioms are never worse.
    about : individuals to begin from.
    terms : names of classes and properties; axioms about nothing else are taken in from the beginning.
    """
    chosen = _expanded(axioms, enough, set(about), terms)
    if chosen is None:
        return None
    kept = contracted(chosen, enough)
    order = {axiom: n for n, axiom in enumerate(axioms)}
    return sorted(kept, key=lambda axiom: order[axiom])


def contracted(axioms: list[Axiom], enough: Enough) -> list[Axiom]:
    """Axioms that are enough, without those that are not needed (QuickXplain); at least one is."""
    return _quickxplain([], False, axioms, enough)


def _expanded(axioms: Sequence[Axiom], enough: Enough, names: set[Node], terms: Set[Node]) -> list[Axiom] | None:
    signatures = [axiom.signature() for axiom in axioms]
    individuals = [signature - terms for signature in signatures]
    size = -1
    while names:
        near = [n for n, mine in enumerate(individuals) if not mine or mine & names]
        if len(near) == size:
            break
        stated = [n for n in near if individuals[n]]
        used = frozenset().union(*(signatures[n] for n in stated))
        # First only the terms that are used of these individuals, then all.
        for chosen in ([n for n in near if individuals[n] or (signatures[n] and signatures[n] <= used)], near):
            if enough(picked := [axioms[n] for n in chosen]):
                return picked
        size = len(near)
        for n in near:
            names |= individuals[n]
    return list(axioms) if enough(axioms) else None


def _quickxplain(background: list[Axiom], grown: bool, axioms: list[Axiom], enough: Enough) -> list[Axiom]:
    """Axioms that are needed beside the background. ``grown``: the background has grown since it was last asked about."""
    if grown and enough(background):
        return []
    if len(axioms) == 1:
        return axioms
    half = len(axioms) // 2
    first, second = axioms[:half], axioms[half:]
    of_second = _quickxplain([*background, *first], True, second, enough)
    of_first = _quickxplain([*background, *of_second], bool(of_second), first, enough)
    return [*of_first, *of_second]
