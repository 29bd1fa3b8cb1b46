"""What a store asserts, looked up by patterns, as rdflib terms: the few statements around a change, and not the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Self

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from targetgraph.errors import StoreError

Statement = tuple[Node, Node, Node]


class Asserted:
    """The statements of a store folder, merged: one that stands in several named graphs counts once. Use in a ``with`` block.

    Parameters
    ----------
    folder : the ``oxigraph`` folder of a version; opened for reading.
    without : IRIs of named graphs that are none of it, such as that of derived statements.

    Raises
    ------
    StoreError : it is absent or damaged.
    """

    def __init__(self, folder: Path, without: Collection[str]) -> None:
        try:
            self._store = ox.Store.read_only(str(folder))
        except (OSError, ValueError, RuntimeError) as error:
            what = f"the store cannot be opened: {error}"
            raise StoreError(what, str(folder), "run `targetgraph build` to make it anew") from error
        self._without = frozenset(ox.NamedNode(iri) for iri in without)
        self._graphs = [ox.DefaultGraph(), *(g for g in self._store.named_graphs() if g not in self._without)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._store = ox.Store()

    def about(self, subject: Node) -> set[Statement]:
        """All statements about an IRI."""
        quads = self._store.quads_for_pattern(ox.NamedNode(str(subject)), None, None)
        return {_statement(quad) for quad in quads if quad.graph_name not in self._without}

    def subjects(self, prop: Node, value: Node) -> Iterator[Node]:
        """From where a property leads to an IRI; one of which several graphs say so comes again."""
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(str(prop)), ox.NamedNode(str(value))):
            if quad.graph_name not in self._without:
                yield _node(quad.subject)

    def leads_to(self, prop: Node, value: Node) -> bool:
        """Whether a property leads to an IRI from anywhere."""
        by, to = ox.NamedNode(str(prop)), ox.NamedNode(str(value))
        first = next(self._store.quads_for_pattern(None, by, to), None)
        if first is None or first.graph_name not in self._without:
            return first is not None
        return any(next(self._store.quads_for_pattern(None, by, to, g), None) is not None for g in self._graphs)

    def graph(self, name: str) -> rdflib.Graph:
        """A named graph."""
        made = rdflib.Graph(bind_namespaces="none")
        for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(name)):
            made.add(_statement(quad))
        return made


def merged(path: Path, without: Collection[str]) -> set[Statement]:
    """The statements of a file of N-Quads, those of some named graphs left out. Each term is made once.

    Raises
    ------
    StoreError : it cannot be read, or is no N-Quads.
    """
    left_out = frozenset(ox.NamedNode(iri) for iri in without)
    made: dict[object, Node] = {}

    def node(term: object) -> Node:
        found = made.get(term)
        if found is None:
            found = made[term] = _node(term)
        return found

    try:
        return {
            (node(quad.subject), node(quad.predicate), node(quad.object))
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)
            if quad.graph_name not in left_out
        }
    except (OSError, SyntaxError) as error:
        raise StoreError(
            f"the statements cannot be read: {error}", str(path), "run `targetgraph build` again"
        ) from error


def statements_in(lines: Iterable[bytes]) -> set[Statement]:
    """The statements of lines of N-Quads, whatever graph they are in.

    Raises
    ------
    StoreError : a line is no N-Quads.
    """
    try:
        return {_statement(quad) for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS)}
    except SyntaxError as error:
        raise StoreError(f"the statements are not N-Quads: {error}", remedy="build again") from error


def _statement(quad: ox.Quad) -> Statement:
    return _node(quad.subject), _node(quad.predicate), _node(quad.object)


def _node(term: object) -> Node:
    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case ox.Literal() if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        case ox.Literal():
            plain = term.datatype.value == str(rdflib.XSD.string)
            return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))
    raise StoreError(f"a statement about a statement cannot be reasoned over: {term}", remedy="leave it out")
