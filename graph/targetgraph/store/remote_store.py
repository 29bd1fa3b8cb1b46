"""A store that is any SPARQL 1.1 service, asked over HTTP (see `targetgraph.store.protocol.Store`).

The service may hold other people's graphs: every query is told, by the protocol, which graphs are ours, so that its
default graph is the same whatever the service's own is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final, Self, TypeVar
from urllib.parse import urlencode

from targetgraph.errors import StoreError, TargetGraphError
from targetgraph.library.terms import Iri, Term, written
from targetgraph.namespaces import PREFIXES
from targetgraph.store.by_form import AnswersByForm
from targetgraph.store.limits import DEFAULT_LIMITS, Limits
from targetgraph.store.remote_address import RemoteAddress
from targetgraph.store.remote_credentials import Credentials
from targetgraph.store.remote_http import Body, Channel, Request
from targetgraph.store.remote_publication import (
    HISTORY,
    PUBLICATION,
    Publication,
    changed_meanwhile,
    damaged,
    interrupted,
    read_publication,
)
from targetgraph.store.remote_questions import question
from targetgraph.store.remote_refusals import refusal
from targetgraph.store.remote_results import JsonAnswer, triples
from targetgraph.store.results import Result, Row, Solutions, Statements, Truth
from targetgraph.store.tsv import Columns

Value = TypeVar("Value")

_TABLE: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples, text/turtle;q=0.5"
_CHUNK_ROWS: Final = 10_000
_IN_MEMORY: Final = 16 * 1024 * 1024
# Graphs are named within these queries, as some services refuse to be told of a dataset with a graph they do not have.
_EVERYTHING: Final = "SELECT ?subject ?property ?value WHERE {{ GRAPH {graph} {{ ?subject ?property ?value }} }}"
_NUMBER: Final = "SELECT (COUNT(*) AS ?number) WHERE {{ GRAPH {graph} {{ ?subject ?property ?value }} }}"
_ENTRIES: Final = f"SELECT ?entry WHERE {{{{ GRAPH {{graph}} {{{{ ?gap <{PREFIXES['rdf']}value> ?entry }}}} }}}}"
# Grouped and not DISTINCT: over that Virtuoso takes minutes.
_GRAPHS: Final = (
    "SELECT ?graph (COUNT(*) AS ?number) WHERE { GRAPH ?graph { ?subject ?property ?value } } GROUP BY ?graph"
)


class RemoteStore(AnswersByForm):
    """What was published to a service, for reading. Make one with `open`."""

    def __init__(self, address: RemoteAddress, channel: Channel) -> None:
        self.address = address
        self.channel = channel
        self._publication: Publication | None = None

    @classmethod
    def open(cls, address: RemoteAddress) -> Self:
        """Open what was last published to a service.

        Raises
        ------
        StoreError
            when the service cannot be reached or refuses us, or holds nothing of ours that is whole.
        """
        store = cls(address, Channel(Credentials.from_environment()))
        try:
            found = store.look()
            if found is None:
                raise interrupted(str(address))
            store._publication = found
        except BaseException:
            store.close()
            raise
        return store

    def look(self) -> Publication | None:
        """What the service now says it holds; ``None`` when that is not whole (errors: see `open`)."""
        return read_publication(self._cells(_EVERYTHING, PUBLICATION), str(self.address))

    @property
    def publication(self) -> Publication:
        """What was published when this store was opened."""
        if self._publication is None:
            raise interrupted(str(self.address))
        return self._publication

    def confirm(self) -> None:
        """See that what was read was of one publication.

        Raises
        ------
        StoreError
            when it was not.
        """
        now = self.look()
        if now is None:
            raise interrupted(str(self.address))
        if now.identity != self.publication.identity:
            raise changed_meanwhile(str(self.address))

    def confirm_counts(self) -> None:
        """See that every graph holds as many statements as were published.

        Raises
        ------
        StoreError
            when one does not.
        """
        for iri, part in {**self.publication.graphs, **self.publication.annexes}.items():
            if (found := self.count(iri)) != part.statements:
                raise damaged(str(self.address), f"{found:,} statements in <{iri}> instead of {part.statements:,}")

    def count(self, graph: str) -> int:
        """How many statements a graph has, whether or not it belongs to the publication."""
        row = next(self._cells(_NUMBER, graph), ("0",))
        return int(row[0] or 0)

    def all_graphs(self) -> set[str]:
        """IRIs of all graphs of the service, other people's too."""
        rows = self._fetched_rows(self._post(_GRAPHS, _TABLE, []))
        return {str(row[0]) for row in rows}

    def history(self) -> list[str]:
        """The history of gaps, one entry in JSON each, sorted."""
        return sorted(row[0] or "" for row in self._cells(_ENTRIES, HISTORY))

    def statements(self, graph: str) -> Iterator[Row]:
        """Subject, property and value of each statement of a graph, without limits: fetched whole, then read.

        Raises
        ------
        StoreError
            when it cannot be had whole.
        """
        return self._fetched_rows(self._post(_EVERYTHING.format(graph=written(Iri(graph))), _TABLE, []))

    def graph_names(self) -> tuple[str, ...]:
        """IRIs of the named graphs, sorted."""
        return tuple(sorted(self.publication.graphs))

    def query(self, text: str, limits: Limits | None = DEFAULT_LIMITS) -> Result:
        """Answer a query of any form.

        Parameters
        ----------
        text : SPARQL 1.1; our own prefixes need no declaration.
        limits : ``rows`` and ``bytes`` end the transfer, ``time_seconds`` the request; what the service's memory may
            hold is for the service to say.

        Raises
        ------
        QueryError
            when it cannot be read or is refused.
        LimitExceeded
            when it was stopped.
        StoreError
            when the store cannot answer.
        """
        most = None if limits is None else limits.rows

        def table(body: Body) -> Result:
            answer = JsonAnswer(body, str(self.address))
            rows = tuple(islice(answer.rows(), None if most is None else most + 1))
            if answer.truth is not None:
                return Truth(answer.truth)
            if form == "ASK":  # Virtuoso answers with a table: 1 for yes, empty or 0 for no
                return Truth(any(str(cell) not in ("0", "false") for row in rows for cell in row))
            self._refuse_cut(body, len(rows), most)
            return Solutions(answer.variables, rows[:most], most is not None and len(rows) > most)

        def graph(body: Body) -> Result:
            found = tuple(
                islice(triples(body, body.headers.get("content-type", ""), str(self.address)),
                       None if most is None else most + 1)
            )  # fmt: skip
            self._refuse_cut(body, len(found), most)
            return Statements(found[:most], most is not None and len(found) > most)

        form, request = self._request(text, limits)
        return self._answered(request, table if form in ("SELECT", "ASK") else graph, limits)

    def values(self, text: str) -> Iterator[tuple[str | None, ...]]:
        """Rows of a trusted SELECT as plain strings, without limits: fetched whole, then read."""
        for row in self._fetched_rows(self._request(text, None)[1]):
            yield tuple(None if t is None else str(t) for t in row)

    def drain(self, text: str, consume: Callable[[Columns], None]) -> None:
        """Hand on the cells of a trusted SELECT by column, some thousands of rows at a time, without limits."""
        rows = self._fetched_rows(self._request(text, None)[1])
        while chunk := list(islice(rows, _CHUNK_ROWS)):
            consume([[_cell(t) for t in column] for column in zip(*chunk, strict=True)])

    def _cells(self, text: str, graph: str) -> Iterator[tuple[str | None, ...]]:
        """Rows of a query about one graph."""
        request = self._post(text.format(graph=written(Iri(graph))), _TABLE, [])
        return (tuple(None if t is None else str(t) for t in row) for row in self._fetched_rows(request))

    def _fetched_rows(self, request: Request) -> Iterator[Row]:
        """Rows of an answer that was first fetched whole: a dropped connection can then be tried again unnoticed."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:

            def fetch(body: Body) -> int | None:
                file.seek(0)
                file.truncate()
                while block := body.read():
                    file.write(block)
                return _cut_after(body)

            cut = self._answered(request, fetch, None)
            file.seek(0)
            number = 0
            for row in JsonAnswer(file, str(self.address)).rows():
                number += 1
                yield row
            self._refuse_number(cut, number)

    def _request(self, text: str, limits: Limits | None) -> tuple[str, Request]:
        """The form of a query, and the request that asks it."""
        asked = question(text, self.publication, virtuoso="virtuoso" in self.channel.server.lower(), limits=limits)
        accept = _TABLE if asked.form in ("SELECT", "ASK") else _TRIPLES
        return asked.form, self._post(asked.text, accept, asked.dataset)

    def _post(self, text: str, accept: str, dataset: Sequence[tuple[str, str]]) -> Request:
        body = urlencode([("query", text), *dataset]).encode()
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        return Request("POST", self.address.url, headers, body)

    def _answered(self, request: Request, read: Callable[[Body], Value], limits: Limits | None) -> Value:
        def use(body: Body) -> Value:
            if body.status != 200:
                raise refusal(body, request, asking=True)
            wanted = request.headers["Accept"]
            kind = body.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind.endswith("html") or (wanted == _TABLE and "json" not in kind):
                raise StoreError(
                    f"the service answers with {kind or 'something unnamed'} and not with results of SPARQL",
                    request.url,
                    "see that the address is that of a SPARQL 1.1 endpoint, not of a page about one",
                )
            if state := body.headers.get("x-sql-state", ""):
                raise _partial(state, limits)
            try:
                return read(body)
            except TargetGraphError:
                raise
            except Exception:
                if body.failure is not None:
                    raise body.failure from None
                raise

        return self.channel.do(request, use, limits)

    def _refuse_cut(self, body: Body, rows: int, most: int | None) -> None:
        if most is None or rows <= most:
            self._refuse_number(_cut_after(body), rows)

    def _refuse_number(self, cut: int | None, rows: int) -> None:
        if cut is not None and rows >= cut:
            raise StoreError(
                f"the service cuts answers after {cut:,} rows",
                str(self.address),
                "raise its limit (ResultSetMaxRows in virtuoso.ini), or ask for fewer rows (LIMIT)",
            )

    def close(self) -> None:
        """End the connections."""
        self.channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _cut_after(body: Body) -> int | None:
    """After how many rows Virtuoso says it cut the answer."""
    said = body.headers.get("x-sparql-maxrows", "")
    return int(said) if said.isdigit() else None


def _partial(state: str, limits: Limits | None) -> TargetGraphError:
    from targetgraph.store.limits import time_exceeded

    if limits is not None and limits.time_seconds is not None:
        return time_exceeded(limits)
    return StoreError(f"the service gave up half-way and sent what it had ({state})", "", "allow it more time")


def _cell(term: Term | None) -> bytes:
    return b"" if term is None else written(term).encode()
