"""What reasoners inferred and is kept with a version, described: datasets of their own, no parts of the whole.

The whole is what a query sees that names no graph, and its counts are of that. Inferences are seen by whoever names their
graph, so they are described beside it, with what they were derived from, by which reasoner and rules, and when.
"""

from __future__ import annotations

from typing import Final

from rdflib import DCTERMS, PROV, RDF, VOID, XSD, Graph, Literal, URIRef

from targetgraph import iris
from targetgraph.store import Version

_PROVENANCE: Final = URIRef(iris.BASE + "provenance/inferred")
_TITLE: Final = "What {reasoner} inferred"
_DESCRIPTION: Final = (
    "Statements that follow from the data version {version}; nobody asserted them. "
    "No query sees them that does not name this graph."
)


def describe_inferred(graph: Graph, version: Version, kind: URIRef) -> tuple[URIRef, ...]:
    """Add what is kept with a version to a description.

    Parameters
    ----------
    graph : the description.
    version : what its manifest says.
    kind : class of the datasets, ``void:Dataset`` or ``dcat:Dataset``.

    Returns
    -------
    IRIs of the graphs, sorted.
    """
    found = []
    for said in version.inferred.values():
        name = URIRef(said["graph"])
        found.append(name)
        description = _DESCRIPTION.format(version=version.data_version)
        graph.add((name, RDF.type, kind))
        graph.add((name, DCTERMS.title, Literal(_TITLE.format(reasoner=said["reasoner"]), lang="en")))
        graph.add((name, DCTERMS.description, Literal(description, lang="en")))
        graph.add((name, DCTERMS.source, URIRef(iris.whole())))
        graph.add((name, DCTERMS.conformsTo, URIRef(said["rules"])))
        graph.add((name, PROV.wasDerivedFrom, URIRef(iris.whole())))
        graph.add((name, DCTERMS.provenance, _PROVENANCE))
        graph.add((name, DCTERMS.issued, Literal(said["made"], datatype=XSD.dateTime)))
        if kind == VOID.Dataset:
            graph.add((name, VOID.triples, Literal(int(said["statements"]), datatype=XSD.integer)))
    return tuple(sorted(found))
