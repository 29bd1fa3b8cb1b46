"""Good requests, each with what the engine answers when it is asked alone."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from targetgraph.library import Library
from targetgraph.library.terms import Iri
from targetgraph.namespaces import PREFIXES
from targetgraph.store import StoreFolder
from tests.w3c.answers import READERS, Answer, difference
from tests.w3c.service import Reply, Service

_FRAMEWORK = Iri("https://w3id.org/targetgraph/gfc")
_LIBRARY = (
    "deadlines/targets-without-deadline",
    "coverage/objectives-by-concept",
    "indicators/targets-without-adopted-indicator",
    "lineage/dropped-proposals",
)
_TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "text/csv": ox.QueryResultsFormat.CSV,
}
_GRAPHS = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")

Ask = Callable[[Service], str]
"""Sends a request; says what is wrong with the reply, nothing if it is right."""


@dataclass(frozen=True, slots=True)
class Question:
    """A request and its answer."""

    text: str
    answer: Answer
    forms: tuple[str, ...]


class Refused(Exception):
    """The server says that the process at work was ended, and to ask again."""


class Questions:
    """All good requests over a store, by kind."""

    def __init__(self, store: Path) -> None:
        self._engine = ox.Store.read_only(str(StoreFolder(store).current().oxigraph))
        things = sorted({q.subject.value for q in self._engine if isinstance(q.subject, ox.NamedNode)})
        self._things = things[:: max(1, len(things) // 300)]
        self._kinds: dict[str, Sequence[Question]] = {
            "look-up": [self._table(f"SELECT ?p ?o {{ <{thing}> ?p ?o }}") for thing in self._things],
            "library": [self._table(_library(name)) for name in _LIBRARY],
            "table": [self._table("SELECT ?link ?basis { ?link tg:basis ?basis }", "text/csv")],
            "graph": [self._graph(f"CONSTRUCT WHERE {{ <{thing}> ?p ?o }}") for thing in self._things[::5]],
            "ask": [Question("ASK { ?s a tg:Target }", True, ("application/sparql-results+json",))],
        }
        self._graph_name = self._small_graph()
        self._stored = self._graph(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{self._graph_name}> {{ ?s ?p ?o }} }}")
        self.names = (*self._kinds, "graph store", "not modified", "description")

    def _small_graph(self) -> str:
        """The smallest named graph of some size."""
        sizes = {g.value: sum(1 for _ in self._engine.quads_for_pattern(None, None, None, g)) for g in
                 self._engine.named_graphs() if isinstance(g, ox.NamedNode)}  # fmt: skip
        return min((size, name) for name, size in sizes.items() if size > 100)[1]

    def _table(self, text: str, *forms: str) -> Question:
        media_type = "text/csv" if forms == ("text/csv",) else "application/sparql-results+json"
        output = io.BytesIO()
        answer = self._engine.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions)
        answer.serialize(output, _TABLES[media_type])
        usual = ("application/sparql-results+json", "application/sparql-results+xml", "text/tab-separated-values")
        return Question(text, READERS[media_type](output.getvalue().decode()), forms or usual)

    def _graph(self, text: str) -> Question:
        output = io.BytesIO()
        answer = self._engine.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QueryTriples)
        answer.serialize(output, ox.RdfFormat.N_TRIPLES)
        return Question(text, READERS["application/n-triples"](output.getvalue().decode()), _GRAPHS)

    def ask(self, kind: str, service: Service, chance: random.Random) -> str:
        """Send a request of a kind; what is wrong with the reply.

        Raises
        ------
        Refused
            when the server says to ask again because a process of its own was ended.
        """
        if kind == "graph store":
            return self._from_graph_store(service, chance)
        if kind == "not modified":
            return self._not_modified(service, chance)
        if kind == "description":
            reply = _answered(service.request("GET", service.query, {"Accept": "text/turtle"}))
            return "" if reply.media_type == "text/turtle" and b"Service" in reply.body else "no description"
        question = chance.choice(self._kinds[kind])
        accept, how = chance.choice(question.forms), chance.choice(("get", "form", "direct"))
        # Half of the texts are new to the server, so that it cannot answer from what it keeps.
        text = f"{question.text}\n# {chance.random()}" if chance.random() < 0.5 else question.text
        return _wrong(_answered(service.ask(text, accept, how=how)), accept, question.answer)

    def _from_graph_store(self, service: Service, chance: random.Random) -> str:
        accept = chance.choice(_GRAPHS[:2])
        path = f"{service.graphs}?graph={quote(self._graph_name, safe='')}"
        return _wrong(_answered(service.request("GET", path, {"Accept": accept})), accept, self._stored.answer)

    def _not_modified(self, service: Service, chance: random.Random) -> str:
        question = chance.choice(self._kinds["look-up"])
        path = f"{service.query}?query={quote(question.text, safe='')}"
        headers = {"Accept": "application/sparql-results+json"}
        first = _answered(service.request("GET", path, headers))
        tag = first.headers.get("etag", "")
        if first.status != 200 or not tag:
            return f"status {first.status} with the tag {tag!r}: {first.text[:200]}"
        reply = service.request("GET", path, {**headers, "If-None-Match": tag})
        return "" if reply.status == 304 and not reply.body else f"304 expected, {reply.status} got"


def _library(name: str) -> str:
    question = Library().find(name)
    wanted = {p.name for p in question.parameters}
    return question.text({"framework": _FRAMEWORK} if "framework" in wanted else {})


def _answered(reply: Reply) -> Reply:
    if reply.status == 503 and "was ended" in reply.text:
        raise Refused(reply.text)
    return reply


def _wrong(reply: Reply, media_type: str, expected: Answer) -> str:
    if reply.status != 200:
        return f"status {reply.status}: {reply.text[:200]}"
    if reply.media_type != media_type:
        return f"{media_type} expected, {reply.media_type} got"
    return difference(expected, READERS[media_type](reply.text))
