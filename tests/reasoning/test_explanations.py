"""Explanations whose smallest sets are worked out by hand, the engines, and their limits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef

from targetgraph.errors import TargetGraphError
from targetgraph.modelling import ontology
from targetgraph.namespaces import TG
from targetgraph.pipeline.inference_explaining import explain, named, why_empty
from targetgraph.reasoning.axioms import theory
from targetgraph.reasoning.description_logic import (
    Limits,
    ReasonerStopped,
    classify,
    consistent,
    first_inconsistent,
)
from targetgraph.reasoning.entailment import smallest
from targetgraph.reasoning.sentences import told
from tests.components import need

HEAD = """
PREFIX : <urn:x#> PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
:Plan a owl:Class . :Law a owl:Class . :Draft a owl:Class . :Paper a owl:Class . :Text a owl:Class . :Stone a owl:Class .
:about a owl:ObjectProperty . :near a owl:ObjectProperty .
"""
X = "urn:x#"
# By hand: x is a Law; every Law is a Plan; who is about something is a Text, so x is a Text; a Plan that is a Text is a
# Draft; every Draft is a Paper. Five statements lead to x being a Paper, and the other four of the file do not help.
STORY = (
    HEAD
    + """
:x a :Law . :Law rdfs:subClassOf :Plan . :about rdfs:domain :Text . :x :about :y .
[ a owl:Class ; owl:intersectionOf ( :Plan :Text ) ] rdfs:subClassOf :Draft . :Draft rdfs:subClassOf :Paper .
:y a :Plan . :near rdfs:domain :Text . :y :near :x . :Stone owl:disjointWith :Plan .
"""
)
NEEDED = {
    (URIRef(X + "x"), RDF.type, URIRef(X + "Law")),
    (URIRef(X + "Law"), RDFS.subClassOf, URIRef(X + "Plan")),
    (URIRef(X + "about"), RDFS.domain, URIRef(X + "Text")),
    (URIRef(X + "x"), URIRef(X + "about"), URIRef(X + "y")),
    (URIRef(X + "Draft"), RDFS.subClassOf, URIRef(X + "Paper")),
}


def parsed(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle")


@pytest.mark.parametrize("named", [True, False], ids=["a definition", "a general class axiom"])
def test_the_smallest_set_is_the_one_worked_out_by_hand(named: bool) -> None:
    """What the intersection says is a definition of Draft, or the inclusion of a class without a name."""
    need("java")
    inclusion = "[ a owl:Class ; owl:intersectionOf ( :Plan :Text ) ] rdfs:subClassOf :Draft ."
    definition = ":Draft owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :Plan :Text ) ] ."
    assert inclusion in STORY
    whole = theory(parsed(STORY.replace(inclusion, definition) if named else STORY))
    assert len(whole.axioms) == 10
    found = smallest(whole, (URIRef(X + "x"), RDF.type, URIRef(X + "Paper")))
    assert found is not None
    (of_the_intersection,) = (a for a in found if isinstance(a.subject, BNode) or a.prop == OWL.equivalentClass)
    assert {(a.subject, a.prop, a.value) for a in found if a is not of_the_intersection} == NEEDED
    said = "To be Draft is to be Plan and Text." if named else "Whatever is Plan and Text is Draft."
    assert told(of_the_intersection, {}).replace(X, "") == said
    assert smallest(whole, (URIRef(X + "x"), RDF.type, URIRef(X + "Stone"))) is None


MISTAKE = f"""
<{TG.SourceTable}> <{RDFS.subClassOf}> <{TG.Link}> , <{TG.Wording}> .
"""


def test_a_class_that_can_have_no_member_is_explained_by_three_axioms() -> None:
    """By hand: it lies below two classes that share no member. Nothing else of the ontology is needed."""
    need("java")
    graph = parsed(MISTAKE)
    found = explain(set(graph), ("tg:SourceTable", "rdfs:subClassOf", "owl:Nothing"))
    assert found.follows
    assert not found.stated
    assert sorted(found.why) == [
        "Every “source table” is “link”.",
        "Every “source table” is “wording”.",
        "No “wording” is “link”.",
    ]
    odd = theory(parsed(STORY + ":Odd a owl:Class ; rdfs:subClassOf :Law , :Stone ."))
    assert why_empty(odd, X + "Odd") == [
        "Every Law is Plan.", "Every Odd is Law.", "Every Odd is Stone.", "No Stone is Plan.",
    ]  # fmt: skip


LINKED = """
PREFIX tg: <https://w3id.org/targetgraph/ontology#> PREFIX : <urn:x#>
PREFIX actor: <https://w3id.org/targetgraph/scheme/actor/>
:t a tg:Target . :k a tg:ResponsibilityLink ; tg:linkSubject :t ; tg:actor actor:farmers ; tg:role tg:Responsible ;
  tg:basis tg:NamedInText ; tg:restsOn :p .
