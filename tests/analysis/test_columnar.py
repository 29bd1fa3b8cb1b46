"""Helpers on columns, against Python's own collections."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from targetgraph.analysis.columnar import distinct


@given(st.lists(st.integers(-(2**62), 2**62)))
def test_distinct_is_the_sorted_set(numbers: list[int]) -> None:
    column = np.array(numbers, dtype=np.int64)
    assert distinct(column).tolist() == sorted(set(numbers))
    assert column.tolist() == numbers  # what is given stays as it is
