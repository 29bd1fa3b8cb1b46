"""A comparison, and what it consists of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.coverage import Heading
from targetgraph.analysis.gaps import Certainty, Gap
from targetgraph.analysis.scenarios.scenario import Scenario
from targetgraph.analysis.scenarios.simulation import Shift
from targetgraph.analysis.states import State
from targetgraph.phrases import say

BECAME, SHORTENED, SAME = "became", "shortened", "same"
CONTENT_IN, DROPPED = "contentin", "droppedastarget"
WHOLE = (BECAME, SHORTENED, SAME)
"""Relations in which one target stands for the other as a whole; in the others only parts moved."""


@dataclass(frozen=True)
class Side:
    """One of two things compared.

    Parameters
    ----------
    graph : the graph, under its scenario where there is one.
    framework : code of the framework.
    scenario : what is supposed.
    """

    graph: CodedGraph
    framework: str
    scenario: Scenario = field(default_factory=Scenario)

    @property
    def name(self) -> str:
        """What sentences call it."""
        if self.scenario.is_today:
            return self.framework
        return say("{framework} under {scenario}", framework=self.framework, scenario=str(self.scenario))

    @property
    def number(self) -> int:
        """Number of the framework (errors: see :meth:`CodedGraph.framework_number`)."""
        return self.graph.framework_number(self.framework)


@dataclass(frozen=True)
class Differences:
    """What differs between a target and the one that stands for it.

    Parameters
    ----------
    lost, gained : by code of a dimension, labels of what only the first, or only the second, names.
    hedges_added, hedges_removed : softening words in only one of the two.
    brackets_lifted, brackets_added : words in brackets in only one of the two, as far as links rest on them.
    deadlines : year before and after; 0 where there is none.
    measurability : word before and after; empty where nobody judged.
    """

    lost: dict[str, tuple[str, ...]]
    gained: dict[str, tuple[str, ...]]
    hedges_added: tuple[str, ...]
    hedges_removed: tuple[str, ...]
    brackets_lifted: tuple[str, ...]
    brackets_added: tuple[str, ...]
    deadlines: tuple[int, int]
    measurability: tuple[str, str]

    @property
    def softened(self) -> tuple[str, ...]:
        """In which ways the second asks for less."""
        before, after = self.deadlines
        found = [say("{dimension} named no more", dimension=code) for code in self.lost]
        found += [say("hedges added")] if self.hedges_added else []
        found += [say("put in brackets")] if self.brackets_added else []
        found += [say("date dropped")] if before and not after else []
        found += [say("date later")] if before and after > before else []
        return tuple(found)

    @property
    def firmer(self) -> tuple[str, ...]:
        """In which ways the second asks for more."""
        before, after = self.deadlines
        found = [say("{dimension} newly named", dimension=code) for code in self.gained]
        found += [say("hedges removed")] if self.hedges_removed else []
        found += [say("brackets lifted")] if self.brackets_lifted else []
        found += [say("date added")] if after and not before else []
        found += [say("date earlier")] if after and before > after else []
        return tuple(found)

    @property
    def nothing(self) -> bool:
        """Whether they are alike in all of this."""
        return not (self.softened or self.firmer) and self.measurability[0] == self.measurability[1]


@dataclass(frozen=True)
class Pair:
    """A target of the first side and one of the second it went into, as a whole or in part.

    Parameters
    ----------
    relation : ``became``, ``shortened``, ``same`` or ``contentin``.
    rationale : why the curators say so; empty for ``same``.
    certainty : of the match.
    differences : for a match as a whole.
    """

    before: Heading
    after: Heading
    relation: str
    rationale: str
    certainty: Certainty
    differences: Differences | None


@dataclass(frozen=True)
class Fate:
    """What became of one target of the first side.

    Parameters
    ----------
    pairs : targets of the second side it went into.
    dropped : whether no target of the second side stands for it.
    sentences : all of it in words.
    basis : what that rests on.
    certainty : that of the weakest thing it rests on.
    """

    target: Heading
    pairs: tuple[Pair, ...]
    dropped: bool
    sentences: tuple[str, ...]
    basis: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell in another state."""

    dimension: str
    before: Heading
    after: Heading
    concept: Heading
    states: tuple[State, State]


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """A column whose best state over all targets differs."""

    dimension: str
    concept: Heading
    states: tuple[State, State]

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.concept.label}: {self.states[0].word} → {self.states[1].word}"


