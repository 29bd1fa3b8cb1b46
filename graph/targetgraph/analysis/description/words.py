"""Plain words for properties, classes and named graphs, and what a thing is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from targetgraph import iris
from targetgraph.analysis.description.statements import NOTATION, PREF_LABEL, RDFS_LABEL, Statements
from targetgraph.namespaces import PREFIXES, TG

_DCT, _FOAF, _OA, _OWL, _PROV, _RDF, _RDFS, _SKOS = (
    PREFIXES[p] for p in ("dct", "foaf", "oa", "owl", "prov", "rdf", "rdfs", "skos")
)

#: Properties of other vocabularies, in words; those of ours have labels in the ontology.
PROPERTIES: Final = {
    _DCT + "created": "Made on",
    _DCT + "creator": "Made by",
    _DCT + "date": "Date",
    _DCT + "description": "In brief",
    _DCT + "hasPart": "Has part",
    _DCT + "identifier": "Identifier",
    _DCT + "isPartOf": "Part of",
    _DCT + "language": "Language",
    _DCT + "license": "Licence",
    _DCT + "source": "Source",
    _DCT + "title": "Title",
    _FOAF + "homepage": "Home page",
    _FOAF + "name": "Name",
    _OA + "end": "Ends at character",
    _OA + "exact": "Exact words",
    _OA + "hasSelector": "Where it stands",
    _OA + "hasSource": "In the wording",
    _OA + "prefix": "After the words",
    _OA + "start": "Begins at character",
    _OA + "suffix": "Before the words",
    _OWL + "versionIRI": "Version",
    _OWL + "versionInfo": "Version",
    _PROV + "used": "Used",
    _PROV + "wasAttributedTo": "Stated by",
    _PROV + "wasDerivedFrom": "Rests on",
    _PROV + "wasGeneratedBy": "Found by",
    _PROV + "wasRevisionOf": "Revises",
    _RDF + "type": "Kind",
    _RDFS + "comment": "Comment",
    _RDFS + "isDefinedBy": "Defined in",
    _RDFS + "label": "Name",
    _RDFS + "seeAlso": "See also",
    _SKOS + "altLabel": "Also called",
    _SKOS + "broadMatch": "Broader elsewhere",
    _SKOS + "broader": "Broader",
    _SKOS + "broaderTransitive": "Broader, at any distance",
    _SKOS + "closeMatch": "Close to",
    _SKOS + "definition": "Definition",
    _SKOS + "exactMatch": "The same as",
    _SKOS + "example": "Example",
    _SKOS + "hasTopConcept": "Top concepts",
    _SKOS + "hiddenLabel": "Also found as",
    _SKOS + "inScheme": "In the scheme",
    _SKOS + "narrowMatch": "Narrower elsewhere",
    _SKOS + "narrower": "Narrower",
    _SKOS + "notation": "Number",
    _SKOS + "note": "Note",
    _SKOS + "prefLabel": "Name",
    _SKOS + "related": "Related",
    _SKOS + "relatedMatch": "Related to",
    _SKOS + "scopeNote": "Scope",
    _SKOS + "topConceptOf": "Top concept of",
    PREFIXES["dcat"] + "hasCurrentVersion": "Current version",
    PREFIXES["dcat"] + "version": "Data version",
    PREFIXES["sh"] + "ask": "The query",
    PREFIXES["sh"] + "construct": "The query",
    PREFIXES["sh"] + "select": "The query",
    PREFIXES["void"] + "triples": "Statements",
    PREFIXES["void"] + "subset": "Named graphs",
    TG.isUmbrella: "A catch-all",
    TG.linkSubject: "Said of",
    TG.concerns: "Concerns",
    TG.madeAgainst: "Read from the wording",
    TG.restsOn: "Rests on the words",
    TG.verification: "How it is known",
    TG.confidence: "Confidence, from 0 to 1",
    TG.severity: "Severity, from 0 to 1",
    TG.gapSubject: "What lacks something",
    TG.because: "Why it counts",
    TG.certaintyReason: "How sure, and why",
    TG.shownBy: "Query that shows it",
    TG.deadlineYear: "Due",
    TG.text: "Text",
}

#: Classes of other vocabularies, in words.
CLASSES: Final = {
    _FOAF + "Document": "document",
    _OA + "SpecificResource": "part of a text",
    _OA + "TextPositionSelector": "position in a text",
    _OA + "TextQuoteSelector": "quotation",
    _OWL + "Class": "class",
    _OWL + "DatatypeProperty": "property with a plain value",
    _OWL + "NamedIndividual": "fixed value",
    _OWL + "ObjectProperty": "property",
    _OWL + "Ontology": "ontology",
    _PROV + "Activity": "activity",
    _PROV + "Agent": "agent",
    _SKOS + "Concept": "concept",
    _SKOS + "ConceptScheme": "concept scheme",
    PREFIXES["dcat"] + "Dataset": "data set",
    PREFIXES["sh"] + "SPARQLExecutable": "query",
    PREFIXES["sh"] + "SPARQLSelectExecutable": "query that answers with a table",
    PREFIXES["sh"] + "SPARQLAskExecutable": "query that answers yes or no",
    PREFIXES["sh"] + "SPARQLConstructExecutable": "query that answers with statements",
    PREFIXES["void"] + "Dataset": "set of statements",
}

#: What points to a thing, told from the thing's side.
POINTING: Final = {
    _DCT + "creator": "Made",
    _DCT + "isPartOf": "Parts",
    _DCT + "source": "A source for",
    _OA + "hasSelector": "Selector of",
    _OA + "hasSource": "Passages",
    _PROV + "used": "Used by",
    _PROV + "wasAttributedTo": "Stated",
    _PROV + "wasDerivedFrom": "What rests on it",
    _PROV + "wasGeneratedBy": "Gaps it found",
    _PROV + "wasRevisionOf": "Revised by",
    _RDFS + "isDefinedBy": "Terms it defines",
    _SKOS + "broader": "Narrower",
    _SKOS + "hasTopConcept": "Top concept of",
    _SKOS + "inScheme": "What it holds",
    _SKOS + "topConceptOf": "Top concepts",
    TG.assessedConcept: "Assessments of it",
    TG.assesses: "Who looked where",
    TG.basedOnSdgIndicator: "Indicators based on it",
    TG.bindsFramework: "Obligations that bind it",
    TG.concerns: "Claims that concern it",
    TG.gapSubject: "Gaps",
    TG.inDocument: "What stands in it",
    TG.inFramework: "What belongs to it",
    TG.linkSubject: "Claims about it",
    TG.madeAgainst: "Claims read from it",
    TG.measuresFramework: "Indicators for it",
    TG.partialEvidence: "Partial evidence for",
    TG.restsOn: "Claims that rest on it",
    TG.scopePhrase: "Targets that mention it only in the set phrase",
    TG.underObjective: "Targets under it",
    TG.wordingOf: "Wordings",
}

#: Ways of pointing that only repeat what a claim says; they are counted, not listed.
REPEATING: Final = frozenset(
    {
        TG.actor, TG.sector, TG.stage, TG.sdg, TG.indicator, TG.prerequisite, TG.successor, TG.issue,
        TG.responsibleActor, TG.impliedActor, TG.mentionsActor, TG.inSector, TG.namesSector, TG.atStage,
        TG.namesStage, TG.towardsSdg, TG.measuredBy, TG.dependsOn, TG.became, TG.onIssue,
        _SKOS + "broaderTransitive", _SKOS + "hasTopConcept", _RDF + "type", TG.columnScheme,
    }
)  # fmt: skip

#: What the statements of a named graph are.
GRAPHS: Final = {
    "inferred": "derived from the claims by rule",
    "computed": "found by the gap analysis",
    "mapped": "a mapping to another data set",
    "sdg": "from the United Nations’ own lists",
    "ontology": "declared in the ontology",
    "provenance": "where the statements came from",
    "vocabularies": "from the curated vocabularies",
    "documents": "from the curated list of documents",
    "framework": "from the curated tables of the framework",
    "about": "said of the graph itself, not in it",
}

#: The six languages of the United Nations; those written from right to left.
LANGUAGES: Final = {"en": "English", "fr": "français", "es": "español", "ru": "русский", "zh": "中文", "ar": "العربية"}
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})

_PREFERRED: Final = ("en", "")


def graph_words(graph: str) -> str:
    """Whose statement it is, in words, by the named graph it stands in."""
    short = graph.removeprefix(iris.BASE + "graph/").partition("/")[0]
    return GRAPHS.get(short, "")


@dataclass(frozen=True, slots=True)
class Name:
    """What a resource is called and where it leads.

    Parameters
    ----------
    iri : the resource.
    text : what it is called; for want of a label the end of its IRI.
    language : tag of the text, or empty.
    number : its notation, such as A1, or empty.
    kind : the most specific class, in words, or empty.
    paged : whether it has a page of its own: something is said of it, and it is no term of another vocabulary.
    """

    iri: str
    text: str
    language: str = ""
    number: str = ""
    kind: str = ""
    paged: bool = False

    @property
    def ours(self) -> bool:
        """Whether the resource is one of ours."""
        return self.iri.startswith(iris.BASE)


def has_page(statements: Statements, iri: str) -> bool:
    """Whether a resource has a page: ours if anything is said of it, another's if the graph describes it as its own."""
    if iri.startswith(iris.BASE):
        return iri in statements
    types = statements.types(iri)
    return "#" not in iri and bool(types) and not all(t.startswith(_OWL) for t in types)


