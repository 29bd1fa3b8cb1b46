"""Where the nodes of a network go: computed beforehand, always the same for the same network."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from targetgraph.analysis.coded_network import NODE_KINDS, CodedNetwork
from targetgraph.analysis.network import BASIS_WORDS, OBJECTIVE, TARGET
from targetgraph.analysis.springs import Points, parted, settled

if TYPE_CHECKING:
    from targetgraph.analysis.network import Network

# Room that a node and its label need, in the units of the picture.
ROOM = (84.0, 46.0)
_PULL = np.array([1.0, 0.3, 0.55])  # named, implied, judged
# Kinds around the targets, as (angle in turns, share of the circle): the same kind is always found in the same quarter.
_SECTORS = {
    "actor": (0.5, 0.2),
    "sector": (0.0, 0.22),
    "stage": (0.25, 0.2),
    "goal": (0.77, 0.18),
    "indicator": (0.62, 0.1),
}
_LARGE = 400
_ROUNDS, _PARTINGS = (45, 24), (160, 40)
"""Rounds of the springs, and of parting what overlaps: in small networks, in large ones."""


def positions(network: Network) -> dict[str, tuple[float, float]]:
    """Coordinates of every node by its name (see :func:`placed`).

    Parameters
    ----------
    network : of :func:`~targetgraph.analysis.network.framework_network`.
    """
    number = {node: n for n, node in enumerate(network)}
    ends = [
        (number[one], number[other], BASIS_WORDS.index(data["basis"])) for one, other, data in network.edges(data=True)
    ]
    edges = np.array(ends, dtype=np.int64).reshape(-1, 3)
    kinds = [NODE_KINDS.index(data["kind"]) for _, data in network.nodes(data=True)]
    points = placed(np.array(kinds, dtype=np.int8), edges[:, 0], edges[:, 1], edges[:, 2])
    return {node: (x, y) for node, (x, y) in zip(network, points.tolist(), strict=True)}


def network_positions(network: CodedNetwork) -> Points:
    """Coordinates of every node by its number (see :func:`placed`)."""
    return placed(network.kind, network.source, network.goal, network.basis)


def placed(
    kind: NDArray[np.int8], source: NDArray[np.int64], goal: NDArray[np.int64], basis: NDArray[np.int64]
) -> Points:
    """Coordinates to one decimal, x to the right and y downward.

    Targets start in a ring by objective and the other kinds around them, each in its own direction; springs then draw
    tied nodes together (what the text names pulls most), and what overlaps is pushed apart. Nodes without links stand
    in rows of their own below.

    Parameters
    ----------
    kind : of each node, index into :data:`NODE_KINDS`.
    source, goal, basis : of each edge.

    Returns
    -------
    float64, shape (nodes, 2).
    """
    count = len(kind)
    degree = np.bincount(source, minlength=count) + np.bincount(goal, minlength=count)
    tied = np.flatnonzero(degree)
    points = np.zeros((count, 2))
    if len(tied):
        one, other, pull = _springs(source, goal, basis, count)
        place = np.zeros(count, dtype=np.int64)
        place[tied] = np.arange(len(tied))
        start = _start(kind[tied])
        rounds = _ROUNDS[len(tied) > _LARGE]
        drawn = settled(start, place[one], place[other], pull, rounds, 2.1 / math.sqrt(len(tied)))
        points[tied] = _spread(drawn)
    lonely = np.flatnonzero(degree == 0)
    points[lonely] = _shelf(len(lonely), points[tied])
    return np.asarray(points.round(1) + 0.0)


def _springs(
    source: NDArray[np.int64], goal: NDArray[np.int64], basis: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """One spring for each tied pair, as strong as the strongest tie."""
    low, high = np.minimum(source, goal).astype(np.int64), np.maximum(source, goal).astype(np.int64)
    pair = (low * count + high)[low != high]
    pull = _PULL[basis][low != high]
    order = np.lexsort((-pull, pair))
    pair, pull = pair[order], pull[order]
    first = np.ones(len(pair), dtype=bool)
    first[1:] = pair[1:] != pair[:-1]
    return pair[first] // count, pair[first] % count, pull[first]


def _start(kind: NDArray[np.int8]) -> Points:
    """Positions to start from: objectives and targets within, every other kind in its own direction."""
    found = np.zeros((len(kind), 2))
    for name, radius in ((OBJECTIVE, 0.16), (TARGET, 0.42)):
        ring = np.flatnonzero(kind == NODE_KINDS.index(name))
        found[ring] = _on_circle((np.arange(len(ring)) + 0.5) / max(len(ring), 1), radius)
    for name, (turn, share) in _SECTORS.items():
        arc = np.flatnonzero(kind == NODE_KINDS.index(name))
        along = (np.arange(len(arc)) + 0.5) / max(len(arc), 1) - 0.5
        found[arc] = _on_circle(turn + along * share, np.float64(0.86) + 0.1 * (np.arange(len(arc)) % 2))
    return found


def _on_circle(turn: NDArray[Any], radius: float | NDArray[Any]) -> Points:
    return np.stack([radius * np.cos(2 * np.pi * turn), radius * np.sin(2 * np.pi * turn)], axis=1)


def _spread(points: Points) -> Points:
    """Scale a drawing to the room its nodes need, wider than high, and push apart what overlaps."""
    area = len(points) * ROOM[0] * ROOM[1] * 1.35
    half = math.sqrt(area) / 2
    # Ranks mixed in: the crowded middle opens up and the rim comes closer, while neighbours stay neighbours.
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0) / max(len(points) - 1, 1) * 2 - 1
    points = points / max(float(np.abs(points).max()), 1e-9)
    points = (0.25 * points + 0.75 * ranks) * np.array([half * 1.5, half / 1.3])
    points = parted(points, ROOM, _PARTINGS[len(points) > _LARGE])
    return np.asarray(points - (points.max(axis=0) + points.min(axis=0)) / 2)


def _shelf(lonely: int, placed: Points) -> Points:
    """Places for nodes without links, in rows below the others."""
    low, high = (placed.min(axis=0), placed.max(axis=0)) if len(placed) else (np.zeros(2), np.zeros(2))
    per_row = max(int((high[0] - low[0]) // (ROOM[0] * 1.4)), 4)
    row, column = np.divmod(np.arange(lonely), per_row)
    width = np.minimum(per_row, lonely - row * per_row)
    x = (column - (width - 1) / 2) * ROOM[0] * 1.4 + (high[0] + low[0]) / 2
    return np.stack([x, high[1] + ROOM[1] * (2.2 + 1.4 * row)], axis=1)
