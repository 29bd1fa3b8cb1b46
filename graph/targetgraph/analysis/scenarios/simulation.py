"""What a scenario does to the gaps of a framework."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import numpy as np

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.coverage import dimension_states, target_tally
from targetgraph.analysis.gaps import Gap, GapReport, gap_report
from targetgraph.analysis.scenarios.applying import Applied, apply
from targetgraph.analysis.scenarios.scenario import Scenario
from targetgraph.analysis.states import REACHED, State
from targetgraph.phrases import counted, joined, say

_FAMILIES = ("row", "column")
_NO_TARGET = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One and the same lack in two forms: what was implied only is now missing, say."""

    before: Gap
    after: Gap

    @property
    def sentence(self) -> str:
        """Both forms in words."""
        return say("Before: {before} Then: {after}", before=self.before.sentence, after=self.after.sentence)


@dataclass(frozen=True, slots=True)
class Shift:
    """Cells of a dimension by state, before and after."""

    dimension: str
    plural: str
    before: dict[State, int]
    after: dict[State, int]

    @property
    def differs(self) -> bool:
        """Whether any state holds more or fewer cells."""
        return self.before != self.after

    @property
    def sentence(self) -> str:
        """The states whose number of cells differs."""
        changed = [s for s in State if self.before.get(s, 0) != self.after.get(s, 0)]
        parts = [
            say(
                "{state} {before} → {after}",
                state=s.word,
                before=self._told(self.before, s),
                after=self._told(self.after, s),
            )
            for s in changed
        ]
        what = joined(parts, ", ") if parts else say("no change")
        return say("Cells of {plural}: {what}.", plural=self.plural, what=what)

    def _told(self, tally: dict[State, int], state: State) -> int | str:
        """A number of cells, with its share where the two tallies are of different size."""
        number, size = tally.get(state, 0), sum(tally.values())
        alike = sum(self.before.values()) == sum(self.after.values())
        return number if alike or not size else say("{n} ({share:.0%})", n=number, share=number / size)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        both = (("before", self.before), ("after", self.after))
        tallies = {name: {s.word: n for s, n in tally.items()} for name, tally in both}
        return {"dimension": self.dimension, **tallies}


@dataclass(frozen=True)
class Simulation:
    """Gaps under a scenario against those of today.

    Parameters
    ----------
    framework, framework_label : whose gaps they are.
    scenario : what is supposed.
    effects : what that does to the links, in sentences.
    before, after : all gaps.
    opened, closed : gaps by IRI in only one of the two, unless they are a change.
    changed : gaps that only changed their form.
    absorbed : empty crossings told no more, because nothing at all reaches one of the two things then: no progress.
    shifts : cells by state of each dimension.
    version : data version.
    """

    framework: str
    framework_label: str
    scenario: Scenario
    effects: tuple[str, ...]
    before: GapReport
    after: GapReport
    opened: tuple[Gap, ...]
    closed: tuple[Gap, ...]
    changed: tuple[Change, ...]
    absorbed: tuple[Gap, ...]
    shifts: tuple[Shift, ...]
    version: str

    @property
    def by_target(self) -> dict[str, tuple[list[Gap], list[Gap], list[Change]]]:
        """Opened, closed and changed gaps by the code of the target; under an empty code those of other things."""
        found: dict[str, tuple[list[Gap], list[Gap], list[Change]]] = {}
        for gap in self.opened:
            found.setdefault(_target(gap), ([], [], []))[0].append(gap)
        for gap in self.closed:
            found.setdefault(_target(gap), ([], [], []))[1].append(gap)
        for change in self.changed:
            found.setdefault(_target(change.before), ([], [], []))[2].append(change)
        return dict(sorted(found.items(), key=lambda item: (item[0] == _NO_TARGET, item[0])))

    @property
    def sentences(self) -> list[str]:
        """The outcome in short."""
        n, before, after = len(self.opened), len(self.before.gaps), len(self.after.gaps)
        if self.opened or self.closed or self.changed or self.absorbed:
            opening: str = counted(
                "{n} gap opens, {closed} close, {changed} take another form; {before} gaps today, {after} then.",
                "{n} gaps open, {closed} close, {changed} take another form; {before} gaps today, {after} then.",
                n,
                closed=len(self.closed),
                changed=len(self.changed),
                before=before,
                after=after,
            )
            if self.absorbed:
                told_no_more = say(
                    "{number} crossings are told no more: one of the two is reached by nothing.",
                    number=len(self.absorbed),
                )
                opening = joined([opening, told_no_more])
        else:
            opening = say(
                "No gap opens or closes: {before} today, and the same {after} under this scenario.",
                before=before,
                after=after,
            )
        return [opening, *(shift.sentence for shift in self.shifts if shift.differs)]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "framework": self.framework,
            "framework_label": self.framework_label,
            "data_version": self.version,
            "scenario": str(self.scenario),
            "effects": list(self.effects),
            "summary": self.sentences,
            "gaps_today": len(self.before.gaps),
            "gaps_then": len(self.after.gaps),
            "opened": [gap.to_json() for gap in self.opened],
            "closed": [gap.to_json() for gap in self.closed],
            "absorbed": [gap.to_json() for gap in self.absorbed],
            "changed": [{"before": c.before.to_json(), "after": c.after.to_json()} for c in self.changed],
            "cells": [shift.to_json() for shift in self.shifts],
        }


