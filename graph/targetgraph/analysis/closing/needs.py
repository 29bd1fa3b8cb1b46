"""What each gap needs in links: of which target, to which concepts, how many.

A link proposed here is always named in the text, settled, and to a concept that is no catch-all. A gap may have several needs
(a target bound by two obligations); it closes when all of them are met. An empty crossing is about a meeting: some target, no
matter which, has to reach both things, and what it reaches already counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from targetgraph import iris
from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array
from targetgraph.analysis.coverage import dimension_states
from targetgraph.analysis.declarations import Obligation
from targetgraph.analysis.gaps import Gap
from targetgraph.analysis.gaps.context import Context
from targetgraph.analysis.rows import among, row_states
from targetgraph.analysis.states import LinkClass, State, link_classes
from targetgraph.namespaces import TG

ANY = -1
"""Stands for every target."""
NO_GAP = -1
"""The gap of a need that is only part of a meeting."""

WITH_VALUE, PARTICULAR = "no-adopted-indicator", "obligation-unmet"
ROW_KINDS = frozenset(
    ("empty-row", "thin-row", "implied-only-row", "umbrella-only-row", "contingent-row", "stale-row", WITH_VALUE,
     PARTICULAR)
)  # fmt: skip
COLUMN_KINDS = frozenset(("empty-column", "umbrella-only-column", "implied-only-column", "contingent-column"))

WHY_NOT = {
    "no-deadline": "a date is missing, and no link brings one",
    "objective-without-deadline": "a date is missing, and no link brings one",
    "order-cannot-work": "two dates are in the wrong order; a link does not move a date",
    "hedged-wording": "words have to go, and a link only adds",
    "no-end-state": "a state that can be checked is missing; a link does not define one",
    "unverified-wording": "somebody has to check the wording against the official text",
    "lineage-loss": "a proposal was dropped; only a target that takes it up would change that",
    "concentration": "there are too many links, not too few",
}
_OTHERWISE = "it is not a matter of a missing link"


@dataclass(frozen=True, slots=True)
class Need:
    """``demand`` links to different ``concepts``.

    Parameters
    ----------
    gap : position of the gap among the chosen ones, or :data:`NO_GAP`: it matters only as part of meetings.
    dimension : short name of the dimension the links must count in.
    demand : how many.
    concepts : concept numbers that will do.
    target : the target that must get them, or :data:`ANY`.
    barred : a target whose links do not help, or :data:`ANY` for none.
    """

    gap: int
    dimension: str
    demand: int
    concepts: frozenset[int]
    target: int = ANY
    barred: int = ANY

    @property
    def is_part(self) -> bool:
        """Whether it need not be met for its own sake."""
        return self.gap == NO_GAP

    def met_by(self, target: int, concept: int) -> bool:
        """Whether a link of a target to a concept counts towards it."""
        return self.target in (ANY, target) and self.barred != target and concept in self.concepts


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two things that some target has to bring together.

    Parameters
    ----------
    gap : position of the gap among the chosen ones.
    ways : one a target: the needs (positions) that have to be met there, one or two.
    """

    gap: int
    ways: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Needs:
    """Works the needs of gaps of one framework out.

    Parameters
    ----------
    graph : the coded graph.
    framework : number of the framework.
    """

    graph: CodedGraph
    framework: int
    _states: dict[tuple[str, int], Array] = field(default_factory=dict, repr=False)

    @cached_property
    def targets(self) -> Array:
        """Target numbers of the framework."""
        return self.graph.targets_of(self.framework)

    @cached_property
    def _target_number(self) -> dict[str, int]:
        return {self.graph.targets.iri[int(t)]: int(t) for t in self.targets}

    def of(self, gap: Gap, position: int) -> tuple[list[Need], str]:
        """The needs of a gap, or none and the reason why no link can close it."""
        if gap.kind in WHY_NOT or not self._finder(gap.kind):
            return [], WHY_NOT.get(gap.kind, _OTHERWISE)
        finder = self._finder(gap.kind)
        assert finder is not None
        found = list(finder(gap, position))
        for need in found:
            short = self._short(need)
            if short:
                return [], short
        return found, "" if found else _OTHERWISE

    def _short(self, need: Need) -> str:
        """Why a need could not be met even if every link were allowed; empty if it could."""
        words = self.graph.dimension(need.dimension).declaration
        if not need.concepts:
            return f"there is no {words.singular} that a link could be to"
        if need.target != ANY and len(need.concepts) < need.demand:
            return f"it needs {need.demand} more {words.plural}, and only {len(need.concepts)} are left to link to"
        if need.barred != ANY and len(self.targets) < 2:
            return "the framework has no second target"
        return ""

    def _finder(self, kind: str) -> Callable[[Gap, int], Iterator[Need]] | None:
        if kind in ROW_KINDS:
            return self._row
        if kind in COLUMN_KINDS:
            return self._column
        return {
            "single-target-column": self._second_target,
            "single-actor": self._second_actor,
            "scope-phrase-only": self._scope,
            "lost-actor": self._lost,
        }.get(kind)

    def _obligations(self, applies_to: str, dimension: str) -> Iterator[Obligation]:
        """Obligations of a class in a dimension that bind the framework."""
        context = Context(self.graph, self.framework)
        return (o for o in self.graph.obligations(applies_to, dimension) if context.bound_by(o))

    # --- rows ---------------------------------------------------------------------------------------------------

    def _open(self, dimension: CodedDimension) -> Array:
        """Columns that are no catch-all, bool, shape (concepts,)."""
        return np.asarray(dimension.concepts.column & ~np.asarray(dimension.concepts.umbrella))

    def _named(self, dimension: CodedDimension, target: int) -> set[int]:
        links = dimension.links
        mine = (np.asarray(links.target) == target) & (link_classes(dimension) == LinkClass.NAMED)
        return set(links.concept[mine].tolist())

    def _row(self, gap: Gap, position: int) -> Iterator[Need]:
        target, dimension = self._target_number[gap.subject_iri], self.graph.dimension(gap.dimension)
        row = int(np.flatnonzero(self.targets == target)[0])
        for obligation in self._obligations(TG.Target, gap.dimension):
            if not _tells(obligation, gap):
                continue
            states, counts = row_states(self.graph, self.framework, self.targets, obligation)
            missing = obligation.minimum - int(counts[row, LinkClass.NAMED])
            if missing <= 0 or states[row] in (State.NOT_APPLICABLE, State.NOT_ASSESSED):
                continue
            listed = np.array([iri in obligation.among for iri in dimension.concepts.iri], dtype=bool)
            asked = (np.asarray(dimension.concepts.column) | listed) & among(dimension, obligation)
            allowed = asked & ~np.asarray(dimension.concepts.umbrella)
            if obligation.required_value:
                allowed = allowed & np.asarray(dimension.qualifying[obligation.required_value])
            concepts = set(np.flatnonzero(allowed).tolist()) - self._named(dimension, target)
            yield Need(position, gap.dimension, missing, frozenset(concepts), target)

    def _second_actor(self, gap: Gap, position: int) -> Iterator[Need]:
        target, dimension = self._target_number[gap.subject_iri], self.graph.dimension(gap.dimension)
        concepts = set(np.flatnonzero(self._open(dimension)).tolist()) - self._named(dimension, target)
        yield Need(position, gap.dimension, 1, frozenset(concepts), target)

    def _scope(self, gap: Gap, position: int) -> Iterator[Need]:
        target, dimension = self._target_number[gap.subject_iri], self.graph.dimension(gap.dimension)
        for number, notation in enumerate(dimension.concepts.notation):
            if iris.gap(gap.framework, gap.kind, gap.dimension, gap.subject, notation) == gap.iri:
                yield Need(position, gap.dimension, 1, self.at_or_below(dimension, number), target)

    # --- columns ------------------------------------------------------------------------------------------------

    def at_or_below(self, dimension: CodedDimension, concept: int) -> frozenset[int]:
        """The concept and the columns narrower than it, without catch-alls."""
        below = {int(d) for d in dimension.descendants(concept) if dimension.concepts.column[d]} | {concept}
        return frozenset(c for c in below if not dimension.concepts.umbrella[c])

    def concept_number(self, dimension: CodedDimension, iri: str) -> int:
        """Number of a concept."""
        return next(n for n, candidate in enumerate(dimension.concepts.iri) if candidate == iri)

    def cells(self, dimension: CodedDimension, minimum: int) -> Array:
        """States of the cells of the framework's targets by all concepts of a dimension."""
        key = (dimension.declaration.code, minimum)
        if key not in self._states:
            found, _ = dimension_states(self.graph, dimension, self.framework, self.targets, minimum)
            self._states[key] = found
        return self._states[key]

    def _holders(self, gap: Gap) -> Iterator[tuple[Obligation, int, list[int]]]:
        """For each obligation on a column: the column, and the targets that reach it well enough."""
        dimension = self.graph.dimension(gap.dimension)
        column = self.concept_number(dimension, gap.subject_iri)
        enough = State.IMPLIED if dimension.declaration.accepts_judgement else State.THIN
        for obligation in self._obligations(dimension.declaration.column_class, gap.dimension):
            if not among(dimension, obligation)[column]:
                continue
            cells = self.cells(dimension, obligation.minimum)[:, column]
            yield obligation, column, self.targets[cells <= enough].tolist()

    def _column(self, gap: Gap, position: int) -> Iterator[Need]:
        for _, column, holders in self._holders(gap):
            if not holders:
                concepts = self.at_or_below(self.graph.dimension(gap.dimension), column)
                yield Need(position, gap.dimension, 1, concepts)
                return

    def _second_target(self, gap: Gap, position: int) -> Iterator[Need]:
        for _, column, holders in self._holders(gap):
            if len(holders) == 1:
                concepts = self.at_or_below(self.graph.dimension(gap.dimension), column)
                yield Need(position, gap.dimension, 1, concepts, barred=holders[0])
                return

    def _lost(self, gap: Gap, position: int) -> Iterator[Need]:
        dimension = self.graph.dimension(gap.dimension)
        concepts = self.at_or_below(dimension, self.concept_number(dimension, gap.subject_iri))
        yield Need(position, gap.dimension, 1, concepts)


def _tells(obligation: Obligation, gap: Gap) -> bool:
    """Whether a gap of a row is told under an obligation."""
    if obligation.particular:
        parts = (gap.dimension, gap.subject, obligation.code)
        return gap.kind == PARTICULAR and gap.iri == iris.gap(gap.framework, gap.kind, *parts)
    return gap.kind != PARTICULAR and bool(obligation.required_value) == (gap.kind == WITH_VALUE)


def counts_in(graph: CodedGraph, dimension: str) -> tuple[str, ...]:
    """Dimensions in which a new link of one dimension counts: itself, and those that take the same links or more.

    A link made for the dimension of responsible actors is a mention of the actor too, though not the other way round: a link
    proposed for a dimension that takes any role is not counted on to have one that acts.
    """
    mine = graph.dimension(dimension).declaration
    found = []
    for other in graph.declarations.dimensions:
        same_links = (other.scheme, other.column_path, other.evidence_path) == (
            mine.scheme, mine.column_path, mine.evidence_path,
        )  # fmt: skip
        accepted = not other.filter_path or (
            other.filter_path == mine.filter_path and set(mine.filter_values) <= set(other.filter_values)
        )
        if same_links and accepted:
            found.append(other.code)
    return tuple(found)
