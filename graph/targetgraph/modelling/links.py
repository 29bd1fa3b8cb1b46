"""Claims as things of their own: links, lineage, dependencies, assessments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib import SKOS

from targetgraph import iris
from targetgraph.errors import Place
from targetgraph.modelling.frameworks import wording_iri
from targetgraph.modelling.writer import GraphWriter, dated
from targetgraph.namespaces import TG
from targetgraph.records import Assessment, Dependency, Lineage, Link, Wording

BASIS = {"named": TG.NamedInText, "implied": TG.Implied, "judged": TG.CuratorJudgement}
ROLE = {
    "responsible": TG.Responsible,
    "provider": TG.Provider,
    "beneficiary": TG.Beneficiary,
    "object": TG.Object,
    "channel": TG.Channel,
    "participant": TG.Participant,
    "owner": TG.Owner,
    "unstated": TG.RoleUnstated,
}
KIND = {
    "actor": (TG.ResponsibilityLink, TG.actor),
    "sector": (TG.SectorLink, TG.sector),
    "stage": (TG.StageLink, TG.stage),
    "sdg": (TG.SdgLink, TG.sdg),
    "indicator": (TG.IndicatorLink, TG.indicator),
    "issue": (TG.IssueLink, TG.issue),
}
LINEAGE = {
    "became": TG.Became,
    "shortened": TG.Shortened,
    "content-in": TG.ContentIn,
    "dropped": TG.DroppedAsTarget,
}
ASSESSMENT = {"assessed": TG.Covered, "not-assessed": TG.NotAssessed, "not-applicable": TG.NotApplicable}


@dataclass(frozen=True)
class LinkContext:
    """What links refer to: IRIs by kind and identifier, sources by target, wordings by target."""

    concepts: Mapping[str, Mapping[str, str]]
    target_sources: Mapping[tuple[str, str], tuple[str, ...]]
    wordings: Mapping[tuple[str, str], Sequence[Wording]]


def _write_claim(out: GraphWriter, iri: str, place: Place, kind: str, subject: str, prop: str, value: str) -> None:
    out.thing(iri, place, TG.Link, kind)
    out.add(iri, TG.linkSubject, subject)
    out.add(iri, prop, value)
    out.add(iri, TG.concerns, value)


def write_links(out: GraphWriter, links: Sequence[Link], context: LinkContext) -> None:
    """Links with basis, confidence, passage, source and verification status."""
    for link in links:
        kind, prop = KIND[link.kind]
        iri = iris.link(link.framework, link.subject, link.kind, link.concept, link.role)
        is_issue = not link.framework
        subject = iris.concept("issue", link.subject) if is_issue else iris.target(link.framework, link.subject)
        _write_claim(out, iri, link.place, kind, subject, prop, context.concepts[link.kind][link.concept])
        if link.role:
            out.add(iri, TG.role, ROLE[link.role])
        out.add(iri, TG.basis, BASIS[link.basis])
        out.confidence(iri, link.confidence)
        key = (link.framework, link.subject)
        out.known(iri, link.verification, link.sources or context.target_sources.get(key, ()))
        out.text(iri, TG.rationale, link.rationale, "en")
        out.claimed_by(iri, link.place)
        if link.rests_on:
            out.add(iri, TG.restsOn, iris.passage(link.framework, link.subject, link.rests_on))
        wording = _wording_read(link, context.wordings.get(key, ()))
        if wording:
            out.add(iri, TG.madeAgainst, wording)


def _wording_read(link: Link, wordings: Sequence[Wording]) -> str:
    """The wording a link was read from: the one named, else the first recorded."""
    chosen = [w for w in wordings if not link.made_against or w.document == link.made_against]
    if not chosen:
        return ""
    return wording_iri(link.framework, link.subject, chosen[0].document, chosen[0].language)


def write_lineage(out: GraphWriter, lineage: Sequence[Lineage]) -> None:
    """What became of proposals; a dropped one has a claim without a successor."""
    for item in lineage:
        end = f"{item.successor_framework}.{item.successor}" if item.successor else "none"
        iri = iris.link(item.framework, item.proposal, "lineage", end)
        successor = iris.target(item.successor_framework, item.successor) if item.successor else ""
        subject = iris.target(item.framework, item.proposal)
        _write_claim(out, iri, item.place, TG.LineageLink, subject, TG.successor, successor)
        out.add(iri, TG.lineageRelation, LINEAGE[item.relation])
        _write_judgement(out, iri, item.place, item.confidence, item.rationale)


def write_dependencies(out: GraphWriter, dependencies: Sequence[Dependency]) -> None:
    """Which target needs the result of which other."""
    for item in dependencies:
        iri = iris.link(item.framework, item.target, "dependency", item.needs)
        subject, needed = iris.target(item.framework, item.target), iris.target(item.framework, item.needs)
        _write_claim(out, iri, item.place, TG.DependencyLink, subject, TG.prerequisite, needed)
        _write_judgement(out, iri, item.place, item.confidence, item.rationale)


def _write_judgement(out: GraphWriter, iri: str, place: Place, confidence: str, rationale: str) -> None:
    out.add(iri, TG.basis, TG.CuratorJudgement)
    out.known(iri, "judged")
    out.confidence(iri, confidence)
    out.text(iri, TG.rationale, rationale, "en")
    out.claimed_by(iri, place)


def write_assessments(
    out: GraphWriter,
    assessments: Sequence[Assessment],
    dimensions: Mapping[str, str],
    columns: Mapping[str, Mapping[str, str]],
) -> None:
    """Who looked where, and what they found.

    Parameters
    ----------
    dimensions : IRI of each dimension by its code.
    columns : IRI of each column by identifier, by the code of the dimension.
    """
    for item in assessments:
        iri = out.thing(
            iris.assessment(item.framework, item.dimension, item.target, item.concept), item.place, TG.Assessment
        )
        scope = iris.target(item.framework, item.target) if item.target else iris.framework(item.framework)
        out.add(iri, TG.assesses, scope)
        out.add(iri, TG.onDimension, dimensions[item.dimension])
        out.add(iri, TG.assessedConcept, columns[item.dimension].get(item.concept, ""))
        out.add(iri, TG.assessmentResult, ASSESSMENT[item.result])
        out.text(iri, SKOS.note, item.reason, "en")
        out.add(iri, "http://purl.org/dc/terms/date", dated(item.date))
        out.claimed_by(iri, item.place)
