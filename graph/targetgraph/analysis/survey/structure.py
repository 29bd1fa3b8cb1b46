"""The web of named actors in all frameworks at once: actors too much rests on, and parts that stand apart."""

from __future__ import annotations

import numpy as np

from targetgraph.analysis.columnar import Array, distinct
from targetgraph.analysis.survey.dimension import DimensionSurvey


def single_points(survey: DimensionSurvey) -> Array:
    """Concepts, narrower ones included, that two targets or more rest on alone, int64, shape (frameworks,)."""
    targets, concepts = survey.named_pairs
    dimension, frameworks = survey.dimension, survey.frameworks
    n_concepts = dimension.concepts.rows()
    pointers, ancestors = dimension.closure["pointers"], dimension.closure["ancestors"]
    lengths = pointers[concepts + 1] - pointers[concepts]
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    above = ancestors[np.repeat(pointers[concepts], lengths) + within]
    cells, counts = np.unique(np.repeat(targets, lengths) * n_concepts + above, return_counts=True)
    target, concept = cells // max(n_concepts, 1), cells % max(n_concepts, 1)
    # All that the target names lies below the concept.
    alone = (counts == np.bincount(targets, minlength=survey.graph.targets.rows())[target]) & ~(
        np.asarray(dimension.concepts.umbrella)[concept]
    )
    key = frameworks.of_target[target[alone]].astype(np.int64) * n_concepts + concept[alone]
    orphaned = np.bincount(key, minlength=frameworks.count * n_concepts).reshape(frameworks.count, n_concepts)
    return np.asarray((orphaned >= 2).sum(axis=1))


def components_apart(survey: DimensionSurvey) -> Array:
    """Connected components of targets and named concepts, but one, int64, shape (frameworks,)."""
    targets, concepts = survey.named_pairs
    frameworks = survey.frameworks
    of = frameworks.of_target[targets].astype(np.int64)
    _, actor = np.unique(of * survey.dimension.concepts.rows() + concepts, return_inverse=True)
    label = np.arange(int(actor.max(initial=-1)) + 1)
    starts = np.flatnonzero(np.concatenate([np.ones(min(len(targets), 1), dtype=bool), targets[1:] != targets[:-1]]))
    sizes = np.diff(np.append(starts, len(targets)))
    while len(starts):
        # The lowest number spreads over targets to actors and back, until nothing changes.
        lowest = np.repeat(np.minimum.reduceat(label[actor], starts), sizes)
        spread = label.copy()
        np.minimum.at(spread, actor, lowest)
        spread = spread[spread]
        if (spread == label).all():
            break
        label = spread
    roots = distinct(of * len(label) + label[actor]) // max(len(label), 1)
    return np.maximum(np.bincount(roots, minlength=frameworks.count) - 1, 0)
