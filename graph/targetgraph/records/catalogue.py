"""Everything that was read, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from targetgraph.records.frameworks import (
    Acceptance,
    Assessment,
    Dependency,
    Framework,
    Lineage,
    Link,
    Objective,
    Passage,
    Target,
    Wording,
)
from targetgraph.records.vocabularies import (
    Actor,
    Document,
    Indicator,
    Issue,
    SdgEntry,
    SdgIndicator,
    Sector,
    Stage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that was read: its name, the SHA-256 of its bytes, and what the manifest says of it.

    ``folder`` names the folder it lies in, unless that is the first, the bundled one.
    """

    name: str
    sha256: str
    title: str = ""
    licence: str = ""
    date: str = ""
    recorded_sha256: str = ""
    folder: str = ""

    @property
    def changed(self) -> bool:
        """Whether the bytes differ from those the manifest recorded."""
        return self.recorded_sha256 not in ("", self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """All records of one build, in the order of their tables. References between them have been checked."""

    tables: tuple[Table, ...] = ()
    actors: tuple[Actor, ...] = ()
    sectors: tuple[Sector, ...] = ()
    stages: tuple[Stage, ...] = ()
    issues: tuple[Issue, ...] = ()
    sdgs: tuple[SdgEntry, ...] = ()
    sdg_indicators: tuple[SdgIndicator, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    documents: tuple[Document, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    objectives: tuple[Objective, ...] = ()
    targets: tuple[Target, ...] = ()
    wordings: tuple[Wording, ...] = ()
    passages: tuple[Passage, ...] = ()
    links: tuple[Link, ...] = ()
    lineage: tuple[Lineage, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
