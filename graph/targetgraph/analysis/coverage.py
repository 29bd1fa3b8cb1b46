"""Coverage matrices: targets or objectives by a dimension, or one dimension by another through the targets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from targetgraph.analysis import assessments
from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.states import CLASSES, REACHED, State, cell_counts, states_of
from targetgraph.errors import TargetGraphError

TARGETS, OBJECTIVES = "targets", "objectives"


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or column: its IRI, short code and label, and whether it is a catch-all."""

    iri: str
    code: str
    label: str
    umbrella: bool = False


@dataclass(frozen=True)
class Coverage:
    """A coverage matrix of one framework.

    Parameters
    ----------
    framework : code of the framework.
    row_name, column_name : ``targets``, ``objectives`` or the code of a dimension.
    title : what the matrix shows, in words.
    rows, columns : headings.
    states : uint8 of :class:`~targetgraph.analysis.states.State`, shape (rows, columns).
    counts : int32, shape (rows, columns): links in a matrix of targets, targets otherwise.
    counted : what ``counts`` counts, in words.
    version : data version it was computed from.
    """

    framework: str
    row_name: str
    column_name: str
    title: str
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    states: Array
    counts: Array
    counted: str
    version: str

    def tally(self) -> dict[State, int]:
        """How many cells are in each state, all states named."""
        found = Counter(self.states.ravel().tolist())
        return {state: found.get(int(state), 0) for state in State}

    def reached(self) -> Array:
        """Which cells rest on links, bool, shape (rows, columns)."""
        return self.states <= REACHED

    def empty_rows(self) -> list[Heading]:
        """Rows without a single link, somebody having looked."""
        return [h for h, states in zip(self.rows, self.states, strict=True) if _is_empty(states)]

    def empty_columns(self) -> list[Heading]:
        """Columns without a single link, somebody having looked."""
        return [h for h, states in zip(self.columns, self.states.T, strict=True) if _is_empty(states)]


def _is_empty(states: Array) -> bool:
    return bool(len(states)) and not (states <= REACHED).any() and bool((states == State.GAP).any())


def column_headings(dimension: CodedDimension) -> tuple[Heading, ...]:
    """Headings of the columns of a dimension, in the order of its scheme."""
    table, columns = dimension.concepts, np.asarray(dimension.columns)
    texts = (table.iri.some(columns), table.notation.some(columns), table.label.some(columns))
    umbrella = np.asarray(table.umbrella)[columns].astype(bool).tolist()
    return tuple(Heading(*told) for told in zip(*texts, umbrella, strict=True))


def concept_heading(dimension: CodedDimension, concept: int) -> Heading:
    """Heading of any concept of a dimension's scheme."""
    table = dimension.concepts
    return Heading(table.iri[concept], table.notation[concept], table.label[concept], bool(table.umbrella[concept]))


def target_heading(graph: CodedGraph, target: int) -> Heading:
    """Heading of a target."""
    table = graph.targets
    return Heading(table.iri[target], table.notation[target], table.label[target])


def target_headings(graph: CodedGraph, targets: Array) -> tuple[Heading, ...]:
    """Headings of targets by their numbers."""
    table = graph.targets
    columns = (table.iri.some(targets), table.notation.some(targets), table.label.some(targets))
    return tuple(Heading(iri, code, label) for iri, code, label in zip(*columns, strict=True))


def dimension_states(
    graph: CodedGraph, dimension: CodedDimension, framework: int, targets: Array, minimum: int = 1
) -> tuple[Array, Array]:
    """Cells of targets by *all* concepts of a scheme, columns or not.

    Returns
    -------
    States uint8 (targets, concepts) and counts int32 (targets, concepts, 5 classes).
    """
    counts = cell_counts(dimension, targets)
    empty = assessments.empty_cells(graph, dimension, framework, targets)
    return states_of(counts, minimum, empty), counts


def target_tally(graph: CodedGraph, code: str, framework: str) -> dict[State, int]:
    """How many cells of targets by the columns of a dimension are in each state, all states named."""
    number, dimension = graph.framework_number(framework), graph.dimension(code)
    states, _ = dimension_states(graph, dimension, number, graph.targets_of(number))
    counts = np.bincount(states[:, dimension.columns].ravel(), minlength=max(State) + 1).tolist()
    return {state: counts[state] for state in State}


