"""Roll-up: for each concept everything it rolls up to, and everything that rolls up to it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from targetgraph.analysis.columnar import Array
from targetgraph.errors import Place, TargetGraphError


def closure_of(size: int, narrower: Array, broader: Array, iris: Sequence[str]) -> dict[str, Array]:
    """Reflexive transitive closure of a hierarchy, both ways.

    Parameters
    ----------
    size : number of concepts.
    narrower, broader : parallel concept numbers of the single steps; pairs with a -1 are left out.
    iris : IRI of each concept, for messages.

    Returns
    -------
    ``pointers`` int64 (size + 1,) and ``ancestors`` int32: each concept's list begins with itself, the rest ascends;
    ``down_pointers`` and ``descendants`` likewise.

    Raises
    ------
    TargetGraphError : a concept is broader than itself; the cycle is named.
    """
    parents: list[list[int]] = [[] for _ in range(size)]
    for child, parent in zip(narrower.tolist(), broader.tolist(), strict=True):
        if child >= 0 and parent >= 0:
            parents[child].append(parent)
    ancestors = _ancestor_sets(parents, iris)
    descendants: list[set[int]] = [set() for _ in range(size)]
    for concept, above in enumerate(ancestors):
        for ancestor in above:
            descendants[ancestor].add(concept)
    pointers, up = _packed(ancestors)
    down_pointers, down = _packed(descendants)
    return {"pointers": pointers, "ancestors": up, "down_pointers": down_pointers, "descendants": down}


def _ancestor_sets(parents: list[list[int]], iris: Sequence[str]) -> list[set[int]]:
    """Strict ancestors of each concept, found depth first without recursion."""
    done: list[set[int] | None] = [None] * len(parents)
    for start in range(len(parents)):
        path: list[int] = [start]
        while path:
            concept = path[-1]
            waiting = [p for p in parents[concept] if done[p] is None]
            if not waiting:
                above: set[int] = set(parents[concept])
                for parent in parents[concept]:
                    above |= done[parent] or set()
                done[concept] = above
                path.pop()
            elif waiting[0] in path:
                raise _cycle([*path[path.index(waiting[0]) :], waiting[0]], iris)
            else:
                path.append(waiting[0])
    return [above or set() for above in done]


def _cycle(members: list[int], iris: Sequence[str]) -> TargetGraphError:
    chain = " → ".join(iris[m] for m in members)
    return TargetGraphError(
        f"the hierarchy goes round in a circle: {chain}",
        Place(iri=iris[members[0]]),
        "remove one of these broader relations",
    )


def _packed(sets: list[set[int]]) -> tuple[Array, Array]:
    pointers = np.zeros(len(sets) + 1, dtype=np.int64)
    np.cumsum([len(s) + 1 for s in sets], out=pointers[1:])
    flat = [m for concept, s in enumerate(sets) for m in (concept, *sorted(s))]
    return pointers, np.array(flat, dtype=np.int32)
