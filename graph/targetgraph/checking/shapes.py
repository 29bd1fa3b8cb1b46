"""SHACL validation (pySHACL), with each result traced to the row it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.term import Node

from targetgraph.checking.waivers import Waiver
from targetgraph.errors import Place, Problem
from targetgraph.namespaces import PREFIXES

SEVERITIES = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "note"}
SHAPES = "https://w3id.org/targetgraph/shapes/"


@dataclass(frozen=True, slots=True)
class Violation:
    """A result of validation.

    Parameters
    ----------
    focus : the resource that breaks a rule.
    path : the property concerned, as a prefixed name, or empty.
    value : the value concerned, or empty.
    message : what the rule asks for, in a sentence.
    severity : ``violation``, ``warning`` or ``note``.
    rule : name of the shape.
    place : file and row that the resource came from, where known.
    waived : the reason of a waiver that covers it, or empty.
    """

    focus: str
    path: str
    value: str
    message: str
    severity: str
    rule: str
    place: Place
    waived: str = ""

    def problem(self) -> Problem:
        """The violation as a problem for the user."""
        detail = ", ".join(p for p in (self.path, f"value {self.value}" if self.value else "") if p)
        what = f"{self.message} ({detail})" if detail else self.message
        place = Place(self.place.file, self.place.row, self.place.column, self.focus)
        where = (
            f"row {self.place.row} of {self.place.file}" if self.place.file else f"the statements about {self.focus}"
        )
        return Problem(what, place, f"mend {where}")


def check_graph(
    data: Graph,
    shapes: Graph,
    origins: Mapping[str, Place],
    waivers: Sequence[Waiver] = (),
    progress: Callable[[str], None] | None = None,
) -> list[Violation]:
    """Validate a graph.

    Parameters
    ----------
    data : a plain in-memory graph; validation over a graph backed by a store is many times slower.
    shapes : SHACL shapes, SHACL-SPARQL constraints included.
    origins : file and row of subjects.
    waivers : named exceptions; what they cover comes back with ``waived`` filled in.

    Returns
    -------
    Violations, gravest first, then by file and row.
    """
    from pyshacl import validate

    if progress:
        progress("checking against the shapes")
    _, report, _ = validate(data, shacl_graph=shapes, advanced=False, inference="none", meta_shacl=False)
    assert isinstance(report, Graph)
    owners = _owners(shapes)
    # Results of the report itself; those of nested shapes hang below them as details and would be told twice.
    found = [_violation(report, result, owners, origins, waivers) for result in report.objects(None, SH.result)]
    order = {"violation": 0, "warning": 1, "note": 2}
    return sorted(
        set(found), key=lambda v: (order[v.severity], v.place.file, v.place.row or 0, v.focus, v.rule, v.path, v.value)
    )


def _owners(shapes: Graph) -> dict[Node, str]:
    """Name of the node shape each property shape or constraint belongs to."""
    owners: dict[Node, str] = {}
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        name = str(shape).removeprefix(SHAPES)
        owners[shape] = name
        for part in (SH.property, SH.sparql):
            for child in shapes.objects(shape, part):
                owners[child] = name
    return owners


def _violation(
    report: Graph, result: Node, owners: Mapping[Node, str], origins: Mapping[str, Place], waivers: Sequence[Waiver]
) -> Violation:
    focus = str(report.value(result, SH.focusNode))
    source = report.value(result, SH.sourceShape)
    rule = owners.get(source, "") if source is not None else ""
    value = report.value(result, SH.value)
    messages = sorted(str(m) for m in report.objects(result, SH.resultMessage))
    return Violation(
        focus=focus,
        path=_shown(report.value(result, SH.resultPath)),
        value="" if value is None or str(value) == focus else _shown(value),
        message=messages[0] if messages else "The shape is not met.",
        severity=SEVERITIES.get(report.value(result, SH.resultSeverity), "violation"),  # type: ignore[call-overload]
        rule=rule,
        place=_origin(focus, origins),
        waived=next((w.reason for w in waivers if w.covers(rule, focus)), ""),
    )


def _origin(focus: str, origins: Mapping[str, Place]) -> Place:
    """Where a subject came from; a part (``…#selector``) came from where its whole did."""
    return origins.get(focus) or origins.get(focus.partition("#")[0]) or Place()


def _shown(node: Node | None) -> str:
    if node is None or isinstance(node, BNode):
        return ""
    text = str(node)
    if isinstance(node, URIRef):
        for prefix, namespace in PREFIXES.items():
            if text.startswith(namespace) and text != namespace:
                return f"{prefix}:{text.removeprefix(namespace)}"
    return text if len(text) <= 80 else text[:77] + "..."
