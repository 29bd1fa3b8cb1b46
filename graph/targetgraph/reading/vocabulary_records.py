"""From rows of vocabularies to records, once every check is passed."""

from __future__ import annotations

from typing import TypedDict

from targetgraph import records
from targetgraph.errors import Place
from targetgraph.reading.tables import Row, labels_of


class _Entry(TypedDict):
    """The fields of :class:`targetgraph.records.Concept` that tables give alike."""

    id: str
    labels: dict[str, str]
    kind: str
    note: str
    status: str
    sources: tuple[str, ...]
    place: Place


def _entry(row: Row) -> _Entry:
    return _Entry(
        id=row.text("id"),
        labels=labels_of(row),
        kind=row.text("kind") if "kind" in row.values else "",
        note=row.text("note"),
        status=row.text("status"),
        sources=row.many("source"),
        place=row.place(),
    )


def actor(row: Row) -> records.Actor:
    """A row of actors.csv."""
    return records.Actor(
        **_entry(row),
        broader=row.text("broader"),
        umbrella=row.flag("umbrella"),
        wikidata=row.text("wikidata"),
        homepage=row.text("homepage"),
    )


def sector(row: Row) -> records.Sector:
    """A row of sectors.csv."""
    return records.Sector(
        **_entry(row),
        broader=row.text("broader"),
        umbrella=row.flag("umbrella"),
        isic_section=row.text("isic_section"),
        isic_division=row.text("isic_division"),
    )


def stage(row: Row) -> records.Stage:
    """A row of stages.csv."""
    return records.Stage(
        **_entry(row),
        broader=row.text("broader"),
        umbrella=row.flag("umbrella"),
        order=row.number("order") or 0,
        definition=row.text("definition"),
    )


def issue(row: Row) -> records.Issue:
    """A row of issues.csv."""
    return records.Issue(
        **_entry(row),
        session=row.text("session"),
        year=row.number("year"),
        resolution=row.text("resolution"),
        gfc_status=row.text("gfc_status"),
    )


def sdg(row: Row) -> records.SdgEntry:
    """A row of sdgs.csv."""
    level, goal = row.text("level"), row.text("goal")
    return records.SdgEntry(
        **_entry(row),
        broader=goal if level == "target" else "",
        level=level,
        goal=goal,
        iri=row.text("un_iri"),
        sdgio_iri=row.text("sdgio_iri"),
        deadline=row.number("deadline_year"),
    )


def sdg_indicator(row: Row) -> records.SdgIndicator:
    """A row of sdg_indicators.csv."""
    return records.SdgIndicator(
        code=row.text("code"),
        target=row.text("target"),
        label=row.text("label"),
        permanent_code=row.text("un_permanent_code"),
        iri=row.text("un_iri"),
        repeats=row.text("repeats_code"),
        current=row.flag("in_global_framework_2024"),
        note=row.text("note"),
        status=row.text("status"),
        sources=row.many("source"),
        place=row.place(),
    )


def indicator(row: Row) -> records.Indicator:
    """A row of indicators.csv."""
    return records.Indicator(
        **_entry(row),
        adoption=row.text("adoption"),
        adoption_note=row.text("adoption_note"),
        measures_framework=row.text("measures_framework"),
        scope=row.text("scope"),
        custodian=row.text("custodian"),
        sdg_indicators=row.many("sdg_indicator"),
    )


def document(row: Row) -> records.Document:
    """A row of documents.csv."""
    return records.Document(
        id=row.text("id"),
        kind=row.text("kind"),
        title=row.text("title"),
        symbol=row.text("symbol"),
        date_start=row.text("date_start"),
        date_end=row.text("date_end"),
        place_held=row.text("place"),
        note=row.text("note"),
        status=row.text("status"),
        sources=row.many("source"),
        place=row.place(),
    )
