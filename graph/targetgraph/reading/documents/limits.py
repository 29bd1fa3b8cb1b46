"""How much a document may hold.

Documents are hostile: each bound is on what the file makes us hold or do, not on what it claims. They are far above what
negotiators write (the longest consolidated treaty text has some 100,000 words) and far below what hurts a small machine.
"""

from __future__ import annotations

from targetgraph.errors import InputError, Place, Problem

LARGEST_FILE = 64 * 2**20
"""Bytes of a file."""
LARGEST_PART = 128 * 2**20
"""Bytes of one unpacked part of a zipped document, and of all parts that are read together."""
MOST_PARTS = 10_000
"""Entries in a zipped document."""
MOST_ELEMENTS = 1_000_000
"""Elements in an XML part."""
DEEPEST = 250
"""Nesting of elements."""
LONGEST_TEXT = 20_000_000
"""Characters of all blocks."""
MOST_BLOCKS = 300_000
"""Paragraphs and cells."""
MOST_COLUMNS = 1_000
"""Columns of a table."""
MOST_JUMPS = 2_000_000
"""Steps over cells that reach down from rows above."""
MOST_PAGES = 2_000
"""Pages of a PDF."""


def refused(what: str, file: str, remedy: str) -> InputError:
    """The error for a document that cannot be read: the fact, and what to do."""
    return InputError([Problem(what, Place(file), remedy)])


def too_much(what: str, file: str) -> InputError:
    """The error for a document that goes beyond a bound."""
    return refused(
        f"the document has {what}", file, "split it, or take the part with the targets into a file of its own"
    )
