"""The alignments made by hand: validated by the sssom library, in the graph, and refused where they say too little."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from rdflib import SKOS, Dataset, Literal, URIRef

from targetgraph import iris, resources
from targetgraph.errors import TargetGraphError
from targetgraph.modelling import alignments
from targetgraph.store import StoreFolder
from tests.components import need

FILE = resources.ontology() / alignments.FILE
HEAD = '# curie_map:\n#   a: "https://example.org/a/"\n#   skos: "http://www.w3.org/2004/02/skos/core#"\n'
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\n"


@pytest.mark.filterwarnings("ignore")
def test_the_library_validates_the_file_and_reads_the_same() -> None:
    need("sssom")
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    found = parse_sssom_table(FILE)
    assert validate(found, fail_on_error=True)
    expand = found.converter.expand
    rows = {
        (expand(r["subject_id"]), expand(r["predicate_id"]), expand(r["object_id"]), r["mapping_justification"])
        for r in found.df.to_dict("records")
    }
    assert rows == {(*a.triple, a.justification) for a in alignments.bundled()}
    assert len(rows) == 13


def test_every_alignment_is_in_the_graph_of_mappings_under_the_name_the_file_gives(built_store: Path) -> None:
    dataset = Dataset()
    dataset.parse(StoreFolder(built_store).current().dataset, format="nquads")
    mapped = dataset.graph(URIRef(iris.graph("mapped")))
    said = dataset.quads((None, SKOS.prefLabel, None, None))
    labels = {str(s): str(o) for s, _, o, _ in said if isinstance(o, Literal) and o.language == "en"}
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    names = [row["subject_label"] for row in csv.DictReader(lines, delimiter="\t")]
    for alignment, name in zip(alignments.bundled(), names, strict=True):
        subject, predicate, end = map(URIRef, alignment.triple)
        assert (subject, predicate, end) in mapped
        assert labels[alignment.subject] == name
        assert alignment.comment or alignment.predicate == str(SKOS.exactMatch), "what differs is said"


def test_the_table_of_actors_gives_no_other_numbers() -> None:
    with (resources.tables() / "actors.csv").open(encoding="utf-8", newline="") as file:
        of_table = {iris.organisation(r["id"]): r["wikidata"] for r in csv.DictReader(file) if r["wikidata"]}
    of_file = {a.subject: a.object.rpartition("/")[2] for a in alignments.bundled() if "wikidata" in a.object}
    assert len(of_table) == 6
    assert of_table.items() <= of_file.items()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (HEAD + "subject_id\tobject_id\na:1\ta:2\n", "the columns predicate_id, mapping_justification, confidence"),
        (HEAD + COLUMNS + "b:1\tskos:exactMatch\ta:2\tsemapv:LexicalMatching\t0.5\n", "'b:1' has no declared prefix"),
        (HEAD + COLUMNS + "a:1\tskos:exactMatch\ta:2\tsemapv:LexicalMatching\t1.5\n", "'1.5' is no number from 0 to 1"),
        (HEAD + COLUMNS + "a:1\tskos:exactMatch\ta:2\tsemapv:LexicalMatching\thigh\n", "'high' is no number from 0"),
        (HEAD + COLUMNS + "a:1\tskos:exactMatch\ta:2\t\t0.5\n", "a match without justification"),
    ],
)
def test_a_match_that_says_too_little_is_refused(text: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.sssom.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TargetGraphError, match=what) as caught:
        alignments.read(path)
    (problem,) = caught.value.problems
    assert problem.remedy
    assert str(path) in str(problem.where)
    if "columns" not in what:
        assert problem.where.row == 5
