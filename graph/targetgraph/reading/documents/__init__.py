"""Documents in: a file of any of eight formats becomes blocks of marked text with their places."""

from targetgraph.reading.documents.opening import read_document

__all__ = ["read_document"]
