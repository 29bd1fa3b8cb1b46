"""The frameworks of a graph, as a mapping by code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from targetgraph.api.framework import Framework
from targetgraph.api.table import Table

if TYPE_CHECKING:
    from targetgraph.api.graph import Graph


class Frameworks(Mapping[str, Framework]):
    """Frameworks by code: ``graph.frameworks["gfc"]``; iterating gives the codes, as with any mapping."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def __getitem__(self, code: str) -> Framework:
        """A framework (errors: see :meth:`Graph.framework`)."""
        return self._graph.framework(code)

    def __iter__(self) -> Iterator[str]:
        return (entry.code for entry in self._graph._opened.coded.frameworks)

    def __len__(self) -> int:
        return len(self._graph._opened.coded.frameworks)

    def __contains__(self, code: object) -> bool:
        return any(code == known for known in self)

    def __repr__(self) -> str:
        return f"<Frameworks: {', '.join(self)}>"

    def _table(self, notes: Iterable[str] = ()) -> Table:
        coded = self._graph._opened.coded
        rows = []
        for number, entry in enumerate(coded.frameworks):
            targets = coded.targets_of(number)
            unverified = int((coded.targets.verification[targets] != 0).sum())
            rows.append([entry.code, entry.label, len(targets), unverified, entry.note])
        columns = ("code", "framework", "targets", "not verified", "note")
        return Table(f"{len(rows)} frameworks", columns, rows, tuple(notes))

    def __str__(self) -> str:
        return str(self._table())

    def _repr_html_(self) -> str:
        return self._table()._repr_html_()
