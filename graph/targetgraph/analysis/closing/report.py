"""The closing set of chosen gaps: what to add, what each link buys, and whether the gap report agrees."""

from __future__ import annotations

from collections.abc import Sequence

from targetgraph.analysis.closing.applying import with_links
from targetgraph.analysis.closing.candidate import Candidate
from targetgraph.analysis.closing.candidates import candidates, closed_gaps, pruned, uncovered
from targetgraph.analysis.closing.choosing import EITHER, choose
from targetgraph.analysis.closing.curve import curve
from targetgraph.analysis.closing.meetings import KIND, Meetings
from targetgraph.analysis.closing.needs import ANY, Meeting, Need, Needs
from targetgraph.analysis.closing.pricing import Pricing
from targetgraph.analysis.closing.record import ClosingSet, Impossible
from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps import Gap, GapReport, gap_report
from targetgraph.errors import Place, TargetGraphError


def closing_set(
    graph: CodedGraph,
    framework: str,
    *,
    kinds: Sequence[str] = (),
    dimensions: Sequence[str] = (),
    gaps: Sequence[str] = (),
    pricing: Pricing | None = None,
    budget: float | None = None,
    method: str = EITHER,
    seconds: float = 30.0,
    report: GapReport | None = None,
) -> ClosingSet:
    """Find the fewest, or cheapest, new links that close chosen gaps.

    A row needs named links of its target to as many further columns as its obligation still lacks: it is not enough that an
    empty row becomes a thin one. A column needs a named link
    of any target to it or to a narrower one, of a second target if it hangs on one. One link can serve many needs. Only columns
    of a dimension that are no catch-alls are linked to. An empty crossing needs a target that reaches both things: one that
    reaches either already needs one more link, any other needs two.

    Parameters
    ----------
    graph : the coded graph.
    framework : code of the framework.
    kinds, dimensions : take the gaps of these kinds, of these dimensions; of all when empty.
    gaps : take exactly these gaps, by IRI.
    pricing : costs and prohibitions; every link costs 1 by default.
    budget : greatest sum of costs; then as many gaps as possible are closed.
    method : ``exact``, ``greedy``, or empty for the exact way where size allows.
    seconds : time limit of each of the solver's runs.
    report : all gaps of the framework in this graph, where they are at hand.

    Raises
    ------
    TargetGraphError : unknown framework, kind, dimension or gap; nothing to close; a gap that was asked for by name and that no
        link can close; prohibitions that leave a gap without a way to close it; a budget below 0.
    """
    if budget is not None and not 0 <= budget < float("inf"):
        raise TargetGraphError(f"the budget {budget:g} is no number from 0 up", "--budget", "give a finite number")
    prices = pricing or Pricing(graph, framework)
    before = report or gap_report(graph, framework)
    wanted = _wanted(graph, before.gaps, framework, kinds, dimensions, gaps)
    number = graph.framework_number(framework)
    chosen, needs, meetings, impossible = _needs(Needs(graph, number), wanted, prices)
    if impossible and (gaps or not chosen):
        raise _impossible(impossible[0], len(impossible), len(wanted))
    found = candidates(graph, graph.targets_of(number), needs, prices)
    _refuse_prohibited(graph, number, needs, meetings, found, chosen, prices)
    small = pruned(found, needs)
    solution = choose(small, needs, budget, method, seconds, meetings)
    taken = [small[p] for p in solution.chosen]
    steps = curve(graph, taken, needs, chosen, found, meetings)
    after = gap_report(with_links(graph, [(c.dimension, c.target, c.concept) for c in taken]), framework)
    met = closed_gaps(needs, taken, range(len(taken)), meetings)
    now, then = {g.iri for g in before.gaps}, {g.iri for g in after.gaps}
    return ClosingSet(
        framework=before.framework,
        version=graph.version,
        chosen=tuple(chosen),
        impossible=tuple(impossible),
        steps=tuple(steps),
        cost=float(sum(c.cost for c in taken)),
        solution=solution,
        budget=budget,
        candidates=len(found),
        closed=tuple(g for g in before.gaps if g.iri not in then),
        left=tuple(g for position, g in enumerate(chosen) if position not in met or g.iri in then),
        opened=tuple(g for g in after.gaps if g.iri not in now),
    )


