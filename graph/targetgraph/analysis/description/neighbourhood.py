"""Statements out of a store: all of them in one pass, or those around one thing by a handful of library queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from targetgraph.analysis.description.statements import Quad, Statements
from targetgraph.analysis.description.words import REPEATING
from targetgraph.library import Library
from targetgraph.library.terms import BlankNode, Iri, Literal, Term
from targetgraph.namespaces import TG
from targetgraph.store.limits import DEFAULT_LIMITS, Limits
from targetgraph.store.results import Solutions


class Asker(Protocol):
    """What answers SELECTs: any store, or a server's pool of query processes."""

    def select(self, text: str, limits: Limits | None = DEFAULT_LIMITS) -> Solutions:
        """Answer a SELECT."""
        ...


PAGE = 200  # as in queries/description/what-points-to-a-thing.rq


class Neighbourhoods:
    """Asks a store what there is to know around a thing.

    Parameters
    ----------
    store : the store to ask.
    library : where the queries are.
    limits : for every query; ``None`` runs them in this process, which is safe: the queries are ours and bounded.
    """

    def __init__(self, store: Asker, library: Library | None = None, limits: Limits | None = DEFAULT_LIMITS) -> None:
        self._store = store
        self._limits = limits
        library = library or Library()
        self._questions = {q.short_name: q for q in library.in_theme("description")}
        self._questions["statements-per-graph"] = library.find("exchange/statements-per-graph")

    def all(self) -> Statements:
        """Every statement of the store."""
        return Statements(self._quads("every-statement"))

    def terms(self) -> Statements:
        """What the terms of the ontology are called and mean."""
        return Statements(self._quads("terms-of-the-ontology"))

    def graph(self, graph: str) -> Statements:
        """Every statement of one named graph."""
        return Statements(self._quads("statements-of-a-graph", within=Iri(graph)))

    def own(self, thing: str) -> Statements:
        """What is said of a thing itself."""
        return Statements((thing, *row) for row in self._own(Iri(thing)))

    def around(self, thing: str, by: str = "", after: str = "") -> Statements:
        """What is said of a thing, of what it names, and of what points to it.

        Of what points to the thing, the first `PAGE` things by each property; a property ``by`` and an IRI
        ``after`` ask for those of one property that come later. Empty when nothing is known of the thing.
        """
        given = Iri(thing)
        found = self.own(thing)
        counts = self._rows("how-many-point-to-a-thing", thing=given)
        if thing not in found and not counts:
            return found
        found.add(self._quads("what-a-thing-names", thing=given))
        found.add(self._quads("names-two-steps-away", thing=given))
        for prop, number in counts:
            found.count(thing, str(prop), _whole(number))
            if str(prop) in REPEATING:
                continue
            since = Literal(after if by == str(prop) else "")
            asked: dict[str, Term] = {"thing": given, "by": Iri(str(prop)), "after": since}
            found.add(self._quads("what-points-to-a-thing", **asked))
            found.add(self._quads("names-beyond-what-points", **asked))
        types = found.types(thing)
        if TG.Target in types:
            found.add(self._quads("evidence-of-a-target", thing=given))
        if TG.Framework in types:
            found.add(self._quads("targets-of-a-framework", thing=given))
        return found

    def alike(self, text: str) -> list[tuple[str, str]]:
        """Up to a dozen things whose label or IRI holds a text: IRI and label."""
        rows = self._rows("things-called-alike", text=Literal(text))
        return [(str(thing), str(label)) for thing, label in rows]

    def frameworks(self) -> list[tuple[str, int, int, int]]:
        """Each framework with its number of objectives, of claims, and of claims that the text names."""
        rows = self._rows("frameworks-in-numbers")
        return [(str(row[0]), _whole(row[1]), _whole(row[2]), _whole(row[3])) for row in rows]

    def schemes(self) -> list[tuple[str, str, int]]:
        """Each concept scheme with its name and its number of concepts."""
        return [(str(row[0]), str(row[1]), _whole(row[2])) for row in self._rows("schemes-in-numbers")]

    def graphs(self) -> dict[str, int]:
        """Each named graph with its number of statements, the largest first."""
        return {str(row[0]): _whole(row[1]) for row in self._rows("statements-per-graph")}

    def _own(self, thing: Iri) -> Iterator[tuple[str, Term, str]]:
        for graph, prop, value in self._rows("statements-of-a-thing", thing=thing):
            if value is not None:
                yield str(prop), value, str(graph)

    def _rows(self, name: str, **values: Term) -> Iterable[tuple[Term | None, ...]]:
        return self._store.select(self._questions[name].text(values), self._limits).rows

    def _quads(self, name: str, **values: Term) -> Iterator[Quad]:
        text = self._questions[name].text(values)
        for row in self._store.select(text, self._limits):
            yield _name(row["subject"]), str(row["property"]), row["value"], str(row.get("graph", ""))


def _whole(term: Term | None) -> int:
    return int(str(term)) if term is not None else 0


def _name(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(term)
