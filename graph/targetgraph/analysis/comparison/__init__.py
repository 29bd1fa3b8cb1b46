"""Two frameworks, versions or scenarios side by side: what was lost, added, softened."""

from targetgraph.analysis.comparison.comparing import compare
from targetgraph.analysis.comparison.record import Comparison, Fate, Pair, Side

__all__ = ["Comparison", "Fate", "Pair", "Side", "compare"]
