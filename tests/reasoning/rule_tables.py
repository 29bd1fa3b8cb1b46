"""The rules of OWL 2 RL/RDF, one by one: for each a smallest example, worked out by hand from the tables.

OWL 2 Profiles (second edition), W3C Recommendation of 11 December 2012, section 4.3, tables 4 to 9: 78 rules, of which 17
conclude that there is a contradiction. In a premise a class expression hangs below a class, as in ontologies; in a conclusion
blank nodes stand for any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

HEAD: Final = """
PREFIX : <urn:x#> PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
DECLARED: Final = """
:A a owl:Class . :B a owl:Class . :C a owl:Class . :D a owl:Class .
:p a owl:ObjectProperty . :q a owl:ObjectProperty . :r a owl:ObjectProperty . :n a owl:DatatypeProperty .
"""
FALSE: Final = "contradiction"
COUNTS: Final = {"eq": 9, "prp": 20, "cls": 19, "cax": 5, "dt": 5, "scm": 20}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and an example of it.

    Parameters
    ----------
    name : as in the tables.
    premises : what is stated, in Turtle, beside `DECLARED`.
    conclusion : what follows; `FALSE`: a contradiction.
    """

    name: str
    premises: str
    conclusion: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a rule about terms, which is not applied, gives of individuals, and other rules do as well.

    Parameters
    ----------
    rule : its name.
    stated : of individuals, beside the premises of the rule.
    follows : of them.
    """

    rule: str
    stated: str
    follows: str


def _at_most(kind: str, number: int, on: str = "") -> str:
    many = f'"{number}"^^xsd:nonNegativeInteger'
    return f":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:{kind} {many} {on}] . :x a :A . "


def _value(kind: str, value: str, prop: str = ":p", below: str = ":A") -> str:
    return f"{below} rdfs:subClassOf [ a owl:Restriction ; owl:onProperty {prop} ; owl:{kind} {value} ] . "


def _parts(kind: str, *parts: str) -> str:
    return f":A rdfs:subClassOf [ a owl:Class ; owl:{kind} ( {' '.join(parts)} ) ] . "


