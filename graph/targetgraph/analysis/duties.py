"""What each actor has to do: its part in every target, on what basis, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.columnar import distinct
from targetgraph.analysis.coverage import Heading, concept_heading, target_heading
from targetgraph.analysis.explanation.cell import parents
from targetgraph.analysis.gaps.context import STATUS_WORDS
from targetgraph.analysis.scenarios.adding import role_name
from targetgraph.analysis.scenarios.references import concept_called
from targetgraph.analysis.scenarios.scenario import BASES

WHOLE, COUNTED = "mentions", "actors"
"""Dimensions of actors: in whatever part, and where they have to act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """An actor's part in a target.

    Parameters
    ----------
    target : the target; ``deadline`` its year, 0 where it has none; ``recalled`` when nobody has checked its wording.
    actor : who is linked: the actor itself, or a narrower one.
    role : the part played; ``must_act`` when it counts as having to act.
    basis, verification, confidence : of the link.
    weakness : ``in brackets``, ``earlier wording`` or empty.
    quote, rationale, link : the words it rests on, why it was made, the IRI of the claim.
    """

    target: Heading
    deadline: int
    recalled: bool
    actor: Heading
    role: str
    must_act: bool
    basis: str
    verification: str
    confidence: float
    weakness: str
    quote: str
    rationale: str
    link: str


@dataclass(frozen=True, slots=True)
class ActorInBrief:
    """An actor in a list.

    Parameters
    ----------
    broader : codes of the actors directly above.
    named, implied, other : targets in which it must act by name, by implication only, and in which it has another part.
    first, last : earliest and latest deadline among the targets in which it must act; 0 where there is none.
    undated : how many of these have no deadline.
    """

    actor: Heading
    broader: tuple[str, ...]
    named: int
    implied: int
    other: int
    first: int
    last: int
    undated: int

    @property
    def must_act(self) -> int:
        """In how many targets it must act."""
        return self.named + self.implied


@dataclass(frozen=True)
class Actors:
    """The actors of one framework.

    Parameters
    ----------
    graph : the coded graph.
    framework : code of the framework.
    """

    graph: CodedGraph
    framework: str

    @property
    def whole(self) -> CodedDimension:
        """The dimension of actors in whatever part (errors: see :meth:`CodedGraph.dimension`)."""
        return self.graph.dimension(WHOLE if WHOLE in self.graph.dimensions else COUNTED)

    def number(self, code: str) -> int:
        """Number of the actor with a code, label or IRI.

        Raises
        ------
        TargetGraphError : there is none, or several are called so.
        """
        return concept_called(self.whole, code)

    def duties(self, actor: int) -> tuple[Duty, ...]:
        """The parts of an actor and of all narrower ones, by deadline (those without last), target and role."""
        below = set(self.whole.descendants(actor).tolist())
        links = self.whole.links
        mine = set(self.graph.targets_of(self.graph.framework_number(self.framework)).tolist())
        rows = np.flatnonzero(np.isin(links.concept, list(below))).tolist()
        found = [self._duty(n) for n in rows if int(links.target[n]) in mine]
        order = {int(t): p for p, t in enumerate(sorted(mine))}
        place = {self.graph.targets.iri[t]: p for t, p in order.items()}
        return tuple(
            sorted(found, key=lambda d: (d.deadline or 9999, place[d.target.iri], not d.must_act, d.role, d.actor.code))
        )

    def _duty(self, number: int) -> Duty:
        links, targets = self.whole.links, self.graph.targets
        target, role = int(links.target[number]), int(links.role[number])
        contingent, stale = bool(links.contingent[number]), bool(links.stale[number])
        return Duty(
            target=target_heading(self.graph, target),
            deadline=int(targets.deadline[target]),
            recalled=STATUS_WORDS[int(targets.verification[target])] == "recalled",
            actor=concept_heading(self.whole, int(links.concept[number])),
            role=role_name(self.graph.roles[role]) if role >= 0 else "",
            must_act=links.iri[number] in self._counted,
            basis=BASES[int(links.basis[number])],
            verification=STATUS_WORDS[int(links.verification[number])],
            confidence=round(float(links.confidence[number]), 3),
            weakness="in brackets" if contingent else "earlier wording" if stale else "",
            quote=links.quote[number],
            rationale=links.rationale[number],
            link=links.iri[number],
        )

    @cached_property
    def _counted(self) -> frozenset[str]:
        return frozenset(self.graph.dimension(COUNTED).links.iri) if COUNTED in self.graph.dimensions else frozenset()

    def all(self) -> tuple[ActorInBrief, ...]:
        """Every actor of the scheme, in its order; also those that nothing asks of, for they are what one looks for."""
        return tuple(self._brief())

    def _brief(self) -> Iterator[ActorInBrief]:
        whole, targets = self.whole, self.graph.targets
        mine = self.graph.targets_of(self.graph.framework_number(self.framework))
        counted = self.graph.dimension(COUNTED)
        ours = np.isin(counted.links.target, mine)
        others = np.isin(whole.links.target, mine)
        for number in range(whole.concepts.rows()):
            below = whole.descendants(number)
            acting = ours & np.isin(counted.links.concept, below)
            named = distinct(counted.links.target[acting & (counted.links.basis == 0)])
            acts = distinct(counted.links.target[acting])
            linked = distinct(whole.links.target[others & np.isin(whole.links.concept, below)])
            years = targets.deadline[acts]
            dated = years[years > 0]
            yield ActorInBrief(
                actor=concept_heading(whole, number),
                broader=tuple(whole.concepts.notation[p] for p in parents(whole, number)),
                named=len(named),
                implied=len(acts) - len(named),
                other=len(np.setdiff1d(linked, acts)),
                first=int(dated.min(initial=9999)) if len(dated) else 0,
                last=int(dated.max(initial=0)),
                undated=int((years == 0).sum()),
            )