def coverage(graph: CodedGraph, rows: str, columns: str, framework: str, minimum: int = 1) -> Coverage:
    """Compute a coverage matrix.

    Parameters
    ----------
    graph : the coded graph.
    rows : ``targets``, ``objectives`` or the code of a dimension.
    columns : the code of a dimension, other than ``rows``.
    framework : code of the framework.
    minimum : links named in the text that a cell needs to be covered; fewer make it thin.

    Raises
    ------
    TargetGraphError : an unknown framework or dimension, the same one twice, or a minimum below 1.
    """
    if rows == columns:
        raise TargetGraphError(f"rows and columns are both {rows!r}", "", "choose two different ones")
    if minimum < 1:
        raise TargetGraphError("the minimum is below 1", "", "ask for at least one link")
    number = graph.framework_number(framework)
    targets = graph.targets_of(number)
    across = graph.dimension(columns)
    if rows not in (TARGETS, OBJECTIVES):
        return _crossed(graph, graph.dimension(rows), across, number, targets, minimum)
    states, counts = dimension_states(graph, across, number, targets, minimum)
    states, counts = states[:, across.columns], counts[:, across.columns].sum(axis=2)
    headings = target_headings(graph, targets)
    counted = "links"
    if rows == OBJECTIVES:
        headings, states, counts = _by_objective(graph, number, targets, states)
        counted = "targets"
    return Coverage(
        framework=graph.frameworks[number].code,
        row_name=rows,
        column_name=columns,
        title=f"{rows.capitalize()} by {across.declaration.plural}",
        rows=headings,
        columns=column_headings(across),
        states=states,
        counts=counts,
        counted=counted,
        version=graph.version,
    )


def _by_objective(
    graph: CodedGraph, framework: int, targets: Array, states: Array
) -> tuple[tuple[Heading, ...], Array, Array]:
    """Best state over the targets of each objective, and how many of them reach the column."""
    table = graph.tables["objectives"]
    numbers = np.flatnonzero(table.framework == framework)
    headings = tuple(Heading(table.iri[int(o)], table.notation[int(o)], table.label[int(o)]) for o in numbers)
    best = np.full((len(numbers), states.shape[1]), State.NOT_ASSESSED, dtype=np.uint8)
    counts = np.zeros(best.shape, dtype=np.int32)
    for position, number in enumerate(numbers):
        mine = states[graph.targets.objective[targets] == number]
        if len(mine):
            best[position], counts[position] = mine.min(axis=0), (mine <= REACHED).sum(axis=0)
    return headings, best, counts


def _crossed(
    graph: CodedGraph, down: CodedDimension, across: CodedDimension, framework: int, targets: Array, minimum: int
) -> Coverage:
    left, _ = dimension_states(graph, down, framework, targets, minimum)
    right, _ = dimension_states(graph, across, framework, targets, minimum)
    states, counts = crossed_states(left[:, down.columns], right[:, across.columns])
    return Coverage(
        framework=graph.frameworks[framework].code,
        row_name=down.declaration.code,
        column_name=across.declaration.code,
        title=f"{down.declaration.plural[:1].upper()}{down.declaration.plural[1:]} by {across.declaration.plural}, "
        "through the targets",
        rows=column_headings(down),
        columns=column_headings(across),
        states=states,
        counts=counts,
        counted="targets",
        version=graph.version,
    )


def crossed_states(left: Array, right: Array) -> tuple[Array, Array]:
    """Cells of one dimension by another, through targets.

    For each target the weaker of its two states counts, provided links reach both; over targets the best wins. With no such
    target the cell is a gap if some target was looked at in both, else not assessed.

    Parameters
    ----------
    left, right : states, uint8, shapes (targets, a) and (targets, b).

    Returns
    -------
    States uint8 (a, b) and the number of targets that reach both, int32 (a, b).
    """
    shape = (left.shape[1], right.shape[1])
    known = ~np.isin(left, (State.NOT_ASSESSED, State.NOT_APPLICABLE))
    known_right = ~np.isin(right, (State.NOT_ASSESSED, State.NOT_APPLICABLE))
    looked = _meet(known, known_right) > 0
    states = np.where(looked, State.GAP, State.NOT_ASSESSED).astype(np.uint8)
    counts = np.zeros(shape, dtype=np.int32)
    # From the weakest state to the best, so that the best is written last.
    for state in range(CLASSES, -1, -1):
        both = _meet(left <= state, right <= state)
        states[both > 0] = state
        if state == REACHED:
            counts = both.astype(np.int32)
    return states, counts


def _meet(left: Array, right: Array) -> Array:
    """For each pair of columns, the number of rows in which both are true."""
    return np.asarray(left.T.astype(np.float32) @ right.astype(np.float32))
