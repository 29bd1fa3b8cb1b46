"""SPARQL servers under load, over a made-up registry of 10^5 statements.

``TARGETGRAPH_BENCH_SECONDS`` is how long each turn lasts (3).
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import urllib.request
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

from targetgraph.library import Library
from targetgraph.library.terms import Iri
from targetgraph.namespaces import PREFIXES
from tests.benchmarks import load, servers, virtuoso
from tests.benchmarks.harness import Contender, Sample, Workbench, row
from tests.benchmarks.rows_registries import Registry
from tests.benchmarks.servers import Server

SIZE = 100_000
SECONDS = int(os.environ.get("TARGETGRAPH_BENCH_SECONDS", "3"))
ROWS = 10_000
FRAMEWORK = Iri("https://w3id.org/targetgraph/framework-00000")
GAP_QUERY = "deadlines/targets-without-deadline"
JSON, CSV = "application/sparql-results+json", "text/csv"
Read = Callable[[str], object]


@cache
def running(bench: Workbench) -> tuple[Server, ...]:
    """All servers, started once and loaded; those that are not installed are left out."""
    registry = Registry(bench, SIZE)
    found = [servers.ours(bench, registry.store), servers.oxigraph(registry.store)]
    if not virtuoso.reason_to_skip():
        found.append(servers.virtuoso(registry.nquads, bench.folder))
    return (*found, servers.rdflib_endpoint(registry.nquads))


def subjects(nquads: Path) -> list[str]:
    """Every IRI that has statements, in the order of the file."""
    with nquads.open(encoding="utf-8") as lines:
        return list(dict.fromkeys(line[1 : line.index(">")] for line in lines if line.startswith("<")))


def table(answer: str) -> object:
    """Rows of an answer in JSON: values as texts, in an order of their own."""
    document = json.loads(answer)
    variables = document["head"]["vars"]
    return sorted([_text(b[v]) if v in b else "" for v in variables] for b in document["results"]["bindings"])


def _text(term: dict[str, str]) -> str:
    value = term["value"]
    if term.get("datatype", "").endswith("#boolean"):  # Virtuoso writes 0 and 1
        return {"0": "false", "1": "true"}.get(value, value)
    return value


def _contenders(
    bench: Workbench, queries: Sequence[str], accept: str, read: Read, *, probes: int, numbered: bool
) -> list[Contender]:
    """Each server: some of the queries asked singly for their answers, then load with all of them."""

    def turn(server: Server) -> Callable[[], Sample]:
        paths = [f"{server.path}?query={quote(query, safe='')}{'%23' if numbered else ''}" for query in queries]

        def run() -> Sample:
            step = max(1, len(paths) // probes)
            answer = [read(_fetched(server.root + path, accept)) for path in paths[::step][:probes]]
            put = load.put_load(
                server.root, paths, accept, pid=server.pid, seconds=SECONDS, numbered=numbered, scratch=bench.folder
            )
            return Sample(put.cpu, 1 / put.rate, answer, put)

        return run

    return [Contender(server.name, turn(server)) for server in running(bench)]


def _fetched(address: str, accept: str) -> str:
    request = urllib.request.Request(address, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=60) as answer:
        content: bytes = answer.read()
        return content.decode("utf-8")


def lookups(bench: Workbench) -> list[Contender]:
    """Everything said of one thing, for each thing of the registry in turn; every request carries a number, so that no
    two are alike and no kept answer serves. Answers of twenty of them are compared."""
    things = subjects(Registry(bench, SIZE).nquads)
    queries = [f"SELECT ?property ?value WHERE {{ <{thing}> ?property ?value }} " for thing in things]
    return _contenders(bench, queries, JSON, table, probes=20, numbered=True)


def gap_query() -> str:
    """A gap query of the library as any endpoint takes it."""
    return f"{Library().find(GAP_QUERY).text({'framework': FRAMEWORK})}\n"


def gaps_anew(bench: Workbench) -> list[Contender]:
    """`deadlines/targets-without-deadline` of one framework. Every request carries a number in a comment, so
    that the answer is worked out each time."""
    return _contenders(bench, [gap_query()], JSON, table, probes=1, numbered=True)


def gaps_again(bench: Workbench) -> list[Contender]:
    """The same query, the same text each time: `targetgraph serve` keeps answers for as long as the data version lasts,
    the others work each out anew."""
    return _contenders(bench, [gap_query()], JSON, table, probes=1, numbered=False)


def large_answers(bench: Workbench) -> list[Contender]:
    """Things, their classes and sources: 10,000 rows of CSV, worked out each time. Which rows a LIMIT leaves is for the
    server to choose, so rows and columns are counted, and each row is looked for in the whole."""
    body = "?thing a ?class ; dct:source ?source"
    query = f"PREFIX dct: <{PREFIXES['dct']}> SELECT ?thing ?class ?source WHERE {{ {body} }} LIMIT {ROWS} "
    whole = _whole(Registry(bench, SIZE), f"SELECT ?thing ?class ?source WHERE {{ {body} }}")

    def read(answer: str) -> object:
        head, *rows = csv.reader(io.StringIO(answer, newline=""))
        return head, len(rows), sum(tuple(r) in whole for r in rows)

    return _contenders(bench, [query], CSV, read, probes=1, numbered=True)


def _whole(registry: Registry, query: str) -> set[tuple[str, ...]]:
    return {tuple(cell or "" for cell in cells) for cells in registry.opened().values(query)}


def _register() -> None:
    if reason := load.reason_to_skip():
        print(f"servers are left out: {reason}", file=sys.stderr)
        return
    missing = virtuoso.reason_to_skip()
    for setup, question in (
        (lookups, "A small look-up"),
        (gaps_anew, "A gap query of the library"),
        (gaps_again, "The same gap query again and again"),
        (large_answers, f"{ROWS:,} rows of CSV"),
    ):
        if missing:
            setup.__doc__ = f"{setup.__doc__} Virtuoso was left out: {missing}."
        row(f"{question}, {SIZE:,} statements", rounds=3, by="rate")(setup)


_register()
