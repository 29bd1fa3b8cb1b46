"""What new links cost, and which are forbidden."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from targetgraph.analysis.coding import CodedGraph
from targetgraph.errors import InputError, Place, Problem, TargetGraphError

WILD = "*"
_EVERY = -1
COLUMNS = ("target", "dimension", "concept", "cost")
Key = tuple[int, str, int]


@dataclass
class Pricing:
    """Costs and prohibitions, by (target, dimension, concept); ``*`` stands for any.

    Parameters
    ----------
    graph : the coded graph.
    framework : code of the framework whose targets are meant.

    A link that nobody priced costs 1. Of two prices for one link the one given later holds.
    """

    graph: CodedGraph
    framework: str
    _costs: dict[Key, tuple[int, float]] = field(default_factory=dict)
    _forbidden: dict[Key, str] = field(default_factory=dict)
    _given: int = 0

    def forbid(self, text: str, place: Place | None = None) -> None:
        """Forbid the links of ``TARGET:DIM:CONCEPT``.

        Raises
        ------
        TargetGraphError : it is not written so, or names what does not exist.
        """
        where = place or Place(file="--forbid")
        parts = text.strip().split(":", 2)
        if len(parts) != 3 or not all(parts):
            raise TargetGraphError(
                f"a forbidden link is written TARGET:DIMENSION:CONCEPT, not {text.strip()!r}", where,
                "write for example A1:stages:remediation, with * for any",
            )  # fmt: skip
        target, dimension, concept = (part.strip() for part in parts)
        for key in self._keys(target, dimension, concept, where):
            self._forbidden[key] = text.strip()

    def forbid_lines(self, text: str, name: str) -> None:
        """Forbid one pattern a line; empty lines and those that begin with ``#`` are passed over."""
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip() and not line.lstrip().startswith("#"):
                self.forbid(line, Place(file=name, row=number))

    def read_costs(self, text: str, name: str) -> None:
        """Take prices from a CSV table with the columns target, dimension, concept, cost.

        Raises
        ------
        InputError : a column is missing, or a row names an unknown link or an impossible price; all rows are named.
        """
        reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
        try:
            header = [h.strip() for h in reader.fieldnames or ()]
            missing = [c for c in COLUMNS if c not in header]
            if missing:
                what = f"the table of costs lacks the column {missing[0]!r}"
                raise InputError([Problem(what, Place(file=name, row=1), f"give it the columns {', '.join(COLUMNS)}")])
            reader.fieldnames = header
            problems = [p for row in reader for p in self._take(row, Place(file=name, row=reader.line_num))]
        except csv.Error as error:
            where = Place(file=name, row=reader.line_num)
            raise InputError([Problem(f"this is not CSV: {error}", where, "save it as CSV")]) from error
        if problems:
            raise InputError(problems)

    def _take(self, row: dict[str, str | None], place: Place) -> Iterable[Problem]:
        target, dimension, concept, cost = ((row.get(c) or "").strip() for c in COLUMNS)
        try:
            self.price(target, dimension, concept, cost, place)
        except TargetGraphError as error:
            yield from error.problems

    def price(self, target: str, dimension: str, concept: str, cost: str | float, place: Place | None = None) -> None:
        """Give links a price.

        Raises
        ------
        TargetGraphError : no such link, one to a catch-all, or a price that is negative, infinite or no number.
        """
        where = place or Place()
        try:
            value = float(cost)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or value < 0:
            raise TargetGraphError(
                f"the cost {str(cost)!r} is no number from 0 up", where,
                "give a finite number; to rule a link out, forbid it",
            )  # fmt: skip
        self._given += 1
        for key in self._keys(target, dimension, concept, where):
            self._costs[key] = (self._given, value)

    def cost(self, target: int, dimension: str, concept: int) -> float:
        """The price of a link."""
        given = [self._costs[k] for k in _patterns(target, dimension, concept) if k in self._costs]
        return max(given)[1] if given else 1.0

    def forbidden(self, target: int, dimension: str, concept: int) -> str:
        """The pattern that forbids a link, or an empty text."""
        return next((self._forbidden[k] for k in _patterns(target, dimension, concept) if k in self._forbidden), "")

    @property
    def special_targets(self) -> set[int]:
        """Targets with a price or a prohibition of their own."""
        return {t for t, _, _ in (*self._costs, *self._forbidden) if t != _EVERY}

    def _keys(self, target: str, dimension: str, concept: str, place: Place) -> list[Key]:
        """The keys a pattern stands for, one a dimension."""
        number = self._target(target, place)
        codes = [d.code for d in self.graph.declarations.dimensions]
        if dimension not in (WILD, *codes):
            raise TargetGraphError(f"there is no dimension {dimension!r}", place, f"use one of: {', '.join(codes)}")
        wanted = codes if dimension == WILD else [dimension]
        if concept == WILD:
            return [(number, code, _EVERY) for code in wanted]
        found = [(number, code, c) for code in wanted for c in (self._concept(code, concept),) if c >= 0]
        if not found:
            raise TargetGraphError(
                f"there is no concept {concept!r} in {'any dimension' if dimension == WILD else dimension}",
                place, self._hint(concept, wanted),
            )  # fmt: skip
        if all(self.graph.dimension(code).concepts.umbrella[c] for _, code, c in found):
            raise TargetGraphError(
                f"{concept!r} is a catch-all, and no link to a catch-all is ever proposed", place, "leave it out"
            )
        return found

    def _target(self, code: str, place: Place) -> int:
        if code == WILD:
            return _EVERY
        table, numbers = self.graph.targets, self.graph.targets_of(self.graph.framework_number(self.framework))
        for number in numbers.tolist():
            if code in (table.notation[number], table.iri[number]):
                return int(number)
        known = [table.notation[n] for n in numbers.tolist()]
        raise TargetGraphError(
            f"there is no target {code!r} in {self.framework}", place, f"use one of: {', '.join(known[:40])}"
        )

    def _concept(self, dimension: str, code: str) -> int:
        table = self.graph.dimension(dimension).concepts
        return next((n for n in range(table.rows()) if code in (table.notation[n], table.iri[n])), -1)

    def _hint(self, concept: str, dimensions: list[str]) -> str:
        codes = sorted({n for d in dimensions for n in self.graph.dimension(d).concepts.notation})
        close = get_close_matches(concept, codes, 3)
        return (
            f"did you mean {' or '.join(close)}?" if close else "see `targetgraph coverage targets DIMENSION -f json`"
        )


def _patterns(target: int, dimension: str, concept: int) -> tuple[Key, ...]:
    return tuple((t, dimension, c) for t in (target, _EVERY) for c in (concept, _EVERY))
