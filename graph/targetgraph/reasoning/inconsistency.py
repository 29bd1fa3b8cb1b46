"""Why axioms contradict each other where only a tableau sees it: smallest sets of them, by HermiT.

HermiT's command line ends at a contradiction, and starting Java anew takes a second. So of up to some hundreds of statements
about individuals it is not asked whether they are consistent, but whether a class can have a member that is defined for this
alone: whoever is in it is tied, by a property used for nothing else, to somebody who is the individual and is all that is
stated of it (nominals, as in the reduction of knowledge bases to concepts: A. Schaerf, *Reasoning with individuals in concept
languages*, DKE 13, 1994). That class can have a member exactly where the statements can all be true, and where it cannot the
axioms by themselves are still without contradiction. So one run of Java answers question after question
(`targetgraph.reasoning.dialogue`). Of more statements HermiT is asked as they are, which is then the faster.

First a small beginning that is enough is looked for, in an order that leads outwards from where the mistake is likely; where
nothing is known of that, by halves. Its last axiom is needed by every contradiction in it, and leads to a still smaller
beginning. Then QuickXplain takes out what is not needed (`targetgraph.reasoning.justification`).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from typing import Final, Self

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection as Members
from rdflib.term import Node

from targetgraph.reasoning.axioms import Axiom, Theory, Triple3, is_about_terms
from targetgraph.reasoning.description_logic import Limits, ReasonerStopped
from targetgraph.reasoning.dialogue import Dialogue
from targetgraph.reasoning.justification import Enough, contracted

_WITNESS: Final = URIRef("urn:targetgraph:witness")
_TIED: Final = URIRef("urn:targetgraph:tied")
_FEW: Final = 200
"""Statements about individuals up to which HermiT is asked about the witness."""
_FIRST: Final = 16


class OutOfTime(ReasonerStopped):
    """The time for finding why came to an end."""


class Inquiry:
    """HermiT, asked of one set of axioms after another whether they contradict each other. Use it in a ``with`` block.

    Parameters
    ----------
    theory : declarations, and the axioms that the sets are of.
    limits : the memory of Java; and the time, of all questions together.

    Attributes
    ----------
    least : the smallest set so far of which it was found that it does; None where there was none.
    asked : how many questions were asked.
    """

    def __init__(self, theory: Theory, limits: Limits | None = None) -> None:
        self.least: tuple[Axiom, ...] | None = None
        self.asked = 0
        self._limits = limits or Limits()
        self._end = time.monotonic() + self._limits.seconds
        self._open = ExitStack()
        self._plain = self._open.enter_context(Dialogue(str(OWL.Thing), self._limits))
        self._guarded = self._open.enter_context(Dialogue(str(_WITNESS), self._limits))
        self._lines: dict[tuple[Axiom, bool], bytes] = {}
        self._declared: dict[Node, list[Triple3]] = {}
        for triple in theory.declarations:
            self._declared.setdefault(triple[0], []).append(triple)
        self._tie = _ntriples([(_WITNESS, RDF.type, OWL.Class), (_TIED, RDF.type, OWL.ObjectProperty)])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def contradict(self, axioms: Sequence[Axiom]) -> bool:
        """Whether axioms cannot all be true.

        Raises
        ------
        ReasonerMissing
        ReasonerStopped : the limits do not suffice; `OutOfTime` where it is the time.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise self._late()
        few = sum(is_stated(axiom) for axiom in axioms) <= _FEW
        question = b"".join(
            [self._tie if few else b"", self._declarations(axioms), *(self._told(a, few) for a in axioms)]
        )
        self.asked += 1
        try:
            found = not (self._guarded if few else self._plain).possible(question, left)
        except ReasonerStopped as error:
            raise (self._late() if time.monotonic() >= self._end else error) from error
        if found and (self.least is None or len(axioms) < len(self.least)):
            self.least = tuple(axioms)
        return found

    def _late(self) -> OutOfTime:
        return OutOfTime(f"the time of {self._limits.seconds:g} seconds came to an end", remedy="raise --time-limit")

    def _declarations(self, axioms: Sequence[Axiom]) -> bytes:
        names = {name for axiom in axioms for triple in axiom.triples for name in triple}
        return _ntriples(triple for name in names for triple in self._declared.get(name, ()))

    def _told(self, axiom: Axiom, few: bool) -> bytes:
        guarded = few and is_stated(axiom)
        if (axiom, guarded) not in self._lines:
            self._lines[axiom, guarded] = _ntriples(_guarded(axiom) if guarded else axiom.triples)
        return self._lines[axiom, guarded]


def is_stated(axiom: Axiom) -> bool:
    """Whether it is the type or a link of an individual, and not an axiom about terms or about who differs from whom."""
    if isinstance(axiom.subject, BNode):
        return False
    unnamed = axiom.prop == RDF.type and isinstance(axiom.value, BNode)
    return unnamed or not is_about_terms(axiom.prop, axiom.value)


