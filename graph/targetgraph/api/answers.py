"""Answers of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from targetgraph.api.result import Result
from targetgraph.api.tabular import Tabular, Value
from targetgraph.errors import QueryError
from targetgraph.library.terms import XSD, Iri, Literal, Term
from targetgraph.store.results import Solutions, Statements, Truth

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from targetgraph.store.results import Result as Answered

    Network = nx.MultiDiGraph[str]

_WHOLE = frozenset(
    XSD + n for n in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger", "gYear")
)
_REAL = frozenset(XSD + n for n in ("decimal", "double", "float"))


class Answer(Result, Tabular):
    """What a query answered, whatever its form.

    A SELECT is a table of its variables; a CONSTRUCT or DESCRIBE a table of subject, predicate, object, and an rdflib graph
    (:meth:`to_rdflib`); an ASK a single truth, also by ``bool(answer)``. Iterating gives one dictionary a row.
    """

    def __init__(self, answered: Answered, question: str = "", meanings: Sequence[str] = ()) -> None:
        self._answered = answered
        self._question = question
        self._meanings = tuple(meanings)

    @property
    def form(self) -> str:
        """``SELECT``, ``CONSTRUCT`` (also for DESCRIBE) or ``ASK``."""
        if isinstance(self._answered, Solutions):
            return "SELECT"
        return "ASK" if isinstance(self._answered, Truth) else "CONSTRUCT"

    @property
    def truncated(self) -> bool:
        """Whether the limit on rows cut further ones off."""
        return not isinstance(self._answered, Truth) and self._answered.truncated

    @property
    def terms(self) -> tuple[tuple[Term | None, ...], ...]:
        """The rows as RDF terms, with datatype and language, ``None`` where a variable is unbound."""
        if isinstance(self._answered, Solutions):
            return self._answered.rows
        if isinstance(self._answered, Statements):
            return tuple((t.subject, t.predicate, t.object) for t in self._answered)
        return ((Literal("true" if self._answered else "false", XSD + "boolean"),),)

    @property
    def columns(self) -> tuple[str, ...]:
        """Variables without ``?``."""
        if isinstance(self._answered, Solutions):
            return self._answered.variables
        return ("answer",) if isinstance(self._answered, Truth) else ("subject", "predicate", "object")

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """Plain values: IRIs and texts as text, numbers and years as numbers, ``None`` where nothing is bound."""
        return (tuple(_value(term) for term in row) for row in self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __bool__(self) -> bool:
        """The truth of an ASK; for other forms whether there is any row."""
        return bool(self._answered) if isinstance(self._answered, Truth) else len(self) > 0

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.to_dicts())

    def to_rdflib(self) -> rdflib.Graph:
        """The triples of a CONSTRUCT or DESCRIBE as an rdflib ``Graph``, with our prefixes.

        Raises
        ------
        QueryError : the query was a SELECT or an ASK, or a triple speaks of a triple, which rdflib cannot hold.
        """
        if not isinstance(self._answered, Statements):
            raise QueryError(f"a {self.form} answers with no triples", "", "ask with CONSTRUCT or DESCRIBE")
        from targetgraph.namespaces import PREFIXES
        from targetgraph.store import rdflib_graph

        try:
            graph = rdflib_graph(self._answered.triples)
        except TypeError as error:
            raise QueryError(str(error), "", "ask for the parts of such a triple instead") from error
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        return graph

    def to_networkx(self) -> Network:
        """The triples of a CONSTRUCT or DESCRIBE as a networkx ``MultiDiGraph``: nodes are IRIs and values as text, edges are
        keyed by the predicate and carry it as ``predicate``.

        Raises
        ------
        QueryError : the query was a SELECT or an ASK.
        """
        if not isinstance(self._answered, Statements):
            raise QueryError(f"a {self.form} answers with no triples", "", "ask with CONSTRUCT or DESCRIBE")
        import networkx as nx

        network: Network = nx.MultiDiGraph()
        for subject, predicate, value in self.rows():
            network.add_edge(str(subject), str(value), key=str(predicate), predicate=str(predicate))
        return network

    def to_dict(self) -> dict[str, Any]:
        """``question``, ``columns``, ``rows`` (dictionaries) and ``truncated``."""
        return {
            "question": self._question,
            "columns": list(self.columns),
            "rows": self.to_dicts(),
            "truncated": self.truncated,
        }

    def __str__(self) -> str:
        from targetgraph.publish.results import default_format, rendered

        return rendered(self._answered, default_format(self._answered)).rstrip("\n")

    def _summary(self) -> str:
        if isinstance(self._answered, Truth):
            return "yes" if self._answered else "no"
        cut = ", cut by the limit on rows" if self.truncated else ""
        return f"{len(self):,} rows of {', '.join(self.columns)}{cut}"

    def _repr_html_(self) -> str:
        from targetgraph.publish.cells import is_number, legible
        from targetgraph.views.fragments.tables import SHOWN, Cell, table

        drawn = [
            [Cell(legible(t), t.value if isinstance(t, Iri) else "", is_number(t)) for t in row]
            for row in self.terms[:SHOWN]
        ]
        cut = ["The limit on rows cut further ones off."] if self.truncated else []
        return table(self.columns, drawn, total=len(self), caption=self._question, notes=cut, meanings=self._meanings)


def _value(term: Term | None) -> Value:
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    try:
        if term.datatype in _WHOLE:
            return int(term.value)
        if term.datatype in _REAL:
            return float(Decimal(term.value)) if term.datatype == XSD + "decimal" else float(term.value)
    except (ValueError, ArithmeticError):
        return term.value  # an ill-typed literal is told as it is written
    if term.datatype == XSD + "boolean":
        return term.value in ("true", "1")
    return term.value
