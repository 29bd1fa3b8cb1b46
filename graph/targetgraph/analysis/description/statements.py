"""Statements by what they are about and by what they point to: of the whole graph, or of the neighbourhood of one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from targetgraph.library.terms import BlankNode, Iri, Literal, Term, Triple
from targetgraph.namespaces import PREFIXES

TYPE = PREFIXES["rdf"] + "type"
RDFS_LABEL = PREFIXES["rdfs"] + "label"
PREF_LABEL = PREFIXES["skos"] + "prefLabel"
NOTATION = PREFIXES["skos"] + "notation"

#: Subject (an IRI, or ``_:`` and the label of a blank node), property, value, named graph (empty when not known).
Quad = tuple[str, str, Term, str]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of a subject: property, value, and the named graph that says it (empty when not known)."""

    property: str
    value: Term
    graph: str = ""


@dataclass(frozen=True, slots=True)
class Pointing:
    """The subjects that point to a thing by one property.

    Parameters
    ----------
    property : the property.
    subjects : some of them, sorted by IRI.
    total : how many there are.
    """

    property: str
    subjects: tuple[str, ...]
    total: int


class Statements:
    """Statements, found by subject or by object.

    Parameters
    ----------
    quads : what to take in; `add` takes in more.
    """

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        self._about: dict[str, list[Said]] = {}
        self._pointing: dict[str, dict[str, list[str]]] | None = None
        self._totals: dict[tuple[str, str], int] = {}
        self.add(quads)

    def add(self, quads: Iterable[Quad]) -> None:
        """Take in more quads; what is held already is not held twice."""
        touched: set[str] = set()
        for subject, prop, value, graph in quads:
            self._about.setdefault(subject, []).append(Said(prop, value, graph))
            touched.add(subject)
        for subject in touched:
            self._about[subject] = sorted(_without_repeats(self._about[subject]), key=_order)
        self._pointing = None

    def count(self, thing: str, prop: str, total: int) -> None:
        """Record how many subjects point to a thing by a property, where not all of them are held."""
        self._totals[(thing, prop)] = total

    def __contains__(self, subject: str) -> bool:
        return subject in self._about

    def __iter__(self) -> Iterator[str]:
        """The subjects, blank nodes among them."""
        return iter(self._about)

    def said(self, subject: str) -> Sequence[Said]:
        """All that is said of a subject, ordered by property and value; empty for one that is not known."""
        return self._about.get(subject, ())

    def values(self, subject: str, *properties: str) -> list[Term]:
        """The values of a subject for some properties, in the order of the properties."""
        held = self._about.get(subject, ())
        return [said.value for prop in properties for said in held if said.property == prop]

    def iris(self, subject: str, *properties: str) -> list[str]:
        """Those of the values that are IRIs."""
        return [value.value for value in self.values(subject, *properties) if isinstance(value, Iri)]

    def text(self, subject: str, *properties: str) -> str:
        """The first value as plain text, or nothing."""
        return next((str(value) for value in self.values(subject, *properties)), "")

    def types(self, subject: str) -> list[str]:
        """IRIs of the classes of a subject."""
        return self.iris(subject, TYPE)

    def labels(self, subject: str) -> Mapping[str, str]:
        """What a subject is called, by language tag; ``skos:prefLabel`` goes before ``rdfs:label``."""
        found: dict[str, str] = {}
        for value in self.values(subject, PREF_LABEL, RDFS_LABEL):
            if isinstance(value, Literal):
                found.setdefault(value.language, value.value)
        return found

    def pointing_to(self, thing: str, most: int | None = None) -> list[Pointing]:
        """What points to a thing, by property.

        Parameters
        ----------
        most : how many subjects a property; all that are held when none is given.
        """
        return [
            Pointing(
                prop,
                tuple(found if most is None else found[:most]),
                max(self._totals.get((thing, prop), 0), len(found)),
            )
            for prop, found in sorted(self._by_object().get(thing, {}).items())
        ]

    def subjects(self, prop: str, thing: str) -> Sequence[str]:
        """The subjects held that point to a thing by a property, sorted."""
        return self._by_object().get(thing, {}).get(prop, ())

    def _by_object(self) -> dict[str, dict[str, list[str]]]:
        if self._pointing is None:
            found: dict[str, dict[str, list[str]]] = {}
            for subject in sorted(self._about):
                for said in self._about[subject]:
                    if isinstance(said.value, Iri) and not subject.startswith("_:"):
                        found.setdefault(said.value.value, {}).setdefault(said.property, []).append(subject)
            self._pointing = found
        return self._pointing

    def parts(self, thing: str) -> list[str]:
        """What is described in the same document: fragments of the thing's IRI that its own statements name."""
        lead = thing + "#"
        names = {str(said.value) for said in self.said(thing) if isinstance(said.value, Iri)}
        return sorted(name for name in names if name.startswith(lead) and name in self._about)

    def closure(self, subject: str) -> Iterator[Triple]:
        """The statements about a subject and about the blank nodes they name (a concise bounded description)."""
        seen: set[str] = set()
        waiting = [subject]
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            lead: Term = BlankNode(name[2:]) if name.startswith("_:") else Iri(name)
            for said in self.said(name):
                yield Triple(lead, Iri(said.property), said.value)
                if isinstance(said.value, BlankNode):
                    waiting.append(str(said.value))


def _order(said: Said) -> tuple[str, str, str, str]:
    language = said.value.language if isinstance(said.value, Literal) else ""
    return (said.property, str(said.value), language, said.graph)


def _without_repeats(held: list[Said]) -> list[Said]:
    """Each statement once; where it was heard with and without its graph, with it."""
    kept: dict[tuple[str, Term], Said] = {}
    for said in held:
        known = kept.get((said.property, said.value))
        if known is None or (said.graph and not known.graph):
            kept[(said.property, said.value)] = said
    return list(kept.values())
