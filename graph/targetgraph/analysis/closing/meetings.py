"""Empty crossings: which targets could bring two things together, and what each of them lacks for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from targetgraph import iris
from targetgraph.analysis.closing.needs import NO_GAP, Meeting, Need, Needs
from targetgraph.analysis.coding import CodedDimension
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.gaps import Gap
from targetgraph.analysis.states import REACHED

KIND = "empty-crossing"
MOST_WAYS = 40_000
"""Up to this many pairs of meeting and target every target is looked at."""


@dataclass
class Meetings:
    """Works the meetings of empty crossings out.

    A target that reaches neither thing needs two links, one that reaches either needs one. Something narrower will do.

    Parameters
    ----------
    finder : of the needs of other gaps, of the same framework.
    needs : those found so far; parts of meetings are added to them, one for each target and thing.
    special : targets that must be kept apart: they have prices, prohibitions or needs of their own.
    number : how many meetings there will be.
    """

    finder: Needs
    needs: list[Need]
    special: frozenset[int]
    number: int
    found: list[Meeting] = field(default_factory=list)
    _parts: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def add(self, gap: Gap, position: int) -> None:
        """Work one out."""
        graph = self.finder.graph
        crossing = next(c for c in graph.declarations.crossings if c.code == gap.dimension)
        down, across = graph.dimension(crossing.rows), graph.dimension(crossing.columns)
        row = self.finder.concept_number(down, gap.subject_iri)
        column = self._other(gap, across)
        left, right = (self.finder.cells(d, 1)[:, n] <= REACHED for d, n in ((down, row), (across, column)))
        ways = []
        for place in self._places:
            target = int(self.finder.targets[place])
            sides = [] if left[place] else [(down, row)]
            sides += [] if right[place] else [(across, column)]
            ways.append(tuple(dict.fromkeys(self._part(target, *side) for side in sides)))
        self.found.append(Meeting(position, tuple(ways)))

    def _other(self, gap: Gap, dimension: CodedDimension) -> int:
        """The second thing of a crossing, which the name of the gap ends with."""
        parts = (gap.framework, gap.kind, gap.dimension, gap.subject)
        names = dimension.concepts.notation
        return next(int(n) for n in dimension.columns if iris.gap(*parts, names[int(n)]) == gap.iri)

    def _part(self, target: int, dimension: CodedDimension, concept: int) -> int:
        code = dimension.declaration.code
        key = (code, target, concept)
        if key not in self._parts:
            self._parts[key] = len(self.needs)
            concepts = self.finder.at_or_below(dimension, concept)
            self.needs.append(Need(NO_GAP, code, 1, concepts, target))
        return self._parts[key]

    @cached_property
    def _places(self) -> list[int]:
        """The targets to look at, as places in the framework.

        Beyond :data:`MOST_WAYS` those are left out that reach no more than another one in any crossing: all links of a closing
        set to such a target could as well be that other one's, which has no price, prohibition or need of its own.
        """
        graph, targets = self.finder.graph, self.finder.targets
        if len(targets) * self.number <= MOST_WAYS:
            return list(range(len(targets)))
        codes = sorted({code for c in graph.declarations.crossings for code in (c.rows, c.columns)})
        reached = np.hstack([self.finder.cells(graph.dimension(code), 1) <= REACHED for code in codes])
        apart = np.isin(targets, sorted(self.special))
        plain = np.flatnonzero(~apart)
        return sorted([*plain[greatest(reached[plain])].tolist(), *np.flatnonzero(apart).tolist()])


def greatest(reached: Array) -> list[int]:
    """Rows that no other row contains; of equal rows the first.

    Parameters
    ----------
    reached : bool, shape (targets, concepts).
    """
    kept: list[int] = []
    for row in np.argsort(-reached.sum(axis=1), kind="stable").tolist():
        if not any((reached[row] <= reached[other]).all() for other in kept):
            kept.append(row)
    return sorted(kept)
