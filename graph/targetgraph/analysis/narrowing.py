"""A registry cut down to one framework, so that a report on it costs what the framework is large, not what the registry is.

Targets keep their numbers; links and whatever else belongs to a target are left out where the target is of no concern. As
links are sorted by target, the links of a framework are a slice of those on disk, and nothing is copied.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array, Table, distinct

# Tables of which a row belongs to the target in its column of that name.
_OF_TARGETS = ("sources", "hedges", "scope", "dependencies")


def narrowed(graph: CodedGraph, framework: int) -> CodedGraph:
    """The graph with the links of one framework, and of those it succeeds, which it is compared with.

    Parameters
    ----------
    framework : number of the framework.
    """
    chosen = np.isin(graph.targets.framework, [framework, *_predecessors(graph, framework)])
    if chosen.all():
        return graph
    tables = dict(graph.tables)
    for name in _OF_TARGETS:
        tables[name] = _rows_of(tables[name], chosen, "target")
    tables["lineage"] = _rows_of(tables["lineage"], chosen, "proposal", "successor")
    targets = np.flatnonzero(chosen)
    dimensions: dict[str, CodedDimension] = {
        code: NarrowedDimension(dimension, targets) for code, dimension in graph.dimensions.items()
    }
    return replace(graph, tables=tables, dimensions=dimensions)


def _predecessors(graph: CodedGraph, framework: int) -> list[int]:
    """Frameworks with a proposal that lives on in a target of this one."""
    table, of_target = graph.tables["lineage"], graph.targets.framework
    alive = np.flatnonzero((table.successor >= 0) & (table.proposal >= 0))
    ours = alive[of_target[table.successor[alive]] == framework]
    return [int(f) for f in distinct(of_target[table.proposal[ours]])]


def _rows_of(table: Table, chosen: Array, *columns: str) -> Table:
    """Rows that have a chosen target in one of the columns."""
    kept = np.zeros(table.rows(), dtype=bool)
    for column in columns:
        numbers = table[column]
        kept |= (numbers >= 0) & chosen[numbers]
    return table.take(np.flatnonzero(kept))


class NarrowedDimension(CodedDimension):
    """A dimension with the links of some targets; everything else is that of the dimension it was made from."""

    def __init__(self, whole: CodedDimension, targets: Array) -> None:
        object.__setattr__(self, "_whole", whole)
        object.__setattr__(self, "_targets", targets)

    def __getattr__(self, name: str) -> Any:
        # Called only for attributes not there yet: take, keep, hand out.
        if name.startswith("_"):
            raise AttributeError(name)
        value = self._links() if name == "links" else getattr(self._whole, name)
        object.__setattr__(self, name, value)
        return value

    def _links(self) -> Table:
        links: Table = self._whole.links
        breaks = np.flatnonzero(np.diff(self._targets) > 1)
        first = self._targets[np.concatenate([np.zeros(min(len(self._targets), 1), dtype=np.int64), breaks + 1])]
        last = self._targets[np.concatenate([breaks, np.full(min(len(self._targets), 1), -1, dtype=np.int64)])]
        starts = np.searchsorted(links.target, first)
        ends = np.searchsorted(links.target, last, side="right")
        if len(starts) == 1:
            return links.slice(int(starts[0]), int(ends[0]))
        runs = [np.arange(start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        return links.take(np.concatenate([np.zeros(0, dtype=np.int64), *runs]))
