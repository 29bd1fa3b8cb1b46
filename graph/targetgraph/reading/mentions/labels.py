"""Labels of the vocabularies: preferred ones from the tables, alternative and hidden ones from SKOS files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from targetgraph import iris, resources
from targetgraph.namespaces import PREFIXES
from targetgraph.records import Collection, Concept
from targetgraph.store.turtle_files import literal_statements

PREFERRED, ALTERNATIVE, HIDDEN = "preferred", "alternative", "hidden"
FILE = "labels.ttl"
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
EVERY_LANGUAGE = ""
"""Language of abbreviations and symbols, which are the same in all."""

_FORMS = {
    PREFIXES["skos"] + "prefLabel": PREFERRED,
    PREFIXES["skos"] + "altLabel": ALTERNATIVE,
    PREFIXES["skos"] + "hiddenLabel": HIDDEN,
}
_ABBREVIATED = re.compile(r"(?P<name>.+?)\s*\((?P<short>[^\s()]{2,12})\)")
_IN_PARENTHESES = re.compile(r"\s*\([^()]*\)")
_SYMBOL = re.compile(r"[A-Z0-9][A-Za-z0-9.]*(?:[/ ][A-Z0-9][A-Za-z0-9./]*)*")


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a concept.

    Parameters
    ----------
    kind : ``actor``, ``sector``, ``stage``, ``sdg``, ``issue`` or ``document``.
    concept : identifier.
    text : the label.
    language : two-letter code, or :data:`EVERY_LANGUAGE`.
    form : ``preferred``, ``alternative`` or ``hidden`` (SKOS Reference, section 5). A hidden label finds, with less
        confidence, and is never shown.
    """

    kind: str
    concept: str
    text: str
    language: str
    form: str = PREFERRED


def vocabulary_labels(collection: Collection, files: Iterable[Path] = ()) -> list[Label]:
    """All labels by which the things of a collection may be named.

    Parameters
    ----------
    collection : tables that were read.
    files : Turtle files with further ``skos:altLabel`` and ``skos:hiddenLabel`` (bundled: ``ontology/labels.ttl``).

    Raises
    ------
    InputError
        If a file cannot be read.
    """
    found: list[Label] = []
    by_iri = things(collection)
    for kind, concepts in _vocabularies(collection):
        for concept in concepts:
            for language, text in concept.labels.items():
                found += _split(kind, concept.id, text, language.split("-")[0], PREFERRED)
    for document in collection.documents:
        if document.kind == "instrument":
            found.append(Label("document", document.id, document.title, "en"))
        if _SYMBOL.fullmatch(document.symbol) and "/" in document.symbol and len(document.symbol) > 6:
            found.append(Label("document", document.id, document.symbol, EVERY_LANGUAGE))
    found += labels_in((resources.ontology() / FILE, *files), by_iri)
    return found


def things(collection: Collection) -> dict[str, tuple[str, str]]:
    """What may have labels: kind and identifier by address."""
    by_iri = {iris.document(document.id): ("document", document.id) for document in collection.documents}
    for kind, concepts in _vocabularies(collection):
        for concept in concepts:
            body = kind == "actor" and concept.kind == "organisation"
            iri = iris.organisation(concept.id) if body else iris.concept(kind, concept.id)
            by_iri[iri] = (kind, concept.id)
    return by_iri


def labels_in(files: Iterable[Path], by_iri: dict[str, tuple[str, str]]) -> Iterator[Label]:
    """The labels that Turtle files give to things already known by their IRI; of others there is nothing to say."""
    for file in files:
        for statement in literal_statements(file):
            form = _FORMS.get(statement.predicate)
            if form and statement.subject in by_iri:
                kind, concept = by_iri[statement.subject]
                yield from _split(kind, concept, statement.text, statement.language.split("-")[0], form)


def _vocabularies(collection: Collection) -> Iterator[tuple[str, Iterable[Concept]]]:
    yield "actor", collection.actors
    yield "sector", collection.sectors
    yield "stage", collection.stages
    yield "issue", collection.issues


def _split(kind: str, concept: str, text: str, language: str, form: str) -> Iterator[Label]:
    """``World Health Organization (WHO)`` is two labels; other words in parentheses explain and are left out."""
    match = _ABBREVIATED.fullmatch(text)
    if match and not match["short"].islower():
        yield Label(kind, concept, match["short"], EVERY_LANGUAGE, ALTERNATIVE)
        text = match["name"]
    text = _IN_PARENTHESES.sub("", text)
    capitals = len(text) > 1 and text.isupper() and " " not in text and text.isascii()
    yield Label(
        kind, concept, text, EVERY_LANGUAGE if capitals and kind == "actor" and language == "en" else language, form
    )
