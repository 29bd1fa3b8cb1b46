"""Who looked where: what an empty cell means. The most specific record wins."""

from __future__ import annotations

import numpy as np

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.states import State

# Codes of the column `result` of the assessment table.
ASSESSED, NOT_ASSESSED, NOT_APPLICABLE = 0, 1, 2
_STATES = np.array([State.GAP, State.NOT_ASSESSED, State.NOT_APPLICABLE], dtype=np.uint8)


def _records(graph: CodedGraph, dimension: CodedDimension, framework: int) -> list[tuple[int, int, int]]:
    """(target or -1, concept or -1, result) for a framework, broadest first, so that later ones override."""
    table = graph.tables["assessments"]
    number = [d.code for d in graph.declarations.dimensions].index(dimension.declaration.code)
    mine = np.flatnonzero((table.dimension == number) & (table.framework == framework))
    found = [(int(table.target[i]), int(table.concept[i]), int(table.result[i])) for i in mine]
    return sorted(found, key=lambda r: (r[0] >= 0, r[1] >= 0))


def empty_cells(graph: CodedGraph, dimension: CodedDimension, framework: int, targets: Array) -> Array:
    """The state each cell has when no link reaches it.

    Returns
    -------
    uint8 array of :class:`State`, shape (targets, concepts).
    """
    default = State.GAP if dimension.declaration.assessed else State.NOT_ASSESSED
    states = np.full((len(targets), dimension.concepts.rows()), default, dtype=np.uint8)
    row_of = {int(t): i for i, t in enumerate(targets)}
    for target, concept, result in _records(graph, dimension, framework):
        rows: int | slice = slice(None) if target < 0 else row_of.get(target, -1)
        if rows == -1:
            continue
        columns: int | slice = slice(None) if concept < 0 else concept
        states[rows, columns] = _STATES[result]
    return states


def empty_rows(graph: CodedGraph, dimension: CodedDimension, framework: int, targets: Array) -> Array:
    """The state each row has when its target has no link at all: records about a single column are left out.

    Returns
    -------
    uint8 array of :class:`State`, shape (targets,).
    """
    default = State.GAP if dimension.declaration.assessed else State.NOT_ASSESSED
    states = np.full(len(targets), default, dtype=np.uint8)
    row_of = {int(t): i for i, t in enumerate(targets)}
    for target, concept, result in _records(graph, dimension, framework):
        if concept >= 0:
            continue
        if target < 0:
            states[:] = _STATES[result]
        elif target in row_of:
            states[row_of[target]] = _STATES[result]
    return states


def notes(graph: CodedGraph, dimension: CodedDimension, framework: int) -> list[tuple[str, str]]:
    """IRI and words of the records about a framework as a whole: the evidence that somebody looked."""
    table = graph.tables["assessments"]
    number = [d.code for d in graph.declarations.dimensions].index(dimension.declaration.code)
    mine = (table.dimension == number) & (table.framework == framework) & (table.target < 0) & (table.concept < 0)
    return [(table.iri[int(i)], table.note[int(i)]) for i in np.flatnonzero(mine)]
