"""Profiles of OWL 2: a violation of every condition planted, each against what is just allowed."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from rdflib import Graph

from targetgraph.cli import group
from targetgraph.modelling import ontology
from targetgraph.pipeline.checking import check_ontology_quality
from targetgraph.reasoning.dl_profile import dl_violations
from targetgraph.reasoning.rl_profile import rl_violations

HEAD = """
PREFIX : <urn:x#> PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
:A a owl:Class . :B a owl:Class . :r a owl:ObjectProperty . :s a owl:ObjectProperty . :t a owl:ObjectProperty .
:d a owl:DatatypeProperty . :n a owl:AnnotationProperty . :a a owl:NamedIndividual . :b a owl:NamedIndividual .
"""
ONE = "<urn:x> a owl:Ontology ."
OF = "[ a owl:Restriction ; owl:onProperty"
TWO = '"2"^^xsd:nonNegativeInteger'

# What is planted by the rule it breaks: the statements, and what is as near to it as may be and allowed.
PLANTED: dict[str, list[tuple[str, ...]]] = {
    "header": [("<urn:y> a owl:Ontology .", ""), (":A rdfs:label 'a' .", "", "none")],
    "reserved": [
        ("rdfs:label a owl:ObjectProperty .", "rdfs:label a owl:AnnotationProperty ."),
        (":a a rdf:Bag .", ":a a owl:Thing ."),
        (":a rdf:value :b .", ":a rdfs:seeAlso :b ."),
        ("owl:Thing2 a owl:Class .", ":Thing2 a owl:Class ."),
    ],
    "mixed": [
        (":r a owl:DatatypeProperty .", ":r a owl:Class ."),
        (":r a owl:AnnotationProperty .", ":A a owl:NamedIndividual ."),
        (":d a owl:AnnotationProperty .", ":d a owl:NamedIndividual ."),
        (":A a rdfs:Datatype .", ":N a rdfs:Datatype ."),
    ],
    "undeclared": [
        (":A rdfs:subClassOf :C .", ":A rdfs:subClassOf :B ."),
        (":a a :C .", ":a a :A ."),
        (":r rdfs:domain :C .", ":r rdfs:domain :B ."),
        (f":A rdfs:subClassOf {OF} :r ; owl:someValuesFrom :C ] .",
         f":A rdfs:subClassOf {OF} :r ; owl:someValuesFrom :B ] ."),
        (f":A rdfs:subClassOf {OF} :d ; owl:allValuesFrom :C ] .",
         f":A rdfs:subClassOf {OF} :d ; owl:allValuesFrom xsd:int ] ."),
        (":A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( :B :C ) ] .", ":A owl:disjointWith :B ."),
        (":a :q :b .", ":a :r :b ."),
        (":r rdfs:subPropertyOf :q .", ":r rdfs:subPropertyOf :s ."),
        (":r rdfs:range xsd:string .", ":d rdfs:range xsd:string ."),
        (":r owl:propertyChainAxiom ( :s :q ) .", ":r owl:propertyChainAxiom ( :s :t ) ."),
    ],
    "values": [(":a :r 'x' .", ":a :r :b ."), (":a :d :b .", ":a :d 'x' .")],
    "expression": [
        (f":A rdfs:subClassOf {OF} :r ] .", f":A rdfs:subClassOf {OF} :r ; owl:hasValue :a ] ."),
        (":A rdfs:subClassOf [ a owl:Restriction ; owl:hasValue :a ] .",
         f":A rdfs:subClassOf {OF} :s ; owl:hasValue :a ] ."),
        (f":A rdfs:subClassOf {OF} :r ; owl:hasSelf true ; owl:hasValue :a ] .",
         f":A rdfs:subClassOf {OF} :r ; owl:hasSelf true ] ."),
        (f":A rdfs:subClassOf {OF} :r ; owl:cardinality 2 ] .",
         f":A rdfs:subClassOf {OF} :r ; owl:cardinality {TWO} ] ."),
    ],
    "datatype": [
        (":d rdfs:range xsd:gYear .", ":d rdfs:range xsd:dateTime ."),
        (":a :d '2026-11-26'^^xsd:date .", ":a :n '2026-11-26'^^xsd:date ."),
        (":N a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; owl:onDatatype xsd:time ] .",
         ":N a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; owl:onDatatype xsd:int ] ."),
        (":N a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; owl:onDatatype :N ] .",
         ":N a rdfs:Datatype ; owl:equivalentClass xsd:int . :M a rdfs:Datatype ; owl:equivalentClass :N ."),
    ],
    "anonymous": [
        ("[] owl:sameAs :a .", ":b owl:sameAs :a ."),
        (":A owl:equivalentClass [ a owl:Class ; owl:oneOf ( :a [] ) ] .",
         ":A owl:equivalentClass [ a owl:Class ; owl:oneOf ( :a :b ) ] ."),
        (f":A rdfs:subClassOf {OF} :r ; owl:hasValue [] ] .", f":A rdfs:subClassOf {OF} :r ; owl:hasValue :a ] ."),
        ("[] a owl:AllDifferent ; owl:distinctMembers ( :a [] ) .", "[] a owl:AllDifferent ; owl:members ( :a :b ) ."),
        ("[] a owl:NegativePropertyAssertion ; owl:sourceIndividual [] ; owl:assertionProperty :r ; owl:targetIndividual :a .",
         "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :b ; owl:assertionProperty :r ; owl:targetIndividual :a ."),
        (":a :r _:x . _:x :r _:y . _:y :s :b .", ":a :r _:x . _:x :r _:y , _:z . _:x :s :b ."),
        ("_:x :r _:y . _:y :r _:z . _:z :s _:x .", "_:x :r _:y . _:y :r _:z . _:z :s :a ."),
    ],
    "simple": [
        (f":r a owl:TransitiveProperty . :A rdfs:subClassOf {OF} :r ; owl:maxCardinality {TWO} ] .",
         f":r a owl:TransitiveProperty . :A rdfs:subClassOf {OF} :r ; owl:someValuesFrom :B ] ."),
        (f":r owl:propertyChainAxiom ( :s :t ) . :A rdfs:subClassOf {OF} :r ; owl:hasSelf true ] .",
         f":r owl:propertyChainAxiom ( :s :t ) . :A rdfs:subClassOf {OF} :s ; owl:hasSelf true ] ."),
        (f":s a owl:TransitiveProperty ; rdfs:subPropertyOf :r . :A rdfs:subClassOf {OF} :r ; owl:cardinality {TWO} ] .",
         f":s a owl:TransitiveProperty . :r rdfs:subPropertyOf :s . :A rdfs:subClassOf {OF} :r ; owl:cardinality {TWO} ] ."),
        (":s a owl:TransitiveProperty . :r owl:inverseOf :s ; a owl:FunctionalProperty .",
         ":s a owl:TransitiveProperty . :r owl:inverseOf :t ; a owl:FunctionalProperty ."),
        (":r a owl:TransitiveProperty , owl:IrreflexiveProperty .", ":r a owl:TransitiveProperty , owl:ReflexiveProperty ."),
        (":r a owl:TransitiveProperty ; owl:propertyDisjointWith :s .", ":r owl:propertyDisjointWith :s ."),
        (f":A rdfs:subClassOf {OF} [ owl:inverseOf :r ] ; owl:maxCardinality {TWO} ] . :r a owl:TransitiveProperty .",
         f":A rdfs:subClassOf {OF} [ owl:inverseOf :r ] ; owl:maxCardinality {TWO} ] . :s a owl:TransitiveProperty ."),
    ],
    "regular": [
        (":r owl:propertyChainAxiom ( :s :t ) . :s owl:propertyChainAxiom ( :r :t ) .",
         ":r owl:propertyChainAxiom ( :s :t ) . :s owl:propertyChainAxiom ( :t :t ) ."),
        (":r owl:propertyChainAxiom ( :s :r :t ) .", ":r owl:propertyChainAxiom ( :r :s :t ) ."),
        (":r owl:propertyChainAxiom ( :s :t ) ; rdfs:subPropertyOf :s .",
         ":r owl:propertyChainAxiom ( :s :t ) . :s rdfs:subPropertyOf :r ."),
        (":r owl:propertyChainAxiom ( [ owl:inverseOf :r ] :t ) .",
         ":r owl:propertyChainAxiom ( [ owl:inverseOf :s ] :t ) ."),
        (":r owl:propertyChainAxiom ( :r :r :r ) .", ":r owl:propertyChainAxiom ( :r :r ) ."),
    ],
    "top-property": [
        (":x a owl:DatatypeProperty . owl:topDataProperty rdfs:subPropertyOf :d .",
         ":d rdfs:subPropertyOf owl:topDataProperty ."),
        (f":A rdfs:subClassOf {OF} owl:topDataProperty ; owl:someValuesFrom xsd:int ] .",
         f":A rdfs:subClassOf {OF} owl:topObjectProperty ; owl:someValuesFrom :B ] ."),
        (":d owl:equivalentProperty owl:topDataProperty .", ":d owl:equivalentProperty :e . :e a owl:DatatypeProperty ."),
    ],
}  # fmt: skip
CASES: list[tuple[str, tuple[str, ...]]] = [(rule, case) for rule, cases in PLANTED.items() for case in cases]


def parsed(text: str, header: str = ONE) -> Graph:
    return Graph().parse(data=HEAD + header + text, format="turtle")


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(CASES)])
def test_a_planted_violation_is_found_and_what_is_near_it_is_not(rule: str, case: tuple[str, ...]) -> None:
    header = "" if case[2:] else ONE
    found = dl_violations(parsed(case[0], header))
    assert {v.rule for v in found} == {rule}
    assert all(v.what.endswith(".") and v.reference.startswith("OWL 2 Structural Specification, ") for v in found)
    assert dl_violations(parsed(case[1])) == []


def test_there_are_as_many_cases_as_said() -> None:
    assert len(CASES) == 52
    assert dl_violations(parsed("")) == []


def test_the_ontology_is_one_of_owl_2_dl() -> None:
    assert dl_violations(ontology.read("targetgraph.ttl")) == []
    broken = ontology.read("targetgraph.ttl")
    broken.parse(data="<urn:a> <urn:undeclared> <urn:b> .", format="turtle")
    assert {v.rule for v in dl_violations(broken)} == {"undeclared"}
    assert not [v for v in check_ontology_quality().found if v.rule.startswith("dl-")]


@pytest.mark.parametrize(
    ("axiom", "outside"),
    [
        (f":A rdfs:subClassOf {OF} :r ; owl:cardinality {TWO} ] .", 1),
        (f":A rdfs:subClassOf {OF} :r ; owl:hasSelf true ] .", 1),
        (f":A rdfs:subClassOf {OF} :r ; owl:someValuesFrom :B ] .", 1),
        (f"{OF} :r ; owl:someValuesFrom :B ] rdfs:subClassOf :A .", 0),
        ("[] a owl:AllDisjointClasses ; owl:members ( :A [ a owl:Class ; owl:complementOf :B ] ) .", 1),
        ("[] a owl:AllDisjointClasses ; owl:members ( :A :B ) .", 0),
        (":a a [ a owl:Class ; owl:unionOf ( :A :B ) ] .", 1),
        (":a a [ a owl:Class ; owl:intersectionOf ( :A :B ) ] .", 0),
        ("[ a owl:Class ; owl:complementOf :B ] owl:hasKey ( :r ) .", 1),
        (":d rdfs:range owl:rational .", 1),
        (f":A rdfs:subClassOf {OF} :r ; owl:allValuesFrom :B ] .", 0),
        (f"{OF} :r ; owl:allValuesFrom :B ] rdfs:subClassOf :A .", 1),
        (f':A rdfs:subClassOf {OF} :r ; owl:maxCardinality "1"^^xsd:nonNegativeInteger ] .', 0),
        (f":A rdfs:subClassOf {OF} :r ; owl:maxCardinality {TWO} ] .", 1),
        (":A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( :B :A ) ] .", 1),
        ("[ a owl:Class ; owl:unionOf ( :B :A ) ] rdfs:subClassOf :A .", 0),
        (":A rdfs:subClassOf [ a owl:Class ; owl:complementOf :B ] .", 0),
        (":A owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :B :A ) ] .", 0),
        (":A owl:equivalentClass [ a owl:Class ; owl:unionOf ( :B :A ) ] .", 1),
        (":r a owl:ReflexiveProperty .", 1),
        (":A rdfs:subClassOf owl:Thing .", 1),
    ],
)
def test_axioms_outside_rl(axiom: str, outside: int) -> None:
    found = rl_violations(parsed(axiom))
    assert len(found) == outside
    assert all(v.reference.startswith("OWL 2 Profiles, 4.2.") for v in found)


def test_the_command_tells_both_profiles() -> None:
    done = CliRunner().invoke(group, ["ontology", "--profile", "dl"])
    assert (done.exit_code, done.stdout) == (0, "0 outside OWL 2 DL\n")
    done = CliRunner().invoke(group, ["ontology", "--profile", "rl"])
    assert done.exit_code == 0
    assert "OrphanTarget: It is defined by an expression by intersectionOf. (OWL 2 Profiles, 4.2.3)" in done.stdout
    assert "outside OWL 2 RL" in done.stdout
