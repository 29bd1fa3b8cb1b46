"""Frameworks, objectives, targets, wordings and passages."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import DCTERMS, PROV, RDFS, SKOS, Namespace

from targetgraph import iris
from targetgraph.modelling.writer import GraphWriter, dated, integer, source_iri, year
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.records import Framework, Objective, Passage, Target, Wording

OA = Namespace(PREFIXES["oa"])

STATUS = {
    "proposed": TG.Proposed,
    "under-negotiation": TG.UnderNegotiation,
    "adopted": TG.Adopted,
    "superseded": TG.Superseded,
    "dropped": TG.Dropped,
}
_MEASURABILITY = {"yes": TG.Measurable, "partly": TG.PartlyMeasurable, "no": TG.NotMeasurable}
_PASSAGES = {"bracket": TG.BracketedPassage, "emphasis": TG.EmphasisedPassage, "hedge": TG.Hedge}


def write_framework(out: GraphWriter, framework: Framework) -> None:
    """A framework and how it is known."""
    iri = out.thing(iris.framework(framework.id), framework.place, TG.Framework)
    out.label(iri, framework.label)
    out.text(iri, SKOS.altLabel, framework.short_label, "en")
    out.text(iri, SKOS.notation, framework.id)
    out.add(iri, TG.status, STATUS[framework.status])
    out.add(iri, DCTERMS.date, dated(framework.date))
    out.text(iri, SKOS.note, framework.note, "en")
    out.known(iri, framework.verification, framework.sources)
    if framework.document:
        out.add(iri, TG.inDocument, iris.document(framework.document))


def write_objectives(out: GraphWriter, objectives: Sequence[Objective]) -> None:
    """The headings of a framework, in order."""
    for position, objective in enumerate(objectives, 1):
        iri = out.thing(iris.objective(objective.framework, objective.id), objective.place, TG.Objective)
        out.add(iri, TG.inFramework, iris.framework(objective.framework))
        out.label(iri, objective.label)
        out.text(iri, SKOS.notation, objective.id)
        out.add(iri, TG.order, integer(position))
        out.known(iri, objective.status, objective.sources)


def write_target(out: GraphWriter, target: Target) -> None:
    """A target; a missing deadline stays missing."""
    iri = out.thing(iris.target(target.framework, target.id), target.place, TG.Target)
    out.add(iri, TG.inFramework, iris.framework(target.framework))
    if target.objective:
        out.add(iri, TG.underObjective, iris.objective(target.framework, target.objective))
    out.label(iri, target.label)
    out.text(iri, SKOS.notation, target.id)
    out.text(iri, DCTERMS.description, target.summary, "en")
    out.add(iri, TG.order, integer(target.order))
    out.add(iri, TG.status, STATUS[target.status])
    out.add(iri, TG.deadlineYear, year(target.deadline))
    out.add(iri, TG.measurability, _MEASURABILITY.get(target.measurable, ""))
    out.text(iri, TG.measurabilityNote, target.measurable_note, "en")
    for stage in target.scope_phrases:
        out.add(iri, TG.scopePhrase, iris.concept("stage", stage))
    out.text(iri, TG.officialNumber, target.official_number)
    out.known(iri, target.verification, target.sources)
    out.confidence(iri, target.confidence)
    for page in target.partial_evidence:
        out.add(iri, TG.partialEvidence, source_iri(page))
    out.text(iri, TG.verificationNote, target.note, "en")


def wording_iri(framework: str, target: str, document: str, language: str) -> str:
    """IRI of a wording, from the fields that identify it."""
    return iris.wording(framework, target, document, language)


def write_wordings(out: GraphWriter, wordings: Sequence[Wording]) -> None:
    """Wordings; official text that may not be reproduced is absent and its absence is stated."""
    for wording in wordings:
        key = (wording.framework, wording.target)
        iri = out.thing(wording_iri(*key, wording.document, wording.language), wording.place, TG.Wording)
        out.add(iri, TG.wordingOf, iris.target(*key))
        out.add(iri, TG.inDocument, iris.document(wording.document))
        out.text(iri, DCTERMS.language, wording.language)
        out.add(iri, TG.textStatus, TG.TextHeld if wording.text else TG.TextNotReproduced)
        out.text(iri, TG.text, wording.text)
        out.text(iri, SKOS.note, wording.note, "en")
        if wording.revises:
            out.add(iri, PROV.wasRevisionOf, wording_iri(*key, wording.revises, wording.language))


def write_passages(out: GraphWriter, passages: Sequence[Passage]) -> None:
    """Passages as Web Annotation specific resources with a quotation and, where known, a position selector."""
    for passage in passages:
        iri = out.thing(
            iris.passage(passage.framework, passage.target, passage.id),
            passage.place,
            TG.Passage,
            _PASSAGES[passage.kind],
            OA.SpecificResource,
        )
        wording = wording_iri(passage.framework, passage.target, passage.document, passage.language)
        out.add(iri, OA.hasSource, wording)
        out.text(iri, RDFS.label, passage.quote, passage.language)
        out.text(iri, SKOS.note, passage.note, "en")
        selector = out.thing(iri + "#selector", passage.place, OA.TextQuoteSelector)
        out.add(iri, OA.hasSelector, selector)
        out.text(selector, OA.exact, passage.quote, passage.language)
        if passage.start is not None and passage.end is not None:
            out.thing(selector, passage.place, OA.TextPositionSelector)
            out.add(selector, OA.start, integer(passage.start))
            out.add(selector, OA.end, integer(passage.end))
