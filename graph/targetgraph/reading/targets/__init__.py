"""Targets in documents: which items of lists, numbered paragraphs and rows of tables they are."""

from targetgraph.reading.targets.recognition import recognise

__all__ = ["recognise"]
