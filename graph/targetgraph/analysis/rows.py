"""Row states: does a target have what it is obliged to have in a dimension?"""

from __future__ import annotations

import numpy as np

from targetgraph.analysis import assessments
from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.declarations import Obligation
from targetgraph.analysis.states import CLASSES, LinkClass, State, link_classes, states_of


def obliged_classes(dimension: CodedDimension, obligation: Obligation) -> Array:
    """Class of each link for an obligation: one that lacks the required value is at best implied.

    Returns
    -------
    int8 array, shape (links,).
    """
    classes = link_classes(dimension)
    if obligation.required_value:
        qualifies = dimension.qualifying[obligation.required_value][dimension.links.concept]
        classes = np.where(qualifies, classes, np.maximum(classes, LinkClass.IMPLIED)).astype(np.int8)
    return classes


def among(dimension: CodedDimension, obligation: Obligation) -> Array:
    """Which concepts of the scheme an obligation asks for: those it lists and their narrower ones, or all.

    Returns
    -------
    bool array, shape (concepts,).
    """
    asked = np.full(dimension.concepts.rows(), not obligation.among)
    wanted = set(obligation.among)
    for concept, iri in enumerate(dimension.concepts.iri if wanted else ()):
        if iri in wanted:
            asked[dimension.descendants(concept)] = True
    return asked


def bound(graph: CodedGraph, targets: Array, obligation: Obligation) -> Array:
    """Which of the targets an obligation binds, bool, shape (targets,)."""
    if not obligation.where_path:
        return np.ones(len(targets), dtype=bool)
    return np.asarray(graph.tables["bound"][obligation.code][targets])


def row_counts(dimension: CodedDimension, targets: Array, classes: Array, counted: Array | None = None) -> Array:
    """Distinct concepts linked to each target, by class; a concept linked twice counts in its better class.

    Parameters
    ----------
    targets : target numbers, the rows.
    classes : class of each link.
    counted : which concepts count, bool, shape (concepts,); all by default.

    Returns
    -------
    int32 array, shape (targets, 5 classes). There is no roll-up: a row asks what the target itself is tied to.
    """
    n_concepts = dimension.concepts.rows()
    row_of = np.full(int(max(targets.max(initial=-1), dimension.links.target.max(initial=-1))) + 1, -1)
    row_of[targets] = np.arange(len(targets))
    rows = row_of[dimension.links.target]
    wanted = rows >= 0 if counted is None else (rows >= 0) & counted[dimension.links.concept]
    mine = np.flatnonzero(wanted)
    cell = rows[mine] * n_concepts + dimension.links.concept[mine]
    # Sorted by cell, then class: the first of each cell is its best.
    order = np.lexsort((classes[mine], cell))
    cell, best = cell[order], classes[mine][order]
    first = np.ones(len(cell), dtype=bool)
    first[1:] = cell[1:] != cell[:-1]
    key = cell[first] // n_concepts * CLASSES + best[first]
    counts = np.bincount(key, minlength=len(targets) * CLASSES)
    return counts.reshape(len(targets), CLASSES).astype(np.int32)


def row_states(graph: CodedGraph, framework: int, targets: Array, obligation: Obligation) -> tuple[Array, Array]:
    """State of each target under an obligation.

    Returns
    -------
    States (uint8, shape (targets,)) and the counts they rest on (int32, shape (targets, 5)). A target that the obligation
    does not bind is *not applicable*.
    """
    dimension = graph.dimension(obligation.dimension)
    counts = row_counts(dimension, targets, obliged_classes(dimension, obligation), among(dimension, obligation))
    empty = assessments.empty_rows(graph, dimension, framework, targets)
    states = states_of(counts, obligation.minimum, empty)
    states[~bound(graph, targets, obligation)] = State.NOT_APPLICABLE
    return states, counts
