"""States of rows, columns, cells and crossings, worked out one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rdflib import Graph, URIRef
from rdflib.term import Node

from tests.oracle.frameworks import (
    RDF,
    TG,
    Dimension,
    broader,
    columns,
    dimension,
    is_umbrella,
    link_class,
    links,
    objectives,
    targets,
    targets_under,
    union,
)
from tests.oracle.triples import remembered

#: Every state of a cell, the best first.
STATES = (
    "covered",
    "thin",
    "implied",
    "umbrella",
    "contingent",
    "stale",
    "not-applicable",
    "not-assessed",
    "gap",
)
#: The states of a cell that at least one link reaches.
REACHED = STATES[:6]
#: Classes of a link, the best first.
CLASSES = ("named", "implied", "umbrella", "contingent", "stale")

_RESULTS: dict[Node, str] = {
    TG.NotApplicable: "not-applicable",
    TG.NotAssessed: "not-assessed",
    TG.Covered: "gap",
}


class Cell(NamedTuple):
    """A state and how many links (in a row: distinct concepts) of each class led to it."""

    state: str
    counts: dict[str, int]


class Crossing(NamedTuple):
    """A state and the number of targets that reach both concepts."""

    state: str
    targets: int


def best(states: Iterable[str]) -> str:
    """The state that comes first in the precedence.

    Settled: of nothing at all (a framework or objective without targets), nobody has looked.
    """
    return min(states, key=STATES.index, default="not-assessed")


def worse(first: str, second: str) -> str:
    """Of two states the one that comes later in the precedence."""
    return max(first, second, key=STATES.index)


def _state_from_links(counts: dict[str, int], minimum: int) -> str:
    """The state that links alone give, empty when there are none.

    Settled: an obligation of zero does not make an empty cell covered.
    """
    if counts["named"] >= max(minimum, 1):
        return "covered"
    if counts["named"] > 0:
        return "thin"
    for name in ("implied", "umbrella", "contingent", "stale"):
        if counts[name] > 0:
            return name
    return ""


@remembered
def _results(graph: Graph, dim_iri: Node, scope: Node) -> dict[frozenset[Node], set[str]]:
    """What assessments of a target or framework on a dimension found, by the concepts they are about (none: all of them)."""
    found: dict[frozenset[Node], set[str]] = {}
    for record in graph.subjects(TG.assesses, scope):
        if (record, TG.onDimension, dim_iri) in graph and (record, RDF.type, TG.Assessment) in graph:
            about = frozenset(graph.objects(record, TG.assessedConcept))
            found.setdefault(about, set()).update(_RESULTS[r] for r in graph.objects(record, TG.assessmentResult))
    return found


def _state_from_assessment(graph: Graph, dim: Dimension, framework: Node, target: Node, concept: Node | None) -> str:
    """The state of a cell (or of a row: no concept) that nothing is linked to."""
    for scope, about in [(target, concept), (target, None), (framework, concept), (framework, None)]:
        results = _results(graph, dim.iri, scope).get(frozenset() if about is None else frozenset({about}), set())
        if len(results) > 1:
            raise ValueError(f"two assessments of one scope disagree: {scope} {about} {results}")
        if results:
            return next(iter(results))
    return "gap" if dim.assessed else "not-assessed"


@remembered
def cell_states(graph: Graph, framework: str, dim_iri: str, minimum: int = 1) -> dict[tuple[str, str], Cell]:
    """State and counts of links of every cell, by (target IRI, concept IRI)."""
    graph = union(graph)
    dim = dimension(graph, dim_iri)
    members = columns(graph, dim)
    # What is narrower than a catch-all is read off here too: the columns that have it above them.
    above: dict[Node, set[Node]] = {concept: broader(graph, dim, concept) for concept in members}
    cells = {}
    for target in targets(graph, framework):
        evidence = [(link_class(graph, link, c), c) for link, c in links(graph, dim, target)]
        for _, concept in evidence:
            above.setdefault(concept, broader(graph, dim, concept))
        for column in members:
            counts = dict.fromkeys(CLASSES, 0)
            for kind, concept in evidence:
                is_it = column == concept
                is_above = column in above[concept]
                is_caught = is_umbrella(graph, concept) and concept in above[column]
                if is_it or is_above or is_caught:
                    counts[kind] += 1
            state = _state_from_links(counts, minimum)
            state = state or _state_from_assessment(graph, dim, URIRef(framework), target, column)
            cells[(str(target), str(column))] = Cell(state, counts)
    return cells


@remembered
def row_states(
    graph: Graph, framework: str, dim_iri: str, minimum: int = 1, required_value: str | None = None
) -> dict[str, Cell]:
    """State and counts of distinct concepts of every target, without roll-up, by target IRI.

    ``required_value`` is the ``tg:adoptionStatus`` a linked concept must have to count as named.
    Settled: a linked concept counts whether or not it is a column (a body among actors, an SDG target
    under the dimension of goals).
    """
    graph = union(graph)
    dim = dimension(graph, dim_iri)
    rows = {}
    for target in targets(graph, framework):
        best_class: dict[Node, str] = {}
        for link, concept in links(graph, dim, target):
            kind = link_class(graph, link, concept)
            lacks = required_value and (concept, TG.adoptionStatus, URIRef(required_value)) not in graph
            if lacks and kind == "named":
                kind = "implied"
            best_class[concept] = min(kind, best_class.get(concept, kind), key=CLASSES.index)
        counts = dict.fromkeys(CLASSES, 0)
        for kind in best_class.values():
            counts[kind] += 1
        state = _state_from_links(counts, minimum)
        state = state or _state_from_assessment(graph, dim, URIRef(framework), target, None)
        rows[str(target)] = Cell(state, counts)
    return rows


@remembered
def column_states(graph: Graph, framework: str, dim_iri: str, minimum: int = 1) -> dict[str, str]:
    """The best state of each column over all targets, by concept IRI."""
    graph = union(graph)
    cells = cell_states(graph, framework, dim_iri, minimum)
    members = [str(c) for c in columns(graph, dimension(graph, dim_iri))]
    return {c: best(cell.state for (_, concept), cell in cells.items() if concept == c) for c in members}


def objective_states(
    graph: Graph, framework: str, dim_iri: str, minimum: int = 1, cells: dict[tuple[str, str], Cell] | None = None
) -> dict[tuple[str, str], str]:
    """The best state of each column over the targets of an objective, by (objective IRI, concept IRI).

    ``cells`` are those of :func:`cell_states`, where they are known already.
    """
    graph = union(graph)
    cells = cell_states(graph, framework, dim_iri, minimum) if cells is None else cells
    states = {}
    for objective in objectives(graph, framework):
        # Settled: only targets of this framework, should one stand under another framework's objective.
        below = {str(t) for t in targets_under(graph, objective)} & {target for target, _ in cells}
        for column in columns(graph, dimension(graph, dim_iri)):
            states[(str(objective), str(column))] = best(cells[(target, str(column))].state for target in below)
    return states


@remembered
def crossed_states(
    graph: Graph, framework: str, dim_a: str, dim_b: str, minimum: int = 1
) -> dict[tuple[str, str], Crossing]:
    """State and number of targets for every pair of concepts of two dimensions."""
    graph = union(graph)
    cells_a = cell_states(graph, framework, dim_a, minimum)
    cells_b = cell_states(graph, framework, dim_b, minimum)
    rows = [str(t) for t in targets(graph, framework)]
    crossings = {}
    for a in map(str, columns(graph, dimension(graph, dim_a))):
        for b in map(str, columns(graph, dimension(graph, dim_b))):
            pairs = [(cells_a[(t, a)].state, cells_b[(t, b)].state) for t in rows]
            both = [worse(x, y) for x, y in pairs if x in REACHED and y in REACHED]
            looked_at = [x in (*REACHED, "gap") and y in (*REACHED, "gap") for x, y in pairs]
            if both:
                state = best(both)
            elif any(looked_at):
                state = "gap"
            else:
                state = "not-assessed"
            crossings[(a, b)] = Crossing(state, len(both))
    return crossings
