"""The graph as coded columns: what coverage and gaps are computed from.

Targets, concepts and links are numbered; a link is a row of small integers. The columns are kept beside the store with the
data version they were taken from, and are refused when it is not the store's.

Folder layout::

    index.json              declarations, frameworks, roles, data version
    targets/                one file a column
    sources/ hedges/ scope/ dependencies/ lineage/ assessments/
    <dimension code>/concepts/  <dimension code>/closure/  <dimension code>/links/
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from targetgraph.analysis.columnar import Array, Table
from targetgraph.analysis.declarations import Declarations, Dimension, GapKind, Obligation
from targetgraph.errors import StoreError, TargetGraphError

FORMAT = 3
INDEX = "index.json"
SHARED = ("targets", "objectives", "sources", "hedges", "scope", "dependencies", "lineage", "assessments", "bound")
PARTS = ("concepts", "closure", "links")

# Codes of a link's basis.
NAMED, IMPLIED, JUDGED = 0, 1, 2
# Codes of a verification status.
SOURCED, RECALLED, JUDGED_STATUS = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkEntry:
    """A framework as reports need it."""

    iri: str
    code: str
    label: str
    short: str
    verification: str
    note: str


@dataclass(frozen=True)
class CodedDimension:
    """A dimension with its columns and links.

    Parameters
    ----------
    concepts : iri, notation, label (text); umbrella, column (bool), every concept of the scheme.
    closure : ancestor lists in CSR form, ``pointers`` int64 (n + 1,) and ``ancestors`` int32; each concept's list
        begins with itself. And the same for descendants: ``down_pointers``, ``descendants``.
    links : target, concept int32; basis, verification, role int8; confidence float32; contingent, stale bool;
        iri, quote, rationale (text). Sorted by target.
    qualifying : for each required value, which concepts have it (bool).
    """

    declaration: Dimension
    concepts: Table
    closure: dict[str, Array]
    links: Table
    qualifying: dict[str, Array]

    @cached_property
    def columns(self) -> Array:
        """Concept numbers of the columns, int32, in the order of the scheme."""
        return np.flatnonzero(self.concepts.column).astype(np.int32)

    def ancestors(self, concept: int) -> Array:
        """Numbers of a concept and everything it rolls up to."""
        pointers = self.closure["pointers"]
        return self.closure["ancestors"][pointers[concept] : pointers[concept + 1]]

    def descendants(self, concept: int) -> Array:
        """Numbers of a concept and everything that rolls up to it."""
        pointers = self.closure["down_pointers"]
        return self.closure["descendants"][pointers[concept] : pointers[concept + 1]]


@dataclass(frozen=True)
class CodedGraph:
    """Everything the analysis needs, as columns."""

    version: str
    declarations: Declarations
    frameworks: tuple[FrameworkEntry, ...]
    roles: tuple[str, ...]
    tables: dict[str, Table]
    dimensions: dict[str, CodedDimension]

    @property
    def targets(self) -> Table:
        """All targets.

        Columns: iri, notation, label, summary, measurability_note (text); framework, objective int32 (-1: none); deadline
        int16 (0: none); measurability int8 (0 not judged, 1 yes, 2 partly, 3 no); verification int8; confidence float32;
        status (text).
        """
        return self.tables["targets"]

    def framework_number(self, code: str) -> int:
        """The number of a framework.

        Raises
        ------
        TargetGraphError : there is no framework of that code.
        """
        for number, framework in enumerate(self.frameworks):
            if code in (framework.code, framework.iri):
                return number
        known = ", ".join(f.code for f in self.frameworks)
        raise TargetGraphError(f"there is no framework {code!r}", "", f"use one of: {known}")

    def targets_of(self, framework: int) -> Array:
        """Numbers of the targets of a framework, int64, in its order."""
        return np.flatnonzero(self.targets.framework == framework)

    def dimension(self, code: str) -> CodedDimension:
        """A dimension by its short name.

        Raises
        ------
        TargetGraphError : there is no such dimension.
        """
        try:
            return self.dimensions[code]
        except KeyError:
            known = ", ".join(d.code for d in self.declarations.dimensions)
            raise TargetGraphError(f"there is no dimension {code!r}", "", f"use one of: {known}") from None

    def kind(self, code: str) -> GapKind:
        """A kind of gap by its short name.

        Raises
        ------
        StoreError : the graph was built before that kind was declared.
        """
        for kind in self.declarations.kinds:
            if kind.code == code:
                return kind
        raise StoreError(f"the graph declares no kind of gap {code!r}", self.version, "run `targetgraph build` again")

    def obligations(self, applies_to: str, dimension: str) -> tuple[Obligation, ...]:
        """Obligations on a class in a dimension."""
        return tuple(
            o for o in self.declarations.obligations if o.applies_to == applies_to and o.dimension == dimension
        )

    def save(self, folder: Path) -> None:
        """Write all columns below ``folder``."""
        for name, table in self.tables.items():
            table.save(folder / name)
        for code, dimension in self.dimensions.items():
            dimension.concepts.save(folder / code / "concepts")
            Table(dimension.closure).save(folder / code / "closure")
            dimension.links.save(folder / code / "links")
            Table({str(i): q for i, q in enumerate(dimension.qualifying.values())}).save(folder / code / "qualifying")
        index = {
            "format": FORMAT,
            "version": self.version,
            "declarations": self.declarations.to_json(),
            "frameworks": [asdict(f) for f in self.frameworks],
            "roles": list(self.roles),
            "qualifying": {code: list(d.qualifying) for code, d in self.dimensions.items()},
        }
        (folder / INDEX).write_text(json.dumps(index, ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, version: str) -> CodedGraph:
        """Map the columns below ``folder`` into memory.

        Raises
        ------
        StoreError : they are absent, damaged, or of another data version than ``version``.
        """
        try:
            index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
            if index["format"] != FORMAT or index["version"] != version:
                raise StoreError(
                    "the coded links beside the graph belong to another version of it",
                    str(folder),
                    "run `targetgraph build` again",
                )
            return cls._from_index(folder, index)
        except (OSError, ValueError, KeyError) as error:
            raise StoreError(
                f"the coded links beside the graph cannot be read ({error})",
                str(folder),
                "run `targetgraph build` again",
            ) from error

    @classmethod
    def _from_index(cls, folder: Path, index: dict[str, Any]) -> CodedGraph:
        declarations = Declarations.from_json(index["declarations"])
        dimensions = {
            d.code: LazyDimension(d, folder / d.code, tuple(index["qualifying"][d.code]))
            for d in declarations.dimensions
        }
        return cls(
            version=index["version"],
            declarations=declarations,
            frameworks=tuple(FrameworkEntry(**f) for f in index["frameworks"]),
            roles=tuple(index["roles"]),
            tables={name: Table.load(folder / name) for name in SHARED},
            dimensions=dimensions,  # type: ignore[arg-type]
        )


class LazyDimension(CodedDimension):
    """A dimension on disk whose columns are mapped only when somebody asks for them."""

    def __init__(self, declaration: Dimension, folder: Path, values: tuple[str, ...]) -> None:
        object.__setattr__(self, "declaration", declaration)
        object.__setattr__(self, "_folder", folder)
        object.__setattr__(self, "_values", values)

    def __getattr__(self, name: str) -> Any:
        # Called only for attributes not there yet: load, keep, hand out.
        if name in PARTS:
            value: Any = Table.load(self._folder / name)
        elif name == "qualifying":
            table = Table.load(self._folder / "qualifying")
            value = {iri: table[str(i)] for i, iri in enumerate(self._values)}
        else:
            raise AttributeError(name)
        object.__setattr__(self, name, value)
        return value
