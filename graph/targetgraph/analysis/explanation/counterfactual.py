"""The smallest changes that would make a cell covered, each tried out on the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.coverage import concept_heading
from targetgraph.analysis.explanation.cell import Cell, links_of_target
from targetgraph.analysis.explanation.record import Counterfactual
from targetgraph.analysis.scenarios.adding import role_name
from targetgraph.analysis.scenarios.applying import apply
from targetgraph.analysis.scenarios.scenario import Addition, Scenario
from targetgraph.analysis.states import LinkClass, State
from targetgraph.errors import TargetGraphError
from targetgraph.phrases import say

MOST_COMBINED = 12
"""Single changes that are combined where one is not enough; the most telling come first."""
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class _Candidate:
    sentence: str
    scenario: Scenario


def least_changes(graph: CodedGraph, cell: Cell) -> tuple[tuple[Counterfactual, ...], str]:
    """Alternatives of equal, smallest size, and where there is none why.

    Parameters
    ----------
    graph : the graph as it is.
    cell : what is to be covered.
    """
    part = links_of_target(graph, cell.target)
    state, counts = cell.state(part)
    if state == State.COVERED:
        return (), say("It is covered already.")
    named = counts[LinkClass.NAMED]
    needed = max(1, cell.obligation.minimum) - named
    useful: list[tuple[int, int, _Candidate]] = []
    for place, candidate in enumerate(_candidates(part, cell, needed)):
        gain = _named(part, cell, candidate.scenario) - named
        if gain > 0:
            useful.append((-gain, place, candidate))
    # Changes of what is there before additions: the candidates come in that order.
    alone = [c for gain, _, c in useful if -gain >= needed]
    if alone:
        return tuple(Counterfactual((c.sentence,), c.scenario) for c in alone[:_SHOWN]), ""
    best = [c for _, _, c in sorted(useful, key=lambda u: u[:2])[:MOST_COMBINED]]
    for size in range(2, needed + 1):
        found = list(islice(_together(part, cell, best, size), _SHOWN))
        if found:
            return tuple(found), ""
    return (), _obstacle(part, cell)


def _named(graph: CodedGraph, cell: Cell, scenario: Scenario) -> int:
    """Named links of the cell under a scenario; -1 where the scenario is impossible."""
    try:
        applied = apply(graph, scenario, graph.frameworks[cell.framework].code, may_be_empty=True)
    except TargetGraphError:
        return -1
    return cell.state(applied.graph)[1][LinkClass.NAMED]


def _together(graph: CodedGraph, cell: Cell, candidates: list[_Candidate], size: int) -> Iterator[Counterfactual]:
    for chosen in combinations(candidates, size):
        scenario = Scenario()
        for candidate in chosen:
            scenario = scenario.joined(candidate.scenario)
        if _named(graph, cell, scenario) >= cell.obligation.minimum:
            yield Counterfactual(tuple(c.sentence for c in chosen), scenario)


def _candidates(graph: CodedGraph, cell: Cell, needed: int) -> Iterator[_Candidate]:
    """Single changes: first of links that are there, then of what the text could name beside."""
    dimension = graph.dimension(cell.dimension)
    links, lifted = dimension.links, set()
    for number, kind in cell.links(graph):
        label = concept_heading(dimension, int(links.concept[number])).label
        iri, quote = links.iri[number], links.quote[number]
        if kind == LinkClass.IMPLIED:
            yield _Candidate(
                say("Turn the link to {name}, so far not named in the text, into a named one.", name=label),
                Scenario(name=frozenset({iri})),
            )
        elif kind == LinkClass.CONTINGENT and quote not in lifted:
            lifted.add(quote)
            yield _Candidate(say("Lift the brackets around “{quote}”.", quote=quote), Scenario(lift=frozenset({iri})))
        elif kind == LinkClass.STALE:
            yield _Candidate(
                say("Put what named {name} back into the current wording.", name=label),
                Scenario(renew=frozenset({iri})),
            )
    yield from _additions(graph, cell, dimension, needed)


def _additions(graph: CodedGraph, cell: Cell, dimension: CodedDimension, needed: int) -> Iterator[_Candidate]:
    target = graph.targets.notation[cell.target]
    for concept in _nameable(graph, cell, dimension, needed):
        heading = concept_heading(dimension, concept)
        for role in _roles(graph, dimension, needed):
            addition = Addition(graph.targets.iri[cell.target], cell.dimension, heading.iri, role)
            short = Addition(target, cell.dimension, heading.code, role)
            chosen = short if _is_told_apart(dimension, heading.code) else addition
            what = say("for instance {name}", name=heading.label) if cell.is_row else heading.label
            sentence = (
                say("Name {what} as {role} in the text.", what=what, role=role)
                if role
                else say("Name {what} in the text.", what=what)
            )
            yield _Candidate(sentence, Scenario(add=frozenset({chosen})))


def _is_told_apart(dimension: CodedDimension, code: str) -> bool:
    return list(dimension.concepts.notation).count(code) == 1


def _nameable(graph: CodedGraph, cell: Cell, dimension: CodedDimension, needed: int) -> Iterable[int]:
    """Concepts whose naming could count: the column, else what is narrower; for a row any column, a few of them."""
    umbrella = dimension.concepts.umbrella
    if cell.is_row:
        value = cell.obligation.required_value
        fitting = dimension.qualifying[value] if value else None
        named = {int(dimension.links.concept[n]) for n, kind in cell.links(graph) if kind == LinkClass.NAMED}
        columns = (c for c in dimension.columns.tolist() if not umbrella[c] and c not in named)
        return list(islice((c for c in columns if fitting is None or fitting[c]), needed))
    below = [int(d) for d in dimension.descendants(cell.concept) if d != cell.concept and not umbrella[d]]
    if umbrella[cell.concept]:
        return below[: max(4, needed)]
    return [cell.concept, *(below[:needed] if needed > 1 else [])]


def _roles(graph: CodedGraph, dimension: CodedDimension, needed: int) -> list[str]:
    """The default role, and where more than one link is needed the others that the dimension counts."""
    accepted = dimension.declaration.filter_values
    others = [role_name(r) for r in accepted if r in graph.roles]
    return ["", *others[1:]] if needed > 1 else [""]


def _obstacle(graph: CodedGraph, cell: Cell) -> str:
    dimension = graph.dimension(cell.dimension)
    if not cell.is_row and dimension.concepts.umbrella[cell.concept]:
        return say("It is a catch-all, which no link covers, and nothing narrower could be named instead.")
    value = cell.obligation.required_value.rpartition("#")[2]
    if value:
        return say(
            "No further {singular} in the vocabulary has the required value {value}; one would have to get it first.",
            singular=dimension.declaration.singular,
            value=value,
        )
    return say(
        "Even {most} changes together would not make {minimum} named links.",
        most=MOST_COMBINED,
        minimum=cell.obligation.minimum,
    )
