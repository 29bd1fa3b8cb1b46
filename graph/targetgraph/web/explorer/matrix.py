"""``/explore/matrix``: any two dimensions by each other."""

from __future__ import annotations

from typing import Final

import numpy as np
from starlette.routing import BaseRoute

from targetgraph.analysis.columnar import Array
from targetgraph.analysis.comparison import Side
from targetgraph.analysis.comparison.matching import Fates
from targetgraph.analysis.comparison.matrices import Delta, MatrixDelta, matrix_delta
from targetgraph.analysis.coverage import OBJECTIVES, TARGETS, coverage, dimension_states, target_heading
from targetgraph.analysis.explanation import Explanation, explain
from targetgraph.analysis.segments import Segments, segments
from targetgraph.analysis.states import REACHED, State
from targetgraph.phrases import say
from targetgraph.publish.exports.pictures import Table, delta_table, matrix_table
from targetgraph.views.explorer.matrix import (
    CELLS_OPENED,
    Behind,
    MatrixView,
    OpenCell,
    cell_part,
    matrix_page,
    matrix_view,
    named,
)
from targetgraph.views.explorer.matrix_cells import SEPARATOR
from targetgraph.views.explorer.matrix_layers import Layers, Question
from targetgraph.views.explorer.pictures.matrix import matrix_picture
from targetgraph.views.explorer.urls import ROOT
from targetgraph.views.matrix import matrix_page as whole_page
from targetgraph.web.answers import Answer
from targetgraph.web.explorer.desk import Desk
from targetgraph.web.explorer.files import FORMATS, handed_out
from targetgraph.web.explorer.supposing import graph_under, narrow, scenario_of, standing_under
from targetgraph.web.explorer.visit import Refused, Visit

_DEFAULT: Final = ("targets", "stages")
_OTHERS: Final = 200
_MOST_CELLS: Final = 250_000


def routes(desk: Desk) -> list[BaseRoute]:
    """``/explore/matrix``, and the view as a file: ``/explore/matrix.csv`` and so on."""
    return [
        desk.page("matrix", f"{ROOT}/matrix", _matrix),
        desk.page("matrix", f"{ROOT}/matrix/cell", _cell_alone, listed=False),
        desk.page("matrix", f"{ROOT}/matrix.{{suffix}}", _file, listed=False, kept=False),
    ]


def _question(visit: Visit) -> Question:
    dimensions = list(visit.graph.dimensions)
    codes = [TARGETS, OBJECTIVES, *dimensions]
    columns = visit.choice("columns", dimensions, _DEFAULT[1] if _DEFAULT[1] in dimensions else dimensions[0])
    rows = visit.choice("rows", codes, TARGETS)
    if rows == columns:
        raise Refused(say("rows and columns are both “{rows}”", rows=rows), "choose two different ones")
    third = visit.choice("third", dimensions)
    if third in (rows, columns) and third:
        raise Refused(say("“{third}” is a side of the matrix already", third=third), "choose another third dimension")
    against = visit.choice("against", [f.code for f in visit.graph.frameworks])
    other = scenario_of(visit, "against_scenario")
    scenario = scenario_of(visit)
    if visit.text("against_scenario", most=4000) and not against:
        against = visit.framework
    version = visit.choice("against_version", [v.data_version for v in visit.edition.others()])
    if version and (against or visit.text("against_scenario", most=4000)):
        raise Refused("another version and another framework or scenario are asked for", "choose one of the two")
    if version:
        against = visit.framework
    elif against == visit.framework and other == scenario:
        raise Refused("both sides of the comparison are the same", "choose another framework or another scenario")
    return Question(
        rows=rows,
        columns=columns,
        third=third,
        order=visit.choice("order", ("given", "gaps"), "given"),
        only=visit.flag("only"),
        scenario=scenario,
        against=against,
        against_scenario=other,
        against_version=version,
        page=int(visit.number("page", 1, 1, 10_000)),
        cell=visit.text("cell"),
    )


def _layers(visit: Visit, question: Question) -> Layers:
    """What is shown; kept, as it does not depend on languages."""
    asked = (question.rows, question.columns, question.third, str(question.scenario), question.order, question.only)
    key = (visit.framework, *asked, question.against, str(question.against_scenario), question.against_version)
    return visit.compute(key, lambda: _laid(visit, question))


def _laid(visit: Visit, question: Question) -> Layers:
    graph, rows, columns = graph_under(visit, question.scenario), question.rows, question.columns
    found = coverage(graph, rows, columns, visit.framework)
    if found.states.size > _MOST_CELLS:
        raise Refused(
            say("the matrix would have {cells:,} cells", cells=found.states.size),
            "choose fewer rows: objectives, or a dimension",
        )
    delta: MatrixDelta | None = None
    if question.against:
        supposed, other = question.against_scenario, question.against
        if question.against_version:
            before = Side(narrow(visit.edition.earlier(question.against_version), other), other)
        else:
            before = Side(graph_under(visit, supposed, other), other, supposed)
        delta = matrix_delta(before, Side(graph, visit.framework, question.scenario), rows, columns, _fates(visit))
    third: Segments | None = segments(graph, rows, columns, question.third, visit.framework) if question.third else None
    return Layers(question, found, delta, third)


