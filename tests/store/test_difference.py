"""The difference of two sorted files, against the difference of two sets."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetgraph.errors import StoreError
from targetgraph.store.difference import ADDED, REMOVED, difference

LINES = st.sets(st.binary(min_size=1, max_size=12).filter(lambda b: b"\n" not in b), max_size=60)
SHARED = st.tuples(LINES, LINES, LINES)


def changes(old: set[bytes], new: set[bytes], block: int, ended: bool = True) -> list[tuple[int, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in (("old", old), ("new", new)):
            content = b"".join(sorted(line + b"\n" for line in lines))
            (Path(folder) / name).write_bytes(content if ended else content.removesuffix(b"\n"))
        return list(difference(Path(folder) / "old", Path(folder) / "new", block))


@given(SHARED, st.integers(1, 100), st.booleans())
def test_it_is_the_difference_of_sets(sets: tuple[set[bytes], set[bytes], set[bytes]], block: int, ended: bool) -> None:
    both, one, other = sets
    old, new = both | one, both | other
    found = changes(old, new, block, ended)
    assert {line[:-1] for sign, line in found if sign == REMOVED} == old - new
    assert {line[:-1] for sign, line in found if sign == ADDED} == new - old
    assert len(found) == len(old ^ new)
    assert [line for _, line in found] == sorted(line for _, line in found)


@given(LINES, st.integers(1, 100))
def test_a_file_does_not_differ_from_itself(lines: set[bytes], block: int) -> None:
    assert changes(lines, lines, block) == []


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "here").write_bytes(b"a\n")
    with pytest.raises(StoreError, match="cannot be read"):
        list(difference(tmp_path / "here", tmp_path / "not-here"))
