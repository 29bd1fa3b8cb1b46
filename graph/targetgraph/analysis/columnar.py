"""Columns of numbers and of text on disk, read by memory mapping: opening costs nothing, whatever their length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


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
        starts, lengths = self.offsets[positions], np.diff(self.offsets)[positions]
        offsets = np.zeros(len(positions) + 1, dtype=np.int64)
        np.cumsum(lengths, out=offsets[1:])
        within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
        return Texts(offsets, self.block[np.repeat(starts, lengths) + within])

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
        return bytes(self.block[self.offsets[index] : self.offsets[index + 1]]).decode()

    def __iter__(self) -> Iterator[str]:
        return (self[i] for i in range(len(self)))


class Table(Mapping[str, Any]):
    """Named columns of equal length; an attribute is a column, ``table.deadline``.

    Columns are numpy arrays or :class:`Texts`.
    """

    def __init__(self, columns: Mapping[str, Array | Texts]) -> None:
        self._columns = dict(columns)

    def __getitem__(self, name: str) -> Any:
        return self._columns[name]

    def __getattr__(self, name: str) -> Any:
        try:
            return self._columns[name]
        except KeyError:
            raise AttributeError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        """Number of columns, as for any mapping; :meth:`rows` counts the rows."""
        return len(self._columns)

    def rows(self) -> int:
        """Number of rows."""
        return len(next(iter(self._columns.values()))) if self._columns else 0

    def take(self, positions: Array) -> Table:
        """The rows at the given positions."""
        return Table({n: c.take(positions) if isinstance(c, Texts) else c[positions] for n, c in self._columns.items()})

    def save(self, folder: Path) -> None:
        """Write one ``.npy`` file a column (two for text)."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, column in self._columns.items():
            if isinstance(column, Texts):
                np.save(folder / f"{name}.offsets.npy", column.offsets, allow_pickle=False)
                np.save(folder / f"{name}.text.npy", column.block, allow_pickle=False)
            else:
                np.save(folder / f"{name}.npy", column, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Table:
        """Map the columns of ``folder`` into memory; nothing is read until it is used.

        Raises
        ------
        OSError, ValueError : the folder is absent, or a file in it is not a column.
        """
        columns: dict[str, Array | Texts] = {}
        for path in sorted(folder.iterdir()):
            name, _, kind = path.name.removesuffix(".npy").partition(".")
            if kind == "offsets":
                columns[name] = Texts(_mapped(path), _mapped(folder / f"{name}.text.npy"))
            elif kind == "":
                columns[name] = _mapped(path)
        return cls(columns)


def _mapped(path: Path) -> Array:
    """A column by memory map; an empty one cannot be mapped and is read."""
    try:
        return np.asanyarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except ValueError:
        return np.asanyarray(np.load(path, allow_pickle=False))
