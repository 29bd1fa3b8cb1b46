"""The queries that extraction asks, run on a store of any kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Protocol

from targetgraph.library import Library
from targetgraph.library.terms import Iri
from targetgraph.store.limits import Limits
from targetgraph.store.results import Statements
from targetgraph.store.tsv import Columns

Rewrite = Callable[[str], str]


class ExtractionStore(Protocol):
    """What extraction needs of a store, embedded or remote: trusted queries without limits."""

    def values(self, text: str) -> Iterator[tuple[str | None, ...]]:
        """Rows of a SELECT as plain strings."""

    def drain(self, text: str, consume: Callable[[Columns], None]) -> None:
        """Hand on the cells of a SELECT by column."""

    def construct(self, text: str, limits: Limits | None = ...) -> Statements:
        """The triples of a CONSTRUCT."""


class ExtractionQueries:
    """Asks queries of the folder ``extraction`` (see `targetgraph.analysis.extraction.Asker`).

    Parameters
    ----------
    store : the store to ask.
    library : where the queries are.
    """

    def __init__(self, store: ExtractionStore, library: Library) -> None:
        self._store, self._library = store, library

    def _text(self, name: str, rewrite: Rewrite | None, **parameters: str) -> str:
        text = _bound(self._library, name, tuple(parameters.items()))
        return rewrite(text) if rewrite else text

    def __call__(self, name: str, rewrite: Rewrite | None = None, **parameters: str) -> list[tuple[str | None, ...]]:
        """Rows of an answer as plain strings."""
        return list(self._store.values(self._text(name, rewrite, **parameters)))

    def drain(self, name: str, consume: Callable[[Columns], None], rewrite: Rewrite | None = None) -> None:
        """Hand the cells of an answer on by column."""
        self._store.drain(self._text(name, rewrite), consume)


@lru_cache(maxsize=256)
def _bound(library: Library, name: str, parameters: tuple[tuple[str, str], ...]) -> str:
    """A query of the folder with its parameters put in; a library is read once, however many stores it is asked of."""
    return library.find(f"extraction/{name}").text({k: Iri(v) for k, v in parameters})
