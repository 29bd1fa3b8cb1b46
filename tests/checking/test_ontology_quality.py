"""Checks of the ontology: each finds what is planted for it, and the ontology itself is clean."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from targetgraph import resources
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
    "properties-called-is": f'<urn:a> {_BY} . <urn:a> {_TYPE} {_OBJECT} . <urn:a> {_LABEL} "is a"@en . '
    f'<urn:b> {_BY} . <urn:b> {_TYPE} {_OBJECT} . <urn:b> {_LABEL} "is a part of"@en .',
    "inverses-that-do-not-fit": f"<urn:a> <{_OWL}inverseOf> <urn:b> . <urn:a> <{_RDFS}domain> <urn:X> . "
    f"<urn:b> <{_RDFS}range> <urn:Y> . <urn:c> <{_OWL}inverseOf> <urn:d> . <urn:c> <{_RDFS}domain> <urn:X> . "
    f"<urn:d> <{_RDFS}range> <urn:X> .",
    "classes-of-two-things": f'<urn:a> {_BY} . <urn:a> {_TYPE} {_CLASS} . <urn:a> {_LABEL} "plan or target"@en . '
    f'<urn:b> {_BY} . <urn:b> {_TYPE} {_CLASS} . <urn:b> {_LABEL} "orchard"@en .',
    "disjointness-missing": f"<urn:a> {_TYPE} <{_OWL}Ontology> .",
    "definitions-for-labels": f'<urn:a> {_BY} . <urn:a> {_LABEL} "a plan"@en . <urn:a> {_DEFINITION} "a plan"@en . '
    f'<urn:b> {_BY} . <urn:b> {_LABEL} "a plan"@en . <urn:b> {_DEFINITION} "What is planned."@en .',
    "names-in-another-style": f"<urn:x#a> {_BY} . <urn:x#a> {_TYPE} {_CLASS} . <urn:x#b> {_BY} . <urn:x#b> {_TYPE} {_OBJECT} . "
    f"<urn:x#B_c> {_BY} . <urn:x#B_c> {_TYPE} {_CLASS} .",
    "definitions-by-themselves": f"<urn:a> <{_OWL}equivalentClass> _:e . _:e <{_OWL}intersectionOf> _:l . "
    f"_:l <{_RDF}first> <urn:b> . _:l <{_RDF}rest> _:m . _:m <{_RDF}first> <urn:a> . _:m <{_RDF}rest> <{_RDF}nil> .",
    "properties-of-two-kinds": f"<urn:a> {_TYPE} <{_OWL}SymmetricProperty> . <urn:a> <{_RDFS}domain> <urn:X> . "
    f"<urn:a> <{_RDFS}range> <urn:Y> . <urn:b> {_TYPE} <{_OWL}TransitiveProperty> . <urn:b> <{_RDFS}domain> <urn:X> . "
    f"<urn:b> <{_RDFS}range> <urn:X> .",
    "classes-defined-twice": f"<urn:a> <{_OWL}equivalentClass> _:e . _:e <{_OWL}intersectionOf> _:l . "
    f"<urn:a> <{_OWL}equivalentClass> _:f . _:f <{_OWL}intersectionOf> _:m . "
    f"<urn:b> <{_OWL}equivalentClass> _:e .",
    "addresses-not-permanent": f"<urn:a> {_TYPE} <{_OWL}Ontology> . <https://w3id.org/x> {_TYPE} <{_OWL}Ontology> .",
    "vocabularies-not-reused": f"<urn:a> {_TYPE} <{_OWL}Ontology> . <urn:b> <{_RDFS}isDefinedBy> <urn:a> . "
    f"<urn:b> <{_RDFS}subClassOf> <urn:ab> .",
    "properties-without-domain-and-range": f"<urn:a> {_TYPE} {_OBJECT} . <urn:a> {_BY} .",
}


def test_every_check_has_something_planted() -> None:
    assert set(PLANTED) == {q.short_name for q in Library().in_theme(ONTOLOGY_THEME)}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_check_finds_what_is_planted(rule: str) -> None:
    lines = PLANTED[rule].replace(" . ", " .\n") + "\n"
    found = check_vocabularies(load_memory(lines.encode()), Library(), {}, theme=ONTOLOGY_THEME)
    wanted = {"addresses-with-file-endings": {"urn:a.owl#b"}, "classes-in-a-circle": {"urn:a", "urn:b"},
              "names-in-another-style": {"urn:x#a", "urn:x#B_c"}}  # fmt: skip
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


_PAGE = Path(__file__).parents[2] / "docs" / "ontology-quality.md"
_ROBOT = (
    "annotation_whitespace deprecated_boolean_datatype deprecated_class_reference deprecated_property_reference "
    "duplicate_definition duplicate_exact_synonym duplicate_label duplicate_label_synonym duplicate_scoped_synonym "
    "equivalent_class_axiom_no_genus equivalent_pair illegal_use_of_built_in_vocabulary invalid_entity_uri invalid_xref "
    "label_formatting label_whitespace lowercase_definition missing_definition missing_label missing_obsolete_label "
    "missing_ontology_description missing_ontology_license missing_ontology_title missing_subset_declaration "
    "missing_superclass missing_synonymtype_declaration misused_obsolete_label misused_replaced_by "
    "multiple_asserted_superclasses multiple_definitions multiple_equivalent_class_definitions multiple_equivalent_classes "
    "multiple_labels"
)
_FOOPS = (
    "PURL1 HTTP1 URI1 URI2 VER1 VER2 OM1 OM2 OM3 OM4.1 OM4.2 OM5.1 OM5.2 RDF1 DOC1 CN1 FIND1 FIND2 FIND3 FIND_3_BIS "
    "VOC1 VOC2 VOC3 VOC4"
)


@pytest.mark.parametrize(
    ("heading", "identifiers"),
    [
        ("FAIR", _FOOPS.split()),
        ("The catalogue of common pitfalls", [f"P{number:02}" for number in range(1, 42)]),
        ("The rules of ontology reports", _ROBOT.split()),
    ],
)
def test_every_entry_of_a_catalogue_has_a_rule_or_a_reason(heading: str, identifiers: list[str]) -> None:
    part = _PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("|") and "---" not in line][
        1:
    ]
    told = [word.strip(",") for name, _ in rows for word in name.split() if word.strip(",") in identifiers]
    assert told == identifiers or sorted(told) == sorted(identifiers)
    shapes = resources.ontology().joinpath("shapes/style.ttl").read_text(encoding="utf-8")
    for name, how in rows:
        named = re.findall(r"`([^`]+)`", how)
        rules = [
            n for n in named if n in PLANTED or n in ("--profile dl",) or f"shapes/{n}" in shapes or f":{n}" in shapes
        ]
        tests = [n for n in named if n.startswith("tests/") and (_PAGE.parents[1] / n).is_file()]
        pages = [page for page in re.findall(r"\]\(([\w-]+[.]md)\)", how) if (_PAGE.parent / page).is_file()]
        reasons = ("left to people", "left out on purpose", "not asked", "not given", "none: ", "does not apply")
        assert rules or tests or pages or any(word in how for word in reasons), name
        assert all((_PAGE.parents[1] / n).is_file() for n in named if n.startswith("tests/")), name
