"""A table as a piece of HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from targetgraph.views.fragments.frame import fragment

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, the address it leads to, and whether it is a number."""

    text: str
    href: str = ""
    number: bool = False


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    total: int,
    caption: str = "",
    notes: Sequence[str] = (),
    meanings: Sequence[str] = (),
) -> str:
    """Draw a table.

    Parameters
    ----------
    columns : headings.
    rows : the rows to show, each as long as ``columns``.
    total : how many rows there are; where more than are shown, the table says so.
    caption, notes : above and below it.
    meanings : what each column means, shown when somebody points at its heading.
    """
    headings = [(name, meanings[i] if i < len(meanings) else "") for i, name in enumerate(columns)]
    return fragment("table", headings=headings, rows=rows, total=total, caption=caption, notes=notes)
