"""The whole site as files: everything has its documents, every link leads somewhere, nobody is asked for anything."""

from __future__ import annotations

import gzip
import json
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare

from targetgraph import iris
from targetgraph.analysis.description.addresses import file_of, path_of
from targetgraph.store import StoreFolder
from tests.site.conftest import BASE_URL
from tests.site.reading import Reader

OURS = iris.BASE
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#: What is said of the document itself, of graphs, data versions and queries, stands in no graph.
BEYOND = ("query/", "dataset", "graph/")


def _as_built(built_store: Path) -> list[Path]:
    version = StoreFolder(built_store).current()
    return [version.dataset, version.path / "gaps.nq"]


@pytest.fixture(scope="module")
def quads(built_store: Path) -> list[ox.Quad]:
    """The bundled statements as the build wrote them, loaded anew: the engine writes 1.0 as 1, the files do not."""
    store = ox.Store()
    for file in _as_built(built_store):
        store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    return list(store)


@pytest.fixture(scope="module")
def by_subject(quads: list[ox.Quad]) -> dict[str, set[ox.Triple]]:
    found: dict[str, set[ox.Triple]] = defaultdict(set)
    for q in quads:
        if isinstance(q.subject, ox.NamedNode):
            found[q.subject.value].add(q.triple)
    return found


@pytest.fixture(scope="module")
def readers(site: Path) -> dict[str, Reader]:
    """Every page but the self-contained pictures, read."""
    pages = [p for p in site.rglob("*.html") if p.relative_to(site).parts[0] != "views"]
    return {p.relative_to(site).as_posix(): Reader(p.read_text(encoding="utf-8")) for p in pages}


def _turtle(path: Path) -> set[ox.Triple]:
    return {q.triple for q in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}


def test_every_address_of_the_graph_has_its_page_and_its_data(site, by_subject, quads) -> None:
    terms = {t.value for q in quads for t in (q.subject, q.object, q.graph_name) if isinstance(t, ox.NamedNode)}
    ours = {t for t in terms if t.startswith(OURS)}
    assert len(ours) > 1850
    for iri in ours:
        path, fragment = path_of(iri)
        for suffix in ("html", "ttl", "jsonld"):
            assert (site / f"{file_of(path)}.{suffix}").is_file(), iri
        if fragment and path == "ontology":
            assert iri in terms


def test_a_document_says_all_of_its_thing_and_nothing_that_is_not_in_the_graph(site, by_subject, quads) -> None:
    everything = {q.triple for q in quads if not isinstance(q.subject, ox.BlankNode)}
    checked = 0
    for iri, own in by_subject.items():
        path, fragment = path_of(iri)
        document = site / f"{file_of(path)}.ttl"
        if fragment or path == "ontology" or not document.is_file():
            continue
        told = _turtle(document)
        assert own <= told, iri
        more = {t for t in told - everything if not isinstance(t.subject, ox.BlankNode)}
        itself = f"{OURS}{path}.ttl"
        assert {t.subject for t in more} == {ox.NamedNode(itself)}, iri
        checked += 1
    assert checked > 1850


def test_both_formats_say_the_same(site) -> None:
    for path in sorted(site.rglob("*.jsonld"))[::40]:
        itself = f"{OURS}{path.relative_to(site).with_suffix('').as_posix()}"
        a = rdflib.Graph().parse(path, format="json-ld")
        b = rdflib.Graph().parse(path.with_suffix(".ttl"), format="turtle")
        for graph in (a, b):
            for suffix in ("jsonld", "ttl"):
                graph.remove((rdflib.URIRef(f"{itself}.{suffix}"), None, None))
        assert len(a) > 0 and rdflib.compare.isomorphic(a, b), path


def test_the_ontology_is_its_graph_and_every_term_has_an_anchor(site, quads, readers) -> None:
    own = [q for q in quads if q.graph_name.value == iris.graph("ontology")]
    want, got = rdflib.Graph(), rdflib.Graph().parse(site / "ontology.ttl")
    want.parse(data=ox.serialize([q.triple for q in own], format=ox.RdfFormat.N_TRIPLES), format="nt")
    got.remove((rdflib.URIRef(iris.ONTOLOGY + ".ttl"), None, None))
    assert rdflib.compare.isomorphic(want, got)
    terms = {q.subject.value.removeprefix(iris.TERMS) for q in own if str(q.subject.value).startswith(iris.TERMS)}
    assert len(terms) > 240
    assert terms <= set(readers["ontology.html"].ids)
    (version,) = got.objects(rdflib.URIRef(iris.ONTOLOGY), rdflib.OWL.versionIRI)
    assert (site / f"{str(version).removeprefix(OURS)}.html").is_file()


