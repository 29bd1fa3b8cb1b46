"""The tables of the CSVW export: which things have rows, and which property each column holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from targetgraph.namespaces import PREFIXES, TG

LANGUAGES: Final = ("en", "fr", "es", "ar", "zh", "ru")
IRI: Final = "anyURI"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: one property of the things in the rows.

    Parameters
    ----------
    name : the header.
    title : what people may call it.
    prop : IRI of the property.
    datatype : name of an XML Schema datatype; `IRI` when the value is a resource.
    language : of the texts.
    table : table whose rows the values are.
    """

    name: str
    title: str
    prop: str
    datatype: str = "string"
    language: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table of things.

    Parameters
    ----------
    name : file name without ending.
    title : what a row is.
    types : classes that say a thing has a row here.
    columns : after ``iri``, which is the key.
    implied : types every row has, so that they need no column.
    kind : header of the column for the type that tells rows apart; none when empty.
    """

    name: str
    title: str
    types: tuple[str, ...]
    columns: tuple[Column, ...]
    implied: tuple[str, ...]
    kind: str = ""


def _iri(compact: str) -> str:
    prefix, _, name = compact.partition(":")
    return PREFIXES[prefix] + name


def _to(name: str, title: str, compact: str, table: str = "") -> Column:
    return Column(name, title, _iri(compact), IRI, table=table)


def _words(name: str, title: str, compact: str, language: str = "en") -> Column:
    return Column(name, title, _iri(compact), language=language)


def _plain(name: str, title: str, compact: str, datatype: str = "string") -> Column:
    return Column(name, title, _iri(compact), datatype)


def _days(name: str, title: str, compact: str) -> tuple[Column, ...]:
    """A date as precise as it is known: a day, a month or a year."""
    return (
        _plain(f"{name}_day", f"{title} (day)", compact, "date"),
        _plain(f"{name}_month", f"{title} (month)", compact, "gYearMonth"),
        _plain(f"{name}_year", f"{title} (year)", compact, "gYear"),
    )


_CODE = _plain("code", "Code", "skos:notation")
_LABEL = _words("label", "Label", "rdfs:label")
_NOTE = _words("note", "Note", "skos:note")
_ORDER = _plain("order", "Order", "tg:order", "integer")
_VERIFICATION = _to("verification", "How it is known", "tg:verification")
_CONFIDENCE = _plain("confidence", "Confidence, 0 to 1", "tg:confidence", "decimal")
_SOURCE = _to("source", "Source (further ones in further_links)", "dct:source")
_BY = _to("attributed_to", "Whose claim it is", "prov:wasAttributedTo")
_FRAMEWORK = _to("framework", "Framework", "tg:inFramework", "frameworks")
_YEAR = _plain("deadline_year", "Due", "tg:deadlineYear", "gYear")
_LABELS = tuple(_words(f"label_{tag}", f"Label ({tag})", "skos:prefLabel", tag) for tag in LANGUAGES)


def _concepts(name: str, title: str, classes: tuple[str, ...], *more: Column, kind: str = "") -> TableSchema:
    columns = (
        *_LABELS,
        _to("scheme", "Vocabulary", "skos:inScheme"),
        _to("broader", "Broader", "skos:broader", name),
        *more,
        _NOTE,
        _VERIFICATION,
        _SOURCE,
    )
    skos = PREFIXES["skos"] + "Concept"
    return TableSchema(name, title, classes, columns, (skos,) if kind else (skos, *classes), kind)


_UMBRELLA = _plain("is_umbrella", "Catch-all", "tg:isUmbrella", "boolean")
_TOP = _to("top_concept_of", "Top concept of", "skos:topConceptOf")
_KIND = _plain("sort", "Sort", "tg:kind")
_CLAIM = (
    _to("basis", "Basis", "tg:basis"),
    _CONFIDENCE,
    _VERIFICATION,
    _words("rationale", "Reason", "tg:rationale"),
    _to("rests_on", "Passage it rests on", "tg:restsOn", "passages"),
    _to("made_against", "Wording it was read from", "tg:madeAgainst", "wordings"),
    _SOURCE,
    _BY,
)

FRAMEWORKS: Final = TableSchema(
    "frameworks", "A framework of targets", (TG.Framework,),
    (
        _CODE, _LABEL, _words("short_label", "Short label", "skos:altLabel"), _to("status", "Status", "tg:status"),
        *_days("date", "Date", "dct:date"), _to("document", "Document", "tg:inDocument", "documents"),
        _NOTE, _VERIFICATION, _SOURCE,
    ),
    (TG.Framework,),
)  # fmt: skip
OBJECTIVES: Final = TableSchema(
    "objectives", "A heading under which targets stand", (TG.Objective,),
    (_CODE, _LABEL, _FRAMEWORK, _ORDER, _VERIFICATION, _SOURCE), (TG.Objective,),
)  # fmt: skip
TARGETS: Final = TableSchema(
    "targets", "A target", (TG.Target,),
    (
        _CODE, _LABEL, _words("description", "Paraphrase", "dct:description"), _FRAMEWORK,
        _to("objective", "Objective", "tg:underObjective", "objectives"), _ORDER, _to("status", "Status", "tg:status"),
        _YEAR, _to("measurability", "Has it a checkable end state", "tg:measurability"),
        _words("measurability_note", "On its end state", "tg:measurabilityNote"),
        _plain("official_number", "Official number", "tg:officialNumber"),
        _to("scope_phrase", "Stage mentioned in a set phrase only", "tg:scopePhrase", "stages"),
        _VERIFICATION, _CONFIDENCE, _words("verification_note", "On the verification", "tg:verificationNote"), _SOURCE,
    ),
    (TG.Target,),
)  # fmt: skip
WORDINGS: Final = TableSchema(
    "wordings", "The text of a target in one document and language", (TG.Wording,),
    (
        _to("target", "Target", "tg:wordingOf", "targets"), _to("document", "Document", "tg:inDocument", "documents"),
        _plain("language", "Language", "dct:language"), _to("text_status", "Is the text held", "tg:textStatus"),
        _plain("text", "Text", "tg:text"), _to("revises", "Revises", "prov:wasRevisionOf", "wordings"), _NOTE,
    ),
    (TG.Wording,),
)  # fmt: skip
PASSAGES: Final = TableSchema(
    "passages", "A stretch of a wording", (TG.Passage,),
    (_LABEL, _to("wording", "Wording", "oa:hasSource", "wordings"), _to("selector", "Selector", "oa:hasSelector"), _NOTE),
    (TG.Passage, PREFIXES["oa"] + "SpecificResource"), "kind",
)  # fmt: skip
LINKS: Final = TableSchema(
    "links", "A claim that ties a target to something", (TG.Link,),
    (
        _to("target", "Target", "tg:linkSubject", "targets"), _to("concerns", "What it is tied to", "tg:concerns"),
        _to("actor", "Actor", "tg:actor", "actors"), _to("role", "Role", "tg:role"),
        _to("sector", "Sector", "tg:sector", "sectors"), _to("stage", "Life-cycle stage", "tg:stage", "stages"),
        _to("sdg", "SDG", "tg:sdg", "sdgs"), _to("indicator", "Indicator", "tg:indicator", "indicators"),
        _to("issue", "Issue of concern", "tg:issue", "issues"),
        _to("prerequisite", "Target it needs", "tg:prerequisite", "targets"),
        _to("successor", "Target it became", "tg:successor", "targets"),
        _to("lineage_relation", "How it became that", "tg:lineageRelation"), *_CLAIM,
    ),
    (TG.Link,), "kind",
)  # fmt: skip
ISSUE_LINKS: Final = TableSchema(
    "issue_links", "A claim that ties an issue of concern to something", (),
    (
        _to("issue", "Issue of concern", "tg:linkSubject", "issues"), _to("concerns", "What it is tied to", "tg:concerns"),
        _to("sector", "Sector", "tg:sector", "sectors"), _to("stage", "Life-cycle stage", "tg:stage", "stages"), *_CLAIM,
    ),
    (TG.Link,), "kind",
)  # fmt: skip
GAPS: Final = TableSchema(
    "gaps", "Something expected and not there", (TG.Gap,),
    (
        _LABEL, _FRAMEWORK, _to("subject", "What lacks it", "tg:gapSubject"), _to("dimension", "Dimension", "tg:onDimension"),
        _words("missing", "What is missing", "tg:missing"), _words("because", "Why it counts", "tg:because"),
        _plain("severity", "Gravity, 0 to 1", "tg:severity", "decimal"), _CONFIDENCE,
        _words("certainty_reason", "Why so sure", "tg:certaintyReason"), _to("status", "Status", "tg:gapStatus"),
        _plain("first_seen", "First seen", "tg:firstSeen", "date"),
        _words("accepted_because", "Why it was accepted", "tg:acceptedBecause"),
        _to("query", "Query that shows it", "tg:shownBy"),
        _plain("parameters", "Parameters of the query", "tg:parameters"),
        _to("run", "Search that found it", "prov:wasGeneratedBy"),
        _to("evidence", "Evidence (further in further_links)", "prov:wasDerivedFrom"),
    ),
    (TG.Gap,), "kind",
)  # fmt: skip
DOCUMENTS: Final = TableSchema(
    "documents", "A document, meeting or group of the process", (TG.Document, TG.ProcessEvent, TG.WorkingGroup),
    (
        _LABEL, _KIND, _plain("symbol", "Symbol", "dct:identifier"),
        *_days("start", "Begin", "tg:startDate"), *_days("end", "End", "tg:endDate"),
        _plain("place", "Place", "tg:place"), _NOTE, _VERIFICATION, _SOURCE,
    ),
    (), "kind",
)  # fmt: skip

TABLES: Final = (
    FRAMEWORKS,
    OBJECTIVES,
    TARGETS,
    WORDINGS,
    PASSAGES,
    LINKS,
    ISSUE_LINKS,
    _concepts(
        "actors", "A category of actors, or a body", (TG.ActorCategory, TG.Organisation), _TOP, _UMBRELLA, _KIND,
        _to("homepage", "Home page", "foaf:homepage"), _to("same_as", "The same elsewhere", "skos:exactMatch"), kind="kind",
    ),
    _concepts(
        "sectors", "A sector", (TG.Sector,), _TOP, _UMBRELLA, _KIND, _plain("isic_section", "ISIC section", "tg:isicSection"),
        _plain("isic_division", "ISIC division", "tg:isicDivision"),
        _to("related_to", "Related elsewhere", "skos:relatedMatch"),
    ),
    _concepts(
        "stages", "A stage of the life cycle", (TG.LifeCycleStage,), _TOP, _UMBRELLA, _KIND, _ORDER,
        _words("definition", "Definition", "skos:definition"),
    ),
    _concepts(
        "issues", "An issue of concern", (TG.IssueOfConcern,), _TOP, _UMBRELLA, _KIND,
        _plain("session", "Session", "tg:session"),
        *_days("start", "Begin", "tg:startDate"), _plain("resolution", "Resolution", "dct:identifier"),
        _words("standing", "Standing in the framework", "skos:scopeNote"),
    ),
    _concepts(
        "indicators", "An indicator", (TG.Indicator,), _TOP, _UMBRELLA, _KIND,
        _to("adoption", "Adoption status", "tg:adoptionStatus"),
        _plain("custodian", "Custodian", "tg:custodian"), _words("adoption_note", "On its adoption", "tg:adoptionNote"),
        _words("scope", "Scope", "skos:scopeNote"), _to("measures", "Measures", "tg:measuresFramework", "frameworks"),
        _to("sdg_indicator", "SDG indicator it is based on", "tg:basedOnSdgIndicator", "sdg_indicators"),
    ),
    _concepts(
        "sdgs", "A Sustainable Development Goal or target", (TG.SdgGoal, TG.SdgTarget), _CODE, _TOP, _YEAR,
        _to("same_as", "The same elsewhere", "skos:exactMatch"), kind="kind",
    ),
    TableSchema(
        "sdg_indicators", "An indicator of the 2030 Agenda", (TG.SdgIndicator,),
        (
            _CODE, _LABELS[0], _to("scheme", "Vocabulary", "skos:inScheme"), _to("broader", "Target", "skos:broader", "sdgs"),
            _plain("permanent_code", "Permanent code", "tg:permanentCode"),
            _plain("in_global_framework", "In the global list", "tg:inGlobalFramework", "boolean"),
            _NOTE, _VERIFICATION, _SOURCE,
        ),
        (PREFIXES["skos"] + "Concept", TG.SdgIndicator),
    ),
    DOCUMENTS,
    GAPS,
)  # fmt: skip
