"""Rows of the extraction queries as coded tables: targets, objectives, and what belongs to targets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from targetgraph.analysis.coding import FrameworkEntry
from targetgraph.analysis.columnar import Array, Table, Texts
from targetgraph.analysis.link_columns import VERIFICATION
from targetgraph.namespaces import TG

Row = Sequence[str | None]

_MEASURABILITY = {TG.Measurable: 1, TG.PartlyMeasurable: 2, TG.NotMeasurable: 3}


class Numbers:
    """Consecutive numbers for IRIs, and -1 for anything not there."""

    def __init__(self, iris: Sequence[str]) -> None:
        self.iris = list(dict.fromkeys(iris))
        self._number = {iri: i for i, iri in enumerate(self.iris)}

    def __call__(self, iri: str | None) -> int:
        """The number of an IRI."""
        return self._number.get(iri or "", -1)

    @property
    def by_iri(self) -> dict[str, int]:
        """All of them."""
        return self._number

    def column(self, iris: Sequence[str | None]) -> Array:
        """Numbers of many, int32."""
        return np.array([self(i) for i in iris], dtype=np.int32)


def texts(rows: Sequence[Row], position: int) -> Texts:
    """A column of text."""
    return Texts.of([row[position] or "" for row in rows])


def codes_of(rows: Sequence[Row], position: int, codes: dict[str, int], absent: int) -> Array:
    """A column of IRIs as small numbers, int8."""
    return np.array([codes.get(row[position] or "", absent) for row in rows], dtype=np.int8)


def numbers(rows: Sequence[Row], position: int, absent: float, dtype: Any) -> Array:
    """A column of numbers."""
    return np.array([row[position] or absent for row in rows], dtype=np.float64).astype(dtype)


def truths(rows: Sequence[Row], position: int) -> Array:
    """A column of booleans."""
    return np.array([row[position] == "true" for row in rows], dtype=bool)


def place_in_framework(row: Row) -> tuple[str, float, tuple[str, ...]]:
    """Sort key of targets: framework, declared order, then everything else, so that repeated builds agree."""
    return row[1] or "", float(row[12] or 0), tuple(cell or "" for cell in row)


def sorted_rows(rows: list[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    """Rows in an order that does not depend on the engine."""
    return sorted(rows, key=lambda row: tuple(cell or "" for cell in row))


def first_of_each(rows: list[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    """One row a subject: a second label or note of the same thing must not make it two things."""
    seen: dict[str | None, tuple[str | None, ...]] = {}
    for row in rows:
        seen.setdefault(row[0], row)
    return list(seen.values())


def framework_entry(row: Row) -> FrameworkEntry:
    """A row of the query ``frameworks``."""
    iri, notation, label, short, verification, note = row
    return FrameworkEntry(
        iri=iri or "",
        code=notation or (iri or "").rpartition("/")[2],
        label=label or "",
        short=short or label or "",
        verification="sourced" if verification == TG.Sourced else "recalled",
        note=note or "",
    )


def targets_table(rows: Sequence[Row], framework: Numbers, objective: Numbers) -> Table:
    """Targets, as :class:`~targetgraph.analysis.coding.CodedGraph` holds them."""
    return Table(
        {
            "iri": texts(rows, 0),
            "framework": framework.column([r[1] for r in rows]),
            "objective": objective.column([r[2] for r in rows]),
            "notation": texts(rows, 3),
            "label": texts(rows, 4),
            "summary": texts(rows, 5),
            "deadline": numbers(rows, 6, 0, np.int16),
            "measurability": codes_of(rows, 7, _MEASURABILITY, 0),
            "measurability_note": texts(rows, 8),
            "verification": codes_of(rows, 9, VERIFICATION, 1),
            "confidence": numbers(rows, 10, 0, np.float32),
            "status": texts(rows, 11),
        }
    )


def objectives_table(rows: Sequence[Row], framework: Numbers) -> Table:
    """Objectives, as :class:`~targetgraph.analysis.coding.CodedGraph` holds them."""
    return Table(
        {
            "iri": texts(rows, 0),
            "framework": framework.column([r[1] for r in rows]),
            "notation": texts(rows, 2),
            "label": texts(rows, 3),
        }
    )


def pairs_table(rows: Sequence[Row], target: Numbers, name: str) -> Table:
    """Targets with one text each, as :class:`~targetgraph.analysis.coding.CodedGraph` holds them."""
    return Table({"target": target.column([r[0] for r in rows]), name: texts(rows, 1)})


def hedges_table(rows: Sequence[Row], target: Numbers) -> Table:
    """Hedges, as :class:`~targetgraph.analysis.coding.CodedGraph` holds them."""
    return Table({"target": target.column([r[0] for r in rows]), "passage": texts(rows, 1), "quote": texts(rows, 2)})


def dependencies_table(rows: Sequence[Row], target: Numbers) -> Table:
    """Dependencies, as :class:`~targetgraph.analysis.coding.CodedGraph` holds them."""
    return Table(
        {
            "iri": texts(rows, 0),
            "target": target.column([r[1] for r in rows]),
            "needed": target.column([r[2] for r in rows]),
            "confidence": numbers(rows, 3, 0, np.float32),
            "rationale": texts(rows, 4),
        }
    )


def lineage_table(rows: Sequence[Row], target: Numbers) -> Table:
    """Lineage, as :class:`~targetgraph.analysis.coding.CodedGraph` holds them."""
    return Table(
        {
            "iri": texts(rows, 0),
            "proposal": target.column([r[1] for r in rows]),
            "dropped": np.array([r[2] == TG.DroppedAsTarget for r in rows], dtype=bool),
            "successor": target.column([r[3] for r in rows]),
            "confidence": numbers(rows, 4, 0, np.float32),
            "rationale": texts(rows, 5),
        }
    )
