"""Counting draws against what was found, without keeping them."""

from __future__ import annotations

import numpy as np

from targetgraph.analysis.columnar import Array


class Tally:
    """Statistics of many draws of an array of whole numbers.

    Parameters
    ----------
    found : what was found, any shape.
    """

    def __init__(self, found: Array) -> None:
        self.found = found.astype(np.int64)
        self.draws = 0
        shape = found.shape
        self._sum, self._squares = np.zeros(shape), np.zeros(shape)
        self._at_most, self._at_least, self._zero = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        self._least, self._most = np.full(shape, np.iinfo(np.int64).max), np.full(shape, -1)
        self._times_least, self._times_most = (np.zeros(shape, dtype=np.int64) for _ in range(2))

    def add(self, drawn: Array) -> None:
        """Count draws: whole numbers, shape (draws, ...)."""
        values = drawn.astype(np.int64)
        self.draws += len(values)
        self._sum += values.sum(axis=0)
        self._squares += (values * values).sum(axis=0)
        self._at_most += (values <= self.found).sum(axis=0)
        self._at_least += (values >= self.found).sum(axis=0)
        self._zero += (values == 0).sum(axis=0)
        least, most = np.minimum(self._least, values.min(axis=0)), np.maximum(self._most, values.max(axis=0))
        self._times_least = np.where(least < self._least, 0, self._times_least) + (values == least).sum(axis=0)
        self._times_most = np.where(most > self._most, 0, self._times_most) + (values == most).sum(axis=0)
        self._least, self._most = least, most

    @property
    def expected(self) -> Array:
        """Mean of the draws."""
        return np.asarray(self._sum / self.draws)

    @property
    def spread(self) -> Array:
        """Standard deviation of the draws."""
        return np.asarray(np.sqrt(np.maximum(self._squares / self.draws - self.expected**2, 0.0)))

    @property
    def effect(self) -> Array:
        """(found − expected) / spread; 0 where nothing varies and nothing differs, infinite where only something differs."""
        apart = self.found - self.expected
        differs = np.where(apart > 0, np.inf, -np.inf)
        still = np.where(np.abs(apart) < 1e-9, 0.0, differs)
        varies = self.spread > 0
        return np.where(varies, apart / np.where(varies, self.spread, 1.0), still)

    @property
    def empty(self) -> Array:
        """Share of the draws that are 0."""
        return np.asarray(self._zero / self.draws)

    def p_values(self, side: str) -> Array:
        """(r + 1) / (n + 1), r being the draws at least as extreme.

        Parameters
        ----------
        side : ``fewer``, ``more``, or ``both`` (twice the smaller of the two, at most 1).
        """
        fewer, more = (self._at_most + 1) / (self.draws + 1), (self._at_least + 1) / (self.draws + 1)
        return _of_side(fewer, more, side)

    def attainable(self, side: str) -> Array:
        """The smallest p that any value drawn or found gets: above the level wanted, the test could never have spoken."""
        fewer, more = (self._times_least + 1) / (self.draws + 1), (self._times_most + 1) / (self.draws + 1)
        return np.minimum(_of_side(fewer, more, side), self.p_values(side))


def _of_side(fewer: Array, more: Array, side: str) -> Array:
    chosen = {"fewer": fewer, "more": more, "both": 2 * np.minimum(fewer, more)}[side]
    return np.asarray(np.minimum(chosen, 1.0))


def false_discovery(p_values: Array) -> Array:
    """Adjusted p-values after Y. Benjamini and Y. Hochberg (Journal of the Royal Statistical Society B 57, 1995).

    Calling all with an adjusted value up to q keeps the expected share of false ones among them below q.

    Parameters
    ----------
    p_values : shape (tests,).
    """
    tests = len(p_values)
    order = np.argsort(p_values, kind="stable")
    scaled = p_values[order] * tests / np.arange(1, tests + 1)
    adjusted = np.empty(tests)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted
