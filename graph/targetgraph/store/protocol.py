"""What every store can do, embedded or remote."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from targetgraph.store.limits import DEFAULT_LIMITS, Limits
from targetgraph.store.results import Result, Solutions, Statements, Truth


@runtime_checkable
class Store(Protocol):
    """A read-only RDF dataset that answers SPARQL 1.1 queries.

    The default graph is the union of the named graphs unless a query says ``FROM``. The prefixes of
    ``namespaces.PREFIXES`` may be used without declaration. ``limits=None`` means trusted and unbounded.

    Every method raises `QueryError` for a query that cannot be read or is refused (updates, ``SERVICE``,
    ``FROM`` outside the store), `LimitExceeded` when a bound is hit, `StoreError` when the store cannot
    answer.
    """

    def query(self, text: str, limits: Limits | None = DEFAULT_LIMITS) -> Result:
        """Answer a query of any form."""
        ...

    def select(self, text: str, limits: Limits | None = DEFAULT_LIMITS) -> Solutions:
        """Answer a SELECT; another form is a `QueryError`."""
        ...

    def ask(self, text: str, limits: Limits | None = DEFAULT_LIMITS) -> bool:
        """Answer an ASK; another form is a `QueryError`."""
        ...

    def construct(self, text: str, limits: Limits | None = DEFAULT_LIMITS) -> Statements:
        """Answer a CONSTRUCT or DESCRIBE; another form is a `QueryError`."""
        ...

    def graph_names(self) -> tuple[str, ...]:
        """IRIs of the named graphs, sorted."""
        ...


__all__ = ["Limits", "Result", "Solutions", "Statements", "Store", "Truth"]
