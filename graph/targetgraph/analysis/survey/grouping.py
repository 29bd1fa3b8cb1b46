"""Sums and bests over the targets of each framework and over the links of each target.

Links are sorted by target and, as a rule, targets by framework: then a group is a slice, and a whole column is reduced in one
pass without sorting anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.columnar import Array


@dataclass(frozen=True)
class Groups:
    """Runs of equal keys in a sorted column.

    Parameters
    ----------
    keys : the distinct keys, ascending.
    starts : where the run of each begins.
    size : how many keys there could be.
    """

    keys: Array
    starts: Array
    size: int

    @classmethod
    def of(cls, column: Array, size: int) -> Groups:
        """Groups of a column that is sorted and holds numbers from 0 to ``size`` - 1."""
        changes = np.flatnonzero(column[1:] != column[:-1]) + 1
        starts = np.concatenate([np.zeros(min(len(column), 1), dtype=np.int64), changes])
        return cls(np.asarray(column[starts]), starts, size)

    def reduced(self, operation: np.ufunc, values: Array, absent: Any) -> Array:
        """One value a key (the first axis of ``values`` is that of the column); ``absent`` for keys without a run."""
        found = np.full((self.size, *values.shape[1:]), absent, dtype=values.dtype)
        if len(self.starts):
            found[self.keys] = operation.reduceat(values, self.starts, axis=0)
        return found


@dataclass(frozen=True)
class Frameworks:
    """Which target belongs to which framework.

    Parameters
    ----------
    count : how many frameworks there are.
    of_target : number of the framework of each target, -1 for none.
    sizes : how many targets each framework has.
    """

    count: int
    of_target: Array
    sizes: Array
    _order: Array | None
    _groups: Groups

    @classmethod
    def of(cls, graph: CodedGraph) -> Frameworks:
        """The frameworks of a graph."""
        column, count = np.asarray(graph.targets.framework), len(graph.frameworks)
        order = None
        known = column
        if len(column) and (column[0] < 0 or (column[1:] < column[:-1]).any()):
            order = np.argsort(column, kind="stable")
            order = order[column[order] >= 0]
            known = column[order]
        sizes = np.bincount(known, minlength=count)
        return cls(count, column, sizes, order, Groups.of(known, count))

    def reduced(self, operation: np.ufunc, values: Array, absent: Any) -> Array:
        """One value a framework, from one a target."""
        return self._groups.reduced(operation, values if self._order is None else values[self._order], absent)

    def counted(self, chosen: Array) -> Array:
        """How many of the chosen targets (bool, one a target) each framework has, int64."""
        mine = self.of_target[np.flatnonzero(chosen)]
        return np.bincount(mine[mine >= 0], minlength=self.count)
