"""An explanation, and what it consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from targetgraph.analysis.coverage import Heading
from targetgraph.analysis.gaps import Evidence, Gap
from targetgraph.analysis.gaps.context import LINK_SENTENCES
from targetgraph.analysis.scenarios.scenario import Scenario
from targetgraph.analysis.states import LinkClass, State
from targetgraph.phrases import declared, joined, say

_SAID = dict(zip(("named", "implied", "judged"), LINK_SENTENCES, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A link that reaches a cell.

    Parameters
    ----------
    iri : of the link.
    target : code of the target.
    link_class : what it counts as here.
    path : from what the link concerns to the column; a single heading where it concerns the column itself.
    downward : whether the way leads from a catch-all down to what it stands for.
    basis, verification, role : ``named``, ``sourced``, ``responsible`` and so on; no role where none is recorded.
    confidence : 0 to 1.
    quote, rationale : the words it rests on, and why it was made; both may be empty.
    """

    iri: str
    target: str
    link_class: LinkClass
    path: tuple[Heading, ...]
    downward: bool
    basis: str
    verification: str
    role: str
    confidence: float
    quote: str
    rationale: str

    @property
    def how(self) -> str:
        """The way from the link to the cell, in words."""
        if len(self.path) == 1:
            return say("directly")
        between, first = joined([h.label for h in self.path[1:-1]], ", "), self.path[0].label
        if self.downward and between:
            return say("downward from the catch-all {name} via {between}", name=first, between=between)
        if self.downward:
            return say("downward from the catch-all {name}", name=first)
        if between:
            return say("rolled up from {name} via {between}", name=first, between=between)
        return say("rolled up from {name}", name=first)

    @property
    def sentence(self) -> str:
        """The whole in words."""
        said = declared(_SAID[self.basis], {"code": self.target, "name": self.path[0].label})
        if self.role and self.role != "unstated":
            said = say("{said} as {role}", said=said, role=self.role)
        if self.rationale:
            said = say("{said} ({why})", said=said, why=self.rationale)
        told = {"said": said, "how": self.how, "counts": self.link_class.name.lower()}
        if self.quote:
            return say("{said}; reaches {how}, counts as {counts}; rests on “{quote}”.", **told, quote=self.quote)
        return say("{said}; reaches {how}, counts as {counts}.", **told)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "link": self.iri, "class": self.link_class.name.lower(), "how": self.how, "downward": self.downward,
            "path": [{"iri": h.iri, "label": h.label} for h in self.path], "basis": self.basis,
            "verification": self.verification, "role": self.role, "confidence": self.confidence, "quote": self.quote,
            "rationale": self.rationale, "sentence": self.sentence,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """An assessment that was consulted.

    Parameters
    ----------
    decides : whether it gives the cell its state: the most specific record does where no link reaches.
    """

    iri: str
    sentence: str
    decides: bool


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """A smallest set of changes that makes the cell covered, tried out on the data.

    Parameters
    ----------
    sentences : one a change.
    scenario : all of them, to be given to ``targetgraph simulate``.
    """

    sentences: tuple[str, ...]
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Something close by that does not count here.

    Parameters
    ----------
    kind : ``broader``, ``sibling``, ``role``, ``phrase`` or ``elsewhere``.
    iri : the link or target meant.
    """

    kind: str
    sentence: str
    iri: str


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a cell, or a row, is in its state.

    Parameters
    ----------
    framework : code.
    target, concept : row and column; no concept for a row as a whole.
    dimension, singular : code, and what its columns are called.
    state, counts, minimum : the state, links (for a row: concepts) by class, and how many named ones are needed.
    rule : which rule decided, in words.
    reaches : every link that reaches the cell, the best class first.
    records : assessments consulted.
    evidence : the target with its sources.
    counterfactuals : alternatives, each the smallest there is; none for what is covered or cannot be.
    obstacle : why there is none.
    kept, deleted : state with all brackets of the target kept and with what rests on them deleted; ``None`` where
        nothing in the cell rests on brackets.
    near_misses : what is close by.
    gaps : gaps of the report told of this cell, its row or column.
    note : what else to know, such as other dimensions with a column of the name.
    version : data version.
    """

    framework: str
    target: Heading
    concept: Heading | None
    dimension: str
    singular: str
    state: State
    counts: dict[LinkClass, int]
    minimum: int
    rule: str
    reaches: tuple[Reach, ...]
    records: tuple[Record, ...]
    evidence: tuple[Evidence, ...]
    counterfactuals: tuple[Counterfactual, ...]
    obstacle: str
    kept: State | None
    deleted: State | None
    near_misses: tuple[NearMiss, ...]
    gaps: tuple[Gap, ...]
    note: str
    version: str

    @property
    def title(self) -> str:
        """Row and column in words."""
        column = self.concept.label if self.concept else say("any {singular}", singular=self.singular)
        return say("{code} × {column}", code=self.target.code, column=column)

    @property
    def cases(self) -> str:
        """Worst and best case where brackets matter; otherwise empty."""
        if self.kept is None or self.deleted is None:
            return ""
        best, worst = sorted((self.kept, self.deleted))
        return say(
            "With all brackets kept it is {kept}, with what rests on them deleted {deleted}: "
            "{best} at best, {worst} at worst.",
            kept=self.kept.word,
            deleted=self.deleted.word,
            best=best.word,
            worst=worst.word,
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "framework": self.framework,
            "data_version": self.version,
            "target": {"iri": self.target.iri, "code": self.target.code, "label": self.target.label},
            "dimension": self.dimension,
            "concept": {"iri": self.concept.iri, "label": self.concept.label} if self.concept else None,
            "state": self.state.word,
            "counts": {c.name.lower(): n for c, n in self.counts.items()},
            "minimum": self.minimum,
            "rule": self.rule,
            "links": [reach.to_json() for reach in self.reaches],
            "assessments": [{"iri": r.iri, "sentence": r.sentence, "decides": r.decides} for r in self.records],
            "evidence": [{"text": e.text, "iri": e.iri, "status": e.status} for e in self.evidence],
            "counterfactuals": [
                {"changes": list(c.sentences), "scenario": str(c.scenario)} for c in self.counterfactuals
            ],
            "obstacle": self.obstacle,
            "brackets_kept": self.kept.word if self.kept is not None else None,
            "brackets_deleted": self.deleted.word if self.deleted is not None else None,
            "near_misses": [{"kind": m.kind, "sentence": m.sentence, "iri": m.iri} for m in self.near_misses],
            "gaps": [{"iri": g.iri, "kind": g.kind, "sentence": g.sentence} for g in self.gaps],
            "note": self.note,
        }
