"""Derived statements, by the CONSTRUCT queries of the folder ``derivation``, into a graph of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO

from targetgraph import iris
from targetgraph.library import Library, Question, Triple
from targetgraph.store import EmbeddedStore
from targetgraph.store.changing import NotProven
from targetgraph.store.difference import ADDED, REMOVED, Change, ending

INFERRED = iris.graph("inferred")
THEME = "derivation"
FROM_LINKS = "from-links"
"""Tag of derivation queries whose every solution reads one link, and of that nothing but its neighbourhood."""


def derive(store: EmbeddedStore, library: Library, progress: Callable[[str], None] | None = None) -> list[Triple]:
    """Everything the derivation queries build from the asserted statements.

    Parameters
    ----------
    store : holds the asserted statements.
    library : where the queries are.

    Returns
    -------
    Triples, sorted and each once. They belong into the graph :data:`INFERRED` and nowhere else.
    """
    found: set[Triple] = set()
    for question in library.in_theme(THEME):
        if progress:
            progress(f"deriving: {question.summary}")
        found.update(store.construct(question.text(), limits=None).triples)
    return sorted(found, key=str)


def changes(before: EmbeddedStore, after: EmbeddedStore, things: Iterable[str], library: Library) -> list[Change]:
    """Which derived statements come and go with a change of the asserted ones.

    The queries tagged ``from-links`` are asked of the statements about ``things`` alone, before and after. What links that did
    not change contribute is the same both times; of a thing with a link that did change all links are among ``things``. So
    the difference of the two answers is that of asking everything. The other queries are asked of everything.

    Parameters
    ----------
    before, after : the store without and with the change; derived statements in them are not read.
    things : whatever the changed statements touch, with its neighbourhood before and after.

    Returns
    -------
    Lines of N-Quads in the graph :data:`INFERRED`, sorted.

    Raises
    ------
    NotProven : blank nodes are concerned.
    """
    local = [q for q in library.in_theme(THEME) if FROM_LINKS in q.tags]
    other = [q for q in library.in_theme(THEME) if FROM_LINKS not in q.tags]
    old, new = (_lines(s, other) | _lines(s.part(things, without=INFERRED), local) for s in (before, after))
    found = [(REMOVED, line) for line in old - new] + [(ADDED, line) for line in new - old]
    if any(b"_:" in line for _, line in found):
        raise NotProven("blank nodes are concerned")
    return sorted(found, key=lambda change: change[1])


def _lines(store: EmbeddedStore, questions: Iterable[Question]) -> set[bytes]:
    """What queries derive, as lines of N-Quads."""
    end = ending(INFERRED)
    found: set[bytes] = set()
    for question in questions:
        answer = BytesIO()
        store.export(question.text(), answer, "ntriples")
        found.update(line + end for line in answer.getvalue().split(b" .\n") if line)
    return found
