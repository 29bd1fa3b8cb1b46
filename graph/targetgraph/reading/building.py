"""From rows that have passed every check to the collection of records."""

from __future__ import annotations

from collections.abc import Sequence

from targetgraph import records
from targetgraph.reading import framework_records, vocabulary_records
from targetgraph.reading.references import Registers
from targetgraph.reading.wordings import wordings_by_target


def build_collection(registers: Registers, tables: Sequence[records.Table]) -> records.Collection:
    """The records of rows in which no problem was found."""
    rows = registers.rows
    wordings = wordings_by_target(rows["wording"])
    return records.Collection(
        tables=tuple(tables),
        actors=tuple(map(vocabulary_records.actor, rows["actor"])),
        sectors=tuple(map(vocabulary_records.sector, rows["sector"])),
        stages=tuple(map(vocabulary_records.stage, rows["stage"])),
        issues=tuple(map(vocabulary_records.issue, rows["issue"])),
        sdgs=tuple(map(vocabulary_records.sdg, rows["sdg"])),
        sdg_indicators=tuple(map(vocabulary_records.sdg_indicator, rows["sdg-indicator"])),
        indicators=tuple(map(vocabulary_records.indicator, rows["indicator"])),
        documents=tuple(map(vocabulary_records.document, rows["document"])),
        frameworks=tuple(map(framework_records.framework, rows["framework"])),
        objectives=tuple(map(framework_records.objective, rows["objective"])),
        targets=framework_records.targets(rows["target"]),
        wordings=tuple(map(framework_records.wording, rows["wording"])),
        passages=tuple(framework_records.passage(row, wordings) for row in rows["passage"]),
        links=tuple(map(framework_records.link, (*rows["link"], *rows["issue-link"]))),
        lineage=tuple(map(framework_records.lineage, rows["lineage"])),
        dependencies=tuple(map(framework_records.dependency, rows["dependency"])),
        assessments=tuple(map(framework_records.assessment, rows["assessment"])),
        acceptances=tuple(map(framework_records.acceptance, rows["acceptance"])),
    )
