"""Results in pandas, polars, networkx, rdflib, CSV and workbooks, read back by others."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx as nx
import openpyxl
import pandas as pd
import polars as pl
import pytest
from rdflib import Graph, Literal
from rdflib.query import ResultRow

import targetgraph as tg
from targetgraph.api.table import Table
from targetgraph.api.tabular import Tabular


def test_frames_hold_the_same(graph: tg.Graph, gfc: tg.Framework) -> None:
    closing = gfc.close_gaps(dimensions="stages", method="greedy")
    tables: list[Tabular] = [
        gfc.gaps(),
        gfc.targets,
        gfc.links(),
        graph.dimensions,
        graph.query("target-table"),
        closing,
    ]
    for table in tables:
        rows = [tuple(row) for row in table.rows()]
        assert rows
        frame, other = table.to_pandas(), table.to_polars()
        assert list(frame.columns) == list(other.columns) == list(table.columns)
        assert [tuple(r) for r in other.rows()] == rows
        spelt = [tuple(None if pd.isna(v) else v for v in r) for r in frame.itertuples(index=False)]
        assert spelt == rows


def test_a_matrix_as_a_frame(gfc: tg.Framework) -> None:
    matrix = gfc.coverage("targets", "stages")
    states, counts = matrix.to_pandas(), matrix.to_pandas("count")
    assert states.shape == counts.shape == matrix.shape
    assert isinstance(states, pd.DataFrame)
    for cell in matrix:
        assert states.loc[cell.row.code, cell.column.label] == cell.state
        assert counts.loc[cell.row.code, cell.column.label] == cell.count
    other = matrix.to_polars("symbol")
    assert isinstance(other, pl.DataFrame)
    assert other["row"].to_list() == list(states.index)
    tally = pl.concat([other.select(pl.exclude("row")).unpivot()])["value"].value_counts()
    assert dict(tally.iter_rows())["●"] == matrix.tally()["covered"]
    network = matrix.to_networkx()
    assert network.number_of_edges() == sum(cell.reached for cell in matrix)
    assert nx.is_bipartite(network)


def test_csv_and_workbook(gfc: tg.Framework, tmp_path: Path) -> None:
    gaps = gfc.gaps()
    text = gaps.to_csv(tmp_path / "gaps.csv")
    read = list(csv.DictReader(io.StringIO((tmp_path / "gaps.csv").read_bytes().decode(), newline="")))
    assert text.encode() == (tmp_path / "gaps.csv").read_bytes()
    assert [r["iri"] for r in read] == [g.iri for g in gaps]
    sheet = openpyxl.load_workbook(gaps.to_xlsx(tmp_path / "gaps.xlsx"))["targetgraph"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert list(head) == list(gaps.columns)
    assert [r[head.index("rank")] for r in rows] == pytest.approx([g.rank for g in gaps])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["gaps.csv", "gaps.xlsx"]


def test_no_formula_gets_through(tmp_path: Path) -> None:
    table = Table("t", ("a", "b"), [("=1+1", -3), ("@x", None), ("\x00\x07", True)])
    assert table.to_csv().splitlines()[1:3] == ["'=1+1,-3", "'@x,"]
    assert table.to_csv(safe=False).splitlines()[1] == "=1+1,-3"
    book = openpyxl.load_workbook(table.to_xlsx(tmp_path / "t.xlsx"))
    cells = [c for row in book["targetgraph"].iter_rows(min_row=2) for c in row]
    assert [c.data_type for c in cells if isinstance(c.value, str)] == ["s", "s", "s"]
    assert cells[0].value == "=1+1" and cells[1].value == -3


def test_gaps_as_linked_data_are_those_that_were_published(graph: tg.Graph) -> None:
    """Against the statements that the build put into the store."""
    made = Graph()
    for framework in graph.frameworks.values():
        made += framework.gaps(status="").to_rdflib()
    kept = graph.sparql(
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <https://w3id.org/targetgraph/graph/computed> { ?s ?p ?o } }",
        limit_rows=None,
    ).to_rdflib()
    # The run as a whole names all frameworks; taken one by one each names its own.
    parameters = "https://w3id.org/targetgraph/ontology#parameters"

    def comparable(found: Graph) -> set[tuple[object, ...]]:
        # By value: the store writes 1.0 as 1.
        return {
            (str(s), str(p), o.toPython() if isinstance(o, Literal) else str(o))
            for s, p, o in found
            if not ("/run/" in str(s) and str(p) == parameters)
        }

    assert len(kept) > 5000
    assert comparable(made) == comparable(kept)


def test_simulation_as_linked_data(gfc: tg.Framework) -> None:
    simulated = gfc.simulate(without="governments")
    opened = simulated.to_rdflib().query("SELECT ?gap { ?run <https://w3id.org/targetgraph/ontology#opensGap> ?gap }")
    assert {str(row[0]) for row in opened if isinstance(row, ResultRow)} == {
        *(g.iri for g in simulated.opened),
        *(after.iri for _, after in simulated.changed),
    }


def test_network_goes_to_any_writer(gfc: tg.Framework, tmp_path: Path) -> None:
    network = gfc.network().to_networkx()
    nx.write_graphml(network, tmp_path / "n.graphml")
    again = nx.read_graphml(tmp_path / "n.graphml")
    assert (len(again), again.number_of_edges()) == (len(network), network.number_of_edges())
    assert again.nodes[gfc.target("A4").iri]["state_stages"] == "covered"
    drawn = gfc.network()
    assert sorted(drawn.measures.cut_nodes) == sorted(nx.articulation_points(nx.Graph(network)))
    assert len(drawn.to_dict()["links"]) == network.number_of_edges()


def test_values_of_an_answer(graph: tg.Graph) -> None:
    answer = graph.sparql(
        'SELECT * { VALUES (?a ?b ?c ?d ?e ?f) { (1 1.5 true "2030"^^xsd:gYear "x"@fr UNDEF) } } LIMIT 1'
    )
    assert answer.to_dicts() == [{"a": 1, "b": 1.5, "c": True, "d": 2030, "e": "x", "f": None}]
    assert answer.terms[0][4].language == "fr"  # type: ignore[union-attr]
    assert graph.sparql("ASK { ?t a tg:Target }") and not graph.sparql("ASK { ?t a tg:Nothing }")
    described = graph.sparql("DESCRIBE <https://w3id.org/targetgraph/gfc/target/A4>")
    assert len(described.to_rdflib()) == len(described) > 5


def test_rdflib_and_the_store_agree(graph: tg.Graph) -> None:
    ask = "SELECT (COUNT(*) AS ?n) { ?s a tg:Target }"
    (row,) = graph.rdflib().query(ask)
    assert isinstance(row, ResultRow)
    assert int(str(row[0])) == graph.sparql(ask).to_dicts()[0]["n"] == 33
