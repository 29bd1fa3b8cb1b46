"""The cell or row that is asked about, and its state in a graph."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Table
from targetgraph.analysis.coverage import dimension_states
from targetgraph.analysis.declarations import Obligation
from targetgraph.analysis.rows import obliged_classes, row_states
from targetgraph.analysis.scenarios.columns import picked, with_links
from targetgraph.analysis.states import LinkClass, State, contributions


@dataclass(frozen=True, slots=True)
class Cell:
    """A target and a column, or (no column) the row of a target in a dimension.

    Parameters
    ----------
    framework, target : numbers.
    dimension : code.
    concept : number of the column; -1 for the row.
    obligation : how many named links are needed, of what value.
    """

    framework: int
    target: int
    dimension: str
    concept: int
    obligation: Obligation

    @property
    def is_row(self) -> bool:
        """Whether it is a row as a whole."""
        return self.concept < 0

    def state(self, graph: CodedGraph) -> tuple[State, dict[LinkClass, int]]:
        """State and counts by class in a graph with the same numbers."""
        targets = np.array([self.target])
        if self.is_row:
            states, counts = row_states(graph, self.framework, targets, self.obligation)
            return State(int(states[0])), {c: int(counts[0, c]) for c in LinkClass}
        dimension = graph.dimension(self.dimension)
        cells, by_class = dimension_states(graph, dimension, self.framework, targets, self.obligation.minimum)
        counted = by_class[0, self.concept]
        return State(int(cells[0, self.concept])), {c: int(counted[c]) for c in LinkClass}

    def links(self, graph: CodedGraph) -> list[tuple[int, LinkClass]]:
        """Links that reach it with what each counts as, best first."""
        dimension = graph.dimension(self.dimension)
        mine = np.flatnonzero(dimension.links.target == self.target)
        if self.is_row:
            classes = obliged_classes(dimension, self.obligation)
            found = [(int(n), LinkClass(int(classes[n]))) for n in mine]
        else:
            reach = contributions(dimension, mine)
            here = reach.concept == self.concept
            pairs = zip(reach.link[here].tolist(), reach.classes[here].tolist(), strict=True)
            found = [(int(n), LinkClass(int(c))) for n, c in pairs]
        return sorted(found, key=lambda pair: (pair[1], dimension.links.iri[pair[0]]))


def links_of_target(graph: CodedGraph, target: int) -> CodedGraph:
    """The graph with the links of one target only: all that its cells depend on, and quick to try changes on."""

    def narrowed(dimension: CodedDimension) -> CodedDimension:
        rows = np.flatnonzero(dimension.links.target == target)
        return with_links(dimension, Table({name: picked(column, rows) for name, column in dimension.links.items()}))

    return replace(graph, dimensions={code: narrowed(d) for code, d in graph.dimensions.items()})


def parents(dimension: CodedDimension, concept: int) -> list[int]:
    """Concepts directly above one: ancestors that are above no other ancestor of it."""
    above = {int(a) for a in dimension.ancestors(concept)} - {concept}
    beyond = {int(b) for a in above for b in dimension.ancestors(a) if int(b) != a}
    return sorted(above - beyond)


def way_up(dimension: CodedDimension, start: int, end: int) -> list[int]:
    """The shortest way from a concept up to one it rolls up to, both included."""
    ways = [[start]]
    while ways:
        way = ways.pop(0)
        if way[-1] == end:
            return way
        ways += [[*way, p] for p in parents(dimension, way[-1]) if end in dimension.ancestors(p)]
    raise ValueError("the one does not roll up to the other")
