"""Gaps: what an obligation or a dimension leads one to expect, and what is not there; each with its evidence."""

from targetgraph.analysis.gaps.record import Certainty, Evidence, Gap
from targetgraph.analysis.gaps.report import GapReport, Headline, gap_report

__all__ = ["Certainty", "Evidence", "Gap", "GapReport", "Headline", "gap_report"]
