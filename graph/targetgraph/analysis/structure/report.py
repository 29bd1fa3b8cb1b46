"""Everything about the structure of a framework, in one place."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.structure.acting import LARGE, Acting
from targetgraph.analysis.structure.cuts import Bridge, Hinge, Piece, bridges, hinges, pieces
from targetgraph.analysis.structure.matching import Matching, matching
from targetgraph.analysis.structure.positions import (
    MEANING,
    Centrality,
    Communities,
    centralities,
    communities,
)
from targetgraph.analysis.structure.withdrawal import Withdrawal, withdrawals
from targetgraph.errors import TargetGraphError


@dataclass(frozen=True)
class Structure:
    """Structure of the network of targets and concepts (actors, unless another dimension is asked for).

    Parameters
    ----------
    framework, version : of what.
    dimension, singular, plural : the other side of the network, and what one and many of it are called.
    implied : whether links held to be implied were counted.
    targets, concepts, links : sizes of the network.
    covered : ``covered[k]`` targets have at least k different concepts, from k = 0 on.
    withdrawals : what is left without each concept.
    matching : whether every target can have one of its own.
    bridges, hinges : what holds the network together.
    pieces : connected parts, the largest first.
    communities : ``None`` where there is no link or the network is too large.
    centralities : of every node with a link.
    note : what was left out or sampled because of size.
    """

    framework: str
    version: str
    dimension: str
    singular: str
    plural: str
    implied: bool
    targets: int
    concepts: int
    links: int
    covered: tuple[int, ...]
    withdrawals: tuple[Withdrawal, ...]
    matching: Matching
    bridges: tuple[Bridge, ...]
    hinges: tuple[Hinge, ...]
    pieces: tuple[Piece, ...]
    communities: Communities | None
    centralities: tuple[Centrality, ...]
    note: str

    @property
    def single_points(self) -> tuple[Withdrawal, ...]:
        """Withdrawals that leave a target without anybody who counts, or a column unreached."""
        return tuple(w for w in self.withdrawals if w.orphaned or w.deserted or w.columns)

    @property
    def isolated(self) -> tuple[Piece, ...]:
        """Parts that have links and none of them to the largest part."""
        return tuple(p for p in self.pieces[1:] if p.concepts)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        data = asdict(self)
        data["counted"] = "named and implied links" if self.implied else "named links"
        data["meaning"] = MEANING
        data["single_points_of_failure"] = [w.actor.code for w in self.single_points]
        return data


def structure(graph: CodedGraph, framework: str, dimension: str = "actors", implied: bool = False) -> Structure:
    """Analyse who acts on what.

    Parameters
    ----------
    graph : the coded graph.
    framework : code of the framework.
    dimension : what targets are linked to.
    implied : count links that curators hold to be implied, too. Catch-alls and unsettled words never count.

    Raises
    ------
    TargetGraphError : no such framework or dimension, or nothing that counts links them.
    """
    number = graph.framework_number(framework)
    coded = graph.dimension(dimension)
    acting = Acting(graph, number, coded, implied)
    if not acting.pairs:
        some = " Links held to be implied exist: count them with --implied." if acting.any_pairs and not implied else ""
        raise TargetGraphError(
            f"no target of {framework} names a {coded.declaration.singular}: there is no structure to analyse.{some}",
            "", "choose another dimension or framework",
        )  # fmt: skip
    network, size = acting.network, len(acting.targets)
    degrees = [int(network.degree(n)) for n in range(size)]
    return Structure(
        framework=graph.frameworks[number].code,
        version=graph.version,
        dimension=coded.declaration.code,
        singular=coded.declaration.singular,
        plural=coded.declaration.plural,
        implied=implied,
        targets=size,
        concepts=len(network) - size,
        links=len(acting.pairs),
        covered=tuple(sum(d >= k for d in degrees) for k in range(max(degrees) + 1)),
        withdrawals=tuple(withdrawals(acting)),
        matching=matching(acting),
        bridges=tuple(bridges(acting)),
        hinges=tuple(hinges(acting)),
        pieces=tuple(pieces(acting)),
        communities=communities(acting),
        centralities=tuple(centralities(acting)),
        note=_note(len(network)),
    )


def _note(nodes: int) -> str:
    if nodes > LARGE:
        return (
            f"With {nodes} nodes communities, betweenness, closeness and what is cut off are left out (limit {LARGE})."
        )
    return "Betweenness is estimated from a seeded sample." if nodes > 1500 else ""
