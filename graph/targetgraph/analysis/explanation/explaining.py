"""From a question about a cell to its explanation."""

from __future__ import annotations

import numpy as np

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.coverage import concept_heading, target_heading
from targetgraph.analysis.declarations import Obligation
from targetgraph.analysis.explanation.cell import Cell, links_of_target, way_up
from targetgraph.analysis.explanation.counterfactual import least_changes
from targetgraph.analysis.explanation.nearness import near_misses
from targetgraph.analysis.explanation.record import Explanation, Reach, Record
from targetgraph.analysis.gaps import Evidence, Gap, GapReport, gap_report
from targetgraph.analysis.gaps.context import STATUS_WORDS
from targetgraph.analysis.scenarios.adding import role_name
from targetgraph.analysis.scenarios.applying import apply
from targetgraph.analysis.scenarios.references import numbers_called, target_called, unknown_concept
from targetgraph.analysis.scenarios.scenario import BASES, Scenario
from targetgraph.analysis.states import LinkClass, State
from targetgraph.errors import TargetGraphError
from targetgraph.namespaces import TG
from targetgraph.phrases import joined, say

_RESULTS = ("looked at", "not looked at", "not applicable")


def explain(
    graph: CodedGraph,
    target: str,
    column: str,
    dimension: str = "",
    framework: str = "gfc",
    minimum: int = 0,
    *,
    report: GapReport | None = None,
) -> Explanation:
    """Explain the state of a cell, or of a row.

    Parameters
    ----------
    graph : the coded graph.
    target : code, label or IRI of a target.
    column : code, label or IRI of a concept; or the code of a dimension, for the row of the target in it.
    dimension : code of the dimension, where a concept is a column of several.
    framework : code of the framework.
    minimum : named links that are needed; 0: one for a cell, what is obliged for a row.
    report : all gaps of the framework in this graph, where they are at hand.

    Raises
    ------
    TargetGraphError : something of the name does not exist, or the minimum is below 0.
    """
    if minimum < 0:
        raise TargetGraphError("the minimum is below 0", "", "ask for at least one link")
    number = graph.framework_number(framework)
    row = target_called(graph, target, number)
    cell, note = _cell(graph, number, row, column, dimension, minimum)
    state, counts = cell.state(graph)
    records = _records(graph, cell, state)
    counterfactuals, obstacle = least_changes(graph, cell)
    kept, deleted = _cases(graph, cell, counts)
    across = graph.dimension(cell.dimension)
    return Explanation(
        framework=graph.frameworks[number].code,
        target=target_heading(graph, row),
        concept=None if cell.is_row else concept_heading(across, cell.concept),
        dimension=cell.dimension,
        singular=across.declaration.singular,
        state=state,
        counts=counts,
        minimum=cell.obligation.minimum,
        rule=_rule(cell, across, state, counts, records),
        reaches=tuple(_reach(graph, cell, n, kind) for n, kind in cell.links(graph)),
        records=records,
        evidence=_target_evidence(graph, row),
        counterfactuals=counterfactuals,
        obstacle=obstacle,
        kept=kept,
        deleted=deleted,
        near_misses=() if state == State.COVERED else near_misses(graph, cell),
        gaps=_gaps(graph, cell, report or gap_report(graph, framework, dimension=cell.dimension)),
        note=note,
        version=graph.version,
    )


def _cell(
    graph: CodedGraph, framework: int, target: int, column: str, dimension: str, minimum: int
) -> tuple[Cell, str]:
    """The cell that is meant, and a note where the column's name fits other dimensions too."""
    if dimension:
        graph.dimension(dimension)
    if column in graph.dimensions and dimension in ("", column):
        return Cell(framework, target, column, -1, _row_obligation(graph, column, minimum)), ""
    codes = [dimension] if dimension else list(graph.dimensions)
    found = [(code, n) for code in codes for n in numbers_called(graph.dimension(code).concepts, column)]
    if not found:
        raise unknown_concept(column, [graph.dimension(code) for code in codes])
    # Among dimensions of one scheme, the first in which the concept is a column of its own.
    found.sort(key=lambda pair: not graph.dimension(pair[0]).concepts.column[pair[1]])
    code, concept = found[0]
    same = {graph.dimension(c).concepts.iri[n] for c, n in found}
    if len(same) > 1:
        choices = ", ".join(sorted({c for c, _ in found}))
        raise TargetGraphError(
            f"{column!r} is the name of several things", "", f"say which with --dimension ({choices}), or give its IRI"
        )
    others = [c for c, n in found[1:] if graph.dimension(c).concepts.column[n]]
    note = say("It is a column of {others} too: ask with --dimension.", others=joined(others, ", ")) if others else ""
    if not graph.dimension(code).concepts.column[concept]:
        note = say("It is no column of its own: it shows in what is broader.")
    obligation = Obligation(
        iri="", code="", label="", applies_to="", dimension=code, minimum=max(1, minimum), severity=0, because=""
    )
    return Cell(framework, target, code, concept, obligation), note


def _row_obligation(graph: CodedGraph, dimension: str, minimum: int) -> Obligation:
    """What binds every target in the dimension; one link where nothing does."""
    declared = [o for o in graph.obligations(TG.Target, dimension) if not o.particular]
    found = declared[0] if declared and not minimum else None
    return found or Obligation(
        iri="", code="", label="", applies_to=TG.Target, dimension=dimension, minimum=max(1, minimum), severity=0,
        because="", required_value=declared[0].required_value if declared else "",
    )  # fmt: skip


