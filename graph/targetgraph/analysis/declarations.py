"""What can be covered, what must be, and what kinds of gap there are: read from the graph, never from code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from targetgraph.analysis.declared import Crossing, Declarations, Dimension, GapKind, Obligation
from targetgraph.analysis.dependence import refuse_self_dependent
from targetgraph.analysis.paths import sparql_path
from targetgraph.errors import Place, TargetGraphError
from targetgraph.namespaces import TG

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


__all__ = ["Crossing", "Declarations", "Dimension", "GapKind", "Obligation", "read_declarations"]


class _Reader:
    """Reads single values of declared things out of the ontology graph."""

    def __init__(self, graph: Graph) -> None:
        from rdflib import RDF, URIRef

        self.graph, self._uri, self._type = graph, URIRef, RDF.type

    def instances(self, cls: str) -> list[Node]:
        return sorted(self.graph.subjects(self._type, self._uri(cls)), key=str)

    def node(self, subject: Node, prop: str) -> Node | None:
        return self.graph.value(subject, self._uri(prop))

    def text(self, subject: Node, prop: str) -> str:
        value = self.node(subject, prop)
        return "" if value is None else str(value)

    def needed(self, subject: Node, prop: str) -> str:
        value = self.text(subject, prop)
        if not value:
            name = prop.rpartition("#")[2]
            raise TargetGraphError(
                f"the declaration lacks tg:{name}", Place(iri=str(subject)), f"add tg:{name} to it in the ontology"
            )
        return value

    def truth(self, subject: Node, prop: str) -> bool:
        return self.text(subject, prop) == "true"

    def path(self, subject: Node, prop: str) -> str:
        node = self.node(subject, prop)
        return "" if node is None else sparql_path(self.graph, node)

    def objects(self, subject: Node, prop: str) -> list[Node]:
        return list(self.graph.objects(subject, self._uri(prop)))

    def values(self, head: Node | None) -> Iterable[Node]:
        return () if head is None else self.graph.items(head)


def read_declarations(graph: Graph) -> Declarations:
    """Read dimensions, obligations and kinds of gap from the ontology graph.

    Raises
    ------
    TargetGraphError : a declaration is incomplete, two share a code, an obligation is on no known dimension, or it depends on
        itself (:mod:`targetgraph.analysis.dependence`).
    """
    from rdflib import URIRef

    reader = _Reader(graph)
    dimensions = sorted(
        (_dimension(reader, s) for s in reader.instances(TG.Dimension)), key=lambda d: (d.order, d.code)
    )
    codes = {d.iri: d.code for d in dimensions}
    obligations = sorted((_obligation(reader, s, codes) for s in reader.instances(TG.Obligation)), key=lambda o: o.code)
    kinds = [_kind(reader, s) for s in sorted(graph.subjects(URIRef(TG.shownBy)), key=str)]
    for name, things in (("dimensions", dimensions), ("obligations", obligations), ("kinds of gap", kinds)):
        _distinct(name, [t.code for t in things])
    crossings = sorted((_crossing(reader, s, codes) for s in reader.instances(TG.Crossing)), key=lambda c: c.code)
    refuse_self_dependent(dimensions, obligations, crossings, kinds)
    return Declarations(
        dimensions=tuple(dimensions),
        obligations=tuple(obligations),
        kinds=tuple(kinds),
        crossings=tuple(crossings),
    )


def _distinct(what: str, codes: list[str]) -> None:
    repeated = sorted({c for c in codes if codes.count(c) > 1})
    if repeated:
        raise TargetGraphError(
            f"two {what} share the short name {repeated[0]!r}", "ontology", "give each its own tg:code"
        )


def _path_and_values(reader: _Reader, shape: Node | None) -> tuple[str, tuple[str, ...]]:
    """A property shape of the two forms we read: a path, and the values allowed at its end (``sh:in``, ``sh:hasValue``)."""
    if shape is None:
        return "", ()
    values = [*reader.values(reader.node(shape, _SH + "in")), *reader.objects(shape, _SH + "hasValue")]
    if not reader.path(shape, _SH + "path") or not values:
        raise TargetGraphError(
            "the condition has no path or no values", Place(iri=str(shape)), "give it sh:path, and sh:in or sh:hasValue"
        )
    return reader.path(shape, _SH + "path"), tuple(str(v) for v in values)


def _row_class(reader: _Reader, s: Node) -> str:
    found = reader.needed(s, TG.rowClass)
    if found != TG.Target:
        raise TargetGraphError("the rows are no targets; nothing else is counted", Place(iri=str(s)), "use tg:Target")
    return found


def _dimension(reader: _Reader, s: Node) -> Dimension:
    filter_path, values = _path_and_values(reader, reader.node(s, TG.evidenceFilter))
    return Dimension(
        iri=str(s),
        code=reader.needed(s, TG.code),
        label=reader.needed(s, _LABEL),
        singular=reader.needed(s, TG.singular),
        plural=reader.needed(s, TG.plural),
        order=int(reader.text(s, TG.order) or 99),
        row_class=_row_class(reader, s),
        scheme=reader.needed(s, TG.columnScheme),
        column_class=reader.needed(s, TG.columnClass),
        column_path=reader.path(s, TG.columnPath) or reader.needed(s, TG.columnPath),
        evidence_path=reader.path(s, TG.evidencePath),
        roll_up=reader.path(s, TG.rollUp),
        filter_path=filter_path,
        filter_values=values,
        assessed=reader.truth(s, TG.assessed),
        accepts_judgement=reader.truth(s, TG.acceptsJudgement),
    )


def _known_dimension(reader: _Reader, s: Node, prop: str, codes: dict[str, str]) -> str:
    dimension = reader.needed(s, prop)
    if dimension not in codes:
        raise TargetGraphError(
            f"the declaration is on <{dimension}>, which is no dimension", Place(iri=str(s)), "declare that dimension"
        )
    return codes[dimension]


def _crossing(reader: _Reader, s: Node, codes: dict[str, str]) -> Crossing:
    return Crossing(
        iri=str(s),
        code=reader.needed(s, TG.code),
        label=reader.needed(s, _LABEL),
        rows=_known_dimension(reader, s, TG.rowDimension, codes),
        columns=_known_dimension(reader, s, TG.columnDimension, codes),
        severity=float(reader.needed(s, TG.severity)),
        because=reader.needed(s, TG.because),
        frameworks=tuple(sorted(str(f) for f in reader.objects(s, TG.bindsFramework))),
    )


def _obligation(reader: _Reader, s: Node, codes: dict[str, str]) -> Obligation:
    where_path, where_values = _path_and_values(reader, reader.node(s, TG.onlyWhere))
    return Obligation(
        iri=str(s),
        code=reader.needed(s, TG.code),
        label=reader.needed(s, _LABEL),
        applies_to=reader.needed(s, TG.appliesTo),
        dimension=_known_dimension(reader, s, TG.onDimension, codes),
        minimum=int(reader.needed(s, TG.minimum)),
        severity=float(reader.needed(s, TG.severity)),
        because=reader.needed(s, TG.because),
        required_value=reader.text(s, TG.requiredValue),
        where_path=where_path,
        where_values=where_values,
        frameworks=tuple(sorted(str(f) for f in reader.objects(s, TG.bindsFramework))),
        among=tuple(sorted(str(c) for c in reader.objects(s, TG.among))),
    )


def _kind(reader: _Reader, s: Node) -> GapKind:
    return GapKind(
        iri=str(s),
        code=reader.needed(s, TG.code),
        label=reader.needed(s, _LABEL),
        severity=float(reader.needed(s, TG.severity)),
        because=reader.needed(s, TG.because),
        shown_by=reader.needed(s, TG.shownBy).partition("/query/")[2],
        headline=reader.needed(s, TG.headline),
        threshold=float(reader.text(s, TG.threshold) or 0),
    )
