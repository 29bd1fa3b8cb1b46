"""Made-up registries of 10^4 to 10^7 statements: extraction, all numbers from the arrays, whole commands.

``TARGETGRAPH_BENCH_SIZES=1e4,1e5,1e6,1e7`` chooses the sizes (10^7 only on request: it takes some minutes to build), and
``TARGETGRAPH_BENCH_CACHE=DIR`` keeps the registries, and what Virtuoso has loaded of them, from run to run.
``TARGETGRAPH_BENCH_RDFLIB=1e6`` lets rdflib try a larger one (one turn only, cut short when patience ends).
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.survey import survey
from targetgraph.pipeline import build_from_dataset, open_coded_graph, open_store
from targetgraph.pipeline.extracting import extract
from targetgraph.pipeline.generating import generate
from targetgraph.store import EmbeddedStore
from tests.benchmarks.harness import Contender, Workbench, call, command, row
from tests.benchmarks.registry_questions import Answers, PlainRegistry, by_queries, by_survey
from tests.benchmarks.virtuoso import Virtuoso, reason_to_skip

SIZES = tuple(int(float(s)) for s in os.environ.get("TARGETGRAPH_BENCH_SIZES", "1e4,1e5,1e6").split(","))
# Beyond these an engine took minutes for one turn, or more memory than the machine has, and is left out.
RDFLIB_UP_TO = int(float(os.environ.get("TARGETGRAPH_BENCH_RDFLIB", "1e5")))
SCRIPT_UP_TO, VIRTUOSO_UP_TO = 1_000_000, 10_000_000
RDFLIB_PATIENCE = 300.0

DRAIN = """SELECT ?row ?link ?column ?basis ?confidence ?verification ?role WHERE {
  ?link tg:linkSubject ?row ; tg:concerns ?column ; tg:basis ?basis ; tg:confidence ?confidence ;
        tg:verification ?verification . OPTIONAL { ?link tg:role ?role } }"""
"""The link SELECT as one would write it, with what every link has."""


class Registry:
    """A generated file and the store built from it."""

    def __init__(self, bench: Workbench, size: int) -> None:
        self.folder = folder = Path(os.environ.get("TARGETGRAPH_BENCH_CACHE") or bench.folder).resolve()
        self.size, self.nquads, self.store = size, folder / f"registry-{size}.nq", folder / f"registry-{size}"
        if not self.nquads.exists():
            generate(size, 1, self.nquads)
        if not (self.store / "CURRENT").exists():  # a build that was broken off leaves the folder
            build_from_dataset(self.nquads, self.store, infer=False)

    def coded(self) -> CodedGraph:
        """The coded graph, opened afresh, so that no turn profits from what an earlier one has worked out."""
        return open_coded_graph(self.store)

    @cache  # noqa: B019  (a registry lives as long as its row)
    def opened(self) -> EmbeddedStore:
        """The store."""
        return open_store(self.store)


class _Nowhere(io.RawIOBase):
    """Counts lines and forgets them."""

    lines = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.lines += bytes(data).count(b"\n")
        return len(data)


def _drained(store: EmbeddedStore) -> int:
    sink = _Nowhere()
    store.export(DRAIN, sink, "tsv")  # type: ignore[arg-type]
    return sink.lines - 1


def _asked_of_oxigraph(store: EmbeddedStore) -> Callable[[], Answers]:
    return lambda: by_queries(lambda text: int(next(iter(store.values(text)))[0] or 0))


def _asked_of_rdflib(nquads: Path) -> Callable[[], Answers]:
    from tests.oracle.frameworks import read

    graph = read(nquads)
    return lambda: by_queries(lambda text: int(str(next(iter(graph.query(text)))[0])))  # type: ignore[index]


def _by_pandas(nquads: Path) -> Callable[[], Answers]:
    from tests.benchmarks.registry_by_pandas import PandasRegistry

    return PandasRegistry(nquads).answers


def _sum_of_columns(graph: CodedGraph) -> float:
    """Read every number of every link once."""
    numeric = ("target", "concept", "basis", "confidence", "verification", "role", "contingent", "stale")
    return sum(float(d.links[name].sum()) for d in graph.dimensions.values() for name in numeric)


def _extraction(size: int) -> Callable[[Workbench], Sequence[Contender]]:
    def setup(bench: Workbench) -> Sequence[Contender]:
        registry = Registry(bench, size)
        store = registry.opened()
        return [
            call("drain the link SELECT once", lambda: _drained(store)),
            call("code everything", lambda: extract(store, "bench").version),
        ]

    return setup


def _numbers(size: int) -> Callable[[Workbench], Sequence[Contender]]:
    def setup(bench: Workbench) -> Sequence[Contender]:
        registry = Registry(bench, size)
        found = [
            call("survey, opening the arrays included", lambda: by_survey(registry.coded())),
            call("SPARQL, embedded Oxigraph", _asked_of_oxigraph(registry.opened())),
        ]
        if size <= VIRTUOSO_UP_TO and not reason_to_skip():
            found.append(call("SPARQL, Virtuoso over HTTP", Virtuoso.serving(registry.nquads, registry.folder).answers))
        if size <= SCRIPT_UP_TO:
            found.append(call("sets and dictionaries, loaded already", PlainRegistry(registry.nquads).answers))
            found.append(call("pandas and networkx, loaded already", _by_pandas(registry.nquads)))
        return found

    return setup


def _by_rdflib(size: int) -> Callable[[Workbench], Sequence[Contender]]:
    def setup(bench: Workbench) -> Sequence[Contender]:
        registry = Registry(bench, size)
        return [
            call("survey, opening the arrays included", lambda: by_survey(registry.coded())),
            call("SPARQL, rdflib, parsed already", _asked_of_rdflib(registry.nquads), patience=RDFLIB_PATIENCE),
        ]

    return setup


def _floor(size: int) -> Callable[[Workbench], Sequence[Contender]]:
    def setup(bench: Workbench) -> Sequence[Contender]:
        registry = Registry(bench, size)
        graph = registry.coded()
        return [
            call("sum every column of the links once", lambda: _sum_of_columns(graph)),
            call("survey, opening the arrays included", lambda: survey(registry.coded()).version),
        ]

    return setup


def _commands(size: int) -> Callable[[Workbench], Sequence[Contender]]:
    def setup(bench: Workbench) -> Sequence[Contender]:
        registry = Registry(bench, size)
        store = ("--store", str(registry.store))
        found = [
            command(
                "targetgraph gaps --framework all",
                bench.targetgraph("gaps", *store, "--framework", "all", "--format", "json"),
                read=lambda out: json.loads(out)["targets"],
            ),
            command(
                "targetgraph gaps, one framework",
                bench.targetgraph("gaps", *store, "--framework", "framework-00000"),
            ),
        ]
        if size <= SCRIPT_UP_TO:
            for name, module in (("sets and dictionaries", "script"), ("pandas and networkx", "by_pandas")):
                script = [sys.executable, "-m", f"tests.benchmarks.registry_{module}", str(registry.nquads)]
                found.append(command(f"{name}, reading the file", script, read=json.loads))
        return found

    return setup


def _memory(size: int) -> Callable[[Workbench], Sequence[Contender]]:
    def setup(bench: Workbench) -> Sequence[Contender]:
        registry = Registry(bench, size)
        measure = [sys.executable, "-m", "tests.benchmarks.memory"]
        return [command(what, [*measure, what, str(registry.store)], read=json.loads) for what in ("survey", "command")]

    return setup


@dataclass(frozen=True)
class _Kind:
    """A question asked at every size."""

    make: Callable[[int], Callable[[Workbench], Sequence[Contender]]]
    question: str
    rounds: int
    note: str
    by: str = "wall"
    compared: bool = False
    warm: bool = True


_KINDS = {
    "extraction": _Kind(
        _extraction, "Extraction at build", 3, "Answers are not compared: the drain writes lines to nowhere."
    ),
    "numbers": _Kind(
        _numbers, "The numbers of all frameworks", 3,
        "Eleven counts that all contenders answer alike (no date, impossible order, hedged, single actor, sectors nobody "
        "reaches, targets without a link and without a link that counts, by dimension). The survey counts all kinds of gap "
        "for every framework in the same time. By the clock: Virtuoso's processor time is its own process's. maplib (0.20.26, "
        "Apache-2.0) takes no part: at 10,000 and 100,000 statements it answered two of the eleven (single actor, sectors "
        "nobody reaches) otherwise than all others.",
        compared=True,
    ),
    "rdflib": _Kind(
        _by_rdflib, "The same numbers through rdflib", 1,
        "One turn, none before it: it takes half a minute at the smallest size, and is cut short after five minutes.",
        compared=True, warm=False,
    ),
    "floor": _Kind(_floor, "The survey and its floor", 5, "Answers are not compared: the sum answers no question."),
    "commands": _Kind(_commands, "Whole commands, cold", 3, "Answers are not compared: they differ in what they tell."),
    "memory": _Kind(
        _memory, "Memory beyond the imports", 3,
        "Peak resident size, the greatest of the turns, less that of the same interpreter with the same imports; in the second "
        "column the part of it that is pages of the mapped columns.", by="memory",
    ),
}  # fmt: skip


def _register() -> None:
    for size in SIZES:
        for name, kind in _KINDS.items():
            if name == "rdflib" and size > RDFLIB_UP_TO:
                continue
            setup = kind.make(size)
            setup.__name__ = f"{name}_{size:.0e}".replace("+0", "")
            missing = reason_to_skip() if name == "numbers" else ""
            setup.__doc__ = f"{kind.note} Virtuoso was left out: {missing}." if missing else kind.note
            row(
                f"{kind.question}, {size:,} statements",
                rounds=kind.rounds,
                by=kind.by,
                answer=(lambda answer: answer) if kind.compared else (lambda answer: None),
                warm=kind.warm,
            )(setup)


_register()
