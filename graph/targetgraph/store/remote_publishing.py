"""A built graph published to a SPARQL service: in pieces, beside what readers use, and put in its place at the end.

Graphs are first sent to graphs of their own for staging, by the SPARQL 1.1 Graph Store Protocol, in pieces that may be sent
twice without harm. A build that was cut off goes on where it was: a staging graph is named by its content, and its number of
statements tells how many pieces arrived. When all are whole, one SPARQL Update copies them into place and writes the
publication graph; on a service that does that in steps, readers find it marked as under way until the last.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Final, Self
from urllib.parse import urlencode, urlsplit

from targetgraph import __version__
from targetgraph.library.terms import Iri, written
from targetgraph.store.remote_address import RemoteAddress, WriteAddresses
from targetgraph.store.remote_credentials import Credentials
from targetgraph.store.remote_http import Body, Channel, Request
from targetgraph.store.remote_parts import GraphFile, merged
from targetgraph.store.remote_publication import (
    HISTORY,
    MERGED,
    PUBLICATION,
    STAGING,
    Part,
    Publication,
    changed_meanwhile,
    damaged,
)
from targetgraph.store.remote_refusals import refusal
from targetgraph.store.remote_store import RemoteStore

PIECE: Final = 5_000
"""Statements a piece: about a megabyte."""

MERGED_SETTING: Final = "TARGETGRAPH_STORE_MERGED"
"""``no`` leaves out the graph that holds all statements of ours once more.

