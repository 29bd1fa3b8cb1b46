"""A closing set: the proposed links, what each buys, and what the gap report then says."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from targetgraph.analysis.closing.exact import Solution
from targetgraph.analysis.gaps import Gap


@dataclass(frozen=True, slots=True)
class ProposedLink:
    """A link to be added, named in the text.

    Parameters
    ----------
    target, dimension, concept : what it links, by code; with their labels and IRIs.
    counts_in : dimensions it counts in.
    cost : its price.
    implied : whether curators hold it to be implied already.
    alternatives, tied : other links of the same price that could stand in its place, the rest staying; some, and how many.
    """

    target: str
    target_label: str
    target_iri: str
    dimension: str
    concept: str
    concept_label: str
    concept_iri: str
    counts_in: tuple[str, ...]
    cost: float
    implied: bool
    alternatives: tuple[str, ...]
    tied: int

    @property
    def code(self) -> str:
        """``TARGET:DIMENSION:CONCEPT``, as other commands take it."""
        return f"{self.target}:{self.dimension}:{self.concept}"


@dataclass(frozen=True, slots=True)
class Step:
    """What one more link buys: gaps it closes, and the sums so far."""

    link: ProposedLink
    closes: tuple[Gap, ...]
    helps: int
    spent: float
    closed: int


@dataclass(frozen=True, slots=True)
class Impossible:
    """A gap that no link can close, and why."""

    gap: Gap
    reason: str


@dataclass(frozen=True)
class ClosingSet:
    """What would close chosen gaps of a framework.

    Parameters
    ----------
    framework, version : of what.
    chosen : gaps that links can close and that were to be closed.
    impossible : gaps among those asked for that no link can close.
    steps : proposed links, the one that buys most first (the marginal curve).
    cost : sum of their prices.
    solution : method, proof and bound.
    budget : the greatest cost that was allowed, if any.
    candidates : how many links could have been taken.
    closed : gaps that the report no longer has once the links are there; chosen ones and others.
    left : chosen gaps whose needs are not all met (with a budget).
    opened : gaps that the report has only then.
    """

    framework: str
    version: str
    chosen: tuple[Gap, ...]
    impossible: tuple[Impossible, ...]
    steps: tuple[Step, ...]
    cost: float
    solution: Solution
    budget: float | None
    candidates: int
    closed: tuple[Gap, ...]
    left: tuple[Gap, ...]
    opened: tuple[Gap, ...]

    @property
    def also_closed(self) -> tuple[Gap, ...]:
        """Gaps that close without having been chosen."""
        chosen = {g.iri for g in self.chosen}
        return tuple(g for g in self.closed if g.iri not in chosen)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        solution = self.solution

        def brief(gap: Gap) -> dict[str, str]:
            return {"iri": gap.iri, "kind": gap.kind, "dimension": gap.dimension, "sentence": gap.sentence}

        return {
            "framework": self.framework,
            "data_version": self.version,
            "method": solution.method,
            "proved_optimal": solution.optimal,
            "bound": solution.bound if abs(solution.bound) < float("inf") else None,
            "gap_to_bound": solution.gap if solution.gap == solution.gap else None,
            "statement": solution.statement,
            "budget": self.budget,
            "cost": self.cost,
            "candidate_links": self.candidates,
            "links": [
                {**asdict(s.link), "code": s.link.code, "closes": [g.iri for g in s.closes], "counts_towards": s.helps,
                 "spent": s.spent, "closed_so_far": s.closed}
                for s in self.steps
            ],
            "chosen_gaps": len(self.chosen),
            "left_open": [brief(g) for g in self.left],
            "also_closed": [brief(g) for g in self.also_closed],
            "opened": [brief(g) for g in self.opened],
            "not_closable_by_links": [{**brief(i.gap), "reason": i.reason} for i in self.impossible],
        }  # fmt: skip
