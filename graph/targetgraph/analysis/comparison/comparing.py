"""Two sides compared: targets, coverage and gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from targetgraph.analysis.comparison.differing import differences
from targetgraph.analysis.comparison.matching import Drop, Fates, Match, matches
from targetgraph.analysis.comparison.record import (
    WHOLE,
    CellChange,
    ColumnChange,
    Comparison,
    Fate,
    Pair,
    Side,
)
from targetgraph.analysis.comparison.wording import sentences
from targetgraph.analysis.coverage import Coverage, Heading, coverage, target_heading
from targetgraph.analysis.gaps import Certainty, Gap, GapReport, gap_report
from targetgraph.analysis.gaps.context import Context, weakest
from targetgraph.analysis.scenarios.simulation import differences as gap_differences
from targetgraph.analysis.scenarios.simulation import shifts
from targetgraph.analysis.states import State
from targetgraph.errors import TargetGraphError
from targetgraph.phrases import joined, say

_CERTAIN = Certainty(1.0, say("both are the same resource"))
_BY_CODE = Certainty(0.4, say("they are matched by their code alone, which says little"))


def compare(
    before: Side, after: Side, fates: Fates | None = None, gaps: tuple[GapReport, GapReport] | None = None
) -> Comparison:
    """Compare two frameworks, versions or scenarios.

    Parameters
    ----------
    before, after : the two sides.
    fates : what the curators say became of proposals.
    gaps : of both sides, where they are at hand.

    Raises
    ------
    TargetGraphError : a framework does not exist, both sides are one and the same, or they have nothing in common.
    """
    if before.number == after.number and before.graph is after.graph:
        raise TargetGraphError(
            f"both sides are {before.name}", "", "compare with another framework, another store, or under a scenario"
        )
    found, drops = matches(before, after, fates or {})
    if not found and not drops:
        raise TargetGraphError(
            f"no target of {before.name} has to do with one of {after.name}",
            "",
            "record what became of the targets in lineage.csv, or give targets the same codes",
        )
    whole = [m for m in found if m.relation in WHOLE]
    opened, closed, unmatched = _gaps(before, after, whole, gaps)
    laid = list(_matrices(before, after))
    return Comparison(
        before=before,
        after=after,
        fates=tuple(_fate(before, after, t, found, drops) for t in before.graph.targets_of(before.number).tolist()),
        added=tuple(_added(after, found)),
        shifts=tuple(shifts(before.graph, after.graph, before.framework, after.framework)),
        cells=tuple(_cells(before, after, whole, laid)),
        columns=tuple(_columns(laid)),
        opened=opened,
        closed=closed,
        unmatched_gaps=unmatched,
        notes=tuple(_notes(before, after)),
    )


def _fate(before: Side, after: Side, target: int, found: list[Match], drops: list[Drop]) -> Fate:
    heading = target_heading(before.graph, target)
    mine = sorted((m for m in found if m.before == target), key=lambda m: (m.relation not in WHOLE, m.after))
    drop = next((d for d in drops if d.target == target), None)
    pairs = tuple(_pair(before, after, m) for m in mine)
    whole = any(p.relation in WHOLE for p in pairs)
    there = Context(after.graph, after.number)
    sure = [p.certainty for p in pairs] + ([_judged(drop.confidence)] if drop else [])
    sure.append(Context(before.graph, before.number).target_certainty(target))
    sure += [there.target_certainty(m.after) for m in mine] or [there.framework_certainty]
    return Fate(
        target=heading,
        pairs=pairs,
        dropped=not whole,
        sentences=tuple(sentences(before, target, heading, pairs, drop, after)),
        basis=_basis(before, after, target, mine),
        certainty=weakest(*sure),
    )


def _judged(confidence: float) -> Certainty:
    return Certainty(confidence, say("what became of it is a judgement of the curators"))


def _pair(before: Side, after: Side, match: Match) -> Pair:
    same = before.graph.targets.iri[match.before] == after.graph.targets.iri[match.after]
    by_lineage = bool(match.rationale) or match.relation != "same"
    return Pair(
        before=target_heading(before.graph, match.before),
        after=target_heading(after.graph, match.after),
        relation=match.relation,
        rationale=match.rationale,
        certainty=_judged(match.confidence) if by_lineage else _CERTAIN if same else _BY_CODE,
        differences=differences(before, match.before, after, match.after) if match.relation in WHOLE else None,
    )


def _basis(before: Side, after: Side, target: int, mine: list[Match]) -> str:
    """How the wordings are known that were compared."""

    def seen(side: Side, number: int) -> str:
        known = ("seen", "recalled", "judged")[int(side.graph.targets.verification[number])]
        return say("{code} {known}", code=side.graph.targets.notation[number], known=known)

    wordings = [seen(before, target), *(seen(after, m.after) for m in mine)]
    told = joined(list(dict.fromkeys(wordings)), ", ")
    if any(m.relation != "same" for m in mine):
        return say("lineage judged by curators; wordings: {wordings}", wordings=told)
    return say("wordings: {wordings}", wordings=told)


def _added(after: Side, found: list[Match]) -> Iterator[Heading]:
    reached = {m.after for m in found}
    for target in after.graph.targets_of(after.number).tolist():
        if target not in reached:
            yield target_heading(after.graph, target)


_Laid = tuple[str, Coverage, Coverage]
"""Code of a dimension, and targets by its columns on either side."""


def _matrices(before: Side, after: Side) -> Iterator[_Laid]:
    for code in before.graph.dimensions:
        if code in after.graph.dimensions:
            first, second = (coverage(s.graph, "targets", code, s.framework) for s in (before, after))
            yield code, first, second


def _cells(before: Side, after: Side, whole: list[Match], laid: list[_Laid]) -> Iterator[CellChange]:
    for code, first, second in laid:
        rows = {h.iri: n for n, h in enumerate(first.rows)}
        others = {h.iri: n for n, h in enumerate(second.rows)}
        columns = {h.iri: n for n, h in enumerate(second.columns)}
        for match in whole:
            here, there = target_heading(before.graph, match.before), target_heading(after.graph, match.after)
            for n, concept in enumerate(first.columns):
                if concept.iri not in columns:
                    continue
                old = State(int(first.states[rows[here.iri], n]))
                new = State(int(second.states[others[there.iri], columns[concept.iri]]))
                if old != new:
                    yield CellChange(code, here, there, concept, (old, new))


def _columns(laid: list[_Laid]) -> Iterator[ColumnChange]:
    for code, first, second in laid:
        if not first.states.size or not second.states.size:
            continue
        columns = {h.iri: n for n, h in enumerate(second.columns)}
        for n, concept in enumerate(first.columns):
            if concept.iri in columns:
                old = State(int(first.states[:, n].min()))
                new = State(int(second.states[:, columns[concept.iri]].min()))
                if old != new:
                    yield ColumnChange(code, concept, (old, new))


def _gaps(
    before: Side, after: Side, whole: list[Match], known_gaps: tuple[GapReport, GapReport] | None
) -> tuple[tuple[Gap, ...], tuple[Gap, ...], tuple[int, int]]:
    """Gaps opened and closed, and how many are of targets that only one side has."""
    reports = known_gaps or tuple(gap_report(side.graph, side.framework) for side in (before, after))
    old, new = (report.gaps for report in reports)
    if before.graph.frameworks[before.number].iri == after.graph.frameworks[after.number].iri:
        opened, closed, changed = gap_differences(old, new)
        return (*opened, *(c.after for c in changed)), (*closed, *(c.before for c in changed)), (0, 0)
    names = {before.graph.targets.iri[m.before]: after.graph.targets.iri[m.after] for m in whole}
    here, there = set(names), set(names.values())
    known, rest = _split(before, old, here)
    others, remaining = _split(after, new, there)
    first, second = {_key(g, names): g for g in known}, {_key(g, {}): g for g in others}
    return (
        tuple(g for key, g in second.items() if key not in first),
        tuple(g for key, g in first.items() if key not in second),
        (rest, remaining),
    )


def _split(side: Side, gaps: tuple[Gap, ...], matched: set[str]) -> tuple[list[Gap], int]:
    """Gaps of matched targets and of columns; and the number of all others."""
    mine = set(side.graph.targets.iri)
    concepts = {iri for d in side.graph.dimensions.values() for iri in d.concepts.iri}
    kept = [g for g in gaps if g.subject_iri in matched or (g.subject_iri in concepts and g.subject_iri not in mine)]
    return kept, len(gaps) - len(kept)


def _key(gap: Gap, names: Mapping[str, str]) -> tuple[str, str, str, str]:
    """What makes two gaps of different frameworks the same: kind, dimension, subject, and what is told apart by."""
    detail = gap.iri.rpartition("/")[2] if gap.kind in ("scope-phrase-only", "obligation-unmet") else ""
    return gap.kind, gap.dimension, names.get(gap.subject_iri, gap.subject_iri), detail


def _notes(before: Side, after: Side) -> Iterator[str]:
    for side in (before, after):
        table = side.graph.targets
        mine = side.graph.targets_of(side.number)
        recalled = int((table.verification[mine] != 0).sum())
        if recalled:
            yield say(
                "{recalled} of {total} wordings of {framework} are not verified against the official text.",
                recalled=recalled,
                total=len(mine),
                framework=side.name,
            )
    yield say("Brackets are compared as far as links rest on them.")