def _target(gap: Gap) -> str:
    return gap.subject if "/target/" in gap.subject_iri else _NO_TARGET


def simulate(graph: CodedGraph, scenario: Scenario, framework: str, *, today: GapReport | None = None) -> Simulation:
    """Gaps that a scenario opens and closes.

    Parameters
    ----------
    graph : the coded graph, which stays as it is.
    scenario : what is supposed.
    framework : code of the framework.
    today : its gaps as they are, where they are at hand; whatever was decided about them makes no difference here.

    Raises
    ------
    TargetGraphError : see :func:`~targetgraph.analysis.scenarios.applying.apply`.
    """
    applied = apply(graph, scenario, framework)
    before, after = today or gap_report(graph, framework), gap_report(applied.graph, framework)
    opened, gone, changed = differences(before.gaps, foreseen(graph, scenario, after.gaps))
    absorbed = absorbed_in(applied, gone)
    closed = tuple(gap for gap in gone if gap not in absorbed)
    return Simulation(
        framework=before.framework,
        framework_label=before.framework_label,
        scenario=scenario,
        effects=applied.effects,
        before=before,
        after=after,
        opened=opened,
        closed=closed,
        changed=changed,
        absorbed=absorbed,
        shifts=tuple(shifts(graph, applied.graph, framework, framework)),
        version=graph.version,
    )


def foreseen(graph: CodedGraph, scenario: Scenario, gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """The gaps without those of catch-alls as columns: no obligation asks for them, whatever they count for."""
    if scenario.umbrella != "covering":
        return tuple(gaps)
    concepts = [
        (d.concepts, n) for d in graph.dimensions.values() for n in np.flatnonzero(d.concepts.umbrella).tolist()
    ]
    catch_alls = {table.iri[n] for table, n in concepts}
    codes = {quote(table.notation[n], safe="") for table, n in concepts}

    def is_foreseen(gap: Gap) -> bool:
        crossed = gap.kind == "empty-crossing" and gap.iri.rpartition("/")[2] in codes
        return gap.subject_iri not in catch_alls and not crossed

    return tuple(gap for gap in gaps if is_foreseen(gap))


def absorbed_in(applied: Applied, gone: Iterable[Gap]) -> tuple[Gap, ...]:
    """Empty crossings among gaps that are told no more, of which one side is now reached by nothing at all."""
    graph = applied.graph
    dimensions = {c.code: (graph.dimension(c.rows), graph.dimension(c.columns)) for c in graph.declarations.crossings}
    targets, reached = graph.targets_of(applied.framework), dict[str, set[str]]()

    def reaches(dimension: CodedDimension) -> set[str]:
        code = dimension.declaration.code
        if code not in reached:
            states, _ = dimension_states(graph, dimension, applied.framework, targets)
            numbers = np.flatnonzero((states <= REACHED).any(axis=0)).tolist()
            reached[code] = {dimension.concepts.iri[n] for n in numbers}
            reached[code] |= {quote(dimension.concepts.notation[n], safe="") for n in numbers}
        return reached[code]

    found = []
    for gap in gone:
        if gap.kind == "empty-crossing":
            down, across = dimensions[gap.dimension]
            if gap.subject_iri not in reaches(down) or gap.iri.rpartition("/")[2] not in reaches(across):
                found.append(gap)
    return tuple(found)


def differences(
    before: Iterable[Gap], after: Iterable[Gap]
) -> tuple[tuple[Gap, ...], tuple[Gap, ...], tuple[Change, ...]]:
    """Gaps opened, closed and changed in form, by IRI.

    A row or column whose gap goes while another of the same row or column comes has changed its form.
    """
    old, new = {g.iri: g for g in before}, {g.iri: g for g in after}
    opened = [g for g in new.values() if g.iri not in old]
    closed = [g for g in old.values() if g.iri not in new]
    coming, going = Counter(map(_place, opened)), Counter(map(_place, closed))
    # Where two obligations bind the same thing it cannot be said which gap became which; then none is paired.
    paired = {place for place, n in going.items() if n == 1 and coming[place] == 1}
    then = {_place(g): g for g in opened}
    return (
        tuple(g for g in opened if _place(g) not in paired),
        tuple(g for g in closed if _place(g) not in paired),
        tuple(Change(g, then[_place(g)]) for g in closed if _place(g) in paired),
    )


def _place(gap: Gap) -> tuple[str, ...]:
    """Where a gap is, whatever its form; a gap with a single form is its own place."""
    family = gap.kind.rpartition("-")[2]
    return (family, gap.dimension, gap.subject_iri) if family in _FAMILIES else (gap.iri,)


def shifts(before: CodedGraph, after: CodedGraph, framework: str, later: str) -> Iterator[Shift]:
    """Cells by state in each dimension that both graphs have, of a framework in one and another in the other."""
    for code, dimension in before.dimensions.items():
        if code not in after.dimensions:
            continue
        tallies = [
            {s: n for s, n in target_tally(g, code, f).items() if n} for g, f in ((before, framework), (after, later))
        ]
        yield Shift(code, dimension.declaration.plural, tallies[0], tallies[1])
