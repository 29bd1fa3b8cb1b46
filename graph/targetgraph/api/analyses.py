"""What can be asked of a framework beyond what is there: suppositions, remedies, comparisons, structure, chance."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from targetgraph.api.supposing import Names, listed, scenario_of
from targetgraph.errors import Place, TargetGraphError

if TYPE_CHECKING:
    from targetgraph.analysis.closing import Pricing
    from targetgraph.analysis.coding import CodedGraph
    from targetgraph.analysis.scenarios import Scenario
    from targetgraph.api.framework import Framework
    from targetgraph.api.graph import Graph
    from targetgraph.api.reports import ClosingSet, Comparison, Robustness, Simulation, Structure, Surprise


class Analyses(ABC):
    """The analyses of a framework; mixed into :class:`~targetgraph.api.framework.Framework`."""

    _graph: Graph
    _coded: CodedGraph
    _scenario: Scenario

    @property
    @abstractmethod
    def code(self) -> str:
        """Short name of the framework."""

    @abstractmethod
    def _under(self, coded: CodedGraph, scenario: Scenario) -> Framework: ...

    def simulate(
        self,
        scenario: str = "",
        *,
        without: Names = (),
        without_links: Names = (),
        without_basis: Names = (),
        without_status: Names = (),
        min_confidence: float = 0.0,
        only_sources: Names = (),
        brackets: str = "as-is",
        umbrella: str = "as-is",
        as_named: Names = (),
        add: Names = (),
        date: Mapping[str, int | None] | None = None,
        hedges: str = "as-is",
    ) -> Simulation:
        """Which gaps open, close and change if things were otherwise. Suppositions add up; the graph stays as it is.

        Parameters
        ----------
        scenario : a scenario in its text form, such as ``"without=governments;brackets=deleted"``.
        without : actors, sectors or stages whose links are taken away, with those of all that is narrower.
        without_links : links taken away, by IRI.
        without_basis : links taken away: ``named``, ``implied`` or ``judged``.
        without_status : links taken away: ``sourced``, ``recalled`` or ``judged``.
        min_confidence : links that are less sure are taken away, 0 to 1.
        only_sources : only targets resting on one of these sources keep their links.
        brackets : ``kept``: words in brackets are text; ``deleted``: they are gone.
        umbrella : ``covering``: catch-alls cover all they stand for; ``dropped``: they are gone.
        as_named : links on this basis count as named: ``implied`` or ``judged``.
        add : links that the text is supposed to name, ``TARGET:DIMENSION:CONCEPT``, ``:ROLE`` may follow.
        date : years in which targets are supposed to be due, by code; ``None`` for no date.
        hedges : ``dropped``: nothing softens or conditions the targets.

        Raises
        ------
        TargetGraphError : nothing is supposed, a name or value is unknown, or suppositions contradict each other.
        """
        supposed = scenario_of(
            scenario, without=without, without_links=without_links, without_basis=without_basis,
            without_status=without_status, min_confidence=min_confidence, only_sources=only_sources, brackets=brackets,
            umbrella=umbrella, as_named=as_named, add=add, date=date, hedges=hedges,
        )  # fmt: skip
        return self._simulated(supposed)

    def _simulated(self, supposed: Scenario) -> Simulation:
        from targetgraph.analysis.scenarios import simulate
        from targetgraph.api.gaps import Gap
        from targetgraph.api.reports import Simulation

        if supposed.is_today:
            raise TargetGraphError(
                "nothing is supposed otherwise than it is", "", "say what, for instance without='governments'"
            )
        graph = self._graph
        return Simulation(simulate(self._coded, supposed, self.code), self._coded, lambda record: Gap(record, graph))

    def suppose(self, scenario: str = "", **suppositions: Any) -> Framework:
        """The framework as it would be: its coverage, gaps, network and pictures under a scenario.

        Parameters
        ----------
        scenario, suppositions : as for :meth:`simulate`.

        Raises
        ------
        TargetGraphError : as for :meth:`simulate`.
        """
        from targetgraph.analysis.scenarios import apply

        supposed = scenario_of(scenario, **suppositions)
        supposed = self._scenario.joined(supposed)
        return self._under(apply(self._graph._opened.coded, supposed, self.code).graph, supposed)

    def robustness(self, minimum: int = 1) -> Robustness:
        """Which gaps stay under other reasonable assumptions, and how many links covered cells can lose.

        Parameters
        ----------
        minimum : links named in the text that a cell needs to be covered.

        Raises
        ------
        TargetGraphError : the minimum is below 1.
        """
        from targetgraph.analysis.scenarios import robustness
        from targetgraph.api.reports import Robustness

        return Robustness(robustness(self._coded, self.code, minimum))

    def close_gaps(
        self,
        *,
        kinds: Names = (),
        dimensions: Names = (),
        gaps: Names = (),
        costs: Mapping[str, float] | None = None,
        forbid: Names = (),
        budget: float | None = None,
        method: Literal["", "exact", "greedy"] = "",
        seconds: float = 30.0,
    ) -> ClosingSet:
        """The fewest, or cheapest, new links that close gaps.

        A set cover, solved by integer programming (HiGHS) with proof where size allows, else greedily (Chvátal 1979). The gap
        report is computed again with the links in place.

        Parameters
        ----------
        kinds, dimensions : the gaps of these kinds, of these dimensions; of all when empty.
        gaps : exactly these gaps, by IRI.
        costs : prices by ``TARGET:DIMENSION:CONCEPT``, ``*`` for any part; what is not priced costs 1.
        forbid : links not to propose, written the same.
        budget : close as many gaps as this sum of costs allows.
        method : ``exact``, ``greedy``, or empty for the exact way where size allows.
        seconds : time limit of each run of the solver.

        Raises
        ------
        TargetGraphError : an unknown name, nothing to close, or no way to close a gap that was asked for.
        """
        from targetgraph.analysis.closing import closing_set
        from targetgraph.api.reports import ClosingSet

        return ClosingSet(
            closing_set(
                self._coded, self.code, kinds=listed(kinds), dimensions=listed(dimensions), gaps=listed(gaps),
                pricing=self._pricing(costs or {}, listed(forbid)), budget=budget, method=method, seconds=seconds,
            )
        )  # fmt: skip

    def _pricing(self, costs: Mapping[str, float], forbid: Iterable[str]) -> Pricing:
        from targetgraph.analysis.closing import Pricing

        pricing = Pricing(self._coded, self.code)
        for pattern, cost in costs.items():
            parts = pattern.split(":", 2)
            if len(parts) != 3:
                raise TargetGraphError(
                    f"{pattern!r} does not say which links have the price", "costs",
                    "write TARGET:DIMENSION:CONCEPT, such as 'A1:stages:remediation', with * for any",
                )  # fmt: skip
            target, dimension, concept = parts
            pricing.price(target, dimension, concept, cost, Place(file="costs"))
        for pattern in forbid:
            pricing.forbid(pattern)
        return pricing

    def compare(self, other: Framework | str = "", *, scenario: str = "") -> Comparison:
        """What of this framework was lost, added and softened in another.

        Parameters
        ----------
        other : another framework, of this graph by its code or of any; by default this one.
        scenario : what is supposed of the other.

        Raises
        ------
        TargetGraphError : there is no such framework, or the two are the same.
        """
        from targetgraph.analysis.comparison import Side, compare
        from targetgraph.api.reports import Comparison

        after = self._graph.framework(other or self.code) if isinstance(other, str) else other
        if scenario:
            after = after.suppose(scenario)
        if after._coded is self._coded and after.code == self.code:
            raise TargetGraphError(
                f"{self.code} is compared with itself",
                "",
                "name another framework, or a scenario such as 'brackets=deleted'",
            )
        known = self._graph._fates() | after._graph._fates()
        sides = [Side(f._coded, f.code, f._scenario) for f in (self, after)]
        return Comparison(compare(sides[0], sides[1], known))

    def structure(self, dimension: str = "actors", implied: bool = False) -> Structure:
        """Who carries the framework, and where it would break: withdrawals, matching (Hopcroft & Karp 1973), bridges and
        articulation points (Hopcroft & Tarjan 1973), communities (Clauset, Newman & Moore 2004), centralities.

        Parameters
        ----------
        dimension : what targets are linked to.
        implied : count links that curators hold to be implied, too.

        Raises
        ------
        TargetGraphError : no such dimension, or nothing that counts links them.
        """
        from targetgraph.analysis.structure import structure
        from targetgraph.api.reports import Structure

        return Structure(structure(self._coded, self.code, dimension, implied))

    def surprise(
        self,
        rows: str = "targets",
        columns: str = "stages",
        *,
        draws: int = 4999,
        thinning: int = 5,
        seed: int = 1,
        side: str = "both",
        level: float = 0.05,
        totals: str = "links",
        implied: bool = True,
    ) -> Surprise:
        """Whether emptiness is more than chance: the table against random ones with the same totals in every row and column
        (curveball, Strona et al. 2014), the false discovery rate controlled (Benjamini & Hochberg 1995).

        Parameters
        ----------
        rows : ``targets`` or a dimension.
        columns : a dimension.
        draws : random tables to compare with.
        thinning : trades of all rows between two draws.
        seed : the same gives the same result.
        side : ``both``, ``fewer`` or ``more``: what would surprise.
        level : false discovery rate wanted.
        totals : ``links`` or ``reached``: whose totals are kept.
        implied : count links held to be implied, too.

        Raises
        ------
        TargetGraphError : an unknown dimension, or an impossible number.
        """
        from targetgraph.analysis.surprise import surprise
        from targetgraph.api.reports import Surprise

        return Surprise(
            surprise(
                self._coded, rows, columns, self.code, draws=draws, thinning=thinning, seed=seed, side=side, level=level,
                totals=totals, implied=implied,
            )
        )  # fmt: skip
