"""The coverage matrix: tables of who, where and when, their empty cells marked, every cell open to its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.coverage import OBJECTIVES, TARGETS, Coverage, Heading, coverage
from targetgraph.analysis.standing import Standing
from targetgraph.analysis.states import REACHED, State, contributions
from targetgraph.errors import TargetGraphError
from targetgraph.phrases import few, joined, say
from targetgraph.views.evidence import Shelf, StateEntry, state_entries
from targetgraph.views.page import Page, percent, render, scripts, styles

PAIRS = (
    (TARGETS, "stages"),
    (TARGETS, "actors"),
    (TARGETS, "sectors"),
    (TARGETS, "goals"),
    ("sectors", "stages"),
)
# Above this share of empty cells, hatching each would hide the rows and columns that are empty throughout.
CROWDED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: its state, count, shade (1 to 4 of the blues, 0 none) and whether its emptiness is to be hatched."""

    state: StateEntry
    count: int
    shade: int
    hatched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A row or column: its heading, and how much of it is reached.

    ``named`` cells rest on words of the text, ``reached`` on any link, of ``cells`` that somebody looked at; ``gaps``
    of them are empty; ``standing`` is the best state among the cells.
    """

    heading: Heading
    name: str
    named: int
    reached: int
    cells: int
    gaps: int
    standing: State

    @property
    def share(self) -> float:
        """Share of the cells looked at that links reach."""
        return self.reached / self.cells if self.cells else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """One table of the page."""

    key: str
    coverage: Coverage
    lead: str
    rows: tuple[Side, ...]
    columns: tuple[Side, ...]
    cells: tuple[tuple[Cell, ...], ...]
    states: tuple[StateEntry, ...]
    crowded: bool
    crossed: bool

    @property
    def named(self) -> int:
        """Cells that rest on words of the text."""
        return sum(row.named for row in self.rows)

    @property
    def reached(self) -> int:
        """Cells that links reach."""
        return sum(row.reached for row in self.rows)

    @property
    def share(self) -> float:
        """Share of the cells looked at that links reach."""
        looked = sum(row.cells for row in self.rows)
        return self.reached / looked if looked else 0.0


def matrix_page(
    graph: CodedGraph,
    framework: str,
    rows: str = "",
    columns: str = "",
    standing: Standing | None = None,
) -> str:
    """Draw the coverage matrices of a framework as one self-contained page.

    Parameters
    ----------
    graph : the coded graph.
    framework : code of the framework.
    rows, columns : the pair shown first, as for :func:`~targetgraph.analysis.coverage.coverage`; both or neither.
    standing : gaps and states of the framework, when they are at hand already.

    Raises
    ------
    TargetGraphError : there is no such framework or dimension, or only one of rows and columns is given.
    """
    if bool(rows) != bool(columns):
        raise TargetGraphError("rows and columns go together", "", "give both --rows and --columns, or neither")
    standing = standing or Standing.of(graph, framework)
    pairs = [(r, c) for r, c in PAIRS if {r, c} <= {TARGETS, *graph.dimensions}]
    if rows:
        pairs = [(rows, columns), *(pair for pair in pairs if pair != (rows, columns))]
    shelf = Shelf(standing)
    matrices = [_matrix(coverage(graph, r, c, framework)) for r, c in pairs]
    data: dict[str, object] = {
        "matrices": [_addresses(standing, shelf, matrix) for matrix in matrices],
        "targets": _targets(standing),
        "reach": {code: _reach(standing, shelf, graph.dimension(code)) for code in _dimensions(pairs)},
        "states": state_entries(),
    }
    links, gaps = shelf.links, shelf.gaps
    data |= {"links": links, "gaps": gaps}
    report = standing.report
    page = Page(
        title=f"Coverage matrix: {report.framework_label}",
        lead=(),
        framework=report.framework,
        framework_label=report.framework_label,
        version=report.version,
        targets=report.targets,
        unverified=report.unverified,
        note=report.note,
        styles=styles("matrix"),
        scripts=scripts("matrix"),
    )
    return render("matrix.html", page, matrices=matrices, data=data, links=links, gaps=gaps)


def _dimensions(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Dimensions among rows and columns, each once."""
    return list(dict.fromkeys(code for pair in pairs for code in pair if code not in (TARGETS, OBJECTIVES)))


def _matrix(found: Coverage) -> Matrix:
    states = np.asarray(found.states)
    crowded = bool((states == State.GAP).mean() > CROWDED) if states.size else False
    rows = tuple(side_of(h, found.row_name, states[i]) for i, h in enumerate(found.rows))
    columns = tuple(side_of(h, found.column_name, states[:, j]) for j, h in enumerate(found.columns))
    entries = state_entries(found.tally())
    bounds = bounds_of(found)

    def cell(i: int, j: int) -> Cell:
        state, count = State(int(states[i, j])), int(found.counts[i, j])
        whole = rows[i].standing >= State.UMBRELLA or columns[j].standing >= State.UMBRELLA
        return Cell(
            state=entries[state],
            count=count,
            shade=1 + sum(count > b for b in bounds) if state <= State.THIN else 0,
            hatched=state == State.GAP and (whole or not crowded),
        )

    return Matrix(
        key=f"{found.row_name}-{found.column_name}",
        coverage=found,
        lead=lead_of(found),
        rows=rows,
        columns=columns,
        cells=tuple(tuple(cell(i, j) for j in range(len(columns))) for i in range(len(rows))),
        states=entries,
        crowded=crowded,
        crossed=found.row_name not in (TARGETS, OBJECTIVES),
    )


