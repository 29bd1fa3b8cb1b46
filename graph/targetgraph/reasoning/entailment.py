"""Why a single statement follows, or a class can have no member: a smallest set of axioms, by refutation with HermiT.

A statement follows from axioms exactly when they contradict its negation (*OWL 2 Direct Semantics*, 2.5). What HermiT is asked
is whether a class can have a member that is defined for this alone, the subject of the statement and no instance of its object:
where that class can have none, the axioms by themselves are still without contradiction, at which HermiT would end. So one
run of Java answers for one set of axioms after another (`targetgraph.reasoning.dialogue`).

First the shortest beginning of the list of axioms, nearest to the statement first, is found that is enough (the expansion of
A. Kalyanpur, B. Parsia, M. Horridge, E. Sirin, *Finding All Justifications of OWL DL Entailments*, ISWC 2007); then QuickXplain
takes out what is not needed (`targetgraph.reasoning.justification`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rdflib import OWL, RDF, RDFS, BNode, URIRef
from rdflib.collection import Collection
from rdflib.graph import Graph
from rdflib.term import Node

from targetgraph.reasoning.axioms import Axiom, Theory, Triple3
from targetgraph.reasoning.description_logic import Limits
from targetgraph.reasoning.dialogue import Dialogue
from targetgraph.reasoning.justification import Enough, Justifications, contracted, justifications

_WITNESS: Final = URIRef("urn:targetgraph:witness")


def refutation(statement: Triple3) -> list[Triple3]:
    """The definition of a class that can have a member exactly where a statement need not be true.

    Parameters
    ----------
    statement : an individual's type, or that a class lies below another; ``owl:Nothing`` above it: it can have no member.
    """
    subject, prop, value = statement
    found = Graph()
    found.add((_WITNESS, RDF.type, OWL.Class))
    if prop == RDF.type:
        alone, members = BNode(), BNode()
        Collection(found, members, [subject])
        found.add((alone, RDF.type, OWL.Class))
        found.add((alone, OWL.oneOf, members))
        found.add((_WITNESS, RDFS.subClassOf, alone))
    else:
        found.add((_WITNESS, RDFS.subClassOf, subject))
    if value != OWL.Nothing:
        negation = BNode()
        found.add((negation, RDF.type, OWL.Class))
        found.add((negation, OWL.complementOf, value))
        found.add((_WITNESS, RDFS.subClassOf, negation))
    return list(found)


def smallest(theory: Theory, statement: Triple3, limits: Limits | None = None) -> list[Axiom] | None:
    """A smallest set of axioms from which a statement follows; None where it does not follow from all of them.

    No axiom can be left out of the answer; there can be other answers.

    Parameters
    ----------
    theory : axioms and declarations.
    statement : see `refutation`.
    limits : of each question to HermiT.

    Raises
    ------
    ReasonerMissing, ReasonerStopped
    """
    found = every_smallest(theory, statement, limits, 1).found
    return list(found[0]) if found else None


def every_smallest(theory: Theory, statement: Triple3, limits: Limits | None = None, most: int = 1) -> Justifications:
    """Smallest sets of axioms from which a statement follows; none where it does not follow from all of them.

    Parameters
    ----------
    theory, statement : see `smallest`.
    limits : of each question to HermiT; its seconds are also the time after which no further set is looked for.
    most : sets to find.

    Raises
    ------
    ReasonerMissing, ReasonerStopped
    """
    limits = limits or Limits()
    opposite = refutation(statement)
    with Dialogue(str(_WITNESS), limits) as hermit:

        def enough(axioms: Sequence[Axiom]) -> bool:
            return not hermit.possible(theory.ntriples(axioms, opposite))

        def one(axioms: Sequence[Axiom]) -> list[Axiom] | None:
            order = nearest_first(axioms, {statement[0], statement[2]})
            if not enough(order):
                return None
            return [] if enough([]) else contracted(beginning(order, enough), enough)

        return justifications(theory.axioms, one, most, limits.seconds)


def beginning(axioms: list[Axiom], enough: Enough) -> list[Axiom]:
    """The shortest beginning that is enough, of axioms that are; lengths are doubled first, for what is needed lies near."""
    low, high = 0, 1
    while high < len(axioms) and not enough(axioms[:high]):
        low, high = high, 2 * high
    high = min(high, len(axioms))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(axioms[:middle]) else (middle, high)
    return axioms[:high]


def nearest_first(axioms: Iterable[Axiom], names: set[Node]) -> list[Axiom]:
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
