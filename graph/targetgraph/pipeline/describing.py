"""Catalogue, VoID and examples of the current version, as a file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from targetgraph import iris
from targetgraph.errors import TargetGraphError
from targetgraph.publish.catalogue.offers import Offer, graph_offers
from targetgraph.publish.exports.products import products
from targetgraph.publish.exports.source import Source
from targetgraph.store import EmbeddedStore, StoreFolder, Version
from targetgraph.store.durable import write_whole
from targetgraph.store.layout import DEFAULT_FOLDER

if TYPE_CHECKING:
    from rdflib import Graph

_DATASET_OF: Final = {"jsonld-vocabularies": "vocabularies", "sssom": "mapped"}
_FORM_OF: Final = {".ttl": "turtle", ".nt": "ntriples", ".rdf": "rdfxml", ".xml": "rdfxml", ".jsonld": "jsonld"}


def offers_of(version: Version) -> list[Offer]:
    """Every file that a server hands out below ``/data/``, and each named graph from its graph store.

    The N-Quads of the whole come with their size and hash: they are read once for it.
    """
    from targetgraph.pipeline.exporting import source_of

    source = source_of(version)
    offers = []
    for product in products(source):
        form = product.format.partition("-")[0]
        if not product.media_type or product.format == "jsonld-context":
            continue
        dataset = iris.whole()
        if product.framework:
            dataset = iris.graph("framework", product.framework)
        elif product.format in _DATASET_OF:
            dataset = iris.graph(_DATASET_OF[product.format])
        size, digest = _measured(source) if product.format == "nquads" else (None, "")
        path = f"data/{product.name}"
        offers.append(Offer(dataset, form, path, size, digest, product.title, product.purpose))
    with EmbeddedStore.open(version.oxigraph) as store:
        return [*offers, *graph_offers(store.graph_names() + store.inferred_graphs())]


def _measured(source: Source) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    for line in source.lines(()):
        size += len(line)
        digest.update(line)
    return size, digest.hexdigest()


def description(kind: str, version: Version, root: Path, base: str) -> Graph:
    """A description of a version with all that a server offers of it (see `described`)."""
    from targetgraph.publish.catalogue.documents import described

    return described(kind, version, root, base, () if kind == "examples" else offers_of(version))


def describe(kind: str, output: Path, store: Path | None = None, base: str = "") -> None:
    """Write a description of the current version.

    Parameters
    ----------
    kind : ``dcat``, ``void`` or ``examples``.
    output : the file; its name's end chooses the format, Turtle where it says nothing.
    store : the store folder.
    base : address of the site that serves the data.

    Raises
    ------
    StoreError : nothing has been built there, or it is damaged.
    TargetGraphError : the base is no web address, or the file cannot be written.
    """
    from targetgraph.publish.catalogue.documents import written

    if not base.startswith(("http://", "https://")) or any(c in base for c in ' <>"{}|^`'):
        raise TargetGraphError(f"{base!r} is no address of a site", "--base", "write it as https://example.org/")
    place = StoreFolder(store or DEFAULT_FOLDER)
    graph = description(kind, place.current(), place.root, base if base.endswith("/") else base + "/")
    write_whole(output, written(graph, _FORM_OF.get(output.suffix.lower(), "turtle")))
