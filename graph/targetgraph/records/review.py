"""A reading on its way to being tables: rows that somebody accepts, changes or rejects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ACCEPT, REJECT, FOLLOW, OPEN = "accept", "reject", "with target", ""
"""Decisions: taken, not taken, as its target is decided, nobody has looked."""

Cells = Mapping[str, str]
Rows = Mapping[str, Cells]
"""Rows by what identifies them, cells by column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Proposed rows of tables with their decisions.

    Parameters
    ----------
    about : what the rows came from: ``file``, ``sha256``, ``framework``, ``document``, ``language``, ``title``.
    sheets : rows by the name of the table (``targets``, ``wordings``, ``passages``, ``links``), and ``columns`` for how the
        columns of tables were understood. They hold the cells of the table and ``decision``, ``where``, ``why``, ``changed``.
    exported : the same as it left the program; what differs from it is somebody's edit.
    notes : what was left out, passed over or doubtful: for reading, never read back.
    """

    about: Cells
    sheets: Mapping[str, Rows]
    exported: Mapping[str, Rows]
    notes: tuple[Cells, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A cell that two people changed in different ways: nothing is lost, both are told."""

    sheet: str
    row: str
    column: str
    exported: str
    mine: str
    theirs: str

    def __str__(self) -> str:
        return f"{self.sheet}, row {self.row}, column {self.column!r}: {self.mine!r} here and {self.theirs!r} there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Two sets of edits of the same rows as one.

    Parameters
    ----------
    rows : the rows; where both changed a cell in different ways the first one's value stands.
    conflicts : those cells; and rows that one deleted and the other changed (column ``*``).
    """

    rows: Rows
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """What a new version of a document does to a review: the rows by what has become of them."""

    review: Review
    unchanged: int = 0
    changed: tuple[str, ...] = field(default=())
    new: tuple[str, ...] = field(default=())
    gone: tuple[str, ...] = field(default=())