def _reach(graph: CodedGraph, cell: Cell, number: int, kind: LinkClass) -> Reach:
    dimension = graph.dimension(cell.dimension)
    links, concept = dimension.links, int(dimension.links.concept[number])
    downward = not cell.is_row and cell.concept not in dimension.ancestors(concept)
    if cell.is_row:
        path = [concept]
    elif downward:
        path = way_up(dimension, cell.concept, concept)[::-1]
    else:
        path = way_up(dimension, concept, cell.concept)
    role = int(links.role[number])
    return Reach(
        iri=links.iri[number],
        target=graph.targets.notation[cell.target],
        link_class=kind,
        path=tuple(concept_heading(dimension, c) for c in path),
        downward=downward,
        basis=BASES[int(links.basis[number])],
        verification=STATUS_WORDS[int(links.verification[number])],
        role=role_name(graph.roles[role]) if role >= 0 else "",
        confidence=round(float(links.confidence[number]), 3),
        quote=links.quote[number],
        rationale=links.rationale[number],
    )


def _rule(
    cell: Cell, dimension: CodedDimension, state: State, counts: dict[LinkClass, int], records: tuple[Record, ...]
) -> str:
    """The rule that decided, in the precedence of the states."""
    by_class = joined([say("{n} {kind}", n=n, kind=c.name.lower()) for c, n in counts.items() if n], ", ")
    value = cell.obligation.required_value.rpartition("#")[2]
    demand = say(" with the value {value}", value=value) if value else ""
    told = {"named": counts[LinkClass.NAMED], "needed": cell.obligation.minimum, "demand": demand}
    said = {
        State.COVERED: say("{named} count as named in the text{demand}, and {needed} is enough.", **told),
        State.THIN: say("{named} count as named in the text{demand}, and {needed} are needed.", **told),
        State.IMPLIED: say("none counts as named in the text{demand}; at best it is implied.", demand=demand),
        State.UMBRELLA: say("none is named or implied in particular; a catch-all is all there is."),
        State.CONTINGENT: say("every one rests on words still in brackets, or on a wording since revised."),
        State.STALE: say("every one was made against a wording since revised."),
    }
    if state in said and not by_class:
        return said[state]
    if state in said and cell.is_row:
        return say("Of the concepts the target is linked to ({classes}) {said}", classes=by_class, said=said[state])
    if state in said:
        return say("Of the links that reach the cell ({classes}) {said}", classes=by_class, said=said[state])
    decided = next((r.sentence for r in records if r.decides), "")
    if not decided and dimension.declaration.assessed:
        decided = say(
            "there is no record about it, and then the dimension {code} counts as looked at.",
            code=dimension.declaration.code,
        )
    elif not decided:
        decided = say(
            "there is no record about it, and then the dimension {code} counts as not looked at.",
            code=dimension.declaration.code,
        )
    return say("No link reaches it, so that the records decide: {decided}", decided=decided)


def _records(graph: CodedGraph, cell: Cell, state: State) -> tuple[Record, ...]:
    """Assessments of the cell, its row, its column and the framework; the most specific first."""
    table, dimension = graph.tables["assessments"], graph.dimension(cell.dimension)
    place = [d.code for d in graph.declarations.dimensions].index(cell.dimension)
    code, name = graph.frameworks[cell.framework].code, graph.targets.notation[cell.target]
    found: list[tuple[bool, bool, str, str]] = []
    for n in np.flatnonzero((table.dimension == place) & (table.framework == cell.framework)).tolist():
        target, concept = int(table.target[n]), int(table.concept[n])
        if target not in (-1, cell.target) or concept not in (-1, cell.concept):
            continue
        scope = name if target >= 0 else say("{code} as a whole", code=code)
        sentence = say("{scope} is recorded as {result}", scope=scope, result=_RESULTS[int(table.result[n])])
        if concept >= 0:
            about = concept_heading(dimension, concept).label
            sentence = say("{sentence} for {name}", sentence=sentence, name=about)
        if table.note[n]:
            sentence = say("{sentence} ({note})", sentence=sentence, note=table.note[n].rstrip("."))
        sentence = say("{sentence}.", sentence=sentence)
        found.append((target < 0, concept < 0, table.iri[n], sentence))
    found.sort(key=lambda f: f[:2])
    unreached = state > State.STALE
    return tuple(Record(iri, sentence, unreached and i == 0) for i, (_, _, iri, sentence) in enumerate(found))


def _target_evidence(graph: CodedGraph, target: int) -> tuple[Evidence, ...]:
    table, sources = graph.targets, graph.tables["sources"]
    status = STATUS_WORDS[int(table.verification[target])]
    opening = Evidence(
        say("{code}: {said}", code=table.notation[target], said=table.summary[target] or table.label[target]),
        table.iri[target],
        status,
    )
    seen = [
        Evidence(say("seen here"), sources.source[int(n)], "sourced") for n in np.flatnonzero(sources.target == target)
    ]
    return (opening, *seen)


def _cases(graph: CodedGraph, cell: Cell, counts: dict[LinkClass, int]) -> tuple[State | None, State | None]:
    """States with brackets kept and deleted, where any link of the cell rests on brackets."""
    if not counts[LinkClass.CONTINGENT]:
        return None, None
    part, code = links_of_target(graph, cell.target), graph.frameworks[cell.framework].code
    kept, deleted = (
        cell.state(apply(part, Scenario(brackets=b), code, may_be_empty=True).graph)[0] for b in ("kept", "deleted")
    )
    return kept, deleted


def _gaps(graph: CodedGraph, cell: Cell, report: GapReport) -> tuple[Gap, ...]:
    """Gaps told of the target in the dimension, and of the column."""
    subjects = {graph.targets.iri[cell.target]}
    if not cell.is_row:
        subjects.add(graph.dimension(cell.dimension).concepts.iri[cell.concept])
    return tuple(g for g in report.gaps if g.dimension == cell.dimension and g.subject_iri in subjects)
