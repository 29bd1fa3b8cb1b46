"""Frozen records: what the tables say, before it becomes RDF. They know nothing of files or graphs."""

from targetgraph.records.catalogue import Collection, Table
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
    Concept,
    Document,
    Indicator,
    Issue,
    SdgEntry,
    SdgIndicator,
    Sector,
    Stage,
)

__all__ = [
    "Acceptance",
    "Actor",
    "Assessment",
    "Collection",
    "Concept",
    "Dependency",
    "Document",
    "Framework",
    "Indicator",
    "Issue",
    "Lineage",
    "Link",
    "Objective",
    "Passage",
    "SdgEntry",
    "SdgIndicator",
    "Sector",
    "Stage",
    "Table",
    "Target",
    "Wording",
]
