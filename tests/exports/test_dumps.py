"""Dumps, read back by Oxigraph and by rdflib."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import to_canonical_graph

from targetgraph.errors import StoreError, TargetGraphError
from targetgraph.namespaces import TG
from targetgraph.publish.exports.dumps import DUMPS, write_dump
from targetgraph.publish.exports.selection import chosen_graphs
from targetgraph.publish.exports.source import Source
from targetgraph.store import transcribe

FORMS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "turtle": ox.RdfFormat.TURTLE,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
WITH_GRAPHS = ("nquads", "trig")


def dump(source: Source, form: str, graphs: tuple[str, ...] = ()) -> bytes:
    output = io.BytesIO()
    write_dump(source, output, form, graphs)
    return output.getvalue()


def canonical(statements: list[Any]) -> ox.Dataset:
    dataset = ox.Dataset(statements)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def without_graphs(statements: list[Any]) -> list[Any]:
    return [ox.Quad(*quad.triple) for quad in statements]


@pytest.mark.parametrize("form", DUMPS)
def test_a_dump_read_back_is_isomorphic_to_the_graph(source: Source, quads: list[Any], form: str) -> None:
    written = dump(source, form)
    read = list(ox.parse(written, format=FORMS[form]))
    expected = quads if form in WITH_GRAPHS else without_graphs(quads)
    assert canonical(read) == canonical(expected)
    assert len(read) == len(set(expected)), "a statement is written twice"


def test_all_dumps_are_tested() -> None:
    assert set(DUMPS) == set(FORMS)
    assert len(DUMPS) == 5


def test_rdflib_reads_rdfxml_and_trig_as_the_same_graph(source: Source) -> None:
    """A part with blank nodes (paths of dimensions), so that isomorphism is more than equality."""
    graphs = chosen_graphs(["ontology", "framework/beyond2020"], source.graph_names)
    xml = Graph().parse(data=dump(source, "rdfxml", graphs), format="xml")
    turtle = Graph().parse(data=dump(source, "turtle", graphs), format="turtle")
    union = Graph()
    trig = Dataset()
    trig.parse(data=dump(source, "trig", graphs), format="trig")
    for subject, predicate, value, _ in trig.quads((None, None, None, None)):
        union.add((subject, predicate, value))
    assert set(to_canonical_graph(xml)) == set(to_canonical_graph(turtle)) == set(to_canonical_graph(union))
    assert {str(g.identifier) for g in trig.graphs() if len(g)} == set(graphs)


@pytest.mark.parametrize("form", DUMPS)
def test_the_same_data_give_the_same_bytes(source: Source, form: str) -> None:
    graphs = chosen_graphs(["framework/beyond2020", "mapped"], source.graph_names)
    assert dump(source, form, graphs) == dump(source, form, graphs)


def test_kinds_of_statement_are_a_partition(source: Source, quads: list[Any]) -> None:
    parts = [dump(source, "nquads", chosen_graphs([k], source.graph_names)).splitlines() for k in KINDS]
    assert [len(p) for p in parts if not p] == []
    assert sum(len(p) for p in parts) == len(set(quads))
    assert sorted(line for part in parts for line in part) == dump(source, "nquads").splitlines()


KINDS = ("asserted", "mapped", "inferred", "computed")


def test_trig_groups_each_graph_once(source: Source) -> None:
    text = dump(source, "trig").decode()
    names = [line for line in text.splitlines() if line.endswith("{")]
    assert len(names) == len(set(names)) == len(source.graph_names)


@pytest.mark.parametrize("wanted", ["mappd", "https://example.org/none", "framework/nobody", "../x"])
def test_a_graph_that_is_not_there_is_refused(source: Source, wanted: str) -> None:
    with pytest.raises(TargetGraphError, match="there is no graph") as error:
        chosen_graphs([wanted], source.graph_names)
    assert "did you mean" in error.value.problems[0].remedy or "the graphs are" in error.value.problems[0].remedy


def written_as(line: str, form: str) -> bytes:
    output = io.BytesIO()
    transcribe([line.encode()], output, form)
    return output.getvalue()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('<http://a/s> <http://a/p> "a\\u0001b" <http://a/g> .\n', "control character"),
        ('<http://a/s> <http://a/p> "\\uFFFF" .\n', "control character"),
        # Written raw it would come back as a line feed.
        ('<http://a/s> <http://a/p> "a\\rb" .\n', "control character"),
        ('<http://a/s> <http://a/p/> "x" .\n', "does not end in a name"),
        ('<http://a/s> <http://a/123> "x" .\n', "does not end in a name"),
    ],
)
def test_rdfxml_refuses_what_it_cannot_hold(line: str, why: str) -> None:
    with pytest.raises(TargetGraphError, match=why):
        written_as(line, "rdfxml")
    [read] = ox.parse(written_as(line, "turtle"), format=ox.RdfFormat.TURTLE)
    [meant] = ox.parse(line, format=ox.RdfFormat.N_QUADS)
    assert read.triple == meant.triple


@pytest.mark.parametrize("text", ["<script>&\"'", "]]>", " led by a space", "tab\\tline\\n", "\\u0085", "😀 ä"])
def test_rdfxml_keeps_awkward_texts(text: str) -> None:
    line = '<http://a/s?a=1&b=2> <http://a/p> "' + text.replace('"', '\\"') + '"@en .\n'
    [read] = ox.parse(written_as(line, "rdfxml"), format=ox.RdfFormat.RDF_XML)
    [meant] = ox.parse(line, format=ox.RdfFormat.N_QUADS)
    assert read.triple == meant.triple
    [(_, _, value)] = Graph().parse(data=written_as(line, "rdfxml"), format="xml")
    assert str(value) == meant.object.value


def test_what_is_no_nquads_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not N-Quads"):
        written_as("<http://a/s> nonsense .\n", "turtle")


def test_compressed_dumps_hold_the_same_and_no_time(source: Source, built_store: Path, tmp_path: Path) -> None:
    from targetgraph.pipeline.exporting import export

    for name in ("a.nq.gz", "b.nq.gz"):
        export("nquads", tmp_path / name, built_store, graphs=("mapped",))
    assert (tmp_path / "a.nq.gz").read_bytes() == (tmp_path / "b.nq.gz").read_bytes()
    graphs = chosen_graphs(["mapped"], source.graph_names)
    assert gzip.decompress((tmp_path / "a.nq.gz").read_bytes()) == dump(source, "nquads", graphs)


def test_terms_used_in_prefixes_make_turtle_readable(source: Source) -> None:
    text = dump(source, "turtle", chosen_graphs(["framework/gfc"], source.graph_names)).decode()
    assert "gfc:A1" in text
    assert f"<{TG.NAMESPACE}" not in text.replace(f"<{TG.NAMESPACE}>", "")
