"""The protocol suites: requests written in RDF, sent as they are written, one after the other.

Only what a deployment chooses is changed: the path of the endpoint, and the header that allows updates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rdflib import RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from tests.w3c.answers import READERS, difference, read_graph
from tests.w3c.manifests import MF, UT, Case
from tests.w3c.outcomes import Outcome, Verdict, judged, outcome
from tests.w3c.service import Reply, Service

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
_STATUS = {"OK": (200, 200), "Created": (201, 201), "NoContent": (204, 204), "NotFound": (404, 404)} | {
    f"StatusCode{n}xx": (100 * n, 100 * n + 99) for n in range(1, 6)
}
_FORMATS = {
    "boolean": ("application/sparql-results+xml", "application/sparql-results+json"),
    "tabular": (
        "application/sparql-results+xml", "application/sparql-results+json", "text/csv", "text/tab-separated-values",
    ),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"),
}  # fmt: skip
DIRECT = "requires the service to own http://www.example/, whose graphs it would name by their own addresses"


def graphs_named(cases: Sequence[Case]) -> dict[str, str]:
    """The graphs that the queries of these cases find in the service, and their files."""
    found = {"http://kasei.us/2009/09/sparql/data/data0.rdf": ""}  # asked, but never described
    for case in cases:
        for data in case.manifest.objects(case.node, UT.graphData):
            found[str(case.manifest.value(data, RDFS.label))] = str(case.manifest.value(data, UT.graph))
    return found


def changes(case: Case) -> bool:
    """Whether a case of the protocol suite is about updates."""
    return case.iri.rpartition("/")[2].startswith(("update_", "bad_update", "bad_multiple_updates"))


def run_scripts(service: Service, cases: Sequence[Case]) -> Iterator[Outcome]:
    """Send the requests of each case until a reply is not as expected; where updates are allowed, each begins with an
    empty store."""
    for case in cases:
        if service.token:
            service.change("DROP ALL")
        required = {str(r).rpartition("#")[2] for r in case.manifest.objects(case.node, MF.requires)}
        if "DirectGraphIdentification" in required:
            yield outcome(case, Verdict.OUTSIDE, DIRECT)
        else:
            yield judged(case, _Script(service, case).wrong())


class _Script:
    def __init__(self, service: Service, case: Case) -> None:
        self._service, self._graph, self._case = service, case.manifest, case
        self._locations: dict[str, str] = {}

    def wrong(self) -> str:
        action = self._graph.value(self._case.node, MF.action)
        requests = self._graph.value(action, HT.requests)
        assert requests is not None
        for number, request in enumerate(Collection(self._graph, requests), 1):
            reply = self._send(request)
            expected = self._graph.value(request, HT.resp)
            assert expected is not None
            if wrong := self._compare(expected, reply):
                return f"request {number}: {wrong}"
        return ""

    def _send(self, request: Node) -> Reply:
        method = str(self._graph.value(request, HT.methodName))
        headers = self._headers(request)
        body = self._body(request)
        if method not in ("GET", "HEAD"):
            headers.update(self._service.authorised())
        return self._service.request(method, self._path(request, headers, body), headers, body)

    def _path(self, request: Node, headers: dict[str, str], body: bytes | None) -> str:
        path = self._filled(str(self._graph.value(request, HT.absolutePath)))
        rest = path[path.index("?") :] if "?" in path else ""
        if path.startswith("/gsp"):
            return self._service.graphs + rest
        updates = "sparql-update" in headers.get("content-type", "") or b"update=" in (body or b"") or "update=" in rest
        return (self._service.update if updates else self._service.query) + rest

    def _headers(self, node: Node) -> dict[str, str]:
        listed = self._graph.value(node, HT.headers)
        if listed is None:
            return {}
        return {
            str(self._graph.value(h, HT.fieldName)).lower(): str(self._graph.value(h, HT.fieldValue))
            for h in Collection(self._graph, listed)
        }

    def _body(self, node: Node) -> bytes | None:
        content = self._graph.value(node, HT.body)
        if content is None:
            return None
        characters = self._filled(str(self._graph.value(content, CNT.chars)))
        return characters.encode(str(self._graph.value(content, CNT.characterEncoding)))

    def _filled(self, text: str) -> str:
        for template, location in self._locations.items():
            text = text.replace(template, location)
        return text

    def _compare(self, expected: Node, reply: Reply) -> str:
        graph = self._graph
        allowed = [str(s).rpartition("#")[2] for s in graph.objects(expected, MF.expectedStatus)]
        if not any(_STATUS[name][0] <= reply.status <= _STATUS[name][1] for name in allowed):
            return f"{' or '.join(sorted(allowed))} expected, {reply.status} got: {reply.text[:200]}"
        if (template := graph.value(expected, MF.expectedLocation)) is not None:
            if "location" not in reply.headers:
                return "no Location"
            self._locations[str(template)] = reply.headers["location"]
        form = graph.value(expected, MF.expectedFormat)
        if form is not None and reply.media_type not in _FORMATS[str(form)]:
            return f"{form} expected, {reply.media_type} got"
        truth = graph.value(expected, MF.expectedBoolean)
        if truth is not None:
            return difference(str(truth) == "true", READERS[reply.media_type](reply.text))
        return self._compare_body(expected, reply)

    def _compare_body(self, expected: Node, reply: Reply) -> str:
        headers, body = self._headers(expected), self._body(expected)
        media_type = headers.get("content-type", "").partition(";")[0]
        if media_type and reply.media_type != media_type:
            return f"{media_type} expected, {reply.media_type} got"
        if body is None:
            return ""
        wanted = read_graph("turtle")(body.decode())
        assert isinstance(wanted, Graph)
        return difference(wanted, READERS[reply.media_type](reply.text))
