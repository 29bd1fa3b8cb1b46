"""Closing a part of the graph: saying in axioms that what the graph does not state is not so.

OWL assumes an open world: that no link to an actor is stated does not mean that there is none, so no reasoner could ever find
an orphan target. For a question of coverage we do know that the links stated are all the links. This module states so,
explicitly and for the targets asked about only: every link of a target is one of those recorded; a link recorded without a
passage rests on none; a passage not recorded as bracketed is not; names of actors stand for different actors. (A local closed
world: O. Etzioni, K. Golden, D. Weld, *Sound and efficient closed-world reasoning for planning*, AIJ 89, 1997.) The axioms
carry ``closing``, so that an explanation tells them apart from what somebody asserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import OWL, RDF, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from targetgraph.namespaces import TG
from targetgraph.reasoning.axioms import Axiom, Theory, theory

_SUBJECT, _RESTS_ON, _BRACKETED = URIRef(TG.linkSubject), URIRef(TG.restsOn), URIRef(TG.BracketedPassage)
_CONCERNS = tuple(URIRef(p) for p in (TG.actor, TG.sector, TG.stage))
_OF_LINKS = (*_CONCERNS, _SUBJECT, _RESTS_ON, URIRef(TG.basis), URIRef(TG.role))
_COVERAGE = frozenset(
    URIRef(name)
    for name in (
        TG.Target, TG.Link, TG.ResponsibilityLink, TG.SectorLink, TG.StageLink, TG.NamedLink, TG.ActingLink, TG.OrphanTarget,
        TG.GovernmentsOnlyTarget, TG.EverybodysTarget, TG.SectorlessTarget, TG.StagelessTarget, TG.BracketedPassage, TG.Passage,
        TG.basis, TG.role, TG.actor, TG.restsOn, TG.linkSubject, TG.isUmbrella, TG.sector, TG.stage,
    )
)  # fmt: skip
COVERAGE_CLASSES = tuple(
    URIRef(name)
    for name in (
        TG.OrphanTarget, TG.GovernmentsOnlyTarget, TG.EverybodysTarget, TG.SectorlessTarget, TG.StagelessTarget,
    )
)  # fmt: skip
"""Defined classes that are questions about coverage."""


def closed_part(ontology: Graph, statements: Graph, targets: Iterable[Node]) -> Theory:
    """The links of targets to actors, sectors and stages, closed, with the axioms that define the questions of coverage.

    Parameters
    ----------
    ontology : terms and axioms.
    statements : the graph.
    targets : whom the question is about.
    """
    part = Graph()
    closing = Graph()
    for target in targets:
        part.add((target, RDF.type, URIRef(TG.Target)))
        of_target = sorted(statements.subjects(_SUBJECT, target), key=str)
        links = [k for k in of_target if any((k, p, None) in statements for p in _CONCERNS)]
        for link in links:
            _copy_link(statements, part, link)
        _close_links(closing, target, links)
    for link in set(part.subjects(_SUBJECT, None)) - set(part.subjects(_RESTS_ON, None)):
        closing.add((link, RDF.type, _restriction(closing, _RESTS_ON, OWL.allValuesFrom, OWL.Nothing)))
    for passage in set(part.objects(None, _RESTS_ON)):
        if (passage, RDF.type, _BRACKETED) in statements:
            part.add((passage, RDF.type, _BRACKETED))
        else:
            negation = BNode()
            closing.add((negation, RDF.type, OWL.Class))
            closing.add((negation, OWL.complementOf, _BRACKETED))
            closing.add((passage, RDF.type, negation))
    actors = sorted(set(part.objects(None, URIRef(TG.actor))), key=str)
    for actor in actors:
        for value in statements.objects(actor, URIRef(TG.isUmbrella)):
            part.add((actor, URIRef(TG.isUmbrella), value))
    if len(actors) > 1:
        everybody, different = BNode(), BNode()
        Collection(closing, everybody, actors)
        closing.add((different, RDF.type, OWL.AllDifferent))
        closing.add((different, OWL.distinctMembers, everybody))
    return _assembled(ontology, part, closing)


def _assembled(ontology: Graph, part: Graph, closing: Graph) -> Theory:
    terms = theory(ontology)
    stated = theory(ontology, part).axioms
    closed = theory(ontology, closing).axioms
    own = {a.triples for a in terms.axioms}
    values = {a for a in terms.axioms if a.value in (OWL.AllDifferent, OWL.AllDisjointClasses)}
    module = [a for a in terms.axioms if a in values or (a.signature() and a.signature() <= _COVERAGE | _VALUES)]
    keep = {name for a in module for name in a.signature()} | _COVERAGE
    new = [a for a in stated if a.triples not in own]
    made = [Axiom(a.subject, a.prop, a.value, a.triples, True) for a in closed if a.triples not in own]
    declarations = frozenset(t for t in terms.declarations if t[0] in keep)
    return Theory(declarations, (*module, *new, *made))


_VALUES = frozenset(
    URIRef(name)
    for name in (
        TG.NamedInText, TG.Responsible, TG.Provider, TG.RoleUnstated,
        "https://w3id.org/targetgraph/scheme/actor/governments",
    )
)  # fmt: skip


def _copy_link(statements: Graph, part: Graph, link: Node) -> None:
    for kind in statements.objects(link, RDF.type):
        if kind in _COVERAGE:
            part.add((link, RDF.type, kind))
    for prop in _OF_LINKS:
        for value in statements.objects(link, prop):
            part.add((link, prop, value))


def _close_links(closing: Graph, target: Node, links: list[Node]) -> None:
    """Every link of the target is one of these."""
    inverse = BNode()
    closing.add((inverse, OWL.inverseOf, _SUBJECT))
    filler: Node = OWL.Nothing
    if links:
        members = BNode()
        Collection(closing, members, links)
        filler = BNode()
        closing.add((filler, RDF.type, OWL.Class))
        closing.add((filler, OWL.oneOf, members))
    closing.add((target, RDF.type, _restriction(closing, inverse, OWL.allValuesFrom, filler)))


def _restriction(graph: Graph, prop: Node, kind: Node, value: Node) -> BNode:
    node = BNode()
    graph.add((node, RDF.type, OWL.Restriction))
    graph.add((node, OWL.onProperty, prop))
    graph.add((node, kind, value))
    return node


def targets(statements: Graph) -> Iterator[Node]:
    """Every target, in order."""
    yield from sorted(set(statements.subjects(RDF.type, URIRef(TG.Target))), key=str)
