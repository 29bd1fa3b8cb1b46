"""Rows of two tables in a new order, copied by stretches: almost all come from the first, and most of them together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from targetgraph.analysis.columnar import Array, Table, Texts


def spliced(kept: Table, fresh: Table, order: Array) -> Table:
    """Some rows of two tables with the same columns.

    Parameters
    ----------
    kept, fresh : the tables.
    order : positions, int64; those from ``kept.rows()`` on are rows of ``fresh``.
    """
    stretches = list(_stretches(order, kept.rows()))
    return Table({name: _column(column, fresh[name], stretches) for name, column in kept.items()})


def _stretches(order: Array, border: int) -> Iterator[tuple[bool, int, int]]:
    """Whether rows are fresh, and the first and the end of each run of consecutive ones."""
    if not len(order):
        return
    steps = (np.diff(order) != 1) | (order[1:] == border)
    starts = np.concatenate([[0], np.flatnonzero(steps) + 1])
    for first, length in zip(order[starts].tolist(), np.diff(np.append(starts, len(order))).tolist(), strict=True):
        is_fresh = first >= border
        begin = first - border if is_fresh else first
        yield is_fresh, begin, begin + length


def _column(kept: Array | Texts, fresh: Array | Texts, stretches: list[tuple[bool, int, int]]) -> Array | Texts:
    if isinstance(kept, Texts) and isinstance(fresh, Texts):
        parts = [(fresh if is_fresh else kept).part(start, end) for is_fresh, start, end in stretches]
        lengths = [np.diff(p.offsets) for p in parts]
        offsets = np.zeros(sum(map(len, lengths)) + 1, dtype=np.int64)
        np.cumsum(np.concatenate([np.zeros(0, dtype=np.int64), *lengths]), out=offsets[1:])
        nothing = np.zeros(0, dtype=np.uint8)
        return Texts(offsets, np.concatenate([nothing, *(p.block[p.offsets[0] : p.offsets[-1]] for p in parts)]))
    arrays = [np.asarray((fresh if is_fresh else kept)[start:end]) for is_fresh, start, end in stretches]
    return np.concatenate([np.asarray(kept[:0]), *arrays])
