"""Forces on the nodes of a drawing: ties pull, everything pushes, and what overlaps is parted.

Fruchterman and Reingold's scheme ("Graph drawing by force-directed placement", Software: Practice and Experience 21, 1991),
with the grid of cells they describe carried further: near nodes push one by one, far cells as a whole (as in Barnes and Hut,
Nature 324, 1986, with a tree of one level). Thousands of nodes are placed in a fraction of a second by numpy alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Numbers = NDArray[np.int64]

# Up to this many nodes every pair is looked at; beyond, far ones are taken together.
_ALL_PAIRS = 400
_CELLS = 18
_TOGETHER = 1e-3
_PART = 0.3


def settled(
    start: Points, source: Numbers, goal: Numbers, weight: NDArray[np.float64], iterations: int, spacing: float
) -> Points:
    """Positions after some rounds of pulling and pushing; the same for the same arguments.

    Parameters
    ----------
    start : shape (nodes, 2), within the unit square or so.
    source, goal, weight : node numbers and pull of each tie.
    iterations : rounds; in each a node moves less far than in the one before.
    spacing : distance at which the pull of a tie of weight 1 and the push of two nodes are equal.
    """
    points = start.copy()
    count = len(points)
    step = 0.1 * float(np.ptp(points, axis=0).max(initial=1.0) or 1.0)
    cooling = step / (iterations + 1)
    for _ in range(iterations):
        push = _by_pairs(points, spacing) if count <= _ALL_PAIRS else _by_cells(points, spacing)
        apart = points[source] - points[goal]
        pull = apart * (weight * np.maximum(np.hypot(apart[:, 0], apart[:, 1]), _TOGETHER) / spacing)[:, None]
        force = push
        for axis in (0, 1):
            force[:, axis] -= np.bincount(source, pull[:, axis], count) - np.bincount(goal, pull[:, axis], count)
        length = np.maximum(np.hypot(force[:, 0], force[:, 1]), _TOGETHER)
        points += force * (np.minimum(length, step) / length)[:, None]
        step -= cooling
    return points


def _by_pairs(points: Points, spacing: float) -> Points:
    apart = points[:, None, :] - points[None, :, :]
    square = np.maximum((apart**2).sum(axis=2), _TOGETHER**2)
    return np.asarray((apart / square[..., None]).sum(axis=1) * spacing**2)


def _by_cells(points: Points, spacing: float) -> Points:
    """Push of near nodes one by one, of all other cells from their middle, as heavy as they are full."""
    low = points.min(axis=0)
    size = float((points.max(axis=0) - low).max()) / _CELLS or 1.0
    place = np.minimum(((points - low) / size).astype(np.int64), _CELLS - 1)
    cell = place[:, 0] * _CELLS + place[:, 1]
    full = np.bincount(cell, minlength=_CELLS**2)
    used = np.flatnonzero(full)
    middle = np.stack([np.bincount(cell, points[:, axis], _CELLS**2)[used] / full[used] for axis in (0, 1)], axis=1)
    near, far = points.astype(np.float32), middle.astype(np.float32)
    # |p - m|² written out, so that products of matrices do the work.
    square = (near**2).sum(axis=1)[:, None] + (far**2).sum(axis=1)[None, :] - 2 * (near @ far.T)
    weight = full[used].astype(np.float32) / np.maximum(square, np.float32((size / 2) ** 2))
    push = near * weight.sum(axis=1)[:, None] - weight @ far
    return np.asarray(push, dtype=np.float64) * spacing**2


def parted(points: Points, room: tuple[float, float], rounds: int = 160) -> Points:
    """Push apart what overlaps, along the axis where the least movement does it.

    Parameters
    ----------
    points : shape (nodes, 2).
    room : width and height that each node needs.
    rounds : at most so many.
    """
    from scipy.spatial import cKDTree

    points, size = points.copy(), np.array(room)
    for _ in range(rounds):
        pairs = cKDTree(points / size).query_pairs(1.0, p=np.inf, output_type="ndarray")
        one, other = pairs[:, 0], pairs[:, 1]
        apart = points[one] - points[other]
        overlap = 1 - np.abs(apart) / size
        clash = (overlap > 0).all(axis=1)
        if not clash.any():
            break
        one, other, apart, overlap = one[clash], other[clash], apart[clash], overlap[clash]
        along_y = overlap[:, 1] * size[1] <= overlap[:, 0] * size[0]
        # Nodes in one and the same place go apart in the order of their numbers.
        sign = np.where(apart == 0, np.where(one < other, -1.0, 1.0)[:, None], np.sign(apart))
        push = sign * overlap * size * _PART
        push[:, 0] *= ~along_y
        push[:, 1] *= along_y
        for axis in (0, 1):
            points[:, axis] += np.bincount(one, push[:, axis], len(points)) - np.bincount(
                other, push[:, axis], len(points)
            )
    return points
