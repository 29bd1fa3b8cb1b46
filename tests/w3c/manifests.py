"""The manifests of the W3C suite, read into cases.

Everything gets the IRI it has at the W3C (`BASE` and its path), wherever the suite lies on disk.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from rdflib import RDF, RDFS, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")


@dataclass(frozen=True, slots=True)
class State:
    """What a store holds: files of the default graph, and named graphs with the files they are read from."""

    default: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of a manifest.

    Parameters
    ----------
    iri : name of the test, without what all tests have in common: ``bind/bind01``.
    kind : its class, ``QueryEvaluationTest`` and so on.
    request : IRI of the file with the query or update; empty where the manifest itself describes requests.
    before, after : the data, and for updates what is left of it.
    result : IRI of the file with the expected answer.
    manifest, node : where its requests are described.
    """

    iri: str
    name: str
    kind: str
    folder: str
    request: str = ""
    before: State = State()
    after: State = State()
    result: str = ""
    manifest: Graph = field(default_factory=Graph, repr=False, compare=False)
    node: Node = field(default_factory=BNode, repr=False, compare=False)


class Suite:
    """A checkout of the suite."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def folders(self) -> list[str]:
        """Folders that have a manifest, sorted."""
        return sorted({path.parent.name for path in self.root.glob("*/manifest*.ttl")})

    def path(self, iri: str) -> Path:
        """Where the file of an IRI lies."""
        return self.root / iri.removeprefix(BASE)

    def text(self, iri: str) -> str:
        """The content of the file of an IRI."""
        return self.path(iri).read_text(encoding="utf-8")

    def cases(self, folder: str) -> list[Case]:
        """The entries of all manifests of a folder, in their order."""
        found = []
        for path in sorted((self.root / folder).glob("manifest*.ttl")):
            graph = Graph()
            graph.parse(path, publicID=f"{BASE}{folder}/{path.name}")
            for entries in graph.objects(None, MF.entries):
                found += [_case(graph, entry, folder) for entry in Collection(graph, entries)]
        return found


def _case(graph: Graph, entry: Node, folder: str) -> Case:
    kind = str(graph.value(entry, RDF.type)).rpartition("#")[2]
    action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
    request = action if isinstance(action, URIRef) else _one(graph, action, QT.query, UT.request)
    return Case(
        iri=f"{folder}/{str(entry).rpartition('#')[2]}",
        name=str(graph.value(entry, MF.name)),
        kind=kind,
        folder=folder,
        request=str(request or ""),
        before=_state(graph, action),
        after=_state(graph, result) if isinstance(result, BNode) else State(),
        result=str(result) if isinstance(result, URIRef) else "",
        manifest=graph,
        node=entry,
    )


def _one(graph: Graph, subject: Node | None, *predicates: URIRef) -> Node | None:
    return next((v for p in predicates if (v := graph.value(subject, p)) is not None), None)


def _state(graph: Graph, node: Node | None) -> State:
    """The data of an action or a result. In query tests a named graph goes by the IRI of its file."""
    if node is None:
        return State()
    named = [(str(g), str(g)) for g in graph.objects(node, QT.graphData)]
    for graph_data in graph.objects(node, UT.graphData):
        named.append((str(graph.value(graph_data, RDFS.label)), str(graph.value(graph_data, UT.graph))))
    default = [str(d) for p in (QT.data, UT.data) for d in graph.objects(node, p)]
    return State(tuple(sorted(default)), tuple(sorted(named)))
