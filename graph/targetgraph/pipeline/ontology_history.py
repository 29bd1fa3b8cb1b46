"""The ontology against its earlier versions."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from rdflib import Graph

from targetgraph import resources
from targetgraph.errors import TargetGraphError
from targetgraph.modelling import ontology
from targetgraph.publish.ontology_changes import as_markdown
from targetgraph.reasoning.ontology_changes import OntologyChanges, ontology_changes

TERMS = "targetgraph.ttl"
EARLIER = "earlier"
PAGE = "CHANGES.md"
_HEAD = """# Changes of the ontology

<!-- Made by `targetgraph ontology` from ontology/earlier and ontology/targetgraph.ttl; do not edit. -->

Version against version, the newest first. A change may *break* data or queries that were right: a term is gone or of
another kind, an axiom restricts a term there was before, or an axiom is gone that gave inferences. When a version is
released, `targetgraph.ttl` is copied to `earlier/<version>.ttl`.
"""


def changes_since(earlier: Path) -> OntologyChanges:
    """The terms of the ontology against those of another version of it.

    Parameters
    ----------
    earlier : a file of RDF.

    Raises
    ------
    TargetGraphError : the file is no RDF.
    """
    try:
        before = Graph().parse(earlier)
    except Exception as error:
        raise TargetGraphError(
            f"this is no RDF that can be read: {error}",
            str(earlier),
            "give an earlier version of the ontology as Turtle",
        ) from error
    return ontology_changes(before, ontology.read(TERMS))


def page() -> str:
    """``ontology/CHANGES.md``: every earlier version against the next, and the last against the ontology as it is."""
    earlier = sorted((resources.ontology() / EARLIER).glob("*.ttl"))
    versions = [(path.stem, f"{EARLIER}/{path.name}") for path in earlier] + [("as it is", TERMS)]
    parts = [_HEAD]
    for (before, old), (after, new) in reversed(list(pairwise(versions))):
        parts.append(as_markdown(ontology_changes(ontology.read(old), ontology.read(new)), f"{before} → {after}"))
    return "\n".join(parts)
