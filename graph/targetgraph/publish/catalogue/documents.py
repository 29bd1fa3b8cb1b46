"""The three descriptions of a data version as documents: catalogue, VoID, examples."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from rdflib import Graph

from targetgraph import iris
from targetgraph.errors import StoreError
from targetgraph.library import Library
from targetgraph.publish.catalogue.dcat import catalogue
from targetgraph.publish.catalogue.examples import examples
from targetgraph.publish.catalogue.offers import Offer, graph_offers
from targetgraph.publish.catalogue.void import void_description
from targetgraph.publish.changes.steps import Feed
from targetgraph.store import EmbeddedStore, Version, resolver

KINDS: Final = ("dcat", "void", "examples")
FORMS: Final = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}


def described(
    kind: str, version: Version, root: Path, base: str = iris.BASE, offers: Sequence[Offer] | None = None
) -> Graph:
    """A description of a version.

    Parameters
    ----------
    kind : one of `KINDS`.
    version : the version.
    root : the store folder, for the versions that its record of changes knows.
    base : URL of the site.
    offers : what can be fetched there; each named graph from the graph store by default.
    """
    with EmbeddedStore.open(version.oxigraph) as store:
        if kind == "examples":
            return examples(Library(), resolver(store), base)
        fetched = graph_offers(store.graph_names() + store.inferred_graphs()) if offers is None else offers
        if kind == "void":
            return void_description(store, version, fetched, base)
        earlier: Sequence[tuple[str, str]] = ()
        with suppress(StoreError):  # a damaged record of changes takes nothing from the catalogue but old versions
            earlier = Feed(root).versions()
        return catalogue(store, version, fetched, base, earlier)


def written(graph: Graph, form: str) -> bytes:
    """The description in one of `FORMS`."""
    return graph.serialize(format=FORMS[form], encoding="utf-8")
