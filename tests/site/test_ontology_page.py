"""The page on the ontology with pyLODE and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph, URIRef

from targetgraph import iris
from targetgraph.modelling import ontology
from targetgraph.publish import ontology_docs
from targetgraph.views.site.ontology import ontology_page
from targetgraph.views.site.shell import Shell
from tests.site.reading import Reader


def test_without_pylode_every_term_is_listed_plainly(neighbourhoods) -> None:
    statements = neighbourhoods.graph(iris.graph("ontology"))
    reader = Reader(ontology_page(statements, Shell("v", ()), generated=None))
    terms = {t.removeprefix(iris.TERMS) for t in statements if t.startswith(iris.TERMS)}
    assert len(terms) > 240 and terms <= set(reader.ids)
    assert not reader.wrong and all(link[1:] in reader.ids for link in reader.links if link.startswith("#"))


def test_the_documentation_in_the_package_is_of_its_ontology_and_whole() -> None:
    graph = ontology.bind_prefixes(ontology.read())
    made = ontology_docs.documentation(graph)
    assert made is not None, "run `targetgraph ontology`"
    reader = Reader(made)
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    terms = {str(t) for kind in kinds for t in graph.subjects(RDF.type, kind) if str(t).startswith(iris.TERMS)}
    assert len(terms) > 200
    assert {t.removeprefix(iris.TERMS) for t in terms} <= set(reader.ids)
    assert "<script" not in made and "<style" not in made


def test_documentation_of_another_ontology_is_not_shown(tmp_path: Path) -> None:
    graph = ontology.read("dimensions.ttl")
    assert ontology_docs.documentation(graph) is None
    assert ontology_docs.documentation(graph, tmp_path / "none") is None
    (tmp_path / "docs.html").write_text(f"{ontology_docs._head(graph)}\n<p>kept</p>\n")
    assert ontology_docs.documentation(graph, tmp_path / "docs.html") == "<p>kept</p>\n"


@pytest.mark.parametrize("maker", ["no_such_module", "this"])  # not there; makes nothing
def test_without_a_maker_there_is_none(maker: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ontology_docs, "_MAKER", maker)
    assert ontology_docs.written(ontology.read("dimensions.ttl")) is None


def test_nested_class_expressions_are_found_and_simple_ones_left() -> None:
    graph = Graph().parse(
        data="""PREFIX : <https://example.org/> PREFIX owl: <http://www.w3.org/2002/07/owl#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        :a rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :b ] .
        :c rdfs:subClassOf [ a owl:Class ; owl:unionOf ( :a :b ) ] .
        :d owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :a
            [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :b ] ) ] .""",
        format="turtle",
    )
    nested = ontology_docs._nested(graph)
    (expression,) = graph.objects(URIRef("https://example.org/d"), OWL.equivalentClass)
    assert expression in nested and len(nested) == 4  # it, two cells of its list, and the restriction
