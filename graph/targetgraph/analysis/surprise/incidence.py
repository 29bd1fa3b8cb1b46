"""What is shuffled, and what is counted of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from targetgraph.analysis.coding import CodedDimension
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.states import LinkClass, link_classes

LINKS, REACHED = "links", "reached"


@dataclass(frozen=True)
class Incidence:
    """Links of targets to concepts as a matrix, and how it rolls up to columns.

    Parameters
    ----------
    matrix : bool, shape (targets, things): what is shuffled.
    roll_up : float32, shape (things, columns), or nothing where the things are the columns.
    columns : concept numbers of the columns shown.
    """

    matrix: Array
    roll_up: Array | None
    columns: Array

    def reached(self, matrix: Array) -> Array:
        """Columns each target reaches, bool, shape (targets, columns)."""
        if self.roll_up is None:
            return matrix
        return np.asarray(matrix.astype(np.float32) @ self.roll_up > 0)


def incidence(dimension: CodedDimension, targets: Array, totals: str, implied: bool) -> Incidence:
    """The links of some targets in a dimension. Catch-alls and unsettled words do not count.

    Parameters
    ----------
    targets : target numbers.
    totals : ``links`` keeps how many concepts each target is linked to itself, and how many targets each concept, and rolls up
        after each shuffle; ``reached`` keeps the totals of the rolled-up table, as if its columns had nothing to do with one
        another.
    implied : count links that curators hold to be implied, too.
    """
    links, classes = dimension.links, link_classes(dimension)
    counted = classes <= (LinkClass.IMPLIED if implied else LinkClass.NAMED)
    position = {int(t): p for p, t in enumerate(targets)}
    columns = np.array([c for c in dimension.columns.tolist() if not dimension.concepts.umbrella[c]], dtype=np.int64)
    direct = np.zeros((len(targets), dimension.concepts.rows()), dtype=bool)
    for target, concept in zip(links.target[counted].tolist(), links.concept[counted].tolist(), strict=True):
        if target in position:
            direct[position[target], concept] = True
    roll_up = np.zeros((dimension.concepts.rows(), len(columns)), dtype=np.float32)
    place = {int(c): p for p, c in enumerate(columns)}
    for concept in range(dimension.concepts.rows()):
        for above in dimension.ancestors(concept).tolist():
            if above in place:
                roll_up[concept, place[above]] = 1.0
    found = Incidence(direct, roll_up, columns)
    if totals == REACHED:
        return Incidence(found.reached(direct), None, columns)
    used = direct.any(axis=0)  # a concept without a link has none in any shuffle either
    return Incidence(direct[:, used], roll_up[used], columns)


def related(dimension: CodedDimension, columns: Array) -> Array:
    """Which pairs of columns are one broader than the other, or the same, bool, shape (columns, columns)."""
    above = np.array([[b in set(dimension.ancestors(int(a)).tolist()) for b in columns.tolist()] for a in columns])
    return np.asarray(above | above.T) if len(columns) else np.zeros((0, 0), dtype=bool)
