"""Where the nodes of a network go: computed beforehand, always the same for the same network."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from targetgraph.analysis.network import OBJECTIVE, TARGET, Network, nodes_of

Points = NDArray[np.float64]

# Room that a node and its label need, in the units of the picture.
ROOM = (84.0, 46.0)
_WEIGHTS = {"named": 1.0, "judged": 0.55, "implied": 0.3}
# Kinds around the targets, as (angle in turns, share of the circle): the same kind is always found in the same quarter.
_SECTORS = {
    "actor": (0.5, 0.2),
    "sector": (0.0, 0.22),
    "stage": (0.25, 0.2),
    "goal": (0.77, 0.18),
    "indicator": (0.62, 0.1),
}


def positions(network: Network, seed: int = 7, iterations: int = 45) -> dict[str, tuple[float, float]]:
    """Coordinates of every node, to one decimal, x to the right and y downward.

    Targets start in a ring by objective and the other kinds around them, each in its own direction; springs then draw
    tied nodes together (what the text names pulls most), and what overlaps is pushed apart. Nodes without links stand
    in rows of their own below.

    Parameters
    ----------
    network : of :func:`~targetgraph.analysis.network.framework_network`.
    seed, iterations : of the springs.
    """
    tied = [node for node in network if network.degree(node)]
    placed: dict[str, tuple[float, float]] = {}
    if tied:
        start = _start(network, set(tied))
        drawn = nx.spring_layout(
            _springs(network, tied), pos=start, seed=seed, iterations=iterations, weight="weight",
            k=2.1 / math.sqrt(len(tied)), scale=1.0,
        )  # fmt: skip
        points = _spread(np.array([drawn[node] for node in tied], dtype=np.float64))
        placed = {n: (round(float(x), 1), round(float(y), 1)) for n, (x, y) in zip(tied, points, strict=True)}
    return placed | _shelf([node for node in network if not network.degree(node)], placed)


def _springs(network: Network, tied: list[str]) -> Any:
    """The network with one weighted edge for each tied pair."""
    springs: Any = nx.Graph()
    springs.add_nodes_from(tied)
    for one, other, data in network.edges(data=True):
        weight = _WEIGHTS[data["basis"]]
        if springs.has_edge(one, other):
            weight = max(weight, springs[one][other]["weight"])
        springs.add_edge(one, other, weight=weight)
    return springs


def _start(network: Network, tied: set[str]) -> dict[str, tuple[float, float]]:
    """Positions to start from: objectives and targets within, every other kind in its own direction."""
    found: dict[str, tuple[float, float]] = {}
    for kind, radius in ((OBJECTIVE, 0.16), (TARGET, 0.42)):
        ring = [node for node in nodes_of(network, kind) if node in tied]
        for i, node in enumerate(ring):
            found[node] = _on_circle((i + 0.5) / len(ring), radius)
    for kind, (turn, share) in _SECTORS.items():
        arc = [node for node in nodes_of(network, kind) if node in tied]
        for i, node in enumerate(arc):
            along = (i + 0.5) / len(arc) - 0.5
            found[node] = _on_circle(turn + along * share, 0.86 + 0.1 * (i % 2))
    return found


def _on_circle(turn: float, radius: float) -> tuple[float, float]:
    return radius * math.cos(2 * math.pi * turn), radius * math.sin(2 * math.pi * turn)


def _spread(points: Points) -> Points:
    """Scale a drawing to the room its nodes need, wider than high, and push apart what overlaps."""
    room = np.array(ROOM)
    area = len(points) * ROOM[0] * ROOM[1] * 1.35
    half = math.sqrt(area) / 2
    # Ranks mixed in: the crowded middle opens up and the rim comes closer, while neighbours stay neighbours.
    ranks = points.argsort(axis=0).argsort(axis=0) / max(len(points) - 1, 1) * 2 - 1
    points = (0.25 * points + 0.75 * ranks) * np.array([half * 1.5, half / 1.3])
    for _ in range(160):
        apart = points[:, None, :] - points[None, :, :]
        overlap = 1 - np.abs(apart) / room
        clash = (overlap > 0).all(axis=2)
        np.fill_diagonal(clash, False)
        if not clash.any():
            break
        # Along the axis where the least movement parts them.
        along_y = overlap[..., 1] * room[1] <= overlap[..., 0] * room[0]
        order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])
        sign = np.where(apart == 0, order[..., None], np.sign(apart))
        push = np.where(clash[..., None], sign * overlap * room * 0.3, 0.0)
        push[..., 0] *= ~along_y
        push[..., 1] *= along_y
        points = points + push.sum(axis=1)
    return np.asarray(points - (points.max(axis=0) + points.min(axis=0)) / 2)


def _shelf(lonely: list[str], placed: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Nodes without links, in rows below the others."""
    xs, ys = [p[0] for p in placed.values()] or [0.0], [p[1] for p in placed.values()] or [0.0]
    per_row = max(int((max(xs) - min(xs)) // (ROOM[0] * 1.4)), 4)
    found = {}
    for i, node in enumerate(lonely):
        row, column = divmod(i, per_row)
        width = min(per_row, len(lonely) - row * per_row)
        x = (column - (width - 1) / 2) * ROOM[0] * 1.4 + (max(xs) + min(xs)) / 2
        found[node] = (round(x, 1), round(max(ys) + ROOM[1] * (2.2 + 1.4 * row), 1))
    return found