:j a tg:SectorLink ; tg:linkSubject :t ; tg:basis tg:Implied .
"""


def test_a_link_is_explained_by_the_claim_it_comes_from_and_the_chain() -> None:
    found = explain(set(parsed(LINKED)), ("urn:x#t", "tg:responsibleActor", "actor:farmers"))
    assert found.follows
    assert found.engine.startswith("OWL 2 RL by reasonable ")
    assert len(found.why) == 7
    assert [w for w in found.why if w.startswith("k ")] == [
        "k has “actor” scheme/actor/farmers.",
        "k has “basis” “named in the text”.",
        "k has “link subject” t.",
        "k has “role” “responsible”.",
    ]
    assert sum("arrives at “responsible actor”" in w for w in found.why) == 1
    assert "No passage that the link rests on is recorded as bracketed" in found.why[-1]


TWICE = """
:j tg:linkSubject :t ; tg:actor actor:farmers ; tg:role tg:Provider ; tg:basis tg:NamedInText . :j a tg:ResponsibilityLink .
"""


def test_every_smallest_set_is_told_and_whether_there_may_be_more() -> None:
    """By hand: either of two links is enough, and that the target is one is stated, or follows from nothing else."""
    graph = parsed(LINKED.replace(":j a tg:SectorLink ; tg:linkSubject :t ; tg:basis tg:Implied .", TWICE))
    asked = ("urn:x#t", "tg:responsibleActor", "scheme/actor/farmers")
    found = explain(set(graph), asked, most=10)
    assert found.complete and len(found.all) == 2 and found.all[0] == found.why
    assert sorted(line[0] for why in found.all for line in why if " has “role” " in line) == ["j", "k"]
    lines = list(found.lines(asked=True))
    assert [each for each in lines if not each.startswith("- ")][1:] == [
        "because (1 of 2):", "because (2 of 2):", "these are all there are",
    ]  # fmt: skip
    one = explain(set(graph), asked)
    assert not one.complete and one.all == (found.why,)
    assert list(one.lines()) == [one.told(), *(f"- {why}" for why in one.why)]
    assert list(one.lines(asked=True))[-1] == "there may be others: number or time came to an end"
    # The ontology stands in the graph as well: that is no second reason.
    assert len(explain({*parsed(LINKED), *ontology.read("targetgraph.ttl")}, asked, most=10).all) == 1


def test_what_is_stated_or_does_not_follow_is_told_apart() -> None:
    graph = parsed(LINKED)
    stated = explain(set(graph), ("urn:x#t", "a", "tg:Target"))
    assert (stated.stated, stated.follows, stated.why) == (True, True, ())
    bracketed = parsed(LINKED + ":p a tg:BracketedPassage .")
    other = explain(set(bracketed), ("urn:x#t", "tg:responsibleActor", "actor:farmers"))
    assert (other.stated, other.follows, other.why) == (False, False, ())


def test_names_are_read_as_iris_prefixed_names_and_paths() -> None:
    assert named("a") == RDF.type
    assert named("<urn:a>") == named("urn:a") == URIRef("urn:a")
    assert named("tg:Link") == URIRef(TG.Link)
    assert named("gfc/target/A1") == URIRef("https://w3id.org/targetgraph/gfc/target/A1")
    assert named("https://example.org/a") == URIRef("https://example.org/a")
    with pytest.raises(TargetGraphError, match="the prefix of 'nobody:knows' is not known") as caught:
        named("nobody:knows")
    assert "or a whole IRI" in caught.value.problems[0].remedy


def test_the_command_explains_and_its_exit_code_says_whether_it_follows(built_store: Path) -> None:
    command = [sys.executable, "-m", "targetgraph", "reason", "--store", str(built_store), "-q", "--explain"]
    stated = subprocess.run(
        [*command, "gfc/target/A1", "a", "tg:Target"], capture_output=True, encoding="utf-8", check=False
    )
    assert (stated.returncode, stated.stdout) == (0, "stated: gfc/target/A1 is “target”.\n")


@pytest.mark.parametrize("engine", ["hermit", "pellet"])
def test_both_engines_conclude_what_was_worked_out_by_hand(engine: str) -> None:
    """Of x two types it was not given (by the domain, and by the intersection), of Law nothing new; and a contradiction."""
    need("java")
    given = theory(parsed(STORY)).ntriples()
    inferred = classify(given, engine)
    assert inferred is not None
    types = {str(kind) for kind in inferred.objects(URIRef(X + "x"), RDF.type)}
    assert types - {str(OWL.NamedIndividual)} == {X + "Text", X + "Draft"}
    assert classify(given + f"<{X}x> <{RDF.type}> <{X}Stone> .\n".encode(), engine) is None


def test_hermit_stops_at_the_first_contradiction_of_several() -> None:
    need("java")
    good = theory(parsed(STORY)).ntriples()
    bad = good + f"<{X}x> <{RDF.type}> <{X}Stone> .\n".encode()
    assert first_inconsistent([good, good, bad, good]) == 2
    assert first_inconsistent([bad]) == 0
    assert first_inconsistent([]) is None
    assert consistent(good)
    assert not consistent(bad)


@pytest.mark.parametrize("engine", ["hermit", "pellet"])
def test_a_reasoner_is_stopped_when_its_time_is_up(engine: str) -> None:
    need("java")
    given = theory(ontology.read("targetgraph.ttl")).ntriples()
    with pytest.raises(ReasonerStopped, match=f"{engine} was stopped after 0.2 seconds") as caught:
        classify(given, engine, Limits(seconds=0.2))
    assert caught.value.problems[0].remedy == "raise --time-limit, or use --engine rl"


def test_what_hermit_cannot_read_is_told_with_a_remedy() -> None:
    need("java")
    with pytest.raises(ReasonerStopped, match="HermiT failed: ") as caught:
        consistent(b"this is no RDF")
    assert caught.value.problems[0].remedy == "use --engine rl"
