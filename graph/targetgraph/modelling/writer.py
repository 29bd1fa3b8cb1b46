"""A named graph being written, and the small conventions every room of the model shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, XSD, Literal, URIRef
from rdflib.term import Node

from targetgraph import iris
from targetgraph.errors import Place
from targetgraph.modelling.collecting import Receiver
from targetgraph.namespaces import TG

CONFIDENCE = {"high": Decimal("0.9"), "medium": Decimal("0.6"), "low": Decimal("0.3")}
VERIFICATION = {"sourced": TG.Sourced, "recalled": TG.Recalled, "judged": TG.Judged}

_DATE_TYPES = ((re.compile(r"\d{4}"), XSD.gYear), (re.compile(r"\d{4}-\d\d"), XSD.gYearMonth))


@dataclass
class GraphWriter:
    """Statements on their way into one named graph.

    Parameters
    ----------
    iri : IRI of the named graph.
    graph : where the statements go.
    origins : for each subject, the place in the input it came from; shared between writers, so that a
        violation found in the graph can be traced to a row.
    agents : IRI of whoever keeps each table, by the table's name; the bundled curators where it is not given.
    """

    iri: str
    graph: Receiver
    origins: dict[str, Place] = field(default_factory=dict)
    agents: Mapping[str, str] = field(default_factory=dict)

    def add(self, subject: str, predicate: str, value: Node | str | None) -> None:
        """Add a statement; a plain string is taken as an IRI, ``None`` and the empty string as nothing."""
        if value is None or value == "":
            return
        node = value if isinstance(value, (URIRef, Literal)) else _named(str(value))
        self.graph.add((_named(subject), _named(predicate), node))

    def thing(self, subject: str, place: Place, *types: str) -> str:
        """Declare a subject with its types and remember where it came from; returns the subject."""
        self.origins.setdefault(subject, place)
        for kind in types:
            self.add(subject, RDF.type, kind)
        return subject

    def text(self, subject: str, predicate: str, value: str, language: str = "") -> None:
        """Add a literal, unless it is empty."""
        if value:
            self.add(subject, predicate, Literal(value, lang=language or None))

    def labels(self, subject: str, labels: Mapping[str, str]) -> None:
        """Add a preferred label a language."""
        for language, label in labels.items():
            self.text(subject, SKOS.prefLabel, label, language)

    def known(self, subject: str, status: str, sources: Iterable[str] = ()) -> None:
        """Say how a statement is known, and where it was seen."""
        self.add(subject, TG.verification, VERIFICATION[status])
        for source in sources:
            self.add(subject, DCTERMS.source, source_iri(source))

    def confidence(self, subject: str, level: str) -> None:
        """Add a confidence from 0 to 1 for the words high, medium, low."""
        self.add(subject, TG.confidence, Literal(CONFIDENCE[level]))

    def claimed_by(self, subject: str, place: Place) -> None:
        """Attribute a claim to whoever keeps the table it stands in: never somebody's own to the bundled curators."""
        self.add(subject, PROV.wasAttributedTo, self.agents.get(place.file, iris.CURATORS))

    def label(self, subject: str, label: str) -> None:
        """Add an English label."""
        self.text(subject, RDFS.label, label, "en")


def _named(iri: str) -> URIRef:
    return iri if isinstance(iri, URIRef) else _looked_at(iri)


@lru_cache(maxsize=16_384)
def _looked_at(iri: str) -> URIRef:
    """An IRI as a term of rdflib, which looks for characters that no IRI has: once for one that comes often."""
    return URIRef(iri)


def source_iri(source: str) -> str:
    """The IRI of a source: a page as it is, anything else the document of that identifier."""
    return source if source.startswith(("http://", "https://")) else iris.document(source)


def dated(value: str) -> Literal | None:
    """An ISO date cut where knowledge ends, as the narrowest XML Schema type that holds it."""
    if not value:
        return None
    for pattern, datatype in _DATE_TYPES:
        if pattern.fullmatch(value):
            return Literal(value, datatype=datatype)
    return Literal(value, datatype=XSD.date)


def year(value: int | None) -> Literal | None:
    """A year as ``xsd:gYear``."""
    return None if value is None else Literal(f"{value:04d}", datatype=XSD.gYear)


def integer(value: int) -> Literal:
    """An integer literal."""
    return Literal(value)
