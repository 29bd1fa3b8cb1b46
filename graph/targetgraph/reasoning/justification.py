"""Why something follows: a smallest set of axioms from which it does.

Black-box: a reasoner is only asked whether a set of axioms is enough. First axioms are taken in, from those about the things
concerned outwards, until they are (the expansion of A. Kalyanpur, B. Parsia, M. Horridge, E. Sirin, *Finding All
Justifications of OWL DL Entailments*, ISWC 2007); then what is not needed is taken out by QuickXplain (U. Junker,
*QUICKXPLAIN: Preferred Explanations and Relaxations for Over-Constrained Problems*, AAAI 2004). No axiom can be left out of
the answer; there can be other answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set

from rdflib.term import Node

from targetgraph.reasoning.axioms import Axiom

Enough = Callable[[Sequence[Axiom]], bool]


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
