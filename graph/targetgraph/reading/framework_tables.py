"""The tables of frameworks: their targets, the wordings of these, and the claims made about them."""

from __future__ import annotations

from dataclasses import replace

from targetgraph.reading.columns import (
    DATE,
    IDENTIFIER,
    IDENTIFIERS,
    INTEGER,
    LANGUAGE,
    NAME,
    YEAR,
    Reference,
    choice,
)
from targetgraph.reading.schema import (
    BASIS,
    CLAIMED,
    CONCEPT,
    CONCEPTS,
    CONFIDENCE,
    DOCUMENT,
    FRAMEWORK,
    KNOWN,
    NOTE,
    ROLE,
    SOURCE,
    STATE,
    STATUS,
    TARGET,
    TARGET_HERE,
    TableSchema,
    extra,
    may,
    must,
)

FRAMEWORKS = TableSchema(
    "framework",
    "frameworks.csv",
    "Frameworks of targets",
    (
        must("id", IDENTIFIER),
        must("label"),
        must("short_label"),
        must("status", STATE),
        extra("document", IDENTIFIER, DOCUMENT),
        extra("date", DATE),
        NOTE,
        must("verification", KNOWN),
        SOURCE,
    ),
    needs_rows=True,
)
OBJECTIVES = TableSchema(
    "objective",
    "objectives.csv",
    "Objectives under which frameworks group their targets",
    (FRAMEWORK, must("id", NAME), must("label"), STATUS, SOURCE),
    key=("framework", "id"),
)
ISSUE_LINKS = TableSchema(
    "issue-link",
    "issue_links.csv",
    "What issues of concern are linked to",
    (
        must("issue", IDENTIFIER, Reference(("issue",))),
        must("dimension", choice("actor", "sector", "stage", "sdg", "indicator")),
        CONCEPT,
        extra("role", ROLE),
        must("basis", BASIS),
        must("confidence", CONFIDENCE),
        extra("rationale"),
        must("status", CLAIMED),
        SOURCE,
    ),
    key=("issue", "dimension", "concept", "role"),
)
LINEAGE = TableSchema(
    "lineage",
    "lineage.csv",
    "What became of proposals",
    (
        FRAMEWORK,
        must("proposal", NAME, TARGET_HERE),
        must("relation", choice("became", "shortened", "content-in", "dropped")),
        may("successor_framework", IDENTIFIER, Reference(("framework",))),
        may("successor", NAME, Reference(("target",), scope=("successor_framework",))),
        must("confidence", CONFIDENCE),
        extra("rationale"),
        NOTE,
    ),
    key=("framework", "proposal", "successor_framework", "successor"),
)
DEPENDENCIES = TableSchema(
    "dependency",
    "dependencies.csv",
    "Targets that need the result of another",
    (
        FRAMEWORK,
        TARGET,
        must("needs", NAME, TARGET_HERE),
        must("confidence", CONFIDENCE),
        extra("rationale"),
    ),
    key=("framework", "target", "needs"),
)
ASSESSMENTS = TableSchema(
    "assessment",
    "assessments.csv",
    "Who looked at what, under which dimension",
    (
        FRAMEWORK,
        may("target", NAME, TARGET_HERE),
        must("dimension", IDENTIFIER),
        may("concept", IDENTIFIER, Reference(CONCEPTS)),
        must("result", choice("assessed", "not-assessed", "not-applicable")),
        extra("reason"),
        extra("date", DATE),
    ),
    key=("framework", "target", "dimension", "concept"),
)
ACCEPTANCES = TableSchema(
    "acceptance",
    "acceptances.csv",
    "Gaps that somebody has decided to live with, and why",
    (must("gap"), must("reason"), extra("accepted_by"), extra("date", DATE)),
    key=("gap",),
)
TARGETS = TableSchema(
    "target",
    "targets.csv",
    "Targets",
    (
        must("id", NAME),
        may("objective", NAME, Reference(("objective",), scope=("framework",))),
        must("status", STATE),
        may("deadline", YEAR),
        must("label"),
        must("summary"),
        extra("measurable", choice("yes", "partly", "no")),
        extra("measurable_note"),
        extra("scope_phrase", IDENTIFIERS, Reference(("stage",))),
        extra("official_number"),
        must("verification", KNOWN),
        must("confidence", CONFIDENCE),
        SOURCE,
        replace(SOURCE, name="partial_evidence"),
        NOTE,
    ),
    key=("framework", "id"),
    needs_rows=True,
    in_framework=True,
)
WORDINGS = TableSchema(
    "wording",
    "wordings.csv",
    "Wordings of targets",
    (
        TARGET,
        must("language", LANGUAGE),
        must("document", IDENTIFIER, DOCUMENT),
        extra("revises", IDENTIFIER, DOCUMENT),
        may("text"),
        NOTE,
    ),
    key=("framework", "target", "document", "language"),
    in_framework=True,
)
PASSAGES = TableSchema(
    "passage",
    "passages.csv",
    "Bracketed, emphasised and hedging passages",
    (
        must("id", NAME),
        TARGET,
        must("kind", choice("bracket", "emphasis", "hedge")),
        must("quote"),
        extra("occurrence", INTEGER),
        # Which wording is quoted, for a target that has several; by default the first.
        extra("document", IDENTIFIER, DOCUMENT),
        extra("language", LANGUAGE),
        NOTE,
    ),
    key=("framework", "target", "id"),
    in_framework=True,
)
LINKS = TableSchema(
    "link",
    "links.csv",
    "What targets are linked to",
    (
        TARGET,
        must("dimension", choice(*CONCEPTS)),
        CONCEPT,
        may("role", ROLE),
        must("basis", BASIS),
        must("confidence", CONFIDENCE),
        extra("rests_on", NAME, Reference(("passage",), scope=("framework", "target"))),
        # The document of the wording a link was read from, for a target that has several.
        extra("made_against", IDENTIFIER, DOCUMENT),
        extra("rationale"),
        must("status", CLAIMED),
        SOURCE,
    ),
    key=("framework", "target", "dimension", "concept", "role"),
    in_framework=True,
)
