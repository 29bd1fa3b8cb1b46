"""The service description (SPARQL 1.1 Service Description) and, for people, a form to ask from.

Counts are those of ``queries/exchange/statements-per-graph.rq``. They are computed once a data version; while that takes
long, the description is given without them.
"""

from __future__ import annotations

import asyncio
import html
import json
from typing import TYPE_CHECKING, Any, Final

from targetgraph import iris
from targetgraph.web.answers import Answer, Scope, header, problem, represented
from targetgraph.web.negotiation import MEDIA, choose

if TYPE_CHECKING:
    from rdflib import Graph

    from targetgraph.web.context import WebContext

_OFFERS: Final = {
    "text/turtle": "turtle",
    "text/html": "html",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
}
_RDFLIB: Final = {"turtle": "turtle", "ntriples": "nt11", "rdfxml": "xml", "jsonld": "json-ld"}
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_WRITTEN: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "N-Quads",
    "TriG",
    "RDF_XML",
    "JSON-LD",
)
_READ: Final = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
_PATIENCE_SECONDS: Final = 3.0


def origin(scope: Scope) -> str:
    """Scheme and host as the client wrote them, ``http://127.0.0.1:8000``."""
    host = header(scope, b"host") or "{}:{}".format(*(scope.get("server") or ("localhost", 80)))
    return f"{scope.get('scheme', 'http')}://{host}"


async def described(context: WebContext, scope: Scope) -> Answer:
    """The description of the endpoint in the format the client takes; the form for a browser."""
    media = choose(header(scope, b"accept"), tuple(_OFFERS))
    if media is None:
        return problem(scope, 406, "the service description is a graph", "accept " + " or ".join(_OFFERS))
    form = _OFFERS[media]
    endpoint = origin(scope) + "/sparql"
    if form == "html":
        return represented(
            scope, _page(context).encode(), "text/html; charset=utf-8", etag=f"{context.data_version}-form"
        )
    counts = await _counts(context)
    document = _graph(context, endpoint, counts).serialize(format=_RDFLIB[form], encoding="utf-8")
    return represented(
        scope,
        document,
        MEDIA[form],
        etag=f"{context.data_version}-{form}-{len(counts)}-{sum(counts.values())}",
        headers=[(b"targetgraph-data-version", context.data_version.encode())],
    )


def _graph(context: WebContext, endpoint: str, counts: dict[str, int]) -> Graph:
    from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef

    sd, void, ent = Namespace(_SD), Namespace("http://rdfs.org/ns/void#"), Namespace("http://www.w3.org/ns/entailment/")
    graph = Graph()
    graph.bind("sd", sd)
    graph.bind("void", void)
    graph.bind("formats", _FORMATS)
    graph.bind("ent", ent)
    service, dataset, default = URIRef(endpoint), BNode(), BNode()
    graph.add((service, RDF.type, sd.Service))
    graph.add((service, sd.endpoint, URIRef(endpoint)))
    graph.add((service, sd.supportedLanguage, sd.SPARQL11Query))
    if context.settings.token:
        graph.add((service, sd.supportedLanguage, sd.SPARQL11Update))
    if context.settings.union_default_graph:
        graph.add((service, sd.feature, sd.UnionDefaultGraph))
    for name in _WRITTEN:
        graph.add((service, sd.resultFormat, URIRef(_FORMATS + name)))
    if context.settings.token:
        for name in _READ:
            graph.add((service, sd.inputFormat, URIRef(_FORMATS + name)))
    graph.add((service, sd.defaultEntailmentRegime, ent.Simple))
    graph.add((service, sd.defaultDataset, dataset))
    graph.add((dataset, RDF.type, sd.Dataset))
    graph.add((dataset, sd.defaultGraph, default))
    graph.add((default, RDF.type, sd.Graph))
    total = 0
    for name_, statements in counts.items():
        named, content = BNode(), BNode()
        graph.add((dataset, sd.namedGraph, named))
        graph.add((named, RDF.type, sd.NamedGraph))
        graph.add((named, sd.name, URIRef(name_)))
        graph.add((named, sd.graph, content))
        graph.add((content, RDF.type, sd.Graph))
        graph.add((content, RDF.type, void.Dataset))
        graph.add((content, void.triples, Literal(statements)))
        total += 0 if name_ in context.inferred else statements  # the default graph does not hold those
    if counts and context.settings.union_default_graph:
        graph.add((default, void.triples, Literal(total)))
    return graph


_counted: dict[tuple[object, ...], asyncio.Task[dict[str, int]]] = {}


async def _counts(context: WebContext) -> dict[str, int]:
    """Statements by named graph; none while they are not known."""
    version = (context.data_version, *context.inferred.items())
    task = _counted.get(version)
    if task is None:
        _counted.clear()
        task = _counted[version] = asyncio.create_task(_computed(context))
    done, _ = await asyncio.wait([task], timeout=_PATIENCE_SECONDS)
    if not done:
        return {}
    found = task.result()
    if not found:
        _counted.pop(version, None)
    return found


async def _computed(context: WebContext) -> dict[str, int]:
    from targetgraph.library import Library

    answer = await context.ask(Library().find("exchange/statements-per-graph").text(), forms=("json", ""))
    if answer.status != 200:
        return {}
    rows = json.loads(answer.body)["results"]["bindings"]
    return {row["graph"]["value"]: int(row["statements"]["value"]) for row in rows} | context.inferred


def _page(context: WebContext) -> str:
    settings: Any = context.settings
    options = "".join(
        f'<option value="{form}">{label}</option>'
        for form, label in (("json", "JSON"), ("csv", "CSV"), ("tsv", "TSV"), ("xml", "XML"), ("turtle", "Turtle"))
    )
    example = html.escape(
        "SELECT ?target ?label WHERE {\n  ?target a tg:Target ; rdfs:label ?label .\n"
        '  FILTER(LANG(?label) = "en")\n}\nORDER BY ?target\nLIMIT 20'
    )
    rows = "all rows" if settings.rows is None else f"{settings.rows:,} rows"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>SPARQL endpoint of TargetGraph</title></head>"
        "<body><main><h1>SPARQL endpoint</h1>"
        f"<p>Data version <code>{html.escape(context.data_version)}</code>. A query may run {settings.seconds:g} seconds and "
        f"answers with up to {rows}; see <a href='/sparql/limits'>the limits</a>. The prefixes of "
        f"<a href='{html.escape(iris.ONTOLOGY)}'>the ontology</a> and its neighbours need no declaration.</p>"
        '<form action="/sparql" method="post" accept-charset="utf-8">'
        f'<p><label for="query">Query</label><br><textarea id="query" name="query" rows="14" cols="90">{example}</textarea></p>'
        f'<p><label for="format">Format</label> <select id="format" name="format">{options}</select> '
        "<button>Ask</button></p></form></main></body></html>\n"
    )
