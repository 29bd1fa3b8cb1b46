"""What a scenario supposes of the targets themselves: when they are due, and that nothing softens them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.columnar import Table, distinct
from targetgraph.analysis.scenarios.references import target_called
from targetgraph.analysis.scenarios.scenario import Scenario
from targetgraph.errors import TargetGraphError
from targetgraph.phrases import say


@dataclass
class Rewording:
    """Dates and hedges of a framework under a scenario.

    Parameters
    ----------
    graph : the graph as it is.
    framework : number of the framework; other targets stay as they are.
    scenario : what is supposed.
    effects : what was changed, in sentences.
    """

    graph: CodedGraph
    framework: int
    scenario: Scenario
    effects: list[str] = field(default_factory=list)

    def tables(self) -> dict[str, Table]:
        """The tables of the graph, those of targets and of hedges changed.

        Raises
        ------
        TargetGraphError : the framework has no target of this name, or one is given two dates under two names.
        """
        tables = dict(self.graph.tables)
        if self.scenario.date:
            tables["targets"] = self._dated(tables["targets"])
        if self.scenario.hedges == "dropped":
            tables["hedges"] = self._unhedged(tables["hedges"])
        return tables

    def _dated(self, targets: Table) -> Table:
        deadlines = np.array(targets.deadline)
        given: dict[int, int] = {}
        for dating in sorted(self.scenario.date):
            number = target_called(self.graph, dating.target, self.framework)
            code = targets.notation[number]
            if given.setdefault(number, dating.year) != dating.year:
                raise TargetGraphError(
                    f"the scenario contradicts itself: {code} has two dates, under two names",
                    "",
                    "give one date for each",
                )
            before = int(targets.deadline[number])
            deadlines[number] = dating.year
            due = say("to be due in {year}", year=str(dating.year)) if dating.year else say("to have no date")
            now = say("it is due in {year}", year=str(before)) if before else say("it has no date")
            told = {"code": code, "due": due, "now": now}
            if before == dating.year:
                self.effects.append(say("{code} is supposed {due}; {now} already, so that nothing changes.", **told))
            else:
                self.effects.append(say("{code} is supposed {due}; {now} today.", **told))
        return Table({**targets, "deadline": deadlines})

    def _unhedged(self, hedges: Table) -> Table:
        targets = np.asarray(hedges.target)
        mine = (targets >= 0) & (self.graph.targets.framework[targets] == self.framework)
        softened = len(distinct(targets[mine]))
        code = self.graph.frameworks[self.framework].code
        told = (
            say("{number} taken away, from {targets} targets", number=int(mine.sum()), targets=softened)
            if softened
            else say("there are none")
        )
        self.effects.append(say("Words that soften or condition targets of {code}: {told}.", code=code, told=told))
        return hedges.take(np.flatnonzero(~mine))
