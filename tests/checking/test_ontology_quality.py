"""Checks of the ontology: each finds what is planted for it, and the ontology itself is clean."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from targetgraph.checking.vocabularies import ONTOLOGY_THEME, check_vocabularies
from targetgraph.library import Library
from targetgraph.pipeline.checking import check_ontology_quality
from targetgraph.store import load_memory

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_OWL, _RDFS = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2000/01/rdf-schema#"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_BY = f"<{_RDFS}isDefinedBy> <urn:o>"
_DEFINITION = "<http://www.w3.org/2004/02/skos/core#definition>"
_LABEL = f"<{_RDFS}label>"
_CLASS, _OBJECT, _DATA = f"<{_OWL}Class>", f"<{_OWL}ObjectProperty>", f"<{_OWL}DatatypeProperty>"

PLANTED = {
    "terms-without-label": f"<urn:a> {_TYPE} {_CLASS} . <urn:a> {_BY} .",
    "terms-without-definition": f'<urn:a> {_TYPE} {_CLASS} . <urn:a> {_BY} . <urn:a> {_LABEL} "a"@en .',
    "definitions-shared": f'<urn:a> {_BY} . <urn:b> {_BY} . <urn:a> {_DEFINITION} "x" . <urn:b> {_DEFINITION} "x" .',
    "classes-in-a-circle": f"<urn:a> <{_RDFS}subClassOf> <urn:b> . <urn:b> <{_RDFS}subClassOf> <urn:a> .",
    "classes-undeclared": f"<urn:a> <{_RDFS}subClassOf> <urn:missing> .",
    "properties-undeclared": f"<urn:a> <{_RDFS}subPropertyOf> <urn:missing> .",
    "deprecated-in-use": f"<urn:a> <{_RDFS}domain> <urn:old> . "
    f'<urn:old> <{_OWL}deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .',
    "domains-several": f"<urn:a> <{_RDFS}domain> <urn:b> . <urn:a> <{_RDFS}domain> <urn:c> .",
    "kinds-mixed": f"<urn:a> {_TYPE} {_OBJECT} . <urn:a> {_TYPE} {_DATA} .",
    "datatypes-outside-owl": f"<urn:a> <{_RDFS}range> <http://www.w3.org/2001/XMLSchema#gYear> .",
    "chained-properties-counted": f"<urn:a> <{_RDFS}subClassOf> _:r . _:r <{_OWL}onProperty> <urn:p> . "
    f'_:r <{_OWL}maxCardinality> "1" . <urn:p> <{_OWL}propertyChainAxiom> _:c .',
    "metadata-missing": f"<urn:a> {_TYPE} <{_OWL}Ontology> .",
    "labels-with-stray-spaces": f'<urn:a> {_BY} . <urn:a> {_LABEL} "a  b"@en .',
    "labels-several": f'<urn:a> {_BY} . <urn:a> {_LABEL} "a"@en . <urn:a> {_LABEL} "b"@en .',
    "definitions-in-lower-case": f'<urn:a> {_BY} . <urn:a> {_DEFINITION} "a thing."@en .',
    "deprecated-not-boolean": f'<urn:a> <{_OWL}deprecated> "yes" .',
    "inverses-of-themselves": f"<urn:a> <{_OWL}inverseOf> <urn:a> .",
    "chains-of-one": f"<urn:a> <{_OWL}propertyChainAxiom> _:c . _:c <{_RDF}first> <urn:b> . _:c <{_RDF}rest> <{_RDF}nil> .",
    "addresses-with-file-endings": f"<urn:a.owl#b> {_TYPE} {_CLASS} . <urn:a> {_TYPE} {_CLASS} .",
    "namespaces-hijacked": f"<urn:o> {_TYPE} <{_OWL}Ontology> . <urn:a> {_BY} . "
    '<urn:o> <http://purl.org/vocab/vann/preferredNamespaceUri> "urn:ours#" .',
    "classes-equivalent-by-name": f"<urn:a> <{_OWL}equivalentClass> <urn:b> .",
    "classes-unconnected": f"<urn:a> {_TYPE} {_CLASS} . <urn:a> {_BY} . <urn:b> {_TYPE} {_CLASS} . <urn:b> {_BY} . "
    f"<urn:p> <{_RDFS}domain> <urn:b> .",
    "classes-for-the-rest": f'<urn:a> {_TYPE} {_CLASS} . <urn:a> {_LABEL} "other plan"@en . '
    f'<urn:b> {_TYPE} {_CLASS} . <urn:b> {_LABEL} "another plan"@en .',
    "ranges-several": f"<urn:a> <{_RDFS}range> <urn:b> . <urn:a> <{_RDFS}range> <urn:c> .",
    "annotations-with-things-to-say": f"<urn:a> {_TYPE} <{_OWL}AnnotationProperty> . _:r <{_OWL}onProperty> <urn:a> .",
    "properties-without-domain-and-range": f"<urn:a> {_TYPE} {_OBJECT} . <urn:a> {_BY} .",
}


def test_every_check_has_something_planted() -> None:
    assert set(PLANTED) == {q.short_name for q in Library().in_theme(ONTOLOGY_THEME)}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_check_finds_what_is_planted(rule: str) -> None:
    lines = PLANTED[rule].replace(" . ", " .\n") + "\n"
    found = check_vocabularies(load_memory(lines.encode()), Library(), {}, theme=ONTOLOGY_THEME)
    wanted = {"addresses-with-file-endings": {"urn:a.owl#b"}, "classes-in-a-circle": {"urn:a", "urn:b"}}
    assert {v.focus for v in found if v.rule == rule} == wanted.get(rule, {"urn:a"}), (
        "and nothing that stands beside it"
    )


def test_the_ontology_is_clean_and_says_what_is_waived() -> None:
    report = check_ontology_quality()
    assert report.found == ()
    assert {v.rule for v in report.waived} == {"properties-without-domain-and-range"}
    assert all(v.waived for v in report.waived)


def test_the_command_leaves_with_0() -> None:
    command = [sys.executable, "-m", "targetgraph", "ontology", "--quality"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "0 to mend, 0 to consider" in done.stdout


def test_the_page_names_every_rule_and_no_other() -> None:
    page = (Path(__file__).parents[2] / "docs" / "ontology-quality.md").read_text(encoding="utf-8")
    tables = "\n".join(line for line in page.splitlines() if line.startswith("|") or "also as queries" in line)
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", tables))
    assert named == set(PLANTED)
