"""The list of gaps, and the page of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from targetgraph import iris
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.explanation.gap_closing import WaysToClose
from targetgraph.analysis.gaps import Gap, GapReport
from targetgraph.analysis.gaps.selection import Facet, GapTable, severity_level
from targetgraph.analysis.scenarios import Scenario
from targetgraph.views.explorer.evidence import EvidenceLine, evidence_lines
from targetgraph.views.explorer.urls import Urls

PAGE: Final = 50
MOST_BOXES: Final = 40
"""Values of a property that are offered as boxes to tick; of more, as a list."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that gaps can be chosen by."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chooser:
    """A property with its values; ``label_key`` leads to the words of the interface for values that have such."""

    name: str
    choices: tuple[Choice, ...]

    @property
    def as_list(self) -> bool:
        """Whether there are too many values to tick."""
        return len(self.choices) > MOST_BOXES

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """The values chosen."""
        return tuple(c for c in self.choices if c.chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """A gap in the list.

    Parameters
    ----------
    rank : its place in the ranking of all gaps of the framework, from 1.
    pending : whether its acceptance stands in the file only, and in the graph after the next build.
    query : address of the query that shows it.
    is_today : whether it is a gap of the graph as it is, and has a page; not under the scenario alone.
    """

    gap: Gap
    rank: int
    kind: str
    dimension: str
    severity: str
    evidence: tuple[EvidenceLine, ...]
    query: str
    pending: bool = False
    is_today: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsView:
    """The list.

    Parameters
    ----------
    lines : those of this page.
    found, total : how many gaps fit the choices, and how many there are.
    start : position of the first line, from 0.
    choosers : properties to choose by.
    narrowed : whether anything is chosen.
    scenario : what is supposed.
    opens, closes : how many of the gaps are not there today, and how many of today's are not there then.
    """

    report: GapReport
    lines: tuple[GapLine, ...]
    found: int
    total: int
    start: int
    choosers: tuple[Chooser, ...]
    scenario: Scenario
    opens: int
    closes: int

    @property
    def selection(self) -> str:
        """What is chosen, as a query string."""
        return urlencode([(c.name, v.value) for c in self.choosers for v in c.chosen])

    @property
    def narrowed(self) -> bool:
        """Whether anything is chosen."""
        return any(c.chosen for c in self.choosers)

    @property
    def before(self) -> int | None:
        """Where the page before begins."""
        return max(0, self.start - PAGE) if self.start else None

    @property
    def after(self) -> int | None:
        """Where the next page begins."""
        return self.start + PAGE if self.start + PAGE < self.found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """What can be decided about a gap where the server was started with editing.

    Parameters
    ----------
    file : the file that decisions are written to, as people know it.
    seen : of the row that the page shows.
    reason, accepted_by, date : what the row says; empty where there is none.
    accepted : whether there is a row.
    needs_token : whether the token of the server must be typed.
    error, remedy : what was wrong with what was sent, if anything.
    given : what was sent, so that it need not be written again.
    """

    file: str
    seen: str
    reason: str = ""
    accepted_by: str = ""
    date: str = ""
    accepted: bool = False
    needs_token: bool = False
    error: str = ""
    remedy: str = ""
    given: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapView:
    """The page of one gap.

    Parameters
    ----------
    line : as in the list; None for a gap that an earlier build found and this one did not.
    ways : what would close it.
    command : shows it in a terminal.
    acceptance : what can be decided here; None without editing.
    others : further gaps of the same thing, ranked.
    target : whether the gap is that of a target, which then has a fact sheet.
    """

    line: GapLine
    of: int
    kind_label: str
    ways: WaysToClose
    command: str
    acceptance: Acceptance | None
    others: tuple[Gap, ...]
    target: bool

    @property
    def short(self) -> str:
        """The IRI without what all have in common."""
        return iris.shorten(self.line.gap.iri)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedGapView:
    """The page of a gap that is gone: what its history says."""

    iri: str
    sentence: str
    first_seen: str
    closed: str
    reason: str


class GapPages:
    """Makes the lines and pages of one framework's gaps.

    Parameters
    ----------
    graph, report : the framework's gaps.
    table : the same gaps, to choose from.
    to : makes addresses.
    pending : IRIs of gaps whose acceptance is not in the graph yet.
    scenario : that the graph is under.
    today : IRIs of the gaps without it.
    """

    def __init__(
        self,
        graph: CodedGraph,
        report: GapReport,
        table: GapTable,
        to: Urls,
        pending: frozenset[str] = frozenset(),
        scenario: Scenario | None = None,
        today: Iterable[str] = (),
    ) -> None:
        self._scenario, self._today = scenario or Scenario(), frozenset(today)
        self._graph, self._report, self._table, self._to, self._pending = graph, report, table, to, pending
        declared = graph.declarations
        self._kinds = {k.code: k.label for k in declared.kinds}
        self._dimensions = {d.code: d.label for d in declared.dimensions} | {
            c.code: c.label for c in declared.crossings
        }

    @cached_property
    def _then(self) -> frozenset[str]:
        return frozenset(self._table.by_iri)

    def listed(self, choices: Mapping[str, Sequence[str]], start: int = 0) -> GapsView:
        """The list, or what the choices leave of it.

        Raises
        ------
        TargetGraphError : there is no such property or value.
        """
        found, supposed = self._table.select(choices), not self._scenario.is_today
        start = start if 0 <= start < max(1, len(found)) else 0
        return GapsView(
            report=self._report,
            lines=tuple(self.line(gap) for gap in found[start : start + PAGE]),
            found=len(found),
            total=len(self._table.gaps),
            start=start,
            choosers=tuple(self._chooser(f) for f in self._table.facets(choices)),
            scenario=self._scenario,
            opens=len(self._then - self._today) if supposed else 0,
            closes=len(self._today - self._then) if supposed else 0,
        )

    def page(self, gap: Gap, ways: WaysToClose, command: str, acceptance: Acceptance | None) -> GapView:
        """The page of one gap."""
        others = [g for g in self._table.gaps if g.subject_iri == gap.subject_iri and g.iri != gap.iri]
        return GapView(
            line=self.line(gap),
            of=len(self._table.gaps),
            kind_label=self._kinds.get(gap.kind, gap.kind),
            ways=ways,
            command=command,
            acceptance=acceptance,
            others=tuple(others[:20]),
            target="/target/" in gap.subject_iri,
        )

    def line(self, gap: Gap) -> GapLine:
        """A gap as lists show it."""
        return GapLine(
            gap=gap,
            rank=self._table.place[gap.iri] + 1,
            kind=self._kinds.get(gap.kind, gap.kind),
            dimension=self._dimensions.get(gap.dimension, gap.dimension),
            severity=severity_level(gap.severity),
            evidence=evidence_lines(self._to, gap.evidence),
            query=query_address(self._to, gap),
            pending=gap.iri in self._pending,
            is_today=self._scenario.is_today or gap.iri in self._today,
        )

    def _chooser(self, facet: Facet) -> Chooser:
        return Chooser(
            facet.name,
            tuple(Choice(v, self._label(facet.name, v), n, v in facet.chosen) for v, n in facet.counts.items()),
        )

    def _label(self, name: str, value: str) -> str:
        if name == "kind":
            return self._kinds.get(value, value)
        if name == "dimension":
            return self._dimensions.get(value, value)
        return value


def query_address(to: Urls, gap: Gap) -> str:
    """The query page with the question that shows a gap filled in."""
    return to.query(gap.query, **{f"p.{name}": value for name, value in gap.parameters.items()})


def gap_iri(framework: str, path: str) -> str:
    """IRI of the gap at ``/explore/gaps/<framework>/gap/<path>``."""
    return f"{iris.BASE}{framework}/gap/{path}"
