"""Obligations that cannot be decided because they depend on themselves, and such as nothing could ever break.

Conditions and paths are read from the data before anything is searched; what the search finds cannot decide what it looks
for. An obligation therefore must not be conditional on gaps, on whether another obligation is met, or, in a circle through
others, on itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from targetgraph.analysis.declared import Crossing, Dimension, GapKind, Obligation
from targetgraph.errors import Place, TargetGraphError
from targetgraph.namespaces import TG

OUTCOMES = frozenset(
    (TG.gapSubject, TG.gapStatus, TG.missing, TG.certaintyReason, TG.firstSeen, TG.closedOn, TG.acceptedBecause,
     TG.acceptedBy, TG.acceptedOn, TG.opensGap, TG.closesGap)
)  # fmt: skip
"""Properties that only the search for gaps writes."""

_RESULTS = frozenset((TG.Gap, TG.GapRun, TG.OpenGap, TG.AcceptedGap, TG.ClosedGap))
_IRI = re.compile(r"<([^>]*)>")


def refuse_self_dependent(
    dimensions: Sequence[Dimension],
    obligations: Sequence[Obligation],
    crossings: Sequence[Crossing],
    kinds: Sequence[GapKind],
) -> None:
    """Check that what must be can be told from the data alone.

    Raises
    ------
    TargetGraphError : an obligation depends on itself, directly or through others; on the outcome of another one; or on gaps,
        by its condition or by its dimension; or it binds what is neither a target nor a column of its dimension.
    """
    results = _RESULTS | {k.iri for k in kinds}
    by_iri = {o.iri: o for o in obligations}
    named = {o.iri: [i for i in _mentioned(o) if i in by_iri] for o in obligations}
    for circle in _circles(named):
        chain = " → ".join(by_iri[iri].code for iri in (*circle, circle[0]))
        raise TargetGraphError(
            f"the obligation {by_iri[circle[0]].code!r} depends on itself: {chain}",
            Place(iri=circle[0]),
            "take one of these conditions out, so that one obligation can be decided before the others",
        )
    on_gaps = {d.code: _first(_paths(d), results) for d in dimensions}
    for obligation in obligations:
        _refuse(obligation, named[obligation.iri], by_iri, _first(_mentioned(obligation), results))
        _refuse_dimension(obligation, obligation.dimension, on_gaps)
    for crossing in crossings:
        for code in (crossing.rows, crossing.columns):
            _refuse_dimension(crossing, code, on_gaps)
    classes = {d.code: d.column_class for d in dimensions}
    for obligation in obligations:
        if obligation.applies_to not in (TG.Target, classes[obligation.dimension]):
            raise TargetGraphError(
                f"the obligation {obligation.code!r} binds <{obligation.applies_to}>, which is neither a target nor a column "
                f"of the dimension {obligation.dimension!r}: it could never be unmet",
                Place(iri=obligation.iri),
                f"let tg:appliesTo be tg:Target or <{classes[obligation.dimension]}>",
            )


def _refuse(obligation: Obligation, others: Sequence[str], by_iri: Mapping[str, Obligation], outcome: str) -> None:
    if others:
        raise TargetGraphError(
            f"the obligation {obligation.code!r} depends on whether {by_iri[others[0]].code!r} is met, and that is known only "
            "when all conditions have been read",
            Place(iri=obligation.iri),
            "let its condition ask for what the data say of the target itself",
        )
    if outcome:
        raise TargetGraphError(
            f"the obligation {obligation.code!r} depends on its own outcome: its condition asks for <{outcome}>, which the "
            "search for gaps finds",
            Place(iri=obligation.iri),
            "let its condition ask for what the data say of the target itself",
        )


def _refuse_dimension(declared: Obligation | Crossing, dimension: str, on_gaps: Mapping[str, str]) -> None:
    if on_gaps[dimension]:
        raise TargetGraphError(
            f"{declared.code!r} depends on its own outcome: its dimension {dimension!r} counts by way of "
            f"<{on_gaps[dimension]}>, which the search for gaps finds",
            Place(iri=declared.iri),
            "let the paths of the dimension follow what the data say",
        )


def _mentioned(obligation: Obligation) -> Iterator[str]:
    """Everything an obligation refers to by IRI, its class and dimension apart."""
    yield from _IRI.findall(obligation.where_path)
    yield from (*obligation.where_values, *obligation.among, obligation.required_value)


def _paths(dimension: Dimension) -> Iterator[str]:
    for path in (dimension.evidence_path, dimension.column_path, dimension.filter_path, dimension.roll_up):
        yield from _IRI.findall(path)
    yield from (*dimension.filter_values, dimension.column_class)


def _first(mentioned: Iterator[str], results: frozenset[str]) -> str:
    """The first result of the search for gaps among what is mentioned, or an empty text."""
    return next((iri for iri in mentioned if iri in OUTCOMES or iri in results), "")


def _circles(steps: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """For each node that lies on a circle, a shortest one through it."""
    for start in steps:
        known = {start: [start]}
        waiting = [start]
        while waiting:
            node = waiting.pop(0)
            for after in steps[node]:
                if after == start:
                    yield known[node]
                    waiting.clear()
                    break
                if after not in known:
                    known[after] = [*known[node], after]
                    waiting.append(after)
