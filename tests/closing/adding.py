"""Proposed links written as triples, so that the oracle can judge a closing set without our code."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import RDF, Graph, Literal, URIRef

from targetgraph.analysis.closing import ClosingSet
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps import Gap, gap_report
from tests.oracle.frameworks import TG, union

#: What the oracle does not tell, or tells only by itself.
BESIDE = ("empty-crossing", "obligation-unmet", "single-point-of-failure", "isolated-component")
Key = tuple[str, str, str]


def with_triples(graph: Graph, coded: CodedGraph, found: ClosingSet) -> Graph:
    """A copy of the graph with the proposed links in it."""
    copy = union(graph).copy()
    for number, step in enumerate(found.steps):
        link = URIRef(f"urn:test:link:{number}")
        path = coded.dimension(step.link.dimension).declaration.column_path.strip("<>")
        copy.add((link, RDF.type, TG.Link))
        copy.add((link, TG.linkSubject, URIRef(step.link.target_iri)))
        copy.add((link, URIRef(path), URIRef(step.link.concept_iri)))
        copy.add((link, TG.basis, TG.NamedInText))
        copy.add((link, TG.confidence, Literal(1.0)))
        if step.link.dimension == "actors":
            copy.add((link, TG.role, TG.Responsible))
        elif step.link.dimension == "mentions":
            copy.add((link, TG.role, TG.Participant))
    return copy


def keys(coded: CodedGraph, framework: str, gaps: Iterable[Gap]) -> set[Key]:
    """Gaps in the oracle's terms."""
    number = coded.framework_number(framework)
    by_code = {coded.targets.notation[int(i)]: coded.targets.iri[int(i)] for i in coded.targets_of(number)}
    found = set()
    for gap in gaps:
        if gap.kind in BESIDE:
            continue
        subject, dimension = gap.subject_iri, gap.dimension
        if gap.kind == "order-cannot-work":
            subject = f"{subject} {by_code[gap.iri.rpartition('/')[2]]}"
        found.add((gap.kind, subject, "" if gap.kind == "scope-phrase-only" else dimension))
    return found


def predicted(coded: CodedGraph, framework: str, found: ClosingSet) -> set[Key]:
    """What the closing set says the gaps will be."""
    closed = {g.iri for g in found.closed}
    before = [g for g in gap_report(coded, framework).gaps if g.iri not in closed]
    return keys(coded, framework, [*before, *found.opened])


def predicted_crossings(coded: CodedGraph, framework: str, found: ClosingSet) -> set[Key]:
    """The empty crossings that the closing set says there will be: row, column, code of the crossing."""
    closed = {g.iri for g in found.closed}
    sides = {c.code: coded.dimension(c.columns).concepts for c in coded.declarations.crossings}
    left = [g for g in gap_report(coded, framework, "empty-crossing").gaps if g.iri not in closed]
    told = set()
    for gap in (*left, *(g for g in found.opened if g.kind == "empty-crossing")):
        table = sides[gap.dimension]
        number = list(table.notation).index(gap.iri.rpartition("/")[2])
        told.add((gap.subject_iri, table.iri[number], gap.dimension))
    return told
