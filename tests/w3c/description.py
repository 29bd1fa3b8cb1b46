"""The three tests of the service description."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rdflib import RDF, Graph, Namespace, URIRef

from tests.w3c.manifests import Case
from tests.w3c.outcomes import Outcome, judged
from tests.w3c.service import Reply, Service

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_TYPES = {  # ranges that the vocabulary states for what a service has
    SD.defaultEntailmentRegime: SD.EntailmentRegime,
    SD.defaultDataset: SD.Dataset,
    SD.availableGraphs: SD.GraphCollection,
    SD.extensionFunction: SD.Function,
}
_LANGUAGES = {SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL11Update}
_FEATURES = {SD.DereferencesURIs, SD.UnionDefaultGraph, SD.RequiresDataset, SD.EmptyGraphs, SD.BasicFederatedQuery}


def run_description(service: Service, cases: Sequence[Case]) -> Iterator[Outcome]:
    """GET the endpoint without a query."""
    reply = service.request("GET", service.query, {"Accept": "text/turtle"})
    checks = {"returns-rdf": _returns_rdf, "has-endpoint-triple": _has_endpoint, "conforms-to-schema": _conforms}
    for case in cases:
        yield judged(case, checks[case.iri.rpartition("/")[2]](service, reply))


def _graph(service: Service, reply: Reply) -> Graph:
    graph = Graph()
    graph.parse(data=reply.text, format="turtle", publicID=service.root + service.query)
    return graph


def _returns_rdf(service: Service, reply: Reply) -> str:
    if reply.status != 200 or reply.media_type != "text/turtle":
        return f"status {reply.status}, {reply.media_type}"
    return "" if len(_graph(service, reply)) else "no triples"


def _has_endpoint(service: Service, reply: Reply) -> str:
    endpoints = set(_graph(service, reply).objects(None, SD.endpoint))
    wanted = URIRef(service.root + service.query)
    return "" if wanted in endpoints else f"sd:endpoint {wanted} expected, {endpoints} got"


def _conforms(service: Service, reply: Reply) -> str:
    """What the vocabulary demands: one typed service with one endpoint, declared terms, typed parts."""
    graph = _graph(service, reply)
    services = list(graph.subjects(RDF.type, SD.Service))
    if len(services) != 1:
        return f"{len(services)} services"
    (described,) = services
    if len(list(graph.objects(described, SD.endpoint))) != 1:
        return "a service has one endpoint"
    if not set(graph.objects(described, SD.supportedLanguage)) <= _LANGUAGES:
        return "unknown language"
    if not set(graph.objects(described, SD.feature)) <= _FEATURES:
        return "unknown feature"
    for predicate, cls in _TYPES.items():
        for value in graph.objects(described, predicate):
            if (value, RDF.type, cls) not in graph and not str(value).startswith("http://www.w3.org/ns/"):
                return f"{predicate} needs a {cls}"
    for dataset in graph.objects(described, SD.defaultDataset):
        if len(list(graph.objects(dataset, SD.defaultGraph))) > 1:
            return "a dataset has one default graph"
        for named in graph.objects(dataset, SD.namedGraph):
            if len(list(graph.objects(named, SD.name))) != 1:
                return "a named graph has one name"
    return ""