def smallest_contradiction(
    axioms: Sequence[Axiom], contradict: Enough, terms: Collection[Node], near: Iterable[Node] = (), known: bool = False
) -> list[Axiom] | None:
    """A smallest set of axioms that contradict each other; None where they do not.

    No axiom can be left out of the answer; there can be other answers.

    Parameters
    ----------
    axioms : all there are, statements about the same in a row.
    contradict : whether axioms do (`Inquiry`).
    terms : names of classes and properties.
    near : individuals, or terms, where the mistake is likely to be.
    known : that all of them contradict each other is known.
    """
    if not known and not contradict(axioms):
        return None
    names = set(near)
    chosen = _beginning(outwards(axioms, names, terms), contradict) if names else _by_halves(axioms, contradict)
    if len(chosen) > _FIRST:
        # No contradiction is in the beginning without its last axiom.
        last = chosen[-1].signature()
        chosen = _beginning(outwards(chosen, last - set(terms) or last, terms), contradict)
    return contracted(chosen, contradict)


def outwards(axioms: Sequence[Axiom], names: Iterable[Node], terms: Collection[Node]) -> list[Axiom]:
    """Axioms by how many steps lead to them: to statements from individual to individual, to other axioms from any name.

    A class would lead from each of its members to all others at once.
    """
    links = [(axiom, axiom.signature()) for axiom in axioms]
    waiting = [(a, (names_ - set(terms)) or names_ if is_stated(a) else names_, names_) for a, names_ in links]
    known, found = set(names), list[Axiom]()
    while True:
        near = [each for each in waiting if each[1] & known]
        if not near:
            return [*found, *(axiom for axiom, _, _ in waiting)]
        found += [axiom for axiom, _, _ in near]
        waiting = [each for each in waiting if not each[1] & known]
        known |= {name for _, _, names_ in near for name in names_}


def _by_halves(axioms: Sequence[Axiom], contradict: Enough) -> list[Axiom]:
    """The shortest beginning that contradicts itself of all axioms about terms and part of the others.

    The part is halved as long as one of its halves is enough.
    """
    terms = [axiom for axiom in axioms if not is_stated(axiom)]
    stated = [axiom for axiom in axioms if is_stated(axiom)]
    if contradict(terms):
        return _beginning(terms, contradict)
    while len(stated) > 1:
        middle = len(stated) // 2
        half = next((h for h in (stated[:middle], stated[middle:]) if contradict([*terms, *h])), None)
        if half is None:
            break
        stated = half
    return _beginning([*terms, *stated], contradict, len(terms))


def _beginning(axioms: list[Axiom], contradict: Enough, low: int = 0) -> list[Axiom]:
    """The shortest beginning of axioms that contradict each other that does, longer than ``low``; growth is doubled first."""
    growth = _FIRST
    high = low + growth
    while high < len(axioms) and not contradict(axioms[:high]):
        growth *= 2
        low, high = high, high + growth
    high = min(high, len(axioms))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if contradict(axioms[:middle]) else (middle, high)
    return axioms[:high]


def _guarded(axiom: Axiom) -> list[Triple3]:
    """The statement, as what members of the witness are tied to."""
    main = (axiom.subject, axiom.prop, axiom.value)
    found = Graph()
    for triple in axiom.triples - {main}:
        found.add(triple)
    kind = axiom.value if axiom.prop == RDF.type else _restriction(found, axiom.prop, OWL.hasValue, axiom.value)
    alone, only, both, parts = BNode(), BNode(), BNode(), BNode()
    Members(found, only, [axiom.subject])
    found.add((alone, RDF.type, OWL.Class))
    found.add((alone, OWL.oneOf, only))
    Members(found, parts, [alone, kind])
    found.add((both, RDF.type, OWL.Class))
    found.add((both, OWL.intersectionOf, parts))
    found.add((_WITNESS, RDFS.subClassOf, _restriction(found, _TIED, OWL.someValuesFrom, both)))
    return list(found)


def _restriction(graph: Graph, prop: Node, kind: Node, value: Node) -> BNode:
    node = BNode()
    graph.add((node, RDF.type, OWL.Restriction))
    graph.add((node, OWL.onProperty, prop))
    graph.add((node, kind, value))
    return node


def _ntriples(triples: Iterable[Triple3]) -> bytes:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return bytes(graph.serialize(format="nt", encoding="utf-8"))


def names_in(statements: Iterable[Triple3]) -> set[Node]:
    """What statements are about: their subjects, and objects that are no values."""
    found = {s for s, _, _ in statements} | {o for _, _, o in statements}
    return {name for name in found if isinstance(name, URIRef)}
