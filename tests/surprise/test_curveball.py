"""The null model: totals kept, all tables equally likely, p-values uniform when nothing is there."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from targetgraph.analysis.surprise.curveball import around, chain, trade
from targetgraph.analysis.surprise.tallies import Tally, false_discovery

matrices = st.tuples(st.integers(1, 9), st.integers(1, 9)).flatmap(lambda shape: arrays(bool, shape))


@settings(max_examples=300, deadline=None)
@given(matrices, st.integers(0, 2**32 - 1))
def test_totals_are_kept_exactly(matrix: np.ndarray, seed: int) -> None:
    before = matrix.copy()
    random = np.random.default_rng(seed)
    drawn = matrix
    for _ in range(5):
        drawn = trade(drawn, random)
        assert drawn.dtype == bool
        assert (drawn.sum(axis=0) == matrix.sum(axis=0)).all()
        assert (drawn.sum(axis=1) == matrix.sum(axis=1)).all()
    assert (matrix == before).all()
    for other in around(matrix, random, 4, int(random.integers(0, 5)), 2):
        assert (other.sum(axis=0) == matrix.sum(axis=0)).all()
        assert (other.sum(axis=1) == matrix.sum(axis=1)).all()


def every_table(rows: tuple[int, ...], columns: tuple[int, ...]) -> set[bytes]:
    """All binary tables with these totals, by trying every row there is."""
    size = len(columns)
    choices = [list(combinations(range(size), total)) for total in rows]
    found = set()
    for picked in product(*choices):
        table = np.zeros((len(rows), size), dtype=bool)
        for row, chosen in enumerate(picked):
            table[row, list(chosen)] = True
        if tuple(table.sum(axis=0).tolist()) == columns:
            found.add(table.tobytes())
    return found


@pytest.mark.parametrize(
    ("rows", "columns", "number"),
    [
        ((1, 1, 1), (1, 1, 1), 6),
        ((2, 1, 1), (1, 1, 2), 5),
        ((1, 2, 3, 2), (2, 2, 2, 2), 48),
        ((3, 2, 1), (2, 2, 1, 1), 8),
    ],
)
def test_all_tables_are_equally_likely(rows: tuple[int, ...], columns: tuple[int, ...], number: int) -> None:
    from scipy import stats  # takes seconds to import, which every worker would do only to know what tests there are

    tables = every_table(rows, columns)
    assert len(tables) == number
    start = np.frombuffer(min(tables), dtype=bool).reshape(len(rows), len(columns))
    counted = dict.fromkeys(tables, 0)
    source = chain(start, np.random.default_rng(7), 8)
    draws = 400 * number
    for _ in range(draws):
        counted[next(source).tobytes()] += 1
    assert stats.chisquare(list(counted.values())).pvalue > 0.001


def test_p_values_are_uniform_when_nothing_is_there() -> None:
    """The tables tested are themselves random ones with given totals, drawn from afar."""
    random = np.random.default_rng(11)
    source = chain(np.random.default_rng(3).random((12, 10)) < 0.35, random, 20)
    p_values: dict[str, list[float]] = {"fewer": [], "more": []}

    def togetherness(table: np.ndarray) -> np.ndarray:
        shared = table.T.astype(int) @ table.astype(int)
        return np.array([(np.triu(shared, 1) ** 2).sum()])  # many values, few ties

    for _ in range(250):
        table = next(source)
        tally = Tally(togetherness(table))
        before = int(random.integers(0, 40))
        tally.add(np.array([togetherness(t) for t in around(table, random, 39, before, 2)]))
        for side, values in p_values.items():
            values.append(float(tally.p_values(side)[0]))
    for side, values in p_values.items():
        assert min(values) >= 1 / 40
        # Never too small more often than it says, and near to uniform.
        for level in (0.05, 0.1, 0.25, 0.5):
            share = float(np.mean([v <= level for v in values]))
            assert share <= level + 3.5 * np.sqrt(level * (1 - level) / 250), (side, level)
            assert share >= level - 0.12, (side, level)
        assert 0.44 < float(np.mean(values)) < 0.58, side


@given(st.lists(st.integers(0, 6), min_size=1, max_size=30), st.integers(0, 6), st.integers(1, 7))
def test_tallies_against_plain_counting(values: list[int], found: int, batch: int) -> None:
    tally = Tally(np.array([found]))
    for start in range(0, len(values), batch):
        tally.add(np.array(values[start : start + batch])[:, None])
    n = len(values)
    fewer = (sum(v <= found for v in values) + 1) / (n + 1)
    more = (sum(v >= found for v in values) + 1) / (n + 1)
    assert tally.p_values("fewer")[0] == fewer
    assert tally.p_values("more")[0] == more
    assert tally.p_values("both")[0] == min(1.0, 2 * min(fewer, more))
    assert tally.expected[0] == pytest.approx(np.mean(values))
    assert tally.spread[0] == pytest.approx(np.std(values), abs=1e-7)
    assert tally.empty[0] == values.count(0) / n
    best = min((sum(v <= x for v in values) + 1) / (n + 1) for x in [*values, found])
    assert tally.attainable("fewer")[0] == best


def test_false_discovery_of_a_worked_example() -> None:
    """The fifteen p-values of the example in Benjamini and Hochberg (1995); four pass at 0.05."""
    p = np.array(
        [
            0.0001,
            0.0004,
            0.0019,
            0.0095,
            0.0201,
            0.0278,
            0.0298,
            0.0344,
            0.0459,
            0.3240,
            0.4262,
            0.5719,
            0.6528,
            0.7590,
            1.0,
        ]
    )
    adjusted = false_discovery(p)
    assert (adjusted <= 0.05).sum() == 4
    # By hand: the fourth is 0.0095 · 15 / 4.
    assert adjusted[3] == pytest.approx(0.035625)
    assert adjusted[4] == pytest.approx(0.0201 * 15 / 5)
    # The sixth and seventh give way to the eighth-smallest ratio among those after them.
    assert adjusted[5] == adjusted[6] == pytest.approx(0.0298 * 15 / 7)
    assert adjusted[14] == 1.0


@given(st.lists(st.floats(0.0001, 1), min_size=1, max_size=40), st.randoms())
def test_false_discovery_agrees_with_scipy(values: list[float], random) -> None:
    random.shuffle(values)
    from scipy import stats

    assert false_discovery(np.array(values)) == pytest.approx(stats.false_discovery_control(values))
