"""Gaps chosen by their properties, with how many there are of each value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from targetgraph import iris
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.gaps.record import Gap
from targetgraph.errors import TargetGraphError

PROPERTIES: Final = (
    "kind", "dimension", "severity", "certainty", "objective", "target", "basis", "status",
)  # fmt: skip
LEVELS: Final = ("high", "medium", "low")
BASES: Final = ("named", "implied", "judged", "none")
"""On what the links stand that a gap rests on; ``none`` where it rests on no link."""
MOST_COUNTED: Final = 5000
"""Gaps up to which it is counted on what basis they stand before anybody asks: their evidence has to be gathered for it."""


def severity_level(severity: float) -> str:
    """``high`` (0.7 and more), ``medium`` (0.4 and more) or ``low``: thirds of the scale, roughly."""
    return "high" if severity >= 0.7 else "medium" if severity >= 0.4 else "low"


@dataclass(frozen=True, slots=True)
class Facet:
    """A property with its values.

    Parameters
    ----------
    name : one of :data:`PROPERTIES`.
    counts : how many gaps have each value, among those that all other choices leave; chosen values are always there. None
        where nobody has counted.
    chosen : values that were asked for; none for all.
    """

    name: str
    counts: Mapping[str, int | None]
    chosen: tuple[str, ...]


class GapTable:
    """The gaps of a framework, their properties as codes, so that choosing and counting take no loop over gaps.

    Parameters
    ----------
    graph : the coded graph they were found in.
    framework : code of the framework.
    gaps : in their order, which is kept.
    """

    def __init__(self, graph: CodedGraph, framework: str, gaps: Sequence[Gap]) -> None:
        self.gaps = tuple(gaps)
        self._graph, self._framework = graph, graph.framework_number(framework)
        self._coded: dict[str, tuple[list[str], Array]] = {}

    @cached_property
    def by_iri(self) -> Mapping[str, Gap]:
        """Gaps by their IRI."""
        return {gap.iri: gap for gap in self.gaps}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Position of each gap, from 0, by its IRI."""
        return {gap.iri: n for n, gap in enumerate(self.gaps)}

    @property
    def counts_bases(self) -> bool:
        """Whether it is counted how many gaps stand on each basis before one is chosen."""
        return len(self.gaps) <= MOST_COUNTED or "basis" in self._coded

    def select(self, choices: Mapping[str, Sequence[str]]) -> list[Gap]:
        """Gaps that have, of each property, one of the values chosen; of a property without values any.

        Raises
        ------
        TargetGraphError : there is no such property or value.
        """
        return [self.gaps[n] for n in np.flatnonzero(self._mask(choices)).tolist()]

    def facets(self, choices: Mapping[str, Sequence[str]]) -> tuple[Facet, ...]:
        """Values of every property, counted among the gaps that the choices of the other properties leave."""
        found = []
        for name in PROPERTIES:
            if name == "basis" and not (self.counts_bases or choices.get(name)):
                found.append(Facet(name, dict.fromkeys(BASES, None), ()))
                continue
            others = {k: v for k, v in choices.items() if k != name}
            values, codes = self._codes(name)
            held = codes[self._mask(others)]
            counts = np.bincount(held[held >= 0].ravel(), minlength=len(values)).tolist()
            chosen = tuple(choices.get(name, ()))
            shown: dict[str, int | None] = {v: n for v, n in zip(values, counts, strict=True) if n or v in chosen}
            found.append(Facet(name, shown, chosen))
        return tuple(found)

    def _mask(self, choices: Mapping[str, Sequence[str]]) -> Array:
        kept = np.ones(len(self.gaps), dtype=bool)
        for name, wanted in choices.items():
            if name not in PROPERTIES:
                known = ", ".join(PROPERTIES)
                raise TargetGraphError(f"gaps cannot be chosen by {name!r}", "", f"choose by one of: {known}")
            if not wanted:
                continue
            values, codes = self._codes(name)
            for value in wanted:
                if value not in values:
                    raise TargetGraphError(f"no gap has the {name} {value!r}", "", f"use one of: {_some(values)}")
            fitting = np.isin(codes, [values.index(v) for v in wanted])
            kept &= fitting if fitting.ndim == 1 else fitting.any(axis=1)
        return kept

    def _codes(self, name: str) -> tuple[list[str], Array]:
        """Values of a property, and which each gap has, as positions among them; -1 for none.

        Returns
        -------
        Values and int32 of shape (gaps,); for ``basis``, of which a gap may have several, (gaps, 4).
        """
        if name not in self._coded:
            if name == "basis":
                held = [self._bases(gap) for gap in self.gaps]
                values = [b for b in BASES if any(b in h for h in held)]
                codes = np.array([[n if v in h else -1 for n, v in enumerate(values)] for h in held], dtype=np.int32)
                codes = codes.reshape(len(self.gaps), len(values))
            else:
                told = list(map(self._readers[name], self.gaps))
                values = self._ordered(name, set(told) - {""})
                position = {v: n for n, v in enumerate(values)}
                codes = np.array([position.get(t, -1) for t in told], dtype=np.int32)
            self._coded[name] = values, codes
        return self._coded[name]

    def _ordered(self, name: str, values: set[str]) -> list[str]:
        fixed: Mapping[str, Sequence[str]] = {
            "severity": LEVELS,
            "certainty": LEVELS,
            "kind": [k.code for k in self._graph.declarations.kinds],
            "dimension": [d.code for d in self._graph.declarations.dimensions],
            "target": self._target_codes,
            "status": ("open", "accepted", "closed"),
        }
        order = fixed.get(name, ())
        return [v for v in order if v in values] + sorted(values.difference(order))

    @cached_property
    def _readers(self) -> Mapping[str, Callable[[Gap], str]]:
        return {
            "kind": lambda g: g.kind,
            "dimension": lambda g: g.dimension,
            "severity": lambda g: severity_level(g.severity),
            "certainty": lambda g: g.certainty.level,
            "objective": lambda g: self._objective_of.get(g.subject_iri, ""),
            "target": lambda g: g.subject if g.subject_iri in self._targets else "",
            "status": lambda g: g.status,
        }

    @cached_property
    def _targets(self) -> Mapping[str, int]:
        table = self._graph.targets
        return {table.iri[n]: n for n in self._graph.targets_of(self._framework).tolist()}

    @cached_property
    def _target_codes(self) -> list[str]:
        return [self._graph.targets.notation[n] for n in self._targets.values()]

    @cached_property
    def _objective_of(self) -> Mapping[str, str]:
        """Code of the objective by the IRI of the objective itself and of the targets under it."""
        objectives, targets = self._graph.tables["objectives"], self._graph.targets
        found = {
            objectives.iri[n]: objectives.notation[n]
            for n in np.flatnonzero(objectives.framework == self._framework).tolist()
        }
        for iri, number in self._targets.items():
            objective = int(targets.objective[number])
            if objective >= 0:
                found[iri] = objectives.notation[objective]
        return found

    def _bases(self, gap: Gap) -> frozenset[str]:
        found = {self._basis_of[e.iri] for e in gap.evidence if e.iri in self._basis_of}
        return frozenset(found or {"none"})

    @cached_property
    def _basis_of(self) -> Mapping[str, str]:
        """Basis by IRI of the links that gaps can rest on: those of the frameworks their evidence is of."""
        codes = {e.iri.removeprefix(iris.BASE).partition("/")[0] for gap in self.gaps for e in gap.evidence}
        numbers = [n for n, f in enumerate(self._graph.frameworks) if f.code in codes]
        targets = np.flatnonzero(np.isin(self._graph.targets.framework, numbers))
        return {
            d.links.iri[n]: BASES[int(d.links.basis[n])]
            for d in self._graph.dimensions.values()
            for n in np.flatnonzero(np.isin(d.links.target, targets)).tolist()
        }


def _some(values: Sequence[str], most: int = 30) -> str:
    return ", ".join(values[:most]) + (f" and {len(values) - most} others" if len(values) > most else "")
