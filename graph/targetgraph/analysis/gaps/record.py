"""A gap, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing a gap rests on: in words, with the resource to look at and how it is known."""

    text: str
    iri: str = ""
    status: str = ""


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
    sentence : what is missing, in a sentence.
    because : why it counts.
    evidence : what it rests on.
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
    sentence: str
    because: str
    evidence: tuple[Evidence, ...]
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
    def rank(self) -> float:
        """Severity times certainty: what the list is sorted by."""
        return self.severity * self.certainty.weight

    def to_json(self) -> dict[str, Any]:
        """Plain values, with the certainty's level and the rank spelt out."""
        data = asdict(self)
        data["certainty"] = {"level": self.certainty.level, **data["certainty"]}
        data["rank"] = round(self.rank, 4)
        return data
