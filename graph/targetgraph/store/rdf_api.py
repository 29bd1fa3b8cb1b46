"""The door for users of rdflib: a Dataset over the embedded store, and the triples of an answer as a Graph."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from targetgraph.errors import StoreError
from targetgraph.library.terms import XSD_STRING, BlankNode, Iri, Literal, Term, Triple
from targetgraph.namespaces import PREFIXES

if TYPE_CHECKING:
    from rdflib import Dataset, Graph


def rdflib_dataset(folder: Path) -> Dataset:
    """An rdflib ``Dataset`` over a store folder, read-only; its default graph is the union of all graphs.

    Queries run in Oxigraph, in this process and without limits: meant for notebooks and scripts, not for
    queries from outside.

    Parameters
    ----------
    folder : the ``oxigraph`` folder of a version (``StoreFolder().current().oxigraph``).

    Raises
    ------
    StoreError
        when it cannot be opened.
    """
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    try:
        store = ox.Store.read_only(str(folder))
    except (OSError, ValueError) as error:
        remedy = "run `targetgraph build` to make it anew"
        raise StoreError(f"the store cannot be opened: {error}", str(folder), remedy) from error
    dataset = Dataset(store=OxigraphStore(store=store), default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset


def rdflib_graph(triples: Iterable[Triple]) -> Graph:
    """The triples of an answer as an rdflib ``Graph``, without writing and parsing them in between.

    Raises
    ------
    TypeError : a term is itself a triple, which rdflib cannot hold.
    """
    import rdflib

    made: dict[Term, rdflib.term.Node] = {}

    def node(term: Term) -> rdflib.term.Node:
        if term not in made:
            match term:
                case Iri(value):
                    made[term] = rdflib.URIRef(value)
                case BlankNode(value):
                    made[term] = rdflib.BNode(value)
                case Literal(value, _, language) if language:
                    made[term] = rdflib.Literal(value, lang=language)
                case Literal(value, datatype):
                    kind = None if datatype == XSD_STRING else rdflib.URIRef(datatype)
                    made[term] = rdflib.Literal(value, datatype=kind)
                case _:
                    raise TypeError(f"rdflib holds no triple terms: {term}")
        return made[term]

    graph = rdflib.Graph(bind_namespaces="none")
    for triple in triples:
        graph.add((node(triple.subject), node(triple.predicate), node(triple.object)))
    return graph
