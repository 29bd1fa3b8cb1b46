"""The actors of a framework, and the page of one: what it must do, and what falls if it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from targetgraph import iris
from targetgraph.analysis.coverage import Heading
from targetgraph.analysis.duties import ActorInBrief, Duty
from targetgraph.analysis.gaps import Gap
from targetgraph.analysis.scenarios.simulation import Simulation
from targetgraph.analysis.structure.withdrawal import Withdrawal
from targetgraph.views.explorer.names import Label

SHOWN: Final = ("asked", "named", "all")
MOST: Final = 1000
MOST_GAPS: Final = 30


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor in the list, with its depth in the tree from 0."""

    brief: ActorInBrief
    label: Label
    depth: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorsView:
    """The list.

    Parameters
    ----------
    lines : those shown, of ``found``.
    total : how many actors there are.
    shown : ``asked`` (something is asked of them), ``named`` (by name) or ``all``.
    unasked : how many actors nothing at all is asked of.
    """

    lines: tuple[ActorLine, ...]
    found: int
    total: int
    shown: str
    unasked: int


def actors_view(
    actors: Sequence[ActorInBrief], labels: dict[str, Label], withdrawals: Sequence[Withdrawal], shown: str
) -> ActorsView:
    """The list, broader actors before what is below them.

    Parameters
    ----------
    labels : by IRI.
    withdrawals : what would be left without each; an actor may have none.
    shown : one of `SHOWN`.
    """
    alone = {w.actor.iri: len(w.orphaned) for w in withdrawals}
    ordered = _in_tree(actors)
    kept = [
        (a, depth) for a, depth in ordered if shown == "all" or (a.named if shown == "named" else a.must_act or a.other)
    ]
    return ActorsView(
        lines=tuple(ActorLine(a, labels[a.actor.iri], d, alone.get(a.actor.iri, 0)) for a, d in kept[:MOST]),
        found=len(kept),
        total=len(actors),
        shown=shown,
        unasked=sum(not (a.must_act or a.other) for a in actors),
    )


def _in_tree(actors: Sequence[ActorInBrief]) -> list[tuple[ActorInBrief, int]]:
    """Every actor once, below the first of those that are broader; who is asked for most comes first."""
    codes = {a.actor.code for a in actors}
    below: dict[str, list[ActorInBrief]] = {}
    for actor in actors:
        over = next((b for b in actor.broader if b in codes), "")
        below.setdefault(over, []).append(actor)
    for several in below.values():
        several.sort(key=lambda a: (-a.named, -a.must_act, -a.other, a.actor.label))
    found: list[tuple[ActorInBrief, int]] = []
    stack = [(a, 0) for a in reversed(below.get("", []))]
    while stack:
        actor, depth = stack.pop()
        found.append((actor, depth))
        stack += [(a, depth + 1) for a in reversed(below.get(actor.actor.code, []))]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorView:
    """The page of one actor.

    Parameters
    ----------
    duties : where it, or a narrower one, must act, by deadline; ``others`` where it plays another part.
    broader, narrower : actors directly above and below.
    withdrawal : what is left without it; None when no target counts on it by name.
    simulation : gaps today and then; None when it has no link, or it cannot be taken away.
    why_not : why there is no simulation, in a sentence.
    opened, closed : the gravest gaps that open and close.
    """

    actor: Heading
    label: Label
    brief: ActorInBrief
    duties: tuple[Duty, ...]
    others: tuple[Duty, ...]
    broader: tuple[tuple[Heading, Label], ...]
    narrower: tuple[tuple[Heading, Label], ...]
    withdrawal: Withdrawal | None
    simulation: Simulation | None
    why_not: str
    scenario: str

    @property
    def path(self) -> str:
        """The actor as addresses of the explorer name it."""
        return iris.shorten(self.actor.iri).removeprefix("scheme/actor/")

    @property
    def opened(self) -> tuple[Gap, ...]:
        """The gravest gaps that open."""
        return self.simulation.opened[:MOST_GAPS] if self.simulation else ()

    @property
    def years(self) -> list[tuple[int, int, int]]:
        """Deadlines of what it must do: year (0: none), how many targets by name, how many by implication only."""
        found: dict[int, dict[str, bool]] = {}
        for duty in self.duties:
            by = found.setdefault(duty.deadline, {})
            by[duty.target.iri] = by.get(duty.target.iri, False) or duty.basis == "named"
        return [
            (year, sum(targets.values()), len(targets) - sum(targets.values()))
            for year, targets in sorted(found.items(), key=lambda item: item[0] or 9999)
        ]