@dataclass(frozen=True)
class Comparison:
    """The whole.

    Parameters
    ----------
    fates : one for each target of the first side.
    added : targets of the second side that nothing went into.
    shifts : cells by state of each dimension.
    cells : cells of matched targets in another state.
    columns : columns in another state.
    opened, closed : gaps; where the frameworks differ, of matched targets and columns only.
    unmatched_gaps : gaps of targets that only the first, and only the second side has.
    notes : what limits the comparison.
    """

    before: Side
    after: Side
    fates: tuple[Fate, ...]
    added: tuple[Heading, ...]
    shifts: tuple[Shift, ...]
    cells: tuple[CellChange, ...]
    columns: tuple[ColumnChange, ...]
    opened: tuple[Gap, ...]
    closed: tuple[Gap, ...]
    unmatched_gaps: tuple[int, int]
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "before": _side(self.before),
            "after": _side(self.after),
            "fates": [_fate(f) for f in self.fates],
            "added": [_heading(h) for h in self.added],
            "coverage": [shift.to_json() for shift in self.shifts],
            "cells_changed": [
                {"dimension": c.dimension, "before": c.before.code, "after": c.after.code, "concept": c.concept.iri,
                 "states": [s.word for s in c.states]} for c in self.cells
            ],
            "columns_changed": [
                {"dimension": c.dimension, "concept": c.concept.iri, "label": c.concept.label,
                 "states": [s.word for s in c.states]} for c in self.columns
            ],
            "gaps_opened": [_gap(g) for g in self.opened],
            "gaps_closed": [_gap(g) for g in self.closed],
            "gaps_of_unmatched_targets": {"before": self.unmatched_gaps[0], "after": self.unmatched_gaps[1]},
            "notes": list(self.notes),
        }  # fmt: skip


def _side(side: Side) -> dict[str, str]:
    return {"framework": side.framework, "scenario": str(side.scenario), "data_version": side.graph.version}


def _heading(heading: Heading) -> dict[str, str]:
    return {"iri": heading.iri, "code": heading.code, "label": heading.label}


def _gap(gap: Gap) -> dict[str, str]:
    return {"iri": gap.iri, "kind": gap.kind, "sentence": gap.sentence}


def _fate(fate: Fate) -> dict[str, Any]:
    return {
        "target": _heading(fate.target),
        "dropped": fate.dropped,
        "sentences": list(fate.sentences),
        "basis": fate.basis,
        "certainty": {"level": fate.certainty.level, "weight": fate.certainty.weight, "reason": fate.certainty.reason},
        "went_into": [
            {**_heading(p.after), "relation": p.relation, "rationale": p.rationale, "confidence": p.certainty.weight,
             "differences": _differences(p.differences)} for p in fate.pairs
        ],
    }  # fmt: skip


def _differences(d: Differences | None) -> dict[str, Any] | None:
    if d is None:
        return None
    return {
        "lost": {k: list(v) for k, v in d.lost.items()},
        "gained": {k: list(v) for k, v in d.gained.items()},
        "hedges_added": list(d.hedges_added),
        "hedges_removed": list(d.hedges_removed),
        "brackets_lifted": list(d.brackets_lifted),
        "brackets_added": list(d.brackets_added),
        "deadlines": [year or None for year in d.deadlines],
        "measurability": list(d.measurability),
        "softened": list(d.softened),
        "firmer": list(d.firmer),
    }
