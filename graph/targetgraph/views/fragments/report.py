"""A report in sentences as a piece of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from targetgraph.views.fragments.frame import fragment

SHOWN = 40
_IRI = re.compile(r"\s*<(https?://[^\s<>]+)>")


def report(title: str, lead: Sequence[str], sections: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Draw a report.

    Parameters
    ----------
    title : its heading.
    lead : sentences below it.
    sections : headings with their lines; an address in angle brackets becomes a link. Of a long section the first lines
        are drawn, and it says so.
    """
    drawn = [(name, [_linked(line) for line in lines[:SHOWN]], len(lines) - SHOWN) for name, lines in sections if lines]
    return fragment("report", title=title, lead=lead, sections=drawn)


def _linked(line: str) -> list[tuple[str, str]]:
    """A line as stretches of text, each with the address that follows it or none."""
    parts = _IRI.split(line)
    return [(text, parts[i + 1] if i + 1 < len(parts) else "") for i, text in enumerate(parts) if i % 2 == 0]
