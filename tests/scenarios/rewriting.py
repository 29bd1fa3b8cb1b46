"""Scenarios a second time: the triples themselves are rewritten, link node by link node, for the oracle to look at.

Nothing of :mod:`targetgraph.analysis.scenarios` is used but the value that says what is supposed.
"""

from __future__ import annotations

from decimal import Decimal

from rdflib import XSD, Graph, Literal, URIRef
from rdflib.term import Node

from targetgraph.analysis.scenarios.scenario import Scenario
from tests.oracle.frameworks import RDF, SKOS, TG, broader, dimension, is_umbrella, targets, union
from tests.oracle.gaps import OA
from tests.oracle.triples import Triples, remembered

ENDS = (TG.actor, TG.sector, TG.stage, TG.sdg, TG.indicator, TG.issue)
BASIS = {"named": TG.NamedInText, "implied": TG.Implied, "judged": TG.CuratorJudgement}
STATUS = {"sourced": TG.Sourced, "recalled": TG.Recalled, "judged": TG.Judged}
SOURCE = URIRef("http://purl.org/dc/terms/source")
BASE = "https://w3id.org/targetgraph/"


def ends(graph: Graph, link: Node) -> list[Node]:
    return [end for prop in ENDS for end in graph.objects(link, prop)]


@remembered
def links_of(graph: Graph, framework: str) -> list[Node]:
    """Links of the framework's targets to concepts; lineage and dependencies are no such links."""
    found = {link for t in targets(graph, framework) for link in graph.subjects(TG.linkSubject, t)}
    return sorted((link for link in found if ends(graph, link)), key=str)


@remembered
def dimensions(graph: Graph) -> dict[str, str]:
    return {str(graph.value(d, TG.code)): str(d) for d in graph.subjects(RDF.type, TG.Dimension)}


@remembered
def concepts_above(graph: Graph, concept: Node) -> set[Node]:
    """The concept and everything it rolls up to, in any dimension of its scheme."""
    above = {concept}
    for iri in dimensions(graph).values():
        declared = dimension(graph, iri)
        if (concept, SKOS.inScheme, declared.column_scheme) in graph:
            above |= broader(graph, declared, concept)
    return above


def in_brackets(graph: Graph, link: Node) -> list[Node]:
    return [p for p in graph.objects(link, TG.restsOn) if (p, RDF.type, TG.BracketedPassage) in graph]


def drop(graph: Graph, link: Node) -> None:
    graph.remove((link, None, None))


def is_taken(graph: Graph, link: Node, scenario: Scenario) -> bool:
    if str(link) in scenario.without_links:
        return True
    if any(URIRef(c) in concepts_above(graph, end) for c in scenario.without for end in ends(graph, link)):
        return True
    if any((link, TG.basis, BASIS[b]) in graph for b in scenario.without_basis):
        return True
    if any((link, TG.verification, STATUS[s]) in graph for s in scenario.without_status):
        return True
    confidence = graph.value(link, TG.confidence)
    if Decimal(str(confidence or 0)) < Decimal(repr(scenario.min_confidence)):
        return True
    subject = graph.value(link, TG.linkSubject)
    if scenario.only_sources and not {str(s) for s in graph.objects(subject, SOURCE)} & scenario.only_sources:
        return True
    if scenario.brackets == "deleted" and in_brackets(graph, link):
        return True
    return scenario.umbrella == "dropped" and any(is_umbrella(graph, end) for end in ends(graph, link))


def rewritten(original: Graph, framework: str, scenario: Scenario) -> Triples:
    """A copy of the graph in which the links of the framework are as the scenario supposes."""
    assert scenario.umbrella != "covering", "no rewriting of triples says that"
    graph = union(original).copy()
    for name in scenario.name:
        graph.set((URIRef(name), TG.basis, TG.NamedInText))
    for name in scenario.renew:
        graph.remove((URIRef(name), TG.madeAgainst, None))
    lifted = {p for name in scenario.lift for p in in_brackets(graph, URIRef(name))}
    for passage in lifted:
        graph.remove((passage, RDF.type, TG.BracketedPassage))
    if scenario.brackets == "kept":
        for link in links_of(graph, framework):
            for passage in in_brackets(graph, link):
                graph.remove((link, TG.restsOn, passage))
    for link in [link for link in links_of(graph, framework) if is_taken(graph, link, scenario)]:
        drop(graph, link)
    for link in links_of(graph, framework):
        if any((link, TG.basis, BASIS[b]) in graph for b in scenario.as_named):
            graph.set((link, TG.basis, TG.NamedInText))
    for number, addition in enumerate(sorted(scenario.add)):
        add(graph, framework, addition.target, addition.dimension, addition.concept, addition.role, number)
    for dating in scenario.date:
        target = called(graph, targets(graph, framework), dating.target)
        graph.remove((target, TG.deadlineYear, None))
        if dating.year:
            graph.add((target, TG.deadlineYear, Literal(str(dating.year), datatype=XSD.gYear)))
    if scenario.hedges == "dropped":
        for target in targets(graph, framework):
            for wording in list(graph.subjects(TG.wordingOf, target)):
                for passage in list(graph.subjects(OA.hasSource, wording)):
                    graph.remove((passage, RDF.type, TG.Hedge))
    return graph


def add(graph: Graph, framework: str, target: str, code: str, concept: str, role: str, number: int) -> None:
    """A new link node; targets and concepts are meant by their IRI or by their notation or last part."""
    declared = dimension(graph, dimensions(graph)[code])
    node = URIRef(f"urn:test:added:{number}")
    subject = called(graph, targets(graph, framework), target)
    members = list(graph.subjects(SKOS.inScheme, declared.column_scheme))
    named_roles = {"responsible": TG.Responsible, "provider": TG.Provider, "unstated": TG.RoleUnstated}
    default = "responsible" if declared.filter_path is not None else "unstated"
    for prop, value in (
        (RDF.type, TG.Link),
        (TG.linkSubject, subject),
        (declared.column_path, called(graph, members, concept)),
        (TG.basis, TG.NamedInText),
        (TG.role, named_roles[role or default]),
        (TG.confidence, Literal(Decimal(1))),
        (TG.verification, TG.Sourced),
    ):
        graph.add((node, prop, value))


def called(graph: Graph, nodes: list[Node], name: str) -> Node:
    (found,) = {
        n for n in nodes if name in (str(n), str(graph.value(n, SKOS.notation) or ""), str(n).rpartition("/")[2])
    }
    return found
