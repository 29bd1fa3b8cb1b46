"""A link that could be proposed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link that does not exist yet, named in the text.

    Parameters
    ----------
    dimension, target, concept : what it links.
    cost : its price.
    implied : whether curators hold it to be implied already, so that the text would only have to say it.
    needs : positions of the needs it counts towards, each by one.
    """

    dimension: str
    target: int
    concept: int
    cost: float
    implied: bool
    needs: frozenset[int]

    @property
    def order(self) -> tuple[float, bool, str, int, int]:
        """Cheaper first, then what is implied already, then the order of the data."""
        return (self.cost, not self.implied, self.dimension, self.target, self.concept)
