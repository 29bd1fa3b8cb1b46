"""Reading: from folders of tables to records, with every mistake named by file, row and column."""

from targetgraph.reading.collection import read_collection
from targetgraph.reading.manifest import Entry, read_manifest, write_manifest

__all__ = ["Entry", "read_collection", "read_manifest", "write_manifest"]
