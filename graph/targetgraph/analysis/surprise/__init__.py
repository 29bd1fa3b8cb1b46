"""Surprise: is an emptiness more than totals alone would lead one to expect?"""

from targetgraph.analysis.surprise.record import Finding, Surprise, Verdict
from targetgraph.analysis.surprise.report import surprise

__all__ = ["Finding", "Surprise", "Verdict", "surprise"]
