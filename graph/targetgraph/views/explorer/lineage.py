"""What became of each proposal, as a picture and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from targetgraph.analysis.comparison import Comparison, Fate
from targetgraph.analysis.comparison.record import WHOLE
from targetgraph.analysis.coverage import Heading

MOST_DRAWN: Final = 60
"""Targets on either side that are drawn; of more the table alone is shown."""
_ROW, _TOP, _WIDTH, _LEFT, _RIGHT = 34, 30, 960, 380, 580
_LONGEST: Final = 44


@dataclass(frozen=True, slots=True)
class Node:
    """A target in the picture: ``kind`` is ``before``, ``after``, ``added`` (nothing went into it) or ``none``, the ghost."""

    heading: Heading | None
    y: float
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Curve:
    """From a proposal to what it went into; ``kind`` is ``whole``, ``part`` or ``dropped``."""

    path: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture in units of the SVG, ``width`` by ``height``."""

    before: tuple[Node, ...]
    after: tuple[Node, ...]
    curves: tuple[Curve, ...]
    width: int
    height: float
    left: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageView:
    """What became of the targets of one framework in another.

    Parameters
    ----------
    comparison : the two compared; None where no lineage is recorded.
    picture : None where there is too much to draw.
    pairs : frameworks that lineage leads between, as codes, earlier first.
    before, after : codes of those shown.
    labels : of frameworks by code.
    tally : how many targets of the first side there are as a whole in the second, in part only, and dropped.
    """

    comparison: Comparison | None
    picture: Picture | None
    pairs: tuple[tuple[str, str], ...]
    before: str
    after: str
    labels: dict[str, str]

    @property
    def tally(self) -> tuple[int, int, int]:
        """Proposals by what became of them."""
        fates = self.comparison.fates if self.comparison else ()
        whole = sum(any(p.relation in WHOLE for p in f.pairs) for f in fates)
        part = sum(bool(f.pairs) and not any(p.relation in WHOLE for p in f.pairs) for f in fates)
        return whole, part, len(fates) - whole - part

    @property
    def softened(self) -> int:
        """How many ask for less in some way."""
        fates = self.comparison.fates if self.comparison else ()
        return sum(any(p.differences and p.differences.softened for p in f.pairs) for f in fates)


def lineage_view(
    comparison: Comparison | None,
    pairs: Sequence[tuple[str, str]],
    before: str,
    after: str,
    labels: dict[str, str],
) -> LineageView:
    """What became of the targets of ``before`` in ``after``."""
    return LineageView(
        comparison=comparison,
        picture=picture(comparison) if comparison else None,
        pairs=tuple(pairs),
        before=before,
        after=after,
        labels=labels,
    )


def picture(comparison: Comparison) -> Picture | None:
    """The picture, targets of the second side in the order of where they come from; None where there are too many."""
    fates = comparison.fates
    reached = list(dict.fromkeys(p.after.iri for f in fates for p in f.pairs))
    headings = {p.after.iri: p.after for f in fates for p in f.pairs}
    added = [h for h in comparison.added if h.iri not in headings]
    if len(fates) > MOST_DRAWN or len(reached) + len(added) > MOST_DRAWN:
        return None
    ghost = any(f.dropped for f in fates)
    rows = max(len(fates), len(reached) + ghost + len(added))
    spread = (rows - 1) / max(1, len(fates) - 1) if len(fates) > 1 else 1.0
    spread = min(spread, 3.0)
    left = {f.target.iri: _TOP + n * _ROW * spread for n, f in enumerate(fates)}
    order = sorted(
        reached, key=lambda iri: _mean([left[f.target.iri] for f in fates for p in f.pairs if p.after.iri == iri])
    )
    right = {iri: float(_TOP + n * _ROW) for n, iri in enumerate(order)}
    nodes = [Node(headings[iri], right[iri], "after", _short(headings[iri])) for iri in order]
    down = float(_TOP + len(order) * _ROW)
    if ghost:
        nodes.append(Node(None, down, "none", ""))
    for n, heading in enumerate(added):
        nodes.append(Node(heading, down + (n + ghost) * _ROW, "added", _short(heading)))
    curves = [c for f in fates for c in _curves(f, left[f.target.iri], right, down)]
    height = max([*left.values(), *(n.y for n in nodes)], default=0.0) + _TOP
    return Picture(
        before=tuple(Node(f.target, left[f.target.iri], "before", _short(f.target)) for f in fates),
        after=tuple(nodes),
        curves=tuple(curves),
        width=_WIDTH,
        height=height,
        left=_LEFT,
        right=_RIGHT,
    )


def _curves(fate: Fate, y: float, right: dict[str, float], ghost: float) -> list[Curve]:
    found = [
        Curve(
            _path(y, right[p.after.iri]),
            "whole" if p.relation in WHOLE else "part",
            f"{fate.target.code} → {p.after.code}",
        )
        for p in fate.pairs
    ]
    return [*found, Curve(_path(y, ghost), "dropped", f"{fate.target.code} → ∅")] if fate.dropped else found


def _path(start: float, end: float) -> str:
    middle = (_LEFT + _RIGHT) / 2
    return f"M{_LEFT} {start:.1f}C{middle:.0f} {start:.1f} {middle:.0f} {end:.1f} {_RIGHT} {end:.1f}"


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _short(heading: Heading) -> str:
    text = f"{heading.code} {heading.label}"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
