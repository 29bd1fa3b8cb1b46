"""SPARQL 1.1 Protocol, checked against the tables of the specification."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import urllib3
from rdflib import Dataset, Graph, Variable
from rdflib.compare import isomorphic
from rdflib.query import Result

from targetgraph.store import EmbeddedStore, StoreFolder
from tests.web.servers import Address

TABLE = "SELECT ?target ?label { ?target a tg:Target ; rdfs:label ?label } ORDER BY ?target ?label"
GRAPH = "CONSTRUCT { ?t rdfs:label ?l } WHERE { ?t a tg:Target ; rdfs:label ?l }"
QUERY_TYPE = {"content-type": "application/sparql-query"}
FORM_TYPE = {"content-type": "application/x-www-form-urlencoded"}


def get(http: urllib3.PoolManager, server: Address, query: str, **headers: str) -> urllib3.BaseHTTPResponse:
    return http.request("GET", f"{server.sparql}?{urlencode({'query': query})}", headers=headers)


@pytest.fixture(scope="module")
def embedded(built_store: Path) -> EmbeddedStore:
    return EmbeddedStore.open(StoreFolder(built_store).current().oxigraph)


# --- ways to ask (2.1.1 to 2.1.3) ---------------------------------------------------------------------------


def test_three_ways_to_ask_give_one_answer(http: urllib3.PoolManager, server: Address, embedded: EmbeddedStore) -> None:
    by_get = get(http, server, TABLE)
    by_form = http.request("POST", server.sparql, body=urlencode({"query": TABLE}), headers=FORM_TYPE)
    directly = http.request("POST", server.sparql + "/", body=TABLE.encode(), headers=QUERY_TYPE)
    assert [r.status for r in (by_get, by_form, directly)] == [200] * 3
    assert by_get.data == by_form.data == directly.data
    rows = [(b["target"]["value"], b["label"]["value"]) for b in by_get.json()["results"]["bindings"]]
    assert rows == [tuple(getattr(t, "value", "") for t in row) for row in embedded.select(TABLE).rows]
    assert len(rows) > 28


@pytest.mark.parametrize(
    ("method", "target", "body", "content_type", "status"),
    [
        ("PUT", "", "ASK {}", "application/sparql-query", 405),
        ("DELETE", "", None, None, 405),
        ("GET", "?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, None, 400),
        ("POST", "", "query=ASK%20%7B%7D", "text/plain", 415),
        ("POST", "", "ASK {}", None, 415),
        ("POST", "", "ASK {}", "application/sparql-query; charset=utf-16", 415),
        ("POST", "", "", "application/x-www-form-urlencoded", 400),
        ("GET", "?query=ASK%20%7B", None, None, 400),
        ("GET", "?query=%FF", None, None, 400),
        ("GET", "?update=CLEAR%20ALL", None, None, 400),
        ("POST", "", "update=CLEAR+ALL", "application/x-www-form-urlencoded", 403),
        ("POST", "", "CLEAR ALL", "application/sparql-update", 403),
        ("POST", "?using-graph-uri=urn:x", "ASK {}", "application/sparql-query", 400),
        ("GET", "?query=ASK%20%7B%7D&default-graph-uri=http%3A%2F%2Fexample.org%2F", None, None, 400),
        ("GET", "?query=ASK%20%7B%7D&format=docx", None, None, 400),
    ],
)
def test_requests_that_are_refused(
    http: urllib3.PoolManager,
    server: Address,
    method: str,
    target: str,
    body: str | None,
    content_type: str | None,
    status: int,
) -> None:
    headers = {"content-type": content_type} if content_type else {}
    raw = urllib3.HTTPConnectionPool("127.0.0.1", server.port, retries=False)
    answer = raw.urlopen(method, "/sparql" + target, body=body, headers=headers)
    assert answer.status == status, answer.data
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert len(answer.data) > 10


# --- what comes back (3.1.2, and RFC 9110, 12.5.1) ----------------------------------------------------------

NEGOTIATED = [
    (TABLE, "", "application/sparql-results+json"),
    (TABLE, "*/*", "application/sparql-results+json"),
    (TABLE, "application/json", "application/sparql-results+json"),
    (TABLE, "application/sparql-results+xml", "application/sparql-results+xml"),
    (TABLE, "application/xml;q=0.9, text/csv;q=0.5", "application/sparql-results+xml"),
    (TABLE, "text/csv;q=0.9, application/sparql-results+json;q=0.1", "text/csv; charset=utf-8"),
    (TABLE, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    (TABLE, "text/*, application/sparql-results+xml;q=0.2", "text/csv; charset=utf-8"),
    (TABLE, "*/*;q=0.1, text/csv;q=0, application/sparql-results+json;q=0", "application/sparql-results+xml"),
    (TABLE, "text/turtle, */*;q=0.1", "application/sparql-results+json"),
    (GRAPH, "", "text/turtle; charset=utf-8"),
    (GRAPH, "application/sparql-results+json, text/turtle;q=0.5", "text/turtle; charset=utf-8"),
    (GRAPH, "application/rdf+xml", "application/rdf+xml"),
    (GRAPH, "application/ld+json", "application/ld+json"),
    (GRAPH, "application/n-triples", "application/n-triples"),
    (GRAPH, "application/n-quads", "application/n-quads"),
    (GRAPH, "application/trig", "application/trig; charset=utf-8"),
    ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
]


@pytest.mark.parametrize(("query", "accept", "expected"), NEGOTIATED)
def test_the_client_chooses_the_format(
    http: urllib3.PoolManager, server: Address, query: str, accept: str, expected: str
) -> None:
    answer = get(http, server, query, **({"accept": accept} if accept else {}))
    assert (answer.status, answer.headers["content-type"]) == (200, expected)
    assert {v.strip() for v in answer.headers["vary"].split(",")} >= {"Accept", "Accept-Encoding"}


@pytest.mark.parametrize(("query", "accept"), [(TABLE, "text/turtle"), (GRAPH, "text/csv"), ("ASK {}", "image/png")])
def test_what_nobody_can_give_is_not_acceptable(
    http: urllib3.PoolManager, server: Address, query: str, accept: str
) -> None:
    answer = get(http, server, query, accept=accept)
    assert answer.status == 406
    assert b"accept " in answer.data


def test_every_table_format_holds_the_same_rows(http: urllib3.PoolManager, server: Address) -> None:
    """Read by rdflib, by the csv module and by hand."""
    query = (
        "SELECT * { VALUES (?a ?b ?c) { (1 'x,\"y\"\\n z' <http://example.org/é>) (UNDEF 'λ'@en-gb UNDEF)"
        " ('2024-01-01'^^xsd:date '\\t<&>' 1.5e0) } } ORDER BY ?b"
    )
    bodies = {
        form: get(http, server, query, accept=accept).data
        for form, accept in (
            ("json", "application/sparql-results+json"),
            ("xml", "application/sparql-results+xml"),
            ("tsv", "text/tab-separated-values"),
            ("csv", "text/csv"),
        )
    }
    read = {
        form: [
            tuple(row.get(Variable(v)) for v in ("a", "b", "c"))
            for row in Result.parse(io.BytesIO(bodies[form]), format=form).bindings
        ]
        for form in ("json", "xml", "tsv")
    }
    assert read["json"] == read["xml"] == read["tsv"]
    assert len(read["json"]) == 3
    header, *rows = csv.reader(io.StringIO(bodies["csv"].decode(), newline=""))
    order = [header.index(v) for v in ("a", "b", "c")]
    plain = [tuple("" if term is None else str(term) for term in row) for row in read["json"]]
    assert [tuple(row[i] for i in order)[1] for row in rows] == [row[1] for row in plain]


def test_every_graph_format_holds_the_same_graph(http: urllib3.PoolManager, server: Address) -> None:
    graphs = []
    for accept, form in (
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/trig", "trig"),
        ("application/n-quads", "nquads"),
    ):
        data = get(http, server, GRAPH, accept=accept).data
        if form in ("trig", "nquads"):
            graphs.append(Graph())
            for s, p, o, _ in Dataset().parse(data=data, format=form).quads():
                graphs[-1].add((s, p, o))
        else:
            graphs.append(Graph().parse(data=data, format=form))
    assert len(graphs[0]) > 3
    assert all(isomorphic(graphs[0], other) for other in graphs[1:])


def test_errors_come_in_the_format_of_the_client(http: urllib3.PoolManager, server: Address) -> None:
    text = get(http, server, "SELEKT *")
    assert "this is not a query" in text.data.decode()
    assert "line 1, column 13" in get(http, server, "SELECT * { }}").data.decode()
    as_json = get(http, server, "SELEKT *", accept="application/sparql-results+json, application/problem+json;q=0.5")
    assert as_json.headers["content-type"] == "application/problem+json"
    assert as_json.json()["status"] == 400
    as_html = get(http, server, "SELECT <script>", accept="text/html")
    assert "<script>" not in as_html.data.decode()
    assert "default-src 'self'" in as_html.headers["content-security-policy"]


def test_a_format_can_be_named(http: urllib3.PoolManager, server: Address) -> None:
    answer = http.request("GET", server.sparql, fields={"query": TABLE, "format": "csv"})
    assert answer.headers["content-type"].startswith("text/csv")


# --- HEAD, compression, entity tags, other origins ----------------------------------------------------------


def test_head_is_get_without_a_body(http: urllib3.PoolManager, server: Address) -> None:
    target = f"{server.sparql}?{urlencode({'query': TABLE})}"
    full, head = http.request("GET", target), http.request("HEAD", target)
    assert head.status == 200
    assert head.data == b""
    for name in ("content-type", "content-length", "etag", "vary", "targetgraph-data-version"):
        assert head.headers[name] == full.headers[name], name
    assert full.headers["targetgraph-data-version"] == server.data_version


def test_compression_for_who_takes_it(http: urllib3.PoolManager, server: Address) -> None:
    plain = get(http, server, TABLE)
    raw = http.request(
        "GET",
        f"{server.sparql}?{urlencode({'query': TABLE})}",
        headers={"accept-encoding": "br, gzip;q=0.5"},
        decode_content=False,
    )
    assert raw.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw.data) == plain.data
    assert raw.headers["etag"] != plain.headers["etag"]
    assert "content-encoding" not in get(http, server, TABLE, **{"accept-encoding": "gzip;q=0"}).headers
    assert "content-encoding" not in get(http, server, "ASK {}", **{"accept-encoding": "gzip"}).headers


def test_entity_tags(http: urllib3.PoolManager, server: Address) -> None:
    first = get(http, server, TABLE)
    again = get(http, server, TABLE, **{"if-none-match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status, again.data) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    as_csv = get(http, server, TABLE, accept="text/csv")
    other = get(http, server, TABLE + " LIMIT 1")
    assert len({first.headers["etag"], as_csv.headers["etag"], other.headers["etag"]}) == 3
    fickle = get(http, server, "SELECT (NOW() AS ?now) {}")
    assert "etag" not in fickle.headers
    for call in ("raNd()", "rand (  )", "rand # why\n ()", "STRUUID()", "\\u0052AND()"):
        assert "etag" not in get(http, server, f"SELECT ({call} AS ?x) {{}}").headers, call
    # The letters alone make nothing fickle.
    for text in ("brands", "random", "know", "uuid", "now"):
        assert "etag" in get(http, server, f'SELECT ("{text}" AS ?{text}) {{}}').headers, text
    assert get(http, server, "SELECT (UUID() AS ?u) {}").data != get(http, server, "SELECT (UUID() AS ?u) {}").data


def test_pages_of_other_origins_may_read(http: urllib3.PoolManager, server: Address) -> None:
    asked = http.request(
        "OPTIONS",
        server.sparql,
        headers={"origin": "https://example.org", "access-control-request-method": "POST"},
    )
    assert asked.status == 204
    assert asked.headers["access-control-allow-origin"] == "*"
    assert "POST" in asked.headers["access-control-allow-methods"]
    assert "authorization" not in asked.headers["access-control-allow-headers"].lower()
    assert get(http, server, "ASK {}", origin="https://example.org").headers["access-control-allow-origin"] == "*"


# --- the dataset (2.1.4) ------------------------------------------------------------------------------------

ONTOLOGY = "https://w3id.org/targetgraph/graph/ontology"
FRAMEWORK = "https://w3id.org/targetgraph/graph/framework/gfc"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNT_NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def number(answer: urllib3.BaseHTTPResponse) -> int:
    assert answer.status == 200, answer.data
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def test_the_protocol_chooses_the_dataset(http: urllib3.PoolManager, server: Address, embedded: EmbeddedStore) -> None:
    def expected(graph: str) -> int:
        rows = embedded.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").rows
        return int(getattr(rows[0][0], "value", 0))

    def asked(query: str, **fields: str | list[str]) -> int:
        return number(http.request("GET", f"{server.sparql}?{urlencode({'query': query, **fields}, doseq=True)}"))

    both = {"default-graph-uri": [ONTOLOGY, FRAMEWORK]}
    assert asked(COUNT, **{"default-graph-uri": ONTOLOGY}) == expected(ONTOLOGY) > 1000
    assert asked(COUNT, **both) == expected(ONTOLOGY) + expected(FRAMEWORK)
    assert asked(COUNT, **{"named-graph-uri": ONTOLOGY}) == 0
    assert asked(COUNT_NAMED, **both) == 0
    assert asked(COUNT_NAMED, **{"named-graph-uri": [ONTOLOGY, FRAMEWORK]}) == 2
    assert asked(COUNT.replace("{ ?s", f"FROM <{FRAMEWORK}> {{ ?s")) == expected(FRAMEWORK)
    assert asked(COUNT_NAMED.replace("{ GRAPH", f"FROM <{FRAMEWORK}> {{ GRAPH")) == 0
    # the protocol's word stands above the query's own
    overridden = COUNT.replace("{ ?s", f"FROM <{FRAMEWORK}> {{ ?s")
    assert asked(overridden, **{"default-graph-uri": ONTOLOGY}) == expected(ONTOLOGY)
    posted = http.request(
        "POST",
        f"{server.sparql}?{urlencode({'default-graph-uri': ONTOLOGY})}",
        body=urlencode({"query": COUNT, "default-graph-uri": FRAMEWORK}),
        headers=FORM_TYPE,
    )
    assert number(posted) == expected(ONTOLOGY) + expected(FRAMEWORK)
    assert asked(COUNT) == len(embedded)


def test_foreign_graphs_are_named_in_the_refusal(http: urllib3.PoolManager, server: Address) -> None:
    answer = http.request("GET", server.sparql, fields={"query": COUNT, "named-graph-uri": "file:///etc/passwd"})
    assert answer.status == 400
    assert ONTOLOGY in answer.data.decode()


# --- service description, graph store -----------------------------------------------------------------------


def test_the_service_describes_itself(http: urllib3.PoolManager, server: Address, embedded: EmbeddedStore) -> None:
    from rdflib import RDF, Namespace, URIRef

    sd, void = Namespace("http://www.w3.org/ns/sparql-service-description#"), Namespace("http://rdfs.org/ns/void#")
    graphs = []
    for accept, form in (("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")):
        answer = http.request("GET", server.sparql, headers={"accept": accept})
        assert answer.headers["content-type"].startswith(accept)
        graphs.append(Graph().parse(data=answer.data, format=form))
    assert all(isomorphic(graphs[0], g) for g in graphs[1:])
    graph = graphs[0]
    service = graph.value(predicate=sd.endpoint, object=URIRef(server.sparql))
    assert (service, RDF.type, sd.Service) in graph
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert (service, sd.supportedLanguage, sd.SPARQL11Update) not in graph
    names = {str(name) for name in graph.objects(None, sd.name)}
    assert names == set(embedded.graph_names())
    dataset = graph.value(service, sd.defaultDataset)
    counts = [
        int(str(graph.value(graph.value(named, sd.graph), void.triples)))
        for named in graph.objects(dataset, sd.namedGraph)
    ]
    assert sum(counts) == len(embedded)
    page = http.request("GET", server.sparql, headers={"accept": "text/html,*/*;q=0.8"})
    assert b"<form" in page.data
    assert b"<script" not in page.data
    assert b" style=" not in page.data


def test_graphs_are_handed_out_whole(http: urllib3.PoolManager, server: Address, embedded: EmbeddedStore) -> None:
    store = server.url + "rdf-graph-store"
    by_query = http.request("GET", store, fields={"graph": ONTOLOGY}, headers={"accept": "application/n-triples"})
    directly = http.request("GET", f"{store}/ontology", headers={"accept": "application/n-triples"})
    assert by_query.status == directly.status == 200
    assert sorted(by_query.data.splitlines()) == sorted(directly.data.splitlines())
    expected = embedded.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{ONTOLOGY}> {{ ?s ?p ?o }} }}").rows[0][0]
    assert len(by_query.data.splitlines()) == int(getattr(expected, "value", 0))
    head = http.request("HEAD", store, fields={"graph": ONTOLOGY})
    assert (head.status, head.data) == (200, b"")
    assert http.request("GET", store, fields={"graph": "http://example.org/none"}).status == 404
    assert http.request("GET", store + "?default").status == 200
    assert http.request("GET", store).status == 400
    assert http.request("GET", store, fields={"graph": "no iri"}).status == 400
    assert http.request("GET", store, fields={"graph": ONTOLOGY}, headers={"accept": "text/csv"}).status == 406
    for method in ("PUT", "POST", "DELETE"):
        refused = http.request(method, f"{store}?{urlencode({'graph': ONTOLOGY})}", body=b"")
        assert refused.status == 403
    assert http.request("PATCH", f"{store}?{urlencode({'graph': ONTOLOGY})}").status == 405


# --- clients of others --------------------------------------------------------------------------------------


def test_sparqlwrapper_and_rdflib_ask_us(server: Address, embedded: EmbeddedStore) -> None:
    from rdflib import Graph as Remote
    from rdflib.plugins.stores.sparqlstore import SPARQLStore
    from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

    wrapper = SPARQLWrapper(server.sparql, returnFormat=JSON)
    wrapper.setQuery(TABLE)
    answer: Any = wrapper.queryAndConvert()
    rows = answer["results"]["bindings"]
    assert len(rows) == len(embedded.select(TABLE).rows)
    wrapper.setMethod(POST)
    wrapper.setQuery(GRAPH)
    wrapper.setReturnFormat(TURTLE)
    converted: Any = wrapper.queryAndConvert()
    graph = Graph().parse(data=converted, format="turtle")
    assert len(graph) == len(embedded.construct(GRAPH).triples)
    remote = Remote(SPARQLStore(server.sparql))
    found = {(str(t), str(label)) for t, label in remote.query(TABLE)}  # type: ignore[misc]
    assert found == {(r["target"]["value"], r["label"]["value"]) for r in rows}


def test_library_questions_give_the_same_over_http(
    http: urllib3.PoolManager, server: Address, embedded: EmbeddedStore
) -> None:
    from targetgraph.library import Library
    from targetgraph.store import resolver

    library, resolve = Library(), resolver(embedded)
    for name in ("deadlines/targets-without-deadline", "exchange/statements-per-graph"):
        text = library.find(name).text({}, resolve)
        answer = http.request("POST", server.sparql, body=text.encode(), headers=QUERY_TYPE)
        assert answer.status == 200, answer.data
        expected = embedded.select(text)
        got = [
            tuple(b.get(v, {}).get("value") for v in expected.variables) for b in answer.json()["results"]["bindings"]
        ]
        assert got == [tuple(getattr(t, "value", None) for t in row) for row in expected.rows]
        assert got


def test_the_negotiation_table_is_long_enough() -> None:
    assert len(NEGOTIATED) >= 18
