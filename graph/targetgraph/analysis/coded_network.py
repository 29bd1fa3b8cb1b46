"""A framework's network as columns of numbers: what a picture of thousands of nodes is drawn from, at once.

It holds the same nodes and edges as :func:`~targetgraph.analysis.network.framework_network`, without an object for each.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from targetgraph.analysis.coding import NAMED, RECALLED, CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array, distinct
from targetgraph.analysis.coverage import dimension_states
from targetgraph.analysis.narrowing import narrowed
from targetgraph.analysis.network import KINDS, MARKED_BY, OBJECTIVE, STATE_FROM, TARGET
from targetgraph.analysis.rows import row_states
from targetgraph.analysis.standing import home_of
from targetgraph.analysis.states import LinkClass, State, link_classes
from targetgraph.namespaces import TG

NODE_KINDS = (OBJECTIVE, TARGET, *dict.fromkeys(KINDS.values()))
"""Kinds of nodes by number."""
UNDER_OBJECTIVE, DEPENDS_ON = "objectives", "dependencies"
"""What ties of a target that are no links are called among the dimensions."""
_JUDGED = 2
# A state that makes a gap of a row (an applicable obligation met as it should be makes none).
_UNMET = (State.THIN, State.IMPLIED, State.UMBRELLA, State.CONTINGENT, State.STALE, State.GAP)


@dataclass(frozen=True, eq=False)
class CodedNetwork:
    """Nodes and edges of one framework.

    Parameters
    ----------
    framework, version : code of the framework, data version.
    kind : int8, index into :data:`NODE_KINDS`, shape (nodes,).
    iri, code, label : text of each node.
    state : uint8 of :class:`State`, as ``framework_network`` gives it.
    states : by dimension, uint8, shape (nodes,): state of targets; *covered* for all other nodes.
    recalled, umbrella : bool, shape (nodes,).
    source, goal : int32 node numbers, shape (edges,).
    basis : int8, 0 named, 1 implied, 2 judged.
    dimension : int8, index into ``dimensions``.
    link : int32, number of the link in its dimension (of the row in the table of dependencies; -1 under an objective).
    dimensions : codes, and :data:`UNDER_OBJECTIVE`, :data:`DEPENDS_ON`.
    """

    framework: str
    version: str
    kind: Array
    iri: tuple[str, ...] = field(repr=False)
    code: tuple[str, ...] = field(repr=False)
    label: tuple[str, ...] = field(repr=False)
    state: Array
    states: dict[str, Array]
    recalled: Array
    umbrella: Array
    source: Array
    goal: Array
    basis: Array
    dimension: Array
    link: Array
    dimensions: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.iri)

    @cached_property
    def degree(self) -> Array:
        """Edges of each node, int64."""
        return np.bincount(self.source, minlength=len(self)) + np.bincount(self.goal, minlength=len(self))

    @cached_property
    def _adjacency(self) -> tuple[Array, Array, Array]:
        """Pointers, edge numbers and nodes at their other ends."""
        ends = np.concatenate([self.source, self.goal])
        order = np.argsort(ends, kind="stable")
        pointers = np.zeros(len(self) + 1, dtype=np.int64)
        np.cumsum(np.bincount(ends, minlength=len(self)), out=pointers[1:])
        others = np.concatenate([self.goal, self.source])[order]
        return pointers, order % max(len(self.source), 1), others

    def edges_of(self, node: int) -> Array:
        """Numbers of the edges of a node, int64, ascending."""
        pointers, edges, _ = self._adjacency
        return np.sort(edges[pointers[node] : pointers[node + 1]])

    def neighbours(self, node: int) -> Array:
        """Numbers of the nodes a node is tied to, ascending, each once."""
        pointers, _, others = self._adjacency
        return distinct(others[pointers[node] : pointers[node + 1]])

    def path(self, one: int, other: int, allowed: Array | None = None) -> list[int]:
        """A shortest way between two nodes, whichever way edges point; of several the one through lower numbers.

        Parameters
        ----------
        allowed : bool, shape (nodes,): nodes the way may lead through; all by default.

        Returns
        -------
        Node numbers, both ends included; empty where no way leads from the one to the other.
        """
        if one == other:
            return [one]
        came = {other: other}
        waiting = deque([other])
        while waiting:
            node = waiting.popleft()
            for step in self.neighbours(node).tolist():
                if step in came or (allowed is not None and not allowed[step] and step != one):
                    continue
                came[step] = node
                if step == one:
                    return _walked(came, one, other)
                waiting.append(step)
        return []

    def edges_between(self, one: int, other: int) -> Array:
        """Numbers of the edges between two nodes, whichever way they point."""
        mine = self.edges_of(one)
        return np.asarray(mine[(self.source[mine] == other) | (self.goal[mine] == other)])


def _walked(came: dict[int, int], one: int, other: int) -> list[int]:
    way = [one]
    while way[-1] != other:
        way.append(came[way[-1]])
    return way


def coded_network(graph: CodedGraph, framework: str) -> CodedNetwork:
    """Build the network of one framework.

    Parameters
    ----------
    graph : the coded graph.
    framework : code of the framework.

    Raises
    ------
    TargetGraphError : there is no such framework.
    """
    return _Work(graph, graph.framework_number(framework)).done()


class _Work:
    """Columns of nodes and edges under way."""

    def __init__(self, graph: CodedGraph, framework: int) -> None:
        self.whole, self.graph, self.framework = graph, narrowed(graph, framework), framework
        self.targets = graph.targets_of(framework)
        self.kind: list[int] = []
        self.texts: tuple[list[str], list[str], list[str]] = ([], [], [])
        self.state: list[Array] = []
        self.umbrella: list[Array] = []
        self.edges: list[tuple[Array, Array, Array, int, Array]] = []
        self.dimensions: list[str] = []
        self.cells: dict[str, Array] = {}

    def done(self) -> CodedNetwork:
        """Put everything together, in the order of ``framework_network``."""
        node_of = self._targets()
        for code, kind in KINDS.items():
            if code in self.graph.dimensions:
                self._dimension(code, kind, node_of)
        self._dependencies(node_of)
        nodes, first = len(self.kind), self.first_target
        states = {}
        for code, mine in self.target_states.items():
            states[code] = np.zeros(nodes, dtype=np.uint8)
            states[code][first : first + len(mine)] = mine
        recalled = np.zeros(nodes, dtype=bool)
        recalled[first : first + len(self.targets)] = self.graph.targets.verification[self.targets] == RECALLED
        counts = [len(e[0]) for e in self.edges]
        return CodedNetwork(
            framework=self.graph.frameworks[self.framework].code,
            version=self.graph.version,
            kind=np.array(self.kind, dtype=np.int8),
            iri=tuple(self.texts[0]),
            code=tuple(self.texts[1]),
            label=tuple(self.texts[2]),
            state=np.concatenate([np.zeros(0, dtype=np.uint8), *self.state]),
            states=states,
            recalled=recalled,
            umbrella=np.concatenate([np.zeros(0, dtype=bool), *self.umbrella]),
            source=_joined([e[0] for e in self.edges], np.int32),
            goal=_joined([e[1] for e in self.edges], np.int32),
            basis=_joined([e[2] for e in self.edges], np.int8),
            dimension=np.repeat(np.array([e[3] for e in self.edges], dtype=np.int8), counts),
            link=_joined([e[4] for e in self.edges], np.int32),
            dimensions=tuple(self.dimensions),
        )

    def _add(self, kind: str, texts: list[list[str]], state: Array, umbrella: Array) -> int:
        first = len(self.kind)
        self.kind += [NODE_KINDS.index(kind)] * len(texts[0])
        for column, added in zip(self.texts, texts, strict=True):
            column += added
        self.state.append(state.astype(np.uint8))
        self.umbrella.append(umbrella)
        return first

    def _tie(self, source: Array, goal: Array, basis: Array, dimension: str, link: Array) -> None:
        if dimension not in self.dimensions:
            self.dimensions.append(dimension)
        self.edges.append((source, goal, basis, self.dimensions.index(dimension), link))

    def _targets(self) -> Array:
        """Objectives and targets; returns the node of each target, -1 for those of other frameworks."""
        table, targets = self.graph.tables["objectives"], self.graph.targets
        mine = np.flatnonzero(np.asarray(table.framework) == self.framework)
        texts = [[table[name][int(o)] for o in mine] for name in ("iri", "notation", "label")]
        above = self._add(OBJECTIVE, texts, np.zeros(len(mine)), np.zeros(len(mine), dtype=bool))
        self.target_states = {
            code: shown_rows(self.graph, self.framework, self.targets, self.graph.dimension(code), self._cells(code))
            for code in MARKED_BY
            if code in self.graph.dimensions
        }
        state = next(iter(self.target_states.values()), np.zeros(len(self.targets)))
        texts = [[targets[name][int(t)] for t in self.targets] for name in ("iri", "notation", "label")]
        first = self._add(TARGET, texts, state, np.zeros(len(self.targets), dtype=bool))
        self.first_target = first
        node_of = np.full(targets.rows(), -1, dtype=np.int32)
        node_of[self.targets] = np.arange(first, first + len(self.targets))
        objective = np.asarray(targets.objective)[self.targets]
        under = np.flatnonzero(objective >= 0)
        if len(under):
            place = np.full(table.rows(), -1, dtype=np.int32)
            place[mine] = np.arange(above, above + len(mine))
            zeros = np.zeros(len(under), dtype=np.int8)
            self._tie(node_of[self.targets[under]], place[objective[under]], zeros, UNDER_OBJECTIVE, zeros - 1)
        return node_of

    def _cells(self, code: str) -> Array:
        if code not in self.cells:
            dimension = self.graph.dimension(code)
            self.cells[code], _ = dimension_states(self.graph, dimension, self.framework, self.targets)
        return self.cells[code]

    def _dimension(self, code: str, kind: str, node_of: Array) -> None:
        dimension = self.graph.dimension(code)
        stated = STATE_FROM[code] if STATE_FROM.get(code) in self.graph.dimensions else code
        home = home_of(dimension)
        links = np.flatnonzero(np.isin(dimension.links.target, self.targets))
        column = home[dimension.links.concept[links]]
        shown = dimension.columns
        # An indicator that no target uses is no hole in the framework; any other column nobody reaches is.
        if kind == "indicator":
            shown = shown[np.isin(shown, column)]
        table = dimension.concepts
        best = self._cells(stated).min(axis=0, initial=State.GAP)[shown]
        texts = [[table[name][int(c)] for c in shown] for name in ("iri", "notation", "label")]
        first = self._add(kind, texts, best, np.asarray(table.umbrella)[shown])
        place = np.full(table.rows(), -1, dtype=np.int32)
        place[shown] = np.arange(first, first + len(shown))
        kept = np.flatnonzero(column >= 0)
        numbers = _original(self.whole.dimension(code), dimension, links[kept])
        self._tie(
            node_of[dimension.links.target[links[kept]]], place[column[kept]],
            np.asarray(dimension.links.basis)[links[kept]], code, numbers,
        )  # fmt: skip

    def _dependencies(self, node_of: Array) -> None:
        table = self.whole.tables["dependencies"]
        target, needed = np.asarray(table.target), np.asarray(table.needed)
        both = np.flatnonzero((target >= 0) & (needed >= 0))
        both = both[(node_of[target[both]] >= 0) & (node_of[needed[both]] >= 0)]
        if len(both):
            self._tie(node_of[target[both]], node_of[needed[both]], np.full(len(both), _JUDGED), DEPENDS_ON, both)


def _joined(parts: list[Array], of: type) -> Array:
    return np.concatenate([np.zeros(0, dtype=of), *[part.astype(of) for part in parts]])


def _original(whole: CodedDimension, part: CodedDimension, links: Array) -> Array:
    """Numbers in the whole dimension of links of a narrowed one: links are sorted by target and keep their order."""
    if whole is part:
        return links
    kept = np.flatnonzero(np.isin(whole.links.target, distinct(part.links.target)))
    return np.asarray(kept[links])


def shown_rows(graph: CodedGraph, framework: int, targets: Array, dimension: CodedDimension, cells: Array) -> Array:
    """State of each target in a dimension, as its gaps tell it: :meth:`Standing.row_state` for all targets at once.

    Parameters
    ----------
    targets : target numbers, the rows.
    cells : states of the targets by all concepts of the dimension, uint8, shape (targets, concepts).

    Returns
    -------
    uint8 of :class:`State`, shape (targets,).
    """
    declared = dimension.declaration
    found = cells.min(axis=1, initial=State.GAP).astype(np.uint8)
    entry = graph.frameworks[framework]
    asked = [o for o in graph.obligations(TG.Target, declared.code) if not o.particular]
    asked = [o for o in asked if not o.frameworks or entry.iri in o.frameworks]
    # The gravest obligation is told last, and stands.
    for obligation in sorted(asked, key=lambda o: o.severity):
        states, _ = row_states(graph, framework, targets, obligation)
        unmet = np.isin(states, _UNMET)
        if declared.accepts_judgement:
            unmet &= states != State.IMPLIED
        told = states
        if obligation.required_value:
            told = np.full_like(states, State.GAP)
        else:
            catch_all = (link_classes(dimension) == LinkClass.UMBRELLA) & (np.asarray(dimension.links.basis) == NAMED)
            named = np.isin(targets, np.asarray(dimension.links.target)[catch_all])
            told = np.where((states == State.IMPLIED) & named, State.UMBRELLA, states)
        found = np.where(unmet, told, found).astype(np.uint8)
    return np.asarray(found)
