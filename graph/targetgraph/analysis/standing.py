"""How things stand: what state each target is in for each dimension, and what its gaps say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from targetgraph.analysis.coding import RECALLED, CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.coverage import dimension_states
from targetgraph.analysis.gaps import Gap, GapReport, gap_report
from targetgraph.analysis.states import State

_STATE_OF_KIND = {
    "empty-row": State.GAP,
    "thin-row": State.THIN,
    "implied-only-row": State.IMPLIED,
    "umbrella-only-row": State.UMBRELLA,
    "contingent-row": State.CONTINGENT,
    "stale-row": State.STALE,
    "no-adopted-indicator": State.GAP,
}


@dataclass(frozen=True)
class Standing:
    """One framework, its gap report, and the states that pictures draw.

    Parameters
    ----------
    graph : the coded graph.
    report : the gaps of the framework.
    """

    graph: CodedGraph
    report: GapReport

    @classmethod
    def of(cls, graph: CodedGraph, framework: str) -> Standing:
        """The standing of a framework (errors: see :func:`gap_report`)."""
        return cls(graph, gap_report(graph, framework))

    @cached_property
    def framework(self) -> int:
        """Number of the framework."""
        return self.graph.framework_number(self.report.framework)

    @cached_property
    def targets(self) -> Array:
        """Numbers of its targets, in its order."""
        return self.graph.targets_of(self.framework)

    @cached_property
    def gaps_of(self) -> Mapping[str, tuple[Gap, ...]]:
        """Gaps by the IRI of what lacks something, ranked."""
        found: dict[str, list[Gap]] = {}
        for gap in self.report.gaps:
            found.setdefault(gap.subject_iri, []).append(gap)
        return {iri: tuple(gaps) for iri, gaps in found.items()}

    def recalled(self, target: int) -> bool:
        """Whether nobody has checked the wording of a target."""
        return bool(self.graph.targets.verification[target] == RECALLED)

    def row_state(self, target: int, dimension: CodedDimension) -> State:
        """State of a target in a dimension, the same that its gaps are told from.

        Where no gap is told, a target with links is covered if one is named in the text and implied otherwise.
        """
        declared = dimension.declaration
        for gap in self.gaps_of.get(self.graph.targets.iri[target], ()):
            if gap.dimension == declared.code and gap.kind in _STATE_OF_KIND:
                return _STATE_OF_KIND[gap.kind]
        best = int(self.cells(declared.code)[self._position[target]].min(initial=State.GAP))
        return State(best)

    @cached_property
    def _position(self) -> dict[int, int]:
        return {int(target): position for position, target in enumerate(self.targets)}

    def cells(self, dimension: str) -> Array:
        """States of targets by all concepts of a dimension, uint8, shape (targets, concepts)."""
        if dimension not in self._cells:
            found, _ = dimension_states(self.graph, self.graph.dimension(dimension), self.framework, self.targets)
            self._cells[dimension] = found
        return self._cells[dimension]

    @cached_property
    def _cells(self) -> dict[str, Array]:
        return {}

    def column_state(self, concept: int, dimension: CodedDimension) -> State:
        """The best state in which any target of the framework reaches a concept."""
        cells = self.cells(dimension.declaration.code)[:, concept]
        return State(int(cells.min(initial=State.GAP)))

    def links(self, dimension: CodedDimension) -> Array:
        """Numbers of the links of the framework's targets, int64."""
        return np.flatnonzero(np.isin(dimension.links.target, self.targets))


def home_of(dimension: CodedDimension) -> Array:
    """For each concept the column it is shown under: itself, else its narrowest broader one; -1 where there is none.

    Returns
    -------
    int32 array, shape (concepts,).
    """
    columns = np.asarray(dimension.concepts.column)
    home = np.full(dimension.concepts.rows(), -1, dtype=np.int32)
    for concept in range(len(home)):
        broader = [int(a) for a in dimension.ancestors(concept) if columns[a]]
        if broader:
            home[concept] = concept if columns[concept] else max(broader, key=lambda a: len(dimension.ancestors(a)))
    return home
