"""The list of targets, and the fact sheet of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from targetgraph.analysis.coding import RECALLED, CodedGraph
from targetgraph.analysis.comparison.matching import Fates
from targetgraph.analysis.coverage import Heading, target_heading
from targetgraph.analysis.description.record import Claim, Description, WordingLine
from targetgraph.analysis.gaps import Gap
from targetgraph.analysis.standing import Standing
from targetgraph.analysis.states import State
from targetgraph.records.smart import SmartReading
from targetgraph.views.explorer.evidence import anchor
from targetgraph.views.explorer.names import Label, Names

MOST: Final = 500
"""Targets that a page lists; of more it shows the first, and says so."""
SHOWN: Final = ("actors", "sectors", "stages", "goals", "indicators")
"""Dimensions in the list; the fact sheet shows all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The state of a target in a dimension."""

    dimension: str
    label: str
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """A target in the list.

    Parameters
    ----------
    deadline : the year; 0 for none.
    recalled : whether nobody has checked its wording.
    gaps : how many it has itself.
    """

    iri: str
    code: str
    label: Label
    objective: str
    deadline: int
    recalled: bool
    cells: tuple[Cell, ...]
    gaps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetsView:
    """The list.

    Parameters
    ----------
    lines : those shown, of ``found`` that fit, of ``total``.
    columns : dimensions, code and label.
    objectives : code and label of each.
    objective, dimension, state : what is chosen.
    """

    lines: tuple[TargetLine, ...]
    found: int
    total: int
    columns: tuple[tuple[str, str], ...]
    dimensions: tuple[tuple[str, str], ...]
    objectives: tuple[tuple[str, str], ...]
    objective: str
    dimension: str
    state: str
    sort: str


def state_named(word: str) -> State | None:
    """A state by its word as addresses have it (``not-assessed``); None for another word."""
    return next((s for s in State if state_word(s) == word), None)


def state_word(state: State) -> str:
    """A state as addresses have it."""
    return state.word.replace(" ", "-")


def target_lines(standing: Standing, names: Names, dimensions: Sequence[str]) -> list[TargetLine]:
    """Every target of a framework with its states, in the framework's order."""
    graph = standing.graph
    table, objectives = graph.targets, graph.tables["objectives"]
    found = []
    for target in standing.targets.tolist():
        objective = int(table.objective[target])
        iri = table.iri[target]
        found.append(
            TargetLine(
                iri=iri,
                code=table.notation[target],
                label=names.of(iri, table.label[target]),
                objective=objectives.notation[objective] if objective >= 0 else "",
                deadline=int(table.deadline[target]),
                recalled=bool(table.verification[target] == RECALLED),
                cells=tuple(row_cells(standing, target, dimensions)),
                gaps=len(standing.gaps_of.get(iri, ())),
            )
        )
    return found


def row_cells(standing: Standing, target: int, dimensions: Sequence[str]) -> list[Cell]:
    """The states of one target."""
    coded = [standing.graph.dimension(d) for d in dimensions]
    return [Cell(d.declaration.code, d.declaration.label, standing.row_state(target, d)) for d in coded]


_ORDERS: Final[Mapping[str, object]] = {
    "": lambda t: 0,
    "gaps": lambda t: -t.gaps,
    "deadline": lambda t: (t.deadline == 0, t.deadline),
    "label": lambda t: str(t.label).casefold(),
}
SORTS: Final = tuple(k for k in _ORDERS if k)


