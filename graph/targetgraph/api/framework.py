"""A framework: a list of targets, and everything that can be asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from targetgraph.analysis.scenarios import Scenario
from targetgraph.analysis.standing import Standing
from targetgraph.api.analyses import Analyses
from targetgraph.api.result import Result
from targetgraph.api.targets import Target, Targets
from targetgraph.errors import TargetGraphError

if TYPE_CHECKING:
    from targetgraph.analysis.coding import CodedGraph, FrameworkEntry
    from targetgraph.analysis.coverage import Heading
    from targetgraph.api.gaps import Gaps
    from targetgraph.api.graph import Graph
    from targetgraph.api.matrix import Matrix
    from targetgraph.api.pictures import Network, Picture
    from targetgraph.api.reports import Explanation
    from targetgraph.api.table import Table

View = Literal["map", "matrix", "network"]
_TITLES = {"map": "Coverage map", "matrix": "Coverage matrix", "network": "Network"}
_LINK_COLUMNS = (
    "target", "dimension", "concept", "role", "basis", "confidence", "verification", "caveat", "quote", "rationale",
    "concept_iri", "iri",
)  # fmt: skip


class Framework(Analyses, Result):
    """A framework of a graph, as it is or (:meth:`suppose`) as it would be under a scenario."""

    def __init__(self, graph: Graph, number: int, coded: CodedGraph, scenario: Scenario | None = None) -> None:
        self._graph, self._number, self._coded = graph, number, coded
        self._scenario = scenario or Scenario()

    @property
    def _entry(self) -> FrameworkEntry:
        return self._coded.frameworks[self._number]

    @cached_property
    def _standing(self) -> Standing:
        return Standing.of(self._coded, self.code)

    def _under(self, coded: CodedGraph, scenario: Scenario) -> Framework:
        return Framework(self._graph, self._number, coded, scenario)

    @property
    def code(self) -> str:
        """Its short name, such as ``gfc``."""
        return self._entry.code

    @property
    def label(self) -> str:
        """Its name."""
        return self._entry.label

    @property
    def iri(self) -> str:
        """Its IRI."""
        return self._entry.iri

    @property
    def note(self) -> str:
        """What to know about its data."""
        return self._entry.note

    @property
    def scenario(self) -> str:
        """What is supposed, ``today`` for nothing."""
        return str(self._scenario)

    @property
    def graph(self) -> Graph:
        """The graph it is in."""
        return self._graph

    @property
    def standing(self) -> str:
        """How many wordings nobody has checked, and the data version, in a sentence."""
        targets = self._coded.targets_of(self._number)
        unverified = int((self._coded.targets.verification[targets] != 0).sum())
        told = (
            f"{unverified} of {len(targets)} wordings not verified against the official text."
            if unverified
            else "Every wording was seen in its source."
        )
        supposed = "" if self._scenario.is_today else f" Supposing {self._scenario}."
        return f"{told}{supposed} Data version {self._coded.version}."

    @property
    def objectives(self) -> tuple[Heading, ...]:
        """Its objectives in order, each with ``iri``, ``code`` and ``label``."""
        from targetgraph.analysis.coverage import Heading

        table = self._coded.tables["objectives"]
        numbers = [n for n in range(table.rows()) if table.framework[n] == self._number]
        return tuple(Heading(table.iri[n], table.notation[n], table.label[n]) for n in numbers)

    @property
    def targets(self) -> Targets:
        """Its targets in order: a sequence, by code too (``framework.targets["A4"]``)."""
        return Targets(self)

    def target(self, name: str) -> Target:
        """A target by code, label or IRI.

        Raises
        ------
        TargetGraphError : there is none of the name, or several.
        """
        from targetgraph.analysis.scenarios.references import target_called

        return Target(self, target_called(self._coded, name, self._number))

    def links(self, dimension: str = "") -> Table:
        """Every claim that a target concerns something, nothing rolled up.

        Parameters
        ----------
        dimension : only links of this dimension; of all when empty, each once.

        Returns
        -------
        A table with target, dimension, concept, role, basis (``named``, ``implied``, ``judged``), confidence (0 to 1),
        verification, caveat, the words it rests on, the reason, and IRIs.

        Raises
        ------
        TargetGraphError : there is no such dimension.
        """
        numbers = [int(n) for n in self._coded.targets_of(self._number)]
        return self._links(dimension, numbers, f"Links of {self.label}")

    def _links(self, dimension: str, targets: Sequence[int], caption: str) -> Table:
        import numpy as np

        from targetgraph.api.table import Table
        from targetgraph.views.evidence import link_record

        codes = [dimension] if dimension else list(self._coded.dimensions)
        found: dict[str, Any] = {}
        for code in codes:
            coded = self._coded.dimension(code)
            for number in np.flatnonzero(np.isin(coded.links.target, targets)).tolist():
                record = link_record(self._coded, coded, number)
                found.setdefault(record.iri, record)
        rows = [[getattr(record, name) for name in _LINK_COLUMNS] for record in found.values()]
        return Table(caption, _LINK_COLUMNS, rows, [self.standing])

    def gaps(self, kind: str = "", dimension: str = "", status: str = "open") -> Gaps:
        """What is expected and not there, gravest and surest first.

        Parameters
        ----------
        kind : only gaps of this kind, such as ``no-deadline``.
        dimension : only gaps of this dimension, such as ``stages``.
        status : ``open``, ``accepted``, or empty for both.

        Raises
        ------
        TargetGraphError : there is no such kind, dimension or status.
        """
        from targetgraph.analysis.gaps import gap_report
        from targetgraph.api.gaps import Gaps

        if status not in ("open", "accepted", ""):
            raise TargetGraphError(f"no gap has the status {status!r}", "", "use 'open', 'accepted', or '' for both")
        history = self._graph._opened.history
        return Gaps(gap_report(self._coded, self.code, kind, dimension, history=history, status=status), self._graph)

    def coverage(self, rows: str, columns: str, minimum: int = 1) -> Matrix:
        """A coverage matrix.

        Parameters
        ----------
        rows : ``targets``, ``objectives`` or the short name of a dimension (:attr:`Graph.dimensions`).
        columns : the short name of another dimension.
        minimum : links named in the text that a cell needs to be covered; fewer make it thin.

        Raises
        ------
        TargetGraphError : an unknown dimension, the same one twice, or a minimum below 1.
        """
        from targetgraph.analysis.coverage import coverage
        from targetgraph.api.matrix import Matrix

        return Matrix(coverage(self._coded, rows, columns, self.code, minimum), self, minimum)

    def explain(self, target: str, column: str, dimension: str = "", minimum: int = 0) -> Explanation:
        """Why a cell is in its state, and the least that would make it covered, tried out on the data.

        Parameters
        ----------
        target : code, label or IRI of a target.
        column : code, label or IRI of a concept; or the short name of a dimension, for the row of the target in it.
        dimension : where a name is a column of several dimensions, which one is meant.
        minimum : named links that are needed; 0: one for a cell, what is obliged for a row.

        Raises
        ------
        TargetGraphError : something of the name does not exist, or the minimum is below 0.
        """
        from targetgraph.analysis.explanation import explain
        from targetgraph.api.reports import Explanation

        return Explanation(explain(self._coded, target, column, dimension, self.code, minimum))

    def network(self, sdg_targets: bool = False) -> Network:
        """The framework as a network: for networkx, and as a picture.

        Parameters
        ----------
        sdg_targets : keep SDG targets as nodes of the network; otherwise they are rolled up to their goals.
        """
        from targetgraph.analysis.network import framework_network
        from targetgraph.api.pictures import Network

        drawn = framework_network(self._coded, self.code, self._standing, sdg_targets=sdg_targets)
        return Network(drawn, lambda: self.view("network"))

    def view(self, what: View = "map", rows: str = "", columns: str = "") -> Picture:
        """A picture: a self-contained page that works offline.

        Parameters
        ----------
        what : ``map``: where the holes are, at a glance; ``matrix``: who, where and when as tables; ``network``: everything
            and its links, to explore.
        rows, columns : of the matrix shown first.

        Raises
        ------
        TargetGraphError : there is no such picture, or no such rows or columns.
        """
        from targetgraph.api.pictures import Picture

        if what not in _TITLES:
            raise TargetGraphError(f"there is no picture {what!r}", "", f"use one of: {', '.join(_TITLES)}")
        if (rows or columns) and what != "matrix":
            raise TargetGraphError("rows and columns belong to the matrix", "", "draw view('matrix', rows, columns)")
        title = f"{_TITLES[what]}: {self.label}"
        if what == "network":
            from targetgraph.views.network import network_page

            return Picture(network_page(self._coded, self.code, self._standing), title)
        if what == "matrix":
            from targetgraph.views.matrix import matrix_page

            return Picture(matrix_page(self._coded, self.code, rows, columns, self._standing), title)
        from targetgraph.views.coverage_map import coverage_map_page

        return Picture(coverage_map_page(self._coded, self.code, self._standing), title)

    def to_dict(self) -> dict[str, Any]:
        """Code, label, IRI, note, objectives and targets (without their links and gaps)."""
        return {
            "code": self.code,
            "label": self.label,
            "iri": self.iri,
            "note": self.note,
            "scenario": self.scenario,
            "data_version": self._coded.version,
            "objectives": [{"iri": o.iri, "code": o.code, "label": o.label} for o in self.objectives],
            "targets": self.targets.to_dicts(),
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Framework) and (self._coded is other._coded and self._number == other._number)

    def __hash__(self) -> int:
        return hash((id(self._coded), self._number))

    def __str__(self) -> str:
        return f"{self.label} ({self.code}), {len(self.targets)} targets. {self.standing}"

    def _summary(self) -> str:
        supposed = "" if self._scenario.is_today else f", supposing {self._scenario}"
        return f"{self.code}, {self.label}, {len(self.targets)} targets{supposed}"

    def _repr_html_(self) -> str:
        from targetgraph.views.fragments.report import report

        gaps = self.gaps()
        targets = [f"{t.code} {t.label} <{t.iri}>" for t in self.targets]
        lead = [f"{len(targets)} targets, {len(gaps)} gaps.", self.standing, *([self.note] if self.note else [])]
        return report(
            f"{self.label} ({self.code})", lead, [("Gaps, in headlines", gaps.headlines), ("Targets", targets)]
        )
