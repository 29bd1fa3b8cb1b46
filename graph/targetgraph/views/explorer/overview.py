"""The framework at a glance: coverage per dimension, the worst holes, what changed, how much is verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from targetgraph.analysis.coding import IMPLIED, NAMED, RECALLED, CodedGraph
from targetgraph.analysis.gaps import Gap
from targetgraph.analysis.standing import Standing
from targetgraph.analysis.states import State
from targetgraph.analysis.survey import Survey
from targetgraph.views.explorer.frame import Frame, render

WORST = 6
MEMBERS = 12
"""Things of a group of gaps that are named one by one."""
_HELD = 400
"""Characters of a list of names at most; what is longer is read on the page of the gaps."""

Tally = tuple[tuple[State, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionLine:
    """How a framework stands in one dimension.

    Parameters
    ----------
    code, label, singular, plural : of the dimension, English.
    rows : targets by state.
    columns : things of the dimension by the best state in which any target reaches them.
    links, named : how many claims there are, and how many of them the text names.
    obliged : whether targets must have something here.
    """

    code: str
    label: str
    singular: str
    plural: str
    rows: Tally
    columns: Tally
    links: int
    named: int
    obliged: bool

    @property
    def row_gaps(self) -> int:
        """Targets that reach nothing by name."""
        return sum(n for state, n in self.rows if state != State.COVERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What lacks something: its name, its gravest gap in the group, how many it has, and its code if it is a target."""

    name: str
    gap: str
    count: int
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """A gap, or a group of them, in a sentence.

    Parameters
    ----------
    sentence : English.
    kind, dimension, count : of the group.
    gap : IRI of the gravest.
    certainty : ``high``, ``medium`` or ``low``: that of the gravest.
    because : why it counts.
    members : those of the group, the gravest first, and ``others``, how many more there are.
    """

    sentence: str
    kind: str
    label: str
    dimension: str
    count: int
    gap: str
    certainty: str
    because: str
    members: tuple[Member, ...]
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """What changed of one kind, as the note of a version tells it: the first sentences of ``count``, English."""

    kind: str
    count: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A version as the list of changes tells it.

    Parameters
    ----------
    version, before : data versions; ``before`` is empty for the first.
    recorded : moment of the record, ISO.
    added, removed : statements.
    groups : what changed, by kind.
    path : address of the record.
    """

    version: str
    before: str
    recorded: str
    added: int
    removed: int
    groups: tuple[ChangeGroup, ...]
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """How things are known: wordings sourced and recalled, claims by basis."""

    sourced: int
    recalled: int
    named: int
    implied: int
    judged: int
    accepted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewView:
    """What the page shows."""

    targets: int
    objectives: int
    gaps: int
    note: str
    dimensions: tuple[DimensionLine, ...]
    holes: tuple[Hole, ...]
    kinds: int
    known: Known
    changes: tuple[Change, ...]


def overview_view(standing: Standing, numbers: Survey, changes: Sequence[Change]) -> OverviewView:
    """Put the page together.

    Parameters
    ----------
    standing : of the framework.
    numbers : survey of the graph that was narrowed to the framework.
    changes : versions, the latest first.
    """
    graph, report = standing.graph, standing.report
    lines = [_line(standing, numbers, d.code) for d in graph.declarations.dimensions]
    verification = np.asarray(graph.targets.verification[standing.targets])
    basis = _basis(standing)
    return OverviewView(
        targets=report.targets,
        objectives=int((graph.tables["objectives"].framework == standing.framework).sum()),
        gaps=len(report.gaps) - report.accepted,
        note=report.note,
        dimensions=tuple(line for line in lines if line is not None),
        holes=tuple(_holes(graph, standing)),
        kinds=len(report.headlines),
        known=Known(
            sourced=int((verification != RECALLED).sum()),
            recalled=int((verification == RECALLED).sum()),
            named=basis.get(NAMED, 0),
            implied=basis.get(IMPLIED, 0),
            judged=sum(n for code, n in basis.items() if code not in (NAMED, IMPLIED)),
            accepted=report.accepted,
        ),
        changes=tuple(changes),
    )


def overview_page(frame: Frame, view: OverviewView) -> str:
    """The page."""
    return render(frame, view)


def _line(standing: Standing, numbers: Survey, code: str) -> DimensionLine | None:
    """A dimension in which targets are obliged to have something; others are not told at a glance."""
    figures = numbers.figures.get(code)
    if figures is None:
        return None
    dimension = standing.graph.dimension(code)
    declared = dimension.declaration
    links = standing.links(dimension)
    best = np.asarray(figures.columns[standing.framework][dimension.columns])
    return DimensionLine(
        code=code,
        label=declared.label,
        singular=declared.singular,
        plural=declared.plural,
        rows=_tally(np.asarray(figures.rows[standing.framework])),
        columns=_tally(np.bincount(best, minlength=len(State))),
        links=len(links),
        named=int((np.asarray(dimension.links.basis[links]) == NAMED).sum()),
        obliged=True,
    )


def _tally(counts: np.ndarray) -> Tally:
    return tuple((state, int(counts[state])) for state in State if counts[state])


def _basis(standing: Standing) -> Mapping[int, int]:
    """Claims of the framework by basis; those that two dimensions look at count once."""
    found: dict[int, int] = {}
    seen: set[str] = set()
    for dimension in standing.graph.dimensions.values():
        if dimension.declaration.scheme in seen:
            continue  # the same claims looked at in another way
        seen.add(dimension.declaration.scheme)
        codes, counts = np.unique(np.asarray(dimension.links.basis[standing.links(dimension)]), return_counts=True)
        for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
            found[code] = found.get(code, 0) + count
    return found


def _holes(graph: CodedGraph, standing: Standing) -> list[Hole]:
    """The gravest group of gaps of each of the gravest kinds, accepted gaps left out."""
    groups: dict[tuple[str, str], list[Gap]] = {}
    for gap in standing.report.gaps:
        if gap.status != "accepted":
            groups.setdefault((gap.kind, gap.dimension), []).append(gap)
    found: list[Hole] = []
    for headline in standing.report.headlines:
        members = groups.get((headline.kind, headline.dimension), [])
        if not members or len(found) == WORST:
            continue
        worst = members[0]
        found.append(
            Hole(
                sentence=headline.sentence if len(headline.sentence) <= _HELD else worst.sentence,
                kind=headline.kind,
                label=headline.label,
                dimension=headline.dimension,
                count=len(members),
                gap=worst.iri,
                certainty=worst.certainty.level,
                because=worst.because,
                members=_members(members),
                others=max(0, len({gap.subject_iri for gap in members}) - MEMBERS),
            )
        )
    return found


def _members(gaps: Sequence[Gap]) -> tuple[Member, ...]:
    """What the gaps are of, each thing once."""
    found: dict[str, list[Gap]] = {}
    for gap in gaps:
        found.setdefault(gap.subject_iri, []).append(gap)
    return tuple(
        Member(
            name=mine[0].subject if "/target/" in iri else mine[0].subject_label,
            gap=mine[0].iri,
            count=len(mine),
            target=mine[0].subject if "/target/" in iri else "",
        )
        for iri, mine in list(found.items())[:MEMBERS]
    )
