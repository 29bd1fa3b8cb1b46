"""All tables, and where each of them lies.

One declaration a table. The importer, the check of references and the manifest all go by these.
"""

from __future__ import annotations

from targetgraph.reading.framework_tables import (
    ACCEPTANCES,
    ASSESSMENTS,
    DEPENDENCIES,
    FRAMEWORKS,
    ISSUE_LINKS,
    LINEAGE,
    LINKS,
    OBJECTIVES,
    PASSAGES,
    TARGETS,
    WORDINGS,
)
from targetgraph.reading.vocabulary_tables import (
    ACTORS,
    DOCUMENTS,
    INDICATORS,
    ISSUES,
    SDG_INDICATORS,
    SDGS,
    SECTORS,
    STAGES,
)

ROOT_TABLES = (
    ACTORS,
    SECTORS,
    STAGES,
    ISSUES,
    SDGS,
    SDG_INDICATORS,
    INDICATORS,
    DOCUMENTS,
    FRAMEWORKS,
    OBJECTIVES,
    ISSUE_LINKS,
    LINEAGE,
    DEPENDENCIES,
    ASSESSMENTS,
    ACCEPTANCES,
)
"""Tables that lie directly in a folder."""

FRAMEWORK_TABLES = (TARGETS, WORDINGS, PASSAGES, LINKS)
"""Tables that lie in the folder of a framework."""
