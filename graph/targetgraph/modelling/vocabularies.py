"""Vocabularies as SKOS: actors, sectors, life-cycle stages, issues of concern, indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rdflib import FOAF, SKOS, Literal

from targetgraph import iris
from targetgraph.modelling.writer import GraphWriter, integer, year
from targetgraph.namespaces import TG
from targetgraph.records import Actor, Concept, Indicator, Issue, Sector, Stage

_TITLES = {
    "actor": "Actors",
    "sector": "Sectors",
    "stage": "Life-cycle stages",
    "issue": "Issues of concern",
    "indicator": "Indicators",
}
_ISIC = "https://unstats.un.org/classifications/ISIC/rev4/"
_WIKIDATA = "http://www.wikidata.org/entity/"

ADOPTION = {
    "adopted": TG.AdoptedIndicator,
    "adopted-elsewhere": TG.AdoptedElsewhere,
    "proposed": TG.ProposedIndicator,
    "under-development": TG.UnderDevelopment,
    "candidate-proxy": TG.CandidateProxy,
    "structure-only": TG.StructureOnly,
}


def actor_iri(actor: Actor) -> str:
    """A category lives in the scheme; a body has an IRI of its own."""
    return iris.organisation(actor.id) if actor.kind == "organisation" else iris.concept("actor", actor.id)


def write_schemes(out: GraphWriter) -> None:
    """Declare the concept schemes themselves."""
    for name, title in _TITLES.items():
        scheme = iris.scheme(name)
        out.add(scheme, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", SKOS.ConceptScheme)
        out.text(scheme, SKOS.prefLabel, title, "en")
        out.label(scheme, title)


def _write_concept(out: GraphWriter, iri: str, scheme: str, concept: Concept, kind: str) -> None:
    out.thing(iri, concept.place, SKOS.Concept, kind)
    out.add(iri, SKOS.inScheme, iris.scheme(scheme))
    out.labels(iri, concept.labels)
    out.text(iri, TG.kind, concept.kind)
    out.text(iri, SKOS.note, concept.note, "en")
    out.add(iri, TG.isUmbrella, Literal(concept.umbrella))
    out.known(iri, concept.status, concept.sources)


def _place_in_tree(out: GraphWriter, iri: str, scheme: str, broader: str) -> None:
    """Broader where there is one; otherwise a top concept of the scheme."""
    if broader:
        out.add(iri, SKOS.broader, broader)
    else:
        out.add(iri, SKOS.topConceptOf, iris.scheme(scheme))
        out.add(iris.scheme(scheme), SKOS.hasTopConcept, iri)


def write_actors(out: GraphWriter, mapped: GraphWriter, actors: Sequence[Actor]) -> dict[str, str]:
    """Actors and bodies; matches to Wikidata go to the graph of mappings. Returns IRI by identifier."""
    by_id = {actor.id: actor_iri(actor) for actor in actors}
    for actor in actors:
        iri = by_id[actor.id]
        is_body = actor.kind == "organisation"
        _write_concept(out, iri, "actor", actor, TG.Organisation if is_body else TG.ActorCategory)
        _place_in_tree(out, iri, "actor", by_id.get(actor.broader, ""))
        out.add(iri, FOAF.homepage, actor.homepage)
        if actor.wikidata:
            mapped.add(iri, SKOS.exactMatch, _WIKIDATA + actor.wikidata)
    return by_id


def write_sectors(out: GraphWriter, mapped: GraphWriter, sectors: Sequence[Sector]) -> dict[str, str]:
    """Sectors with their place in ISIC revision 4. Returns IRI by identifier."""
    by_id = {sector.id: iris.concept("sector", sector.id) for sector in sectors}
    for sector in sectors:
        iri = by_id[sector.id]
        _write_concept(out, iri, "sector", sector, TG.Sector)
        _place_in_tree(out, iri, "sector", by_id.get(sector.broader, ""))
        out.text(iri, TG.isicSection, sector.isic_section)
        out.text(iri, TG.isicDivision, sector.isic_division)
        if sector.isic_division.isdigit():
            mapped.add(iri, SKOS.relatedMatch, _ISIC + sector.isic_division)
    return by_id


def write_stages(out: GraphWriter, stages: Sequence[Stage]) -> dict[str, str]:
    """Life-cycle stages in their order. Returns IRI by identifier."""
    by_id = {stage.id: iris.concept("stage", stage.id) for stage in stages}
    for stage in stages:
        iri = by_id[stage.id]
        _write_concept(out, iri, "stage", stage, TG.LifeCycleStage)
        _place_in_tree(out, iri, "stage", by_id.get(stage.broader, ""))
        out.text(iri, SKOS.definition, stage.definition, "en")
        out.add(iri, TG.order, integer(stage.order))
    return by_id


def write_issues(out: GraphWriter, issues: Sequence[Issue]) -> dict[str, str]:
    """Issues of concern. Returns IRI by identifier."""
    by_id = {issue.id: iris.concept("issue", issue.id) for issue in issues}
    for issue in issues:
        iri = by_id[issue.id]
        _write_concept(out, iri, "issue", issue, TG.IssueOfConcern)
        _place_in_tree(out, iri, "issue", "")
        out.text(iri, TG.session, issue.session)
        out.add(iri, TG.startDate, year(issue.year))
        out.text(iri, "http://purl.org/dc/terms/identifier", issue.resolution)
        out.text(iri, SKOS.scopeNote, issue.gfc_status, "en")
    return by_id


def write_indicators(
    out: GraphWriter, indicators: Sequence[Indicator], sdg_indicators: Mapping[str, str]
) -> dict[str, str]:
    """Indicators with their true adoption status. Returns IRI by identifier."""
    by_id = {indicator.id: iris.indicator(indicator.id) for indicator in indicators}
    for indicator in indicators:
        iri = by_id[indicator.id]
        _write_concept(out, iri, "indicator", indicator, TG.Indicator)
        _place_in_tree(out, iri, "indicator", "")
        out.add(iri, TG.adoptionStatus, ADOPTION[indicator.adoption])
        out.text(iri, TG.custodian, indicator.custodian)
        out.text(iri, TG.adoptionNote, indicator.adoption_note, "en")
        out.text(iri, SKOS.scopeNote, indicator.scope, "en")
        if indicator.measures_framework:
            out.add(iri, TG.measuresFramework, iris.framework(indicator.measures_framework))
        for code in indicator.sdg_indicators:
            out.add(iri, TG.basedOnSdgIndicator, sdg_indicators[code])
    return by_id
