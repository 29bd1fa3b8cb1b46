"""What an empty cell means in every framework at once (see `targetgraph.analysis.assessments`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.states import State
from targetgraph.analysis.survey.grouping import Frameworks

_STATES = np.array([State.GAP, State.NOT_ASSESSED, State.NOT_APPLICABLE], dtype=np.uint8)


@dataclass(frozen=True)
class EmptyStates:
    """States of cells that no link reaches.

    Parameters
    ----------
    framework : by framework and concept, uint8, shape (frameworks, concepts).
    special : targets with records of their own, ascending.
    special_cells : their states, uint8, shape (special targets, concepts).
    rows : state of a target without any link, uint8, shape (targets,).
    """

    framework: Array
    special: Array
    special_cells: Array
    rows: Array

    def best(self, frameworks: Frameworks) -> Array:
        """The best state an empty column has over the targets of each framework, uint8 (frameworks, concepts)."""
        ordinary = frameworks.sizes - np.bincount(frameworks.of_target[self.special], minlength=frameworks.count)
        found = np.where((ordinary > 0)[:, None], self.framework, State.GAP).astype(np.uint8)
        np.minimum.at(found, frameworks.of_target[self.special], self.special_cells)
        return found


def empty_states(graph: CodedGraph, dimension: CodedDimension, frameworks: Frameworks) -> EmptyStates:
    """Read the records of a dimension; the most specific one wins."""
    table = graph.tables["assessments"]
    number = [d.code for d in graph.declarations.dimensions].index(dimension.declaration.code)
    default = State.GAP if dimension.declaration.assessed else State.NOT_ASSESSED
    n_concepts = dimension.concepts.rows()
    mine = np.flatnonzero(table.dimension == number)
    columns = (table.framework[mine], table.target[mine], table.concept[mine], _STATES[table.result[mine]])
    records = list(zip(*(column.tolist() for column in columns), strict=True))
    records.sort(key=lambda r: (r[1] >= 0, r[2] >= 0))
    by_framework = np.full((frameworks.count, n_concepts), default, dtype=np.uint8)
    whole = np.full(frameworks.count, default, dtype=np.uint8)
    special = np.array(sorted({t for f, t, _, _ in records if t >= 0 and frameworks.of_target[t] == f}), dtype=np.int64)
    position = {t: i for i, t in enumerate(special.tolist())}
    for framework, target, concept, state in records:
        if target < 0:
            by_framework[framework, slice(None) if concept < 0 else concept] = state
            if concept < 0:
                whole[framework] = state
    cells = by_framework[frameworks.of_target[special]]
    rows = np.where(frameworks.of_target >= 0, whole[frameworks.of_target], default).astype(np.uint8)
    for _, target, concept, state in records:
        if target in position:
            cells[position[target], slice(None) if concept < 0 else concept] = state
            if concept < 0:
                rows[target] = state
    return EmptyStates(by_framework, special, cells, rows)
