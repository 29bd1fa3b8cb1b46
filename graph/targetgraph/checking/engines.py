"""Engines that validate statements against SHACL shapes, giving the same results.

pySHACL is the reference. The package ``shacl`` (https://github.com/pwin/SHACL_Engine, MIT or Apache-2.0, written in Rust)
finds the same results some fifty times faster, and is used wherever it is installed; it has no wheels for some machines.
The tests compare the two on planted mistakes of every kind of constraint that the shapes use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Protocol

from rdflib import RDF, SH, BNode, Dataset, Graph, Literal, URIRef
from rdflib.term import Node
from rdflib.util import from_n3


@dataclass(frozen=True, slots=True)
class Result:
    """A result of validation, as SHACL defines it (section 3.6.2 of the Recommendation of 2017).

    Parameters
    ----------
    focus : IRI of the node, or label of the blank node.
    path : IRI of the property; empty where there is none or the path is no single property.
    value : the value concerned, if the constraint names one.
    component : IRI of the constraint component.
    severity : IRI.
    message : the first in the order of the alphabet, or empty.
    shape : IRI of the named shape that the constraint belongs to, or empty.
    """

    focus: str
    path: str
    value: Node | None
    component: str
    severity: str
    message: str
    shape: str


class Engine(Protocol):
    """Something that validates."""

    def __call__(self, nquads: bytes, shapes: Graph) -> Iterable[Result]:
        """Results of validating all statements of N-Quads, as one graph, against shapes."""


def fastest() -> Engine:
    """The fastest engine that is installed."""
    return by_shacl if find_spec("shacl") else by_pyshacl


def by_shacl(nquads: bytes, shapes: Graph) -> Iterator[Result]:
    """Results by the package ``shacl``; blank nodes of the data get other labels."""
    import shacl

    prepared = shacl.Shapes.from_text(shapes.serialize(format="nt"), format="ntriples")
    for found in prepared.validate_text(nquads.decode(), format="nquads").results:
        path, shape = found.path or "", found.root_shape or ""
        yield Result(
            focus=str(_term(found.focus_node)),
            path=path[1:-1] if path.startswith("<") and path.count("<") == 1 else "",
            value=None if found.value is None else _term(found.value),
            component=found.component_iri,
            severity=found.severity_iri,
            message=min(found.messages, default=""),
            shape=shape[1:-1] if shape.startswith("<") else "",
        )


def by_pyshacl(nquads: bytes, shapes: Graph) -> Iterator[Result]:
    """Results by pySHACL over a plain graph in memory; over one backed by a store it is many times slower."""
    from pyshacl import validate

    data, dataset = Graph(), Dataset()
    dataset.parse(data=nquads, format="nquads")
    for subject, prop, value, _ in dataset.quads((None, None, None, None)):
        data.add((subject, prop, value))
    _, report, _ = validate(data, shacl_graph=shapes, advanced=False, inference="none", meta_shacl=False)
    assert isinstance(report, Graph)
    owners = _owners(shapes)
    # Results of the report itself; those of nested shapes hang below them as details and would be told twice.
    for result in report.objects(None, SH.result):
        path = report.value(result, SH.resultPath)
        source = report.value(result, SH.sourceShape)
        yield Result(
            focus=str(report.value(result, SH.focusNode)),
            path=str(path) if isinstance(path, URIRef) else "",
            value=report.value(result, SH.value),
            component=str(report.value(result, SH.sourceConstraintComponent)),
            severity=str(report.value(result, SH.resultSeverity)),
            message=min((str(m) for m in report.objects(result, SH.resultMessage)), default=""),
            shape=owners.get(source, "") if source is not None else "",
        )


def _owners(shapes: Graph) -> dict[Node, str]:
    """IRI of the node shape each property shape or constraint belongs to."""
    owners: dict[Node, str] = {}
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        owners[shape] = str(shape)
        for part in (SH.property, SH.sparql):
            for child in shapes.objects(shape, part):
                owners[child] = str(shape)
    return owners


def _term(text: str) -> URIRef | BNode | Literal:
    term = from_n3(text)
    assert isinstance(term, URIRef | BNode | Literal)
    return term
