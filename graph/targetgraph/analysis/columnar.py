"""Columns of numbers and of text on disk, read by memory mapping: opening costs nothing, whatever their length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
#: Columns up to this many bytes are read whole: sixteen pages, for which a file kept open costs more than the memory.
_READ_WHOLE = 65_536


def distinct(numbers: Array) -> Array:
    """Each number once, ascending.

    What `numpy.unique` gives, which for numbers alone goes through a hash table that is sorted afterwards, and first loads
    `numpy.ma`: together longer than many a whole question.

    Parameters
    ----------
    numbers : integers, shape (n,).
    """
    ascending = np.sort(numbers)
    return np.asarray(
        ascending[np.concatenate([np.ones(min(len(numbers), 1), dtype=bool), ascending[1:] != ascending[:-1]])]
    )


class Texts(Sequence[str]):
    """A column of text: one block of UTF-8 and the offsets into it.

    Parameters
    ----------
    offsets : int64, shape (n + 1,); text ``i`` is the bytes from ``offsets[i]`` to ``offsets[i + 1]``.
    block : uint8, shape (offsets[-1],).
    """

    __slots__ = ("block", "offsets")

    def __init__(self, offsets: Array, block: Array) -> None:
        self.offsets = offsets
        self.block = block

    @classmethod
    def of(cls, values: Sequence[str]) -> Texts:
        """Pack a sequence of strings."""
        return cls.of_bytes([value.encode() for value in values])

    @classmethod
    def of_bytes(cls, encoded: Sequence[bytes]) -> Texts:
        """Pack strings that are UTF-8 already."""
        offsets = np.zeros(len(encoded) + 1, dtype=np.int64)
        np.cumsum([len(e) for e in encoded], out=offsets[1:])
        return cls(offsets, np.frombuffer(b"".join(encoded), dtype=np.uint8))

    def take(self, positions: Array) -> Texts:
        """The texts at the given positions."""
        starts = self.offsets[positions]
        lengths = self.offsets[positions + 1] - starts
        offsets = np.zeros(len(positions) + 1, dtype=np.int64)
        np.cumsum(lengths, out=offsets[1:])
        within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
        return Texts(offsets, self.block[np.repeat(starts, lengths) + within])

    def some(self, positions: Array) -> list[str]:
        """The texts at the given positions as strings: quicker than one by one."""
        return list(self.take(positions))

    def part(self, start: int, end: int) -> Texts:
        """The texts from ``start`` up to ``end``, as a view."""
        return Texts(self.offsets[start : end + 1], self.block)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self.block[self.offsets[index] : self.offsets[index + 1]].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        # The stretch of the block that is ours, at once: one slice a text of plain bytes instead of three of arrays.
        offsets = self.offsets.tolist()
        first = offsets[0] if offsets else 0
        text = self.block[first : offsets[-1]].tobytes() if offsets else b""
        return (text[a - first : b - first].decode() for a, b in pairwise(offsets))


class Table(Mapping[str, Any]):
    """Named columns of equal length; an attribute is a column, ``table.deadline``.

    Columns are numpy arrays or :class:`Texts`.
    """

    def __init__(self, columns: Mapping[str, Array | Texts]) -> None:
        self._columns: dict[str, Array | Texts | Path] = dict(columns)

    def __getitem__(self, name: str) -> Any:
        column = self._columns[name]
        if isinstance(column, Path):  # not looked at so far
            column = self._columns[name] = _column(column, name)
        return column

    def __getattr__(self, name: str) -> Any:
        if name == "_columns":  # asked for before __init__ made it, as copying does
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        """Number of columns, as for any mapping; :meth:`rows` counts the rows."""
        return len(self._columns)

    def rows(self) -> int:
        """Number of rows."""
        return len(self[next(iter(self._columns))]) if self._columns else 0

    def take(self, positions: Array) -> Table:
        """The rows at the given positions."""
        return Table({n: c.take(positions) if isinstance(c, Texts) else c[positions] for n, c in self.items()})

    def slice(self, start: int, end: int) -> Table:
        """The rows from ``start`` up to ``end``, as views."""
        return Table({n: c.part(start, end) if isinstance(c, Texts) else c[start:end] for n, c in self.items()})

    def save(self, folder: Path) -> None:
        """Write one ``.npy`` file a column (two for text)."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, column in self.items():
            if isinstance(column, Texts):
                np.save(folder / f"{name}.offsets.npy", column.offsets, allow_pickle=False)
                np.save(folder / f"{name}.text.npy", column.block, allow_pickle=False)
            else:
                np.save(folder / f"{name}.npy", column, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Table:
        """The columns of ``folder``, each mapped into memory (small ones: read) when it is first asked for.

        Raises
        ------
        OSError : the folder is absent.
        ValueError : a file in it is not a column (raised when that column is asked for).
        """
        columns: dict[str, Array | Texts] = {}
        table = cls(columns)
        for entry in sorted(path.name for path in folder.iterdir()):
            name, _, kind = entry.removesuffix(".npy").partition(".")
            if kind in ("", "offsets"):
                table._columns[name] = folder / entry
        return table


def _column(path: Path, name: str) -> Array | Texts:
    if path.name.endswith(".offsets.npy"):
        return Texts(_mapped(path), _mapped(path.with_name(f"{name}.text.npy")))
    return _mapped(path)


def _mapped(path: Path) -> Array:
    """A column by memory map; one of a few pages is read instead, since every map keeps a file open."""
    mapped = path.stat().st_size > _READ_WHOLE
    # asarray, not asanyarray: np.memmap is a subclass whose every slice costs a microsecond more.
    column = np.asarray(np.load(path, mmap_mode="r" if mapped else None, allow_pickle=False))
    column.flags.writeable = False
    return column
