"""All numbers of a registry, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from targetgraph.analysis.coding import RECALLED, CodedGraph
from targetgraph.analysis.columnar import Array, distinct
from targetgraph.analysis.declarations import Crossing, Obligation
from targetgraph.analysis.rows import among
from targetgraph.analysis.states import LinkClass, State
from targetgraph.analysis.survey.crossing import empty_cells, has, named
from targetgraph.analysis.survey.dimension import DimensionSurvey
from targetgraph.analysis.survey.grouping import Frameworks
from targetgraph.analysis.survey.record import Figures, Kind, Survey
from targetgraph.analysis.survey.structure import components_apart, single_points
from targetgraph.namespaces import TG

ROW_KINDS = {
    State.GAP: "empty-row",
    State.THIN: "thin-row",
    State.IMPLIED: "implied-only-row",
    State.UMBRELLA: "umbrella-only-row",
    State.CONTINGENT: "contingent-row",
    State.STALE: "stale-row",
}
COLUMN_KINDS = {
    State.GAP: "empty-column",
    State.UMBRELLA: "umbrella-only-column",
    State.IMPLIED: "implied-only-column",
    State.CONTINGENT: "contingent-column",
    State.STALE: "contingent-column",
}
_NOT_MEASURABLE = 3
_ACTORS, _MENTIONS, _SDGS = "actors", "mentions", "sdgs"


class _Surveyor:
    """Counts gaps of a graph; one method a family of kinds."""

    def __init__(self, graph: CodedGraph) -> None:
        self.graph, self.frameworks = graph, Frameworks.of(graph)
        self.gaps: dict[Kind, Array] = {}
        self.declared = {kind.code for kind in graph.declarations.kinds}
        self.rows: dict[str, Array] = {}
        self.dimension: Callable[[str], DimensionSurvey] = cache(
            lambda code: DimensionSurvey(graph, graph.dimension(code), self.frameworks)
        )

    def add(self, kind: str, dimension: str, counts: Array, bound: Array | None = None) -> None:
        """Count gaps of a kind, if the graph declares it; ``bound``: frameworks that the obligation behind them binds."""
        if kind not in self.declared:
            return
        counts = np.asarray(counts, dtype=np.int64)
        if bound is not None:
            counts = np.where(bound, counts, 0)
        key = (kind, dimension)
        self.gaps[key] = self.gaps[key] + counts if key in self.gaps else counts

    def bound_by(self, declared: Obligation | Crossing) -> Array | None:
        """Frameworks that an obligation binds, bool; ``None``: all."""
        if not declared.frameworks:
            return None
        return np.array([f.iri in declared.frameworks for f in self.graph.frameworks], dtype=bool)

    def obligations(self) -> None:
        """Targets and columns that lack what they are obliged to have."""
        for obligation in self.graph.declarations.obligations:
            survey = self.dimension(obligation.dimension)
            if obligation.applies_to == TG.Target:
                self._targets_under(obligation, survey)
            if obligation.applies_to == survey.dimension.declaration.column_class:
                self._columns_under(obligation, survey)

    def _targets_under(self, obligation: Obligation, survey: DimensionSurvey) -> None:
        code, bound = obligation.dimension, self.bound_by(obligation)
        states = survey.row_states(obligation)
        known = self.frameworks.of_target >= 0
        cells = self.frameworks.of_target[known].astype(np.int64) * len(State) + states[known]
        tally = np.bincount(cells, minlength=self.frameworks.count * len(State)).reshape(-1, len(State))
        if not obligation.particular and not obligation.required_value:
            self.rows[code] = tally
        told = [s for s in ROW_KINDS if s != State.IMPLIED or not survey.dimension.declaration.accepts_judgement]
        if obligation.particular or obligation.required_value:
            kind = "obligation-unmet" if obligation.particular else "no-adopted-indicator"
            self.add(kind, code, tally[:, told].sum(axis=1), bound)
            return
        for state in told:
            self.add(ROW_KINDS[state], code, tally[:, state], bound)
        if State.IMPLIED in told:
            # Where the text names a catch-all, an implied reading does not make it particular.
            moved = self.frameworks.counted((states == State.IMPLIED) & survey.names_catch_all)
            self.add(ROW_KINDS[State.IMPLIED], code, -moved, bound)
            self.add(ROW_KINDS[State.UMBRELLA], code, moved, bound)

    def _columns_under(self, obligation: Obligation, survey: DimensionSurvey) -> None:
        code, bound, dimension = obligation.dimension, self.bound_by(obligation), survey.dimension
        judged = dimension.declaration.accepts_judgement
        asked = among(dimension, obligation)[dimension.columns] & ~dimension.concepts.umbrella[dimension.columns]
        columns = dimension.columns[asked]
        states = survey.column_states[:, columns]
        for state, kind in COLUMN_KINDS.items():
            if state != State.IMPLIED or not judged:
                self.add(kind, code, (states == state).sum(axis=1), bound)
        one = survey.held_by_one(LinkClass.IMPLIED if judged else LinkClass.NAMED)[:, columns]
        self.add("single-target-column", code, one.sum(axis=1), bound)

    def crossings(self) -> None:
        """Pairs that no target brings together."""
        for crossing in self.graph.declarations.crossings:
            counts = empty_cells(self.dimension(crossing.rows), self.dimension(crossing.columns))
            self.add("empty-crossing", crossing.code, counts, self.bound_by(crossing))

    def concentration(self) -> None:
        """SDG targets that nearly every target is linked to, and targets that rest on one actor."""
        if _SDGS in self.graph.dimensions and "concentration" in self.declared:
            survey = self.dimension(_SDGS)
            shared = survey.shared_by(self.graph.kind("concentration").threshold)
            self.add("concentration", _SDGS, shared[:, survey.dimension.columns].sum(axis=1))
        if _ACTORS in self.graph.dimensions:
            self.add("single-actor", _ACTORS, self.frameworks.counted(self.dimension(_ACTORS).single_named))

    def structure(self) -> None:
        """Actors too much rests on, and parts of the web of actors that stand apart."""
        if _ACTORS in self.graph.dimensions:
            survey = self.dimension(_ACTORS)
            self.add("single-point-of-failure", _ACTORS, single_points(survey))
            self.add("isolated-component", _ACTORS, components_apart(survey))

    def timing(self) -> None:
        """Dates that are missing or come too late."""
        table, count = self.graph.targets, self.frameworks.counted
        deadline = np.asarray(table.deadline)
        self.add("no-deadline", "", count(deadline == 0))
        objectives = self.graph.tables["objectives"]
        n = objectives.rows()
        # An objective is looked at through its targets of the framework it belongs to.
        known = np.flatnonzero(table.objective >= 0)
        of = table.objective[known]
        known = known[objectives.framework[of] == table.framework[known]] if n else known
        of = table.objective[known]
        undated = (np.bincount(of, minlength=n) > 0) & (np.bincount(of, weights=deadline[known] > 0, minlength=n) == 0)
        mine = objectives.framework[np.flatnonzero(undated)]
        self.add("objective-without-deadline", "", np.bincount(mine[mine >= 0], minlength=self.frameworks.count))
        self.add("order-cannot-work", "", self._orders(deadline))

    def _orders(self, deadline: Array) -> Array:
        table = self.graph.tables["dependencies"]
        pairs = np.flatnonzero((table.target >= 0) & (table.needed >= 0))
        due, ready = deadline[table.target[pairs]], deadline[table.needed[pairs]]
        late = pairs[(due > 0) & ((ready == 0) | (ready > due))]
        mine = self.frameworks.of_target[table.target[late]]
        return np.bincount(mine[mine >= 0], minlength=self.frameworks.count)

    def wordings(self) -> None:
        """What words leave open."""
        table, count = self.graph.targets, self.frameworks.counted
        self.add("no-end-state", "", count(np.asarray(table.measurability) == _NOT_MEASURABLE))
        self.add("unverified-wording", "", count(np.asarray(table.verification) == RECALLED))
        hedged = np.zeros(table.rows(), dtype=bool)
        hedges = self.graph.tables["hedges"].target
        hedged[hedges[hedges >= 0]] = True
        self.add("hedged-wording", "", count(hedged))
        scope = self.graph.tables["scope"]
        by_concept: dict[str, list[int]] = {}
        for target, iri in zip(scope.target.tolist(), scope.concept, strict=True):
            if target >= 0:
                by_concept.setdefault(iri, []).append(target)
        for iri, targets in by_concept.items():
            self._scope_phrases(iri, targets)

    def _scope_phrases(self, iri: str, targets: Sequence[int]) -> None:
        for code, dimension in self.graph.dimensions.items():
            concept = next((i for i, candidate in enumerate(dimension.concepts.iri) if candidate == iri), -1)
            if concept >= 0:
                chosen = np.array(targets, dtype=np.int64)
                words = named(self.dimension(code))
                missed = chosen[~has(words, chosen, np.full(len(chosen), concept))]
                mine = self.frameworks.of_target[missed]
                self.add("scope-phrase-only", code, np.bincount(mine[mine >= 0], minlength=self.frameworks.count))
                return

    def lineage(self) -> None:
        """What got lost between a framework and those before it."""
        table, framework = self.graph.tables["lineage"], self.frameworks.of_target
        alive = np.flatnonzero((table.successor >= 0) & (table.proposal >= 0))
        later, earlier = framework[table.successor[alive]], framework[table.proposal[alive]]
        apart = (later != earlier) & (later >= 0) & (earlier >= 0)
        pairs = distinct(later[apart].astype(np.int64) * len(self.graph.frameworks) + earlier[apart])
        later, earlier = np.divmod(pairs, max(len(self.graph.frameworks), 1))
        dropped = np.flatnonzero(table.dropped & (table.proposal >= 0))
        mine = framework[table.proposal[dropped]]
        losses = np.bincount(mine[mine >= 0], minlength=self.frameworks.count)
        found = np.zeros(self.frameworks.count, dtype=np.int64)
        np.add.at(found, later, losses[earlier])
        self.add("lineage-loss", "", found)
        if _MENTIONS in self.graph.dimensions:
            survey = self.dimension(_MENTIONS)
            direct = survey.named_directly()
            kept = survey.rolled(np.logical_or, direct, up_only=True)
            lost = np.zeros(self.frameworks.count, dtype=np.int64)
            np.add.at(lost, later, (direct[:, earlier] & ~kept[:, later]).sum(axis=0))
            self.add("lost-actor", _MENTIONS, lost)


def survey(graph: CodedGraph) -> Survey:
    """Count coverage and gaps of every framework.

    Parameters
    ----------
    graph : the coded graph.

    Notes
    -----
    Every column of links is read a few times and none is sorted: time and memory are linear in the links.
    """
    found = _Surveyor(graph)
    found.obligations()
    found.crossings()
    found.concentration()
    found.structure()
    found.timing()
    found.wordings()
    found.lineage()
    figures = {code: Figures(rows, found.dimension(code).column_states) for code, rows in found.rows.items()}
    return Survey(
        frameworks=tuple(f.code for f in graph.frameworks),
        targets=found.frameworks.sizes,
        figures=figures,
        gaps=found.gaps,
        version=graph.version,
    )
