"""What pages tell of links and gaps: the same words in every picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from targetgraph.analysis.coding import CodedDimension, CodedGraph
from targetgraph.analysis.gaps import Gap
from targetgraph.analysis.network import link_attributes
from targetgraph.analysis.standing import Standing
from targetgraph.analysis.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """A claim that a target concerns something, in words.

    ``basis`` is named, implied or judged; ``verification`` sourced, recalled or judged; ``caveat`` says that it rests
    on bracketed words or on a wording since replaced.
    """

    iri: str
    target: str
    target_label: str
    recalled: bool
    dimension: str
    relation: str
    concept: str
    concept_iri: str
    basis: str
    role: str
    confidence: float
    verification: str
    caveat: str
    quote: str
    rationale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRecord:
    """A gap in words, with what it rests on."""

    iri: str
    kind: str
    dimension: str
    subject: str
    subject_label: str
    sentence: str
    because: str
    certainty: str
    reason: str
    severity: float
    query: str


@dataclass(frozen=True, slots=True)
class StateEntry:
    """A state as legends and scripts know it, with how many cells are in it where that is counted."""

    number: int
    name: str
    word: str
    symbol: str
    meaning: str
    count: int = 0


_MEANING = {
    State.COVERED: "as many links named in the text as are obliged",
    State.THIN: "links named in the text, but fewer than obliged",
    State.IMPLIED: "links, none of them named in the text",
    State.UMBRELLA: "reached only through a catch-all: everybody, hence nobody",
    State.CONTINGENT: "every link rests on words still in brackets",
    State.STALE: "every link was made against a wording since replaced",
    State.NOT_APPLICABLE: "recorded as not applicable",
    State.NOT_ASSESSED: "nobody has looked; not a gap",
    State.GAP: "looked at, and empty",
}


def state_entries(tally: dict[State, int] | None = None) -> tuple[StateEntry, ...]:
    """All states in order of precedence."""
    counts = tally or {}
    return tuple(
        StateEntry(int(s), s.name.lower().replace("_", "-"), s.word, s.symbol, _MEANING[s], counts.get(s, 0))
        for s in State
    )


def link_record(graph: CodedGraph, dimension: CodedDimension, number: int) -> LinkRecord:
    """A link in words, as it was made: nothing rolled up."""
    links, targets = dimension.links, graph.targets
    target, concept = int(links.target[number]), int(links.concept[number])
    told = link_attributes(graph, dimension, number, concept)
    return LinkRecord(
        iri=links.iri[number],
        target=targets.notation[target],
        target_label=targets.label[target],
        recalled=bool(targets.verification[target] == 1),
        dimension=dimension.declaration.code,
        relation=dimension.declaration.singular,
        concept=concept_name(dimension, concept),
        concept_iri=dimension.concepts.iri[concept],
        basis=told["basis"],
        role=told["role"],
        confidence=told["confidence"],
        verification=told["verification"],
        caveat=caveat(told),
        quote=told["quote"],
        rationale=told["rationale"],
    )


def caveat(told: Mapping[str, Any]) -> str:
    """What weakens a link, in words; empty where nothing does."""
    weak = {"contingent": "rests on words in brackets", "stale": "made against a wording since replaced"}
    return "; ".join(words for name, words in weak.items() if told[name])


def concept_name(dimension: CodedDimension, concept: int) -> str:
    """A concept as people name it: Sustainable Development Goals and their targets with their number."""
    table = dimension.concepts
    if "metadata.un.org/sdg/" in table.iri[concept] and dimension.declaration.code in ("goals", "sdgs"):
        return f"SDG {table.notation[concept]} {table.label[concept]}"
    return str(table.label[concept])


def gap_record(gap: Gap) -> GapRecord:
    """A gap in words."""
    return GapRecord(
        iri=gap.iri,
        kind=gap.kind.replace("-", " "),
        dimension=gap.dimension,
        subject=gap.subject,
        subject_label=gap.subject_label,
        sentence=gap.sentence,
        because=gap.because,
        certainty=gap.certainty.level,
        reason=gap.certainty.reason,
        severity=gap.severity,
        query=gap.query,
    )


class Shelf:
    """Links and gaps of a page, each referred to by number and put into words when it is shown."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._links: list[tuple[CodedDimension, int]] = []
        self._gaps: list[Gap] = []
        self._link_numbers: dict[str, int] = {}
        self._gap_numbers: dict[str, int] = {}

    @property
    def links(self) -> list[LinkRecord]:
        """All links, by their numbers."""
        return [self.told_link(n) for n in range(len(self._links))]

    @property
    def gaps(self) -> list[GapRecord]:
        """All gaps, by their numbers."""
        return [self.told_gap(n) for n in range(len(self._gaps))]

    def told_link(self, number: int) -> LinkRecord:
        """A link in words."""
        return link_record(self.standing.graph, *self._links[number])

    def told_gap(self, number: int) -> GapRecord:
        """A gap in words."""
        return gap_record(self._gaps[number])

    def link(self, dimension: CodedDimension, number: int) -> int:
        """Number on the page of a link."""
        iri = dimension.links.iri[number]
        if iri not in self._link_numbers:
            self._link_numbers[iri] = len(self._links)
            self._links.append((dimension, number))
        return self._link_numbers[iri]

    def of(self, gaps: Iterable[Gap]) -> list[int]:
        """Numbers on the page of gaps."""
        return [self._gap(gap) for gap in gaps]

    def _gap(self, gap: Gap) -> int:
        if gap.iri not in self._gap_numbers:
            self._gap_numbers[gap.iri] = len(self._gaps)
            self._gaps.append(gap)
        return self._gap_numbers[gap.iri]
