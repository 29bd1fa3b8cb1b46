"""A scenario applied to coded links: links are changed, then taken away, then added; the original stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from targetgraph import iris
from targetgraph.analysis.coding import NAMED, CodedDimension, CodedGraph
from targetgraph.analysis.columnar import Array, Table
from targetgraph.analysis.scenarios.adding import Additions
from targetgraph.analysis.scenarios.columns import covering, picked, with_links
from targetgraph.analysis.scenarios.references import (
    concept_iri,
    link_rows,
    targets_on,
)
from targetgraph.analysis.scenarios.rewording import Rewording
from targetgraph.analysis.scenarios.scenario import BASES, STATUSES, Scenario
from targetgraph.errors import TargetGraphError
from targetgraph.phrases import counted, joined, say


@dataclass(frozen=True)
class Applied:
    """A graph under a scenario.

    Parameters
    ----------
    graph : the graph as it would be; targets, concepts and texts keep their numbers.
    framework : number of the framework the scenario was applied to; others stay as they are.
    scenario : what is supposed.
    effects : what that did to links, dates and hedges, in sentences.
    """

    graph: CodedGraph
    framework: int
    scenario: Scenario
    effects: tuple[str, ...]


def apply(graph: CodedGraph, scenario: Scenario, framework: str, may_be_empty: bool = False) -> Applied:
    """The graph under a scenario.

    Parameters
    ----------
    graph : the coded graph; it is not changed.
    scenario : what is supposed.
    framework : code of the framework whose targets it is about.
    may_be_empty : accept that no link is left, for part of a graph.

    Raises
    ------
    TargetGraphError : something named in the scenario does not exist, parts contradict each other, a link to add is
        already there, or no link would be left.
    """
    number = graph.framework_number(framework)
    work = _Work(graph, number, scenario)
    dimensions = {code: work.changed(dimension) for code, dimension in graph.dimensions.items()}
    work.refuse_unknown_links()
    additions = Additions(graph, number, scenario, work.concepts)
    dimensions = additions.to(dimensions)
    before = sum(_links_of(graph, d, number) for d in graph.dimensions.values())
    after = sum(_links_of(graph, d, number) for d in dimensions.values())
    if before and not after and not may_be_empty:
        raise TargetGraphError(
            f"no link of {graph.frameworks[number].code} is left under {scenario}", "", "take less away"
        )
    texts = Rewording(graph, number, scenario)
    changed = replace(graph, dimensions=dimensions, tables=texts.tables())
    return Applied(changed, number, scenario, (*work.effects, *additions.effects, *texts.effects))


def _links_of(graph: CodedGraph, dimension: CodedDimension, framework: int) -> int:
    return int((graph.targets.framework[dimension.links.target] == framework).sum())


class _Work:
    """One application: what the references of the scenario mean, what has been found, what has been done."""

    def __init__(self, graph: CodedGraph, framework: int, scenario: Scenario) -> None:
        self.graph, self.framework, self.scenario = graph, framework, scenario
        self.concepts = {reference: concept_iri(graph, reference) for reference in sorted(scenario.without)}
        self.trusted = targets_on(graph, scenario.only_sources) if scenario.only_sources else None
        self.found: set[str] = set()
        # Links that are counted in two dimensions (an actor that acts is also mentioned) are one link to people.
        self.gone: dict[str, set[str]] = {reason: set() for reason in self._reasons()}
        self.effects: list[str] = []

    def _reasons(self) -> list[str]:
        s = self.scenario
        found: list[str] = [say("concern {name} or what is narrower", name=name) for name in sorted(s.without)]
        found += [say("are {basis}", basis=basis) for basis in BASES if basis in s.without_basis]
        found += [say("are {basis}", basis=status) for status in STATUSES if status in s.without_status]
        found += [say("have a confidence below {least:g}", least=float(s.min_confidence))] if s.min_confidence else []
        if s.only_sources:
            sources = joined(sorted(s.only_sources), " or ")
            found.append(say("belong to targets that do not rest on {sources}", sources=sources))
        found += [say("rest on words in brackets")] if s.brackets == "deleted" else []
        found += [say("go to a catch-all")] if s.umbrella == "dropped" else []
        return found + ([say("are taken away by name")] if s.without_links else [])

    def changed(self, dimension: CodedDimension) -> CodedDimension:
        """A dimension with links changed and taken away; the same one if the scenario does not touch it."""
        if self.scenario.is_today:
            return dimension
        links = self._reworded(dimension)
        mine = np.asarray(self.graph.targets.framework[dimension.links.target]) == self.framework
        keep = np.ones(links.rows(), dtype=bool)
        for reason, taken in zip(self._reasons(), self._taken(dimension, links), strict=True):
            taken = taken & mine
            self.gone[reason] |= {links.iri[int(n)] for n in np.flatnonzero(taken)}
            keep &= ~taken
        columns = dict(links)
        for basis in self.scenario.as_named:
            raised = mine & (links.basis == BASES.index(basis))
            columns["basis"] = np.where(raised, np.int8(NAMED), columns["basis"])
        kept = np.flatnonzero(keep)
        if len(kept) < len(keep):
            columns = {name: picked(column, kept) for name, column in columns.items()}
        found = with_links(dimension, Table(columns))
        return covering(found) if self.scenario.umbrella == "covering" else found

    def _reworded(self, dimension: CodedDimension) -> Table:
        """The links with what ``name``, ``lift``, ``renew`` and kept brackets change in them."""
        links, s = dimension.links, self.scenario
        columns = dict(links)
        mine = np.asarray(self.graph.targets.framework[links.target]) == self.framework
        if s.name:
            columns["basis"] = np.where(self._these(dimension, s.name) & mine, np.int8(NAMED), links.basis)
        if s.renew:
            columns["stale"] = np.asarray(links.stale) & ~(self._these(dimension, s.renew) & mine)
        # Links to lift are looked up even where all brackets are kept: one that does not exist is a mistake all the same.
        lifted = self._lifted(dimension) if s.lift else np.zeros(links.rows(), dtype=bool)
        if s.brackets == "kept":
            lifted = np.ones(links.rows(), dtype=bool)
        if s.lift or s.brackets == "kept":
            columns["contingent"] = np.asarray(links.contingent) & ~(lifted & mine)
        return Table(columns)

    def _these(self, dimension: CodedDimension, wanted: frozenset[str]) -> Array:
        rows = link_rows(dimension, sorted(wanted))
        self.found |= {dimension.links.iri[int(n)] for n in np.flatnonzero(rows)}
        return rows

    def _lifted(self, dimension: CodedDimension) -> Array:
        """Links resting on the brackets to be lifted: those meant, and others of the target with the same words."""
        words: set[tuple[int, str]] = set()
        for other in self.graph.dimensions.values():
            rows = self._these(other, self.scenario.lift) & np.asarray(other.links.contingent)
            words |= {(int(other.links.target[n]), other.links.quote[n]) for n in np.flatnonzero(rows).tolist()}
        links = dimension.links
        lifted = np.zeros(links.rows(), dtype=bool)
        for n in np.flatnonzero(links.contingent).tolist():
            lifted[n] = (int(links.target[n]), links.quote[n]) in words
        return lifted

    def _taken(self, dimension: CodedDimension, links: Table) -> list[Array]:
        """For each reason which links it takes away, in the order of the reasons."""
        s, concepts = self.scenario, dimension.concepts
        found = []
        for reference in sorted(s.without):
            meant = [n for n, iri in enumerate(concepts.iri) if iri == self.concepts[reference]]
            below = dimension.descendants(meant[0]) if meant else np.empty(0, dtype=np.int32)
            found.append(np.isin(links.concept, below))
        found += [links.basis == code for code, basis in enumerate(BASES) if basis in s.without_basis]
        found += [links.verification == code for code, st in enumerate(STATUSES) if st in s.without_status]
        if s.min_confidence:
            # Confidences are kept as float32, and 0.9 as such is a little less than 0.9.
            found.append(links.confidence < np.float32(s.min_confidence))
        if self.trusted is not None:
            found.append(~np.isin(links.target, self.trusted))
        if s.brackets == "deleted":
            found.append(np.asarray(links.contingent))
        if s.umbrella == "dropped":
            found.append(np.asarray(concepts.umbrella)[links.concept])
        if s.without_links:
            found.append(self._these(dimension, s.without_links))
        return found

    def refuse_unknown_links(self) -> None:
        """Tell what was taken away; links named in the scenario must exist and belong to the framework."""
        s, code = self.scenario, self.graph.frameworks[self.framework].code
        for wanted in sorted(s.without_links | s.name | s.lift | s.renew):
            iri = wanted if "://" in wanted else iris.BASE + wanted
            if iri not in self.found or not self._ours(iri):
                raise TargetGraphError(
                    f"{code} has no link <{iri}>", "", "take one from `targetgraph explain` or `targetgraph gaps --all`"
                )
        for reason, links in self.gone.items():
            number = (
                say("{number} taken away", number=len(links))
                if links
                else say("there are none, so that nothing is taken away")
            )
            self.effects.append(
                say("Links of {code} that {reason}: {number}.", code=code, reason=reason, number=number)
            )
        if s.name:
            self.effects.append(
                counted(
                    "{n} link is supposed to be named in the text.",
                    "{n} links are supposed to be named in the text.",
                    len(s.name),
                )
            )
        if s.lift:
            self.effects.append(
                counted(
                    "{n} link is freed of the brackets around the words they rest on.",
                    "{n} links are freed of the brackets around the words they rest on.",
                    len(s.lift),
                )
            )
        if s.renew:
            self.effects.append(
                counted(
                    "{n} link is supposed to be found in the current wording too.",
                    "{n} links are supposed to be found in the current wording too.",
                    len(s.renew),
                )
            )
        if s.brackets == "kept":
            self.effects.append(say("Words in brackets count as text."))
        if s.umbrella == "covering":
            self.effects.append(say("A link to a catch-all counts for everything it stands for."))
        self.effects += [say("Links that are {basis} count as named in the text.", basis=b) for b in sorted(s.as_named)]

    def _ours(self, iri: str) -> bool:
        for dimension in self.graph.dimensions.values():
            rows = np.flatnonzero(link_rows(dimension, [iri]))
            if len(rows):
                return int(self.graph.targets.framework[dimension.links.target[rows[0]]]) == self.framework
        return False
