"""What follows from what is asserted: plain properties for simple queries, and roll-ups."""

from targetgraph.reasoning.derivation import INFERRED, changes, derive
from targetgraph.reasoning.neighbourhood import Steps

__all__ = ["INFERRED", "Steps", "changes", "derive"]
