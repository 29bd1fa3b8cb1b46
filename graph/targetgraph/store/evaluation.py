"""Oxigraph asked, and its answer as frames: plain lists that pass through a pipe as JSON.

A frame is ``["solutions", variables]``, ``["triples"]`` or ``["boolean", value]``, then any number of
``["rows", rows]``, and at last ``["end", truncated]`` or ``["error", kind, message]``. Terms in rows:
``None``; a string, for IRIs; ``[label]`` for blank nodes; ``[value, datatype, language, direction]`` for
literals; ``{"t": [s, p, o]}`` for triples as terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from targetgraph.errors import QueryError, StoreError, TargetGraphError
from targetgraph.library.terms import BlankNode, Iri, Literal, Term, Triple
from targetgraph.namespaces import PREFIXES
from targetgraph.store.results import Result, Row, Solutions, Statements, Truth

if TYPE_CHECKING:
    from targetgraph.store.inferences import Dataset

Frame = list[Any]
_CHUNK: Final = 256
#: How the engine's message tells that a query calls what no engine need have.
UNKNOWN_FUNCTION: Final = re.compile(r"custom .*function .* is not supported")


def frames(
    store: ox.Store, text: str, rows: int | None, own_dataset: bool, dataset: Dataset | None = None
) -> Iterator[Frame]:
    """Ask the engine; errors it raises become the last frame.

    Parameters
    ----------
    rows : cut the answer after so many rows or triples.
    own_dataset : the query has FROM; otherwise the default graph is the union of all graphs.
    dataset : the dataset instead, for a query without FROM.
    """
    try:
        answer = store.query(text, prefixes=PREFIXES, **chosen(own_dataset, dataset))
        if isinstance(answer, ox.QueryBoolean):
            yield ["boolean", bool(answer)]
            yield ["end", False]
        elif isinstance(answer, ox.QuerySolutions):
            yield ["solutions", [v.value for v in answer.variables]]
            yield from _chunks(([_encoded(t) for t in solution] for solution in answer), rows)
        else:
            yield ["triples"]
            triples = ([_encoded(t.subject), _encoded(t.predicate), _encoded(t.object)] for t in answer)
            yield from _chunks(triples, rows)
    except SyntaxError as error:
        yield ["error", "syntax", str(error)]
    except (OSError, ValueError, RuntimeError) as error:
        # The engine tells a function that nobody knows, and damaged files, by errors of one class.
        yield ["error", "query" if UNKNOWN_FUNCTION.search(str(error)) else "store", str(error)]


def chosen(own_dataset: bool, dataset: Dataset | None) -> dict[str, Any]:
    """The arguments by which the engine is told the dataset (see `frames`)."""
    if dataset is None or own_dataset:
        return {"use_default_graph_as_union": not own_dataset}
    return dataset.arguments()


def _chunks(rows: Iterable[list[Any]], most: int | None) -> Iterator[Frame]:
    chunk: list[list[Any]] = []
    for count, row in enumerate(rows):
        if most is not None and count >= most:
            yield ["rows", chunk]
            yield ["end", True]
            return
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield ["rows", chunk]
            chunk = []
    yield ["rows", chunk]
    yield ["end", False]


def _encoded(term: Any) -> Any:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.Literal):
        direction = str(term.direction).lower() if term.direction else ""
        return [term.value, term.datatype.value, term.language or "", direction]
    if isinstance(term, ox.BlankNode):
        return [term.value]
    return {"t": [_encoded(term.subject), _encoded(term.predicate), _encoded(term.object)]}


def _decoded(wire: Any) -> Term:
    if isinstance(wire, str):
        return Iri(wire)
    if isinstance(wire, dict):
        return Triple(*(_decoded(part) for part in wire["t"]))
    return BlankNode(wire[0]) if len(wire) == 1 else Literal(*wire)


def result(stream: Iterable[Frame], text: str) -> Result:
    """Put an answer together from its frames.

    Raises
    ------
    QueryError, StoreError
        as the last frame says.
    """
    form, variables, rows, truncated = "", (), [], False  # type: str, tuple[str, ...], list[Row], bool
    for frame in stream:
        if frame[0] == "rows":
            rows += [tuple(None if t is None else _decoded(t) for t in row) for row in frame[1]]
        elif frame[0] == "end":
            truncated = frame[1]
        elif frame[0] == "boolean":
            return Truth(frame[1])
        elif frame[0] == "error":
            raise _error(frame[1], frame[2], text)
        else:
            form, variables = frame[0], tuple(frame[1]) if len(frame) > 1 else ()
    if form == "solutions":
        return Solutions(variables, tuple(rows), truncated)
    return Statements(tuple(Triple(*_whole(row)) for row in rows), truncated)


def _whole(row: Row) -> tuple[Term, Term, Term]:
    subject, predicate, object_ = row
    if subject is None or predicate is None or object_ is None:
        raise ValueError("a triple with a hole")
    return subject, predicate, object_


def _error(kind: str, message: str, text: str) -> TargetGraphError:
    if kind == "syntax":
        from targetgraph.store.syntax import syntax_error

        return syntax_error(message, text)
    if kind == "query":
        return QueryError(f"the query cannot be answered: {message}", remedy="use the functions of SPARQL 1.1")
    return StoreError(f"the store could not answer: {message}", remedy="run `targetgraph build` to make it anew")
