"""Members of the event stream: what one named graph says of one thing, after a step that changed it.

A member replaces what earlier members of the same record said. Blank nodes have no name to be replaced under: when one of
their statements changed, all that a named graph says with blank nodes is one record, with skolem IRIs in their place (RDF 1.1
Concepts, section 3.5) that hold within that version.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from targetgraph import iris
from targetgraph.publish.changes.lines import parts
from targetgraph.publish.changes.steps import ADDED, REMOVED, SignedLine, Step

GENID: Final = iris.well_known("genid")
_BLANK = re.compile(rb"_:([A-Za-z0-9]+)")


@dataclass(frozen=True, slots=True)
class Member:
    """A version of a record.

    Parameters
    ----------
    about : the thing, as an IRI; empty for the record of all statements with blank nodes.
    graph : the named graph, as an IRI; empty for the default graph.
    fate : ``Create``, ``Update`` or ``Delete``.
    triples : what the graph says after the step, as N-Triples lines; none when it says nothing any more.
    """

    about: str
    graph: str
    fate: str
    triples: tuple[bytes, ...]

    @property
    def record(self) -> str:
        """IRI of the record: the same in every step."""
        return iris.change_record(self.graph, self.about)

    def iri(self, step: int) -> str:
        """IRI of this version of the record."""
        digest = hashlib.sha256(f"{self.graph}\n{self.about}".encode()).hexdigest()[:20]
        return iris.changes(str(step)) + "#" + digest


def members_of(signed: Iterable[SignedLine]) -> Iterator[Member]:
    """The members that lines of a step amount to; the lines of a subject must come together."""
    for subject, lines in groupby(signed, key=lambda item: item[1][: item[1].index(b" ")]):
        yield from _by_graph(subject.decode().strip("<>"), lines)


def blank_members(step: Step) -> Iterator[Member]:
    """The members for statements with blank nodes."""
    version = step.record.after
    yield from _by_graph("", ((sign, _skolemised(line, version)) for sign, line in step.blank_lines()), whole=True)


def _by_graph(about: str, signed: Iterable[SignedLine], whole: bool = False) -> Iterator[Member]:
    graphs: dict[bytes, list[tuple[bytes, bytes]]] = {}
    for sign, line in signed:
        subject, predicate, value, graph = parts(line)
        graphs.setdefault(graph, []).append((sign, b"%b %b %b .\n" % (subject, predicate, value)))
    for graph in sorted(graphs):
        signs = {sign for sign, _ in graphs[graph]}
        if whole or signs & {ADDED, REMOVED}:
            fate = "Create" if signs == {ADDED} else "Delete" if signs == {REMOVED} else "Update"
            triples = tuple(triple for sign, triple in graphs[graph] if sign != REMOVED)
            yield Member(about, graph.decode().strip("<>"), fate, triples)


def _skolemised(line: bytes, version: str) -> bytes:
    subject, predicate, value, graph = parts(line)
    named = [
        _BLANK.sub(lambda m: f"<{GENID}/{version}/{m[1].decode()}>".encode(), term) if term.startswith(b"_:") else term
        for term in (subject, value)
    ]
    return b"%b %b %b %b.\n" % (named[0], predicate, named[1], graph + b" " if graph else b"")
