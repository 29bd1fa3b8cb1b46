"""The gap report of the bundled graph as a whole command, from a cold start."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.benchmarks.gaps_by_queries import UNNAMED
from tests.benchmarks.harness import Contender, Workbench, command, row

FRAMEWORK = "gfc"
# Kinds that only we tell: no query of the library, and no part of the independent implementation, shows them.
OURS_ALONE = ("empty-crossing", "isolated-component", "single-point-of-failure", "obligation-unmet")


def _of_report(output: str) -> set[tuple[str, ...]]:
    """(kind, dimension, subject) of the gaps in our own JSON."""
    return {(g["kind"], g["dimension"], g["subject_iri"]) for g in json.loads(output)["gaps"]}


def _of_list(output: str) -> set[tuple[str, ...]]:
    return {tuple(gap) for gap in json.loads(output)}


def _alike(answer: object) -> object:
    """Gaps with the two kinds as one that the library queries do not tell apart, and by kind alone where all are of
    one dimension."""
    assert isinstance(answer, set)
    merged = {"implied-only-row": UNNAMED, "umbrella-only-row": UNNAMED}
    return {
        (merged.get(kind, kind), "" if kind == "scope-phrase-only" else dimension, subject)
        for kind, dimension, subject in answer
        if kind not in OURS_ALONE
    }


def _script(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]


def _dataset(store: Path) -> str:
    from targetgraph.store import StoreFolder

    return str(StoreFolder(store).current().dataset)


@row("All gaps of the Global Framework on Chemicals, as a whole command from a cold start", rounds=7, answer=_alike)
def bundled_gaps(bench: Workbench) -> list[Contender]:
    """The same set of gaps from every contender; only the first also gives evidence, certainty and rank, and three kinds
    more (empty crossings, single points of failure, isolated components). "rdflib,
    SPARQL" parses dataset.nq and asks the library queries that the kinds of gap name; "rdflib, sets and loops" is the
    independent implementation that the tests compare with."""
    store = bench.built_store()
    dataset = _dataset(store)
    ours = bench.targetgraph("gaps", "--store", str(store), "--framework", FRAMEWORK, "--format", "json")
    return [
        command("targetgraph gaps", ours, read=_of_report),
        command("Oxigraph, SPARQL", _script("gaps_by_queries", "oxigraph", dataset, FRAMEWORK), read=_of_list),
        command("rdflib, SPARQL", _script("gaps_by_queries", "rdflib", dataset, FRAMEWORK), read=_of_list),
        command("rdflib, sets and loops", _script("gaps_by_loops", dataset, FRAMEWORK), read=_of_list),
    ]
