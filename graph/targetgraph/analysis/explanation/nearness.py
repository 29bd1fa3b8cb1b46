"""What is close to a cell and does not count in it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.coverage import concept_heading, dimension_states, target_heading
from targetgraph.analysis.explanation.cell import Cell, parents
from targetgraph.analysis.explanation.record import NearMiss
from targetgraph.analysis.gaps.context import LINK_SENTENCES
from targetgraph.analysis.scenarios.adding import role_name
from targetgraph.analysis.states import State
from targetgraph.phrases import declared, listed, say


def near_misses(graph: CodedGraph, cell: Cell) -> tuple[NearMiss, ...]:
    """Links to broader and neighbouring concepts, or in roles that do not count, mentions in the set phrase; and
    neighbouring targets that cover the same.
    """
    dimension = graph.dimension(cell.dimension)
    if cell.is_row:
        return tuple(_other_roles_of_row(graph, cell, dimension))
    found = [*_around(graph, cell, dimension), *_other_roles(graph, cell, dimension)]
    return (*found, *_phrases(graph, cell, dimension), *_elsewhere(graph, cell, dimension))


def _said(graph: CodedGraph, dimension: CodedDimension, link: int) -> str:
    links = dimension.links
    target = graph.targets.notation[int(links.target[link])]
    label = concept_heading(dimension, int(links.concept[link])).label
    return declared(LINK_SENTENCES[int(links.basis[link])], {"code": target, "name": label})


def _around(graph: CodedGraph, cell: Cell, dimension: CodedDimension) -> Iterator[NearMiss]:
    links, column = dimension.links, concept_heading(dimension, cell.concept).label
    above = {int(a) for a in dimension.ancestors(cell.concept)} - {cell.concept}
    up = set(parents(dimension, cell.concept))
    for number in np.flatnonzero(links.target == cell.target).tolist():
        concept = int(links.concept[number])
        said = _said(graph, dimension, number)
        if concept in above and not dimension.concepts.umbrella[concept]:
            words = say(
                "{said}, which is broader than {name}; that never covers the narrower by itself.",
                said=said,
                name=column,
            )
            yield NearMiss("broader", words, links.iri[number])
        shared = up & set(parents(dimension, concept))
        if concept != cell.concept and shared:
            over = concept_heading(dimension, min(shared)).label
            words = say("{said}, which stands beside {name} under {over}.", said=said, name=column, over=over)
            yield NearMiss("sibling", words, links.iri[number])


def _uncounted(graph: CodedGraph, dimension: CodedDimension) -> Iterator[tuple[CodedDimension, set[str]]]:
    """Dimensions of the same scheme and path that count more roles, with the IRIs of the links counted here."""
    mine = dimension.declaration
    for other in graph.dimensions.values():
        theirs = other.declaration
        same = (theirs.scheme, theirs.evidence_path, theirs.column_path)
        if theirs.code != mine.code and same == (mine.scheme, mine.evidence_path, mine.column_path):
            yield other, set(dimension.links.iri) if mine.filter_path else set()


def _other_roles(graph: CodedGraph, cell: Cell, dimension: CodedDimension) -> Iterator[NearMiss]:
    if not dimension.declaration.filter_path:
        return
    below = {int(d) for d in dimension.descendants(cell.concept)}
    for other, counted in _uncounted(graph, dimension):
        for number in np.flatnonzero(other.links.target == cell.target).tolist():
            if int(other.links.concept[number]) in below and other.links.iri[number] not in counted:
                yield _role_miss(graph, dimension, other, number)


def _other_roles_of_row(graph: CodedGraph, cell: Cell, dimension: CodedDimension) -> Iterator[NearMiss]:
    if not dimension.declaration.filter_path:
        return
    for other, counted in _uncounted(graph, dimension):
        for number in np.flatnonzero(other.links.target == cell.target).tolist():
            if other.links.iri[number] not in counted:
                yield _role_miss(graph, dimension, other, number)


def _role_miss(graph: CodedGraph, dimension: CodedDimension, other: CodedDimension, number: int) -> NearMiss:
    code = int(other.links.role[number])
    role = role_name(graph.roles[code]) if code >= 0 else "none"
    label = dimension.declaration.label
    said = _said(graph, other, number)
    words = say("{said} in the role “{role}”, which does not count for “{label}”.", said=said, role=role, label=label)
    return NearMiss("role", words, other.links.iri[number])


def _phrases(graph: CodedGraph, cell: Cell, dimension: CodedDimension) -> Iterator[NearMiss]:
    table, heading = graph.tables["scope"], concept_heading(dimension, cell.concept)
    for number in np.flatnonzero(table.target == cell.target).tolist():
        if table.concept[number] == heading.iri:
            code = graph.targets.notation[cell.target]
            words = say(
                "{code} mentions {name} in the set phrase of the framework's title, which makes no link.",
                code=code,
                name=heading.label,
            )
            yield NearMiss("phrase", words, graph.targets.iri[cell.target])


def _elsewhere(graph: CodedGraph, cell: Cell, dimension: CodedDimension) -> Iterator[NearMiss]:
    """Targets of the same objective (of the framework where there is none) that cover the column."""
    targets, objective = graph.targets_of(cell.framework), int(graph.targets.objective[cell.target])
    beside = targets[(graph.targets.objective[targets] == objective) & (targets != cell.target)]
    if not len(beside):
        return
    states, _ = dimension_states(graph, dimension, cell.framework, beside, cell.obligation.minimum)
    found = beside[states[:, cell.concept] <= State.THIN].tolist()
    if found:
        codes = [target_heading(graph, t).code for t in found]
        label = concept_heading(dimension, cell.concept).label
        told = {"codes": listed(codes), "name": label}
        if objective >= 0 and len(codes) == 1:
            words = say("{codes} of the same objective names {name}.", **told)
        elif objective >= 0:
            words = say("{codes} of the same objective name {name}.", **told)
        elif len(codes) == 1:
            words = say("{codes} beside it names {name}.", **told)
        else:
            words = say("{codes} beside it name {name}.", **told)
        yield NearMiss("elsewhere", words, graph.targets.iri[int(found[0])])
