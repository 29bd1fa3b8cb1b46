"""Orders of boxes that keep lines from crossing."""

from __future__ import annotations

from collections.abc import Sequence


def by_barycentre(keys: Sequence[str], fixed: Sequence[str], ties: Sequence[tuple[str, str]]) -> list[str]:
    """Sort boxes by the mean height of what they are tied to.

    Parameters
    ----------
    keys : boxes to sort; those without ties keep their order, at the end.
    fixed : boxes of the other column, in their order.
    ties : pairs (box of the other column, box to sort).
    """
    height = {key: float(n) for n, key in enumerate(fixed)}
    heights: dict[str, list[float]] = {}
    for one, other in ties:
        if one in height:
            heights.setdefault(other, []).append(height[one])
    given = {key: n for n, key in enumerate(keys)}

    def place(key: str) -> tuple[float, int]:
        found = heights.get(key)
        return (sum(found) / len(found) if found else float(len(fixed)), given[key])

    return sorted(keys, key=place)
