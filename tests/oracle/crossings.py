"""Pairs of concepts that no target brings together, by sets."""

from __future__ import annotations

from rdflib import Graph, URIRef

from tests.oracle.coverage import REACHED, cell_states, crossed_states
from tests.oracle.frameworks import RDF, TG, is_umbrella, one, ordered
from tests.oracle.triples import remembered


@remembered
def empty_crossings(graph: Graph, framework: str) -> set[tuple[str, str, str]]:
    """(row, column, code of the crossing) of every gap of a crossing that binds the framework.

    Settled: a pair counts only if something reaches its row and something its column; catch-alls are left out.
    """
    found = set()
    for crossing in ordered(graph.subjects(RDF.type, TG.Crossing)):
        bound = {str(f) for f in graph.objects(crossing, TG.bindsFramework)}
        if bound and framework not in bound:
            continue
        sides = [str(one(graph, crossing, prop)) for prop in (TG.rowDimension, TG.columnDimension)]
        reached = {
            concept
            for side in sides
            for (_, concept), cell in cell_states(graph, framework, side).items()
            if cell.state in REACHED and not is_umbrella(graph, URIRef(concept))
        }
        code = str(one(graph, crossing, TG.code))
        for pair, crossed in crossed_states(graph, framework, sides[0], sides[1]).items():
            if crossed.state == "gap" and reached.issuperset(pair):
                found.add((*pair, code))
    return found
