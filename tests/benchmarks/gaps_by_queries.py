"""The gap report by SPARQL alone: every library query that a kind of gap names, asked of one engine.

``python -m tests.benchmarks.gaps_by_queries rdflib|oxigraph DATASET.nq FRAMEWORK-CODE``: reads the file, asks, and prints
the gaps as JSON, a list of (kind, dimension, subject). What the tool does besides (evidence, certainty, ranking, headlines)
is left out here, in favour of this contender.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from targetgraph.library import Library
from targetgraph.library.terms import Iri, Literal
from targetgraph.namespaces import TG

Row = tuple[str, ...]
Ask = Callable[[str], list[Row]]
Gap = tuple[str, str, str]

BASE = "https://w3id.org/targetgraph/"
ROWS = {"actors": TG.ActorDimension, "sectors": TG.SectorDimension, "stages": TG.StageDimension}
UNNAMED = "implied-or-umbrella-only-row"
COLUMNS = {**ROWS, "goals": TG.GoalDimension}


class Asker:
    """Asks library queries of an engine; a free variable comes back as an empty string."""

    def __init__(self, ask: Ask) -> None:
        self._ask, self._library = ask, Library()

    def __call__(self, name: str, **values: str) -> list[dict[str, str]]:
        question = self._library.find(name)
        terms: dict[str, Iri | Literal | str] = {k: Iri(v) for k, v in values.items()}
        if any(p.name == "language" for p in question.parameters):
            terms["language"] = "en"
        columns = [c.name for c in question.columns]
        return [dict(zip(columns, row, strict=True)) for row in self._ask(question.text(terms))]


def gaps(ask: Asker, framework: str, earlier: str) -> Iterator[Gap]:
    """(kind, dimension, subject) of every gap of a framework that succeeds another."""
    for code, dimension in ROWS.items():
        yield from _rows(ask, framework, code, dimension)
    for code, dimension in COLUMNS.items():
        yield from _columns(ask, framework, code, dimension)
    for row in ask("coverage/targets-reaching-nothing", framework=framework, dimension=TG.GoalDimension):
        if row["looked_at"] == "true":
            yield "empty-row", "goals", row["target"]
    for row in ask("indicators/targets-without-adopted-indicator", framework=framework):
        if row["looked_at"] == "true":
            yield "no-adopted-indicator", "indicators", row["target"]
    for row in ask("sdgs/targets-per-sdg", framework=framework, level=TG.SdgTarget):
        if float(row["percent"]) >= 90:
            yield "concentration", "sdgs", row["sdg"]
    for row in ask("lineage/dropped-proposals", framework=framework):
        yield "lineage-loss", "", row["proposal"]
    for row in ask("lineage/actors-lost", earlier=earlier, framework=framework):
        yield "lost-actor", "mentions", row["actor"]
    yield from _plain(ask, framework)


def _plain(ask: Asker, framework: str) -> Iterator[Gap]:
    """Kinds whose query gives exactly their subjects."""
    for kind, dimension, query, subject in (
        ("no-deadline", "", "deadlines/targets-without-deadline", "target"),
        ("objective-without-deadline", "", "deadlines/objectives-without-deadline", "objective"),
        ("order-cannot-work", "", "deadlines/orders-that-cannot-work", "target"),
        ("no-end-state", "", "indicators/targets-without-end-state", "target"),
        ("unverified-wording", "", "quality/unverified-targets", "target"),
        ("single-actor", "actors", "actors/targets-naming-one-actor-only", "target"),
        ("scope-phrase-only", "stages", "wording/scope-phrases", "target"),
    ):
        for row in ask(query, framework=framework):
            yield kind, dimension, row[subject]
    for row in ask("wording/hedges-per-target", framework=framework):
        if row["hedges"] != "0":
            yield "hedged-wording", "", row["target"]


def _rows(ask: Asker, framework: str, code: str, dimension: str) -> Iterator[Gap]:
    """Targets that reach nothing, or of which the text names nothing in particular.

    Which of the latter name a catch-all no single query of the library tells, so the two kinds are taken as one.
    """
    for row in ask("coverage/targets-reaching-nothing", framework=framework, dimension=dimension):
        if row["looked_at"] == "true":
            yield "empty-row", code, row["target"]
    for row in ask("coverage/targets-implied-only", framework=framework, dimension=dimension):
        yield UNNAMED, code, row["target"]
    for row in ask("coverage/named-links-per-target", framework=framework, dimension=dimension):
        if row["named"] == "0" and row["catch_alls"] != "0":
            yield UNNAMED, code, row["target"]


def _columns(ask: Asker, framework: str, code: str, dimension: str) -> Iterator[Gap]:
    for kind, query in (
        ("empty-column", "coverage/concepts-reached-by-no-target"),
        ("umbrella-only-column", "coverage/concepts-reached-by-umbrella-only"),
        ("single-target-column", "coverage/concepts-hanging-on-one-target"),
        ("implied-only-column", "coverage/concepts-never-named"),
    ):
        if kind == "implied-only-column" and code == "goals":
            continue  # a judgement is enough there
        for row in ask(query, framework=framework, dimension=dimension):
            if row.get("looked_at", "true") == "true":
                yield kind, code, row["concept"]


def by_rdflib(dataset: Path) -> Ask:
    """rdflib's parser, its store in memory and its own SPARQL engine, over the union of the graphs."""
    from rdflib import Dataset, Graph

    parsed = Dataset()
    parsed.parse(dataset, format="nquads")
    flat = Graph()  # several times faster to query than the dataset with its union
    for subject, predicate, value, _ in parsed.quads((None, None, None, None)):
        flat.add((subject, predicate, value))

    def ask(text: str) -> list[Row]:
        return [tuple("" if v is None else str(v) for v in row) for row in flat.query(text)]  # type: ignore[union-attr]

    return ask


def by_oxigraph(dataset: Path) -> Ask:
    """Oxigraph in memory."""
    from targetgraph.store import load_memory

    store = load_memory(dataset)
    return lambda text: [tuple(v or "" for v in row) for row in store.values(text)]


def main() -> None:
    """Ask and print."""
    engine, dataset, framework = sys.argv[1:]
    ask = {"rdflib": by_rdflib, "oxigraph": by_oxigraph}[engine](Path(dataset))
    found = {*gaps(Asker(ask), f"{BASE}{framework}", f"{BASE}beyond2020")}
    print(json.dumps(sorted(found)))


if __name__ == "__main__":
    main()
