"""The ontology files: read, written in one canonical form, and turned into Python names.

Canonical form is rdflib's *longturtle* with canonical blank nodes (RDF Dataset Canonicalization), one statement
a line, sorted, with the prefixes that :file:`prefixes.ttl` declares: a change of one term is a change of few lines.
"""

from __future__ import annotations

from pathlib import Path

from rdflib import OWL, RDF, SH, Graph, Namespace, URIRef

from targetgraph import iris, resources
from targetgraph.errors import ResourceMissing

_PREFIX_FILE = "prefixes.ttl"
_MODEL_FILES = ("targetgraph.ttl", "dimensions.ttl", "obligations.ttl", "gaps.ttl")


def files() -> list[Path]:
    """All Turtle files of the ontology folder, shapes included, in a stable order."""
    return sorted(resources.ontology().rglob("*.ttl"))


def read(*names: str) -> Graph:
    """Parse ontology files into one graph.

    Parameters
    ----------
    names : paths below the ontology folder; all files of the model when none is given.

    Raises
    ------
    ResourceMissing : a named file is not there.
    """
    graph = Graph()
    for name in names or _MODEL_FILES:
        path = resources.ontology() / name
        if not path.is_file():
            raise ResourceMissing(f"the ontology file {name} is not there", str(path), "reinstall the package")
        graph.parse(path, format="turtle")
    return graph


def declared_prefixes() -> dict[str, str]:
    """Prefix to namespace, as declared with ``sh:declare`` in the prefix file (SHACL, section 5.2.1)."""
    graph = read(_PREFIX_FILE)
    pairs = {}
    for declaration in graph.objects(URIRef(iris.ONTOLOGY), SH.declare):
        prefix = graph.value(declaration, SH.prefix)
        pairs[str(prefix)] = str(graph.value(declaration, SH.namespace))
    return dict(sorted(pairs.items()))


def bind_prefixes(graph: Graph) -> Graph:
    """Bind the declared prefixes on ``graph``, replacing any others; returns the graph."""
    for prefix, namespace in declared_prefixes().items():
        graph.bind(prefix, Namespace(namespace), override=True, replace=True)
    return graph


def canonical_turtle(graph: Graph) -> str:
    """Canonical, diff-stable Turtle of ``graph``."""
    fresh = Graph(bind_namespaces="none")
    for triple in graph:
        fresh.add(triple)
    bind_prefixes(fresh)
    text = fresh.serialize(format="longturtle", canon=True)
    return text.rstrip("\n") + "\n"


def terms() -> list[str]:
    """Local names of every term of ours that the model files declare, sorted."""
    graph = read()
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)
    found = {str(s) for kind in kinds for s in graph.subjects(RDF.type, kind)}
    return sorted(t.removeprefix(iris.TERMS) for t in found if t.startswith(iris.TERMS))


def python_terms() -> str:
    """Source of :mod:`targetgraph.namespaces`, generated from the ontology."""
    lines = [
        '"""Prefixes and terms, generated from the ontology: edit the Turtle and run `make terms`, never this file."""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Final",
        "",
        "PREFIXES: Final[dict[str, str]] = {",
        *(f'    "{prefix}": "{namespace}",' for prefix, namespace in declared_prefixes().items()),
        "}",
        "",
        "",
        "class TG:",
        '    """Terms of the TargetGraph ontology, as IRIs."""',
        "",
        f'    NAMESPACE: Final = "{iris.TERMS}"',
        *(f'    {name}: Final = "{iris.TERMS}{name}"' for name in terms()),
        "",
    ]
    return "\n".join(lines)
