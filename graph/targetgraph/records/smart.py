"""How SMART a target is: a verdict a criterion, and the words it rests on."""

from __future__ import annotations

from dataclasses import dataclass

MET, PARTLY, NOT, CANNOT_TELL = "met", "partly", "not", "cannot tell"
CRITERIA = ("specific", "measurable", "achievable", "relevant", "time-bound")

WORDING, PARAPHRASE, ABSENT = "wording", "paraphrase", "absent"
"""What was read: the wording itself, a paraphrase of it where the wording is not held, or nothing at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A thing in a text, or its absence, that speaks for or against a criterion.

    Parameters
    ----------
    kind : ``vague``, ``hedge``, ``absolute``, ``activity``, ``degree``, ``passive``, ``no-actor``, ``umbrella``, ``actor``,
        ``checkable``, ``quantity``, ``no-baseline``, ``baseline``, ``means``, ``purpose``, ``concern``, ``deadline``,
        ``open-deadline`` or ``no-deadline``.
    quote, start, end : the words and where they stand (code points); empty and -1 for an absence.
    says : what that means, in a sentence.
    hint : how to word it better; empty where it is good as it is.
    source : where the rule comes from.
    """

    kind: str
    says: str
    hint: str = ""
    source: str = ""
    quote: str = ""
    start: int = -1
    end: int = -1

    @property
    def is_fault(self) -> bool:
        """Whether it speaks against the criterion."""
        return bool(self.hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is to be said of one criterion: :data:`MET`, :data:`PARTLY`, :data:`NOT` or :data:`CANNOT_TELL`, and why."""

    criterion: str
    verdict: str
    because: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SmartReading:
    """A text judged.

    Parameters
    ----------
    text, language : what was read.
    basis : :data:`WORDING`, :data:`PARAPHRASE` or :data:`ABSENT`; a verdict on a paraphrase says little of the wording.
    verdicts : one a criterion, in the order of :data:`CRITERIA`.
    findings : everything that was found, in the order of the text.
    """

    text: str
    language: str
    basis: str
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...] = ()

    def of(self, criterion: str) -> Verdict:
        """The verdict on a criterion."""
        return next(verdict for verdict in self.verdicts if verdict.criterion == criterion)
