"""The states of a coverage cell, and how links decide them.

A link is of one class: *named*, *implied*, *umbrella*, *contingent* or *stale*. Links roll up to broader concepts and never
down; only a catch-all reaches what lies below it, and then as *umbrella*. A cell's state is read off its counts by class.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from targetgraph.analysis.coding import NAMED, CodedDimension
from targetgraph.analysis.columnar import Array


class State(IntEnum):
    """States of a cell in order of precedence: a lower number wins."""

    COVERED = 0
    THIN = 1
    IMPLIED = 2
    UMBRELLA = 3
    CONTINGENT = 4
    STALE = 5
    NOT_APPLICABLE = 6
    NOT_ASSESSED = 7
    GAP = 8

    @property
    def word(self) -> str:
        """The state as people read it."""
        return self.name.lower().replace("_", " ")

    @property
    def symbol(self) -> str:
        """One character that tells the state without colour."""
        return "●◐◇☂[↺–·○"[self]


REACHED = State.STALE
"""States up to this one rest on links; later ones mean there is none."""


class LinkClass(IntEnum):
    """What a link is worth, best first."""

    NAMED = 0
    IMPLIED = 1
    UMBRELLA = 2
    CONTINGENT = 3
    STALE = 4


CLASSES = len(LinkClass)


def link_classes(dimension: CodedDimension) -> Array:
    """:class:`LinkClass` of each link, int8, shape (links,); worked out once for a dimension."""
    known = dimension.__dict__.get("_classes")
    if known is None:
        known = _link_classes(dimension)
        known.setflags(write=False)
        dimension.__dict__["_classes"] = known
    return np.asarray(known)


def _link_classes(dimension: CodedDimension) -> Array:
    links = dimension.links
    classes = np.where(links.basis == NAMED, LinkClass.NAMED, LinkClass.IMPLIED).astype(np.int8)
    classes[dimension.concepts.umbrella[links.concept]] = LinkClass.UMBRELLA
    classes[links.contingent] = LinkClass.CONTINGENT
    classes[links.stale] = LinkClass.STALE
    return classes


def _expand(pointers: Array, members: Array, concepts: Array) -> tuple[Array, Array]:
    """For each concept all its members: (position of the concept, member), both int64."""
    starts, ends = pointers[concepts], pointers[concepts + 1]
    lengths = ends - starts
    positions = np.repeat(np.arange(len(concepts)), lengths)
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return positions, members[np.repeat(starts, lengths) + within]


@dataclass(frozen=True)
class Contributions:
    """Which link counts in which cell: parallel arrays of link number, concept number and class."""

    link: Array
    concept: Array
    classes: Array


def contributions(dimension: CodedDimension, selected: Array) -> Contributions:
    """Every cell that each selected link reaches: upward by roll-up, downward only from a catch-all.

    Parameters
    ----------
    dimension : the coded dimension.
    selected : link numbers, int64.

    Returns
    -------
    Contributions, at most one for each link and concept.
    """
    closure, concepts = dimension.closure, np.asarray(dimension.links.concept[selected])
    classes = link_classes(dimension)[selected]
    up, reached = _expand(closure["pointers"], closure["ancestors"], concepts)
    catch_all = np.flatnonzero(dimension.concepts.umbrella[concepts])
    down, below = _expand(closure["down_pointers"], closure["descendants"], concepts[catch_all])
    itself = below == concepts[catch_all][down]  # already counted on the way up
    down, below = catch_all[down[~itself]], below[~itself]
    position = np.concatenate([up, down])
    return Contributions(
        link=selected[position],
        concept=np.concatenate([reached, below]),
        classes=classes[position],
    )


def cell_counts(dimension: CodedDimension, targets: Array) -> Array:
    """Links by cell and class.

    Parameters
    ----------
    dimension : the coded dimension.
    targets : target numbers, the rows.

    Returns
    -------
    int32 array, shape (targets, concepts of the scheme, 5 classes).
    """
    n_targets, n_concepts = len(targets), dimension.concepts.rows()
    row_of = np.full(int(max(targets.max(initial=-1), dimension.links.target.max(initial=-1))) + 1, -1)
    row_of[targets] = np.arange(n_targets)
    rows = row_of[dimension.links.target]
    selected = np.flatnonzero(rows >= 0)
    reach = contributions(dimension, selected)
    key = (rows[reach.link] * n_concepts + reach.concept) * CLASSES + reach.classes
    counts = np.bincount(key, minlength=n_targets * n_concepts * CLASSES)
    return counts.reshape(n_targets, n_concepts, CLASSES).astype(np.int32)


def states_of(counts: Array, minimum: int, empty: Array | int) -> Array:
    """States from counts by class.

    Parameters
    ----------
    counts : shape (..., 5).
    minimum : links named in the text that are obliged.
    empty : state where there is no link at all, broadcastable to ``counts.shape[:-1]``.

    Returns
    -------
    uint8 array of :class:`State`, shape ``counts.shape[:-1]``.
    """
    named = counts[..., LinkClass.NAMED]
    chosen = np.select(
        [named >= minimum, named > 0] + [counts[..., c] > 0 for c in list(LinkClass)[1:]],
        [State.COVERED, State.THIN, State.IMPLIED, State.UMBRELLA, State.CONTINGENT, State.STALE],
        default=empty,
    )
    return chosen.astype(np.uint8)