It is there because engines are up to hundreds of times slower over a default graph made of ten graphs than over one
(Virtuoso 7.2: 20 s and more for what took 0.03 s; Oxigraph's server: 35 s instead of 0.1 s).
"""

_ATTEMPTS: Final = 8
_PROBE: Final = STAGING + "probe"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What was published.

    Parameters
    ----------
    publication : what the service now holds.
    sent : statements that had to be sent.
    kept : graphs that were there already.
    """

    publication: Publication
    sent: int
    kept: int


class Publisher:
    """Writes to a service. Make one with `open`, which looks whether it may."""

    def __init__(self, store: RemoteStore, piece: int, with_user: bool) -> None:
        self._store, self._piece, self._with_user = store, piece, with_user
        self._found: Publication | None = None
        self._anything = False

    @classmethod
    def open(cls, address: RemoteAddress, piece: int = PIECE) -> Self:
        """Connect, see what is there, and see that writing is allowed.

        Raises
        ------
        StoreError
            when the service cannot be reached, refuses us, or was published to by a newer version of the package.
        """
        credentials = Credentials.from_environment()
        store = RemoteStore(address, Channel(credentials, _ATTEMPTS))
        publisher = cls(store, piece, bool(credentials.user))
        try:
            publisher._found, publisher._anything = publisher._looked()
            publisher._put(_PROBE, b"")
            publisher._update([f"DROP SILENT GRAPH {_named(_PROBE)}"])
        except BaseException:
            store.close()
            raise
        return publisher

    def _looked(self) -> tuple[Publication | None, bool]:
        """What is published, and whether anything ever was."""
        if self._store.count(PUBLICATION) == 0:
            return None, False
        return self._store.look(), True

    @cached_property
    def _addresses(self) -> WriteAddresses:
        """Known once the service has said what it is."""
        return self._store.address.writing(self._store.channel.server, self._with_user)

    @property
    def history(self) -> list[str]:
        """The history of gaps that the last publication carries; empty where there is none."""
        return self._store.history() if self._anything else []

    def publish(
        self, files: Sequence[GraphFile], history: GraphFile, version: str, folder: Path, say: Progress
    ) -> Published:
        """Make these graphs what readers find.

        Parameters
        ----------
        files : the graphs of the dataset.
        history : the history of gaps.
        version : data version.
        folder : for what has to be written on the way.
        say : told what is being done.

        Raises
        ------
        StoreError
            when the service fails for longer than it is worth trying, or does not hold what it was sent.
        """
        everything = [*files, history] if history.part.statements else list(files)
        if os.environ.get(MERGED_SETTING, "") != "no":
            everything.append(merged(MERGED, files, folder / "merged"))
        wanted = self._record(everything, version)
        there = self._still_there()
        sending = [f for f in everything if there.get(f.iri) != f.part]
        if not sending and self._found is not None and self._found.identity == wanted.identity:
            self._sweep(())
            return Published(self._found, 0, len(files))
        if self._found is None:
            self._update(self._written(wanted, whole=False))
        for number, file in enumerate(sending, 1):
            say(f"sending graph {number} of {len(sending)} ({file.part.statements:,} statements)")
            self._stage(file)
        if self._looked()[0] != self._found:
            raise changed_meanwhile(str(self._store.address))
        say("putting the graphs in their place")
        self._swap(sending, wanted)
        self._see(wanted)
        self._sweep(sending)
        kept = sum(1 for f in files if f not in sending)
        return Published(wanted, sum(f.part.statements for f in sending), kept)

    def _record(self, files: Sequence[GraphFile], version: str) -> Publication:
        beside = (HISTORY, MERGED)
        return Publication(
            version,
            f"targetgraph {__version__}",
            datetime.now(UTC).isoformat(timespec="seconds"),
            {f.iri: f.part for f in files if f.iri not in beside},
            {f.iri: f.part for f in files if f.iri in beside},
        )

    def _in_steps(self) -> bool:
        """Whether an update of several operations is no transaction at this service anyway."""
        return "virtuoso" in self._store.channel.server.lower()

    def _still_there(self) -> dict[str, Part]:
        """Graphs of the last whole publication that hold as many statements as it says."""
        if self._found is None:
            return {}
        said = {**self._found.graphs, **self._found.annexes}
        return {iri: part for iri, part in said.items() if self._store.count(iri) == part.statements}

    def _staging(self, file: GraphFile) -> str:
        """Named by content and by how it is cut: what is found there can be gone on with."""
        return f"{STAGING}{file.part.digest[:24]}-{self._piece}"

    def _stage(self, file: GraphFile) -> None:
        """Send a graph to its place for staging, or what is missing of it there."""
        graph = self._staging(file)
        skip = file.whole_pieces(self._piece, self._store.count(graph))
        for number, piece in enumerate(file.pieces(self._piece, skip), skip):
            if number == 0:
                self._put(graph, piece)
            else:
                self._post(graph, piece)
        found = self._store.count(graph)
        if found != file.part.statements:
            self._update([f"DROP SILENT GRAPH {_named(graph)}"])
            raise damaged(
                str(self._store.address),
                f"of {file.part.statements:,} statements sent for <{file.iri}> it keeps {found:,}",
            )

    def _swap(self, sending: Sequence[GraphFile], wanted: Publication) -> None:
        old = {**self._found.graphs, **self._found.annexes} if self._found else {}
        gone = sorted(set(old) - set(wanted.graphs) - set(wanted.annexes))
        steps = [
            *self._written(wanted, whole=False),
            *(f"COPY {_named(self._staging(f))} TO {_named(f.iri)}" for f in sending),
            *(f"DROP SILENT GRAPH {_named(iri)}" for iri in gone),
        ]
        last = self._written(wanted, whole=True)
        if self._in_steps():
            # A request a step does not run into its time limit.
            self._update(steps[:2])
            for step in steps[2:]:
                self._update([step])
            self._update(last)
        else:
            self._update([*steps, *last])

    def _see(self, wanted: Publication) -> None:
        """Compare what is in place with what was sent; mark it as not whole if that differs."""
        for iri, part in {**wanted.graphs, **wanted.annexes}.items():
            if (found := self._store.count(iri)) != part.statements:
                self._update(self._written(wanted, whole=False))
                raise damaged(str(self._store.address), f"{found:,} statements in <{iri}> of {part.statements:,}")

    def _written(self, wanted: Publication, whole: bool) -> list[str]:
        lines = " ".join(wanted.lines(whole))
        graph = _named(PUBLICATION)
        return [f"DROP SILENT GRAPH {graph}", f"INSERT DATA {{ GRAPH {graph} {{ {lines} }} }}"]

    def _sweep(self, sending: Sequence[GraphFile]) -> None:
        """Remove the staging graphs, those of builds that never came back too."""
        names = {self._staging(f) for f in sending}
        names |= {g for g in self._store.all_graphs() if g.startswith(STAGING)}
        if names:
            self._update([f"DROP SILENT GRAPH {_named(g)}" for g in sorted(names)])

    def _put(self, graph: str, piece: bytes) -> None:
        self._send("PUT", graph, piece)

    def _post(self, graph: str, piece: bytes) -> None:
        # Adding statements that are there changes nothing, as there is no blank node among them.
        self._send("POST", graph, piece)

    def _send(self, method: str, graph: str, piece: bytes) -> None:
        address = self._addresses.graph_store
        url = f"{address}{'&' if urlsplit(address).query else '?'}{urlencode({'graph': graph})}"
        self._done(Request(method, url, {"Content-Type": "application/n-triples"}, piece))

    def _update(self, steps: Sequence[str]) -> None:
        # Each step of ours leaves the same behind when it is taken twice.
        body = " ;\n".join(steps).encode()
        self._done(Request("POST", self._addresses.update, {"Content-Type": "application/sparql-update"}, body))

    def _done(self, request: Request) -> None:
        def use(body: Body) -> None:
            if not 200 <= body.status < 300:
                raise refusal(body, request, asking=False)
            while body.read():
                pass

        self._store.channel.do(request, use)

    def close(self) -> None:
        """End the connections."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _named(iri: str) -> str:
    return written(Iri(iri))
