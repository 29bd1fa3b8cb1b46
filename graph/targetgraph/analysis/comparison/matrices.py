"""Two coverage matrices laid over each other, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from targetgraph.analysis.columnar import Array
from targetgraph.analysis.comparison.matching import Fates, matches
from targetgraph.analysis.comparison.record import WHOLE, Side
from targetgraph.analysis.coverage import TARGETS, Coverage, Heading, coverage
from targetgraph.analysis.states import State
from targetgraph.errors import TargetGraphError

_UNKNOWN = (State.NOT_APPLICABLE, State.NOT_ASSESSED)


class Delta(IntEnum):
    """How a cell differs from the one it is laid over."""

    SAME = 0
    BETTER = 1
    WORSE = 2
    OTHER = 3
    """One of the two is not assessed or not applicable: neither progress nor loss."""
    ONLY_BEFORE = 4
    ONLY_AFTER = 5

    @property
    def word(self) -> str:
        """The difference as people read it."""
        return self.name.lower().replace("_", " ")

    @property
    def symbol(self) -> str:
        """One character that tells the difference without colour."""
        return "=▲▼≠−+"[self]


@dataclass(frozen=True)
class MatrixDelta:
    """Two matrices, and which row and column of the one stands for which of the other.

    Parameters
    ----------
    before, after : the matrices.
    rows, columns : pairs of positions in both; -1 where one has none.
    before_name, after_name : what sentences call them.
    matched_by : how rows found each other: ``IRI``, ``lineage`` or ``code``.
    """

    before: Coverage
    after: Coverage
    rows: tuple[tuple[int, int], ...]
    columns: tuple[tuple[int, int], ...]
    before_name: str
    after_name: str
    matched_by: str

    def states(self, row: int, column: int) -> tuple[State | None, State | None]:
        """State before and after; None where the cell is not there."""
        (r, s), (c, d) = self.rows[row], self.columns[column]
        before = State(int(self.before.states[r, c])) if r >= 0 and c >= 0 else None
        after = State(int(self.after.states[s, d])) if s >= 0 and d >= 0 else None
        return before, after

    def deltas(self) -> Array:
        """Differences, uint8 of :class:`Delta`, shape (rows, columns)."""
        rows, columns = np.array(self.rows).reshape(-1, 2), np.array(self.columns).reshape(-1, 2)
        old, here = _laid(self.before.states, rows[:, 0], columns[:, 0])
        new, there = _laid(self.after.states, rows[:, 1], columns[:, 1])
        unknown = np.isin(old, _UNKNOWN) | np.isin(new, _UNKNOWN)
        found = np.select(
            [here & ~there, there & ~here, old == new, unknown, new < old],
            [Delta.ONLY_BEFORE, Delta.ONLY_AFTER, Delta.SAME, Delta.OTHER, Delta.BETTER],
            default=Delta.WORSE,
        )
        return np.asarray(found.astype(np.uint8))

    def row_headings(self) -> tuple[Heading, ...]:
        """Of each row, that of the second side where it is there."""
        return tuple(self.after.rows[s] if s >= 0 else self.before.rows[r] for r, s in self.rows)

    def column_headings(self) -> tuple[Heading, ...]:
        """Of each column, that of the second side where it is there."""
        return tuple(self.after.columns[d] if d >= 0 else self.before.columns[c] for c, d in self.columns)


def _laid(states: Array, rows: Array, columns: Array) -> tuple[Array, Array]:
    """States in the common order, and where there are any."""
    there = (rows >= 0)[:, None] & (columns >= 0)[None, :]
    if not states.size:
        return np.zeros(there.shape, dtype=np.uint8), np.zeros(there.shape, dtype=bool)
    return np.where(there, states[np.maximum(rows, 0)][:, np.maximum(columns, 0)], State.NOT_ASSESSED), there


def matrix_delta(before: Side, after: Side, rows: str, columns: str, fates: Fates | None = None) -> MatrixDelta:
    """Lay a matrix of one framework, version or scenario over that of another.

    Rows of targets are matched as :func:`~targetgraph.analysis.comparison.compare` matches them, where one stands for the
    other as a whole; all other rows and columns by their IRI.

    Parameters
    ----------
    before, after : the two sides.
    rows, columns : as for :func:`~targetgraph.analysis.coverage.coverage`.
    fates : what the curators say became of proposals.

    Raises
    ------
    TargetGraphError : a framework or dimension does not exist, or both sides are one and the same.
    """
    if before.number == after.number and before.graph is after.graph:
        raise TargetGraphError(
            f"both sides are {before.name}", "", "compare with another framework, or under a scenario"
        )
    first, second = (coverage(s.graph, rows, columns, s.framework) for s in (before, after))
    pairs, matched_by = _rows(before, after, first, second, fates or {})
    return MatrixDelta(
        first, second, pairs, _by_iri(first.columns, second.columns), before.name, after.name, matched_by
    )


def _rows(
    before: Side, after: Side, first: Coverage, second: Coverage, fates: Fates
) -> tuple[tuple[tuple[int, int], ...], str]:
    if first.row_name != TARGETS or before.number == after.number:
        return _by_iri(first.rows, second.rows), "IRI"
    found, _ = matches(before, after, fates)
    whole = [m for m in found if m.relation in WHOLE]
    old = {int(t): n for n, t in enumerate(before.graph.targets_of(before.number))}
    new = {int(t): n for n, t in enumerate(after.graph.targets_of(after.number))}
    pairs = [(old[m.before], new[m.after]) for m in whole]
    by_code = bool(whole) and not any(m.rationale for m in whole) and all(m.relation == "same" for m in whole)
    return _completed(pairs, len(old), len(new)), "code" if by_code else "lineage"


def _by_iri(first: tuple[Heading, ...], second: tuple[Heading, ...]) -> tuple[tuple[int, int], ...]:
    there = {heading.iri: n for n, heading in enumerate(second)}
    pairs = [(n, there[heading.iri]) for n, heading in enumerate(first) if heading.iri in there]
    return _completed(pairs, len(first), len(second))


def _completed(pairs: list[tuple[int, int]], first: int, second: int) -> tuple[tuple[int, int], ...]:
    """Pairs in the order of the first side, what only the second has after them."""
    here, there = {a for a, _ in pairs}, {b for _, b in pairs}
    alone = [(n, -1) for n in range(first) if n not in here]
    return (*sorted([*pairs, *alone]), *((-1, n) for n in range(second) if n not in there))
