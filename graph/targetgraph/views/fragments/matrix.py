"""A coverage matrix as a piece of HTML: a symbol, a count and a pattern a cell, and the legend."""

from __future__ import annotations

from collections.abc import Sequence

from targetgraph.analysis.coverage import Coverage, Heading
from targetgraph.analysis.states import State
from targetgraph.views.evidence import state_entries
from targetgraph.views.fragments.frame import fragment

SHOWN = 120


def matrix(found: Coverage, notes: Sequence[str] = ()) -> str:
    """Draw a matrix.

    Parameters
    ----------
    found : the matrix; of one with more rows than fit the first are drawn, and it says so.
    notes : sentences below it.
    """
    entries = {State(e.number): e for e in state_entries(found.tally())}
    rows = [
        (heading_name(heading), [(entries[State(int(s))], int(c)) for s, c in zip(states, counts, strict=True)])
        for heading, states, counts in zip(found.rows[:SHOWN], found.states[:SHOWN], found.counts[:SHOWN], strict=True)
    ]
    return fragment(
        "matrix",
        title=found.title,
        framework=found.framework,
        columns=[(heading_name(c), c.umbrella) for c in found.columns],
        rows=rows,
        total=len(found.rows),
        legend=[e for e in entries.values() if e.count],
        cells=found.states.size,
        counted=found.counted,
        empty_rows=[heading_name(h) for h in found.empty_rows()],
        empty_columns=[heading_name(h) for h in found.empty_columns()],
        notes=notes,
    )


def heading_name(heading: Heading) -> str:
    """A heading as people know it: led by the code where that is a number such as ``A1`` or ``12.4``."""
    known = heading.code.isupper() or any(c.isdigit() for c in heading.code)
    return f"{heading.code} {heading.label}" if known and not heading.label.startswith(heading.code) else heading.label
