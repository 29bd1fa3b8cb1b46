"""Codes, as people write them, looked up in a graph: ``gfc``, ``A1``, ``gfc/A1``, ``governments``."""

from __future__ import annotations

from targetgraph.errors import QueryError
from targetgraph.iris import BASE
from targetgraph.library.parameters import Resolver
from targetgraph.library.suggestions import did_you_mean
from targetgraph.library.terms import Iri, Literal, shortened, written
from targetgraph.namespaces import PREFIXES
from targetgraph.store.protocol import Store

_NOTATION = "<http://www.w3.org/2004/02/skos/core#notation>"


def resolver(store: Store) -> Resolver:
    """A function that finds the IRI for a code in ``store`` (see `find`), remembering what it found."""
    found: dict[tuple[str, str], Iri] = {}

    def resolve(code: str, among: str) -> Iri:
        key = (code, among)
        if key not in found:
            found[key] = find(store, code, among)
        return found[key]

    return resolve


def find(store: Store, code: str, among: str = "") -> Iri:
    """The one thing in the graph that a code means.

    A thing answers to its ``skos:notation``, to the last part of its IRI, and to an earlier and the last part
    (``gfc/A1`` for ``…/gfc/target/A1``). Claims about targets (``tg:Link`` and passages) and gaps are never
    meant by a code unless ``among`` asks for them. What matches exactly goes before what matches but for capitals.

    Parameters
    ----------
    among : IRI of a class the thing must be an instance of, or ``""``.

    Raises
    ------
    QueryError
        when nothing answers to the code, or several things do (they are listed).
    """
    for exact in (True, False):
        candidates = _candidates(store, code, among, exact)
        if len(candidates) == 1:
            return Iri(candidates[0])
        if candidates:
            names = ", ".join(shortened(c, PREFIXES) for c in candidates)
            raise QueryError(f"{code!r} can mean several things: {names}", remedy="write one of these instead")
    raise QueryError(f"nothing here is called {code!r}" + _kind(among), remedy=_remedy(store, code, among))


def _kind(among: str) -> str:
    return f" among the instances of {shortened(among, PREFIXES)}" if among else ""


def _membership(among: str) -> str:
    if among:
        return f"?thing a {written(Iri(among))} ."
    return "?thing a ?kind . MINUS { ?thing a tg:Link } MINUS { ?thing a tg:Passage } MINUS { ?thing a tg:Gap }"


def _candidates(store: Store, code: str, among: str, exact: bool) -> list[str]:
    iri, notation = ("STR(?thing)", "STR(?notation)") if exact else ("LCASE(STR(?thing))", "LCASE(STR(?notation))")
    code = code if exact else code.lower()
    head, _, tail = code.rpartition("/")
    test = f"STRENDS({iri}, {_quoted('/' + tail)})"
    if head:
        test += f" && CONTAINS({iri}, {_quoted('/' + head + '/')})"
    else:
        test += f" || STRENDS({iri}, {_quoted('#' + tail)})"
        test += f" || EXISTS {{ ?thing {_NOTATION} ?notation FILTER({notation} = {_quoted(code)}) }}"
    query = f"SELECT DISTINCT ?thing {{ {_membership(among)} FILTER(isIRI(?thing)) FILTER({test}) }}"
    return sorted(str(row[0]) for row in store.select(query, limits=None).values())


def _quoted(text: str) -> str:
    return written(Literal(text))


def _remedy(store: Store, code: str, among: str) -> str:
    query = f"SELECT DISTINCT ?thing {{ {_membership(among)} FILTER(isIRI(?thing)) }} LIMIT 5000"
    things = [str(row[0]) for row in store.select(query, limits=None).values()]
    tails = {t[len(BASE) :] if t.startswith(BASE) else t for t in things}
    return did_you_mean(code, tails, "write the full IRI or a prefixed name")