def _wanted(
    graph: CodedGraph, found: Sequence[Gap], framework: str, kinds: Sequence[str], dimensions: Sequence[str],
    gaps: Sequence[str],
) -> list[Gap]:  # fmt: skip
    known = [k.code for k in graph.declarations.kinds]
    for kind in kinds:
        if kind not in known:
            raise TargetGraphError(f"there is no kind of gap {kind!r}", "--kind", f"use one of: {', '.join(known)}")
    for dimension in dimensions:
        graph.dimension(dimension)
    by_iri = {g.iri: g for g in found}
    for iri in gaps:
        if iri not in by_iri:
            raise TargetGraphError(
                f"{framework} has no open gap of this name",
                Place(iri=iri),
                "see `targetgraph gaps --all` for the names",
            )
    named = [by_iri[iri] for iri in dict.fromkeys(gaps)] or found
    wanted = [g for g in named if (not kinds or g.kind in kinds) and (not dimensions or g.dimension in dimensions)]
    if not wanted:
        raise TargetGraphError(
            f"{framework} has no gap of this sort: there is nothing to close",
            "",
            "see `targetgraph gaps` for what there is",
        )
    return list({g.iri: g for g in wanted}.values())


def _needs(
    finder: Needs, wanted: Sequence[Gap], prices: Pricing
) -> tuple[list[Gap], list[Need], list[Meeting], list[Impossible]]:
    """The gaps that links can close, what they need, and those that links cannot close."""
    chosen: list[Gap] = []
    needs: list[Need] = []
    impossible = []
    crossed = [gap for gap in wanted if gap.kind == KIND]
    for gap in (g for g in wanted if g.kind != KIND):
        found, reason = finder.of(gap, len(chosen))
        if found:
            chosen.append(gap)
            needs += found
        else:
            impossible.append(Impossible(gap, reason))
    apart = prices.special_targets | {n.target for n in needs} | {n.barred for n in needs}
    meetings = Meetings(finder, needs, frozenset(apart), len(crossed))
    for gap in crossed:
        meetings.add(gap, len(chosen))
        chosen.append(gap)
    return chosen, needs, meetings.found, impossible


def _impossible(first: Impossible, number: int, of: int) -> TargetGraphError:
    rest = f" (so it is with {number} of the {of} gaps asked for)" if number > 1 else ""
    return TargetGraphError(
        f"this is no gap that proposed links can close: {first.gap.sentence.rstrip('.')}. The cause: {first.reason}{rest}",
        Place(iri=first.gap.iri),
        "choose other gaps",
    )


def _refuse_prohibited(
    graph: CodedGraph, framework: int, needs: Sequence[Need], meetings: Sequence[Meeting], found: Sequence[Candidate],
    chosen: Sequence[Gap], prices: Pricing,
) -> None:  # fmt: skip
    """Every chosen gap can be closed by the links that are allowed, or the first that cannot is named."""
    short = uncovered(needs, found, meetings)
    if not short:
        return
    lacking = [n for n in short if needs[n].is_part] if needs[short[0]].is_part else short[:1]
    if needs[lacking[0]].is_part:
        meeting = next(m for m in meetings if all(set(way) & set(lacking) for way in m.ways))
        gap, lacking = chosen[meeting.gap], [n for n in lacking if any(n in way for way in meeting.ways)]
    else:
        gap = chosen[needs[lacking[0]].gap]
    causes = set()
    for need in (needs[n] for n in lacking):
        targets = graph.targets_of(framework).tolist() if need.target == ANY else [need.target]
        causes |= {p for t in targets for c in need.concepts if (p := prices.forbidden(t, need.dimension, c))}
    told = sorted(causes)
    others = f" and {len(told) - 5} others" if len(told) > 5 else ""
    reason = f"forbidden are {', '.join(told[:5])}{others}" if told else "too few links are left to add"
    raise TargetGraphError(
        f"this gap cannot be closed by the links that are allowed: {gap.sentence.rstrip('.')}. The cause: {reason}",
        Place(iri=gap.iri),
        "allow one of them, or leave this gap out",
    )
