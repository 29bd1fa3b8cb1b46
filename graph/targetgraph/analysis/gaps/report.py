"""All gaps of a framework, ranked, with a headline for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from targetgraph.analysis.coding import CodedGraph
from targetgraph.analysis.gaps import actors, columns, crossings, lineage, rows, structural, timing, wordings
from targetgraph.analysis.gaps.context import Context
from targetgraph.analysis.gaps.history import Entry, with_status
from targetgraph.analysis.gaps.record import Gap
from targetgraph.analysis.narrowing import narrowed
from targetgraph.errors import TargetGraphError
from targetgraph.phrases import declared, listed

_NAMED_IN_HEADLINES = 30

Finder = Callable[[Context], Iterator[Gap]]
_FINDERS: tuple[tuple[Finder, frozenset[str]], ...] = tuple(
    (module.find, module.KINDS) for module in (rows, columns, timing, wordings, actors, lineage, crossings, structural)
)
"""What finds gaps, and of which kinds."""


@dataclass(frozen=True, slots=True)
class Headline:
    """Gaps of one kind and dimension in a line."""

    kind: str
    label: str
    dimension: str
    count: int
    rank: float
    sentence: str


@dataclass(frozen=True)
class GapReport:
    """The gaps of one framework.

    Parameters
    ----------
    framework, framework_label : whose gaps they are.
    targets, unverified : how many targets it has, and how many of them nobody has checked.
    gaps : ranked, gravest and surest first.
    headlines : one a kind and dimension, in the same order.
    note : what to know about the framework's data.
    accepted : gaps of this sort that somebody decided to live with.
    version : data version.
    """

    framework: str
    framework_label: str
    targets: int
    unverified: int
    gaps: tuple[Gap, ...]
    headlines: tuple[Headline, ...]
    note: str
    version: str
    accepted: int = 0

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "framework": self.framework,
            "framework_label": self.framework_label,
            "data_version": self.version,
            "targets": self.targets,
            "targets_not_verified": self.unverified,
            "gaps_accepted": self.accepted,
            "note": self.note,
            "method": "severity of kind and obligation times certainty; see docs/states.md",
            "headlines": [
                {"kind": h.kind, "label": h.label, "dimension": h.dimension, "count": h.count, "sentence": h.sentence}
                for h in self.headlines
            ],
            "gaps": [gap.to_json() for gap in self.gaps],
        }


def gap_report(
    graph: CodedGraph,
    framework: str,
    kind: str = "",
    dimension: str = "",
    *,
    history: Mapping[str, Entry] | None = None,
    status: str = "",
) -> GapReport:
    """Find and rank the gaps of a framework.

    Parameters
    ----------
    graph : the coded graph.
    framework : code of the framework.
    kind, dimension : keep only gaps of this kind, of this dimension; all when empty.
    history : what became of each gap up to now; without it every gap is open.
    status : keep only gaps of this status, ``open`` or ``accepted``; all when empty.

    Raises
    ------
    TargetGraphError : there is no such framework, kind or dimension.
    """
    _check(graph, kind, dimension)
    number = graph.framework_number(framework)
    graph = narrowed(graph, number)
    context = Context(graph, number)
    found = [with_status(gap, history or {}) for gap in _found(context, kind)]
    of_this_sort = [g for g in found if kind in ("", g.kind) and dimension in ("", g.dimension)]
    kept = [g for g in of_this_sort if status in ("", g.status)]
    ranked = sorted(kept, key=lambda g: (-round(g.rank, 6), g.kind, g.dimension, g.iri))
    return GapReport(
        framework=context.entry.code,
        framework_label=context.entry.label,
        targets=len(context.targets),
        unverified=int((graph.targets.verification[context.targets] != 0).sum()),
        gaps=tuple(ranked),
        headlines=tuple(_headlines(graph, context, ranked)),
        note=context.entry.note,
        version=graph.version,
        accepted=sum(g.status == "accepted" for g in of_this_sort),
    )


def found_with(graph: CodedGraph, framework: str, kind: str, target: int | None = None) -> list[Gap]:
    """Gaps of a kind and of those that are found with it (the forms that one lack can take), not ranked.

    Parameters
    ----------
    graph : the coded graph.
    framework : code of the framework.
    kind : code of the kind.
    target : number of the only target whose gaps are wanted; for kinds that are found target by target.

    Raises
    ------
    TargetGraphError : there is no such framework or kind.
    """
    _check(graph, kind, "")
    number = graph.framework_number(framework)
    only = () if target is None else (target,)
    return list(_found(Context(narrowed(graph, number), number, only), kind))


def _found(context: Context, kind: str) -> Iterator[Gap]:
    """All gaps, or with a kind those of whatever finds that kind."""
    for finder, kinds in _FINDERS:
        if not kind or kind in kinds:
            yield from finder(context)


def _check(graph: CodedGraph, kind: str, dimension: str) -> None:
    kinds = [k.code for k in graph.declarations.kinds]
    if kind and kind not in kinds:
        raise TargetGraphError(f"there is no kind of gap {kind!r}", "", f"use one of: {', '.join(kinds)}")
    crossings = [c.code for c in graph.declarations.crossings]
    if dimension and dimension not in crossings:
        graph.dimension(dimension)


def _headlines(graph: CodedGraph, context: Context, gaps: list[Gap]) -> list[Headline]:
    def key(gap: Gap) -> tuple[str, str]:
        return (gap.kind, gap.dimension)

    found = []
    for (kind, dimension), members in groupby(sorted(gaps, key=key), key=key):
        group = sorted(members, key=lambda g: -g.rank)
        of_kind = graph.kind(kind)
        sentence = _headline(graph, context, of_kind.headline, dimension, group)
        found.append(Headline(kind, of_kind.label, dimension, len(group), group[0].rank, sentence))
    return sorted(found, key=lambda h: (-h.rank, h.kind, h.dimension))


def _headline(graph: CodedGraph, context: Context, template: str, dimension: str, group: list[Gap]) -> str:
    """One sentence for a group: a group of one speaks for itself."""
    if len(group) == 1:
        return group[0].sentence
    words = graph.dimension(dimension).declaration if dimension in graph.dimensions else None
    about_targets = all("/target/" in g.subject_iri for g in group)
    names = sorted({g.subject if about_targets else g.subject_label for g in group})
    crossing = next((c for c in graph.declarations.crossings if c.code == dimension), None)
    places = {
        "count": len(group),
        "targets": len(context.targets),
        "names": listed(names, _NAMED_IN_HEADLINES),
        "pair": crossing.label if crossing else "pairs",
        "singular": words.singular if words else "thing",
        "plural": words.plural if words else "things",
    }
    return declared(template, places)
