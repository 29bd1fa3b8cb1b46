"""The ontology files: canonical, complete, in OWL 2 DL's grammar, and the Python names made from them fresh."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from targetgraph import iris, namespaces
from targetgraph.modelling import ontology
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.pipeline import check_ontology

FILES = ontology.files()
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
# Vocabulary that OWL 2 itself reserves (Structural Specification, section 2.4 and table 3).
RESERVED = (str(RDF), str(RDFS), str(OWL))


def test_number_of_files() -> None:
    assert len(FILES) == 12


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_files_are_in_canonical_form_and_say_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    graph = Graph().parse(path)
    assert ontology.canonical_turtle(graph) == text
    assert isomorphic(graph, Graph().parse(data=text, format="turtle"))


def test_canonical_form_does_not_depend_on_the_order_of_statements() -> None:
    graph = Graph().parse(FILES[0])
    shuffled = Graph()
    for triple in sorted(graph, key=lambda t: str(t)[::-1]):
        shuffled.add(triple)
    assert ontology.canonical_turtle(shuffled) == ontology.canonical_turtle(graph)


def test_one_changed_label_changes_one_line() -> None:
    graph = ontology.read("targetgraph.ttl")
    before = ontology.canonical_turtle(graph).splitlines()
    subject = URIRef(TG.Target)
    label = graph.value(subject, RDFS.label)
    graph.remove((subject, RDFS.label, label))
    graph.add((subject, RDFS.label, Literal("goal post", lang="en")))
    after = ontology.canonical_turtle(graph).splitlines()
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_python_terms_are_fresh() -> None:
    assert Path(namespaces.__file__).read_text(encoding="utf-8") == ontology.python_terms()


def test_prefixes_are_declared_once_and_used_everywhere() -> None:
    assert ontology.declared_prefixes() == PREFIXES
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_every_term_keeps_the_house_style() -> None:
    report = check_ontology()
    assert report.violations == ()
    assert {v.rule for v in report.waived} == {"DistinctLabels"}
    assert len(report.waived) == 4


def test_every_term_of_ours_says_it_is() -> None:
    graph = ontology.read("targetgraph.ttl")
    declared = {s for s in graph.subjects(RDF.type, None) if str(s).startswith(iris.TERMS)}
    defined = set(graph.subjects(RDFS.isDefinedBy, URIRef(iris.ONTOLOGY)))
    assert declared == defined
    assert len(declared) > 190


def test_a_term_without_definition_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import shutil

    from targetgraph import resources

    folder = tmp_path / "ontology"
    shutil.copytree(resources.ontology(), folder)
    path = folder / "targetgraph.ttl"
    graph = Graph().parse(path)
    graph.remove((URIRef(TG.Gap), URIRef(PREFIXES["skos"] + "definition"), None))
    path.write_text(ontology.canonical_turtle(graph), encoding="utf-8")
    monkeypatch.setattr(resources, "ontology", lambda: folder)
    (violation,) = check_ontology().violations
    assert violation.focus == TG.Gap
    assert "definition" in violation.message


def test_terms_stay_within_owl_2_dl() -> None:
    """What a DL profile check would ask of so plain a TBox: declarations, no reserved term misused, simple punning.

    (OWL 2 Structural Specification, sections 2.4 and 5.8.) A property is of one kind only; every property and class that
    is used is declared; no term is both class and datatype; nothing of OWL, RDF or RDFS is redefined.
    """
    graph = ontology.read("targetgraph.ttl")
    kinds: dict[URIRef, set[URIRef]] = {}
    for kind in PROPERTY_KINDS:
        for prop in graph.subjects(RDF.type, kind):
            assert isinstance(prop, URIRef)
            kinds.setdefault(prop, set()).add(kind)
    assert {p: k for p, k in kinds.items() if len(k) > 1} == {}
    used = {p for p in graph.predicates() if not str(p).startswith(RESERVED)}
    assert used - set(kinds) == set()
    classes = set(graph.subjects(RDF.type, OWL.Class))
    standing_for_classes = {
        c
        for prop in (RDFS.subClassOf, RDFS.domain, OWL.disjointWith)
        for c in graph.objects(None, prop)
        if isinstance(c, URIRef)
    }
    assert standing_for_classes - classes == set()
    ranges = {r for r in graph.objects(None, RDFS.range) if not str(r).startswith("http://www.w3.org/2001/XMLSchema#")}
    assert ranges - classes == set()
    redefined = {s for s in graph.subjects() if str(s).startswith(RESERVED)}
    assert redefined == set()


def test_object_properties_hold_things_and_datatype_properties_values() -> None:
    graph = ontology.read()
    for prop in graph.subjects(RDF.type, OWL.ObjectProperty):
        assert not [o for o in graph.objects(None, prop) if isinstance(o, Literal)], prop
    for prop in graph.subjects(RDF.type, OWL.DatatypeProperty):
        assert all(isinstance(o, Literal) for o in graph.objects(None, prop)), prop
