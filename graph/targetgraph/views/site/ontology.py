"""The page on the ontology: what pyLODE made of it, or a plain list of its terms; and the values that pyLODE leaves out."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from targetgraph import iris
from targetgraph.analysis.description.addresses import Place, web_safe
from targetgraph.analysis.description.statements import Statements
from targetgraph.analysis.description.words import Words
from targetgraph.library.terms import Iri
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.views.site.shell import FORMATS, Shell, page

_OWL, _DCT, _RDFS, _SKOS = (PREFIXES[p] for p in ("owl", "dct", "rdfs", "skos"))
_KINDS = (
    ("Classes", _OWL + "Class"),
    ("Properties that link things", _OWL + "ObjectProperty"),
    ("Properties with plain values", _OWL + "DatatypeProperty"),
    ("Fixed values", _OWL + "NamedIndividual"),
    ("Schemes of fixed values", _SKOS + "ConceptScheme"),
)
_SHOWN = (
    _RDFS + "subClassOf", _RDFS + "subPropertyOf", _RDFS + "domain", _RDFS + "range", _SKOS + "inScheme",
    _SKOS + "example", _DCT + "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    label: str
    definition: str
    facts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def ontology_page(statements: Statements, shell: Shell, version: str = "", generated: str | None = None) -> str:
    """The page on the ontology.

    Parameters
    ----------
    statements : those of the ontology.
    version : where the page is that of a version, its number.
    generated : documentation made by pyLODE, cleaned; without it the terms are listed plainly.
    """
    ontology = iris.ONTOLOGY
    path = f"ontology/{version}" if version else "ontology"
    place = shell.place(path)
    words = Words(statements, statements)
    terms = [t for t in statements if t.startswith(TG.NAMESPACE)]
    if generated is not None:
        terms = [t for t in terms if f'id="{t.removeprefix(TG.NAMESPACE)}"' not in generated]
    return page(
        "ontology.html",
        shell,
        place,
        statements.text(ontology, _DCT + "title") or "Ontology",
        description=statements.text(ontology, _DCT + "description"),
        version_iri=statements.text(ontology, _OWL + "versionIRI"),
        shown_version=statements.text(ontology, _OWL + "versionInfo"),
        generated=Markup(generated) if generated is not None else "",
        kinds=_kinds(words, terms, place),
        cite_as=f"{ontology}/{version}" if version else ontology,
        formats=FORMATS if shell.complete else shell.formats,
    )


def ontology_versions(statements: Statements) -> list[str]:
    """Numbers of the versions whose IRI the ontology states."""
    lead = iris.ONTOLOGY + "/"
    stated = statements.iris(iris.ONTOLOGY, _OWL + "versionIRI")
    return [iri.removeprefix(lead) for iri in stated if iri.startswith(lead)]


def _kinds(words: Words, terms: list[str], place: Place) -> list[tuple[str, list[_Entry]]]:
    left = set(terms)
    found = []
    for heading, kind in _KINDS:
        here = sorted(t for t in left if kind in words.statements.types(t))
        left.difference_update(here)
        found.append((heading, here))
    found.append(("Other terms", sorted(left)))
    return [(heading, [_entry(words, t, place) for t in here]) for heading, here in found if here]


def _entry(words: Words, term: str, place: Place) -> _Entry:
    facts = []
    for prop in _SHOWN:
        values = []
        for value in words.statements.values(term, prop):
            if isinstance(value, Iri):
                values.append((words.name(value.value).text, _address(value.value, place)))
            else:
                values.append((str(value), ""))
        if values:
            facts.append((words.property(prop), tuple(values)))
    return _Entry(term.removeprefix(TG.NAMESPACE), words.term(term), words.definition(term), tuple(facts))


def _address(iri: str, place: Place) -> str:
    if iri.startswith(TG.NAMESPACE):
        return "#" + iri.removeprefix(TG.NAMESPACE)
    if iri.startswith(iris.BASE):
        return place.page(iri)
    return iri if web_safe(iri) else ""