def bounds_of(found: Coverage) -> tuple[int, int, int]:
    """Counts above which a cell gets a darker blue."""
    most = int(found.counts.max(initial=1))
    return (1, 2, 3) if most <= 6 else (max(most // 8, 1), most // 4, most // 2)


def side_of(heading: Heading, of: str, states: np.ndarray) -> Side:
    """How much of a row or column is reached, from the states of its cells."""
    looked = ~np.isin(states, (State.NOT_ASSESSED, State.NOT_APPLICABLE))
    goal = of == "goals"
    return Side(
        heading=heading,
        name=f"SDG {heading.code} {heading.label}" if goal else heading.label,
        named=int((states <= State.THIN).sum()),
        reached=int((states <= REACHED).sum()),
        cells=int(looked.sum()),
        gaps=int((states == State.GAP).sum()),
        standing=State(int(states.min(initial=State.GAP))),
    )


def lead_of(found: Coverage) -> str:
    """How much is empty, and which rows and columns are empty throughout."""
    tally = found.tally()
    looked = found.states.size - tally[State.NOT_ASSESSED] - tally[State.NOT_APPLICABLE]
    if not looked:
        return say("Nobody has looked yet: every cell is not assessed or not applicable.")
    said: list[str] = [
        say(
            "{empty} of {total} cells are empty ({share}).",
            empty=tally[State.GAP],
            total=looked,
            share=percent(tally[State.GAP] / looked),
        )
    ]
    sides = (
        (found.rows, found.row_name, found.states.min(axis=1, initial=State.GAP)),
        (found.columns, found.column_name, found.states.min(axis=0, initial=State.GAP)),
    )
    for state in (State.GAP, State.UMBRELLA):
        for headings, of, best in sides:
            at = np.flatnonzero(best == state).tolist()
            names = [_short(headings[n], of) for n in at]
            if names:
                said.append(
                    say("Nothing reaches {names}.", names=few(names))
                    if state == State.GAP
                    else say("Only a catch-all reaches {names}.", names=few(names))
                )
    if tally[State.COVERED] + tally[State.THIN] == 0 and found.column_name != "goals":
        said.append(say("No cell rests on words of the text."))
    return joined(said)


def _short(heading: Heading, of: str) -> str:
    """A row or column in a sentence: by its code where that is a number people know."""
    if heading.code[:1].isupper():
        return heading.code
    return say("SDG {code} {name}", code=heading.code, name=heading.label) if of == "goals" else heading.label


def _addresses(standing: Standing, shelf: Shelf, matrix: Matrix) -> dict[str, object]:
    """What the script needs to find the links behind a cell."""
    found = matrix.coverage
    objective = _objectives(standing) if found.row_name == OBJECTIVES else {}
    return {
        "key": matrix.key,
        "row": found.row_name,
        "column": found.column_name,
        "rows": [_end(standing, shelf, side) for side in matrix.rows],
        "columns": [_end(standing, shelf, side) for side in matrix.columns],
        "members": [objective.get(h.iri, []) for h in found.rows] if objective else [],
        "counted": found.counted,
    }


def _end(standing: Standing, shelf: Shelf, side: Side) -> tuple[str, str, list[int]]:
    """IRI, name and gaps (numbers on the page) of a row or column."""
    heading = side.heading
    name = f"{heading.code} {heading.label}" if heading.code[:1].isupper() else side.name
    return heading.iri, name, shelf.of(standing.gaps_of.get(heading.iri, ()))


def _objectives(standing: Standing) -> dict[str, list[int]]:
    """Positions of the targets under each objective."""
    table = standing.graph.tables["objectives"]
    found: dict[str, list[int]] = {}
    for position, target in enumerate(standing.targets.tolist()):
        number = int(standing.graph.targets.objective[target])
        if number >= 0:
            found.setdefault(table.iri[number], []).append(position)
    return found


def _targets(standing: Standing) -> list[dict[str, object]]:
    table = standing.graph.targets
    return [
        {
            "iri": table.iri[t],
            "code": table.notation[t],
            "label": table.label[t],
            "recalled": standing.recalled(t),
        }
        for t in standing.targets.tolist()
    ]


def _reach(standing: Standing, shelf: Shelf, dimension: CodedDimension) -> dict[str, list[int]]:
    """Links on the page behind each cell of targets by columns: ``"row:column"`` → numbers."""
    reach = contributions(dimension, standing.links(dimension))
    row_of = {int(t): i for i, t in enumerate(standing.targets)}
    column_of = {int(c): j for j, c in enumerate(dimension.columns)}
    found: dict[str, list[int]] = {}
    for link, concept in zip(reach.link.tolist(), reach.concept.tolist(), strict=True):
        if concept in column_of:
            key = f"{row_of[int(dimension.links.target[link])]}:{column_of[concept]}"
            found.setdefault(key, []).append(shelf.link(dimension, link))
    return found
