"""A data version to export: its statements, its coded links, its gaps."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from targetgraph import iris
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps import GapReport, gap_report
from targetgraph.analysis.gaps.history import History
from targetgraph.errors import StoreError
from targetgraph.namespaces import PREFIXES, TG
from targetgraph.publish.exports.statements import Thing, parts, things
from targetgraph.publish.gap_graph import COMPUTED, gap_quads
from targetgraph.store import EmbeddedStore, Version

GAPS = "gaps.nq"


@dataclass(frozen=True)
class Source:
    """What exports are written from.

    Parameters
    ----------
    version : a published version of a store folder.
    history : what became of each gap.
    """

    version: Version
    history: History

    @property
    def data_version(self) -> str:
        """Hash of the statements without the gaps computed from them."""
        return self.version.data_version

    @cached_property
    def coded(self) -> CodedGraph:
        """The coded links."""
        return CodedGraph.load(self.version.arrays, self.version.data_version)

    @cached_property
    def graph_names(self) -> tuple[str, ...]:
        """IRIs of the named graphs, sorted."""
        with EmbeddedStore.open(self.version.oxigraph) as store:
            return store.graph_names()

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the frameworks."""
        return tuple(framework.code for framework in self.coded.frameworks)

    def framework(self, code: str) -> str:
        """IRI of a framework.

        Raises
        ------
        TargetGraphError
            when there is none of that code.
        """
        return self.coded.frameworks[self.coded.framework_number(code)].iri

    def lines(self, graphs: Collection[str] = ()) -> Iterator[bytes]:
        """Canonical N-Quads lines, sorted, each once.

        Parameters
        ----------
        graphs : IRIs of named graphs; all of them when empty.

        Raises
        ------
        StoreError
            when the files of the version cannot be read.
        """
        wanted = {f"<{iri}>".encode() for iri in graphs}
        for line in self._merged():
            if not wanted or parts(line)[3] in wanted:
                yield line

    def _merged(self) -> Iterator[bytes]:
        files = [path for path in (self.version.dataset, self.version.path / GAPS) if path.is_file()]
        if not files:
            raise StoreError("the statements are not there", str(self.version.dataset), "run `targetgraph build`")
        try:
            if len(files) == 1:
                with files[0].open("rb") as lines:
                    yield from lines
                return
            with files[0].open("rb") as first, files[1].open("rb") as second:
                last = b""
                for line in heapq.merge(first, second):
                    if line != last:
                        yield line
                    last = line
        except OSError as error:
            raise StoreError(
                f"the statements cannot be read: {error}", str(self.version.path), "run `targetgraph build` again"
            ) from error

    def things(self, graphs: Collection[str] = ()) -> Iterator[Thing]:
        """What the statements are about, thing by thing (parameters and errors: see `lines`)."""
        return things(self.lines(graphs))

    def gaps(self, framework: str) -> GapReport:
        """The ranked gaps of a framework, with their status: what ``targetgraph gaps --status all`` reports."""
        return gap_report(self.coded, framework, history=self.history)

    @cached_property
    def holds_gaps(self) -> bool:
        """Whether the gaps stand in the graph; those of a dataset that was loaded whole do not."""
        return COMPUTED in self.graph_names

    def gap_things(self, code: str) -> Iterator[Thing]:
        """The gaps of a framework as things, and the search that found them: from the graph, or computed now."""
        if self.holds_gaps:
            iri = self.framework(code)
            for thing in self.things([COMPUTED]):
                if iri in thing.iris(TG.inFramework) or TG.GapRun in thing.iris(PREFIXES["rdf"] + "type"):
                    yield thing
            return
        coded = self.coded
        lines = gap_quads(
            [self.gaps(code)],
            self.history,
            {k.code: k.iri for k in coded.declarations.kinds},
            {f.code: f.iri for f in coded.frameworks},
            {d.code: d.iri for d in coded.declarations.dimensions},
        )
        yield from things(sorted({line.encode() for line in lines}))

    @cached_property
    def matched(self) -> tuple[Thing, ...]:
        """What the graph of mappings says: things with their matches elsewhere."""
        mapped = iris.graph("mapped")
        return tuple(self.things([mapped])) if mapped in self.graph_names else ()

    @cached_property
    def described(self) -> dict[str, Thing]:
        """What is asserted of everything but links, wordings and passages, by IRI: what labels are taken from."""
        kept = [g for g in self.graph_names if g not in (COMPUTED, iris.graph("inferred"), iris.graph("ontology"))]
        left_out = {TG.Link, TG.Wording, TG.Passage}
        return {t.iri: t for t in self.things(kept) if not left_out.intersection(t.iris(PREFIXES["rdf"] + "type"))}

    def framework_graph(self, code: str) -> str:
        """IRI of the named graph with what is asserted of a framework."""
        return iris.graph("framework", code)

    @property
    def path(self) -> Path:
        """Folder of the version."""
        return self.version.path
