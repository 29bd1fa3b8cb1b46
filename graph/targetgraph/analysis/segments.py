"""A third dimension inside the cells of a matrix: of the targets behind a cell, how many reach each of its columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.coverage import OBJECTIVES, TARGETS, Heading, column_headings, dimension_states
from targetgraph.analysis.states import REACHED
from targetgraph.errors import TargetGraphError


@dataclass(frozen=True)
class Segments:
    """Counts of targets by row, column and third column.

    Parameters
    ----------
    dimension : code of the third dimension.
    headings : its columns.
    counts : int32, shape (rows, columns, third columns).
    """

    dimension: str
    headings: tuple[Heading, ...]
    counts: Array


def segments(graph: CodedGraph, rows: str, columns: str, third: str, framework: str) -> Segments:
    """Split the cells of :func:`~targetgraph.analysis.coverage.coverage` by a third dimension.

    Parameters
    ----------
    graph : the coded graph.
    rows, columns : as for the matrix.
    third : code of a dimension, none of the two.
    framework : code of the framework.

    Raises
    ------
    TargetGraphError : an unknown framework or dimension, or the third is one of the two.
    """
    if third in (rows, columns):
        raise TargetGraphError(f"{third!r} is a side of the matrix already", "", "choose another third dimension")
    number = graph.framework_number(framework)
    targets = graph.targets_of(number)

    def reached(code: str) -> Array:
        dimension = graph.dimension(code)
        states, _ = dimension_states(graph, dimension, number, targets)
        return np.asarray(states[:, dimension.columns] <= REACHED)

    across, split = reached(columns), reached(third)
    if rows == TARGETS:
        counts: Array = across[:, :, None] & split[:, None, :]
    else:
        down = _members(graph, number, targets) if rows == OBJECTIVES else reached(rows)
        both = [down.T.astype(np.float32) @ (across & split[:, [c]]).astype(np.float32) for c in range(split.shape[1])]
        counts = np.stack(both, axis=2) if both else np.zeros((down.shape[1], across.shape[1], 0))
    return Segments(third, column_headings(graph.dimension(third)), counts.astype(np.int32))


def _members(graph: CodedGraph, framework: int, targets: Array) -> Array:
    """Which target stands under which objective, bool, shape (targets, objectives)."""
    numbers = np.flatnonzero(np.asarray(graph.tables["objectives"].framework) == framework)
    return np.asarray(graph.targets.objective[targets][:, None] == numbers[None, :])
