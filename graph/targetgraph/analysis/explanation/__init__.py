"""Why a cell or row is in its state, and the least that would make it covered."""

from targetgraph.analysis.explanation.explaining import explain
from targetgraph.analysis.explanation.record import Counterfactual, Explanation, NearMiss, Reach

__all__ = ["Counterfactual", "Explanation", "NearMiss", "Reach", "explain"]
