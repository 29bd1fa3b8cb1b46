"""Declarations, prices, files and choices that cannot be used: what, where, and what to do, in these words."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.term import Node

from targetgraph.analysis.closing import Pricing
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.declarations import read_declarations
from targetgraph.analysis.gaps import gap_report
from targetgraph.analysis.gaps.selection import GapTable
from targetgraph.analysis.paths import sparql_path
from targetgraph.analysis.scenarios.rdf import read_turtle
from targetgraph.errors import InputError, TargetGraphError
from targetgraph.pipeline import open_coded_graph

SHACL = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://example.org/> . "
PATHS = {
    "one step": ("( :a )", "the property path lists fewer than two steps"),
    "a text": ('"a"', "the property path is neither a property nor a path"),
    "no form": ("[ :b :c ]", "the property path has none of the forms of a SHACL path"),
}


@pytest.fixture(scope="module")
def coded(built_store: Path) -> CodedGraph:
    return open_coded_graph(built_store)


@pytest.mark.parametrize("case", PATHS)
def test_property_paths(case: str) -> None:
    written, message = PATHS[case]
    graph = Graph().parse(data=f"{SHACL} :shape sh:path {written} .", format="turtle")
    (head,) = graph.objects(URIRef("https://example.org/shape"))
    node: Node = head
    with pytest.raises(TargetGraphError) as caught:
        sparql_path(graph, node)
    (problem,) = caught.value.problems
    assert problem.what == message and problem.where.iri
    assert problem.remedy == "write it as SHACL, section 2.3.1, defines paths"


def test_a_declaration_without_a_code() -> None:
    graph = Graph().parse(
        data="<https://example.org/d> a <https://w3id.org/targetgraph/ontology#Dimension> .", format="turtle"
    )
    with pytest.raises(TargetGraphError) as caught:
        read_declarations(graph)
    (problem,) = caught.value.problems
    assert problem.what == "the declaration lacks tg:code" and problem.where.iri == "https://example.org/d"
    assert problem.remedy == "add tg:code to it in the ontology"


def test_prices_without_a_column(coded: CodedGraph) -> None:
    with pytest.raises(InputError) as caught:
        Pricing(coded, "gfc").read_costs("target,dimension,concept\nA1,stages,waste\n", "costs.csv")
    (problem,) = caught.value.problems
    assert problem.what == "the table of costs lacks the column 'cost'"
    assert str(problem.where) == "costs.csv, row 1"
    assert problem.remedy == "give it the columns target, dimension, concept, cost"


def test_gaps_by_a_property_that_they_have_not(coded: CodedGraph) -> None:
    table = GapTable(coded, "gfc", gap_report(coded, "gfc").gaps)
    with pytest.raises(TargetGraphError, match=r"gaps cannot be chosen by 'colour'\n  what to do: choose by one of: "):
        table.select({"colour": ["red"]})


def test_files_of_scenarios(coded: CodedGraph, tmp_path: Path) -> None:
    path = tmp_path / "scenario.ttl"
    path.write_text("<https://example.org/a> a <https://example.org/B> .")
    with pytest.raises(TargetGraphError) as caught:
        read_turtle(path, coded)
    (problem,) = caught.value.problems
    assert (problem.what, str(problem.where)) == ("the file holds no scenario", str(path))
    assert problem.remedy == "give a file with one"