RULES: Final = (
    Rule("eq-ref", ":x :p :y .", ":x owl:sameAs :x . :p owl:sameAs :p . :y owl:sameAs :y ."),
    Rule("eq-sym", ":x owl:sameAs :y .", ":y owl:sameAs :x ."),
    Rule("eq-trans", ":x owl:sameAs :y . :y owl:sameAs :z .", ":x owl:sameAs :z ."),
    Rule("eq-rep-s", ":x owl:sameAs :y . :x :p :z .", ":y :p :z ."),
    Rule("eq-rep-p", ":p owl:sameAs :q . :x :p :y .", ":x :q :y ."),
    Rule("eq-rep-o", ":y owl:sameAs :z . :x :p :y .", ":x :p :z ."),
    Rule("eq-diff1", ":x owl:sameAs :y . :x owl:differentFrom :y .", FALSE),
    Rule("eq-diff2", "[] a owl:AllDifferent ; owl:members ( :x :y ) . :x owl:sameAs :y .", FALSE),
    Rule("eq-diff3", "[] a owl:AllDifferent ; owl:distinctMembers ( :x :y ) . :x owl:sameAs :y .", FALSE),
    Rule("prp-ap", "", "rdfs:label a owl:AnnotationProperty . rdfs:comment a owl:AnnotationProperty ."),
    Rule("prp-dom", ":p rdfs:domain :A . :x :p :y .", ":x a :A ."),
    Rule("prp-rng", ":p rdfs:range :A . :x :p :y .", ":y a :A ."),
    Rule("prp-fp", ":p a owl:FunctionalProperty . :x :p :y , :z .", ":y owl:sameAs :z ."),
    Rule("prp-ifp", ":p a owl:InverseFunctionalProperty . :x :p :z . :y :p :z .", ":x owl:sameAs :y ."),
    Rule("prp-irp", ":p a owl:IrreflexiveProperty . :x :p :x .", FALSE),
    Rule("prp-symp", ":p a owl:SymmetricProperty . :x :p :y .", ":y :p :x ."),
    Rule("prp-asyp", ":p a owl:AsymmetricProperty . :x :p :y . :y :p :x .", FALSE),
    Rule("prp-trp", ":p a owl:TransitiveProperty . :x :p :y . :y :p :z .", ":x :p :z ."),
    Rule("prp-spo1", ":p rdfs:subPropertyOf :q . :x :p :y .", ":x :q :y ."),
    Rule("prp-spo2", ":r owl:propertyChainAxiom ( :p :q ) . :x :p :y . :y :q :z .", ":x :r :z ."),
    Rule("prp-eqp1", ":p owl:equivalentProperty :q . :x :p :y .", ":x :q :y ."),
    Rule("prp-eqp2", ":p owl:equivalentProperty :q . :x :q :y .", ":x :p :y ."),
    Rule("prp-pdw", ":p owl:propertyDisjointWith :q . :x :p :y . :x :q :y .", FALSE),
    Rule("prp-adp", "[] a owl:AllDisjointProperties ; owl:members ( :r :p :q ) . :x :p :y . :x :q :y .", FALSE),
    Rule("prp-inv1", ":p owl:inverseOf :q . :x :p :y .", ":y :q :x ."),
    Rule("prp-inv2", ":p owl:inverseOf :q . :x :q :y .", ":y :p :x ."),
    Rule("prp-key", ":A owl:hasKey ( :p :q ) . :x a :A ; :p :a ; :q :b . :y a :A ; :p :a ; :q :b .", ":x owl:sameAs :y ."),
    Rule("prp-npa1", "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :x ; owl:assertionProperty :p ; "
         "owl:targetIndividual :y . :x :p :y .", FALSE),
    Rule("prp-npa2", "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :x ; owl:assertionProperty :n ; "
         "owl:targetValue 7 . :x :n 7 .", FALSE),
    Rule("cls-thing", "", "owl:Thing a owl:Class ."),
    Rule("cls-nothing1", "", "owl:Nothing a owl:Class ."),
    Rule("cls-nothing2", ":A rdfs:subClassOf owl:Nothing . :x a :A .", FALSE),
    Rule("cls-int1", _parts("intersectionOf", ":B", ":C") + ":x a :B , :C .", ":x a [ owl:intersectionOf [] ] ."),
    Rule("cls-int2", _parts("intersectionOf", ":B", ":C") + ":x a :A .", ":x a :B , :C ."),
    Rule("cls-uni", _parts("unionOf", ":B", ":C") + ":x a :C .", ":x a [ owl:unionOf [] ] ."),
    Rule("cls-com", ":A rdfs:subClassOf [ a owl:Class ; owl:complementOf :B ] . :x a :A , :B .", FALSE),
    Rule("cls-svf1", _value("someValuesFrom", ":B") + ":x :p :y . :y a :B .", ":x a [ owl:someValuesFrom :B ] ."),
    Rule("cls-svf2", _value("someValuesFrom", "owl:Thing") + ":x :p :y .", ":x a [ owl:someValuesFrom owl:Thing ] ."),
    Rule("cls-avf", _value("allValuesFrom", ":B") + ":x a :A ; :p :y .", ":y a :B ."),
    Rule("cls-hv1", _value("hasValue", ":y") + ":x a :A .", ":x :p :y ."),
    Rule("cls-hv2", _value("hasValue", ":y") + ":x :p :y .", ":x a [ owl:hasValue :y ] ."),
    Rule("cls-maxc1", _at_most("maxCardinality", 0) + ":x :p :y .", FALSE),
    Rule("cls-maxc2", _at_most("maxCardinality", 1) + ":x :p :y , :z .", ":y owl:sameAs :z ."),
    Rule("cls-maxqc1", _at_most("maxQualifiedCardinality", 0, "; owl:onClass :B ") + ":x :p :y . :y a :B .", FALSE),
    Rule("cls-maxqc2", _at_most("maxQualifiedCardinality", 0, "; owl:onClass owl:Thing ") + ":x :p :y .", FALSE),
    Rule("cls-maxqc3", _at_most("maxQualifiedCardinality", 1, "; owl:onClass :B ") + ":x :p :y , :z . :y a :B . :z a :B .",
         ":y owl:sameAs :z ."),
    Rule("cls-maxqc4", _at_most("maxQualifiedCardinality", 1, "; owl:onClass owl:Thing ") + ":x :p :y , :z .",
         ":y owl:sameAs :z ."),
    Rule("cls-oo", _parts("oneOf", ":x", ":y"), ":x a [ owl:oneOf [] ] . :y a [ owl:oneOf [] ] ."),
    Rule("cax-sco", ":A rdfs:subClassOf :B . :x a :A .", ":x a :B ."),
    Rule("cax-eqc1", ":A owl:equivalentClass :B . :x a :A .", ":x a :B ."),
    Rule("cax-eqc2", ":A owl:equivalentClass :B . :x a :B .", ":x a :A ."),
    Rule("cax-dw", ":A owl:disjointWith :B . :x a :A , :B .", FALSE),
    Rule("cax-adc", "[] a owl:AllDisjointClasses ; owl:members ( :C :A :B ) . :x a :A , :B .", FALSE),
    Rule("dt-type1", "", "xsd:integer a rdfs:Datatype . xsd:string a rdfs:Datatype ."),
    Rule("dt-type2", ":x :n 7 .", "literal 7 a xsd:integer"),
    Rule("dt-eq", ":x :n 7 , 07 .", "literal 7 owl:sameAs 07"),
    Rule("dt-diff", ":x :n 7 , 8 .", "literal 7 owl:differentFrom 8"),
    Rule("dt-not-type", ':x :n "seven"^^xsd:integer .', FALSE),
    Rule("scm-cls", ":A a owl:Class .", ":A rdfs:subClassOf :A , owl:Thing ; owl:equivalentClass :A . "
         "owl:Nothing rdfs:subClassOf :A ."),
    Rule("scm-sco", ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .", ":A rdfs:subClassOf :C ."),
    Rule("scm-eqc1", ":A owl:equivalentClass :B .", ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A ."),
    Rule("scm-eqc2", ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A .", ":A owl:equivalentClass :B ."),
    Rule("scm-op", ":p a owl:ObjectProperty .", ":p rdfs:subPropertyOf :p ; owl:equivalentProperty :p ."),
    Rule("scm-dp", ":n a owl:DatatypeProperty .", ":n rdfs:subPropertyOf :n ; owl:equivalentProperty :n ."),
    Rule("scm-spo", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r .", ":p rdfs:subPropertyOf :r ."),
    Rule("scm-eqp1", ":p owl:equivalentProperty :q .", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p ."),
    Rule("scm-eqp2", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .", ":p owl:equivalentProperty :q ."),
    Rule("scm-dom1", ":p rdfs:domain :A . :A rdfs:subClassOf :B .", ":p rdfs:domain :B ."),
    Rule("scm-dom2", ":q rdfs:domain :A . :p rdfs:subPropertyOf :q .", ":p rdfs:domain :A ."),
    Rule("scm-rng1", ":p rdfs:range :A . :A rdfs:subClassOf :B .", ":p rdfs:range :B ."),
    Rule("scm-rng2", ":q rdfs:range :A . :p rdfs:subPropertyOf :q .", ":p rdfs:range :A ."),
    Rule("scm-hv", _value("hasValue", ":y") + _value("hasValue", ":y", ":q", ":B") + ":p rdfs:subPropertyOf :q .",
         "[ owl:onProperty :p ] rdfs:subClassOf [ owl:onProperty :q ] ."),
    Rule("scm-svf1", _value("someValuesFrom", ":C") + _value("someValuesFrom", ":D", ":p", ":B") + ":C rdfs:subClassOf :D .",
         "[ owl:someValuesFrom :C ] rdfs:subClassOf [ owl:someValuesFrom :D ] ."),
    Rule("scm-svf2", _value("someValuesFrom", ":C") + _value("someValuesFrom", ":C", ":q", ":B") + ":p rdfs:subPropertyOf :q .",
         "[ owl:onProperty :p ] rdfs:subClassOf [ owl:onProperty :q ] ."),
    Rule("scm-avf1", _value("allValuesFrom", ":C") + _value("allValuesFrom", ":D", ":p", ":B") + ":C rdfs:subClassOf :D .",
         "[ owl:allValuesFrom :C ] rdfs:subClassOf [ owl:allValuesFrom :D ] ."),
    Rule("scm-avf2", _value("allValuesFrom", ":C") + _value("allValuesFrom", ":C", ":q", ":B") + ":p rdfs:subPropertyOf :q .",
         "[ owl:onProperty :q ] rdfs:subClassOf [ owl:onProperty :p ] ."),
    Rule("scm-int", _parts("intersectionOf", ":B", ":C"), "[ owl:intersectionOf [] ] rdfs:subClassOf :B , :C ."),
    Rule("scm-uni", _parts("unionOf", ":B", ":C"), ":B rdfs:subClassOf [ owl:unionOf [] ] . "
         ":C rdfs:subClassOf [ owl:unionOf [] ] ."),
)  # fmt: skip

CONSEQUENCES: Final = (
    Consequence("scm-eqc2", ":x a :A .", ":x a :B ."),
    Consequence("scm-eqc2", ":x a :B .", ":x a :A ."),
    Consequence("scm-spo", ":x :p :y .", ":x :r :y ."),
    Consequence("scm-eqp1", ":x :p :y .", ":x :q :y ."),
    Consequence("scm-eqp1", ":x :q :y .", ":x :p :y ."),
    Consequence("scm-eqp2", ":x :p :y .", ":x :q :y ."),
    Consequence("scm-eqp2", ":x :q :y .", ":x :p :y ."),
    Consequence("scm-dom1", ":x :p :y .", ":x a :B ."),
    Consequence("scm-dom2", ":x :p :y .", ":x a :A ."),
    Consequence("scm-rng1", ":x :p :y .", ":y a :B ."),
    Consequence("scm-rng2", ":x :p :y .", ":y a :A ."),
    Consequence("scm-hv", ":x a :A .", ":x a [ owl:onProperty :q ] ."),
    Consequence("scm-svf1", ":x :p :y . :y a :C .", ":x a [ owl:someValuesFrom :D ] ."),
    Consequence("scm-svf2", ":x :p :y . :y a :C .", ":x a [ owl:onProperty :q ] ."),
    Consequence("scm-avf1", ":x a :A ; :p :y .", ":y a :D ."),
    Consequence("scm-avf2", ":x a :B ; :p :y .", ":y a :C ."),
    Consequence("scm-int", ":x a :A .", ":x a :B , :C ."),
    Consequence("scm-uni", ":x a :B .", ":x a [ owl:unionOf [] ] ."),
)
