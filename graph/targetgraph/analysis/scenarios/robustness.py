"""How much findings hang on: gaps under other reasonable assumptions, and covered cells under the loss of links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.coverage import Heading, concept_heading, target_heading
from targetgraph.analysis.gaps import Gap, gap_report
from targetgraph.analysis.scenarios.applying import apply
from targetgraph.analysis.scenarios.scenario import Scenario
from targetgraph.analysis.scenarios.simulation import absorbed_in, differences, foreseen
from targetgraph.analysis.states import LinkClass, cell_counts, contributions
from targetgraph.errors import TargetGraphError

STAYS, DISAPPEARS, ABSORBED = "stays", "disappears", "absorbed"

ASSUMPTIONS: tuple[tuple[str, str], ...] = (
    ("what is only implied counts for nothing", "without-basis=implied"),
    ("what is implied counts as if it were named", "as-named=implied"),
    ("links that curators judged count for nothing", "without-basis=judged"),
    ("links read from recalled wordings count for nothing", "without-status=recalled"),
    ("links below a confidence of 0.5 count for nothing", "min-confidence=0.5"),
    ("links below a confidence of 0.8 count for nothing", "min-confidence=0.8"),
    ("all brackets are kept as text", "brackets=kept"),
    ("all words in brackets are deleted", "brackets=deleted"),
    ("a catch-all covers everything it stands for", "umbrella=covering"),
    ("catch-alls count for nothing", "umbrella=dropped"),
)
"""Assumptions that a careful reader might make instead, each with its scenario."""


@dataclass(frozen=True)
class Assumption:
    """What an assumption does to the gaps.

    Parameters
    ----------
    sentence, scenario : what is assumed.
    problem : why nothing could be computed under it; empty otherwise.
    verdicts : by IRI of today's gaps, ``disappears``, the kind of gap it becomes, or ``absorbed`` (told no more because
        something worse is); those that stay are left out.
    opened : gaps that are there only under the assumption.
    """

    sentence: str
    scenario: Scenario
    problem: str
    verdicts: dict[str, str]
    opened: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class FragileCell:
    """A covered cell and the fewest links whose loss would leave it with fewer named ones than it needs.

    Parameters
    ----------
    target, concept : row and column.
    removals : the fewest links to take away until it is covered no more.
    to_empty : the fewest until no link at all reaches it.
    links : IRIs of the links that name it.
    """

    target: Heading
    concept: Heading
    removals: int
    to_empty: int
    links: tuple[str, ...]


@dataclass(frozen=True)
class Fragility:
    """The covered cells of a dimension, and its columns.

    Parameters
    ----------
    cells : every covered cell, the most fragile first.
    columns : heading of each column that some target covers, and the fewest removals until none does.
    """

    dimension: str
    plural: str
    cells: tuple[FragileCell, ...]
    columns: tuple[tuple[Heading, int], ...]

    @property
    def tally(self) -> dict[int, int]:
        """Number of covered cells by how many removals open them."""
        return dict(sorted(Counter(cell.removals for cell in self.cells).items()))

    @property
    def sentence(self) -> str:
        """How many cells, and columns, hang on one link."""
        if not self.cells:
            return f"No cell of {self.plural} is covered."
        single, alone = self.tally.get(1, 0), [h.label for h, n in self.columns if n == 1]
        rest = f"; {len(alone)} of {len(self.columns)} covered columns would lose their last" if alone else ""
        name, cells = f"{self.plural[:1].upper()}{self.plural[1:]}", len(self.cells)
        return f"{name}: {single} of {cells} covered cells open when one link goes{rest}."


@dataclass(frozen=True)
class Robustness:
    """Everything for one framework.

    Parameters
    ----------
    gaps : today's gaps.
    assumptions : what each makes of them.
    fragility : one a dimension.
    minimum : named links that a cell needs to be covered.
    """

    framework: str
    framework_label: str
    gaps: tuple[Gap, ...]
    assumptions: tuple[Assumption, ...]
    fragility: tuple[Fragility, ...]
    minimum: int
    version: str

    @staticmethod
    def verdict(assumption: Assumption, gap: Gap) -> str:
        """``stays``, ``disappears``, the kind it becomes; empty where the assumption could not be computed."""
        return "" if assumption.problem else assumption.verdicts.get(gap.iri, STAYS)

    def hangs_on(self, gap: Gap) -> list[Assumption]:
        """Assumptions under which a gap disappears."""
        return [a for a in self.assumptions if a.verdicts.get(gap.iri) == DISAPPEARS]

    @property
    def robust(self) -> list[Gap]:
        """Gaps that disappear under none of the assumptions, in whatever form they then are."""
        return [gap for gap in self.gaps if not self.hangs_on(gap)]

    @property
    def sentences(self) -> list[str]:
        """The outcome in short."""
        robust, gaps = len(self.robust), len(self.gaps)
        lines = [f"{robust} of {gaps} gaps disappear under none of {len(self.assumptions)} assumptions."]
        for a in self.assumptions:
            gone = sum(v == DISAPPEARS for v in a.verdicts.values())
            other = len(a.verdicts) - gone
            told = a.problem or f"{gone} disappear, {other} take another form, {len(a.opened)} more open"
            lines.append(f"If {a.sentence}: {told.rstrip('.')}.")
        return lines + [f.sentence for f in self.fragility]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "framework": self.framework,
            "framework_label": self.framework_label,
            "data_version": self.version,
            "minimum": self.minimum,
            "summary": self.sentences,
            "assumptions": [
                {"sentence": a.sentence, "scenario": str(a.scenario), "problem": a.problem,
                 "disappear": sorted(i for i, v in a.verdicts.items() if v == DISAPPEARS),
                 "become": {i: v for i, v in sorted(a.verdicts.items()) if v != DISAPPEARS},
                 "opened": [g.iri for g in a.opened]}
                for a in self.assumptions
            ],
            "gaps": [
                {"iri": g.iri, "kind": g.kind, "sentence": g.sentence,
                 "verdicts": {str(a.scenario): self.verdict(a, g) for a in self.assumptions}}
                for g in self.gaps
            ],
            "cells": [
                {"dimension": f.dimension, "by_removals": {str(n): c for n, c in f.tally.items()},
                 "columns": [{"iri": h.iri, "label": h.label, "removals": n} for h, n in f.columns],
                 "covered": [{"target": c.target.code, "concept": c.concept.iri, "removals": c.removals,
                              "to_empty": c.to_empty, "links": list(c.links)} for c in f.cells]}
                for f in self.fragility
            ],
        }  # fmt: skip


def robustness(graph: CodedGraph, framework: str, minimum: int = 1) -> Robustness:
    """Recompute the gaps under each assumption, and count what each covered cell can lose.

    Parameters
    ----------
    framework : code of the framework.
    minimum : named links that a cell needs to be covered.

    Raises
    ------
    TargetGraphError : there is no such framework, or the minimum is below 1.
    """
    if minimum < 1:
        raise TargetGraphError("the minimum is below 1", "", "ask for at least one link")
    today = gap_report(graph, framework)
    number = graph.framework_number(framework)
    return Robustness(
        framework=today.framework,
        framework_label=today.framework_label,
        gaps=today.gaps,
        assumptions=tuple(_assumed(graph, framework, today.gaps, *a) for a in ASSUMPTIONS),
        fragility=tuple(_fragility(graph, d, number, minimum) for d in graph.dimensions.values()),
        minimum=minimum,
        version=graph.version,
    )


def _assumed(graph: CodedGraph, framework: str, today: tuple[Gap, ...], sentence: str, text: str) -> Assumption:
    scenario = Scenario.parse(text)
    try:
        applied = apply(graph, scenario, framework)
    except TargetGraphError as error:
        return Assumption(sentence, scenario, error.problems[0].what, {}, ())
    then = foreseen(graph, scenario, gap_report(applied.graph, framework).gaps)
    opened, closed, changed = differences(today, then)
    verdicts = {gap.iri: DISAPPEARS for gap in closed} | {c.before.iri: c.after.kind for c in changed}
    verdicts |= {gap.iri: ABSORBED for gap in absorbed_in(applied, closed)}
    return Assumption(sentence, scenario, "", verdicts, opened)


def _fragility(graph: CodedGraph, dimension: CodedDimension, framework: int, minimum: int) -> Fragility:
    targets = graph.targets_of(framework)
    counts = cell_counts(dimension, targets)
    cells = list(_cells(graph, dimension, targets.tolist(), counts, minimum))
    # A link belongs to one target, so that what opens one cell of a column does nothing to the others.
    needed: Counter[str] = Counter()
    for cell in cells:
        needed[cell.concept.iri] += cell.removals
    headings = [concept_heading(dimension, c) for c in dimension.columns.tolist()]
    return Fragility(
        dimension=dimension.declaration.code,
        plural=dimension.declaration.plural,
        cells=tuple(sorted(cells, key=lambda c: (c.removals, c.to_empty))),
        columns=tuple((h, needed[h.iri]) for h in headings if h.iri in needed),
    )


def _cells(
    graph: CodedGraph, dimension: CodedDimension, targets: list[int], counts: Any, minimum: int
) -> Iterator[FragileCell]:
    """Covered cells. A link counts at most once in a cell, so each removal takes at most one from its named links."""
    named_in: dict[tuple[int, int], list[str]] = {}
    mine = np.flatnonzero(np.isin(dimension.links.target, targets))
    reach = contributions(dimension, mine)
    for link, concept, kind in zip(reach.link.tolist(), reach.concept.tolist(), reach.classes.tolist(), strict=True):
        if kind == LinkClass.NAMED:
            cell = (int(dimension.links.target[link]), concept)
            named_in.setdefault(cell, []).append(dimension.links.iri[link])
    for row, target in enumerate(targets):
        for concept in dimension.columns.tolist():
            named = int(counts[row, concept, LinkClass.NAMED])
            if named < minimum:
                continue
            yield FragileCell(
                target_heading(graph, target),
                concept_heading(dimension, concept),
                removals=named - minimum + 1,
                to_empty=int(counts[row, concept].sum()),
                links=tuple(sorted(named_in[(target, concept)])),
            )
