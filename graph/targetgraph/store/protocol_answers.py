"""A query answered as the body of a SPARQL 1.1 Protocol response: serialised by the engine, bounded, cut where it must be.

The engine writes results much faster than Python could. What it writes is counted in a way that never finds too few
rows (line feeds for CSV and TSV, ``<result>`` for XML, ``},{`` for JSON); only where that count passes the limit is the
query asked again, row by row, and cut exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import pyoxigraph as ox

from targetgraph import iris
from targetgraph.errors import QueryError
from targetgraph.namespaces import PREFIXES
from targetgraph.store.cutting import cut_results, with_link
from targetgraph.store.documents import GRAPH_FORMS, Body, Enough, Refused, Sink, document, graph_written, too_large
from targetgraph.store.evaluation import UNKNOWN_FUNCTION
from targetgraph.store.limits import admitted

if TYPE_CHECKING:
    from targetgraph.store.inferences import Dataset, KeptInferences

BASE: Final = iris.BASE
"""Base IRI of queries and updates that state none (SPARQL 1.1 Protocol, 2.1 leaves it to the service)."""

_R = ox.QueryResultsFormat
RESULT_FORMS: Final = {"json": _R.JSON, "xml": _R.XML, "csv": _R.CSV, "tsv": _R.TSV}
_ROW_SIGNS: Final = {"json": b"},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}
# Only a query with one of these words, or with an escape that could hide one, needs to be looked at token by token: the
# engine itself refuses updates where a query belongs.
_SUSPECT: Final = ("service", "from", "\\")
_PREFIX_SIGNS: Final = tuple((f"{prefix}:", prefix, namespace) for prefix, namespace in PREFIXES.items())
_LONGEST: Final = 1_000_000


class Asked(NamedTuple):
    """A query and how it is to be answered.

    Parameters
    ----------
    text : SPARQL 1.1.
    results : form of solutions and booleans, ``""`` when the client takes none of ours.
    graphs : form of graphs, likewise.
    default_graphs, named_graphs : the dataset the protocol asks for; ``None`` for both when it says nothing.
    union : the default graph is the union of all graphs, where neither protocol nor query choose one.
    gzip : compress what is worth it.
    rows, bytes, seconds : limits; ``None`` for none.
    """

    text: str
    results: str
    graphs: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    union: bool
    gzip: bool
    rows: int | None
    bytes: int | None
    seconds: float | None


def replied(store: ox.Store, message: tuple[Any, ...], kept: KeptInferences | None = None) -> tuple[Any, ...]:
    """What a worker says to a message.

    Parameters
    ----------
    kept : what reasoners inferred for the same version.
    message : ``("query", …)`` with the fields of `Asked`, or ``("graph", graphs, form, size, gzip, seconds)``.

    Returns
    -------
    tuple
        ``(200, form, cut, content, gzipped)``, or ``(status, what, remedy)``.
    """
    try:
        if message[0] == "graph":
            _, graphs, form, size, packed, _ = message
            holder = kept.store if kept is not None and not set(graphs).isdisjoint(kept.names) else store
            body = graph_written(holder, graphs, form, size)
        else:
            asked = Asked(*message[1:])
            body, packed = answered(store, asked, kept), asked.gzip
    except Refused as refusal:
        return refusal.status, refusal.what, refusal.remedy
    return (200, *(body.compressed() if packed else body))


def answered(store: ox.Store, asked: Asked, kept: KeptInferences | None = None) -> Body:
    """Answer a query.

    Parameters
    ----------
    kept : what reasoners inferred for the same version: seen where the query, or its dataset, names it.

    Raises
    ------
    Refused
        with a status and a sentence for the client.
    """
    text = asked.text
    if len(text) > _LONGEST:
        raise Refused(413, f"the query has {len(text):,} characters", f"at most {_LONGEST:,} are read")
    try:
        lowered = text.lower()
        dataset: Dataset | None = None
        if kept is not None:
            store, dataset = _with_inferences(store, kept, asked)
        own_dataset = any(word in lowered for word in _SUSPECT) and _admitted(store, text)
        answer = _evaluated(store, asked, own_dataset, dataset)
        if isinstance(answer, ox.QueryTriples):
            return _graph(answer, asked)
        if not asked.results:
            raise Refused(406, "the answer is a table or a truth value", "accept " + " or ".join(_media(RESULT_FORMS)))
        if isinstance(answer, ox.QueryBoolean):
            return Body(asked.results, 0, answer.serialize(format=RESULT_FORMS[asked.results]) or b"")
        return _table(store, answer, asked, own_dataset, dataset)
    except SyntaxError as error:
        raise _syntax(store, text, str(error)) from error
    except QueryError as error:
        problem = error.problems[0]
        raise Refused(400, problem.what, problem.remedy) from error
    except MemoryError as error:
        raise Refused(503, "the query ran out of memory", "ask for less at once") from error
    except (OSError, ValueError, RuntimeError) as error:
        if UNKNOWN_FUNCTION.search(str(error)):
            raise Refused(400, str(error), "use the functions of SPARQL 1.1") from error
        raise Refused(500, f"the engine failed: {error}", "run `targetgraph build` to make the store anew") from error


def _with_inferences(store: ox.Store, kept: KeptInferences, asked: Asked) -> tuple[ox.Store, Dataset | None]:
    """The store and the dataset that a query is put to: others than usual only where it names a graph of inferences."""
    chosen = {*(asked.default_graphs or ()), *(asked.named_graphs or ())}
    if not chosen.isdisjoint(kept.names):
        return kept.store, None
    named = kept.named_in(asked.text, BASE)
    if not named:
        return store, None
    return kept.store, kept.dataset(named, asked.union)


def _admitted(store: ox.Store, text: str) -> bool:
    def has(iri: str) -> bool:
        try:
            return store.contains_named_graph(ox.NamedNode(iri))
        except ValueError:
            return False

    return admitted(text, has, lambda: graph_names(store), BASE)


def graph_names(store: ox.Store) -> tuple[str, ...]:
    """IRIs of the named graphs, sorted."""
    return tuple(sorted(g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode)))


def _prefixes(text: str) -> dict[str, str]:
    """Our prefixes that a query may use (an escape can hide one): the engine reads what it is given anew for every query."""
    if "\\" in text:
        return dict(PREFIXES)
    return {prefix: namespace for sign, prefix, namespace in _PREFIX_SIGNS if sign in text}


def _evaluated(store: ox.Store, asked: Asked, own_dataset: bool, dataset: Dataset | None) -> Any:
    prefixes = _prefixes(asked.text)
    if asked.default_graphs is None and asked.named_graphs is None:
        if dataset is not None and not own_dataset:
            return store.query(asked.text, base_iri=BASE, prefixes=prefixes, **dataset.arguments())
        union = asked.union and not own_dataset
        return store.query(asked.text, base_iri=BASE, prefixes=prefixes, use_default_graph_as_union=union)
    default: list[Any] = [_own_graph(store, iri) for iri in dict.fromkeys(asked.default_graphs or ())]
    named: list[Any] = [_own_graph(store, iri) for iri in dict.fromkeys(asked.named_graphs or ())]
    return store.query(asked.text, base_iri=BASE, prefixes=prefixes, default_graph=default, named_graphs=named)


def _own_graph(store: ox.Store, iri: str) -> ox.NamedNode:
    try:
        graph = ox.NamedNode(iri)
        if store.contains_named_graph(graph):
            return graph
    except ValueError:
        pass
    names = graph_names(store)
    shown = "  ".join(names[:20]) + ("  …" if len(names) > 20 else "")
    remedy = f"the graphs are: {shown}" if names else "it has none yet"
    raise Refused(400, f"<{iri}> is none of the graphs of this store", remedy)


def _media(forms: Any) -> list[str]:
    return sorted({f.media_type for f in forms.values()})


def _graph(triples: ox.QueryTriples, asked: Asked) -> Body:
    if not asked.graphs:
        raise Refused(406, "the answer is a graph", "accept " + " or ".join(_media(GRAPH_FORMS)))
    cut = 0

    def bounded() -> Iterator[ox.Triple]:
        nonlocal cut
        yield from islice(triples, asked.rows)
        if asked.rows is not None and next(triples, None) is not None:
            cut = asked.rows

    content = document(bounded(), asked.graphs, asked.bytes)
    return Body(asked.graphs, cut, content)


def _table(
    store: ox.Store, answer: ox.QuerySolutions, asked: Asked, own_dataset: bool, dataset: Dataset | None
) -> Body:
    sign = _ROW_SIGNS[asked.results]
    sink = Sink(sign, asked.rows, asked.bytes)
    try:
        answer.serialize(cast("Any", sink), format=RESULT_FORMS[asked.results])
        body = b"".join(sink.parts)
        head = 1 if sign == b"\n" else 0 if sign == b"<result>" else -1
        if asked.rows is None or len(body) <= asked.rows or body.count(sign) - head <= asked.rows:
            return Body(asked.results, 0, body)
    except Enough:
        pass
    del sink
    cut, body = _cut(store, asked, own_dataset, dataset, asked.rows or 0)
    if asked.bytes is not None and len(body) > asked.bytes:
        raise too_large(asked.bytes)
    return Body(asked.results, cut, body)


def _cut(store: ox.Store, asked: Asked, own_dataset: bool, dataset: Dataset | None, rows: int) -> tuple[int, bytes]:
    """The first rows, and to how many the answer was cut.

    Most queries take a ``LIMIT`` at their end, and the engine then writes exactly that many rows. Those that have one
    already, or end with ``VALUES``, are read row by row.
    """
    try:
        answer = _evaluated(store, asked._replace(text=f"{asked.text}\nLIMIT {rows}"), own_dataset, dataset)
        rest = _evaluated(store, asked._replace(text=f"{asked.text}\nOFFSET {rows} LIMIT 1"), own_dataset, dataset)
        beyond = next(rest, None)
    except SyntaxError:
        return cut_results(_evaluated(store, asked, own_dataset, dataset), asked.results, rows)
    sink = Sink(b"\n", None, asked.bytes)
    answer.serialize(cast("Any", sink), format=RESULT_FORMS[asked.results])
    body = b"".join(sink.parts)
    return (0, body) if beyond is None else (rows, with_link(body, asked.results))


def _syntax(store: ox.Store, text: str, message: str) -> Refused:
    """What is wrong with a query the engine could not read, in our words."""
    from targetgraph.store.syntax import syntax_error

    try:
        _admitted(store, text)
        problem = syntax_error(message, text).problems[0]
    except QueryError as error:
        problem = error.problems[0]
    return Refused(400, problem.what, problem.remedy)
