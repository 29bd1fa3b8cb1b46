"""What a query may cost, and what no query may ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from urllib.parse import urljoin

from targetgraph.errors import LimitExceeded, QueryError
from targetgraph.library.prologue import declared_prefixes, missing_prefixes
from targetgraph.library.suggestions import did_you_mean
from targetgraph.library.terms import Iri, written
from targetgraph.library.tokens import Token, position, tokenize
from targetgraph.namespaces import PREFIXES

_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})
_QUERIES: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_LONGEST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one query; ``None`` lifts a bound.

    Parameters
    ----------
    time_seconds : wall-clock time after which the query is killed and `LimitExceeded` raised.
    rows : rows (or triples) after which the answer is cut; it then says ``truncated``.
    bytes : size of the answer, as it passes from the worker, beyond which `LimitExceeded` is raised.
    memory_bytes : memory the worker may take beyond what the open store takes (where the system can bound
        it).
    """

    time_seconds: float | None = 30.0
    rows: int | None = 10_000
    bytes: int | None = 64 * 1024 * 1024
    memory_bytes: int | None = 2 * 1024 * 1024 * 1024

    def __post_init__(self) -> None:
        for name in ("time_seconds", "rows", "bytes", "memory_bytes"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise QueryError(f"the limit {name} is {value}", remedy="give a positive number, or none at all")


DEFAULT_LIMITS: Final = Limits()


def time_exceeded(limits: Limits) -> LimitExceeded:
    """The error for a query that ran too long."""
    return LimitExceeded(
        f"the query was stopped after {limits.time_seconds:g} seconds",
        remedy="join its patterns by shared variables, ask for less (LIMIT), or allow more (--limit-seconds)",
    )


def size_exceeded(limits: Limits) -> LimitExceeded:
    """The error for an answer that is too large."""
    return LimitExceeded(
        f"the query was stopped: its answer is larger than {limits.bytes:,} bytes",
        remedy="ask for fewer rows or columns (LIMIT), or in several parts (OFFSET)",
    )


def worker_died(limits: Limits, status: int) -> LimitExceeded:
    """The error for a worker that ended without an answer; nearly always it ran out of memory."""
    memory = "" if limits.memory_bytes is None else f" of {limits.memory_bytes / 2**20:,.0f} MiB"
    return LimitExceeded(
        f"the query was stopped: it took more memory than its limit{memory} (worker status {status})",
        remedy="usually it sorts, or makes distinct, something very large: join its patterns by shared "
        "variables, or ask for less",
    )


def admitted(text: str, is_graph: Callable[[str], bool], graphs: Callable[[], Sequence[str]], base: str = "") -> bool:
    """Check a query before an engine sees it; whether it chooses its dataset itself (FROM).

    Parameters
    ----------
    text : the query.
    is_graph : whether an IRI names one of the store's own graphs.
    graphs : the IRIs of those graphs, for the message.
    base : what a relative IRI is relative to, if the query has no ``BASE``.

    Raises
    ------
    QueryError
        for updates, ``SERVICE``, a ``FROM`` outside the store, undeclared prefixes, text that is not SPARQL.
    """
    if len(text) > _LONGEST:
        raise QueryError(f"the query has {len(text):,} characters", remedy=f"at most {_LONGEST:,} are read")
    tokens = tokenize(text)
    loud = [t for t in tokens if not t.silent]
    _refuse_updates(loud, text)
    _refuse_service(loud, text)
    prefixes = declared_prefixes(tokens) | missing_prefixes(tokens, PREFIXES, text)
    named = False
    for i, token in enumerate(loud):
        if token.keyword == "FROM":
            named = True
            _check_from(loud[i + 1 : i + 3], token, prefixes, _base(loud[:i], base), text, is_graph, graphs)
    return named


def _base(prologue: Sequence[Token], base: str) -> str:
    """What relative IRIs are relative to behind a prologue: each ``BASE`` is itself relative to the one before."""
    for keyword, iri in pairwise(prologue):
        if keyword.keyword == "BASE" and iri.kind == "iri":
            base = _resolved(iri.text[1:-1], base)
    return base


def _resolved(iri: str, base: str) -> str:
    """An IRI as the engine takes it: relative to a base, if it is relative (RFC 3986, section 5)."""
    return iri if _ABSOLUTE.match(iri) else urljoin(base, iri)


def chosen_graphs(text: str) -> tuple[list[str], list[str]]:
    """The graphs that an admitted query names by ``FROM``, and those by ``FROM NAMED``."""
    tokens = tokenize(text)
    prefixes = declared_prefixes(tokens) | missing_prefixes(tokens, PREFIXES, text)
    loud = [t for t in tokens if not t.silent]
    default, named = [], []
    for i, token in enumerate(loud):
        if token.keyword == "FROM" and loud[i + 1].keyword == "NAMED":
            named.append(_expanded(loud[i + 2], prefixes, _base(loud[:i], "")))
        elif token.keyword == "FROM":
            default.append(_expanded(loud[i + 1], prefixes, _base(loud[:i], "")))
    return default, named


def named_iris(text: str, base: str = "") -> frozenset[str]:
    """Every IRI that stands in a query, wherever it stands: in brackets or with a prefix, made absolute.

    Parameters
    ----------
    base : what a relative IRI is relative to, if the query has no ``BASE``.

    Raises
    ------
    QueryError
        when the text is not SPARQL, or a prefix is not declared.
    """
    tokens = tokenize(text)
    prefixes = declared_prefixes(tokens) | missing_prefixes(tokens, PREFIXES, text)
    loud = [t for t in tokens if not t.silent]
    start = next((i for i, t in enumerate(loud) if t.keyword in _QUERIES), 0)
    base = _base(loud[:start], base)
    return frozenset(_expanded(t, prefixes, base) for t in loud[start:] if t.kind in ("iri", "name"))


def with_graphs_only(text: str, graphs: Collection[str], nowhere: str) -> str:
    """An admitted query in which ``GRAPH`` names no graph but these; any other name becomes ``nowhere``.

    For services that look into whatever graph a query names, as Virtuoso does, instead of those of the dataset they were told.
    """
    tokens = tokenize(text)
    prefixes = declared_prefixes(tokens) | missing_prefixes(tokens, PREFIXES, text)
    loud = [t for t in tokens if not t.silent]
    whole, last = [], 0
    for i, (token, target) in enumerate(pairwise(loud)):
        named = token.keyword == "GRAPH" and target.kind in ("iri", "name")
        if named and _expanded(target, prefixes, _base(loud[:i], "")) not in graphs:
            whole += [text[last : target.start], f"<{nowhere}>"]
            last = target.start + len(target.text)
    return "".join([*whole, text[last:]])


def with_graph_variables_held(text: str, graphs: Sequence[str]) -> str:
    """An admitted query in which a variable after ``GRAPH`` can only be one of these graphs.

    For Virtuoso, which looks into whatever graph such a variable is given by ``VALUES``. A filter behind the group does it.
    """
    loud = [t for t in tokenize(text) if not t.silent]
    allowed = ", ".join(written(Iri(iri)) for iri in graphs)
    additions: list[tuple[int, str]] = []
    for i, (token, target) in enumerate(pairwise(loud)):
        if token.keyword == "GRAPH" and target.text[:1] in "?$":
            depth = 0
            for brace in loud[i + 2 :]:
                depth += {"{": 1, "}": -1}.get(brace.text, 0)
                if depth == 0:
                    additions.append((brace.start + 1, f" FILTER({target.text} IN ({allowed})) "))
                    break
    for place, filtering in sorted(additions, reverse=True):
        text = text[:place] + filtering + text[place:]
    return text


def _expanded(target: Token, prefixes: dict[str, str], base: str) -> str:
    """The IRI that a token stands for, in brackets or with a prefix."""
    if target.kind == "iri":
        return _resolved(target.text[1:-1], base)
    prefix, _, local = target.text.partition(":")
    return _resolved(prefixes[prefix] + re.sub(r"\\(.)", r"\1", local), base)


def _at(text: str, token: Token) -> str:
    line, column = position(text, token.start)
    return f"line {line}, column {column}"


def _refuse_updates(loud: Sequence[Token], text: str) -> None:
    first = next((t for t in loud if t.keyword in _UPDATES | _QUERIES), None)
    if first is None:
        raise QueryError("this is not a query", remedy="a query has SELECT, ASK, CONSTRUCT or DESCRIBE")
    if first.keyword in _UPDATES:
        raise QueryError(
            f"{_at(text, first)}: {first.keyword} changes data; the graph can only be read here",
            remedy="change the tables and run `targetgraph build`",
        )


def _refuse_service(loud: Sequence[Token], text: str) -> None:
    for token in loud:
        if token.keyword == "SERVICE":
            raise QueryError(
                f"{_at(text, token)}: SERVICE is refused; queries reach nothing outside this graph",
                remedy="fetch the remote data separately and add it by `targetgraph build`",
            )


def _check_from(
    after: Sequence[Token],
    token: Token,
    prefixes: dict[str, str],
    base: str,
    text: str,
    is_graph: Callable[[str], bool],
    graphs: Callable[[], Sequence[str]],
) -> None:
    target = after[1] if len(after) > 1 and after[0].keyword == "NAMED" else after[0] if after else None
    if target is None or target.kind not in ("iri", "name"):
        raise QueryError(f"{_at(text, token)}: FROM needs a graph", remedy="name it by its IRI")
    iri = _expanded(target, prefixes, base)
    if not is_graph(iri):
        raise QueryError(
            f"{_at(text, target)}: FROM <{iri}> is none of the graphs of this store",
            remedy=did_you_mean(iri, graphs(), "FROM reads no file and no address; its graphs are: {all}"),
        )
