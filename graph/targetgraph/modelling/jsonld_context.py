"""The JSON-LD context, generated from the ontology: names people would give, types they need not write.

What the ontology says is taken from it: which properties there are, whether they hold things or values, and of what
datatype. What it does not say stands in the tables below: in which language a text is, and the names of inverse properties.
JSON-LD 1.1 (W3C Recommendation of 16 July 2020), section 4.
"""

from __future__ import annotations

import json
from typing import Any, Final

from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef

from targetgraph.modelling import ontology
from targetgraph.namespaces import PREFIXES, TG

FILE: Final = "context.jsonld"

_ENGLISH: Final = (
    *("rdfs:label", "dct:description", "skos:altLabel", "skos:definition", "skos:example", "skos:note"),
    *("skos:scopeNote", "tg:acceptedBecause", "tg:acceptedBy", "tg:adoptionNote", "tg:because", "tg:certaintyReason"),
    *("tg:headline", "tg:measurabilityNote", "tg:method", "tg:missing", "tg:plural", "tg:rationale", "tg:singular"),
    "tg:verificationNote",
)
_BY_LANGUAGE: Final = ("skos:prefLabel", "oa:exact")
_DAYS: Final = ("tg:acceptedOn", "tg:closedOn", "tg:firstSeen")
_THINGS: Final = ("dct:source", "dct:license", "foaf:homepage")
_SEVERAL: Final = ("dct:source", "tg:partialEvidence", "prov:wasDerivedFrom", "skos:broader", "skos:exactMatch")
# Properties of others that the data use and the ontology need not declare.
_UNDECLARED_THINGS: Final = ("prov:used", "prov:wasGeneratedBy", "skos:narrowMatch", "skos:relatedMatch")
_UNDECLARED: Final = ("foaf:name", "rdfs:label", *_UNDECLARED_THINGS)
_RENAMED: Final = {
    "prov:wasAttributedTo": "attributedTo",
    "prov:wasDerivedFrom": "derivedFrom",
    "prov:wasRevisionOf": "revises",
    "prov:wasGeneratedBy": "generatedBy",
}
_INVERSE: Final = {
    "targets": "tg:inFramework",
    "links": "tg:linkSubject",
    "gaps": "tg:gapSubject",
    "wordings": "tg:wordingOf",
    "passages": "oa:hasSource",
    "assessments": "tg:assesses",
    "topConcepts": "skos:topConceptOf",
    "narrowerConcepts": "skos:broader",
}
# JSON has these itself: no type need be written, and none may be (JSON-LD API, 8.6).
_NATIVE: Final = (XSD.boolean, XSD.integer)

_RANGE_INCLUDES = URIRef("https://schema.org/rangeIncludes")


def context() -> dict[str, Any]:
    """The document, ``{"@context": {…}}``: keywords, prefixes, then terms by name."""
    graph = ontology.read()
    terms = _terms(graph)
    prefixes = {p: namespace for p, namespace in PREFIXES.items() if p not in terms}
    keywords = {"@version": 1.1, "id": "@id", "type": "@type", "included": "@included"}
    return {"@context": {**keywords, **prefixes, **dict(sorted(terms.items(), key=lambda item: item[0].casefold()))}}


def context_text() -> str:
    """The document as it is kept in ``ontology/context.jsonld``."""
    return json.dumps(context(), ensure_ascii=False, indent=2) + "\n"


def _terms(graph: Graph) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for iri in _declared(graph, OWL.Class, OWL.NamedIndividual):
        found[_name(iri)] = _compact(iri)
    for iri in _declared(graph, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty):
        compact = _compact(iri)
        found[_RENAMED.get(compact, _name(iri))] = _term(graph, URIRef(iri), compact)
    for compact in _UNDECLARED:
        prefix, _, name = compact.partition(":")
        found[_RENAMED.get(compact, name)] = _term(graph, URIRef(PREFIXES[prefix] + name), compact)
    for name, compact in _INVERSE.items():
        found[name] = {"@reverse": compact, "@container": "@set"}
    return found | {name: f"skos:{name}" for name in ("Concept", "ConceptScheme")}


def _declared(graph: Graph, *kinds: URIRef) -> list[str]:
    """IRIs of terms, those of ours last: where two share a name it is ours."""
    found = {str(s) for kind in kinds for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
    return sorted(found, key=lambda iri: (iri.startswith(TG.NAMESPACE), iri))


def _name(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def _compact(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :] and prefix != "tgr":
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _term(graph: Graph, prop: URIRef, compact: str) -> dict[str, Any] | str:
    said: dict[str, Any] = {"@id": compact}
    # OWL 2 DL knows no xsd:gYear, so that such a range is an annotation.
    ranges = {*graph.objects(prop, RDFS.range), *graph.objects(prop, _RANGE_INCLUDES)}
    if compact in _ENGLISH:
        said["@language"] = "en"
    elif compact in _BY_LANGUAGE:
        said["@container"] = "@language"
    elif compact in _DAYS:
        said["@type"] = "xsd:date"
    elif compact in (*_THINGS, *_UNDECLARED_THINGS) or (prop, RDF.type, OWL.ObjectProperty) in graph:
        # A value of one of our own lists is then written by its name: "basis": "NamedInText".
        said["@type"] = "@vocab" if str(prop).startswith(TG.NAMESPACE) else "@id"
    elif datatypes := sorted(str(r) for r in ranges if str(r).startswith(str(XSD)) and r not in (*_NATIVE, XSD.string)):
        said["@type"] = _compact(datatypes[0])
    if compact in _SEVERAL:
        said["@container"] = "@set"
    return said if len(said) > 1 else compact
