"""What a service holds of ours: a small graph that is written last, and that every reader looks at first.

It names each graph with its number of statements and the hash of its canonical N-Triples. While a build is replacing
graphs it has no date of issue: whoever reads then, or after a build was cut off, learns that, and takes no half for a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from targetgraph import iris
from targetgraph.errors import StoreError
from targetgraph.library.terms import XSD, Iri, Literal, Term, written
from targetgraph.namespaces import PREFIXES, TG

FORMAT: Final = 1
"""Of the publication graph and what belongs to it. Readers refuse what is newer than they are."""

PUBLICATION: Final = iris.graph("publication")
HISTORY: Final = iris.graph("publication", "gap-history")
MERGED: Final = iris.graph("publication", "merged")
STAGING: Final = iris.graph("publication", "staging") + "/"
OURS: Final = iris.graph("")

ISSUED: Final = PREFIXES["dct"] + "issued"
"""Property of the date that a publication has once it is whole."""

_CREATED: Final = PREFIXES["dct"] + "created"
_VOID = "http://rdfs.org/ns/void#"
_TRIPLES, _SUBSET = _VOID + "triples", _VOID + "subset"
_DEFAULT = "http://www.w3.org/ns/sparql-service-description#defaultGraph"
_RDF_TYPE = PREFIXES["rdf"] + "type"
_AGAIN: Final = "run `targetgraph build` with this --store again; it goes on where it was stopped"


@dataclass(frozen=True, slots=True)
class Part:
    """A graph as it was published: number of statements, SHA-256 of its canonical N-Triples."""

    statements: int
    digest: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A whole publication.

    Parameters
    ----------
    version : data version.
    software : what published it.
    issued : when it was whole, ISO.
    graphs : the graphs of the dataset by IRI.
    annexes : graphs beside the dataset: the history of gaps, the merged graph where the service needs one.
    """

    version: str
    software: str
    issued: str
    graphs: Mapping[str, Part] = field(default_factory=dict)
    annexes: Mapping[str, Part] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """A hash of everything published, whenever it was."""
        parts = sorted((iri, p.statements, p.digest) for iri, p in {**self.graphs, **self.annexes}.items())
        return hashlib.sha256(repr((FORMAT, self.version, parts)).encode()).hexdigest()[:16]

    @property
    def statements(self) -> int:
        """Statements of the dataset."""
        return sum(p.statements for p in self.graphs.values())

    def lines(self, whole: bool = True) -> list[str]:
        """The statements of the publication graph, in N-Triples without line ends.

        Parameters
        ----------
        whole : with the date that says it is complete; without, it is a publication under way.
        """
        about: list[tuple[str, str, Term]] = [
            (PUBLICATION, _RDF_TYPE, Iri(TG.Publication)),
            (PUBLICATION, TG.publicationFormat, Literal(str(FORMAT), XSD + "integer")),
            (PUBLICATION, TG.dataVersion, Literal(self.version)),
            (PUBLICATION, TG.softwareVersion, Literal(self.software)),
            (PUBLICATION, ISSUED if whole else _CREATED, Literal(self.issued, XSD + "dateTime")),
        ]
        for iri, part in {**self.graphs, **self.annexes}.items() if whole else ():
            about.append((iri, _TRIPLES, Literal(str(part.statements), XSD + "integer")))
            about.append((iri, TG.contentHash, Literal(part.digest)))
            if iri in self.graphs:
                about.append((PUBLICATION, _SUBSET, Iri(iri)))
            elif iri == MERGED:
                about.append((PUBLICATION, _DEFAULT, Iri(iri)))
        return [f"{written(Iri(s))} {written(Iri(p))} {written(o)} ." for s, p, o in about]


def read_publication(rows: Iterable[tuple[str | None, ...]], where: str) -> Publication | None:
    """The publication that a service's publication graph tells of; ``None`` for one that is not whole.

    Parameters
    ----------
    rows : subject, property and value of each statement of the graph, lexical forms.

    Raises
    ------
    StoreError
        when there is none, or it was made by a newer version of the package.
    """
    values: dict[tuple[str, str], list[str]] = {}
    for subject, prop, value in rows:
        values.setdefault((subject or "", prop or ""), []).append(value or "")

    def one(prop: str, subject: str = PUBLICATION) -> str:
        found = values.get((subject, prop), [""])
        return found[0] if len(found) == 1 else ""

    if TG.Publication not in values.get((PUBLICATION, _RDF_TYPE), []):
        raise StoreError(
            "nothing of TargetGraph's has been published here", where, "run `targetgraph build` with this --store first"
        )
    made_as = one(TG.publicationFormat)
    if made_as.isdigit() and int(made_as) > FORMAT:
        raise StoreError(
            f"this was published by a newer targetgraph (format {made_as}; this one reads up to {FORMAT})",
            where,
            "upgrade targetgraph, or publish with this one to another service",
        )
    graphs = values.get((PUBLICATION, _SUBSET), [])
    counted = {s for s, p in values if p == _TRIPLES}
    parts = {}
    for iri in {*graphs, *counted}:
        number, digest = one(_TRIPLES, iri), one(TG.contentHash, iri)
        if not number.isdigit() or not digest:
            return None
        parts[iri] = Part(int(number), digest)
    version, issued = one(TG.dataVersion), one(ISSUED)
    if not (made_as and version and issued and graphs):
        return None
    return Publication(
        version,
        one(TG.softwareVersion),
        issued,
        {iri: parts[iri] for iri in sorted(graphs)},
        {iri: parts[iri] for iri in sorted(counted - set(graphs))},
    )


def interrupted(where: str) -> StoreError:
    """The error for a service whose publication is not whole."""
    return StoreError("publishing to this store is under way, or was interrupted; it is not whole", where, _AGAIN)


def changed_meanwhile(where: str) -> StoreError:
    """The error for an answer that two publications may have a part in."""
    return StoreError("the store was published anew while it was being read", where, "ask again")


def damaged(where: str, what: str) -> StoreError:
    """The error for a service that does not hold what its publication says."""
    return StoreError(f"the store does not hold what was published: {what}", where, _AGAIN)