def test_every_link_leads_somewhere(site, readers) -> None:
    pages = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    dead: list[tuple[str, str]] = []
    outside: Counter[str | None] = Counter()
    for page, reader in readers.items():
        for link in {*reader.links, *reader.loads}:
            parts = urlsplit(urljoin(f"https://here.invalid/{page}", link))
            if parts.hostname != "here.invalid":
                outside[parts.hostname] += 1
                continue
            there = unquote(parts.path).lstrip("/")
            if there not in pages:
                dead.append((page, link))
            elif parts.fragment and there in readers and unquote(parts.fragment) not in readers[there].ids:
                dead.append((page, f"{link}: no such place"))
    assert not dead, dead[:20]
    assert len(readers) > 2000 and outside["creativecommons.org"] > 1900


def test_no_page_loads_anything_from_elsewhere_or_runs_anything(readers) -> None:
    for page, reader in readers.items():
        assert not reader.wrong, (page, reader.wrong[:3])
        assert all(not urlsplit(load).scheme and not load.startswith("//") for load in reader.loads), page


def test_every_page_can_be_found_ones_way_in(readers) -> None:
    for page, reader in readers.items():
        assert reader.landmarks >= {"main", "header", "footer", "nav"}, page
        assert reader.outline.count(1) == 1 and reader.outline[0] == 1, page
        steps = zip(reader.outline, reader.outline[1:], strict=False)
        assert all(b - a <= 1 for a, b in steps), (page, reader.outline)
        assert len(set(reader.ids)) == len(reader.ids), page


def test_schema_org_is_there_and_read_as_json(readers) -> None:
    types: Counter[str] = Counter()
    for page, reader in readers.items():
        if reader.data:
            node = json.loads("".join(reader.data))
            assert node["@context"] == "https://schema.org" and node["@id"].startswith("http") and node["name"], page
            types[node["@type"]] += 1
    assert set(types) >= {"DefinedTerm", "DefinedTermSet", "Organization", "CreativeWork", "Dataset", "Claim"}
    assert types["Claim"] > 1000 and types["DefinedTerm"] >= 600
    assert types["Thing"] < 300, "few things have no better type"


def test_honest_wherever_a_recalled_target_is_shown(site, by_subject) -> None:
    recalled = ox.NamedNode(iris.TERMS + "Recalled")
    cases = 0
    for iri, own in by_subject.items():
        if "/target/" in iri and any(t.object == recalled for t in own):
            text = (site / f"{path_of(iri)[0]}.html").read_text(encoding="utf-8")
            assert "was recalled, not checked against the official text" in text
            cases += 1
    assert cases == 17
    assert "17 of 28 wordings are recalled" in (site / "index.html").read_text(encoding="utf-8")


def test_dumps_catalogue_and_sitemap(site, built_store) -> None:
    with gzip.open(site / "data/targetgraph.nq.gz") as dump:
        assert sorted(dump.read().splitlines()) == sorted(
            line for file in _as_built(built_store) for line in file.read_bytes().splitlines()
        )
    catalogue = rdflib.Graph().parse(site / "catalogue.ttl")
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    assert rdflib.URIRef(BASE_URL + "data/targetgraph.nq.gz") in set(catalogue.objects(None, dcat.downloadURL))
    assert len(rdflib.Graph().parse(site / "void.ttl")) > 100
    places = [e.text or "" for e in ET.parse(site / "sitemap.xml").iter() if e.tag.endswith("loc")]
    assert len(places) > 2000
    assert all((site / unquote(p.removeprefix(BASE_URL))).is_file() for p in places)


@cache
def _pages_to_open() -> tuple[str, ...]:
    things = (
        "index", "queries", "ontology", "gfc", "gfc/target/A1", "beyond2020/target/P2", "scheme/sector/agriculture",
        "gfc/gap/umbrella-only-column/actors/subnational-governments", "external/metadata.un.org/sdg/12.4", "404",
    )  # fmt: skip
    return tuple(f"{thing}.html" for thing in things)


def test_opened_from_disk_and_quiet_on_a_phone_too(site, page) -> None:
    """Chromium, from file://: styled, no error, no request, no sideways scrolling."""
    for name in _pages_to_open():
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto((site / name).as_uri())
            assert page.evaluate("getComputedStyle(document.querySelector('header.site')).display") == "flex", name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)


def test_a_picture_opens_from_the_copy(site, page) -> None:
    page.goto((site / "gfc.html").as_uri())
    page.get_by_role("link", name="Coverage map").click()
    page.locator(".box").first.wait_for()


def test_the_mark_of_a_site_is_there(site) -> None:
    about = json.loads((site / ".targetgraph-site.json").read_text())
    assert about["data_version"] == (site / "data/version.txt").read_text().strip()
