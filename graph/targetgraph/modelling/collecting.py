"""Statements being collected for named graphs: written as they come, each once, and never asked.

An rdflib graph indexes every statement three ways so that it can be asked. A build only adds them and writes them
all out again, which this does several times as fast.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from targetgraph.library.terms import Iri, quoted_string, written

Triple = tuple[Node, Node, Node]


class Receiver(Protocol):
    """What takes statements: an rdflib graph, or `Collected`."""

    def add(self, triple: Triple, /) -> object:
        """Take a statement; one that is there already changes nothing."""


class Collected:
    """The statements of one named graph.

    Parameters
    ----------
    iri : its name.
    """

    def __init__(self, iri: str) -> None:
        self._end = f" {written(Iri(iri))} .\n"
        self._iris: dict[str, str] = {}
        self._lines: set[str] = set()

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, triple: Triple, /) -> None:
        """Add a statement.

        Raises
        ------
        ValueError : an IRI has characters that could end it early.
        """
        subject, predicate, value = triple
        self._lines.add(f"{self._term(subject)} {self._term(predicate)} {self._term(value)}")

    def nquads(self) -> Iterator[str]:
        """The statements as lines of N-Quads, in no order."""
        return (line + self._end for line in self._lines)

    def _term(self, term: Node) -> str:
        if isinstance(term, Literal):
            quoted = quoted_string(str(term))
            if term.language:
                return f"{quoted}@{term.language}"
            return f"{quoted}^^{self._iri(str(term.datatype))}" if term.datatype else quoted
        if isinstance(term, URIRef):
            return self._iri(str(term))
        assert isinstance(term, BNode), "no term of RDF"
        return term.n3()

    def _iri(self, iri: str) -> str:
        found = self._iris.get(iri)
        if found is None:
            found = self._iris[iri] = written(Iri(iri))
        return found
