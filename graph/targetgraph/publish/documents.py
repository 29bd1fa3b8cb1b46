"""The document on one thing, for machines: its statements, and what the document says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from targetgraph import iris
from targetgraph.analysis.description.addresses import path_of
from targetgraph.analysis.description.beyond import LICENCE
from targetgraph.library.terms import Iri, Term, Triple
from targetgraph.namespaces import PREFIXES
from targetgraph.store import serialised

_DCT, _FOAF = PREFIXES["dct"], PREFIXES["foaf"]

#: Format of the store by the suffix of a document.
FORMS: Final = {"ttl": "turtle", "jsonld": "jsonld", "nt": "ntriples", "rdf": "rdfxml"}


def document_iri(thing: str, suffix: str) -> str:
    """IRI of the document on a thing in a format."""
    return f"{iris.BASE}{path_of(thing)[0]}.{suffix}"


def document(thing: str, triples: Iterable[Triple], suffix: str, version: str) -> str:
    """The document on a thing.

    Parameters
    ----------
    thing : its IRI.
    triples : what is said of it.
    suffix : ``ttl``, ``jsonld``, ``nt`` or ``rdf``.
    version : the data version that it was taken from.
    """
    return serialised([*triples, *metadata(thing, suffix, version)], FORMS[suffix])


def metadata(thing: str, suffix: str, version: str) -> Iterator[Triple]:
    """What a document says of itself: its topic, its licence, the data version, and the other formats."""
    itself = document_iri(thing, suffix)
    pairs: list[tuple[str, Term]] = [
        (PREFIXES["rdf"] + "type", Iri(_FOAF + "Document")),
        (_FOAF + "primaryTopic", Iri(thing)),
        (_DCT + "isPartOf", Iri(iris.dataset(version))),
        (_DCT + "license", Iri(LICENCE)),
        *((_DCT + "hasFormat", Iri(document_iri(thing, other))) for other in ("html", *FORMS) if other != suffix),
    ]
    return (Triple(Iri(itself), Iri(prop), value) for prop, value in pairs)