@dataclass
class Words:
    """Names of things, from what is at hand of the graph and from the ontology.

    Parameters
    ----------
    statements : the graph, or a neighbourhood.
    terms : what is always at hand: the terms of the ontology, and what is said of graphs, queries and versions.
    """

    statements: Statements
    terms: Statements
    _names: dict[str, Name] = field(default_factory=dict, repr=False)

    def name(self, iri: str) -> Name:
        """What a resource is called; a name is made up from its IRI where it has no label."""
        if iri not in self._names:
            self._names[iri] = self._named(iri)
        return self._names[iri]

    def _named(self, iri: str) -> Name:
        source = self.statements if iri in self.statements else self.terms
        labels = source.labels(iri)
        language = next((tag for tag in (*_PREFERRED, *sorted(labels)) if tag in labels), "")
        text = labels.get(language) or self._composed(iri) or _last_part(iri)
        number = "" if TG.Framework in source.types(iri) else source.text(iri, NOTATION)
        return Name(iri, text, language, number, self.kind(iri), has_page(source, iri))

    def _composed(self, iri: str) -> str:
        """A name for what has no label of its own, out of the names of what it ties together."""
        types = self.statements.types(iri)
        if TG.Link in types:
            return f"{self._end(iri, TG.linkSubject, True)} → {self._end(iri, TG.concerns) or 'nothing'}"
        if TG.Wording in types:
            language = self.statements.text(iri, _DCT + "language")
            place = self._end(iri, TG.inDocument) or "a document"
            return f"Wording of {self._end(iri, TG.wordingOf, True)} in {place}" + (
                f" ({language})" if language else ""
            )
        if TG.Assessment in types:
            ends = (self._end(iri, TG.assesses, True), self._end(iri, TG.assessedConcept))
            return f"Assessment of {' and '.join(filter(None, ends))}: {_small(self._end(iri, TG.onDimension))}"
        if "#" in iri and iri.partition("#")[0] in self.statements:
            return f"{self.kind(iri)} of {self.name(iri.partition('#')[0]).text}"
        return ""

    def _end(self, iri: str, prop: str, short: bool = False) -> str:
        names = [self.name(end) for end in self.statements.iris(iri, prop)]
        return " and ".join((name.number if short else "") or name.text for name in names)

    def kind(self, iri: str) -> str:
        """The most specific class of a resource of which the ontology knows a name; empty for none."""
        source = self.statements if iri in self.statements else self.terms
        classes = self.specific(source.types(iri))
        return self.term(classes[0]) if classes else ""

    def specific(self, classes: list[str]) -> list[str]:
        """Those of the classes that no other of them is below, ours first."""
        above = {broader for c in classes for broader in self._broader(c)}
        kept = [c for c in classes if c not in above]
        return sorted(kept, key=lambda c: (not c.startswith(TG.NAMESPACE), c))

    def _broader(self, term: str) -> set[str]:
        found: set[str] = set()
        waiting = [term]
        while waiting:
            for broader in self.terms.iris(waiting.pop(), _RDFS + "subClassOf"):
                if broader not in found:
                    found.add(broader)
                    waiting.append(broader)
        return found

    def term(self, iri: str) -> str:
        """The name of a term: from the ontology, else the end of its IRI in words."""
        return self.terms.text(iri, RDFS_LABEL, PREF_LABEL) or CLASSES.get(iri) or _last_part(iri)

    def definition(self, iri: str) -> str:
        """What a term means; empty when the ontology does not say."""
        return self.terms.text(iri, _SKOS + "definition")

    def property(self, iri: str) -> str:
        """A property, in words that begin a line."""
        return PROPERTIES.get(iri) or _capital(self.term(iri))

    def pointing(self, iri: str) -> str:
        """A property, told from the side of its value."""
        return POINTING.get(iri) or f"“{_capital(self.term(iri))}” of"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _last_part(iri: str) -> str:
    short = iri.removeprefix(iris.BASE) if iri.startswith(iris.BASE) else iri
    tail = short.rstrip("/").rpartition("#")[2] if "#" in short else short
    if iri.startswith(iris.BASE):
        return unquote(tail) or iri
    return iri
