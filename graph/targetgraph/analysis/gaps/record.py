"""A gap, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any


class Evidence:
    """One thing a gap rests on: in words, with the resource to look at and how it is known.

    Parameters
    ----------
    text : the words, or what makes them when somebody reads them.
    iri : the resource; empty where there is none.
    status : ``sourced``, ``recalled`` or ``judged``; empty where that is no question.
    """

    __slots__ = ("_text", "iri", "status")

    def __init__(self, text: str | Callable[[], str], iri: str = "", status: str = "") -> None:
        self._text, self.iri, self.status = text, iri, status

    @property
    def text(self) -> str:
        """The words."""
        if not isinstance(self._text, str):
            self._text = self._text()
        return self._text

    def to_json(self) -> dict[str, str]:
        """Plain values."""
        return {"text": self.text, "iri": self.iri, "status": self.status}

    def _told(self) -> tuple[str, str, str]:
        return self.text, self.iri, self.status

    def __eq__(self, other: object) -> bool:
        return self._told() == other._told() if isinstance(other, Evidence) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._told())

    def __repr__(self) -> str:
        return f"Evidence({self.text!r}, {self.iri!r}, {self.status!r})"


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure a gap is, from 0 to 1, and why.

    The weight is that of the weakest thing the gap rests on: a wording that was seen weighs 1, one recalled with high
    confidence 0.7, any other 0.4; a judgement weighs the confidence its author gave it.
    """

    weight: float
    reason: str

    @property
    def level(self) -> str:
        """``high`` (0.8 and more), ``medium`` (0.5 and more) or ``low``."""
        return "high" if self.weight >= 0.8 else "medium" if self.weight >= 0.5 else "low"


class Told:
    """What a gap says for itself, put into words when somebody asks: most gaps of a large framework are only counted.

    Parameters
    ----------
    sentence, evidence : make the words.
    """

    def __init__(self, sentence: Callable[[], str], evidence: Callable[[], Sequence[Evidence]]) -> None:
        self._sentence, self._evidence = sentence, evidence

    @cached_property
    def sentence(self) -> str:
        """What is missing."""
        return self._sentence()

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """What it rests on."""
        return tuple(self._evidence())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Told):
            return NotImplemented
        return self.sentence == other.sentence and self.evidence == other.evidence

    def __hash__(self) -> int:
        return hash((self.sentence, self.evidence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that is expected and not there.

    Parameters
    ----------
    iri : stable; the same gap has the same IRI in every build.
    kind : short name of the kind (``tg:code`` of a subclass of ``tg:Gap``).
    framework : code of the framework.
    subject_iri, subject, subject_label : the target, objective or concept that lacks something.
    dimension : short name of the dimension, or empty.
    missing : what is missing, in a few words.
    told : what is missing, in a sentence, and what the gap rests on.
    because : why it counts.
    certainty : how sure it is.
    severity : gravity by kind and obligation, from 0 to 1, before certainty is weighed.
    query : library query that shows it, with ``parameters``.
    version : data version it was found in.
    status : ``open``, ``accepted`` or ``closed``.
    first_seen : ISO date of the first build that found it, where a history is kept.
    accepted_because : the reason of its acceptance, if it is accepted.
    """

    iri: str
    kind: str
    framework: str
    subject_iri: str
    subject: str
    subject_label: str
    missing: str
    told: Told
    because: str
    certainty: Certainty
    severity: float
    query: str
    version: str
    dimension: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    status: str = "open"
    first_seen: str = ""
    accepted_because: str = ""

    @property
    def sentence(self) -> str:
        """What is missing, in a sentence."""
        return self.told.sentence

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What it rests on."""
        return self.told.evidence

    @property
    def rank(self) -> float:
        """Severity times certainty: what the list is sorted by."""
        return self.severity * self.certainty.weight

    def to_json(self) -> dict[str, Any]:
        """Plain values, with the certainty's level and the rank spelt out."""
        return {
            "iri": self.iri,
            "kind": self.kind,
            "framework": self.framework,
            "subject_iri": self.subject_iri,
            "subject": self.subject,
            "subject_label": self.subject_label,
            "missing": self.missing,
            "sentence": self.sentence,
            "because": self.because,
            "evidence": tuple(e.to_json() for e in self.evidence),
            "certainty": {"level": self.certainty.level, **asdict(self.certainty)},
            "severity": self.severity,
            "query": self.query,
            "version": self.version,
            "dimension": self.dimension,
            "parameters": dict(self.parameters),
            "status": self.status,
            "first_seen": self.first_seen,
            "accepted_because": self.accepted_because,
            "rank": round(self.rank, 4),
        }
