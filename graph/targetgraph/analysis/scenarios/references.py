"""What people call things, and which things they mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import numpy as np

from targetgraph import iris
from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array, Table
from targetgraph.errors import TargetGraphError


def numbers_called(table: Table, name: str) -> list[int]:
    """Rows of concepts or targets with this IRI, else this code, else this label (in any case of letters)."""
    for column in ("iri", "notation", "label"):
        wanted = name.casefold()
        found = [i for i, value in enumerate(table[column]) if value.casefold() == wanted]
        if found:
            return found
    return []


def target_called(graph: CodedGraph, name: str, framework: int) -> int:
    """Number of a target of a framework by code, label or IRI.

    Raises
    ------
    TargetGraphError : the framework has no such target, or several.
    """
    mine = {int(t) for t in graph.targets_of(framework)}
    found = [n for n in numbers_called(graph.targets, name) if n in mine]
    if len(found) == 1:
        return found[0]
    code = graph.frameworks[framework].code
    if found:
        raise TargetGraphError(f"{len(found)} targets of {code} are called {name!r}", "", "give the IRI of one")
    codes = [graph.targets.notation[t] for t in sorted(mine)]
    raise TargetGraphError(f"{code} has no target {name!r}", "", f"use one of: {', '.join(codes[:60])}")


def concept_called(dimension: CodedDimension, name: str) -> int:
    """Number of a concept of a dimension by code, label or IRI.

    Raises
    ------
    TargetGraphError : the scheme has no such concept, or several.
    """
    found = numbers_called(dimension.concepts, name)
    if len(found) == 1:
        return found[0]
    if found:
        raise TargetGraphError(f"{len(found)} concepts are called {name!r}", "", "give the IRI of one")
    raise unknown_concept(name, [dimension])


def unknown_concept(name: str, dimensions: Iterable[CodedDimension]) -> TargetGraphError:
    """The error for a name that no concept has, with what it may be a slip of."""
    words = [w for d in dimensions for column in ("notation", "label") for w in d.concepts[column]]
    near = list(dict.fromkeys(get_close_matches(name, words, 4, 0.6)))
    remedy = f"did you mean {', '.join(near)}?" if near else "list the concepts with `targetgraph coverage targets DIM`"
    return TargetGraphError(f"nothing in the vocabularies is called {name!r}", "", remedy)


def concept_iri(graph: CodedGraph, reference: str) -> str:
    """IRI of the concept that ``code``, ``label``, ``iri`` or ``dimension:code`` stands for.

    Raises
    ------
    TargetGraphError : nothing is so called, or different things are in different dimensions.
    """
    code, colon, rest = reference.partition(":")
    if colon and code in graph.dimensions:
        dimension = graph.dimension(code)
        return str(dimension.concepts.iri[concept_called(dimension, rest)])
    found = {
        str(d.concepts.iri[n]): c for c, d in graph.dimensions.items() for n in numbers_called(d.concepts, reference)
    }
    if len(found) > 1:
        choices = " or ".join(f"{c}:{reference}" for c in found.values())
        raise TargetGraphError(f"{reference!r} is the name of several things", "", f"write {choices}")
    if not found:
        raise unknown_concept(reference, graph.dimensions.values())
    return next(iter(found))


def link_rows(dimension: CodedDimension, wanted: Sequence[str]) -> Array:
    """Which links have one of these IRIs (in full or shortened), bool, shape (links,)."""
    full = {iri if "://" in iri else iris.BASE + iri for iri in wanted}
    return np.array([iri in full for iri in dimension.links.iri], dtype=bool)


def targets_on(graph: CodedGraph, sources: Iterable[str]) -> Array:
    """Numbers of the targets that rest on one of the sources: their IRIs, last parts or hosts.

    Raises
    ------
    TargetGraphError : no target rests on one of them.
    """
    table = graph.tables["sources"]
    known = list(table.source)
    found: set[int] = set()
    for source in sorted(sources):
        rows = [i for i, iri in enumerate(known) if source in _names(iri)]
        if not rows:
            names = ", ".join(sorted({_names(iri)[-1] for iri in known}))
            raise TargetGraphError(f"no target rests on the source {source!r}", "", f"use one of: {names}")
        found |= {int(table.target[i]) for i in rows}
    return np.array(sorted(found), dtype=np.int64)


def _names(source: str) -> tuple[str, ...]:
    """What a source may be called: its IRI, the last part, the host; the shortest that is told apart last."""
    host = source.partition("://")[2].partition("/")[0]
    last = source.rstrip("/").rpartition("/")[2]
    ours = source.startswith(iris.BASE)
    return (source, last) if ours else (source, last, host)
