"""What changed between versions of an ontology: every sort of change planted, and told by its right name."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import BNode, Graph

from targetgraph import resources
from targetgraph.cli import group
from targetgraph.errors import TargetGraphError
from targetgraph.modelling import ontology
from targetgraph.publish.ontology_changes import as_markdown, as_text
from targetgraph.reasoning.ontology_changes import OntologyChange, ontology_changes

HEAD = """
PREFIX : <urn:x#> PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<urn:x> a owl:Ontology ; owl:versionInfo "1" .
:Plan a owl:Class ; rdfs:label "plan"@en ; skos:definition "What is meant to be done."@en .
:Aim a owl:Class ; rdfs:label "aim"@en .
:has a owl:ObjectProperty ; rdfs:label "has"@en .
:year a owl:DatatypeProperty ; rdfs:label "year"@en .
:one a owl:NamedIndividual , :Aim .
:two a owl:NamedIndividual , :Aim .
"""
ONE_AIM = "[ a owl:Restriction ; owl:onProperty :has ; owl:cardinality 1 ]"

# What is only before, what is only after, the sort of change, the term, words of the sentence, and whether it may break.
PLANTED = {
    "term added": ("", ":Goal a owl:Class .", "added", "Goal", "A new class.", False),
    "term removed": (":Goal a owl:Class .", "", "removed", "Goal", "The class is gone.", True),
    "kind": (":t a owl:Class .", ":t a owl:ObjectProperty .", "kind", "t", "Was a class, is an object property.", True),
    "deprecated": ("", ":Aim owl:deprecated true .", "deprecated", "Aim", "Deprecated.", False),
    "no longer": (":Aim owl:deprecated true .", "", "deprecated", "Aim", "No longer deprecated.", False),
    "definition": (
        ':Aim skos:definition "A"@en .', ':Aim skos:definition "B"@en .', "definition", "Aim", "Definition: “A” → “B”.", False,
    ),
    "label": ("", ':Aim rdfs:label "but"@fr .', "label", "Aim", "Label (fr): now “but”.", False),
    "domain added": ("", ":has rdfs:domain :Plan .", "axiom added", "has", "Only a “plan” has “has”.", True),
    "domain gone": (":has rdfs:domain :Plan .", "", "axiom removed", "has", "Only a “plan” has “has”.", True),
    "range added": ("", ":has rdfs:range :Aim .", "axiom added", "has", "Every value of “has” is “aim”.", True),
    "disjoint": ("", ":Plan owl:disjointWith :Aim .", "axiom added", "Plan", "No “plan” is “aim”.", True),
    "disjoint gone": (":Plan owl:disjointWith :Aim .", "", "axiom removed", "Plan", "No “plan” is “aim”.", False),
    "all different": (
        "", "[] a owl:AllDifferent ; owl:distinctMembers ( :one :two ) .", "axiom added", "", "These all differ", True,
    ),
    "cardinality": ("", f":Plan rdfs:subClassOf {ONE_AIM} .", "axiom added", "Plan", "with exactly 1 “has”", True),
    "cardinality gone": (f":Plan rdfs:subClassOf {ONE_AIM} .", "", "axiom removed", "Plan", "with exactly 1 “has”", False),
    "superclass": ("", ":Aim rdfs:subClassOf :Plan .", "axiom added", "Aim", "Every “aim” is “plan”.", False),
    "superclass gone": (":Aim rdfs:subClassOf :Plan .", "", "axiom removed", "Aim", "Every “aim” is “plan”.", True),
    "chain gone": (":has owl:propertyChainAxiom ( :has :has ) .", "", "axiom removed", "has", "arrives at “has”", True),
    "functional": ("", ":has a owl:FunctionalProperty .", "axiom added", "has", "Nothing has more than one “has”", True),
    "statement": ("", ":one :has :two .", "statement added", "one", "has “has” two", False),
}  # fmt: skip


def parsed(text: str) -> Graph:
    return Graph().parse(data=HEAD + text, format="turtle")


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_change_is_found_and_nothing_else(name: str) -> None:
    before, after, sort, term, words, breaking = PLANTED[name]
    found = ontology_changes(parsed(before), parsed(after))
    (change,) = found.changes
    assert change.sort == sort
    assert change.term == (f"urn:x#{term}" if term else "")
    assert words in change.what
    assert change.breaking is breaking
    assert found.breaking == ((change,) if breaking else ())


def test_there_are_as_many_cases_as_said() -> None:
    assert len(PLANTED) == 20
    assert {c[2] for c in PLANTED.values()} >= {"added", "removed", "kind", "deprecated", "axiom added", "definition"}


def test_axioms_of_a_new_term_are_part_of_it_and_nothing_breaks() -> None:
    found = ontology_changes(parsed(""), parsed(f":New a owl:Class ; rdfs:subClassOf {ONE_AIM} , :Plan ."))
    assert found.changes == (OntologyChange("urn:x#New", "added", "A new class."),)


def test_other_names_of_blank_nodes_and_another_order_are_no_change() -> None:
    graph = ontology.read("targetgraph.ttl")
    renamed: dict[BNode, BNode] = {}
    other = Graph()
    for triple in sorted(graph, key=str, reverse=True):
        s, p, o = (renamed.setdefault(t, BNode()) if isinstance(t, BNode) else t for t in triple)
        other.add((s, p, o))
    assert ontology_changes(graph, other).changes == ()
    assert as_text(ontology_changes(graph, other)) == "Nothing has changed."


def test_it_is_told_as_text_and_as_markdown() -> None:
    before = parsed(":Goal a owl:Class . :has rdfs:domain :Plan .")
    found = ontology_changes(before, parsed(":has rdfs:range :Aim ."))
    assert as_text(found).splitlines() == [
        "1 term removed, 1 axiom added, 1 axiom removed; 3 of these changes may break data or queries.",
        "urn:x#Goal",
        "  - breaking: The class is gone.",
        "urn:x#has",
        "  - breaking: axiom added: Every value of “has” is “aim”.",
        "  - breaking: axiom removed: Only a “plan” has “has”.",
    ]
    assert "## 1 → 2\n" in as_markdown(found, "1 → 2")
    assert "- `urn:x#Goal`\n  - **breaking** The class is gone.\n" in as_markdown(found, "1 → 2")


def test_the_command_tells_what_changed_since_a_file(tmp_path: Path) -> None:
    text = (resources.ontology() / "targetgraph.ttl").read_text(encoding="utf-8")
    old = tmp_path / "old.ttl"
    old.write_text(text + "\ntg:Bygone a owl:Class .\n", encoding="utf-8")
    done = CliRunner().invoke(group, ["ontology", "--changes", str(old)])
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].startswith("1 term removed; 1 of these changes may break")
    assert "tg:Bygone\n  - breaking: The class is gone." in done.stdout
    done = CliRunner().invoke(group, ["ontology", "--changes", str(old), "--markdown"])
    assert done.stdout.startswith("## old → 0.1.0\n")
    old.write_text("this is no Turtle", encoding="utf-8")
    done = CliRunner().invoke(group, ["ontology", "--changes", str(old)])
    assert isinstance(done.exception, TargetGraphError)
    assert "this is no RDF that can be read" in str(done.exception)
    assert "give an earlier version of the ontology as Turtle" in str(done.exception)
    done = CliRunner().invoke(group, ["ontology", "--markdown"])
    assert isinstance(done.exception, TargetGraphError)
    assert "--markdown is given without --changes" in str(done.exception)


def test_the_page_of_changes_names_every_term_that_came_or_went() -> None:
    """Against the files read as text: every subject at the beginning of a line."""

    def subjects(path: Path) -> set[str]:
        return {line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("tg:")}

    page = (resources.ontology() / "CHANGES.md").read_text(encoding="utf-8")
    before = subjects(resources.ontology() / "earlier" / "draft-2026-11-23.ttl")
    after = subjects(resources.ontology() / "targetgraph.ttl")
    assert len(after - before) > 60
    for term in after - before:
        assert f"- `{term}`\n  - A new " in page
    for term in before - after:
        assert f"- `{term}`\n  - **breaking** The " in page
