"""``targetgraph export dcat``, ``void`` and ``examples``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "targetgraph", "export", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    "kind, name, form, wanted",
    [
        ("dcat", "c.ttl", "turtle", "http://www.w3.org/ns/dcat#Catalog"),
        ("void", "v.nt", "nt", "http://rdfs.org/ns/void#DatasetDescription"),
        ("examples", "e.rdf", "xml", "http://www.w3.org/ns/shacl#SPARQLExecutable"),
    ],
)
def test_written_in_the_form_of_the_name(
    kind: str, name: str, form: str, wanted: str, built_store: Path, tmp_path: Path
) -> None:
    done = run(kind, "--output", tmp_path / name, "--store", built_store, "--base", "https://x.example/y")
    assert (done.returncode, done.stderr) == (0, "")
    graph = Graph().parse(tmp_path / name, format=form)
    assert (None, RDF.type, URIRef(wanted)) in graph
    assert URIRef("https://x.example/y/sparql") in set(graph.objects())


def test_a_base_that_is_none_is_refused(built_store: Path, tmp_path: Path) -> None:
    done = run("dcat", "--output", tmp_path / "c.ttl", "--store", built_store, "--base", "nonsense")
    assert done.returncode == 2 and "is no address of a site" in done.stderr
    assert list(tmp_path.iterdir()) == []
