"""Communities, and how central targets and actors are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from targetgraph.analysis.structure.acting import LARGE, Acting

SEED = 20231
_SAMPLE = 400
_EXACT = 1500

MEANING = {
    "degree": "the share of the other side that it is linked with",
    "betweenness": "how often it lies on a shortest way between two others: who mediates",
    "closeness": "how few steps away all others are: who is reached soon",
}


@dataclass(frozen=True, slots=True)
class Community:
    """Targets and concepts that are linked more with each other than with the rest."""

    targets: tuple[str, ...]
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Communities:
    """Communities by greedy modularity (A. Clauset, M. Newman, C. Moore, Physical Review E 70, 066111, 2004).

    Parameters
    ----------
    groups : the largest first.
    modularity : of the division, from -1/2 to 1; above 0.3 it is usually held to mean something.
    strangers : pairs of positions in ``groups`` between which there is no link.
    """

    groups: tuple[Community, ...]
    modularity: float
    strangers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Centrality:
    """How central a node is, by each measure (:data:`MEANING`), each from 0 to 1; one not worked out is ``None``."""

    name: str
    kind: str
    links: int
    degree: float
    betweenness: float | None
    closeness: float | None


def communities(acting: Acting) -> Communities | None:
    """Communities, or nothing where there is no link, or more than :data:`LARGE` nodes."""
    import networkx as nx

    network = acting.network
    linked = network.subgraph(sorted(n for n in network if network.degree(n)))
    if not linked or len(linked) > LARGE:
        return None
    parts = [set(p) for p in nx.community.greedy_modularity_communities(linked)]
    parts.sort(key=lambda p: (-len(p), min(p)))
    home = {node: number for number, part in enumerate(parts) for node in part}
    joined = {frozenset((home[a], home[b])) for a, b in linked.edges}
    return Communities(
        groups=tuple(
            Community(
                tuple(acting.name(n) for n in sorted(p) if acting.is_target(n)),
                tuple(acting.name(n) for n in sorted(p) if not acting.is_target(n)),
            )
            for p in parts
        ),
        modularity=float(nx.community.modularity(linked, parts)),
        strangers=tuple(pair for pair in combinations(range(len(parts)), 2) if frozenset(pair) not in joined),
    )


def centralities(acting: Acting) -> list[Centrality]:
    """Every node that has a link: actors and targets, by betweenness, then degree.

    Beyond 1500 nodes betweenness is estimated from 400 of them (seeded), beyond :data:`LARGE` only the degree is given.
    """
    import networkx as nx

    network = acting.network
    between: Mapping[int, float] | None = None
    close: Mapping[int, float] | None = None
    if len(network) <= LARGE:
        sample = None if len(network) <= _EXACT else _SAMPLE
        between = nx.betweenness_centrality(network, k=sample, normalized=True, seed=SEED)
        close = nx.closeness_centrality(network)
    sides = (len(acting.targets), len(network) - len(acting.targets))
    found = []
    for node in sorted(n for n in network if network.degree(n)):
        kind = "target" if acting.is_target(node) else "concept"
        found.append(
            Centrality(
                name=acting.name(node),
                kind=kind,
                links=int(network.degree(node)),
                degree=network.degree(node) / sides[1 if kind == "target" else 0],
                betweenness=None if between is None else round(between[node], 6),
                closeness=None if close is None else round(close[node], 6),
            )
        )
    return sorted(found, key=lambda c: (-(c.betweenness or 0), -c.degree, c.kind, c.name))
