"""Statements out of a store: all of them in one pass, or those around one thing by a handful of library queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from targetgraph.analysis.description.statements import Quad, Statements
from targetgraph.analysis.description.words import REPEATING
from targetgraph.library import Library
from targetgraph.library.terms import BlankNode, Iri, Literal, Term
from targetgraph.namespaces import TG
from targetgraph.store import Store
from targetgraph.store.limits import DEFAULT_LIMITS, Limits

PAGE = 200  # as in queries/description/what-points-to-a-thing.rq


class Neighbourhoods:
    """Asks a store what there is to know around a thing.

    Parameters
    ----------
    store : the store to ask.
    library : where the queries are.
    limits : for every query; ``None`` runs them in this process, which is safe: the queries are ours and bounded.
    """

    def __init__(self, store: Store, library: Library | None = None, limits: Limits | None = DEFAULT_LIMITS) -> None:
        self._store = store
        self._limits = limits
        library = library or Library()
        self._questions = {q.short_name: q for q in library.in_theme("description")}
        self._as_graph = library.find("evidence/target-as-graph")

    def all(self) -> Statements:
        """Every statement of the store."""
        return Statements(self._quads("every-statement"))

    def terms(self) -> Statements:
        """What the terms of the ontology are called and mean."""
        return Statements(self._quads("terms-of-the-ontology"))

    def around(self, thing: str, by: str = "", after: str = "") -> Statements:
        """What is said of a thing, of what it names, and of what points to it.

        Of what points to the thing, the first `PAGE` things by each property; a property ``by`` and an IRI
        ``after`` ask for those of one property that come later. Empty when nothing is known of the thing.
        """
        given = Iri(thing)
        own = [(thing, *row) for row in self._own(given)]
        found = Statements(own)
        counts = self._rows("how-many-point-to-a-thing", thing=given)
        if not own and not counts:
            return found
        found.add(self._quads("what-a-thing-names", thing=given))
        found.add(self._quads("names-two-steps-away", thing=given))
        for prop, number in counts:
            found.count(thing, str(prop), int(str(number)))
            if str(prop) in REPEATING:
                continue
            since = Literal(after if by == str(prop) else "")
            asked: dict[str, Term] = {"thing": given, "by": Iri(str(prop)), "after": since}
            found.add(self._quads("what-points-to-a-thing", **asked))
            found.add(self._quads("names-beyond-what-points", **asked))
        types = found.types(thing)
        if TG.Target in types:
            found.add(self._target(given))
        if TG.Framework in types:
            found.add(self._quads("targets-of-a-framework", thing=given))
        return found

    def alike(self, text: str) -> list[tuple[str, str]]:
        """Up to a dozen things whose label or IRI holds a text: IRI and label."""
        rows = self._rows("things-called-alike", text=Literal(text))
        return [(str(thing), str(label)) for thing, label in rows]

    def _own(self, thing: Iri) -> Iterator[tuple[str, Term, str]]:
        for graph, prop, value in self._rows("statements-of-a-thing", thing=thing):
            if value is not None:
                yield str(prop), value, str(graph)

    def _target(self, target: Iri) -> Iterator[Quad]:
        text = self._as_graph.text({"target": target})
        for triple in self._store.construct(text, self._limits):
            yield _name(triple.subject), str(triple.predicate), triple.object, ""

    def _rows(self, name: str, **values: Term) -> Iterable[tuple[Term | None, ...]]:
        return self._store.select(self._questions[name].text(values), self._limits).rows

    def _quads(self, name: str, **values: Term) -> Iterator[Quad]:
        text = self._questions[name].text(values)
        for row in self._store.select(text, self._limits):
            yield _name(row["subject"]), str(row["property"]), row["value"], str(row.get("graph", ""))


def _name(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(term)
