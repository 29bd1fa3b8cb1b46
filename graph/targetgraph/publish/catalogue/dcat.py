"""The catalogue: a dataset for the whole and for each part, how to fetch them, and the SPARQL service (DCAT-AP 3).

The profile is DCAT-AP 3.0.1 (SEMIC, 2025), an application profile of DCAT 3 (W3C Recommendation of 22 August 2024). What the
catalogue says and no table holds (licence, publisher, themes) stands in ``ontology/catalogue.ttl``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urljoin

from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from targetgraph import __version__, iris
from targetgraph.namespaces import PREFIXES
from targetgraph.publish.catalogue.graphs import answered, copy_described, fresh, said
from targetgraph.publish.catalogue.inferred import describe_inferred
from targetgraph.publish.catalogue.offers import FILE_TYPES, FORMATS, MEDIA_TYPES, Offer
from targetgraph.store import Store, Version

# The class of rdflib knows DCAT 2 only and warns of the newer terms.
DCAT = Namespace(PREFIXES["dcat"])
SPDX = Namespace("http://spdx.org/rdf/terms#")
EU = Namespace("http://publications.europa.eu/resource/authority/")
_SHA256 = URIRef("https://spdx.org/rdf/terms#checksumAlgorithm_sha256")
_AVAILABILITY = URIRef("http://data.europa.eu/r5r/availability")
_PARTS: Final = ("vocabularies", "ontology", "sdg", "mapped")
_MAIN_THEMES = (EU["data-theme/ENVI"], EU["data-theme/HEAL"])
_LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
_RIGHTS = URIRef(iris.BASE + "rights/paraphrase")
_PROVENANCE = URIRef(iris.BASE + "provenance/curated")
_CONTACT = URIRef(iris.BASE + "agent/contact")
_CURATORS = URIRef(iris.CURATORS)
_CATALOGUE = URIRef(iris.catalogue())
_SERVICE = URIRef(iris.service())
_WHOLE = URIRef(iris.whole())
_CHANGES = URIRef(iris.changes())


def catalogue(
    store: Store,
    version: Version,
    offers: Sequence[Offer],
    base: str = iris.BASE,
    earlier: Sequence[tuple[str, str]] = (),
) -> Graph:
    """The catalogue of a data version.

    Parameters
    ----------
    store : the version as a store.
    version : what the manifest says of it.
    offers : what can be fetched, and where.
    base : URL of the site that serves the files; names of things stay what they are, whatever the site.
    earlier : (data version, time) of every version there was, oldest first, where a feed of changes recorded them.
    """
    graph, static = fresh(), said()
    _describe_catalogue(graph, static, version, earlier)
    frameworks = answered(store, "exchange/frameworks-as-dcat")
    for triple in frameworks:
        graph.add(triple)
    parts = [URIRef(iris.graph(name)) for name in _PARTS if iris.graph(name) in store.graph_names()]
    of_frameworks = sorted({URIRef(str(g)) for g in frameworks.objects(_CATALOGUE, DCAT.dataset)})
    inferred = describe_inferred(graph, version, DCAT.Dataset)
    for dataset in (_WHOLE, *of_frameworks, *parts, *inferred, _CHANGES):
        _describe_dataset(graph, static, dataset, version)
    for dataset in (*of_frameworks, *parts):
        graph.add((_WHOLE, DCTERMS.hasPart, dataset))
    _describe_versions(graph, version, earlier)
    for offer in offers:
        if (URIRef(offer.dataset), RDF.type, DCAT.Dataset) in graph:
            _describe_offer(graph, offer, base)
    _describe_feed(graph, base)
    _describe_service(graph, base)
    _complete(graph, static)
    return graph


def _time(moment: str) -> Literal:
    return Literal(moment, datatype=XSD.dateTime if "T" in moment else XSD.date)


def _describe_catalogue(graph: Graph, static: Graph, version: Version, earlier: Sequence[tuple[str, str]]) -> None:
    for predicate, value in static.predicate_objects(_CATALOGUE):
        graph.add((_CATALOGUE, predicate, value))
    created = str(version.manifest["created"])
    graph.add((_CATALOGUE, DCTERMS.modified, _time(created)))
    graph.add((_CATALOGUE, DCTERMS.issued, _time(earlier[0][1] if earlier else created)))
    graph.add((_CATALOGUE, DCAT.service, _SERVICE))


def _describe_dataset(graph: Graph, static: Graph, dataset: URIRef, version: Version) -> None:
    """What the ontology folder says of a dataset, and what holds for each."""
    graph.add((_CATALOGUE, DCAT.dataset, dataset))
    graph.add((dataset, RDF.type, DCAT.Dataset))
    for predicate, value in static.predicate_objects(dataset):
        graph.add((dataset, predicate, value))
    for predicate, value in (
        (DCTERMS.publisher, _CURATORS),
        (DCTERMS.license, _LICENCE),
        (DCTERMS.accessRights, EU["access-right/PUBLIC"]),
        (DCTERMS.rights, _RIGHTS),
        (DCTERMS.provenance, graph.value(dataset, DCTERMS.provenance) or _PROVENANCE),
        (DCTERMS.accrualPeriodicity, EU["frequency/IRREG"]),
        (DCTERMS.language, EU["language/ENG"]),
        (DCAT.contactPoint, _CONTACT),
        (DCAT.version, Literal(version.data_version)),
    ):
        graph.add((dataset, predicate, value))
    for theme in _MAIN_THEMES:
        graph.add((dataset, DCAT.theme, theme))
    for keyword in ("chemicals", "waste", "policy targets"):
        graph.add((dataset, DCAT.keyword, Literal(keyword, lang="en")))


def _describe_versions(graph: Graph, version: Version, earlier: Sequence[tuple[str, str]]) -> None:
    """The versions of the whole: the current one, and those that the feed of changes leads up from."""
    created = str(version.manifest["created"])
    graph.add((_WHOLE, DCTERMS.modified, _time(created)))
    graph.add((_WHOLE, DCTERMS.issued, _time(earlier[0][1] if earlier else created)))
    run = URIRef(iris.dataset(version.data_version) + "#build")
    graph.add((_WHOLE, PROV.wasGeneratedBy, run))
    graph.add((run, RDF.type, PROV.Activity))
    graph.add((run, RDFS.label, Literal(f"targetgraph build, version {__version__}", lang="en")))
    graph.add((run, PROV.endedAtTime, _time(created)))
    times = {**dict(earlier), version.data_version: created}
    previous: URIRef | None = None
    for name, moment in times.items():
        one = URIRef(iris.dataset(name))
        graph.add((_WHOLE, DCAT.hasVersion, one))
        graph.add((one, RDF.type, DCAT.Dataset))
        graph.add((one, DCTERMS.title, Literal(f"TargetGraph, data version {name}", lang="en")))
        graph.add((one, DCTERMS.description, Literal(f"The graph as it was built on {moment[:10]}.", lang="en")))
        graph.add((one, DCAT.version, Literal(name)))
        graph.add((one, DCTERMS.issued, _time(moment)))
        graph.add((one, DCTERMS.publisher, _CURATORS))
        if previous is not None:
            graph.add((one, DCAT.previousVersion, previous))
        previous = one


def _describe_offer(graph: Graph, offer: Offer, base: str) -> None:
    form = FORMATS[offer.format]
    this = URIRef(iris.distribution(offer.path))
    url = URIRef(urljoin(base, offer.path))
    title = graph.value(URIRef(offer.dataset), DCTERMS.title)
    graph.add((URIRef(offer.dataset), DCAT.distribution, this))
    for predicate, value in (
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, Literal(offer.title or f"{title} as {form.name}", lang="en")),
        (DCTERMS.description, Literal(offer.holds or form.holds, lang="en")),
        (DCAT.accessURL, url),
        (DCAT.downloadURL, url),
        (DCAT.mediaType, URIRef(MEDIA_TYPES + form.media_type)),
        (DCTERMS["format"], URIRef(FILE_TYPES + form.file_type)),
        (DCTERMS.license, _LICENCE),
        (DCTERMS.rights, _RIGHTS),
        (_AVAILABILITY, EU["planned-availability/AVAILABLE"]),
    ):
        graph.add((this, predicate, value))
    _describe_format(graph, form.media_type, form.file_type)
    if offer.size is not None:
        graph.add((this, DCAT.byteSize, Literal(str(offer.size), datatype=XSD.nonNegativeInteger)))
    if offer.sha256:
        checksum = URIRef(f"{this}#checksum")
        graph.add((this, SPDX.checksum, checksum))
        graph.add((checksum, RDF.type, SPDX.Checksum))
        graph.add((checksum, SPDX.algorithm, _SHA256))
        graph.add((checksum, SPDX.checksumValue, Literal(offer.sha256, datatype=XSD.hexBinary)))


def _describe_format(graph: Graph, media_type: str, file_type: str) -> None:
    """The media type and the file type as instances of the classes that the profile wants."""
    graph.add((URIRef(MEDIA_TYPES + media_type), RDF.type, DCTERMS.MediaType))
    kind, scheme = URIRef(FILE_TYPES + file_type), URIRef(FILE_TYPES.rstrip("/"))
    graph.add((kind, RDF.type, DCTERMS.MediaTypeOrExtent))
    graph.add((kind, RDF.type, SKOS.Concept))
    graph.add((kind, SKOS.inScheme, scheme))
    if (kind, SKOS.prefLabel, None) not in graph:
        graph.add((kind, SKOS.prefLabel, Literal(file_type.replace("_", " "), lang="en")))
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, DCTERMS.title, Literal("File type", lang="en")))


def _describe_feed(graph: Graph, base: str) -> None:
    """The feed of changes: its entry is the address of the event stream's first page."""
    this = URIRef(iris.distribution("changes"))
    graph.add((_CHANGES, DCAT.distribution, this))
    for predicate, value in (
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, Literal("Event stream, in pages", lang="en")),
        (DCTERMS.description, Literal("Pages of members in TriG; each names the pages that follow.", lang="en")),
        (DCAT.accessURL, URIRef(urljoin(base, "changes/"))),
        (DCAT.mediaType, URIRef(MEDIA_TYPES + "application/trig")),
        (DCTERMS["format"], URIRef(FILE_TYPES + "RDF_TRIG")),
        (DCTERMS.license, _LICENCE),
        (_AVAILABILITY, EU["planned-availability/AVAILABLE"]),
    ):
        graph.add((this, predicate, value))
    _describe_format(graph, "application/trig", "RDF_TRIG")


