"""The embedded store: Oxigraph, from a folder (read-only) or in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Self, cast

import pyoxigraph as ox

from targetgraph.errors import QueryError, StoreError
from targetgraph.namespaces import PREFIXES
from targetgraph.store.by_form import AnswersByForm
from targetgraph.store.evaluation import Frame, chosen, frames, result
from targetgraph.store.inferences import Dataset, KeptInferences
from targetgraph.store.limits import DEFAULT_LIMITS, Limits, admitted
from targetgraph.store.results import Result
from targetgraph.store.tsv import CellSink, Columns
from targetgraph.store.worker import CAN_FORK, answered_by_fork, answered_by_spawn

_TABLES = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
}


class EmbeddedStore(AnswersByForm):
    """An Oxigraph store that answers queries within limits (see `targetgraph.store.protocol.Store`).

    Make one with `open` or `in_memory`. ``fork=False`` asks every query of a fresh interpreter instead of a
    forked child; that is the default where the system cannot fork. What reasoners inferred is seen by queries that name its
    graph (`targetgraph.store.inferences`), if ``kept`` says where it is.
    """

    def __init__(
        self,
        store: ox.Store,
        folder: Path | None = None,
        fork: bool = CAN_FORK,
        kept: KeptInferences | None = None,
    ) -> None:
        self._store = store
        self.folder = folder
        self._fork = fork
        self._kept = kept

    @classmethod
    def open(cls, folder: Path, fork: bool = CAN_FORK) -> Self:
        """Open a store folder (the ``oxigraph`` folder of a version) for reading.

        Raises
        ------
        StoreError
            when it is absent or damaged.
        """
        remedy = "run `targetgraph build` to make it anew"
        if not (folder / "CURRENT").is_file():
            raise StoreError("there is no store here", str(folder), remedy)
        try:
            return cls(ox.Store.read_only(str(folder)), folder, fork, KeptInferences.beside(folder))
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"the store is damaged: {error}", str(folder), remedy) from error

    @classmethod
    def in_memory(cls, nquads: bytes | str = b"", fork: bool = CAN_FORK) -> Self:
        """A store in memory, with the quads of an N-Quads document (N-Triples go to the default graph).

        Raises
        ------
        StoreError
            when the document is not N-Quads.
        """
        store = ox.Store()
        try:
            store.load(nquads, format=ox.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise StoreError(f"the statements are not N-Quads: {error}", remedy="correct the line") from error
        return cls(store, None, fork)

    def __len__(self) -> int:
        """How many quads there are; counts them all."""
        return len(self._store)

    def graph_names(self) -> tuple[str, ...]:
        """IRIs of the named graphs, sorted; without those of `inferred_graphs`."""
        return tuple(sorted(g.value for g in self._store.named_graphs()))

    def inferred_graphs(self) -> tuple[str, ...]:
        """IRIs of the graphs with what reasoners inferred, sorted: only queries that name one see it."""
        return () if self._kept is None else self._kept.names

    def query(self, text: str, limits: Limits | None = DEFAULT_LIMITS) -> Result:
        """Answer a query of any form.

        Parameters
        ----------
        text : SPARQL 1.1; our own prefixes need no declaration.
        limits : ``None`` only for our own, trusted queries: then it runs in this process and cannot be
            stopped.

        Raises
        ------
        QueryError
            when it cannot be read or is refused.
        LimitExceeded
            when it was stopped.
        StoreError
            when the store cannot answer.
        """
        return result(self._frames(text, limits), text)

    def _view(self, text: str) -> tuple[ox.Store, Path | None, bool, Dataset | None]:
        """What a query is put to, once it is admitted: a store, its folder, whether it has FROM, and else its dataset."""
        own_dataset = admitted(text, self._has_graph, lambda: self.graph_names() + self.inferred_graphs())
        named = () if self._kept is None else self._kept.named_in(text)
        if self._kept is None or not named:
            return self._store, self.folder, own_dataset, None
        dataset = None if own_dataset else self._kept.dataset(named)
        return self._kept.store, self._kept.oxigraph, own_dataset, dataset

    def _frames(self, text: str, limits: Limits | None) -> Iterator[Frame]:
        store, folder, own_dataset, dataset = self._view(text)
        if limits is None:
            yield from frames(store, text, None, own_dataset, dataset)
        elif self._fork:
            yield from answered_by_fork(store, text, limits, own_dataset, dataset)
        elif folder is not None:
            yield from answered_by_spawn(folder, text, limits, own_dataset, dataset)
        else:
            with tempfile.TemporaryDirectory(prefix="targetgraph-") as scratch:
                dump = Path(scratch) / "dataset.nq"
                self._store.dump(str(dump), ox.RdfFormat.N_QUADS)
                yield from answered_by_spawn(dump, text, limits, own_dataset)

    def values(self, text: str) -> Iterator[tuple[str | None, ...]]:
        """Rows of a trusted SELECT as plain strings, streamed from the engine in this process, without
        limits.

        For extraction of large tables; IRIs come without brackets, literals without datatype or language.
        """
        for frame in self._frames(text, None):
            if frame[0] == "rows":
                for row in frame[1]:
                    yield tuple(t[0] if isinstance(t, list) else t for t in row)
            elif frame[0] == "error":
                result([frame], text)

    def export(self, text: str, output: IO[bytes], form: str = "tsv") -> None:
        """Write the answer of a trusted SELECT as ``csv``, ``tsv`` or ``json``, of a CONSTRUCT as ``ntriples``,
        streamed by the engine, no limits.

        The fastest way to get large tables out: no term passes through Python.

        Raises
        ------
        QueryError
            when it cannot be read, is refused, or is of another form.
        """
        store, _, own_dataset, dataset = self._view(text)
        try:
            answer = store.query(text, prefixes=PREFIXES, **chosen(own_dataset, dataset))
        except SyntaxError as error:
            result([["error", "syntax", str(error)]], text)
            raise  # not reached: the line above raises what a user can read
        if isinstance(answer, ox.QueryTriples) and form == "ntriples":
            answer.serialize(output, ox.RdfFormat.N_TRIPLES)
            return
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("a SELECT is needed here", remedy="begin the query with SELECT")
        answer.serialize(output, _TABLES[form])

    def drain(self, text: str, consume: Callable[[Columns], None]) -> None:
        """Hand on the cells of a trusted SELECT by column, some thousands of rows at a time, without limits."""
        sink = CellSink(consume)
        self.export(text, cast("IO[bytes]", sink), "tsv")
        sink.finish()

    def dump(self, path: Path) -> None:
        """Write all statements to a file as N-Quads, in no particular order."""
        self._store.dump(str(path), ox.RdfFormat.N_QUADS)

    def objects(self, subject: str, predicate: str) -> Iterator[str]:
        """IRIs and labels of blank nodes (with ``_:``) to which statements lead from an IRI, in whatever graph."""
        for quad in self._store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None):
            if not isinstance(quad.object, ox.Literal):
                yield _plain(quad.object)

    def subjects(self, predicate: str | None, value: str) -> Iterator[str]:
        """IRIs and labels of blank nodes (with ``_:``) from which statements lead to an IRI; by any predicate for ``None``."""
        by = None if predicate is None else ox.NamedNode(predicate)
        for quad in self._store.quads_for_pattern(None, by, ox.NamedNode(value)):
            yield _plain(quad.subject)

    def part(self, subjects: Iterable[str], without: str = "") -> EmbeddedStore:
        """A store in memory with the statements about some IRIs.

        Parameters
        ----------
        subjects : IRIs.
        without : a named graph to leave out.
        """
        store = ox.Store()
        left_out = ox.NamedNode(without) if without else None
        for iri in subjects:
            quads = self._store.quads_for_pattern(ox.NamedNode(iri), None, None)
            store.extend(quad for quad in quads if quad.graph_name != left_out)
        return EmbeddedStore(store, fork=self._fork)

    def _has_graph(self, iri: str) -> bool:
        if iri in self.inferred_graphs():
            return True
        try:
            return self._store.contains_named_graph(ox.NamedNode(iri))
        except ValueError:
            return False

    def close(self) -> None:
        """Let go of the files."""
        self._store, self._kept = ox.Store(), None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _plain(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
