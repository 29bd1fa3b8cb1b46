"""Closing sets: the fewest, or cheapest, new links that close a chosen set of gaps."""

from targetgraph.analysis.closing.pricing import Pricing
from targetgraph.analysis.closing.record import ClosingSet, Impossible, ProposedLink, Step
from targetgraph.analysis.closing.report import closing_set

__all__ = ["ClosingSet", "Impossible", "Pricing", "ProposedLink", "Step", "closing_set"]
