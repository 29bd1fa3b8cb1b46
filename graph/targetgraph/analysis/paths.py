"""SHACL property paths as SPARQL property paths (SHACL, section 2.3.1; SPARQL 1.1, section 9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from targetgraph.errors import Place, TargetGraphError

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_ILLEGAL = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
_SUFFIXES = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def sparql_path(graph: Graph, node: Node) -> str:
    """Translate the SHACL path at ``node``.

    Parameters
    ----------
    graph : the graph that holds the path.
    node : a predicate, a list (sequence), or a blank node with one of ``sh:inversePath``, ``sh:alternativePath``,
        ``sh:zeroOrMorePath``, ``sh:oneOrMorePath``, ``sh:zeroOrOnePath``.

    Raises
    ------
    TargetGraphError : the node is no well-formed path, or the path refers to itself.
    """
    return _translate(graph, node, frozenset())


def _translate(graph: Graph, node: Node, seen: frozenset[Node]) -> str:
    from rdflib import RDF, SH, BNode, URIRef

    if node in seen:
        raise _malformed(node, "refers to itself")
    seen |= {node}
    if isinstance(node, URIRef):
        if _ILLEGAL.search(node):
            raise _malformed(node, "holds a character that an IRI cannot have")
        return f"<{node}>"
    if not isinstance(node, BNode):
        raise _malformed(node, "is neither a property nor a path")
    if (node, RDF.first, None) in graph:
        return _sequence(graph, node, "/", seen)
    inverse = graph.value(node, SH.inversePath)
    if inverse is not None:
        return f"^{_grouped(_translate(graph, inverse, seen))}"
    alternative = graph.value(node, SH.alternativePath)
    if alternative is not None:
        return _sequence(graph, alternative, "|", seen)
    for name, suffix in _SUFFIXES.items():
        inner = graph.value(node, SH[name])
        if inner is not None:
            return f"{_grouped(_translate(graph, inner, seen))}{suffix}"
    raise _malformed(node, "has none of the forms of a SHACL path")


def _sequence(graph: Graph, head: Node, joiner: str, seen: frozenset[Node]) -> str:
    members = [_grouped(_translate(graph, member, seen)) for member in graph.items(head)]
    if len(members) < 2:
        raise _malformed(head, "lists fewer than two steps")
    return joiner.join(members)


def _grouped(path: str) -> str:
    """Parentheses wherever a path is more than one predicate, so that no precedence has to be known."""
    return path if path.startswith("<") and path.count("<") == 1 and path.endswith(">") else f"({path})"


def _malformed(node: Node, what: str) -> TargetGraphError:
    return TargetGraphError(
        f"the property path {what}", Place(iri=str(node)), "write it as SHACL, section 2.3.1, defines paths"
    )