def targets_view(
    standing: Standing, lines: Sequence[TargetLine], objective: str, dimension: str, state: str, sort: str
) -> TargetsView:
    """The list, or what the choices leave of it.

    Parameters
    ----------
    lines : all targets, with a cell for ``dimension`` if one is chosen.
    objective : code; empty for all.
    dimension, state : only targets in this state there; both or none.
    sort : one of `SORTS`; empty for the framework's order.
    """
    wanted = state_named(state)
    kept = [
        line
        for line in lines
        if objective in ("", line.objective)
        and (wanted is None or any(c.dimension == dimension and c.state == wanted for c in line.cells))
    ]
    kept.sort(key=_ORDERS[sort])  # type: ignore[arg-type]
    graph = standing.graph
    declared = [(d.code, d.label) for d in graph.declarations.dimensions]
    table = graph.tables["objectives"]
    mine = np.flatnonzero(table.framework == standing.framework).tolist()
    columns = [(code, label) for code, label in declared if code in SHOWN or code == dimension]
    return TargetsView(
        lines=tuple(kept[:MOST]),
        found=len(kept),
        total=len(lines),
        columns=tuple(columns),
        dimensions=tuple(declared),
        objectives=tuple((table.notation[n], table.label[n]) for n in mine),
        objective=objective,
        dimension=dimension,
        state=state,
        sort=sort,
    )


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim with the fragment it stands under."""

    claim: Claim
    anchor: str


@dataclass(frozen=True, slots=True)
class Kin:
    """A target that this one came from or went into.

    Parameters
    ----------
    forward : whether this target went into it; otherwise this one took it up.
    """

    target: Heading
    forward: bool
    relation: str
    confidence: str
    rationale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """A fact sheet.

    Parameters
    ----------
    told : what the graph says of the target.
    deadline : the year; 0 for none.
    wordings : with the fragment each stands under.
    claims : by heading.
    indicators : the claims among them that name an indicator.
    cells : its state in every dimension that it is looked at in.
    kin : where it came from and what became of it; ``dropped`` when it became no target.
    gaps : its own, ranked.
    sources : addresses at which it was seen.
    before, after : neighbours in the framework's order.
    smart : verdicts on its words, or on the paraphrase where they are not held.
    """

    iri: str
    code: str
    label: Label
    english: str
    framework: Label
    objective: str
    objective_code: str
    deadline: int
    recalled: bool
    confidence: float
    summary: str
    status: str
    measurability: str
    measurability_note: str
    told: Description
    wordings: tuple[tuple[WordingLine, str], ...]
    claims: tuple[tuple[str, tuple[ShownClaim, ...]], ...]
    cells: tuple[Cell, ...]
    kin: tuple[Kin, ...]
    dropped: str
    gaps: tuple[Gap, ...]
    sources: tuple[str, ...]
    before: Heading | None
    after: Heading | None
    short: str
    smart: SmartReading

    def anchor(self, iri: str) -> str:
        """The fragment that a passage stands under."""
        return anchor(iri)

    @property
    def marks(self) -> list[str]:
        """Kinds of marks in its wordings, for the legend."""
        kinds = {m for w, _ in self.wordings for s in w.stretches for m in s.marks}
        return [m for m in ("bracketed", "hedge", "emphasised") if m in kinds]


_MEASURABILITY: Final = ("", "measurable", "partly", "not")


def sheet_view(
    standing: Standing, names: Names, told: Description, target: int, fates: Fates, smart: SmartReading
) -> SheetView:
    """The fact sheet of a target.

    Parameters
    ----------
    standing : of its framework.
    told : what the graph says of it.
    target : its number.
    fates : what the curators say became of proposals.
    smart : verdicts on its words.
    """
    graph, table = standing.graph, standing.graph.targets
    iri, entry = table.iri[target], graph.frameworks[standing.framework]
    objective, objectives = int(table.objective[target]), graph.tables["objectives"]
    place = standing.targets.tolist().index(target)
    sources = graph.tables["sources"]
    kin, dropped = _kin(graph, target, fates)
    return SheetView(
        iri=iri,
        code=table.notation[target],
        label=names.of(iri, table.label[target]),
        english=table.label[target],
        framework=names.of(entry.iri, entry.label),
        objective=objectives.label[objective] if objective >= 0 else "",
        objective_code=objectives.notation[objective] if objective >= 0 else "",
        deadline=int(table.deadline[target]),
        recalled=bool(table.verification[target] == RECALLED),
        confidence=round(float(table.confidence[target]), 2),
        summary=table.summary[target],
        status=_last(table.status[target]),
        measurability=_MEASURABILITY[int(table.measurability[target])],
        measurability_note=table.measurability_note[target],
        told=told,
        wordings=tuple((w, anchor(w.wording.iri)) for w in told.sheet.wordings),
        claims=tuple(
            (heading, tuple(ShownClaim(c, anchor(c.link.iri)) for c in claims))
            for heading, claims in told.sheet.claims.items()
        ),
        cells=tuple(row_cells(standing, target, [d.code for d in graph.declarations.dimensions])),
        kin=kin,
        dropped=dropped,
        gaps=standing.gaps_of.get(iri, ()),
        sources=tuple(sources.source[n] for n in np.flatnonzero(sources.target == target).tolist()),
        before=_neighbour(standing, place - 1),
        after=_neighbour(standing, place + 1),
        short=f"{entry.code}/{table.notation[target]}",
        smart=smart,
    )


def _last(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _neighbour(standing: Standing, place: int) -> Heading | None:
    if not 0 <= place < len(standing.targets):
        return None
    return target_heading(standing.graph, int(standing.targets[place]))


def _kin(graph: CodedGraph, target: int, fates: Fates) -> tuple[tuple[Kin, ...], str]:
    """Targets before and after it, and why it became none if it was dropped."""
    table = graph.tables["lineage"]
    found, dropped = [], ""
    for n in range(table.rows()):
        proposal, successor = int(table.proposal[n]), int(table.successor[n])
        if target not in (proposal, successor):
            continue
        forward = proposal == target
        if bool(table.dropped[n]):
            dropped = (table.rationale[n] or "recorded as dropped") if forward else dropped
            continue
        other = successor if forward else proposal
        if other >= 0:
            relation = fates.get((graph.targets.iri[proposal], graph.targets.iri[successor]), "")
            confidence = f"{float(table.confidence[n]):.2g}"
            found.append(Kin(target_heading(graph, other), forward, relation, confidence, table.rationale[n]))
    return tuple(found), dropped
