"""Texts compared: which target of an old list is which of a new one, word for word, and softer or firmer."""

from targetgraph.analysis.comparison.texts.aligning import align
from targetgraph.analysis.comparison.texts.difference import difference
from targetgraph.analysis.comparison.texts.strength import drift

__all__ = ["align", "difference", "drift"]
