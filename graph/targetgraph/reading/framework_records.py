"""From rows of frameworks to records, once every check is passed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from targetgraph import records
from targetgraph.reading.tables import Row
from targetgraph.reading.wordings import Wordings, spot_of


def framework(row: Row) -> records.Framework:
    """A row of frameworks.csv."""
    return records.Framework(
        id=row.text("id"),
        label=row.text("label"),
        short_label=row.text("short_label"),
        status=row.text("status"),
        document=row.text("document"),
        date=row.text("date"),
        note=row.text("note"),
        verification=row.text("verification"),
        sources=row.many("source"),
        place=row.place(),
    )


def objective(row: Row) -> records.Objective:
    """A row of objectives.csv."""
    return records.Objective(
        framework=row.text("framework"),
        id=row.text("id"),
        label=row.text("label"),
        status=row.text("status"),
        sources=row.many("source"),
        place=row.place(),
    )


def targets(rows: Sequence[Row]) -> tuple[records.Target, ...]:
    """Targets, numbered in each framework as they follow each other."""
    numbers: Counter[str] = Counter()
    targets = []
    for row in rows:
        framework = row.text("framework")
        numbers[framework] += 1
        targets.append(
            records.Target(
                framework=framework,
                id=row.text("id"),
                order=numbers[framework],
                objective=row.text("objective"),
                status=row.text("status"),
                label=row.text("label"),
                summary=row.text("summary"),
                deadline=row.number("deadline"),
                measurable=row.text("measurable"),
                measurable_note=row.text("measurable_note"),
                scope_phrases=row.many("scope_phrase"),
                official_number=row.text("official_number"),
                verification=row.text("verification"),
                confidence=row.text("confidence"),
                sources=row.many("source"),
                partial_evidence=row.many("partial_evidence"),
                note=row.text("note"),
                place=row.place(),
            )
        )
    return tuple(targets)


def wording(row: Row) -> records.Wording:
    """A row of wordings.csv."""
    return records.Wording(
        framework=row.text("framework"),
        target=row.text("target"),
        language=row.text("language"),
        document=row.text("document"),
        text=row.text("text"),
        revises=row.text("revises"),
        note=row.text("note"),
        place=row.place(),
    )


def passage(row: Row, wordings: Wordings) -> records.Passage:
    """A row of passages.csv, with its place in the wording."""
    spot = spot_of(row, wordings)
    return records.Passage(
        framework=row.text("framework"),
        target=row.text("target"),
        id=row.text("id"),
        kind=row.text("kind"),
        quote=row.text("quote"),
        document=spot.document,
        language=spot.language,
        start=spot.start,
        end=spot.end,
        note=row.text("note"),
        place=row.place(),
    )


def link(row: Row) -> records.Link:
    """A row of links.csv or issue_links.csv."""
    of_issue = row.schema.register == "issue-link"
    return records.Link(
        framework="" if of_issue else row.text("framework"),
        subject=row.text("issue" if of_issue else "target"),
        kind=row.text("dimension"),
        concept=row.text("concept"),
        basis=row.text("basis"),
        role=row.text("role"),
        confidence=row.text("confidence"),
        rests_on="" if of_issue else row.text("rests_on"),
        made_against="" if of_issue else row.text("made_against"),
        rationale=row.text("rationale"),
        verification=row.text("status"),
        sources=row.many("source"),
        place=row.place(),
    )


def lineage(row: Row) -> records.Lineage:
    """A row of lineage.csv."""
    return records.Lineage(
        framework=row.text("framework"),
        proposal=row.text("proposal"),
        relation=row.text("relation"),
        successor_framework=row.text("successor_framework"),
        successor=row.text("successor"),
        confidence=row.text("confidence"),
        # The record has one remark; a note that somebody wrote beside the rationale is not thrown away.
        rationale="; ".join(filter(None, (row.text("rationale"), row.text("note")))),
        place=row.place(),
    )


def dependency(row: Row) -> records.Dependency:
    """A row of dependencies.csv."""
    return records.Dependency(
        framework=row.text("framework"),
        target=row.text("target"),
        needs=row.text("needs"),
        confidence=row.text("confidence"),
        rationale=row.text("rationale"),
        place=row.place(),
    )


def assessment(row: Row) -> records.Assessment:
    """A row of assessments.csv."""
    return records.Assessment(
        framework=row.text("framework"),
        dimension=row.text("dimension"),
        result=row.text("result"),
        target=row.text("target"),
        concept=row.text("concept"),
        reason=row.text("reason"),
        date=row.text("date"),
        place=row.place(),
    )


def acceptance(row: Row) -> records.Acceptance:
    """A row of acceptances.csv."""
    return records.Acceptance(
        gap=row.text("gap"),
        reason=row.text("reason"),
        accepted_by=row.text("accepted_by"),
        date=row.text("date"),
        place=row.place(),
    )
