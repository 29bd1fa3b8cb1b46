"""What a page says of its thing in the vocabulary of schema.org, for search engines and harvesters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from targetgraph import iris
from targetgraph.analysis.description.beyond import LICENCE
from targetgraph.analysis.description.record import Description
from targetgraph.namespaces import PREFIXES, TG

_VOID_DATASET = PREFIXES["void"] + "Dataset"
_QUERY = PREFIXES["sh"] + "SPARQLExecutable"
_SCHEME = PREFIXES["skos"] + "ConceptScheme"
_IN_SCHEME = PREFIXES["skos"] + "inScheme"
_SAME_AS = (PREFIXES["skos"] + "exactMatch", PREFIXES["foaf"] + "homepage")

#: The first that fits is the type.
_TYPES = (
    (TG.Organisation, "Organization"),
    (TG.WorkingGroup, "Organization"),
    (PREFIXES["prov"] + "Agent", "Organization"),
    (TG.Target, "DefinedTerm"),
    (TG.Framework, "DefinedTermSet"),
    (TG.ProcessEvent, "Event"),
    (TG.Document, "CreativeWork"),
    (TG.Wording, "CreativeWork"),
    (TG.Link, "Claim"),
    (TG.Gap, "Claim"),
    (TG.SourceTable, "Dataset"),
    (_VOID_DATASET, "Dataset"),
    (_QUERY, "SoftwareSourceCode"),
    (_SCHEME, "DefinedTermSet"),
    (TG.Objective, "DefinedTerm"),
    (PREFIXES["skos"] + "Concept", "DefinedTerm"),
)


def schema_org(described: Description) -> dict[str, Any]:
    """A thing as a schema.org node; what is not known is left out."""
    kind = next((name for cls, name in _TYPES if cls in described.types), "Thing")
    node: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": described.iri,
        "url": described.iri,
        "name": _names(described),
        "description": described.summary.text if described.summary else None,
        "identifier": described.name.number or described.iri,
        "alternateName": _texts(described, PREFIXES["skos"] + "altLabel"),
        "sameAs": [iri for prop in _SAME_AS for iri in _iris(described, prop)],
    }
    node.update(_OF_KIND[kind](described) if kind in _OF_KIND else {})
    return {key: value for key, value in node.items() if value not in (None, "", [], ())}


def _names(described: Description) -> Any:
    labels = [{"@language": tag, "@value": text} for tag, text in described.labels.items() if tag]
    return labels if len(labels) > 1 else described.name.text


def _texts(described: Description, prop: str) -> list[str]:
    return [value.text for fact in described.facts if fact.property == prop for value in fact.values]


def _iris(described: Description, prop: str) -> list[str]:
    values = [value for fact in described.facts if fact.property == prop for value in fact.values]
    return [value.name.iri for value in values if value.name]


def _one(found: Sequence[str]) -> str | None:
    return found[0] if found else None


def _term(described: Description) -> dict[str, Any]:
    return {
        "termCode": described.name.number or None,
        "inDefinedTermSet": _iris(described, _IN_SCHEME) or _iris(described, TG.inFramework),
    }


def _term_set(described: Description) -> dict[str, Any]:
    return {
        "license": LICENCE,
        "datePublished": _one(_texts(described, PREFIXES["dct"] + "date")),
        "hasDefinedTerm": [target.iri for _, targets in described.members for target in targets],
    }


def _dataset(described: Description) -> dict[str, Any]:
    return {
        "license": LICENCE,
        "creator": {"@id": iris.CURATORS},
        "isPartOf": _one(_iris(described, PREFIXES["dct"] + "isPartOf")),
        "version": _one(_texts(described, PREFIXES["dcat"] + "version")),
        "description": described.summary.text if described.summary else described.name.text,
    }


def _work(described: Description) -> dict[str, Any]:
    wording = next(iter(described.sheet.wordings), None)
    return {
        "inLanguage": _one(_texts(described, PREFIXES["dct"] + "language")),
        "text": "".join(s.text for s in wording.stretches) if wording else None,
        "about": _one(_iris(described, TG.wordingOf)),
        "isPartOf": _one(_iris(described, TG.inDocument)),
        "datePublished": _one(_texts(described, PREFIXES["dct"] + "date")),
    }


def _claim(described: Description) -> dict[str, Any]:
    return {
        "about": _iris(described, TG.linkSubject) or _iris(described, TG.gapSubject),
        "author": _one(_iris(described, PREFIXES["prov"] + "wasAttributedTo")),
    }


def _event(described: Description) -> dict[str, Any]:
    return {
        "startDate": _one(_texts(described, TG.startDate)),
        "endDate": _one(_texts(described, TG.endDate)),
        "location": _one(_texts(described, TG.place)),
    }


def _code(described: Description) -> dict[str, Any]:
    texts = [_texts(described, PREFIXES["sh"] + form) for form in ("select", "construct", "ask")]
    return {"programmingLanguage": "SPARQL", "text": _one([t for found in texts for t in found])}


_OF_KIND = {
    "DefinedTerm": _term,
    "DefinedTermSet": _term_set,
    "Dataset": _dataset,
    "CreativeWork": _work,
    "Claim": _claim,
    "Event": _event,
    "SoftwareSourceCode": _code,
}
