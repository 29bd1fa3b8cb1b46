"""Links and nodes that hold the network together, and the pieces it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from targetgraph.analysis.structure.acting import LARGE, Acting

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Bridge:
    """A link without which its two ends are no longer connected.

    Parameters
    ----------
    target, concept : its ends, by name.
    cut_off : names of the smaller side, the end of the link among them; empty where it was not worked out.
    """

    target: str
    concept: str
    cut_off: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hinge:
    """A target or concept without which its piece of the network falls apart (an articulation point).

    Parameters
    ----------
    name, kind : what it is, ``target`` or ``concept``.
    pieces : how many pieces its piece falls into.
    cut_off : names of all that is then not in the largest of them; empty where it was not worked out.
    """

    name: str
    kind: str
    pieces: int
    cut_off: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A connected part of the network."""

    targets: tuple[str, ...]
    concepts: tuple[str, ...]


def bridges(acting: Acting) -> list[Bridge]:
    """All bridges, those that cut off most first."""
    import networkx as nx

    network, found = acting.network, list[Bridge]()
    ends: Iterable[Any] = nx.bridges(network)  # the stubs take a pair for a node
    for one, other in ends:
        target, concept = min(one, other), max(one, other)
        names: tuple[str, ...] = ()
        if len(network) <= LARGE:
            smaller, other = _side(network, target, concept), _side(network, concept, target)
            if len(other) < len(smaller):
                smaller = other
            names = tuple(acting.name(n) for n in sorted(smaller))
        found.append(Bridge(acting.name(target), acting.name(concept), names))
    return sorted(found, key=lambda b: (-len(b.cut_off), b.target, b.concept))


def _side(network: nx.Graph[int], start: int, without: int) -> set[int]:
    """What can be reached from a node without the link to another."""
    seen, waiting = {start}, [start]
    while waiting:
        node = waiting.pop()
        for near in network[node]:
            if near not in seen and (node, near) != (start, without):
                seen.add(near)
                waiting.append(near)
    return seen


def hinges(acting: Acting) -> list[Hinge]:
    """All articulation points, those that cut off most first."""
    import networkx as nx

    network, found = acting.network, list[Hinge]()
    parts: Iterable[Any] = nx.biconnected_components(network)
    blocks: Counter[int] = Counter(node for block in parts for node in block)
    # A node in several blocks is what joins them.
    for node in sorted(n for n, count in blocks.items() if count > 1):
        names: tuple[str, ...] = ()
        if len(network) <= LARGE:
            pieces = _pieces_without(network, node)
            largest = max(pieces, key=lambda p: (len(p), -min(p)))
            names = tuple(acting.name(n) for n in sorted(set().union(*pieces) - largest))
        kind = "target" if acting.is_target(node) else "concept"
        found.append(Hinge(acting.name(node), kind, blocks[node], names))
    return sorted(found, key=lambda h: (-len(h.cut_off), -h.pieces, h.name))


def _pieces_without(network: nx.Graph[int], node: int) -> list[set[int]]:
    pieces: list[set[int]] = []
    for near in network[node]:
        if any(near in piece for piece in pieces):
            continue
        seen, waiting = {near}, [near]
        while waiting:
            for further in network[waiting.pop()]:
                if further != node and further not in seen:
                    seen.add(further)
                    waiting.append(further)
        pieces.append(seen)
    return pieces


def pieces(acting: Acting) -> list[Piece]:
    """Connected parts, the largest first; a target without a link is a part of its own."""
    import networkx as nx

    parts = sorted(nx.connected_components(acting.network), key=lambda p: (-len(p), min(p)))
    return [
        Piece(
            tuple(acting.name(n) for n in sorted(part) if acting.is_target(n)),
            tuple(acting.name(n) for n in sorted(part) if not acting.is_target(n)),
        )
        for part in parts
    ]
