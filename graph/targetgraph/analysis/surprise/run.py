"""Drawing tables and counting what is to be counted in them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from targetgraph.analysis.columnar import Array
from targetgraph.analysis.coverage import Heading
from targetgraph.analysis.surprise.curveball import around
from targetgraph.analysis.surprise.incidence import Incidence
from targetgraph.analysis.surprise.record import Finding, Overall, Verdict
from targetgraph.analysis.surprise.tallies import Tally, false_discovery

_BATCH = 64


@dataclass(frozen=True)
class Family:
    """Numbers of one sort: how they are counted from reached tables, and which of them are tests."""

    name: str
    first: Sequence[Heading]
    second: Sequence[Heading]
    count: Callable[[list[Array]], Array]
    wanted: Callable[[Array], Array]


def everything(counts: Array) -> Array:
    """Every cell is a test."""
    return np.ones(counts.shape, dtype=bool)


def crossed(left: Array, right: Array) -> Array:
    """For each pair of columns, the number of targets that reach both."""
    return np.asarray(left.T.astype(np.float32) @ right.astype(np.float32))


def of_targets(down: Sequence[Heading], across: Sequence[Heading], kin: Array) -> list[Family]:
    """What is counted when targets are the rows: ``kin`` tells which pairs of columns are one broader than the other."""

    def apart(counts: Array) -> Array:
        # Of a column and a broader one nothing is learnt: who reaches the one reaches the other.
        return np.triu(~kin, 1)

    def once(counts: Array) -> Array:
        return np.triu(np.ones(counts.shape, dtype=bool), 1)

    return [
        Family("columns", across, across, lambda t: crossed(t[0], t[0]), apart),
        Family("cell", down, across, lambda t: t[0], everything),
        Family("targets", down, down, lambda t: crossed(t[0].T, t[0].T), once),
    ]


class Run:
    """Draws tables and counts."""

    def __init__(self, families: Sequence[Family], parts: Sequence[Incidence]) -> None:
        self.families, self.parts = families, parts
        found = [p.reached(p.matrix) for p in parts]
        self.tallies = [Tally(f.count(found)) for f in families]
        self.masks = [f.wanted(t.found) for f, t in zip(families, self.tallies, strict=True)]
        self.empties = Tally(np.array([self._empty(self.tallies[0].found)]))
        self.seen: set[int] = set()

    def _empty(self, counts: Array) -> int:
        return int(((counts == 0) & self.masks[0]).sum())

    def draw(self, random: np.random.Generator, draws: int, thinning: int) -> None:
        """Make the draws, and count each."""
        before = int(random.integers(0, draws + 1))
        sources = [around(p.matrix, random, draws, before, thinning) for p in self.parts]
        drawn: list[list[Array]] = [[] for _ in self.families]
        for matrices in zip(*sources, strict=True):
            self.seen.add(hash(b"".join(np.packbits(m).tobytes() for m in matrices)))
            tables = [p.reached(m) for p, m in zip(self.parts, matrices, strict=True)]
            for family, kept in zip(self.families, drawn, strict=True):
                kept.append(family.count(tables))
            if len(drawn[0]) == _BATCH:
                self._count(drawn)
        if drawn[0]:
            self._count(drawn)

    def _count(self, drawn: list[list[Array]]) -> None:
        for tally, kept in zip(self.tallies, drawn, strict=True):
            tally.add(np.stack(kept))
        self.empties.add(np.array([[self._empty(counts)] for counts in drawn[0]]))
        for kept in drawn:
            kept.clear()

    def few(self, level: float) -> bool:
        """Whether there are too few tables with these totals for any p-value to reach the level."""
        return len(self.seen) < 1 / level

    def overall(self, side: str, level: float, what: str) -> Overall:
        """The number of empty cells of the first family."""
        tally = self.empties
        p = float(tally.p_values(side)[0])
        too_small = self.few(level) or float(tally.attainable(side)[0]) > level
        return Overall(
            what=what,
            found=int(tally.found[0]),
            of=int(self.masks[0].sum()),
            expected=float(tally.expected[0]),
            spread=float(tally.spread[0]),
            effect=float(tally.effect[0]),
            p=p,
            verdict=_verdict(p, level, too_small, float(tally.found[0] - tally.expected[0])),
        )

    def findings(self, side: str, level: float) -> tuple[list[Finding], dict[str, tuple[int, int]]]:
        """Every test with its verdict, the most significant first, and by family how many there were and could have spoken."""
        found: list[Finding] = []
        tests = {}
        for family, tally, mask in zip(self.families, self.tallies, self.masks, strict=True):
            rows, columns = np.nonzero(mask)
            p = tally.p_values(side)[rows, columns]
            # A test that could not have spoken, whatever had been found, is left out of the correction (P. B. Gilbert,
            # Applied Statistics 54, 2005): that depends on the totals, not on the outcome.
            able = (tally.attainable(side)[rows, columns] <= level) & (not self.few(level))
            adjusted = np.full(len(p), np.nan)
            if able.any():
                adjusted[able] = false_discovery(p[able])
            tests[family.name] = (len(p), int(able.sum()))
            for i, (r, c) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
                apart = float(tally.found[r, c] - tally.expected[r, c])
                found.append(
                    Finding(
                        family=family.name,
                        first=family.first[r],
                        second=family.second[c],
                        found=int(tally.found[r, c]),
                        expected=float(tally.expected[r, c]),
                        spread=float(tally.spread[r, c]),
                        effect=float(tally.effect[r, c]),
                        chance_empty=float(tally.empty[r, c]),
                        p=float(p[i]),
                        adjusted=float(adjusted[i]),
                        verdict=_verdict(float(adjusted[i]), level, not able[i], apart),
                    )
                )
        order = {f.name: n for n, f in enumerate(self.families)}
        found.sort(key=lambda f: (math.isnan(f.adjusted), f.adjusted, f.p, -abs(f.effect), order[f.family]))
        return found, tests


def _verdict(p: float, level: float, too_small: bool, apart: float) -> Verdict:
    if too_small:
        return Verdict.TOO_SMALL
    if not p <= level:
        return Verdict.CHANCE
    return Verdict.FEWER if apart < 0 else Verdict.MORE
