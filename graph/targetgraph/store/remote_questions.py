"""A query as a service is asked it: told by the protocol which graphs are ours, and written so that engines agree.

What engines do otherwise than the specification has it is known here: Virtuoso takes all graphs it has where it is told of
none, and calls functions of its database from within a query.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from targetgraph.errors import QueryError
from targetgraph.library.prologue import declarations, missing_prefixes
from targetgraph.library.tokens import Token, tokenize
from targetgraph.namespaces import PREFIXES
from targetgraph.store.limits import Limits, admitted, chosen_graphs, with_graph_variables_held, with_graphs_only
from targetgraph.store.remote_publication import MERGED, Publication

_NO_GRAPH: Final = "urn:targetgraph:none"
_ENGINE_FUNCTIONS: Final = ("bif:", "sql:")


@dataclass(frozen=True, slots=True)
class Question:
    """A query to be sent.

    Parameters
    ----------
    form : ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
    text : SPARQL 1.1, with every prefix declared.
    dataset : parameters of the protocol: the graphs, and at Virtuoso the time.
    """

    form: str
    text: str
    dataset: tuple[tuple[str, str], ...]


def question(text: str, publication: Publication, *, virtuoso: bool, limits: Limits | None) -> Question:
    """A query as it is to be sent.

    Parameters
    ----------
    text : SPARQL 1.1; our own prefixes need no declaration.
    publication : what the service holds of ours.
    virtuoso : whether it is that.
    limits : the time of them is told to Virtuoso, which takes it.

    Raises
    ------
    QueryError
        when it cannot be read or is refused.
    """
    names = tuple(sorted(publication.graphs))
    own_dataset = admitted(text, publication.graphs.__contains__, lambda: names)
    tokens = tokenize(text)
    loud = [t for t in tokens if not t.silent]
    _refuse_engine_functions(loud)
    _check_syntax(text)
    asks_graphs = any(t.keyword == "GRAPH" for t in loud)
    if own_dataset:
        default, named = chosen_graphs(text)
    else:
        default = [MERGED] if MERGED in publication.annexes else list(names)
        named = list(names) if asks_graphs else []
    within = with_graphs_only(text, named, _NO_GRAPH)
    if virtuoso and asks_graphs and (within != text or not named):
        # Told of no graph it takes all it has; one it was not told of makes it count a row of nothing.
        named = [*named, _NO_GRAPH]
    text = with_graph_variables_held(within, named) if virtuoso and named else within
    dataset = [("default-graph-uri", g) for g in default] + [("named-graph-uri", g) for g in named]
    if limits is not None and limits.time_seconds is not None and virtuoso:
        dataset.append(("timeout", str(int(limits.time_seconds * 1000))))
    form = next(t.keyword for t in loud if t.keyword in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
    return Question(form, declarations(missing_prefixes(tokens, PREFIXES, text)) + text, tuple(dataset))


def _refuse_engine_functions(loud: list[Token]) -> None:
    """Virtuoso calls functions of its database by these names; they reach files and addresses."""
    for token in loud:
        if token.kind == "iri" and token.text[1:5].lower() in _ENGINE_FUNCTIONS:
            raise QueryError(
                f"{token.text} is a function of one engine's own, which queries here do not reach",
                remedy="use the functions of SPARQL 1.1",
            )


def _check_syntax(text: str) -> None:
    """Tell a mistake as the embedded store does, before it travels."""
    import pyoxigraph as ox

    try:
        ox.Store().query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        from targetgraph.store.syntax import syntax_error

        raise syntax_error(str(error), text) from error
