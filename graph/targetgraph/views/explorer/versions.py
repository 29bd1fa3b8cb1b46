"""Two versions of the data compared, for one framework: gaps that opened and closed, cells in another state, targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from targetgraph.analysis.comparison import Comparison
from targetgraph.analysis.comparison.record import CellChange
from targetgraph.analysis.gaps import Gap
from targetgraph.views.explorer.overview import Change

MOST: Final = 200
"""Gaps, cells and targets that are listed of each sort."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsView:
    """What the page shows.

    Parameters
    ----------
    after : data version that is served.
    before : the one it is compared with; empty where there is none on this machine.
    choices : versions on this machine that can be compared with, newest first: data version and when it was built.
    comparison : None where there is nothing to compare, or the framework is in one of the two only.
    why_not : why there is no comparison, English.
    changes : what was recorded of each version, the latest first.
    """

    after: str
    before: str
    choices: tuple[tuple[str, str], ...]
    comparison: Comparison | None
    why_not: str
    changes: tuple[Change, ...]

    @property
    def opened(self) -> tuple[Gap, ...]:
        """Gaps that are new, gravest first."""
        return _ranked(self.comparison.opened if self.comparison else ())

    @property
    def closed(self) -> tuple[Gap, ...]:
        """Gaps that are gone."""
        return _ranked(self.comparison.closed if self.comparison else ())

    @property
    def cells(self) -> tuple[CellChange, ...]:
        """Cells in another state."""
        return self.comparison.cells if self.comparison else ()

    @property
    def reworded(self) -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
        """Targets that say another thing: IRI, code, label, and what differs in a few words."""
        found = []
        for fate in self.comparison.fates if self.comparison else ():
            for pair in fate.pairs:
                told = pair.differences
                if told is not None and not told.nothing:
                    words = (*told.softened, *told.firmer) or ("judged otherwise",)
                    found.append((pair.after.iri, pair.after.code, pair.after.label, words))
        return tuple(found)

    @property
    def gone(self) -> tuple[tuple[str, str], ...]:
        """Targets that are there no more: code and label."""
        return (
            tuple((f.target.code, f.target.label) for f in self.comparison.fates if f.dropped)
            if self.comparison
            else ()
        )

    @property
    def nothing(self) -> bool:
        """Whether the framework is the same in both, as far as this page compares."""
        compared = self.comparison
        return compared is not None and not (
            compared.opened or compared.closed or compared.cells or compared.added or self.gone or self.reworded
        )


def _ranked(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    return tuple(sorted(gaps, key=lambda gap: (-round(gap.rank, 6), gap.iri)))
