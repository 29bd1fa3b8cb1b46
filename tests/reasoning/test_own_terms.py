"""Classes and properties of one's own, in files given beside the graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import RDF, Graph

from targetgraph.cli import group
from targetgraph.modelling import ontology
from targetgraph.namespaces import TG
from targetgraph.pipeline.reasoning_by_rules import followed
from targetgraph.reasoning.axioms import theory
from targetgraph.reasoning.flows import fingerprint

OWN = f"""
PREFIX : <urn:my#> PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
:Wish a owl:Class ; rdfs:subClassOf <{TG.Target}> .
:hopesFor a owl:ObjectProperty ; rdfs:domain :Wish ; rdfs:range :Thing .
:Thing a owl:Class . :Dear a owl:Class ; rdfs:subClassOf :Thing .
[ a owl:Restriction ; owl:onProperty :hopesFor ; owl:someValuesFrom :Dear ] rdfs:subClassOf :Serious .
:Serious a owl:Class .
:mine :hopesFor :health . :health a :Dear .
:mine :undeclared :nothing . :mine a :Undeclared .
"""
# By hand: who hopes for something is a wish, and so a target; who hopes for what is dear is serious; what is dear is a thing.
FOLLOWS = {
    ("mine", "urn:my#Wish"),
    ("mine", TG.Target),
    ("mine", "urn:my#Serious"),
    ("health", "urn:my#Thing"),
}


@pytest.mark.parametrize("size", [1, 1000])
def test_own_terms_are_read_like_those_of_the_ontology(size: int) -> None:
    statements = set(Graph().parse(data=OWN, format="turtle"))
    said: list[str] = []
    found = followed(ontology.read("targetgraph.ttl"), statements, said.append, size)
    told = {
        (str(s), str(o))
        for s, p, o in found.inferred
        if p == RDF.type and str(s).startswith("urn:my#") and (str(o).startswith("urn:my#") or str(o) == TG.Target)
    }
    assert told == {(f"urn:my#{thing}", kind) for thing, kind in FOLLOWS}
    assert not any("at once" in sentence for sentence in said)


def test_what_is_kept_is_not_carried_on_over_new_declarations() -> None:
    model = ontology.read("targetgraph.ttl")
    more = Graph().parse(data="<urn:my#Alone> a <http://www.w3.org/2002/07/owl#Class> .", format="turtle")
    assert fingerprint(theory(model, more)) != fingerprint(theory(model))


def test_the_command_reads_own_terms_and_sees_what_contradicts_them(built_store: Path, tmp_path: Path) -> None:
    own, out = tmp_path / "own.ttl", tmp_path / "out.nq"
    own.write_text(OWN, encoding="utf-8")
    arguments = ["reason", "--store", str(built_store), "--engine", "rl", "--quiet", "--with", str(own)]
    done = CliRunner().invoke(group, [*arguments, "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert f"<urn:my#mine> <{RDF.type}> <{TG.Target}> " in out.read_text(encoding="utf-8")
    with own.open("a", encoding="utf-8") as more:
        more.write(f":Wish owl:disjointWith <{TG.Target}> .\n")
    done = CliRunner().invoke(group, arguments)
    assert done.exit_code == 1 and "inconsistent" in done.output and "Wish" in done.output
