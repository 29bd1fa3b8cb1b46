"""The list of targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from targetgraph.analysis.coding import RECALLED
from targetgraph.analysis.standing import Standing
from targetgraph.analysis.states import State
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
