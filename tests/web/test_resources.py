"""Things and documents over HTTP, from a server that was started by the command."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox
import pytest
import rdflib

from targetgraph import iris
from targetgraph.store import StoreFolder
from tests.browser import Watch
from tests.site.reading import Reader

FORMATS = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nt": ("application/n-triples", "nt"),
    "rdf": ("application/rdf+xml", "xml"),
}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def graph(built_store: Path) -> ox.Store:
    version = StoreFolder(built_store).current()
    store = ox.Store()
    for file in (version.dataset, version.path / "gaps.nq"):
        store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="module")
def get(server, http):
    def ask(path: str, accept: str = "", method: str = "GET", redirect: bool = False, **headers: str):
        given = headers | ({"Accept": accept} if accept else {})
        return http.request(method, urljoin(server.url, path), headers=given, redirect=redirect, retries=False)

    return ask


def _one_of_each_class(graph: ox.Store) -> dict[str, str]:
    found: dict[str, str] = {}
    query = "SELECT DISTINCT ?c (MIN(STR(?s)) AS ?t) WHERE { ?s a ?c FILTER(isIRI(?s)) } GROUP BY ?c"
    rows = graph.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        if row["t"].value.startswith(iris.BASE) and "#" not in row["t"].value:
            found[row["c"].value] = row["t"].value
    return found


def test_one_thing_of_each_class_as_page_and_turtle(get, graph) -> None:
    things = set(_one_of_each_class(graph).values())
    assert len(things) >= 30
    for thing in things - {iris.ONTOLOGY}:
        path = thing.removeprefix(iris.BASE)
        answer = get(path, "text/turtle")
        assert answer.status == 303, thing
        answer = get(urljoin(path, answer.headers["Location"]), "text/turtle")
        assert answer.status == 200 and answer.headers["Content-Type"].startswith("text/turtle")
        told = rdflib.Graph().parse(data=answer.data, format="turtle")
        own = {q.triple for q in graph.quads_for_pattern(ox.NamedNode(thing), None, None, None)}
        assert len(set(told.predicate_objects(rdflib.URIRef(thing)))) == len(own) > 0
        page = get(f"{path}.html")
        reader = Reader(page.data.decode())
        assert page.status == 200 and not reader.wrong
        assert thing in page.data.decode()


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_says_the_same(suffix, get) -> None:
    media, name = FORMATS[suffix]
    answer = get(f"gfc/link/A1/actor/governments/responsible.{suffix}")
    assert answer.status == 200 and answer.headers["Content-Type"].partition(";")[0] == media
    told = rdflib.Graph().parse(data=answer.data, format=name)
    told.remove((rdflib.URIRef(f"{iris.BASE}gfc/link/A1/actor/governments/responsible.{suffix}"), None, None))
    turtle = rdflib.Graph().parse(data=get("gfc/link/A1/actor/governments/responsible.ttl").data, format="turtle")
    turtle.remove((rdflib.URIRef(f"{iris.BASE}gfc/link/A1/actor/governments/responsible.ttl"), None, None))
    assert set(told) == set(turtle)


NEGOTIATION = [
    (BROWSER, "html"),
    ("*/*", "html"),
    ("", "html"),
    ("text/turtle", "ttl"),
    ("application/ld+json", "jsonld"),
    ("application/json", "jsonld"),
    ("application/n-triples", "nt"),
    ("application/rdf+xml", "rdf"),
    ("text/html;q=0.4, text/turtle;q=0.9", "ttl"),
    ("text/turtle;q=0.4, application/rdf+xml", "rdf"),
    ("text/turtle;q=0, application/ld+json;q=0.1", "jsonld"),
    ("application/*", "html"),
    ("image/png", None),
    ("text/turtle;q=0", None),
    ("text/csv", None),
]


@pytest.mark.parametrize("accept, suffix", NEGOTIATION)
def test_negotiation(accept, suffix, get) -> None:
    answer = get("gfc/target/A1", accept)
    assert "Accept" in answer.headers["Vary"]
    if suffix is None:
        assert answer.status == 406 and "text/turtle" in answer.data.decode()
        assert 'rel="describedby"' in answer.headers["Link"]
    else:
        assert (answer.status, answer.headers["Location"]) == (303, f"./A1.{suffix}")
        assert get(f"gfc/target/A1.{suffix}", "image/png").status == 200, "a document has one format"


def test_links_of_a_document(get) -> None:
    header = get("gfc/target/A1.html").headers["Link"]
    links = {(relation, target) for target, relation in re.findall(r'<([^>]*)>; rel="([^"]*)"', header)}
    thing = iris.target("gfc", "A1")
    assert {
        ("cite-as", thing),
        ("canonical", thing + ".html"),
        ("describedby", "./A1.ttl"),
        ("license", "https://creativecommons.org/licenses/by/4.0/"),
        ("collection", iris.framework("gfc")),
        ("type", "https://schema.org/DefinedTerm"),
    } <= links
    items = re.findall(r'<([^>]*)>; rel="item"', get("gfc.html").headers["Link"])
    assert iris.target("gfc", "A1") in items and len(items) == 28


def test_what_is_not_there(get) -> None:
    for accept, kind in ((BROWSER, "text/html"), ("text/turtle", "text/plain"), ("", "text/plain")):
        answer = get("gfc/target/A99", accept)
        assert answer.status == 404 and answer.headers["Content-Type"].startswith(kind)
    page = get("gfc/target/A99", BROWSER).data.decode()
    assert 'href="A1.html"' in page, "near names are offered"
    for path in (
        "gfc/target/A99.ttl",
        "views/gfc/nothing",
        "views/nobody/matrix",
        "ontology/9.9.9",
        "external/example.org/x",
    ):
        assert get(path, BROWSER).status == 404, path
    assert get("gfc/target/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", BROWSER).data.count(b"<script") == 0
    assert get("a" * 3000, BROWSER).status == 404


def test_methods(get) -> None:
    head = get("gfc/target/A1.ttl", method="HEAD")
    assert head.status == 200 and not head.data and int(head.headers["Content-Length"]) > 1000
    assert get("gfc", method="DELETE").status == 405
    assert get("gfc", method="OPTIONS").status == 204


def test_what_a_client_has_is_not_sent_again(get) -> None:
    first = get("gfc/target/A1.html")
    again = get("gfc/target/A1.html", **{"If-None-Match": first.headers["ETag"]})
    assert again.status == 304 and not again.data


def test_the_ontology_is_answered_at_once(get) -> None:
    for path, accept, where in (
        ("ontology", "text/turtle", "/ontology.ttl"),
        ("ontology/0.1.0", BROWSER, "/ontology/0.1.0.html"),
        ("index", BROWSER, "/index.html"),
        ("", "*/*", "/index.html"),
    ):
        answer = get(path, accept)
        assert (answer.status, answer.headers["Content-Location"]) == (200, where)
    turtle = rdflib.Graph().parse(data=get("ontology", "text/turtle").data, format="turtle")
    assert (rdflib.URIRef(iris.TERMS + "Target"), rdflib.RDF.type, rdflib.OWL.Class) in turtle
    assert "Target" in Reader(get("ontology", BROWSER).data.decode()).ids


def test_the_root_leads_a_browser_to_the_explorer_and_gives_programs_the_description_of_the_data(get) -> None:
    led = get("", BROWSER)
    assert (led.status, led.headers["Location"], led.headers["Vary"]) == (303, "/explore", "Accept")
    for accept in ("text/turtle", "text/html;q=0.4, text/turtle;q=0.9"):
        answer = get("", accept)
        assert answer.status == 200 and answer.headers["Content-Type"].startswith("text/turtle")
        assert len(rdflib.Graph().parse(data=answer.data, format="turtle")) > 10


def test_pages_on_things_lead_to_the_explorer(get) -> None:
    for path, there in (("gfc/target/A1.html", "/explore/targets/gfc/A1"), ("gfc.html", "/explore?framework=gfc")):
        page = get(path, BROWSER).data.decode()
        assert f'href="{there}"' in page
        assert get(there.lstrip("/"), BROWSER).status == 200
    assert "Open in the explorer" not in get("scheme/sector/agriculture.html", BROWSER).data.decode()


def test_things_of_others_that_the_graph_describes(get) -> None:
    answer = get("external/metadata.un.org/sdg/12.4", "text/turtle")
    assert (answer.status, answer.headers["Location"]) == (303, "./12.4.ttl")
    told = rdflib.Graph().parse(data=get("external/metadata.un.org/sdg/12.4.ttl").data, format="turtle")
    assert list(told.objects(rdflib.URIRef("http://metadata.un.org/sdg/12.4"), rdflib.SKOS.prefLabel))
    assert "Cache-Control" in answer.headers


def test_a_long_list_goes_on(get) -> None:
    page = get("agent/curators.html").data.decode()
    (more,) = re.findall(r'href="(\?by=[^"]+)">The next ones', page)
    assert "200 of " in page
    following = get("agent/curators.html" + more.replace("&amp;", "&")).data.decode()
    claims = [set(re.findall(r'href="([^"]*link/[^"]*)"', text)) for text in (page, following)]
    assert claims[1] and not claims[0] & claims[1]


def test_pages_and_pictures_in_a_browser(get, server, browser) -> None:
    """No breach of the policy in the header, and nothing asked of anybody else."""
    context = browser.new_context(viewport={"width": 1000, "height": 800}, reduced_motion="reduce")
    watch = Watch(context)
    page = context.new_page()
    for path in ("", "index.html", "gfc/target/A1", "ontology", "views/gfc/matrix.html"):
        answer = page.goto(server.url + path)
        assert answer is not None and answer.headers["content-security-policy"]
        assert page.locator("h1").count() == 1
    assert page.locator(".matrix").first.is_visible(), "its scripts ran"
    assert watch.finish() == []
    context.close()
