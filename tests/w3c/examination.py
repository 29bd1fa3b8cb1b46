"""The whole suite against running servers."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.w3c.description import run_description
from tests.w3c.manifests import Case, Suite
from tests.w3c.outcomes import Outcome, Outcomes, Verdict, outcome
from tests.w3c.queries import data_files, run_queries, run_refused, run_syntax
from tests.w3c.scripts import changes, graphs_named, run_scripts
from tests.w3c.service import Service, store_of
from tests.w3c.updates import run_update_syntax, run_updates
from tests.web.servers import serving

OUTSIDE = {
    "entailment": "the service description states no entailment regime beyond simple entailment",
    "http-rdf-update": "deprecated by the suite itself, in favour of graph-store-protocol",
}
REFUSED = dict.fromkeys(("service", "syntax-fed"), "SERVICE is refused: a query reaches nothing outside this graph")


class Examination:
    """A reading server and a changing server, and the suite put to them folder by folder."""

    def __init__(self, root: Path, scratch: Path) -> None:
        self.suite = Suite(root)
        self.folders = self.suite.folders()
        self.cases = {folder: self.suite.cases(folder) for folder in self.folders}
        self._scratch = scratch
        self._servers = ExitStack()

    def __enter__(self) -> Examination:
        asked = [c for f in self.folders if f not in (*OUTSIDE, *REFUSED) for c in self.cases[f]]
        reading, changing = self._scratch / "reading", self._scratch / "changing"
        reading.mkdir()
        changing.mkdir()
        store = store_of(self.suite, {**data_files(asked), **graphs_named(self.cases["protocol"])}, reading)
        empty = store_of(self.suite, {}, changing)
        token = secrets.token_hex(8)
        # Updates are read back from the graph they were made in, so here the default graph is that without a name.
        secret = {"TARGETGRAPH_TOKEN": token}
        reader = self._servers.enter_context(serving(store))
        changer = self._servers.enter_context(serving(empty, "--default-graph", "unnamed", environment=secret))
        self.reader = Service(reader.url.rstrip("/"))
        self.changer = Service(changer.url.rstrip("/"), token=token)
        return self

    def __exit__(self, *_: object) -> None:
        self.reader.close()
        self.changer.close()
        self._servers.close()

    def outcomes(self) -> Outcomes:
        """What came of every case, in the order of the manifests."""
        return {folder: self._of(folder) for folder in self.folders}

    def _of(self, folder: str) -> list[Outcome]:
        cases = self.cases[folder]
        found = {o.iri: o for o in self._run(folder, cases)}
        return [found[case.iri] for case in cases]

    def _run(self, folder: str, cases: list[Case]) -> Iterator[Outcome]:
        if folder in OUTSIDE:
            yield from (outcome(case, Verdict.OUTSIDE, OUTSIDE[folder]) for case in cases)
        elif folder in REFUSED:
            yield from run_refused(self.reader, self.suite, cases, REFUSED[folder])
        elif folder == "service-description":
            yield from run_description(self.reader, cases)
        elif folder == "protocol":
            yield from run_scripts(self.reader, [c for c in cases if not changes(c)])
            yield from run_scripts(self.changer, [c for c in cases if changes(c)])
        elif folder == "graph-store-protocol":
            yield from run_scripts(self.changer, cases)
        else:
            yield from self._run_queries_and_updates(cases)

    def _run_queries_and_updates(self, cases: list[Case]) -> Iterator[Outcome]:
        queries = [case for case in cases if not case.request.endswith(".ru")]
        updates = [case for case in cases if case.request.endswith(".ru")]
        runs: tuple[tuple[Callable[..., Iterator[Outcome]], Service, list[Case]], ...] = (
            (run_queries, self.reader, queries),
            (run_syntax, self.reader, queries),
            (run_updates, self.changer, updates),
            (run_update_syntax, self.changer, updates),
        )
        for run, service, chosen in runs:
            yield from run(service, self.suite, chosen)
