"""SHACL validation, with each result traced to the row, and where it can be the column, that it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib import SH, BNode, Graph, URIRef
from rdflib.term import Node

from targetgraph.checking.engines import Engine, Result, fastest
from targetgraph.checking.waivers import Waiver
from targetgraph.errors import Place, Problem
from targetgraph.namespaces import PREFIXES

SEVERITIES = {str(SH.Violation): "violation", str(SH.Warning): "warning", str(SH.Info): "note"}
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
        cell = f", column {self.place.column!r}" if self.place.column else ""
        row = f"row {self.place.row} of {self.place.file}{cell}"
        where = row if self.place.file else f"the statements about {self.focus}"
        return Problem(what, place, f"mend {where}")


def check_graph(
    data: Graph,
    shapes: Graph,
    origins: Mapping[str, Place],
    waivers: Sequence[Waiver] = (),
    progress: Callable[[str], None] | None = None,
) -> list[Violation]:
    """Validate a graph (see `check_statements`)."""
    text = data.serialize(format="nt", encoding="utf-8")
    return check_statements(text, shapes, origins, waivers, progress)


def check_statements(
    nquads: bytes,
    shapes: Graph,
    origins: Mapping[str, Place],
    waivers: Sequence[Waiver] = (),
    progress: Callable[[str], None] | None = None,
    engine: Engine | None = None,
) -> list[Violation]:
    """Validate statements.

    Parameters
    ----------
    nquads : N-Quads or N-Triples; all graphs are checked as one.
    shapes : SHACL shapes, SHACL-SPARQL constraints included.
    origins : file and row of subjects.
    waivers : named exceptions; what they cover comes back with ``waived`` filled in.
    engine : what validates; by default the fastest that is there (`targetgraph.checking.engines`).

    Returns
    -------
    Violations, gravest first, then by file and row.
    """
    validate = engine or fastest()
    if progress:
        progress("checking against the shapes")
    columns = _columns(shapes)
    found = {_violation(result, columns, origins, waivers) for result in validate(nquads, shapes)}
    order = {"violation": 0, "warning": 1, "note": 2}
    return sorted(
        found, key=lambda v: (order[v.severity], v.place.file, v.place.row or 0, v.focus, v.rule, v.path, v.value)
    )


def _columns(shapes: Graph) -> dict[tuple[str, str], str]:
    """Column of a table that a property is read from (``sh:name``), by shape and property."""
    return {
        (str(shape), str(path)): str(name)
        for shape, part in shapes.subject_objects(SH.property)
        for name in shapes.objects(part, SH.name)
        for path in shapes.objects(part, SH.path)
    }


def _violation(
    result: Result, columns: Mapping[tuple[str, str], str], origins: Mapping[str, Place], waivers: Sequence[Waiver]
) -> Violation:
    rule = result.shape.removeprefix(SHAPES)
    origin = _origin(result.focus, origins)
    column = columns.get((result.shape, result.path), "") if origin.row is not None else ""
    return Violation(
        focus=result.focus,
        path=_shown(URIRef(result.path)) if result.path else "",
        value="" if result.value is None or str(result.value) == result.focus else _shown(result.value),
        message=result.message or "The shape is not met.",
        severity=SEVERITIES.get(result.severity, "violation"),
        rule=rule,
        place=replace(origin, column=column) if column else origin,
        waived=next((w.reason for w in waivers if w.covers(rule, result.focus)), ""),
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
