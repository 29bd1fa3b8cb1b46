"""The Sustainable Development Goals, their targets and indicators, under the UN's own IRIs.

The United Nations publishes goals and targets as ``http://metadata.un.org/sdg/12.4`` and indicators under a permanent
code. An indicator that the global list repeats under several numbers is one resource with several notations.
"""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import SKOS, Literal

from targetgraph import iris
from targetgraph.modelling.writer import GraphWriter, year
from targetgraph.namespaces import TG
from targetgraph.records import SdgEntry, SdgIndicator


def write_sdgs(out: GraphWriter, mapped: GraphWriter, entries: Sequence[SdgEntry]) -> dict[str, str]:
    """Goals and targets; matches to the SDG Interface Ontology go to the graph of mappings."""
    by_id = {entry.id: entry.iri for entry in entries}
    out.add(iris.SDG_SCHEME, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", SKOS.ConceptScheme)
    out.text(iris.SDG_SCHEME, SKOS.prefLabel, "Sustainable Development Goals", "en")
    out.label(iris.SDG_SCHEME, "Sustainable Development Goals")
    for entry in entries:
        iri = out.thing(entry.iri, entry.place, SKOS.Concept, TG.SdgGoal if entry.level == "goal" else TG.SdgTarget)
        out.add(iri, SKOS.inScheme, iris.SDG_SCHEME)
        out.text(iri, SKOS.notation, entry.id)
        out.labels(iri, entry.labels)
        out.known(iri, entry.status, entry.sources)
        out.add(iri, TG.deadlineYear, year(entry.deadline))
        if entry.level == "goal":
            out.add(iri, SKOS.topConceptOf, iris.SDG_SCHEME)
            out.add(iris.SDG_SCHEME, SKOS.hasTopConcept, iri)
        else:
            out.add(iri, SKOS.broader, by_id[entry.goal])
        mapped.add(iri, SKOS.exactMatch, entry.sdgio_iri)
    return by_id


def indicator_iris(indicators: Sequence[SdgIndicator]) -> dict[str, str]:
    """IRI of each code of the list: a repeated entry shares the IRI of the one it repeats."""
    own = {i.code: i.iri or iris.sdg_indicator(i.code) for i in indicators}
    return {i.code: own[i.repeats] if i.repeats in own else own[i.code] for i in indicators}


def write_sdg_indicators(
    out: GraphWriter, indicators: Sequence[SdgIndicator], targets: dict[str, str]
) -> dict[str, str]:
    """Indicators of the 2030 Agenda. Returns IRI by code."""
    by_code = indicator_iris(indicators)
    for indicator in indicators:
        iri = out.thing(by_code[indicator.code], indicator.place, SKOS.Concept, TG.SdgIndicator)
        out.add(iri, SKOS.inScheme, iris.SDG_SCHEME)
        out.text(iri, SKOS.notation, indicator.code)
        out.add(iri, SKOS.broader, targets[indicator.target])
        out.add(iri, TG.inGlobalFramework, Literal(indicator.current))
        if indicator.repeats:
            continue
        out.text(iri, SKOS.prefLabel, indicator.label, "en")
        out.text(iri, TG.permanentCode, indicator.permanent_code)
        out.text(iri, SKOS.note, indicator.note, "en")
        out.known(iri, indicator.status, indicator.sources)
    return by_code
