"""The least that would close a gap, each way tried out on the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from targetgraph.analysis.closing import closing_set
from targetgraph.analysis.closing.needs import ROW_KINDS, Needs
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.explanation.cell import links_of_target
from targetgraph.analysis.explanation.explaining import explain
from targetgraph.analysis.explanation.record import Counterfactual, Explanation
from targetgraph.analysis.gaps import Gap, GapReport
from targetgraph.analysis.gaps.report import found_with
from targetgraph.analysis.scenarios.applying import apply
from targetgraph.analysis.scenarios.references import target_called
from targetgraph.analysis.scenarios.scenario import Addition, Dating, Scenario
from targetgraph.errors import TargetGraphError
from targetgraph.phrases import counted, joined, say

_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class WaysToClose:
    """What would close a gap.

    Parameters
    ----------
    ways : alternatives, each a smallest change; none where nothing that can be tried out closes it.
    obstacle : why there is none.
    method : how they were found, in a sentence.
    explanation : of the row concerned, for gaps of a target in a dimension; otherwise ``None``.
    """

    ways: tuple[Counterfactual, ...]
    obstacle: str
    method: str
    explanation: Explanation | None = None


def ways_to_close(graph: CodedGraph, gap: Gap, *, report: GapReport | None = None) -> WaysToClose:
    """Find the smallest changes that close a gap.

    A gap of a target in a dimension is closed as `explain` says; of what links are missing elsewhere, the fewest are searched
    for (`closing_set`); dates and hedges are changed by scenarios. Every way is applied to the data, and kept only if the gap
    report then has the gap no more.

    Parameters
    ----------
    graph : the coded graph.
    gap : one of its gaps.
    report : all gaps of the framework in this graph, where they are at hand.
    """
    explanation = None
    if gap.kind in ROW_KINDS:
        explanation = explain(graph, gap.subject_iri, gap.dimension, gap.dimension, gap.framework, report=report)
        row = target_called(graph, gap.subject_iri, graph.framework_number(gap.framework))
        alone = links_of_target(graph, row)  # a target's rows depend on no other's links
        ways = tuple(c for c in explanation.counterfactuals if closes(alone, gap, c.scenario, row))
        if ways:
            method = say(
                "Every single change of what is there, then every further link, was tried out; these are the smallest."
            )
            return WaysToClose(ways, "", method, explanation)
    supposed = tuple(c for c in _suppositions(graph, gap) if closes(graph, gap, c.scenario))
    if supposed:
        return WaysToClose(supposed, "", say("Each was tried out as a scenario."), explanation)
    return _by_links(graph, gap, explanation, report)


def closes(graph: CodedGraph, gap: Gap, scenario: Scenario, target: int | None = None) -> bool:
    """Whether a gap is told no more under a scenario, nor the same lack in another form.

    Parameters
    ----------
    graph : the coded graph.
    gap : one of its gaps.
    scenario : what is supposed.
    target : number of the target in whose row the gap is: only there it is looked for, and the graph may have its links alone.
    """
    try:
        changed = apply(graph, scenario, gap.framework).graph
    except TargetGraphError:
        return False
    found = found_with(changed, gap.framework, gap.kind, target)
    family = gap.kind.rpartition("-")[2]
    same = {"row", "column"} & {family}
    return not any(
        g.iri == gap.iri
        or (same and g.subject_iri == gap.subject_iri and g.dimension == gap.dimension and g.kind.endswith(family))
        for g in found
    )


def _by_links(graph: CodedGraph, gap: Gap, explanation: Explanation | None, report: GapReport | None) -> WaysToClose:
    needs, reason = Needs(graph, graph.framework_number(gap.framework)).of(gap, 0)
    if not needs and gap.kind != "empty-crossing":
        return WaysToClose(
            (), say("No change that can be tried out here closes it: {reason}.", reason=reason), "", explanation
        )
    try:
        found = closing_set(graph, gap.framework, gaps=[gap.iri], seconds=_SECONDS, report=report)
    except TargetGraphError as error:
        return WaysToClose((), say("{what}.", what=error.problems[0].what), "", explanation)
    links = [step.link for step in found.steps]
    scenario = Scenario(add=frozenset(Addition(x.target_iri, x.dimension, x.concept_iri) for x in links))
    sentences = tuple(
        say(
            "Name {name} in the text of {target}.",
            name=x.concept_label,
            target=say("{code} ({name})", code=x.target, name=x.target_label),
        )
        for x in links
    )
    tied = [x.tied for x in links if x.tied]
    method = say(
        "The fewest links that close it, by the {method} method; {statement}",
        method=found.solution.method,
        statement=found.solution.statement,
    )
    others = (
        [counted("{n} other link would do as well.", "{n} other links would do as well.", tied[0])]
        if len(tied) == 1
        else []
    )
    return WaysToClose(
        (Counterfactual(sentences, scenario),),
        "",
        joined([method, *others]),
        explanation,
    )


def _suppositions(graph: CodedGraph, gap: Gap) -> Iterator[Counterfactual]:
    """Scenarios that change dates and hedges."""
    if gap.kind == "hedged-wording":
        words = [e.text for e in gap.evidence if "/passage/" in e.iri]
        quoted = joined([say("“{quote}”", quote=w) for w in words] or [say("the softening words")], ", ")
        yield Counterfactual(
            (say("Strike {quoted} out of the text (tried out for all targets at once).", quoted=quoted),),
            Scenario(hedges="dropped"),
        )
    number = graph.framework_number(gap.framework)
    targets, table = graph.targets_of(number), graph.targets
    latest = int(table.deadline[targets].max(initial=0))
    if gap.kind == "no-deadline" and latest:
        yield _dated((gap.subject_iri, gap.subject, latest))
    if gap.kind == "objective-without-deadline" and latest:
        mine = [t for t in targets.tolist() if _objective(graph, t) == gap.subject_iri]
        for target in mine:
            yield _dated((table.iri[target], table.notation[target], latest))
    if gap.kind == "order-cannot-work":
        yield from _reordered(graph, gap)


def _objective(graph: CodedGraph, target: int) -> str:
    number = int(graph.targets.objective[target])
    return str(graph.tables["objectives"].iri[number]) if number >= 0 else ""


def _reordered(graph: CodedGraph, gap: Gap) -> Iterator[Counterfactual]:
    table, dependencies = graph.targets, graph.tables["dependencies"]
    claims = {e.iri for e in gap.evidence}
    for n in np.flatnonzero([iri in claims for iri in dependencies.iri]).tolist():
        target, needed = int(dependencies.target[n]), int(dependencies.needed[n])
        due, available = int(table.deadline[target]), int(table.deadline[needed])
        yield _dated((table.iri[needed], table.notation[needed], due))
        if available:
            yield _dated((table.iri[target], table.notation[target], available))


def _dated(*dates: tuple[str, str, int]) -> Counterfactual:
    return Counterfactual(
        tuple(say("Make {code} due in {year}.", code=code, year=str(year)) for _, code, year in dates),
        Scenario(date=frozenset(Dating(iri, year) for iri, _, year in dates)),
    )
