"""The bundled graph in two engines that share no code: Oxigraph through our store, and plain rdflib."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from rdflib import Dataset

from targetgraph.library import BlankNode, Iri, Library, Literal, Question, Term
from targetgraph.library.parameters import Resolver
from targetgraph.library.terms import XSD
from targetgraph.store import EmbeddedStore
from targetgraph.store.codes import resolver
from targetgraph.store.results import Solutions, Truth
from tests.library.engines import from_rdflib

#: A term, made comparable: 0.60 and 0.6 are one number, a blank node is a blank node.
Plain = tuple[str, ...] | Decimal | None
Answer = list[tuple[Plain, ...]]

_NUMERIC = {XSD + kind for kind in ("integer", "decimal", "double", "float")}

#: Folders of queries that the package itself runs; they are no questions for people.
INTERNAL = ("derivation", "description", "extraction")


def library_questions() -> list[Question]:
    """The questions for people, by theme and name."""
    return [question for question in Library() if question.theme not in INTERNAL]


def examples(question: Question) -> dict[str, str]:
    """Values for the parameters that must be given."""
    return {p.name: p.example for p in question.parameters if p.example is not None}


def plain(term: Term | None) -> Plain:
    """A term as something two engines must agree on."""
    if term is None:
        return None
    if isinstance(term, Iri):
        return ("iri", term.value)
    if isinstance(term, BlankNode):
        return ("blank",)
    if not isinstance(term, Literal):
        raise AssertionError(f"no plain term: {term}")
    if term.datatype in _NUMERIC:
        return Decimal(term.value).normalize()
    return ("literal", term.value, term.datatype, term.language)


class Engines:
    """Both engines over one dataset, and the library.

    Parameters
    ----------
    nquads : the canonical statements of a built graph.
    """

    def __init__(self, nquads: bytes) -> None:
        self.store = EmbeddedStore.in_memory(nquads)
        self._nquads = nquads
        self._library = Library()

    @classmethod
    def over(cls, dataset: Path, more: str = "") -> Engines:
        """Over the N-Quads of a file, and some more."""
        return cls(dataset.read_bytes() + more.encode())

    @cached_property
    def resolve(self) -> Resolver:
        """Looks codes up in the graph."""
        return resolver(self.store)

    @cached_property
    def rdflib(self) -> Dataset:
        """The same statements, parsed and queried by rdflib alone."""
        dataset = Dataset(default_union=True)
        dataset.parse(data=self._nquads, format="nquads")
        return dataset

    def text(self, name: str, values: Mapping[str, str] | None = None) -> str:
        """The query ``name`` with its parameters bound; examples fill in what must be given."""
        question = self._library.find(name)
        return question.text({**examples(question), **(values or {})}, self.resolve)

    def of_oxigraph(self, text: str) -> Answer:
        """The answer of Oxigraph: rows in their order, triples sorted, or one row with yes or no."""
        result = self.store.query(text, limits=None)
        if isinstance(result, Truth):
            return [(("truth", str(result.value)),)]
        if isinstance(result, Solutions):
            return [tuple(map(plain, row)) for row in result.rows]
        triples = [tuple(map(plain, (t.subject, t.predicate, t.object))) for t in result]
        return sorted(triples, key=repr)

    def of_rdflib(self, text: str) -> Answer:
        """The answer of rdflib, in the same form."""
        result = self.rdflib.query(text)
        if result.type == "ASK":
            return [(("truth", str(result.askAnswer)),)]
        rows: Answer = []
        for row in result:
            assert isinstance(row, tuple)
            rows.append(tuple(plain(from_rdflib(term)) for term in row))
        return rows if result.type == "SELECT" else sorted(rows, key=repr)

    def agreed(self, name: str, values: Mapping[str, str] | None = None) -> Answer:
        """The answer that both engines give, in the order that both give it."""
        text = self.text(name, values)
        first, second = self.of_oxigraph(text), self.of_rdflib(text)
        assert Counter(first) == Counter(second), text
        assert first == second, f"the same rows in another order:\n{text}"
        return first

    def rows(self, name: str, values: Mapping[str, str] | None = None) -> list[dict[str, str]]:
        """Rows of Oxigraph as plain strings by column; an IRI is cut to its last part, unbound columns are absent."""
        solutions = self.store.select(self.text(name, values), limits=None)
        return [{column: _local(term) for column, term in row.items()} for row in solutions]

    def column(self, name: str, column: str, values: Mapping[str, str] | None = None) -> list[str]:
        """One column of `rows`; unbound cells are left out."""
        return [row[column] for row in self.rows(name, values) if column in row]


def _local(term: Term) -> str:
    if isinstance(term, Iri):
        return term.value.replace("#", "/").rstrip("/").rsplit("/", 1)[-1]
    return str(term)