def _fates(visit: Visit) -> Fates:
    def made() -> Fates:
        rows = visit.edition.ask("extraction/lineage").values()
        return {(row[1] or "", row[3] or ""): (row[2] or "").rpartition("#")[2].lower() for row in rows}

    return visit.edition.compute("fates", made)


def _view(visit: Visit) -> MatrixView:
    question = _question(visit)
    layers = _layers(visit, question)
    codes = [TARGETS, OBJECTIVES, *visit.graph.dimensions]
    others = [f.code for f in visit.graph.frameworks][:_OTHERS]
    cell = _open(visit, layers, question) if question.cell else None
    versions = [v.data_version for v in visit.edition.others()]
    return matrix_view(visit.frame(), question, layers, codes, others, cell, versions)


def _matrix(visit: Visit) -> str:
    return matrix_page(visit.frame(), _view(visit))


def _cell_alone(visit: Visit) -> str:
    return cell_part(visit.frame(), _view(visit))


def _open(visit: Visit, layers: Layers, question: Question) -> OpenCell:
    row, _, column = question.cell.partition(SEPARATOR)
    i = next((n for n, h in enumerate(layers.row_headings) if h.code == row), -1)
    j = next((n for n, h in enumerate(layers.column_headings) if h.code == column), -1)
    if i < 0 or j < 0:
        raise Refused(
            say("the matrix has no cell “{cell}”", cell=question.cell[:80]),
            say("as cell=A1{separator}production", separator=SEPARATOR),
            404,
        )
    down, across = layers.row_headings[i], layers.column_headings[j]
    names = visit.names
    title = f"{named(names, down, question.rows).text} × {named(names, across, question.columns).text}"
    if question.rows == TARGETS:
        title = f"{down.code} {title}"
    before, delta = None, None
    if layers.delta is not None and layers.deltas is not None:
        before, delta = layers.delta.states(i, j)[0], Delta(int(layers.deltas[i, j]))
    there = layers.row_of[i] >= 0 and layers.column_of[j] >= 0
    graph = graph_under(visit, question.scenario)
    explanation: Explanation | None = None
    behind: tuple[Behind, ...] = ()
    found = 0
    if there and question.rows == TARGETS:
        report = standing_under(visit, question.scenario).report
        explanation = explain(graph, down.iri, across.iri, question.columns, visit.framework, report=report)
    elif there:
        behind, found = _behind(visit, layers, layers.row_of[i], layers.column_of[j])
    return OpenCell(
        title=title,
        state=State(int(layers.states[i, j])),
        before=before,
        delta=delta,
        explanation=explanation,
        behind=behind,
        found=found,
        row=down.code,
        column=across.code,
    )


def _behind(visit: Visit, layers: Layers, row: int, column: int) -> tuple[tuple[Behind, ...], int]:
    """Targets that reach both sides of a cell."""
    question, graph = layers.question, graph_under(visit, layers.question.scenario)
    number = graph.framework_number(visit.framework)
    targets = graph.targets_of(number)

    def states(code: str, position: int) -> Array:
        dimension = graph.dimension(code)
        found, _ = dimension_states(graph, dimension, number, targets)
        return np.asarray(found[:, dimension.columns[position]])

    across = states(question.columns, column)
    if question.rows == OBJECTIVES:
        objectives = np.flatnonzero(np.asarray(graph.tables["objectives"].framework) == number)
        here = np.asarray(graph.targets.objective[targets]) == objectives[row]
        sides: tuple[Array, ...] = (across,)
    else:
        down = states(question.rows, row)
        here, sides = down <= REACHED, (down, across)
    both = np.flatnonzero(here & (across <= REACHED))
    other = layers.found.columns[column].code
    found = []
    for n in both[:CELLS_OPENED].tolist():
        heading = target_heading(graph, int(targets[n]))
        opens = visit.urls.matrix(
            TARGETS, question.columns, cell=f"{heading.code}{SEPARATOR}{other}",
            scenario="" if question.scenario.is_today else str(question.scenario),
        )  # fmt: skip
        found.append(
            Behind(
                name=visit.names.of(heading.iri, heading.label),
                code=heading.code,
                address=visit.urls.target(heading.iri),
                states=tuple(State(int(side[n])) for side in sides),
                opens=opens,
            )
        )
    return tuple(found), len(both)


def _file(visit: Visit) -> Answer:
    suffix = visit.inside["suffix"]
    if suffix not in FORMATS:
        raise Refused(
            say("the matrix is not given as “{suffix}”", suffix=suffix[:20]),
            say("use one of: {allowed}", allowed=", ".join(FORMATS)),
            404,
        )
    question = _question(visit)
    layers = _layers(visit, question)
    name = f"{visit.framework}-{question.rows}-{question.columns}"
    if suffix == "svg":
        return handed_out(visit, name, suffix, matrix_picture(layers, visit.names, visit.edition.name))
    if suffix == "html":
        standing = standing_under(visit, question.scenario)
        page = whole_page(standing.graph, visit.framework, question.rows, question.columns, standing)
        return handed_out(visit, name, suffix, page)
    table: Table = delta_table(layers.delta) if layers.delta is not None else matrix_table(layers.found)
    return handed_out(visit, name, suffix, table)
