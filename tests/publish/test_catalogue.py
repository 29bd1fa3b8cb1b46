"""The DCAT catalogue against the official shapes, and VoID against counts by loops."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCTERMS, FOAF, RDF, RDFS, VOID, XSD, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from targetgraph import iris
from targetgraph.pipeline.describing import offers_of
from targetgraph.pipeline.exporting import export
from targetgraph.pipeline.keeping import keep
from targetgraph.pipeline.reasoning_run import Conclusions
from targetgraph.publish.catalogue.dcat import catalogue
from targetgraph.publish.catalogue.offers import FORMATS, Offer, graph_offers
from targetgraph.publish.catalogue.void import void_description
from targetgraph.store import EmbeddedStore, StoreFolder, Version
from tests.copies import copy_of
from tests.publish.profile import findings

DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
EU = "http://publications.europa.eu/resource/authority/"
BASE = "https://registry.example/tg/"
GFC = URIRef(iris.graph("framework", "gfc"))
WHOLE = URIRef(iris.whole())
EARLIER = [("0123456789abcdef", "2026-01-02T03:04:05+00:00")]


@pytest.fixture(scope="module")
def version(built_store: Path) -> Version:
    return StoreFolder(built_store).current()


@pytest.fixture(scope="module")
def store(version: Version) -> EmbeddedStore:
    return EmbeddedStore.open(version.oxigraph)


@pytest.fixture(scope="module")
def offers(version: Version) -> list[Offer]:
    """What a server offers."""
    return offers_of(version)


@pytest.fixture(scope="module")
def dcat(store: EmbeddedStore, version: Version, offers: list[Offer]) -> Graph:
    return catalogue(store, version, offers, BASE, EARLIER)


def copied(graph: Graph) -> Graph:
    copy = Graph()
    for triple in graph:
        copy.add(triple)
    return copy


def test_no_violation_of_the_profile(dcat: Graph, need: Callable[[str], Path]) -> None:
    found = findings(dcat, need("w3c") / "dcat-ap" / "releases" / "3.0.1")
    assert found["Violation"] == set()
    # What the profile recommends and we do not have: no EU body publishes this, ontology and matches are of no place and
    # no time, earlier versions are listed but no longer served, and GeoNames keeps the shape of the Earth.
    assert Counter(path for _, path, _ in found["Warning"]).keys() == {
        "bbox",
        "centroid",
        "contactPoint",
        "distribution",
        "keyword",
        "publisher",
        "spatial",
        "temporal",
        "theme",
        "type",
    }
    old = {iris.dataset(name) for name in (EARLIER[0][0], str(dcat.value(WHOLE, DCAT.version)))}
    assert {focus for focus, path, _ in found["Warning"] if path in ("distribution", "keyword", "theme")} == old


def test_what_is_kept_of_reasoners_holds_to_the_profile(
    built_store: Path, offers: list[Offer], dcat: Graph, need: Callable[[str], Path], tmp_path: Path
) -> None:
    """Datasets beside the whole, each with a file; the shapes find in them what they find in any part of the graph."""
    place = copy_of(built_store, tmp_path / "store")
    data = StoreFolder(place).current().data_version
    follows: list[tuple[Node, Node, Node]] = [(GFC, URIRef("urn:follows"), WHOLE)]
    for engine in ("hermit", "rl"):
        version = keep(Conclusions(f"{engine} 1", data, True, inferred=follows), engine, place)
    names = [iris.graph("inferred", engine) for engine in ("hermit", "rl")]
    with EmbeddedStore.open(version.oxigraph) as store:
        described = catalogue(store, version, [*offers, *graph_offers(store.inferred_graphs())], BASE, EARLIER)
    release = need("w3c") / "dcat-ap" / "releases" / "3.0.1"
    found = findings(described, release)
    assert found["Violation"] == set()
    before = findings(dcat, release)["Warning"]
    recommended = {path for focus, path, _ in before if focus == iris.graph("ontology")}  # of no place and no time too
    assert "temporal" in recommended
    added = {(focus, path) for focus, path, _ in found["Warning"] - before}
    assert added == {(name, path) for name in names for path in recommended}
    new = described - dcat
    assert {str(d) for d in new.objects(URIRef(iris.catalogue()), DCAT.dataset)} == set(names)
    for graph in map(URIRef, names):
        (file,) = new.objects(graph, DCAT.distribution)
        assert new.value(file, DCAT.accessURL)
        assert new.value(graph, DCTERMS.source) == WHOLE
        (origin,) = new.objects(graph, DCTERMS.provenance)
        assert "asserted by nobody" in str(new.value(origin, RDFS.label))
    spoilt = copied(described)
    for graph in map(URIRef, names):
        spoilt.remove((graph, DCTERMS.title, None))
    missed = findings(spoilt, release)["Violation"]
    assert {(node, path) for node, path, _ in missed} == {(name, "title") for name in names}


def _without(predicate: URIRef, subject: URIRef | None = None) -> Callable[[Graph], object]:
    return lambda graph: graph.remove((subject, predicate, None))


def _with(*triple: Any) -> Callable[[Graph], object]:
    return lambda graph: graph.add(triple)


WHOLE_FILE = URIRef(iris.distribution("data/targetgraph.nq"))
#: What is spoilt, what the shapes must then complain of: part of the focus, and the path.
PLANTED: dict[str, tuple[Callable[[Graph], object], str, str]] = {
    "catalogue without a publisher": (
        _without(DCTERMS.publisher, URIRef(iris.catalogue())),
        iris.catalogue(),
        "publisher",
    ),
    "dataset without a title": (_without(DCTERMS.title, GFC), str(GFC), "title"),
    "dataset without a description": (_without(DCTERMS.description, GFC), str(GFC), "description"),
    "two versions of one dataset": (_with(GFC, DCAT.version, Literal("2")), str(GFC), "version"),
    "a theme that is no concept": (_with(GFC, DCAT.theme, URIRef("urn:x:theme")), str(GFC), "theme"),
    "a language of one's own": (_with(GFC, DCTERMS.language, URIRef("urn:x:english")), str(GFC), "language"),
    # Of the catalogue: for datasets the release writes sh:shape where it means sh:node, and so checks no date.
    "a date as a text": (
        lambda g: g.set((URIRef(iris.catalogue()), DCTERMS.modified, Literal("yesterday"))),
        iris.catalogue(),
        "modified",
    ),
    "a file without an address": (_without(DCAT.accessURL, WHOLE_FILE), str(WHOLE_FILE), "accessURL"),
    "a media type from elsewhere": (
        lambda g: g.set((WHOLE_FILE, DCAT.mediaType, URIRef("urn:x:nq"))),
        str(WHOLE_FILE),
        "mediaType",
    ),
    "a size that is no number": (
        lambda g: g.set((WHOLE_FILE, DCAT.byteSize, Literal("big"))),
        str(WHOLE_FILE),
        "byteSize",
    ),
    "a checksum without its algorithm": (_without(SPDX.algorithm), "checksum", "algorithm"),
    "a service without an endpoint": (_without(DCAT.endpointURL), iris.service(), "endpointURL"),
    "an agent without a name": (_without(FOAF.name), iris.CURATORS, "name"),
    "a licence that is none": (
        lambda g: g.remove((None, RDF.type, DCTERMS.LicenseDocument)),
        str(WHOLE_FILE),
        "license",
    ),
    "a place that is none": (lambda g: g.remove((None, RDF.type, DCTERMS.Location)), str(WHOLE), "spatial"),
}


def test_each_planted_error_is_found(dcat: Graph, need: Callable[[str], Path]) -> None:
    """All planted in one copy, so that the shapes are asked once: they concern different things or properties."""
    graph = copied(dcat)
    for name, (spoil, _, _) in PLANTED.items():
        before = set(graph)
        spoil(graph)
        assert set(graph) != before, name
    found = findings(graph, need("w3c") / "dcat-ap" / "releases" / "3.0.1")["Violation"]
    missed = {
        name
        for name, (_, focus, path) in PLANTED.items()
        if not any(focus in node and path == p for node, p, _ in found)
    }
    assert len(PLANTED) == 15
    assert missed == set()


def test_everything_there_is_is_listed(dcat: Graph, store: EmbeddedStore, offers: list[Offer]) -> None:
    frameworks = {g for g in store.graph_names() if "/graph/framework/" in g}
    listed = {str(d) for d in dcat.objects(URIRef(iris.catalogue()), DCAT.dataset)}
    assert frameworks < listed
    assert listed - frameworks == {
        iris.whole(),
        iris.changes(),
        *(iris.graph(part) for part in ("vocabularies", "ontology", "sdg", "mapped")),
    }
    assert {o.format for o in offers} == set(FORMATS)
    for dataset in listed - {iris.changes()}:
        files = {str(x) for x in dcat.objects(URIRef(dataset), DCAT.distribution)}
        assert files == {iris.distribution(o.path) for o in offers if o.dataset == dataset}
        assert files
    urls = {str(u) for u in dcat.objects(None, DCAT.downloadURL)}
    assert urls == {BASE + o.path for o in offers if o.dataset in listed}
    assert dcat.value(GFC, DCTERMS.title) == Literal("Global Framework on Chemicals", lang="en")
    assert str(dcat.value(URIRef(iris.service()), DCAT.endpointURL)) == BASE + "sparql"


def test_size_and_checksum_are_those_of_the_file(dcat: Graph, built_store: Path, tmp_path: Path) -> None:
    export("nquads", tmp_path / "whole.nq", built_store)
    content = (tmp_path / "whole.nq").read_bytes()
    assert int(str(dcat.value(WHOLE_FILE, DCAT.byteSize))) == len(content)
    (checksum,) = dcat.objects(WHOLE_FILE, SPDX.checksum)
    assert str(dcat.value(checksum, SPDX.checksumValue)).lower() == hashlib.sha256(content).hexdigest()


def test_versions_follow_one_another(dcat: Graph, version: Version) -> None:
    current = URIRef(iris.dataset(version.data_version))
    assert set(dcat.objects(WHOLE, DCAT.hasVersion)) == {current, URIRef(iris.dataset(EARLIER[0][0]))}
    assert dcat.value(current, DCAT.previousVersion) == URIRef(iris.dataset(EARLIER[0][0]))
    assert dcat.value(WHOLE, DCTERMS.issued) == Literal(EARLIER[0][1], datatype=XSD.dateTime)


def test_the_catalogue_says_what_is_paraphrased(dcat: Graph) -> None:
    (rights,) = dcat.objects(URIRef(iris.catalogue()), DCTERMS.rights)
    said = " ".join(str(o) for o in dcat.objects(rights))
    assert "paraphrased" in said and "not reproduced" in said


# VoID


@pytest.fixture(scope="module")
def void(store: EmbeddedStore, version: Version, offers: list[Offer]) -> Graph:
    return void_description(store, version, offers, BASE)


Quad = tuple[str, str, Any, str]


@pytest.fixture(scope="module")
def quads(version: Version) -> list[Quad]:
    """Every statement, read by rdflib from the files and not from the store."""
    found: list[Quad] = []
    for name in ("dataset.nq", "gaps.nq"):
        dataset = Dataset()
        dataset.parse(version.path / name, format="nquads")
        found += [(str(s), str(p), o, str(g)) for s, p, o, g in dataset.quads()]
    return found


def number(graph: Graph, subject: Node, predicate: URIRef) -> int:
    (value,) = graph.objects(subject, predicate)
    return int(str(value))


def counted(some: list[Quad]) -> dict[URIRef, int]:
    kinds = {(s, str(o)) for s, p, o, _ in some if p == str(RDF.type)}
    return {
        VOID.triples: len(some),
        VOID.distinctSubjects: len({s for s, _, _, _ in some}),
        VOID.distinctObjects: len({o for _, _, o, _ in some}),
        VOID.properties: len({p for _, p, _, _ in some}),
        VOID.classes: len({kind for _, kind in kinds}),
        VOID.entities: len({s for s, _, _, _ in some if s.startswith(iris.BASE)}),
    }


def partitions(graph: Graph, dataset: URIRef) -> tuple[Counter[str], Counter[str]]:
    classes, properties = Counter[str](), Counter[str]()
    for part in graph.objects(dataset, VOID.classPartition):
        classes[str(graph.value(part, VOID["class"]))] += number(graph, part, VOID.entities)
    for part in graph.objects(dataset, VOID.propertyPartition):
        properties[str(graph.value(part, VOID.property))] += number(graph, part, VOID.triples)
    return classes, properties


def test_void_counts_what_loops_count(void: Graph, quads: list[Quad], store: EmbeddedStore) -> None:
    names = store.graph_names()
    assert len(names) == 10
    for name in ("", *names):
        dataset = URIRef(name or iris.whole())
        some = [q for q in quads if not name or q[3] == name]
        expected = counted(some)
        assert {p: number(void, dataset, p) for p in expected if expected[p]} == {
            p: n for p, n in expected.items() if n
        }
        classes, properties = partitions(void, dataset)
        assert properties == Counter(p for _, p, _, _ in some)
        assert classes == Counter(kind for _, kind in {(s, str(o)) for s, p, o, _ in some if p == str(RDF.type)})


def test_void_counts_its_links(void: Graph, quads: list[Quad]) -> None:
    spaces = {
        "http://metadata.un.org/sdg": "http://metadata.un.org/sdg",
        "http://purl.unep.org/sdg/": "http://purl.unep.org/sdg/",
        "http://www.wikidata.org/": "http://www.wikidata.org/entity/",
        "http://www.eionet.europa.eu/gemet/": "http://www.eionet.europa.eu/gemet/concept/",
        "https://unstats.un.org/classifications/ISIC/rev4/": "https://unstats.un.org/classifications/ISIC/rev4/",
    }
    expected = Counter(
        (dataset, p)
        for s, p, o, _ in quads
        for dataset, space in spaces.items()
        if isinstance(o, URIRef) and str(o).startswith(space) and not s.startswith(space)
    )
    found = {
        (str(void.value(x, VOID.objectsTarget)), str(void.value(x, VOID.linkPredicate))): number(void, x, VOID.triples)
        for x in void.subjects(RDF.type, VOID.Linkset)
    }
    assert found == dict(expected)
    assert {dataset for dataset, _ in found} == set(spaces)
    assert {void.value(x, VOID.subjectsTarget) for x in void.subjects(RDF.type, VOID.Linkset)} == {WHOLE}


def test_void_leads_on(void: Graph, quads: list[Quad], offers: list[Offer]) -> None:
    subjects = {s for s, _, _, _ in quads}
    examples = {str(x) for x in void.objects(WHOLE, VOID.exampleResource)}
    assert len(examples) >= 10 and examples <= subjects
    assert str(void.value(WHOLE, VOID.sparqlEndpoint)) == BASE + "sparql"
    assert str(void.value(WHOLE, VOID.uriSpace)) == iris.BASE
    assert URIRef(iris.TERMS) in set(void.objects(WHOLE, VOID.vocabulary))
    dumps = {str(d) for d in void.objects(WHOLE, VOID.dataDump)}
    rdf = ("nquads", "trig", "turtle", "ntriples", "rdfxml")
    assert dumps == {BASE + o.path for o in offers if o.dataset == iris.whole() and o.format in rdf}
    document = URIRef(iris.well_known("void"))
    assert void.value(document, FOAF.primaryTopic) == WHOLE
