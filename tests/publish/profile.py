"""The official shapes of DCAT-AP 3.0.1, and what they find in a catalogue."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import RDF, SH, Graph, URIRef

#: Both folders of the release; two files are lists of imports and hold no shape.
FILES = (
    "shacl/dcat-ap-SHACL.ttl",
    "shacl/ranges.ttl",
    "html/shacl/shapes.ttl",
    "html/shacl/shapes_recommended.ttl",
    "html/shacl/range.ttl",
    "html/shacl/mdr-vocabularies.shape.ttl",
    "html/shacl/deprecateduris.ttl",
)
NO_SHAPES = {"html/shacl/imports.ttl", "html/shacl/mdr_imports.ttl"}
#: References to property shapes that the release describes nowhere: SHACL calls that ill-formed, and pySHACL stops at it.
DANGLING = 5

Finding = tuple[str, str, str]


@cache
def shapes(release: Path) -> Graph:
    """Every shape of the release, and nothing taken out but the references that lead nowhere."""
    found = {p.relative_to(release).as_posix() for p in release.rglob("*.ttl")}
    assert found == {*FILES, *NO_SHAPES}
    graph = Graph()
    for name in FILES:
        graph.parse(release / name)
    dangling = [(s, o) for s, o in graph.subject_objects(SH.property) if (o, None, None) not in graph]
    assert len(dangling) == DANGLING
    for shape, nothing in dangling:
        graph.remove((shape, SH.property, nothing))
    assert len(set(graph.objects(None, SH.property))) > 500
    return graph


def findings(catalogue: Graph, release: Path) -> dict[str, set[Finding]]:
    """Results by severity: focus, path and message of each."""
    import pyshacl

    _, report, _ = pyshacl.validate(catalogue, shacl_graph=shapes(release), inference="none", allow_warnings=True)
    assert isinstance(report, Graph)
    (whole,) = report.subjects(RDF.type, SH.ValidationReport)
    by_severity: dict[str, set[Finding]] = {"Violation": set(), "Warning": set()}
    for result in report.objects(whole, SH.result):
        severity = str(report.value(result, SH.resultSeverity)).rsplit("#", 1)[-1]
        path = report.value(result, SH.resultPath)
        name = str(path).replace("#", "/").rsplit("/", 1)[-1] if isinstance(path, URIRef) else ""
        by_severity[severity].add(
            (str(report.value(result, SH.focusNode)), name, str(report.value(result, SH.resultMessage)))
        )
    return by_severity
