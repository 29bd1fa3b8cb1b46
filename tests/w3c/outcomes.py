"""What came of the cases."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum

from tests.w3c.manifests import Case


class Verdict(StrEnum):
    """Outcome of a case."""

    PASSED = "passed"
    FAILED = "failed"
    REFUSED = "refused by policy"
    OUTSIDE = "out of scope"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case; ``detail`` says what was wrong, or why it was not to be passed."""

    iri: str
    name: str
    verdict: Verdict
    detail: str = ""


Outcomes = Mapping[str, Sequence[Outcome]]
"""Outcomes by folder."""


def outcome(case: Case, verdict: Verdict, detail: str = "") -> Outcome:
    """The outcome of a case."""
    return Outcome(case.iri, case.name, verdict, detail)


def judged(case: Case, wrong: str) -> Outcome:
    """Passed when nothing was wrong, else failed."""
    return outcome(case, Verdict.FAILED if wrong else Verdict.PASSED, wrong)


def written(outcomes: Outcomes) -> str:
    """Outcomes as JSON, to be handed from one process to others."""
    return json.dumps({folder: [astuple(o) for o in found] for folder, found in outcomes.items()})


def read(text: str) -> dict[str, list[Outcome]]:
    """The inverse of `written`."""
    return {
        folder: [Outcome(iri, name, Verdict(verdict), detail) for iri, name, verdict, detail in found]
        for folder, found in json.loads(text).items()
    }