def _describe_service(graph: Graph, base: str) -> None:
    endpoint = URIRef(urljoin(base, "sparql"))
    for predicate, value in (
        (RDF.type, DCAT.DataService),
        (DCTERMS.title, Literal("SPARQL endpoint of TargetGraph", lang="en")),
        (DCTERMS.description, Literal("SPARQL 1.1 queries over all named graphs, within limits.", lang="en")),
        (DCAT.endpointURL, endpoint),
        (DCAT.endpointDescription, endpoint),
        (DCAT.servesDataset, _WHOLE),
        (DCTERMS.conformsTo, URIRef("http://www.w3.org/TR/sparql11-protocol/")),
        (DCTERMS.license, _LICENCE),
        (DCTERMS.publisher, _CURATORS),
        (DCTERMS.accessRights, EU["access-right/PUBLIC"]),
        (DCAT.contactPoint, _CONTACT),
        (DCAT.theme, EU["data-theme/ENVI"]),
        (DCAT.keyword, Literal("SPARQL", lang="en")),
    ):
        graph.add((_SERVICE, predicate, value))
    graph.add((endpoint, RDF.type, RDFS.Resource))  # its shapes ask for the class that everything has


def _complete(graph: Graph, static: Graph) -> None:
    """Describe what is mentioned: a document, agent or concept without its class would break the profile's ranges."""
    mentioned = {value for value in graph.objects() if isinstance(value, URIRef)} - set(graph.subjects())
    copy_described(static, graph, mentioned)
    for checked in set(graph.objects(None, SPDX.algorithm)):
        copy_described(static, graph, [checked])
    for kind in (FOAF.homepage, DCAT.landingPage):
        for page in set(graph.objects(None, kind)):
            graph.add((page, RDF.type, FOAF.Document))
