"""A SPARQL service under test: its data, and requests to it over one kept connection."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from targetgraph.store import StoreFolder, load_folder
from tests.w3c.manifests import Suite

NOWHERE = "urn:x-w3c:empty"
"""A graph of the store without a triple, for tests without data."""

_FORMATS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode("utf-8")

    @property
    def media_type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(slots=True)
class Service:
    """A running service.

    Parameters
    ----------
    root : its address, without a slash at the end.
    query, update, graphs : paths of the endpoints for queries, updates and the graph store.
    token : what allows updates; empty where nothing does.
    """

    root: str
    query: str = "/sparql"
    update: str = "/sparql"
    graphs: str = "/rdf-graph-store"
    token: str = ""
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def request(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Reply:
        """Send a request as it is; a connection that the server has closed is opened anew."""
        sent = {"Connection": "keep-alive", **(headers or {})}
        for last in (False, True):
            if self._connection is None:
                self._connection = http.client.HTTPConnection(urlsplit(self.root).netloc, timeout=60)
            try:
                self._connection.request(method, path, body, sent)
                answer = self._connection.getresponse()
                found = {name.lower(): value for name, value in answer.getheaders()}
                return Reply(answer.status, found, answer.read())
            except (http.client.RemoteDisconnected, ConnectionError, http.client.CannotSendRequest):
                self.close()
                if last:
                    raise
        raise AssertionError("not reached")

    def authorised(self) -> dict[str, str]:
        """The header that allows updates."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def ask(
        self, text: str, accept: str, default: Sequence[str] = (), named: Sequence[str] = (), how: str = "direct"
    ) -> Reply:
        """Send a query by ``get``, ``form`` or ``direct`` POST, with the dataset of the protocol."""
        dataset = [("default-graph-uri", g) for g in default] + [("named-graph-uri", g) for g in named]
        headers = {"Accept": accept}
        if how == "get":
            return self.request("GET", f"{self.query}?{urlencode([('query', text), *dataset])}", headers)
        if how == "form":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            return self.request("POST", self.query, headers, urlencode([("query", text), *dataset]).encode())
        headers["Content-Type"] = "application/sparql-query"
        path = f"{self.query}?{urlencode(dataset)}" if dataset else self.query
        return self.request("POST", path, headers, text.encode())

    def change(self, text: str) -> Reply:
        """Send an update."""
        headers = {"Content-Type": "application/sparql-update", **self.authorised()}
        return self.request("POST", self.update, headers, text.encode())

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def store_of(suite: Suite, graphs: Mapping[str, str], folder: Path) -> Path:
    """Build a store with named graphs, each from a file of the suite; blank nodes of two files stay two.

    Parameters
    ----------
    graphs : IRI of a graph and of its file; without a file the graph is there and empty.
    """
    root = folder / "store"
    with StoreFolder(root).build() as building:
        with building.dataset.open("wb") as output:
            ox.serialize(_quads(suite, graphs), output, ox.RdfFormat.N_QUADS)
        load_folder(building.dataset, building.oxigraph)
        store = ox.Store(str(building.oxigraph))
        for name in graphs:  # a file may be empty too
            store.add_graph(ox.NamedNode(name))
        store.flush()
        del store
        building.publish({"package": "tests.w3c", "sources": {}})
    return root


def triples(suite: Suite, file: str) -> Iterator[ox.Triple]:
    """What a data file says; its blank nodes are its own."""
    path = suite.path(file)
    for quad in ox.parse(path=str(path), format=_FORMATS[path.suffix[1:]], base_iri=file, rename_blank_nodes=True):
        yield quad.triple


def _quads(suite: Suite, graphs: Mapping[str, str]) -> Iterator[ox.Quad]:
    for name, file in graphs.items():
        for triple in triples(suite, file) if file else ():
            yield ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(name))
