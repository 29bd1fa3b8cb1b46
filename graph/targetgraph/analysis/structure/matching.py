"""Can every target have an actor of its own? If not, which targets are the bottleneck?

A largest matching is found after J. Hopcroft and R. Karp (SIAM Journal on Computing 2, 1973). By Hall's theorem every target
can be matched unless some set of targets has, all together, fewer actors than members; such a set is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from targetgraph.analysis.coverage import Heading
from targetgraph.analysis.structure.acting import Acting

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """Targets that have fewer actors between them than they are."""

    targets: tuple[Heading, ...]
    actors: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """The largest number of targets that can have an actor of their own at once.

    Parameters
    ----------
    pairs : one way to do it, (target, actor).
    without : targets that have no actor at all, and so none of their own.
    unmatched : targets with actors that go without in this way of doing it.
    widest : all targets that compete for too few actors; it lacks as many actors as there are unmatched.
    tightest : a set from which no target can be taken without its ceasing to be a bottleneck.
    """

    pairs: tuple[tuple[Heading, Heading], ...]
    without: tuple[Heading, ...]
    unmatched: tuple[Heading, ...]
    widest: Bottleneck | None
    tightest: Bottleneck | None


def matching(acting: Acting) -> Matching:
    """Match targets to actors."""
    import networkx as nx

    network = acting.network
    targets = [n for n in range(len(acting.targets)) if network.degree(n)]
    partner: Mapping[int, int] = nx.bipartite.hopcroft_karp_matching(network, targets)
    unmatched = [t for t in targets if t not in partner]
    widest = _reachable(network, partner, unmatched)
    tightest = _shrunk(network, _reachable(network, partner, unmatched[:1]))
    return Matching(
        pairs=tuple((acting.heading(t), acting.heading(partner[t])) for t in targets if t in partner),
        without=tuple(acting.heading(n) for n in range(len(acting.targets)) if not network.degree(n)),
        unmatched=tuple(acting.heading(t) for t in unmatched),
        widest=_bottleneck(acting, widest),
        tightest=_bottleneck(acting, tightest),
    )


def _reachable(network: nx.Graph[int], partner: Mapping[int, int], start: Iterable[int]) -> set[int]:
    """Targets at the ends of alternating paths from unmatched ones: all their actors are matched among them."""
    found, waiting = set(start), list(start)
    while waiting:
        for actor in network[waiting.pop()]:
            if partner[actor] not in found:
                found.add(partner[actor])
                waiting.append(partner[actor])
    return found


def _shrunk(network: nx.Graph[int], targets: set[int]) -> set[int]:
    """Take targets away for as long as fewer actors than targets remain."""
    kept = set(targets)
    for target in sorted(targets, key=lambda t: (-network.degree(t), t)):
        rest = kept - {target}
        if rest and len(_actors(network, rest)) < len(rest):
            kept = rest
    return kept


def _actors(network: nx.Graph[int], targets: Iterable[int]) -> set[int]:
    return {a for t in targets for a in network[t]}


def _bottleneck(acting: Acting, targets: set[int]) -> Bottleneck | None:
    if not targets:
        return None
    actors = _actors(acting.network, targets)
    return Bottleneck(
        tuple(acting.heading(t) for t in sorted(targets)), tuple(acting.heading(a) for a in sorted(actors))
    )
