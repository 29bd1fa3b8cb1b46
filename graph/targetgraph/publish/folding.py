"""Lines of a report for a terminal."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable

from targetgraph.publish.cells import harmless


def folded(lines: Iterable[str], columns: int | None = None) -> str:
    """Lines wrapped below their own indent, with nothing in them that a terminal would obey.

    Parameters
    ----------
    columns : width; that of the terminal by default, at most 110.
    """
    width = columns or min(110, shutil.get_terminal_size((100, 24)).columns)
    return "\n".join(_fold(harmless(line), width) for line in lines)


def _fold(line: str, width: int) -> str:
    indent = len(line) - len(line.lstrip())
    return "\n".join(
        textwrap.wrap(line, width, subsequent_indent=" " * (indent + 2), break_long_words=False, break_on_hyphens=False)
    )
