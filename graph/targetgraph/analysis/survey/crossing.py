"""Pairs of concepts that no target brings together, in all frameworks: sets of concepts as bits of machine words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from targetgraph.analysis.columnar import Array
from targetgraph.analysis.states import LinkClass, State
from targetgraph.analysis.survey.dimension import DimensionSurvey

_BITS = 64


def _packed(chosen: Array) -> Array:
    """Rows of booleans as words, uint64, shape (rows, words)."""
    rows, columns = chosen.shape
    words = -(-max(columns, 1) // _BITS)
    padded = np.zeros((rows, words * _BITS), dtype=np.uint8)
    padded[:, :columns] = chosen
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def _unpacked(words: Array, columns: int) -> Array:
    """The inverse of :func:`_packed`, bool, shape (rows, columns)."""
    as_bytes = np.ascontiguousarray(words.astype("<u8")).view(np.uint8)
    return np.unpackbits(as_bytes, axis=1, bitorder="little")[:, :columns].astype(bool)


def reach_of_concepts(survey: DimensionSurvey, up_only: bool = False) -> Array:
    """What a link to each concept reaches, as words, shape (concepts, words)."""
    n = survey.dimension.concepts.rows()
    chosen = np.zeros((n, n), dtype=bool)
    for concept in range(n):
        chosen[concept, survey.dimension.ancestors(concept)] = True
        if survey.dimension.concepts.umbrella[concept] and not up_only:
            chosen[concept, survey.dimension.descendants(concept)] = True
    return _packed(chosen)


def reached(survey: DimensionSurvey) -> Array:
    """Concepts each target reaches in whatever state, as words, shape (targets, words)."""
    words = reach_of_concepts(survey)[survey.dimension.links.concept]
    return survey.targets.reduced(np.bitwise_or, words, 0)


def named(survey: DimensionSurvey) -> Array:
    """Concepts each target names, itself or by a narrower one, as words, shape (targets, words)."""
    words = reach_of_concepts(survey, up_only=True)[survey.dimension.links.concept]
    words[survey.classes != LinkClass.NAMED] = 0
    return survey.targets.reduced(np.bitwise_or, words, 0)


def has(words: Array, targets: Array, concepts: Array) -> Array:
    """Whether the word rows of some targets hold some concepts, bool, parallel to both."""
    return np.asarray(
        (words[targets, concepts // _BITS] >> (concepts % _BITS).astype(np.uint64)) & np.uint64(1), dtype=bool
    )


def _known(survey: DimensionSurvey, reaching: Array) -> Array:
    """Concepts of which it is known whether each target reaches them, as words, shape (targets, words)."""
    by_framework = _packed(survey.empty.framework == State.GAP)
    known = by_framework[survey.frameworks.of_target]
    known[survey.empty.special] = _packed(survey.empty.special_cells == State.GAP)
    return known | reaching


def _together(left: Array, right: Array, rows: Sequence[int], survey: DimensionSurvey) -> Array:
    """For each framework and chosen concept on the left, the concepts on the right that some target has beside it.

    Returns
    -------
    Words, shape (frameworks, chosen concepts, words).
    """
    found = np.zeros((survey.frameworks.count, len(rows), right.shape[1]), dtype=np.uint64)
    for position, row in enumerate(rows):
        bit = (left[:, row // _BITS] >> np.uint64(row % _BITS)) & np.uint64(1)
        beside = right * bit[:, None]
        found[:, position] = survey.frameworks.reduced(np.bitwise_or, beside, 0)
    return found


def empty_cells(down: DimensionSurvey, across: DimensionSurvey) -> Array:
    """How many pairs of columns, each reached by some target, no target reaches together, int64, shape (frameworks,)."""
    left, right = reached(down), reached(across)
    rows = [c for c in down.dimension.columns.tolist() if not down.dimension.concepts.umbrella[c]]
    columns = np.array([c for c in across.dimension.columns.tolist() if not across.dimension.concepts.umbrella[c]])
    frameworks, width = down.frameworks, across.dimension.concepts.rows()
    if not rows or not len(columns):
        return np.zeros(frameworks.count, dtype=np.int64)
    met = _together(left, right, rows, down)
    looked = _together(_known(down, left), _known(across, right), rows, down)
    reaches_row = _unpacked(frameworks.reduced(np.bitwise_or, left, 0), down.dimension.concepts.rows())[:, rows]
    reaches_column = _unpacked(frameworks.reduced(np.bitwise_or, right, 0), width)[:, columns]
    open_cells = (looked & ~met).reshape(-1, met.shape[2])
    gaps = _unpacked(open_cells, width)[:, columns].reshape(frameworks.count, len(rows), len(columns))
    return np.asarray((gaps & reaches_row[:, :, None] & reaches_column[:, None, :]).sum(axis=(1, 2)))
