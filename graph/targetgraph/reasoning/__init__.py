"""What follows from what is asserted: plain properties for simple queries, and roll-ups."""

from targetgraph.reasoning.derivation import INFERRED, derive

__all__ = ["INFERRED", "derive"]
