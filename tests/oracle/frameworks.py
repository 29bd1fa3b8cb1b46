"""What the triples say of frameworks, dimensions, concepts and links, before anything is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from tests.oracle.triples import Quads, Terms, Triples, read_quads, remembered

TG = Terms("https://w3id.org/targetgraph/ontology#")
PROV = Terms("http://www.w3.org/ns/prov#")
RDF = Terms("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
SH = Terms("http://www.w3.org/ns/shacl#")
SKOS = Terms("http://www.w3.org/2004/02/skos/core#")


@dataclass(frozen=True, eq=False)
class Dimension:
    """A ``tg:Dimension`` as declared; paths stay nodes of the graph."""

    iri: Node
    code: str
    row_class: Node
    column_class: Node
    column_scheme: Node
    evidence_path: Node
    column_path: Node
    roll_up: Node
    filter_path: Node | None
    filter_values: frozenset[Node]
    assessed: bool
    accepts_judgement: bool


def read(path: Path) -> Triples:
    """The union of all named graphs of an N-Quads file."""
    return read_quads(path)


def union(graph: Graph | Quads) -> Triples:
    """All statements of a dataset, or of a plain graph, without named graphs; what has none comes back as it is."""
    if isinstance(graph, Triples):
        return graph
    if isinstance(graph, Quads):
        return graph.union()
    if isinstance(graph, Dataset):
        return Triples((s, p, o) for s, p, o, _ in graph.quads((None, None, None, None)))
    return Triples(graph)


def ordered(nodes: Iterable[Node]) -> list[Node]:
    """Distinct nodes by their text, so that loops run in the same order every time."""
    return sorted(set(nodes), key=str)


def is_true(graph: Graph, subject: Node, predicate: Node) -> bool:
    """Whether the boolean property is there and true; absent counts as false."""
    return any(isinstance(o, Literal) and o.toPython() is True for o in graph.objects(subject, predicate))


def one(graph: Graph, subject: Node, predicate: Node) -> Node:
    """The only value of a property that must be there once."""
    (value,) = set(graph.objects(subject, predicate))
    return value


@remembered
def dimension(graph: Graph, iri: str) -> Dimension:
    """The declaration of a dimension."""
    node = URIRef(iri)
    filter_path, filter_values = None, frozenset[Node]()
    for shape in graph.objects(node, TG.evidenceFilter):
        filter_path = one(graph, shape, SH.path)
        filter_values = frozenset(Collection(graph, one(graph, shape, SH["in"])))
    return Dimension(
        iri=node,
        code=str(one(graph, node, TG.code)),
        row_class=one(graph, node, TG.rowClass),
        column_class=one(graph, node, TG.columnClass),
        column_scheme=one(graph, node, TG.columnScheme),
        evidence_path=one(graph, node, TG.evidencePath),
        column_path=one(graph, node, TG.columnPath),
        roll_up=one(graph, node, TG.rollUp),
        filter_path=filter_path,
        filter_values=filter_values,
        assessed=is_true(graph, node, TG.assessed),
        accepts_judgement=is_true(graph, node, TG.acceptsJudgement),
    )


def follow(graph: Graph, node: Node, path: Node) -> set[Node]:
    """Nodes at the end of a SHACL property path: a predicate, an inverse, or a sequence of paths."""
    if (path, RDF.first, None) in graph:
        reached = {node}
        for step in Collection(graph, path):
            reached = {end for start in reached for end in follow(graph, start, step)}
        return reached
    inverse = graph.value(path, SH.inversePath)
    if inverse is not None:
        return set(graph.subjects(inverse, node))
    if not isinstance(path, URIRef):
        raise ValueError(f"the oracle does not know this kind of path: {set(graph.predicates(path))}")
    return set(graph.objects(node, path))


@remembered
def targets(graph: Graph, framework: str) -> list[Node]:
    """Targets of a framework, by IRI. Settled: of whatever status, dropped and superseded ones too."""
    members = graph.subjects(TG.inFramework, URIRef(framework))
    return ordered(t for t in members if (t, RDF.type, TG.Target) in graph)


@remembered
def objectives(graph: Graph, framework: str) -> list[Node]:
    """Objectives of a framework, by IRI."""
    members = graph.subjects(TG.inFramework, URIRef(framework))
    return ordered(o for o in members if (o, RDF.type, TG.Objective) in graph)


def targets_under(graph: Graph, objective: Node) -> list[Node]:
    """Targets that stand under an objective."""
    return ordered(graph.subjects(TG.underObjective, objective))


def in_scheme(graph: Graph, scheme: Node, concept: Node) -> bool:
    """Whether the concept belongs to the scheme."""
    return (concept, SKOS.inScheme, scheme) in graph


@remembered
def columns(graph: Graph, dim: Dimension) -> list[Node]:
    """Concepts of the scheme that have the column class themselves (no subclass is looked at)."""
    members = graph.subjects(SKOS.inScheme, dim.column_scheme)
    return ordered(c for c in members if (c, RDF.type, dim.column_class) in graph)


@remembered
def broader(graph: Graph, dim: Dimension, concept: Node) -> set[Node]:
    """Everything broader than a concept, however far up; never the concept itself.

    Settled: a broader thing outside the scheme ends the way up.
    """
    found: set[Node] = set()
    waiting = [concept]
    while waiting:
        for above in follow(graph, waiting.pop(), dim.roll_up):
            if above not in found and in_scheme(graph, dim.column_scheme, above):
                found.add(above)
                waiting.append(above)
    return found - {concept}


@remembered
def is_umbrella(graph: Graph, concept: Node) -> bool:
    """Whether the concept is a catch-all."""
    return is_true(graph, concept, TG.isUmbrella)


@remembered
def links(graph: Graph, dim: Dimension, target: Node) -> list[tuple[Node, Node]]:
    """Evidence of a target in a dimension that passes the filter, as (link, concept)."""
    found = []
    for link in ordered(follow(graph, target, dim.evidence_path)):
        if dim.filter_path is not None and not follow(graph, link, dim.filter_path) & dim.filter_values:
            continue
        for concept in ordered(follow(graph, link, dim.column_path)):
            found.append((link, concept))
    return found


@remembered
def link_class(graph: Graph, link: Node, concept: Node) -> str:
    """``stale``, ``contingent``, ``umbrella``, ``named`` or ``implied``: the first that holds."""
    for wording in graph.objects(link, TG.madeAgainst):
        if (None, PROV.wasRevisionOf, wording) in graph:
            return "stale"
    for passage in graph.objects(link, TG.restsOn):
        if (passage, RDF.type, TG.BracketedPassage) in graph:
            return "contingent"
    if is_umbrella(graph, concept):
        return "umbrella"
    if (link, TG.basis, TG.NamedInText) in graph:
        return "named"
    return "implied"
