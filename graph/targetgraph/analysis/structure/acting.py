"""The two-sided network of targets and what they are linked to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.coverage import Heading, concept_heading, target_heading
from targetgraph.analysis.states import LinkClass, link_classes

if TYPE_CHECKING:
    import networkx as nx

LARGE = 5000
"""Nodes beyond which what takes time with their square is left out, or sampled, and said to be."""


@dataclass(frozen=True)
class Acting:
    """Targets of a framework on one side, concepts on the other.

    A node is a whole number: a target's position in the framework, or the number of targets plus a concept's number. So every
    order below is the order of the data, and the same in every run.

    Parameters
    ----------
    graph : the coded graph.
    framework : number of the framework.
    dimension : the other side, such as the actors who must act.
    implied : whether links that curators hold to be implied count too. Catch-alls and unsettled words never do.
    """

    graph: CodedGraph
    framework: int
    dimension: CodedDimension
    implied: bool = False

    @cached_property
    def targets(self) -> Array:
        """Target numbers, in the framework's order."""
        return self.graph.targets_of(self.framework)

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """(position of the target, concept number), each once, in order."""
        links, classes = self.dimension.links, link_classes(self.dimension)
        counted = classes <= (LinkClass.IMPLIED if self.implied else LinkClass.NAMED)
        return self._pairs(np.asarray(links.target)[counted], np.asarray(links.concept)[counted])

    @cached_property
    def any_pairs(self) -> list[tuple[int, int]]:
        """The same for links of whatever standing, catch-alls among them."""
        return self._pairs(np.asarray(self.dimension.links.target), np.asarray(self.dimension.links.concept))

    def _pairs(self, targets: Array, concepts: Array) -> list[tuple[int, int]]:
        position = {int(t): p for p, t in enumerate(self.targets)}
        found = {(position[t], c) for t, c in zip(targets.tolist(), concepts.tolist(), strict=True) if t in position}
        return sorted(found)

    @cached_property
    def network(self) -> nx.Graph[int]:
        """All targets, the concepts that are linked to, and the links."""
        import networkx as nx

        network: nx.Graph[int] = nx.Graph()
        size = len(self.targets)
        network.add_nodes_from(range(size))
        network.add_edges_from((p, size + c) for p, c in self.pairs)
        return network

    def is_target(self, node: int) -> bool:
        """Whether a node is a target."""
        return node < len(self.targets)

    def heading(self, node: int) -> Heading:
        """Code and label of a node."""
        if self.is_target(node):
            return target_heading(self.graph, int(self.targets[node]))
        return concept_heading(self.dimension, node - len(self.targets))

    def name(self, node: int) -> str:
        """A node as sentences call it: a target by its code, a concept by its label."""
        heading = self.heading(node)
        return heading.code if self.is_target(node) else heading.label
