"""Gaps as pieces of HTML: what is missing, why it counts, how sure it is, on what evidence."""

from __future__ import annotations

from collections.abc import Sequence

from targetgraph.analysis.gaps import Gap, GapReport
from targetgraph.views.fragments.frame import fragment

SHOWN = 20


def gap(found: Gap) -> str:
    """One gap in full."""
    return fragment("gap", gap=found, bar=bar(found.rank))


def gaps(report: GapReport, notes: Sequence[str] = ()) -> str:
    """A report: headlines, each to be opened for the gaps behind it.

    Parameters
    ----------
    report : the gaps; of a headline with many the gravest are drawn, and it says so.
    notes : sentences below the title.
    """
    groups = []
    for headline in report.headlines:
        members = [g for g in report.gaps if (g.kind, g.dimension) == (headline.kind, headline.dimension)]
        shown = [(g, bar(g.rank)) for g in members[:SHOWN]]
        groups.append((headline, bar(headline.rank), shown, len(members) - len(shown)))
    return fragment("gaps", title=report.framework_label, count=len(report.gaps), groups=groups, notes=notes)


def bar(rank: float) -> str:
    """A rank from 0 to 1 as five blocks."""
    return ("█" * max(1, round(rank * 5))).ljust(5, "░")
