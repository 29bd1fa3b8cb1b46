"""Why a single statement follows, or a class can have no member: a smallest set of axioms, by refutation with HermiT.

A statement follows from axioms exactly when they contradict its negation (*OWL 2 Direct Semantics*, 2.5). So what HermiT is
asked is whether axioms with the negation are inconsistent. The set is made smallest by looking for the shortest beginning
of the list that is enough: its last axiom is needed, and so on with those before it (the insertion strategy; A. Kalyanpur,
B. Parsia, M. Horridge, E. Sirin, *Finding All Justifications of OWL DL Entailments*, ISWC 2007). Beginnings grow, and HermiT
stops at the first contradiction, so one run of Java looks through many of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rdflib import OWL, RDF, BNode, URIRef
from rdflib.term import Node

from targetgraph.reasoning.axioms import Axiom, Theory, Triple3
from targetgraph.reasoning.description_logic import Limits, first_inconsistent

_AT_ONCE: Final = 12
_WITNESS: Final = URIRef("urn:targetgraph:witness")


def refutation(statement: Triple3) -> list[Triple3]:
    """Statements that say the opposite.

    Parameters
    ----------
    statement : an individual's type, or that a class lies below another; ``owl:Nothing`` above it: it can have no member.
    """
    subject, prop, value = statement
    thing = subject if prop == RDF.type else _WITNESS
    found: list[Triple3] = [] if prop == RDF.type else [(_WITNESS, RDF.type, subject)]
    if value == OWL.Nothing:
        return found
    negation = BNode()
    return [*found, (negation, RDF.type, OWL.Class), (negation, OWL.complementOf, value), (thing, RDF.type, negation)]


def smallest(theory: Theory, statement: Triple3, limits: Limits | None = None) -> list[Axiom] | None:
    """A smallest set of axioms from which a statement follows; None where it does not follow from all of them.

    Parameters
    ----------
    theory : axioms and declarations.
    statement : see `refutation`.
    limits : of each run of HermiT.

    Raises
    ------
    ReasonerMissing, ReasonerStopped
    """
    opposite = refutation(statement)
    order = _nearest_first(theory.axioms, {statement[0], statement[2]})
    kept: list[Axiom] = []
    while True:
        length = _shortest(theory, kept, order, opposite, limits)
        if length is None:
            return None
        if length == 0:
            break
        kept.append(order[length - 1])
        order = order[: length - 1]
    place = {axiom: n for n, axiom in enumerate(theory.axioms)}
    return sorted(kept, key=lambda axiom: place[axiom])


def _shortest(
    theory: Theory, kept: Sequence[Axiom], axioms: Sequence[Axiom], opposite: list[Triple3], limits: Limits | None
) -> int | None:
    """How many axioms from the beginning are enough beside those kept; None where all are not.

    First lengths are doubled, for what is needed lies near; then what is between is divided.
    """
    low, high = -1, len(axioms) + 1  # the beginning of length `low` is not enough
    lengths = [*(2**n - 1 for n in range(len(axioms).bit_length())), len(axioms)]
    while high - low > 1:
        asked = [theory.ntriples([*kept, *axioms[:length]], opposite) for length in lengths]
        found = first_inconsistent(asked, limits)
        if found is None:
            low = lengths[-1]
        else:
            high = lengths[found]
            low = lengths[found - 1] if found else low
        lengths = list(range(low + 1, high, max(1, (high - low) // _AT_ONCE)))
    return high if high <= len(axioms) else None


def _nearest_first(axioms: Iterable[Axiom], names: set[Node]) -> list[Axiom]:
    """Axioms by how many steps from names to names lead to them."""
    waiting = [(axiom, axiom.signature()) for axiom in axioms]
    known = set(names)
    found: list[Axiom] = []
    while True:
        near = [(axiom, signature) for axiom, signature in waiting if signature & known]
        if not near:
            return [*found, *(axiom for axiom, _ in waiting)]
        found += [axiom for axiom, _ in near]
        waiting = [pair for pair in waiting if not pair[1] & known]
        known |= {name for _, signature in near for name in signature}
