"""Helpers on columns, against Python's own collections."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetgraph.analysis.columnar import Table, Texts, distinct
from targetgraph.store import StoreFolder


@given(st.lists(st.integers(-(2**62), 2**62)))
def test_distinct_is_the_sorted_set(numbers: list[int]) -> None:
    column = np.array(numbers, dtype=np.int64)
    assert distinct(column).tolist() == sorted(set(numbers))
    assert column.tolist() == numbers  # what is given stays as it is


def _open_files(below: Path) -> list[str]:
    """Paths below a folder that this process holds open or mapped, by what the kernel says (Linux)."""
    held = list(Path("/proc/self/fd").iterdir())
    paths = [str(link.readlink()) for link in held if link.is_symlink()]
    paths += [line.split(maxsplit=5)[-1].strip() for line in Path("/proc/self/maps").read_text().splitlines()]
    return [path for path in paths if path.startswith(f"{below}/")]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="/proc tells which files are open on Linux only")
def test_small_columns_keep_no_file_open(built_store: Path, tmp_path: Path) -> None:
    """A program may hold many graphs: with a file a column, six of them met the usual bound of 1,024 files."""
    arrays = StoreFolder(built_store).current().arrays
    folders = [path for path in arrays.rglob("*") if any(path.glob("*.npy"))]
    tables = [Table.load(folder) for folder in folders]
    columns = [column for table in tables for _, column in table.items()]
    assert len(columns) > 100
    assert _open_files(arrays) == []

    big = np.arange(20_000, dtype=np.int64)
    Table({"small": big[:100], "big": big, "text": Texts.of(["é", "", "x"])}).save(tmp_path)
    read = Table.load(tmp_path)
    np.testing.assert_array_equal(read["big"], big)
    np.testing.assert_array_equal(read["small"], big[:100])
    assert set(_open_files(tmp_path)) == {str(tmp_path / "big.npy")}
    for name in ("small", "big"):
        with pytest.raises(ValueError, match="read-only"):
            read[name][0] = 1
